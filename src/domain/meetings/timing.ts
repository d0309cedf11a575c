import { addDays, type Day, dayIn, daysBetween } from '../shared/day.ts'
import { weekdayOf } from '../when/calendar.ts'
import type { Found, Impossibility, When } from '../when/reading.ts'

const MINUTE = 60_000
const WEEK = 7
const FRIDAY = 5

/** When a meeting was or will be. Without a time of day `startsAt` is null. */
export type Timing = Readonly<{
  status: 'HELD' | 'PLANNED'
  day: Day
  startsAt: string | null
  endsAt: string | null
}>

/**
 * `choices`: one of these, or a single day that nobody can tell (none). `tense`: today, and it may have been or be still
 * to come. `missing`: it is to come, but when? `passed`: it was to come when it was said and is over by now.
 */
export type TimingReading =
  | Readonly<{ kind: 'clear'; timing: Timing }>
  | Readonly<{ kind: 'choices'; choices: readonly When[] }>
  | Readonly<{ kind: 'tense' }>
  | Readonly<{ kind: 'missing' }>
  | Readonly<{ kind: 'passed' }>
  | Readonly<{ kind: 'impossible'; reason: Impossibility }>

export type Telling = Readonly<{
  saidAt: Date
  now: Date
  timeZone: string
  /** What the words tell, or what was answered. */
  tense: 'past' | 'future' | null
  /** Nobody knows the mood, or what follows, of a meeting that is still to come. */
  isTold: boolean
}>

/** Whether a meeting was or is to come. Nothing is ever planned in the past. */
export function timingOf(found: Found | null, telling: Telling): TimingReading {
  if (!found) return telling.tense === 'future' ? { kind: 'missing' } : clear('HELD', justNow(telling))
  switch (found.kind) {
    case 'impossible':
      return { kind: 'impossible', reason: found.reason }
    case 'doubtful':
      return { kind: 'choices', choices: found.choices }
    case 'clear':
      return timingAt(found.when, telling)
  }
}

/** The same for a time that is sure. */
export function timingAt(when: When, telling: Telling): TimingReading {
  if (isStretch(when)) return { kind: 'choices', choices: daysOf(when, telling) }
  return when.instant === null ? onDay(when, telling) : atInstant(when, when.instant, telling)
}

type Moments = Omit<Timing, 'status'>

const clear = (status: Timing['status'], { day, startsAt, endsAt }: Moments): TimingReading => ({
  kind: 'clear',
  timing: { status, day, startsAt, endsAt },
})

const justNow = ({ saidAt, timeZone }: Telling): Moments => ({
  day: dayIn(timeZone, saidAt),
  startsAt: saidAt.toISOString(),
  endsAt: null,
})

function atInstant(when: When, startsAt: string, { saidAt, now, tense }: Telling): TimingReading {
  const at = Date.parse(startsAt)
  const moments = { day: when.day, startsAt, endsAt: when.until?.instant ?? null }
  // The clock is told in minutes: "now" may lie a little ahead.
  if (at < saidAt.getTime() + MINUTE) return clear('HELD', moments)
  if (at > now.getTime()) return clear('PLANNED', moments)
  return tense === 'past' ? clear('HELD', moments) : { kind: 'passed' }
}

function onDay({ day }: When, { saidAt, now, timeZone, tense, isTold }: Telling): TimingReading {
  const saidOn = dayIn(timeZone, saidAt)
  const moments = { day, startsAt: null, endsAt: null }
  const past = day < saidOn || (day === saidOn && (tense === 'past' || (tense === null && isTold)))
  if (past) return clear('HELD', moments)
  if (day === saidOn && tense === null) return { kind: 'tense' }
  if (day >= dayIn(timeZone, now)) return clear('PLANNED', moments)
  return tense === 'past' ? clear('HELD', moments) : { kind: 'passed' }
}

/** Several days without a time of day: a meeting is on one of them. */
const isStretch = ({ day, time, until }: When) => time === null && until !== null && until.day !== day

/** The days that may be meant; of a whole week its working days. None when there are too many to choose from. */
function daysOf({ day, until }: When, { saidAt, timeZone, tense }: Telling): When[] {
  const length = daysBetween(day, until?.day ?? day) + 1
  if (length > WEEK) return []
  const today = dayIn(timeZone, saidAt)
  return Array.from({ length }, (_, index) => addDays(day, index))
    .filter((one) => length < WEEK || weekdayOf(one) <= FRIDAY)
    .filter((one) => (tense === 'past' ? one <= today : tense === 'future' ? one >= today : true))
    .map((one) => ({ day: one, time: null, instant: null, until: null }))
}
