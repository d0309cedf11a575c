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

/** One for each who reads it: an item that moves to a substitute is a message of its own. */
export const approvalKey = (request: string, step: string, seat: string, reader: string): string =>
  `approval:${request}:${step}:${seat}>${reader}`

/** After each time that it passed on, whoever is asked is reminded anew. */
export const nudgeKey = (request: string, step: string, escalations: number, seat: string): string =>
  `nudge:${request}:${step}:${escalations}:${seat}`

/** What happened at that version, for that person. */
export const discountKey = (request: string, version: number, person: string): string =>
  `discount:${request}:${version}:${person}`

/** A granted discount is near its last day. */
export const endingKey = (request: string): string => `ending:${request}`

export const commitmentKey = (id: string, delays: number): string => `commitment:${id}:${delays}`
