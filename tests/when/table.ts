import type { WhenContext } from '../../src/domain/when/reading.ts'

/** Who wrote the line: where, when, in which language, and whether it tells of what was or of what will be. */
export type Scene = Readonly<{
  timeZone: string
  now: string
  language: 'ru' | 'en'
  direction: 'past' | 'future' | 'any'
  monthFirst?: boolean
  workdayEndsAt?: string
}>

/**
 * The right answer as text:
 * `2026-11-24`, `2026-11-24 15:00`, `2026-11-24 15:00 @2026-11-24T12:00Z` (the instant as well),
 * `A..B` a range whose end is `HH:MM` or a day, `? A | B` must be asked and both be offered,
 * `! past` cannot be, `-` nothing is said about time.
 */
export type Row = readonly [line: string, right: string]
export type Phrase = Readonly<{ category: string; scene: Scene; line: string; right: string }>

export function group(category: string, scene: Scene, rows: readonly Row[]): Phrase[] {
  return rows.map(([line, right]) => ({ category, scene, line, right }))
}

export function contextOf({ now, ...scene }: Scene): WhenContext {
  return { ...scene, now: new Date(now) }
}

/** Monday 23 November 2026, 14:30. */
export const MOSCOW: Scene = {
  timeZone: 'Europe/Moscow',
  now: '2026-11-23T11:30:00Z',
  language: 'ru',
  direction: 'future',
}
export const MOSCOW_PAST: Scene = { ...MOSCOW, direction: 'past' }
export const MOSCOW_ANY: Scene = { ...MOSCOW, direction: 'any' }

/** Monday 23 November 2026, 14:30. */
export const LONDON: Scene = {
  timeZone: 'Europe/London',
  now: '2026-11-23T14:30:00Z',
  language: 'en',
  direction: 'future',
}
export const LONDON_PAST: Scene = { ...LONDON, direction: 'past' }
export const LONDON_ANY: Scene = { ...LONDON, direction: 'any' }

/** Wednesday 11 March 2026, 09:10: still Tuesday evening in London. */
export const VLADIVOSTOK: Scene = {
  timeZone: 'Asia/Vladivostok',
  now: '2026-03-10T23:10:00Z',
  language: 'ru',
  direction: 'future',
}

/** Thursday 29 October 2026, 16:45: clocks go back on Sunday 1 November. */
export const NEW_YORK: Scene = {
  timeZone: 'America/New_York',
  now: '2026-10-29T20:45:00Z',
  language: 'en',
  direction: 'future',
  monthFirst: true,
}

/** Friday 26 March 2027, 11:00: clocks go forward on Sunday 28 March. */
export const BERLIN: Scene = {
  timeZone: 'Europe/Berlin',
  now: '2027-03-26T10:00:00Z',
  language: 'en',
  direction: 'future',
  monthFirst: false,
}

/** Sunday 27 February 2028, 20:15, in a leap year. */
export const YEKATERINBURG: Scene = {
  timeZone: 'Asia/Yekaterinburg',
  now: '2028-02-27T15:15:00Z',
  language: 'ru',
  direction: 'future',
}

/** Wednesday 30 December 2026, 17:20. */
export const ALMATY: Scene = {
  timeZone: 'Asia/Almaty',
  now: '2026-12-30T12:20:00Z',
  language: 'ru',
  direction: 'future',
}

/** Wednesday 30 December 2026, 23:50: half an hour's offset, already evening in India. */
export const KOLKATA: Scene = {
  timeZone: 'Asia/Kolkata',
  now: '2026-12-30T18:20:00Z',
  language: 'en',
  direction: 'future',
}
