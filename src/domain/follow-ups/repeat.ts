/**
 * When a follow-up comes again. `weekdays` are ISO (Monday is 1); `monthDay` is 1 to 31, a shorter month gives its last
 * day; `last` is the last day of the month. `interval` counts days, weeks or months: 2 is every second one.
 */
export type Repeat = Readonly<
  | { every: 'day'; interval: number }
  | { every: 'workday' }
  | { every: 'week'; interval: number; weekdays: readonly number[] }
  | { every: 'month'; interval: number; monthDay: number | 'last' | 'lastWorkday' }
  | { every: 'year'; month: number; monthDay: number }
>
