import { TZDate } from '@date-fns/tz'

/** A calendar day without a time, `YYYY-MM-DD`. */
export type Day = string

const MS_PER_DAY = 86_400_000

/** Which day it is for somebody in this IANA time zone. */
export function dayIn(timeZone: string, instant: Date): Day {
  const local = new TZDate(instant.getTime(), timeZone)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / MS_PER_DAY)
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * MS_PER_DAY).toISOString().slice(0, 10)
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

/** The same day a year earlier; 29 February becomes 28 February. */
export function yearEarlier(day: Day): Day {
  const year = String(yearOf(day) - 1).padStart(4, '0')
  return day.endsWith('-02-29') ? `${year}-02-28` : `${year}${day.slice(4)}`
}

/** How much of its year has passed on the evening of that day: from just above 0 to 1. */
export function shareOfYear(day: Day): number {
  const year = yearOf(day)
  const days = daysBetween(`${year}-01-01`, `${year + 1}-01-01`)
  return (daysBetween(`${year}-01-01`, day) + 1) / days
}

/** When something is asked: the instant, and which day that is for the one who asks. */
export type Moment = Readonly<{ now: Date; today: Day }>
