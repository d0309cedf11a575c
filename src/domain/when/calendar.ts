import { addDays, type Day, yearOf } from '../shared/day.ts'

export type Unit = 'day' | 'workday' | 'week' | 'month' | 'quarter' | 'year'
/** Days in a row; one day when `until` is null. */
export type Days = Readonly<{ day: Day; until: Day | null }>

export const oneDay = (day: Day): Days => ({ day, until: null })

/** Null for 31 November and the like. */
export function dayOf(year: number, month: number, date: number): Day | null {
  const day = `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`
  const time = Date.parse(day)
  if (year < 1 || year > 9999 || Number.isNaN(time)) return null
  return new Date(time).toISOString().slice(0, 10) === day ? day : null
}

const two = (value: number) => String(value).padStart(2, '0')

export const monthOf = (day: Day) => Number(day.slice(5, 7))
const dateOf = (day: Day) => Number(day.slice(8, 10))

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: Day): number {
  return ((new Date(Date.parse(day)).getUTCDay() + 6) % 7) + 1
}

function lastOfMonth(year: number, month: number): Day {
  const start = new Date(Date.UTC(year, month, 0))
  return start.toISOString().slice(0, 10)
}

/** The same date in another month, or the last one it has. */
export function addMonths(day: Day, months: number): Day {
  const count = yearOf(day) * 12 + monthOf(day) - 1 + months
  const year = Math.floor(count / 12)
  const month = (count % 12) + 1
  return dayOf(year, month, dateOf(day)) ?? lastOfMonth(year, month)
}

export function addWorkdays(day: Day, workdays: number): Day {
  const step = Math.sign(workdays)
  let at = day
  for (let left = Math.abs(workdays); left > 0; ) {
    at = addDays(at, step)
    if (weekdayOf(at) < 6) left -= 1
  }
  return at
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const

/** Halves of a unit: one and a half weeks are ten days, one and a half months are a month and fifteen days. */
export function addUnits(day: Day, amount: number, unit: Unit): Day {
  if (unit === 'workday') return addWorkdays(day, Math.trunc(amount))
  if (unit === 'day') return addDays(day, Math.trunc(amount))
  if (unit === 'week') return addDays(day, Math.trunc(amount * 7))
  const months = amount * MONTHS[unit]
  const whole = Math.trunc(months)
  return addDays(addMonths(day, whole), Math.trunc((months - whole) * 30))
}

export type Period = 'week' | 'weekend' | 'month' | 'quarter' | 'year'

/** The period that holds the day, moved by so many periods. */
export function periodOf(day: Day, period: Period, shift: number): Readonly<{ day: Day; until: Day }> {
  if (period === 'week' || period === 'weekend') {
    const monday = addDays(day, 1 - weekdayOf(day) + 7 * shift)
    return { day: period === 'week' ? monday : addDays(monday, 5), until: addDays(monday, 6) }
  }
  const length = MONTHS[period]
  const first = Math.floor((monthOf(day) - 1) / length) * length + 1
  const start = addMonths(`${day.slice(0, 5)}${two(first)}-01`, shift * length)
  return { day: start, until: addDays(addMonths(start, length), -1) }
}

export type Edge = 'whole' | 'start' | 'middle' | 'end'

/** The end of a period is a deadline, so it is its last day (of a week: its Friday); the rest are stretches of days. */
export function edgeOf(whole: Readonly<{ day: Day; until: Day }>, edge: Edge): Days {
  const { day, until } = whole
  if (edge === 'whole') return whole
  const length = (Date.parse(until) - Date.parse(day)) / 86_400_000 + 1
  if (length <= 7) {
    if (edge === 'end') return oneDay(addDays(day, Math.min(4, length - 1)))
    return edge === 'start' ? { day, until: addDays(day, 1) } : oneDay(addDays(day, Math.min(2, length - 1)))
  }
  if (edge === 'end') return oneDay(until)
  if (edge === 'start') return { day, until: addDays(day, Math.floor(length / 3) - 1) }
  return {
    day: addDays(day, Math.floor(length / 3)),
    until: addDays(day, Math.floor((2 * length) / 3) - 1),
  }
}
