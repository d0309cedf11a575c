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

/** `HH:MM` of a time of day however it is written (`9`, `9.30`, `09:30`); null when it is none. */
export function timeOfDay(text: string): string | null {
  const [, hour, minute = '00'] = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(text.trim()) ?? []
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return null
  return `${hour.padStart(2, '0')}:${minute}`
}

/** Two times of day with a dash or a word between them: `9-18`, `09:00–18:00`, «с 9 до 18». */
export function timesFromTo(text: string): readonly [from: string, to: string] | null {
  const parts = text
    .trim()
    .toLowerCase()
    .replace(/^(?:from|с)\s+/u, '')
    .split(/\s*[-–—]\s*|\s+(?:to|till|until|до)\s+|\s+/u)
  const [from, to] = parts.map(timeOfDay)
  return parts.length === 2 && from && to ? [from, to] : null
}

const NEVER = /^(?:off|no|none|never|-|нет|выкл|выключить|никогда)$/iu
/** Says that something is not wanted at all. */
export const isNever = (text: string): boolean => NEVER.test(text.trim())

const WEEKDAYS: readonly RegExp[] = [
  /^(?:1|mon?|monday|mondays|пн|пон|понедельник)$/u,
  /^(?:2|tue?|tues|tuesday|tuesdays|вт|вто|вторник)$/u,
  /^(?:3|wed?|wednesday|wednesdays|ср|сре|среда|среду)$/u,
  /^(?:4|thu?|thur|thurs|thursday|thursdays|чт|чет|четверг)$/u,
  /^(?:5|fri?|friday|fridays|пт|пят|пятница|пятницу)$/u,
  /^(?:6|sat?|saturday|saturdays|сб|суб|суббота|субботу)$/u,
  /^(?:7|sun?|sunday|sundays|вс|вос|воскресенье)$/u,
]

/** ISO weekdays of `Mon-Fri`, `1-5`, «пн, ср и пт»; null when a word is no weekday, or there is none. */
export function weekdaysNamed(text: string): readonly number[] | null {
  const spans = text
    .toLowerCase()
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/ ?[-–—] ?/gu, '-')
    .split(/[\s,;.]+(?:and|и)?\s*/u)
    .filter((word) => word !== '')
  const days = spans.map(weekdaysInSpan)
  if (days.length === 0 || days.some((some) => some.length === 0)) return null
  return [...new Set(days.flat())].toSorted((a, b) => a - b)
}

/** A span may run over the end of the week: Sunday to Thursday. */
function weekdaysInSpan(span: string): number[] {
  const ends = span.split('-').map((word) => WEEKDAYS.findIndex((pattern) => pattern.test(word)))
  const [from = -1, to = from] = ends
  if (ends.length > 2 || from < 0 || to < 0) return []
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, index) => ((from + index) % 7) + 1)
}

const REGIONS = {
  en: new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }),
  ru: new Intl.DisplayNames('ru', { type: 'region', fallback: 'none' }),
} as const
/** Names for no country at all, for groups of countries, and for private use. */
const NO_COUNTRIES = /^(?:AA|EU|EZ|QO|UN|X.|ZZ)$/

/** The ISO code of a country by its code, or by its name in English or Russian; null when there is none. */
export function countryNamed(text: string): string | null {
  const wanted = text.trim().toLowerCase()
  if (!/^[a-z]{2}$/.test(wanted)) return (byName ??= codesByName()).get(wanted) ?? null
  const code = presentCode(wanted.toUpperCase())
  return isCountry(code) ? code : null
}

/** Made once, when somebody first names a country: to ask for every name costs milliseconds. */
let byName: ReadonlyMap<string, string> | null = null

function codesByName(): ReadonlyMap<string, string> {
  const named = [REGIONS.en, REGIONS.ru].flatMap((names) =>
    allCodes()
      .filter(isCountry)
      .map((code) => [names.of(code)?.toLowerCase() ?? '', code] as const),
  )
  return new Map(named)
}

/** Codes that have a successor stand for it: UK for GB, DD for DE. */
const presentCode = (code: string) => new Intl.Locale(`und-${code}`).region ?? code

/** The name of a country for a reader. */
export const countryName = (code: string, language: keyof typeof REGIONS): string =>
  REGIONS[language].of(code) ?? code

const isCountry = (code: string) =>
  !NO_COUNTRIES.test(code) && presentCode(code) === code && REGIONS.en.of(code) !== undefined

function allCodes(): string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  return letters.flatMap((first) => letters.map((second) => first + second))
}
