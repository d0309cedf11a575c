import { z } from 'zod'
import type { FollowUp } from '../../domain/follow-ups/follow-up.ts'
import type { Meeting, MessageRef } from '../../domain/meetings/meeting.ts'
import { mayChange } from '../../domain/meetings/rights.ts'
import type { Actor } from '../../domain/shared/actor.ts'
import { type Context, defineCommand } from '../kit/command.ts'
import { parseLine } from '../kit/parse.ts'
import { EVERYONE } from '../kit/roles.ts'
import { type Block, type Button, type Line, plain, say, show, type Text } from '../kit/view.ts'
import { meetingCard } from './card.ts'
import { keepEarlyEdit } from './early-edit.ts'
import { type Edit, otherAccountIn, readEdit } from './edit-of-line.ts'
import { changePromises, type PromiseEdits } from './edited-promises.ts'
import { meeting as meetingCommand } from './log.ts'
import { amendMeeting } from './write.ts'

/** A message that was edited where it was written: what it led to is amended, and nothing runs a second time. */
export const meetingEdited = defineCommand({
  name: 'meeting-edited',
  aliases: [],
  summary: 'edited.summary',
  // Whoever has written no meeting hears nothing, whatever their role.
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  hears: 'edit',
  input: z.object({ message: z.string().min(1).max(128), text: z.string().max(4_096) }),

  async run(context, { message, text }) {
    const line = lineIn(text)
    const ref = messageOf(context, message)
    const meeting = (await meetingOf(context, ref)) ?? (await meetingOfThisMoment(context, ref))
    if (!meeting) {
      if (line !== null) await keepEarlyEdit(context, ref, line)
      return { kind: 'silence' }
    }
    const name = plain(meeting.account.name)
    if (meeting.status === 'CANCELLED') {
      return show([{ kind: 'text', tone: 'warn', text: say('edited.undone') }])
    }
    if (line === null) return show([{ kind: 'text', text: say('edited.nothing', { name }) }])
    const other = await otherAccountIn(context, meeting, line)
    if (other) return show(otherAccount(meeting, other))

    await context.work.followUps.lockOfMeeting(meeting.id)
    const edit = await readEdit(context, meeting, line)
    const after = (await amendMeeting(context, meeting, edit.changes)) ?? meeting
    const promises = await changePromises(context, meeting, edit)
    const said = changed(after, edit, promises)
    if (said.length === 0) return show([{ kind: 'text', text: say('edited.nothing', { name }) }])
    return show([
      ...said,
      ...cardAfter(context.actor, after, await context.work.followUps.ofMeeting(after.id)),
    ])
  },
})

/** Where the adapter does not name the chat it is the private one, which has the person's own id. */
const messageOf = ({ identity, source }: Context, message: string): MessageRef => ({
  platform: identity.platform,
  chat: source?.chat ?? identity.externalId,
  message,
})

/** The meeting that this message led to, when its writer may still see it; else nothing is said at all. */
async function meetingOf({ actor, work }: Context, ref: MessageRef): Promise<Meeting | null> {
  const found = await work.meetings.bySource(ref, actor.sight)
  if (!found || found.author?.id !== actor.id || !mayChange(actor, found)) return null
  // Held until all is changed: it may be undone at the same moment.
  await work.meetings.setStatus(found.id, found.status, found.status)
  const meeting = await work.meetings.bySource(ref, actor.sight)
  if (!meeting) return null
  const [visible] = await work.accounts.refs([meeting.account.id], actor.sight)
  return visible ? meeting : null
}

/** The message may be at work in this very moment: it ends first, or finds what is kept here (`newestWords`). */
async function meetingOfThisMoment(context: Context, ref: MessageRef): Promise<Meeting | null> {
  await context.work.meetings.oneByOne(context.actor.id)
  return meetingOf(context, ref)
}

/** What a line about a meeting says after its command; null for another command, and for none at all. */
function lineIn(text: string): string | null {
  const parsed = parseLine(text.trim(), [meetingCommand])
  const line = parsed.kind === 'command' ? parsed.rest : parsed.kind === 'plain' ? parsed.text : ''
  return line === '' ? null : line
}

const edits = ({ id }: Meeting): Button => ({
  label: say('edited.button'),
  command: 'meeting-edit',
  args: { id },
})

function otherAccount(meeting: Meeting, other: string): Block[] {
  const { id, account } = meeting
  return [
    {
      kind: 'text',
      tone: 'warn',
      text: say('edited.otherAccount', { other: plain(other), name: plain(account.name) }),
    },
    { kind: 'note', text: say('edited.otherAccount.how') },
    {
      kind: 'buttons',
      buttons: [{ label: say('edited.undo'), command: 'meeting-undo', args: { id } }, edits(meeting)],
    },
  ]
}

const FIELDS = ['notes', 'mood', 'attendees', 'kind', 'time'] as const

/** What the edit has changed, and what of it could not be taken over; empty when it has changed nothing. */
function changed(after: Meeting, { changes, time }: Edit, promises: PromiseEdits): Block[] {
  const touched = FIELDS.filter((field) =>
    field === 'time' ? changes.day !== undefined : changes[field] !== undefined,
  ).map((field): Text => ({ key: `edited.${field}` }))
  const lines = promiseLines(promises)
  return [
    ...(touched.length > 0
      ? [
          {
            kind: 'text' as const,
            tone: 'good' as const,
            text: say('edited.what', { what: { list: touched } }),
          },
        ]
      : []),
    ...(lines.length > 0 ? [{ kind: 'list' as const, title: say('edited.promises'), items: lines }] : []),
    ...(time ? [timeTrouble(after, time)] : []),
    ...promises.doubtful.flatMap((step) => promiseTrouble(after, step)),
  ]
}

const cardAfter = (actor: Actor, after: Meeting, followUps: readonly FollowUp[]): Block[] => [
  { kind: 'divider' },
  ...meetingCard(after, followUps, { actor }),
]

function promiseLines({ added, dropped, moved }: PromiseEdits): Line[] {
  const line = (key: 'Added' | 'Dropped' | 'Moved', what: string): Line => ({
    text: { key: `edited.promise${key}`, params: { what: plain(what) } },
  })
  return [
    ...added.map(({ what }) => line('Added', what)),
    ...moved.map(({ what }) => line('Moved', what)),
    ...dropped.map(({ what }) => line('Dropped', what)),
  ]
}

function timeTrouble({ startsAt, day }: Meeting, time: 'doubtful' | 'wrong'): Block {
  const when = startsAt ? { instant: startsAt } : { day }
  const text = time === 'wrong' ? say('edited.wrongTime', { when }) : say('edited.doubtfulTime', { when })
  return { kind: 'text', tone: 'warn', text }
}

/** A promise without a clear date is not made; the form asks for it. */
function promiseTrouble(
  { id, account }: Meeting,
  { what, promisedBy }: PromiseEdits['doubtful'][number],
): Block[] {
  const args = { account: account.id, meeting: id, what, promisedBy }
  return [
    { kind: 'text', tone: 'warn', text: say('edited.doubtfulPromise', { what: plain(what) }) },
    { kind: 'buttons', buttons: [{ label: say('edited.setDate'), command: 'followup', args }] },
  ]
}
