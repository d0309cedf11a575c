import type { Day } from '../shared/day.ts'

/** `now` is a parameter: the domain has no clock. `monthFirst` is asked of the person only when it matters. */
export type WhenContext = Readonly<{
  now: Date
  timeZone: string
  language: 'ru' | 'en'
  monthFirst?: boolean
  /** `HH:MM`; 18:00 when it is not known. */
  workdayEndsAt?: string
  /** Whether the line tells of what was or of what will be; the same words mean different days. */
  direction: 'past' | 'future' | 'any'
}>

/** A day, perhaps a time of day (`HH:MM` on the wall clock there), and then the instant as an ISO string in UTC. */
export type Point = Readonly<{ day: Day; time: string | null; instant: string | null }>
/** `until` is the last day of a range, or the end of a meeting. */
export type When = Point & Readonly<{ until: Point | null }>

export type Span = Readonly<{ from: number; to: number }>

/**
 * `noSuchDay`: 31 November. `past`: was meant to come, and is over. `future`: was meant to have been, and is to come.
 * `tooFar`: more than ten years away.
 */
export type Impossibility = 'noSuchDay' | 'past' | 'future' | 'tooFar'

/**
 * `from` and `to` embrace all that was read; `pieces` are the places themselves, for a day and an hour that stand apart
 * (`tomorrow with Ivan at 3pm`).
 */
export type Found = Span &
  Readonly<{ pieces: readonly Span[] }> &
  (
    | Readonly<{ kind: 'clear'; when: When }>
    | Readonly<{ kind: 'doubtful'; choices: readonly When[] }>
    | Readonly<{ kind: 'impossible'; reason: Impossibility }>
  )

export type WhenReading = Found | Readonly<{ kind: 'none' }>
