import { z } from 'zod'
import type { Meeting, MeetingStatus } from '../../domain/meetings/meeting.ts'
import { statusBefore } from '../../domain/meetings/status.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { say, show, type Text } from '../kit/view.ts'
import { isAhead } from '../notices/outcome.ts'
import { planMeetingNotices } from '../notices/plan-meeting.ts'
import { lockedToChange, meetingToChange, WRITERS } from './access.ts'
import { meetingCard, takenBackView } from './card.ts'
import { dropPromises, recordMeeting, reopenPromises } from './write.ts'

const id = z.string().min(1).max(64)

/** Takes a meeting back with the promises made in it. */
export const meetingUndo = defineCommand({
  name: 'meeting-undo',
  aliases: [],
  summary: 'meeting.button.undo',
  roles: WRITERS,
  effect: 'write',
  listed: false,
  input: z.object({ id }),

  async run(context, input) {
    const before = await lockedToChange(context, input.id)
    await context.work.followUps.lockOfMeeting(before.id)
    const was = await takeBack(context, before, before.status, 'meeting.undo')
    if (!was) return alreadyBack(context, input.id)
    const fallen = await dropPromises(context, before)
    return show(takenBackView(before, was, context.actor, say('meeting.undone'), fallen.length))
  },
})

/** What was planned does not take place; what was promised for it still holds. */
export const meetingCancel = defineCommand({
  name: 'meeting-cancel',
  aliases: [],
  summary: 'meeting.button.cancel',
  roles: WRITERS,
  effect: 'write',
  listed: false,
  input: z.object({ id }),

  async run(context, input) {
    const before = await meetingToChange(context, input.id)
    if (before.status === 'HELD') return cardOf(context, before, say('meeting.wasHeld'))
    const was = await takeBack(context, before, 'PLANNED', 'meeting.cancel')
    if (!was) return alreadyBack(context, input.id)
    return show(takenBackView(before, was, context.actor, say('meeting.cancelled')))
  },
})

/** Brings back what was undone or cancelled, with the promises that fell with it. */
export const meetingRestore = defineCommand({
  name: 'meeting-restore',
  aliases: [],
  summary: 'meeting.button.restore',
  roles: WRITERS,
  effect: 'write',
  listed: false,
  input: z.object({ id, to: z.enum(['HELD', 'PLANNED']).optional() }),

  async run(context, input) {
    const { work } = context
    const before = await lockedToChange(context, input.id)
    await work.followUps.lockOfMeeting(before.id)
    const to = input.to ?? (await statusOf(context, before))
    const meeting = before.status === 'CANCELLED' ? await withStatus(context, before, to) : null
    if (!meeting) return cardOf(context, await meetingToChange(context, input.id), say('meeting.stands'))
    await recordMeeting(context, 'meeting.restore', before, {
      before: { status: 'CANCELLED' },
      after: { status: to },
    })
    if (to === 'PLANNED') await planMeetingNotices(context, meeting)
    await reopenPromises(context, meeting)
    return cardOf(context, meeting, say('meeting.restored'))
  },
})

/** What it was; null when somebody took it back already. */
async function takeBack(
  context: Context,
  meeting: Meeting,
  from: MeetingStatus,
  action: 'meeting.undo' | 'meeting.cancel',
): Promise<'HELD' | 'PLANNED' | null> {
  const { work } = context
  if (from === 'CANCELLED' || !(await work.meetings.setStatus(meeting.id, from, from))) return null
  await withStatus(context, meeting, 'CANCELLED')
  await work.notices.drop(meeting.id)
  await recordMeeting(context, action, meeting, { before: { status: from }, after: { status: 'CANCELLED' } })
  return from
}

/** As an amendment, which keeps what it was. */
function withStatus({ work, actor, now, channel }: Context, { id: subject }: Meeting, status: MeetingStatus) {
  return work.meetings.amend(subject, { status }, { author: actor.id, at: now, channel })
}

async function alreadyBack(context: Context, subject: string): Promise<Answer> {
  const meeting = await meetingToChange(context, subject)
  // Meanwhile somebody may have told how it went.
  return meeting.status === 'CANCELLED'
    ? takenBack(context, meeting)
    : cardOf(context, meeting, say('meeting.stands'))
}

/** What a meeting that was taken back shows wherever it is opened. */
export async function takenBack(context: Context, meeting: Meeting): Promise<Answer> {
  const was = await statusOf(context, meeting)
  const lead = say(was === 'PLANNED' ? 'meeting.isCancelled' : 'meeting.isUndone')
  return show(takenBackView(meeting, was, context.actor, lead))
}

async function statusOf({ work, actor }: Context, meeting: Meeting): Promise<'HELD' | 'PLANNED'> {
  return statusBefore(meeting, await work.meetings.amendments(meeting.id), actor.timeZone)
}

export async function cardOf(
  { actor, work, now, today }: Context,
  meeting: Meeting,
  lead?: Text,
): Promise<Answer> {
  const followUps = await work.followUps.ofMeeting(meeting.id)
  const untold = meeting.status === 'PLANNED' && !isAhead(meeting, now, today)
  return show(meetingCard(meeting, followUps, { actor, untold, ...(lead ? { lead } : {}) }))
}
