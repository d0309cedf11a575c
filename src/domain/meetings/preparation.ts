import { isWorkday, minutesOf, nextQuietFree, type Rhythm } from '../follow-ups/schedule.ts'
import { addDays, type Day, dayIn } from '../shared/day.ts'
import { instantAt } from '../when/wall-clock.ts'
import type { Meeting } from './meeting.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** A brief leaves this much time before one has to leave. */
const BEFORE_LEAVING = 15 * MINUTE
const AFTER_END = 30 * MINUTE
/** Briefs nearer to one another than this are one. */
const ONE_BRIEF = 30 * MINUTE
const LONGEST_REST_DAYS = 60

export type Timed = Pick<Meeting, 'day' | 'startsAt' | 'endsAt'>

/** When a planned meeting speaks up; null for what it does not need. */
export type Preparation = Readonly<{ evening: Date | null; hour: Date | null; outcome: Date }>

/** `leave` is when the author has to leave for it, where that can be estimated. */
export function preparationFor(meeting: Timed, rhythm: Rhythm, leave: Date | null): Preparation {
  const { startsAt } = meeting
  const day = startsAt ? dayIn(rhythm.timeZone, new Date(startsAt)) : meeting.day
  const evening = eveningBefore(day, rhythm)
  if (!startsAt) {
    const over = nextQuietFree(at(rhythm, day, rhythm.hours.workTo), rhythm)
    return { evening, hour: null, outcome: over }
  }
  const start = Date.parse(startsAt)
  const hour = new Date(Math.min(start - HOUR, leave ? leave.getTime() - BEFORE_LEAVING : Infinity))
  const both = evening.getTime() < start && Math.abs(hour.getTime() - evening.getTime()) > ONE_BRIEF
  return { evening: both ? evening : null, hour, outcome: nextQuietFree(overAt(meeting, start), rhythm) }
}

function overAt({ endsAt }: Timed, start: number): Date {
  return new Date(endsAt ? Date.parse(endsAt) + AFTER_END : start + HOUR)
}

/** The end of the last working day before: for a Monday that is Friday, because nobody prepares on a day off. */
function eveningBefore(day: Day, rhythm: Rhythm): Date {
  let before = addDays(day, -1)
  for (let days = 1; days < LONGEST_REST_DAYS && !isWorkday(before, rhythm); days += 1) {
    before = addDays(before, -1)
  }
  return nextQuietFree(at(rhythm, before, rhythm.hours.workTo), rhythm)
}

const at = ({ timeZone }: Rhythm, day: Day, time: string) =>
  new Date(instantAt(timeZone, { day, minutes: minutesOf(time) }))

/** True from its beginning on; without a time of day, once its day is over. */
export function hasBegun({ startsAt, day }: Pick<Timed, 'startsAt' | 'day'>, now: Date, today: Day): boolean {
  return startsAt ? Date.parse(startsAt) <= now.getTime() : day < today
}
