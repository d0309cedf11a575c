import type { FollowUp } from '../../domain/follow-ups/follow-up.ts'
import type { Attendee, Meeting } from '../../domain/meetings/meeting.ts'
import { mayChange } from '../../domain/meetings/rights.ts'
import type { Actor } from '../../domain/shared/actor.ts'
import { type Block, type Button, type Field, plain, say, type Text, type View } from '../kit/view.ts'
import { outcomeButtons } from '../notices/outcome.ts'
import { momentText, shorten, stepLine } from './phrases.ts'

/** Longer notes go on behind a button. */
export const SHOWN_NOTES = 700
const MOST_ADDED = 3
const LABEL = 30

export type CardReading = Readonly<{
  actor: Actor
  /** A sentence of what was done just now. */
  lead?: Text
  /** Made just now, so that taking it back is an undo and not the loss of a record. */
  fresh?: boolean
  /** It is planned and has begun, but nobody has told how it went. */
  untold?: boolean
}>

/** A meeting as it was understood: everything that is known of it, its promises, and what can be done with it. */
export function meetingCard(
  meeting: Meeting,
  followUps: readonly FollowUp[],
  { actor, lead, fresh = false, untold = false }: CardReading,
): View {
  const asks = untold && mayChange(actor, meeting)
  const badge =
    meeting.status === 'HELD' ? {} : { badge: { text: { key: `meeting.status.${meeting.status}` } as const } }
  return [
    ...(lead ? [{ kind: 'text' as const, tone: 'good' as const, text: lead }] : []),
    { kind: 'heading', text: plain(meeting.account.name), ...badge },
    { kind: 'fields', fields: meetingFields(meeting, actor) },
    ...(meeting.notes ? [{ kind: 'text' as const, text: plain(shorten(meeting.notes, SHOWN_NOTES)) }] : []),
    ...promises(followUps, 'US'),
    ...promises(followUps, 'CLIENT'),
    ...strangersNote(meeting.attendees),
    ...(asks
      ? [
          { kind: 'text' as const, text: say('outcome.ask', { name: plain(meeting.account.name) }) },
          { kind: 'buttons' as const, buttons: outcomeButtons(meeting) },
        ]
      : []),
    { kind: 'buttons', buttons: buttonsOf(meeting, { actor, fresh, asks }) },
  ]
}

type Known = Pick<
  Meeting,
  'day' | 'startsAt' | 'endsAt' | 'kind' | 'mood' | 'attendees' | 'author' | 'attachments' | 'amendments'
>

export function meetingFields(meeting: Known, { id, timeZone }: Actor): Field[] {
  const { kind, mood, attendees, author, attachments, amendments } = meeting
  const field = (label: Text, value: Text): Field => ({ label, value })
  return [
    field(say('meeting.field.when'), momentText(meeting, timeZone)),
    field(say('meeting.field.kind'), { key: `meeting.kind.${kind}` }),
    ...(mood
      ? [{ ...field(say('meeting.field.mood'), { key: `meeting.mood.${mood}` }), ...toneOf(mood) }]
      : []),
    ...(attendees.length > 0
      ? [field(say('meeting.field.attendees'), say('list', { items: { list: attendees.map(attendeeText) } }))]
      : []),
    ...(author && author.id !== id ? [field(say('meeting.field.author'), plain(author.name))] : []),
    ...(attachments > 0
      ? [field(say('meeting.field.attachments'), say('meeting.attachments', { count: attachments }))]
      : []),
    ...(amendments > 0
      ? [field(say('meeting.field.amendments'), say('meeting.amendments', { count: amendments }))]
      : []),
  ]
}

const toneOf = (mood: 'GOOD' | 'NEUTRAL' | 'BAD') =>
  mood === 'NEUTRAL' ? {} : { tone: mood === 'GOOD' ? ('good' as const) : ('bad' as const) }

const attendeeText = ({ name, contactId }: Attendee): Text =>
  contactId ? plain(name) : say('meeting.stranger', { name: plain(name) })

function promises(followUps: readonly FollowUp[], promisedBy: FollowUp['promisedBy']): Block[] {
  const items = followUps.filter((one) => one.promisedBy === promisedBy).map(stepLine)
  return items.length > 0 ? [{ kind: 'list', title: { key: `meeting.promised.${promisedBy}` }, items }] : []
}

/** A longer one is no name, and would not fit into a button. */
const LONGEST_NAME = 120

const strangers = (attendees: readonly Attendee[]) =>
  attendees.filter(({ name, contactId }) => contactId === null && name.length <= LONGEST_NAME)

function strangersNote(attendees: readonly Attendee[]): Block[] {
  const more = strangers(attendees).length - MOST_ADDED
  return more > 0 ? [{ kind: 'note', text: say('meeting.strangers.more', { count: more }) }] : []
}

type Offering = Readonly<{ actor: Actor; fresh: boolean; asks: boolean }>

function buttonsOf(meeting: Meeting, { actor, fresh, asks }: Offering): Button[] {
  const { id, account, notes, attendees, amendments } = meeting
  const mine = mayChange(actor, meeting)
  const writes = actor.role !== 'FINANCE'
  const own = (label: Text, command: string): Button => ({ label, command, args: { id } })
  const long = notes !== null && shorten(notes, SHOWN_NOTES) !== notes
  return [
    ...(mine && fresh ? [own(say('meeting.button.undo'), 'meeting-undo')] : []),
    ...(mine ? [own(say('meeting.button.edit'), 'meeting-edit')] : []),
    ...(writes
      ? [
          {
            label: say('meeting.button.next'),
            command: 'followup',
            args: { account: account.id, meeting: id },
          },
        ]
      : []),
    ...(writes
      ? strangers(attendees)
          .slice(0, MOST_ADDED)
          .map(({ name }) => addsContact(id, name))
      : []),
    ...(long ? [own(say('meeting.button.notes'), 'meeting-notes')] : []),
    ...(amendments > 0 ? [own(say('meeting.button.history'), 'meeting-history')] : []),
    opensAccount(meeting),
    ...(mine && !fresh && !asks ? [takesAway(meeting)] : []),
  ]
}

/** What was planned is cancelled, what was logged is removed: one of the two, never both side by side. */
const takesAway = ({ id, status }: Meeting): Button =>
  status === 'PLANNED'
    ? { label: say('meeting.button.cancel'), command: 'meeting-cancel', args: { id } }
    : { label: say('meeting.button.remove'), command: 'meeting-undo', args: { id } }

const addsContact = (meeting: string, name: string): Button => ({
  label: say('meeting.button.contact', { name: plain(shorten(name, LABEL)) }),
  command: 'contact-add',
  args: { meeting, name },
})

export const opensAccount = ({ account }: Pick<Meeting, 'account'>): Button => ({
  label: say('meeting.button.account'),
  command: 'account',
  args: { id: account.id },
})

/** What was taken back, and the way to have it again. */
export function takenBackView(
  meeting: Meeting,
  was: 'HELD' | 'PLANNED',
  actor: Actor,
  lead: Text,
  fallen = 0,
): View {
  const restore: Button = {
    label: say('meeting.button.restore'),
    command: 'meeting-restore',
    args: { id: meeting.id, to: was },
  }
  return [
    { kind: 'text', text: lead },
    { kind: 'heading', text: plain(meeting.account.name) },
    { kind: 'fields', fields: meetingFields(meeting, actor) },
    ...(fallen > 0
      ? [{ kind: 'note' as const, text: say('meeting.undone.promises', { count: fallen }) }]
      : []),
    {
      kind: 'buttons',
      buttons: [...(mayChange(actor, meeting) ? [restore] : []), opensAccount(meeting)],
    },
  ]
}
