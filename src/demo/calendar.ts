import { TZDate } from '@date-fns/tz'
import { addDays, type Day } from '../domain/shared/day.ts'

/** That day, or one before the weekend: not always the Friday, or half of all would be on Fridays. */
export function workdayUntil(day: Day): Day {
  const weekday = weekdayOf(day)
  return weekday === 6 ? addDays(day, -1) : weekday === 0 ? addDays(day, -3) : day
}

/** That day, or the Monday after a weekend. */
export function workdayFrom(day: Day): Day {
  const weekday = weekdayOf(day)
  return weekday === 6 ? addDays(day, 2) : weekday === 0 ? addDays(day, 1) : day
}

/** The instant at which clocks of that zone show that time. */
export function instantAt(day: Day, time: string, timeZone: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return new Date(new TZDate(year, month - 1, date, hours, minutes, timeZone).getTime()).toISOString()
}

/** Sunday is 0. */
export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay()
