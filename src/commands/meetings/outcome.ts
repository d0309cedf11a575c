import { z } from 'zod'
import type { Amendment, Meeting, MeetingChanges } from '../../domain/meetings/meeting.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { type Block, type Button, plain, say, show, type Text, type View } from '../kit/view.ts'
import { isAhead, OUTCOMES } from '../notices/outcome.ts'
import { lockedToChange, WRITERS } from './access.ts'
import { meetingEdit } from './amend.ts'
import { lockedPlanned } from './planned.ts'
import { amendMeeting } from './write.ts'

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
    const meeting = await lockedPlanned(context, id)
    if (!meeting) return show(await fateOf(context, { id }))
    if (outcome === 'MOVED') return opensMove(context, meeting)
    // Moved since the question was asked: nobody can tell yet.
    if (isAhead(meeting, context.now, context.today)) return show(stillAhead(meeting))
    const changes: MeetingChanges =
      outcome === 'CANCELLED' ? { status: 'CANCELLED' } : { status: 'HELD', mood: outcome }
    const told = await amendMeeting(context, meeting, changes)
    return show(told ? confirmation(told) : await fateOf(context, meeting))
  },
})

/**
 * Takes back what a tap told, as long as nothing else was said since: `n` tells how often the meeting had been changed with
 * the tap. Older buttons lack it.
 */
export const meetingOutcomeUndo = defineCommand({
  name: 'meeting-outcome-undo',
  aliases: [],
  summary: 'outcome.undo',
  roles: WRITERS,
  effect: 'write',
  listed: false,
  input: z.object({
    id: z.string().min(1).max(64),
    told: z.enum(['HELD', 'CANCELLED']),
    n: z.coerce.number().int().min(0).max(1_000_000).optional(),
  }),

  async run(context, { id, told, n }) {
    const meeting = await lockedToChange(context, id)
    const last = (await context.work.meetings.amendments(id)).at(-1)
    const isLast = last?.after.status === told && meeting.amendments === (n ?? meeting.amendments)
    if (!isLast || meeting.status !== told) return show(await fateOf(context, meeting))
    const { status = 'PLANNED', mood } = last.before
    const undone = await amendMeeting(context, meeting, { status, ...(mood === undefined ? {} : { mood }) })
    if (!undone) return show(await fateOf(context, meeting))
    return show([{ kind: 'text', tone: 'good', text: say('outcome.undone', nameAndTime(undone)) }])
  },
})

const timeOf = ({ startsAt, day }: Meeting) => (startsAt ? { instant: startsAt } : { day })
const nameAndTime = (meeting: Meeting) => ({ name: plain(meeting.account.name), when: timeOf(meeting) })

const edits = ({ id }: Meeting, label: Text): Button => ({ label, command: 'meeting-edit', args: { id } })

function confirmation(told: Meeting): View {
  const { id, account, status, mood, amendments } = told
  const undo: Button = {
    label: say('outcome.undo'),
    command: 'meeting-outcome-undo',
    args: { id, told: status, n: String(amendments) },
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
  const again: Button = {
    label: say('outcome.button.again'),
    command: 'meeting',
    args: { account: account.id },
    style: 'primary',
  }
  return [
    { kind: 'text', text: say('outcome.notHeld', nameAndTime(told)) },
    { kind: 'buttons', buttons: [again, undo] },
  ]
}

/** The form of the meeting asks when it will be. */
async function opensMove(context: Context, { id }: Meeting): Promise<Answer> {
  const form = meetingEdit.prepare({ id })
  if (!form.ok) throw new Error('the form of a meeting does not open by its id')
  return form.run(context)
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
