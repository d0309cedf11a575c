import type { PromisedBy } from '../follow-ups/follow-up.ts'
import type { Meeting } from '../meetings/meeting.ts'

/**
 * The key makes a notice one, however often it is planned. A promise's names the number of its reminder, and the turn of
 * a repeating one too, because a key that was dropped with an older reminder is never planned again.
 */
export const reminderKey = (promisedBy: PromisedBy, id: string, reminder: number): string =>
  `${promisedBy === 'US' ? 'reminder' : 'chase'}:${id}:${reminder}`

export const turnKey = (id: string, occurrence: number, reminder: number): string =>
  `turn:${id}:${occurrence}:${reminder}`

type Dated = Pick<Meeting, 'id' | 'startsAt' | 'day'>

/**
 * A meeting's names its time: what was said about another time does not keep the new time silent, and what still waits
 * for another time is known as stale when its turn comes.
 */
export const briefKey = (meeting: Dated, which: 'evening' | 'hour'): string =>
  `brief:${meeting.id}:${which}:${stamp(meeting)}`

export const outcomeKey = (meeting: Dated): string => `outcome:${meeting.id}:${stamp(meeting)}`

const stamp = ({ startsAt, day }: Dated) => (startsAt ? new Date(startsAt).toISOString() : day)

/** True for a notice about a time that the meeting had before it was moved. */
export function isStale(key: string, meeting: Dated): boolean {
  return ![briefKey(meeting, 'evening'), briefKey(meeting, 'hour'), outcomeKey(meeting)].includes(key)
}
