import type { Meeting } from '../../domain/meetings/meeting.ts'
import { type Preparation, preparationFor } from '../../domain/meetings/preparation.ts'
import { type Departure, isOnSite, leaveBy } from '../../domain/meetings/punctuality.ts'
import { briefKey, outcomeKey } from '../../domain/notices/keys.ts'
import type { NewNotice } from '../../domain/notices/notice.ts'
import type { PersonId } from '../../domain/shared/actor.ts'
import type { Work } from '../../domain/shared/work.ts'
import { rhythmOfOwner } from '../follow-ups/promise.ts'
import type { Context } from '../kit/command.ts'

/** Plans the briefs and the question for the outcome of a planned meeting, or moves them; drops them when it is not planned any more. */
export async function planMeetingNotices(context: Context, meeting: Meeting): Promise<void> {
  const { work, now } = context
  const { author, id } = meeting
  if (meeting.status !== 'PLANNED' || !author) {
    await work.notices.drop(id, 'brief')
    await work.notices.drop(id, 'outcome')
    return
  }

  const rhythm = await rhythmOfOwner(context, author.id)
  const leave = await departureFor(work, meeting, author.id, now)
  const notices = noticesOf(meeting, author.id, preparationFor(meeting, rhythm, leave?.at ?? null), now)
  if (notices.length > 0) await work.notices.plan(notices)
}

/** When this person has to leave for the meeting; null when that cannot be estimated. */
export async function departureFor(
  work: Work,
  { startsAt, kind, account }: Pick<Meeting, 'startsAt' | 'kind' | 'account'>,
  person: PersonId,
  now: Date,
): Promise<Departure | null> {
  if (!startsAt || !isOnSite(kind) || Date.parse(startsAt) <= now.getTime()) return null
  const from = await work.places.lastOf(person)
  return from && leaveBy({ startsAt, from, to: await work.places.ofAccount(account.id) }, now)
}

function noticesOf(
  meeting: Meeting,
  author: PersonId,
  { evening, hour, outcome }: Preparation,
  now: Date,
): NewNotice[] {
  const { id } = meeting
  const notice = (kind: 'brief' | 'outcome', key: string, dueAt: Date): NewNotice => ({
    key,
    personId: author,
    kind,
    subject: id,
    dueAt,
  })
  return [
    ...(evening && evening > now ? [notice('brief', briefKey(meeting, 'evening'), evening)] : []),
    ...(hour && isAhead(meeting, hour, now)
      ? [notice('brief', briefKey(meeting, 'hour'), later(hour, now))]
      : []),
    ...(outcome > now ? [notice('outcome', outcomeKey(meeting), outcome)] : []),
  ]
}

/** A brief that the way calls for earlier than now is due at once; one whose own hour has passed is not. */
const isAhead = ({ startsAt }: Meeting, hour: Date, now: Date) =>
  hour > now || (startsAt !== null && Date.parse(startsAt) - 3_600_000 > now.getTime())

const later = (a: Date, b: Date) => (a > b ? a : b)
