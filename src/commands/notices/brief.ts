import { briefKey, isStale } from '../../domain/notices/keys.ts'
import { type AccountFacts, maySee } from '../../domain/accounts/account.ts'
import type { Meeting } from '../../domain/meetings/meeting.ts'
import { hasBegun, preparationFor } from '../../domain/meetings/preparation.ts'
import { mayChange } from '../../domain/meetings/rights.ts'
import type { Actor } from '../../domain/shared/actor.ts'
import { dayIn } from '../../domain/shared/day.ts'
import type { Work } from '../../domain/shared/work.ts'
import { rhythmOf } from '../follow-ups/promise.ts'
import { plain, say, type View } from '../kit/view.ts'
import { type BriefMeeting, briefView } from './brief-view.ts'
import type { ComposeContext, Composer, Owed } from './composer.ts'
import { departureFor } from './plan-meeting.ts'

export const composeBriefs: Composer = async (context, batch) =>
  new Map(
    await Promise.all(
      batch.map(async (owed) => [owed.notice.id, await composeBrief(context, owed)] as const),
    ),
  )

async function composeBrief(context: ComposeContext, owed: Owed): Promise<View | null> {
  const { work, now } = context
  const { to, notice, insteadOf } = owed
  const seen = await meetingSeenBy(work, to, notice.subject, now)
  if (!seen) return null
  const { meeting, facts } = seen
  const today = dayIn(to.timeZone, now)
  if (meeting.status !== 'PLANNED' || isStale(notice.key, meeting) || hasBegun(meeting, now, today))
    return null
  const leave = await departureFor(work, meeting, to.id, now)
  if (notice.key === briefKey(meeting, 'evening')) {
    // The way is so long that the other brief comes at about the same time: that one is enough.
    const { evening } = preparationFor(meeting, rhythmOf(to, context.calendar), leave?.at ?? null)
    if (!evening) return null
  }
  const brief = { facts, meeting: asFact(meeting), leave, own: mayChange(to, meeting) }
  const view = briefView(brief, { now, timeZone: to.timeZone })
  return insteadOf
    ? [{ kind: 'note', text: say('brief.insteadOf', { name: plain(insteadOf.name) }) }, ...view]
    : view
}

export type SeenMeeting = Readonly<{ meeting: Meeting; facts: AccountFacts }>

/** The meeting with its account; null when there is none, or none that this person may see. */
export async function meetingSeenBy(
  work: Work,
  person: Pick<Actor, 'sight' | 'timeZone'>,
  id: string,
  now: Date,
): Promise<SeenMeeting | null> {
  const meeting = await work.meetings.find(id, person.sight)
  if (!meeting) return null
  const at = { now, today: dayIn(person.timeZone, now) }
  const facts = await work.accounts.facts(meeting.account.id, person.sight, at)
  return facts && maySee(person, facts) ? { meeting, facts } : null
}

export const asFact = ({ id, day, startsAt, kind, attendees }: Meeting): BriefMeeting => ({
  id,
  day,
  startsAt,
  kind,
  attendees: attendees.map(({ name }) => name),
})
