import type { Day } from '../shared/day.ts'
import type { Days } from './calendar.ts'
import type { Impossibility } from './reading.ts'

/** What a line is read against: the wall clock of who wrote it, and how they write. */
export type Scene = Readonly<{
  today: Day
  minutes: number
  direction: 'past' | 'future' | 'any'
  language: 'ru' | 'en'
  monthFirst: boolean | null
  workdayEnds: number
}>

/** The surroundings of a piece: `lead` are the prepositions before it, `raw` is how it was typed. */
export type Place = Readonly<{ lead: string; before: string; after: string; raw: string; alone: boolean }>

/** An hour as it was said. `half`: which half of the day was named with it. */
export type Clock = Readonly<{
  hour: number
  minute: number
  half: 'am' | 'pm' | null
  /** `bare`: at 5; `minutes`: at 5:30; `sure`: 05:30, 17:00, noon. */
  said: 'bare' | 'minutes' | 'sure'
}>
export type Times = Readonly<{ start: Clock; end: Clock | null }>

/** `weak` pieces mean a time only beside another one: `by 5` alone may be anything. */
export type DayMeaning = Readonly<{
  is: 'day'
  sort: 'near' | 'weekday' | 'date' | 'period'
  options: readonly Days[]
  impossible: Impossibility | null
  weak: boolean
}>
export type TimeMeaning = Readonly<{
  is: 'time'
  options: readonly Times[]
  endOfDay: boolean
  weak: boolean
}>
export type PartMeaning = Readonly<{ is: 'part'; part: Part; day: number | null; weak: boolean }>
/** So many minutes from now. */
export type MomentMeaning = Readonly<{ is: 'moment'; minutes: number; weak: false }>
type ZoneMeaning = Readonly<{ is: 'zone'; timeZone: string; weak: true }>
export type Meaning = DayMeaning | TimeMeaning | PartMeaning | MomentMeaning | ZoneMeaning

export type Part = 'morning' | 'lunch' | 'afternoon' | 'evening' | 'night'
export const PART_STARTS: Readonly<Record<Part, number>> = {
  morning: 9 * 60,
  lunch: 13 * 60,
  afternoon: 14 * 60,
  evening: 19 * 60,
  night: 22 * 60,
}

export type Groups = Readonly<Record<string, string | undefined>>
export type Rule = Readonly<{
  pattern: RegExp
  read: (groups: Groups, place: Place, scene: Scene) => Meaning | null
}>

/** A rule that starts at a word or a number and ends with one. */
export function rule(source: string, read: Rule['read']): Rule {
  return { pattern: new RegExp(`(?:${source})(?![\\p{L}\\d])`, 'uy'), read }
}

export function days(sort: DayMeaning['sort'], options: readonly Days[], weak = false): DayMeaning {
  return { is: 'day', sort, options, impossible: null, weak }
}

export function impossible(reason: Impossibility): DayMeaning {
  return { is: 'day', sort: 'date', options: [], impossible: reason, weak: false }
}
