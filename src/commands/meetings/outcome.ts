import { z } from 'zod'
import type { Amendment, Meeting, MeetingChanges } from '../../domain/meetings/meeting.ts'
import type { Json } from '../../domain/shared/audit.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { type Block, type Button, plain, say, show, type Text, type View } from '../kit/view.ts'
import { isAhead, OUTCOMES } from '../notices/outcome.ts'
import { planMeetingNotices } from '../notices/plan-meeting.ts'
import { meetingToChange, WRITERS } from './access.ts'
import { lockPlanned } from './planned.ts'



/** How a planned meeting went, with one tap. The first one to tell it is believed; whoever comes later is told. */
export const meetingOutcome = defineCommand({
  name: 'meeting-outcome',
  aliases: [],
  summary: 'outcome.summary',
  roles: WRITERS,
  effect: 'write',
  listed: false,
  input: z.object({ id: z.string().min(1).max(64), outcome: z.enum(OUTCOMES) }),

  async run(context, { id, outcome }) {
    const { work, now, today } = context
    const meeting = await meetingToChange(context, id)
    if (!(await lockPlanned(work, meeting))) return show(await fateOf(context, meeting))
    if (outcome === 'MOVED') return opensMove(meeting)
    // Moved since the question was asked: nobody can tell yet.
    if (outcome !== 'CANCELLED' && isAhead(meeting, now, today)) return show(stillAhead(meeting))
    const changes: MeetingChanges =
      outcome === 'CANCELLED' ? { status: 'CANCELLED' } : { status: 'HELD', mood: outcome }
    const told = await record(context, meeting, changes, 'meeting.outcome')
    return show(told ? confirmation(told, isAhead(meeting, now, today)) : await fateOf(context, meeting))
  },
})

/** Takes back what a tap told, as long as nothing else was said since. */
export const meetingOutcomeUndo = defineCommand({
  name: 'meeting-outcome-undo',
  aliases: [],
  summary: 'outcome.undo',
  roles: WRITERS,
  effect: 'write',
  listed: false,
  input: z.object({ id: z.string().min(1).max(64), told: z.enum(['HELD', 'CANCELLED']) }),

  async run(context, { id, told }) {
    const { work } = context
    const meeting = await meetingToChange(context, id)
    const locked = await work.meetings.setStatus(id, told, told)
    const last = locked ? lastTold(await work.meetings.amendments(id)) : null
    if (last?.after.status !== told) return show(await fateOf(context, meeting))
    const { status, mood } = last.before
    const before = { status, ...(mood === undefined ? {} : { mood }) }
    const undone = await record(context, meeting, before as MeetingChanges, 'meeting.outcome.undo')
    if (!undone) return show(await fateOf(context, meeting))
    return show([{ kind: 'text', tone: 'good', text: say('outcome.undone', nameAndTime(undone)) }])
  },
})

async function record(
  context: Context,
  meeting: Meeting,
  changes: MeetingChanges,
  action: string,
): Promise<Meeting | null> {
  const { actor, work, now, channel } = context
  const told = await work.meetings.amend(meeting.id, changes, { author: actor.id, at: now, channel })
  if (!told) return null
  await planMeetingNotices(context, told)
  const facts = ({ status, mood }: Meeting): Json => ({ status, mood })
  const author = meeting.author?.id
  await work.audit.write({
    actorId: actor.id,
    ...(author && author !== actor.id && actor.standsFor.includes(author) ? { onBehalfOf: author } : {}),
    channel,
    action,
    subject: meeting.id,
    before: facts(meeting),
    after: facts(told),
  })
  return told
}

const timeOf = ({ startsAt, day }: Meeting) => (startsAt ? { instant: startsAt } : { day })
const nameAndTime = (meeting: Meeting) => ({ name: plain(meeting.account.name), when: timeOf(meeting) })

const edits = ({ id }: Meeting, label: Text): Button => ({ label, command: 'meeting-edit', args: { id } })

function confirmation(told: Meeting, wasAhead: boolean): View {
  const { id, account, status, mood } = told
  const undo: Button = {
    label: say('outcome.undo'),
    command: 'meeting-outcome-undo',
    args: { id, told: status },
  }
  if (status === 'HELD' && mood) {
    const next: Button = {
      label: say('outcome.button.next'),
      command: 'followup',
      args: { account: account.id, meeting: id },
      style: 'primary',
    }
    return [
      {
        kind: 'text',
        tone: mood === 'BAD' ? 'warn' : 'good',
        text: say('outcome.held', { ...nameAndTime(told), mood: { key: `mood.${mood}` } }),
      },
      { kind: 'buttons', buttons: [edits(told, say('outcome.button.notes')), next, undo] },
    ]
  }
  const key = wasAhead ? 'outcome.cancelled' : 'outcome.notHeld'
  const again: Button = {
    label: say('outcome.button.again'),
    command: 'meeting',
    args: { account: account.id },
    style: 'primary',
  }
  return [
    { kind: 'text', text: say(key, nameAndTime(told)) },
    { kind: 'buttons', buttons: [again, undo] },
  ]
}

/** The form of the meeting asks when it will be. */
function opensMove(meeting: Meeting): Answer {
  return show([
    { kind: 'text', text: say('outcome.move', nameAndTime(meeting)) },
    { kind: 'buttons', buttons: [{ ...edits(meeting, say('outcome.button.move')), style: 'primary' }] },
  ])
}

const stillAhead = (meeting: Meeting): View => [
  { kind: 'text', tone: 'warn', text: say('outcome.ahead', nameAndTime(meeting)) },
]

/** What became of a meeting that is not planned any more, and who told it when: for a button that came too late. */
export async function fateOf({ work, actor }: Context, { id }: Pick<Meeting, 'id'>): Promise<View> {
  // Read anew: somebody may just have told it.
  const meeting = await work.meetings.find(id, actor.sight)
  if (!meeting) return [{ kind: 'text', tone: 'bad', text: say('error.meeting.gone') }]
  const last = lastTold(await work.meetings.amendments(id))
  const by: Block[] =
    last?.after.status === meeting.status
      ? [
          {
            kind: 'note',
            text: say('outcome.toldBy', {
              name: last.author ? plain(last.author) : say('outcome.somebody'),
              when: { instant: last.at },
            }),
          },
        ]
      : []
  return [{ kind: 'text', tone: 'warn', text: fateText(meeting) }, ...by]
}

function fateText(meeting: Meeting): Text {
  const { status, mood } = meeting
  if (status === 'CANCELLED') return say('outcome.isCancelled', nameAndTime(meeting))
  if (status === 'PLANNED') return say('outcome.isPlanned', nameAndTime(meeting))
  return mood
    ? say('outcome.isHeldMood', { ...nameAndTime(meeting), mood: { key: `mood.${mood}` } })
    : say('outcome.isHeld', nameAndTime(meeting))
}

const lastTold = (amendments: readonly Amendment[]): Amendment | null =>
  amendments.findLast(({ after }) => after.status !== undefined) ?? null

