import type { Day } from '../shared/day.ts'

/** When a person works and may be disturbed, on the wall clock where they are. Times are `HH:MM`. */
export type Hours = Readonly<{
  workFrom: string
  workTo: string
  /** ISO weekdays: Monday is 1. Never empty. */
  workDays: readonly number[]
  /** May run over midnight; the same time twice means that no hour is quiet. */
  quietFrom: string
  quietTo: string
  /** When the morning agenda comes; null for never. */
  digestAt: string | null
  /** ISO 3166 code whose public holidays are days off; null when none is known. */
  country: string | null
}>

export const USUAL_HOURS: Hours = {
  workFrom: '09:00',
  workTo: '18:00',
  workDays: [1, 2, 3, 4, 5],
  quietFrom: '20:00',
  quietTo: '08:00',
  digestAt: '08:30',
  country: null,
}

/** Public holidays, by country. A port: the calendars come with a library that the domain does not know. */
export type Calendar = Readonly<{
  isHoliday(country: string, day: Day): boolean
  /** The country of an IANA time zone, or null. */
  countryOf(timeZone: string): string | null
}>
