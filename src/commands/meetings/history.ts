import { z } from 'zod'
import type { Amendment, Meeting, MeetingChanges } from '../../domain/meetings/meeting.ts'
import type { Actor } from '../../domain/shared/actor.ts'
import type { MessageKey } from '../../i18n/keys.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { EVERYONE } from '../kit/roles.ts'
import { type Block, type Button, type Line, plain, say, show, type Text } from '../kit/view.ts'
import { meetingSeen } from './access.ts'
import { meetingFields, opensAccount, SHOWN_NOTES } from './card.ts'
import { momentText, shorten } from './phrases.ts'
import { cardOf, takenBack } from './undo.ts'

const id = z.string().min(1).max(64)
const SHOWN_CHANGE = 300
const MOST_VERSIONS = 4
/** What every platform shows in one message. */
const PAGE = 2_500

export const meetingShow = defineCommand({
  name: 'meeting-show',
  aliases: [],
  summary: 'meeting.summary',
  roles: EVERYONE,
  effect: 'read',
  listed: false,
  input: z.object({ id }),
  async run(context, input) {
    const meeting = await meetingSeen(context, input.id)
    return meeting.status === 'CANCELLED' ? takenBack(context, meeting) : cardOf(context, meeting)
  },
})

/** What stood there first, in the words in which it was written, and who changed what when. */
export const meetingHistory = defineCommand({
  name: 'meeting-history',
  aliases: [],
  summary: 'meeting.button.history',
  roles: EVERYONE,
  effect: 'read',
  listed: false,
  input: z.object({ id }),

  async run(context, input) {
    const { actor, work } = context
    const meeting = await meetingSeen(context, input.id)
    const amendments = await work.meetings.amendments(meeting.id)
    const first = versionBefore(meeting, amendments, 0)
    return show([
      { kind: 'heading', text: say('meeting.history.title', { name: plain(meeting.account.name) }) },
      {
        kind: 'fields',
        title: say('meeting.history.first', { when: { instant: meeting.createdAt } }),
        fields: meetingFields({ ...first, attachments: 0, amendments: 0 }, actor),
      },
      ...firstWords(first),
      ...amendments.map((amendment, at) =>
        changeBlock(
          amendment,
          versionBefore(meeting, amendments, at),
          versionBefore(meeting, amendments, at + 1),
          actor,
        ),
      ),
      { kind: 'buttons', buttons: historyButtons(meeting, amendments) },
    ])
  },
})

function firstWords({ said, notes }: Meeting): Block[] {
  const words = said ?? notes
  return words ? [{ kind: 'text', text: plain(shorten(words, SHOWN_NOTES)) }] : []
}

/** How it stood before the amendment at this place; after the last one, how it stands. */
export function versionBefore(meeting: Meeting, amendments: readonly Amendment[], at: number): Meeting {
  return amendments
    .slice(at)
    .toReversed()
    .reduce((version, { before }) => ({ ...version, ...before }), meeting)
}

function changeBlock(amendment: Amendment, before: Meeting, after: Meeting, actor: Actor): Block {
  const { at, author, channel } = amendment
  const who = author ? plain(author) : say('meeting.history.somebody')
  return {
    kind: 'list',
    title: say('meeting.history.change', { when: { instant: at }, name: who, channel: plain(channel) }),
    items: changeLines(before, after, amendment.after, actor),
  }
}

function changeLines(before: Meeting, after: Meeting, changed: MeetingChanges, { timeZone }: Actor): Line[] {
  const line = (label: MessageKey, textOf: (meeting: Meeting) => Text): Line => ({
    text: say('meeting.history.line', { label: { key: label }, from: textOf(before), to: textOf(after) }),
  })
  const has = (...names: readonly (keyof MeetingChanges)[]) => names.some((name) => name in changed)
  return [
    ...(has('day', 'startsAt', 'endsAt')
      ? [line('meeting.field.when', (of) => momentText(of, timeZone))]
      : []),
    ...(has('status')
      ? [line('meeting.field.status', ({ status }) => ({ key: `meeting.status.${status}` }))]
      : []),
    ...(has('kind') ? [line('meeting.field.kind', ({ kind }) => ({ key: `meeting.kind.${kind}` }))] : []),
    ...(has('mood')
      ? [line('meeting.field.mood', ({ mood }) => (mood ? { key: `meeting.mood.${mood}` } : NOTHING))]
      : []),
    ...(has('attendees') ? [line('meeting.field.attendees', peopleText)] : []),
    ...(has('notes') ? [line('meeting.field.notes', ({ notes }) => wordsText(notes))] : []),
    ...(has('said') ? [line('meeting.field.said', ({ said }) => wordsText(said))] : []),
  ]
}

const NOTHING = say('meeting.history.nothing')
const wordsText = (text: string | null): Text => (text ? plain(shorten(text, SHOWN_CHANGE)) : NOTHING)
const peopleText = ({ attendees }: Meeting): Text =>
  attendees.length > 0 ? say('list', { items: { list: attendees.map(({ name }) => plain(name)) } }) : NOTHING

/** Long notes of each time are read on a page of their own. */
function historyButtons(meeting: Meeting, amendments: readonly Amendment[]): Button[] {
  const versions = amendments
    .map(({ at, before }, index) => ({ at, index, notes: before.notes }))
    .filter(({ notes }) => notes && shorten(notes, SHOWN_CHANGE) !== notes)
    .slice(0, MOST_VERSIONS)
  return [
    { label: say('meeting.button.open'), command: 'meeting-show', args: { id: meeting.id } },
    ...versions.map(({ at, index }) => ({
      label: say('meeting.button.notesBefore', { when: { instant: at } }),
      command: 'meeting-notes',
      args: { id: meeting.id, version: String(index) },
    })),
    opensAccount(meeting),
  ]
}

/** The notes in whole, page by page; `version` is the place of the amendment before which they stood. */
export const meetingNotes = defineCommand({
  name: 'meeting-notes',
  aliases: [],
  summary: 'meeting.button.notes',
  roles: EVERYONE,
  effect: 'read',
  listed: false,
  input: z.object({
    id,
    page: z.coerce.number().int().min(0).max(1_000).optional(),
    version: z.coerce.number().int().min(0).max(10_000).optional(),
  }),
  async run(context, { id: subject, page = 0, version }) {
    const meeting = await meetingSeen(context, subject)
    const amendments = version === undefined ? [] : await context.work.meetings.amendments(meeting.id)
    const shown = version === undefined ? meeting : versionBefore(meeting, amendments, version)
    return notesPage(context, shown, page, version)
  },
})

function notesPage({ actor }: Context, meeting: Meeting, asked: number, version: number | undefined): Answer {
  const letters = [...(meeting.notes ?? '')]
  const last = Math.max(Math.ceil(letters.length / PAGE) - 1, 0)
  const page = Math.min(asked, last)
  const turn = (label: Text, to: number): Button => ({
    label,
    command: 'meeting-notes',
    args: {
      id: meeting.id,
      page: String(to),
      ...(version === undefined ? {} : { version: String(version) }),
    },
  })
  return show([
    { kind: 'heading', text: plain(meeting.account.name) },
    { kind: 'text', text: momentText(meeting, actor.timeZone) },
    ...(letters.length > 0
      ? [{ kind: 'text' as const, text: plain(letters.slice(page * PAGE, (page + 1) * PAGE).join('')) }]
      : []),
    ...(last > 0
      ? [{ kind: 'note' as const, text: say('meeting.notes.page', { page: page + 1, pages: last + 1 }) }]
      : []),
    {
      kind: 'buttons',
      buttons: [
        ...(page > 0 ? [turn(say('meeting.notes.earlier'), page - 1)] : []),
        ...(page < last ? [turn(say('meeting.notes.more'), page + 1)] : []),
        { label: say('meeting.button.open'), command: 'meeting-show', args: { id: meeting.id } },
      ],
    },
  ])
}
