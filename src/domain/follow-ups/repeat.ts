import { addDays, type Day, daysBetween, yearOf } from '../shared/day.ts'
import { addMonths, monthOf, weekdayOf } from '../when/calendar.ts'

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

type IsWorkday = (day: Day) => boolean

/** Nobody rests for longer; a calendar that says so is not believed. */
const LONGEST_REST_DAYS = 60
/** To the last year of four figures. */
const MOST_MONTHS = 12 * 8_000

/** The next day after an occurrence. Every second week or month is counted from that occurrence, and so from the first. */
export function nextDay(repeat: Repeat, after: Day, isWorkday: IsWorkday): Day {
  switch (repeat.every) {
    case 'day':
      return addDays(after, Math.max(1, repeat.interval))
    case 'workday':
      return nextWorkday(addDays(after, 1), isWorkday)
    case 'week':
      return nextWeekday(repeat, after)
    case 'month':
      return nextOf(after, Math.max(1, repeat.interval), (month) =>
        dayInMonth(month, repeat.monthDay, isWorkday),
      )
    case 'year':
      return nextOf(
        `${after.slice(0, 5)}${two(repeat.month)}-01`,
        12,
        (month) => dayInMonth(month, repeat.monthDay, isWorkday),
        after,
      )
  }
}

/** The first occurrence: that day itself, or the first one after it that fits. */
export function firstDay(repeat: Repeat, from: Day, isWorkday: IsWorkday): Day {
  if (repeat.every === 'day') return from
  // Counted as if every one of them were meant: which of two weeks comes first is not yet decided.
  const each = 'interval' in repeat ? { ...repeat, interval: 1 } : repeat
  return nextDay(each, addDays(from, -1), isWorkday)
}

function nextWorkday(from: Day, isWorkday: IsWorkday): Day {
  for (let days = 0; days < LONGEST_REST_DAYS; days += 1) {
    const day = addDays(from, days)
    if (isWorkday(day)) return day
  }
  return from
}

function nextWeekday({ interval, weekdays }: Extract<Repeat, { every: 'week' }>, after: Day): Day {
  const ordered = weekdays.toSorted((a, b) => a - b)
  const today = weekdayOf(after)
  const later = ordered.find((weekday) => weekday > today)
  if (later !== undefined) return addDays(after, later - today)
  return addDays(after, Math.max(1, interval) * 7 + (ordered[0] ?? today) - today)
}

/** The first of these days, one in every so many months beginning with the one that holds `from`, that is later than `after`. */
function nextOf(from: Day, months: number, dayIn: (firstOfMonth: Day) => Day, after: Day = from): Day {
  const first: Day = `${from.slice(0, 8)}01`
  for (let count = 0; count <= MOST_MONTHS; count += months) {
    const day = dayIn(addMonths(first, count))
    if (daysBetween(after, day) > 0) return day
  }
  throw new RangeError(`Nothing follows ${after}, counted from ${from} by ${months} months`)
}

function dayInMonth(first: Day, monthDay: number | 'last' | 'lastWorkday', isWorkday: IsWorkday): Day {
  const last = addDays(addMonths(first, 1), -1)
  if (monthDay === 'last') return last
  if (monthDay === 'lastWorkday') return lastWorkday(first, last, isWorkday)
  const day = addDays(first, monthDay - 1)
  return monthOf(day) === monthOf(first) && yearOf(day) === yearOf(first) ? day : last
}

function lastWorkday(first: Day, last: Day, isWorkday: IsWorkday): Day {
  for (let day = last; day >= first; day = addDays(day, -1)) if (isWorkday(day)) return day
  return last
}

const two = (value: number) => String(value).padStart(2, '0')
