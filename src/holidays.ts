import { getCountryForTimezone } from 'countries-and-timezones'
import Holidays from 'date-holidays'
import type { Calendar } from './domain/identity/hours.ts'
import { yearOf } from './domain/shared/day.ts'

/** Days on which work rests, by country and year: read once, because each reading costs some milliseconds. */
const known = new Map<string, ReadonlySet<string>>()

/** Public holidays of date-holidays; a country that it does not know has none. */
export const HOLIDAYS: Calendar = {
  isHoliday(country, day) {
    const key = `${country} ${yearOf(day)}`
    const days = known.get(key) ?? daysOff(country, yearOf(day))
    known.set(key, days)
    return days.has(day)
  },
  countryOf: (timeZone) => getCountryForTimezone(timeZone)?.id ?? null,
}

function daysOff(country: string, year: number): ReadonlySet<string> {
  const holidays = new Holidays(country, { types: ['public'] }).getHolidays(year) ?? []
  return new Set(holidays.flatMap(({ date, start, end }) => eachDay(date.slice(0, 10), start, end)))
}

/** Several days in a row are one entry, with a start and an end. */
function eachDay(first: string, start: Date, end: Date): string[] {
  const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000))
  return Array.from({ length: days }, (_, index) =>
    new Date(Date.parse(first) + index * 86_400_000).toISOString().slice(0, 10),
  )
}
