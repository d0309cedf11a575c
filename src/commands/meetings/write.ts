import type { FollowUp } from '../../domain/follow-ups/follow-up.ts'
import { mayAct } from '../../domain/follow-ups/rights.ts'
import { reopenedAt } from '../../domain/follow-ups/schedule.ts'
import type { Meeting, MeetingChanges } from '../../domain/meetings/meeting.ts'
import type { PersonId } from '../../domain/shared/actor.ts'
import type { Json } from '../../domain/shared/audit.ts'
import { changePromise, makePromise, rhythmOfOwner } from '../follow-ups/promise.ts'
import type { Context } from '../kit/command.ts'
import { planMeetingNotices } from '../notices/plan-meeting.ts'
import type { Resolved, ResolvedStep } from './read-line.ts'

export type Logged = Readonly<{ meeting: Meeting; followUps: readonly FollowUp[] }>

/** Writes a meeting down with its promises, its notices and its audit row. Inside a write command only. */
export async function logMeeting(context: Context, resolved: Resolved): Promise<Logged> {
  const { actor, work, now } = context
  const { account, status, content, said, source } = resolved
  const meeting = await work.meetings.add(
    { ...content, accountId: account.id, authorId: actor.id, status, said },
    source,
    now,
  )
  await work.audit.write({
    actorId: actor.id,
    ...(await absentAt(context, account.id)),
    channel: context.channel,
    action: status === 'HELD' ? 'meeting.log' : 'meeting.plan',
    subject: meeting.id,
    after: { accountId: account.id, ...contentOf(meeting) },
  })
  if (status === 'PLANNED') await planMeetingNotices(context, meeting)
  return { meeting, followUps: await promiseSteps(context, meeting, resolved.steps) }
}

/** For whom somebody acts at an account that they see only as a substitute. */
async function absentAt(context: Context, accountId: string): Promise<Readonly<{ onBehalfOf?: PersonId }>> {
  const { actor, work } = context
  if (actor.standsFor.length === 0) return {}
  const facts = await work.accounts.facts(accountId, actor.sight, context)
  const people = [facts?.owner, ...(facts?.team ?? [])].flatMap((person) => (person ? [person.id] : []))
  const absent = people.find((person) => actor.standsFor.includes(person))
  return absent && !people.includes(actor.id) ? { onBehalfOf: absent } : {}
}

/** One after another, so that they stand in the order in which they were said. */
export async function promiseSteps(
  context: Context,
  meeting: Meeting,
  steps: readonly ResolvedStep[],
): Promise<FollowUp[]> {
  const followUps: FollowUp[] = []
  for (const step of steps) {
    followUps.push(
      await makePromise(context, {
        ...step,
        contactName: null,
        repeat: null,
        accountId: meeting.account.id,
        meetingId: meeting.id,
      }),
    )
  }
  return followUps
}

/** Changes a meeting so that what stood there stays readable; null when nothing differs. */
export async function amendMeeting(
  context: Context,
  before: Meeting,
  changes: MeetingChanges,
): Promise<Meeting | null> {
  const { actor, work, now, channel } = context
  const after = await work.meetings.amend(before.id, changes, { author: actor.id, at: now, channel })
  if (!after) return null
  await recordMeeting(context, 'meeting.amend', before, {
    before: contentOf(before),
    after: contentOf(after),
  })
  if (before.day !== after.day || before.startsAt !== after.startsAt) await work.notices.drop(before.id)
  if (before.status === 'PLANNED' || after.status === 'PLANNED') await planMeetingNotices(context, after)
  return after
}

/** The author stands beside whoever acted for them. */
export async function recordMeeting(
  { actor, work, channel }: Context,
  action: string,
  { id, author }: Meeting,
  states: Readonly<{ before?: Json; after?: Json }>,
): Promise<void> {
  const onBehalfOf = author && actor.standsFor.includes(author.id) ? { onBehalfOf: author.id } : {}
  await work.audit.write({ actorId: actor.id, ...onBehalfOf, channel, action, subject: id, ...states })
}

function contentOf({ status, kind, day, startsAt, endsAt, mood, notes, attendees }: Meeting) {
  return { status, kind, day, startsAt, endsAt, mood, notes, attendees: attendees.map(({ name }) => name) }
}

/**
 * What was promised in a meeting that never was is no promise. Whatever was dropped with a reason keeps it, and what a
 * colleague promised there is theirs.
 */
export async function dropPromises(context: Context, meeting: Meeting): Promise<readonly FollowUp[]> {
  const open = await promisesOf(context, meeting, ({ status }) => status === 'OPEN')
  const changes = { status: 'DROPPED', dropReason: null, remindAt: null } as const
  return eachChanged(context, open, 'followup.drop', () => changes)
}

/** Brings back those that fell with the meeting: they have no reason of their own. */
export async function reopenPromises(context: Context, meeting: Meeting): Promise<readonly FollowUp[]> {
  const dropped = await promisesOf(
    context,
    meeting,
    ({ status, dropReason }) => status === 'DROPPED' && dropReason === null,
  )
  return eachChanged(context, dropped, 'followup.reopen', (promise, rhythm) => ({
    status: 'OPEN',
    ...reopenedAt(promise, rhythm, context.now),
  }))
}

async function promisesOf(
  { work, actor }: Context,
  { id }: Meeting,
  wanted: (promise: FollowUp) => boolean,
): Promise<readonly FollowUp[]> {
  return (await work.followUps.ofMeeting(id)).filter((one) => wanted(one) && mayAct(actor, one.owner.id))
}

type Rhythm = Awaited<ReturnType<typeof rhythmOfOwner>>
type Changes = Parameters<typeof changePromise>[2]['changes']

async function eachChanged(
  context: Context,
  promises: readonly FollowUp[],
  action: string,
  changesOf: (promise: FollowUp, rhythm: Rhythm) => Changes,
): Promise<FollowUp[]> {
  const changed: FollowUp[] = []
  for (const promise of promises) {
    const rhythm = await rhythmOfOwner(context, promise.owner.id)
    const changes = changesOf(promise, rhythm)
    const after = await changePromise(context, promise, { action, changes, rhythm })
    if (after) changed.push(after)
  }
  return changed
}
