import { z } from 'zod'
import { matchAttendees } from '../../domain/meetings/attendees.ts'
import type { Attendee, Meeting, MeetingChanges } from '../../domain/meetings/meeting.ts'
import { type Timing, timingOf, type TimingReading } from '../../domain/meetings/timing.ts'
import { type Context, defineCommand } from '../kit/command.ts'
import type { OpenForm } from '../kit/form.ts'
import { say, type Text } from '../kit/view.ts'
import { lockedToChange, meetingToChange, WRITERS } from './access.ts'
import { editForm, openForm } from './form.ts'
import { versionBefore } from './history.ts'
import { contentFields } from './log.ts'
import { choiceText, momentWords } from './phrases.ts'
import type { Filled } from './told.ts'
import { cardOf, takenBack } from './undo.ts'
import { isNothing, peopleIn, readTime } from './understood.ts'
import { amendMeeting } from './write.ts'

const id = z.string().min(1).max(64)

/** Opens the form with what stands there now. */
export const meetingEdit = defineCommand({
  name: 'meeting-edit',
  aliases: [],
  summary: 'meeting.button.edit',
  roles: WRITERS,
  effect: 'read',
  listed: false,
  input: z.object({ id }),
  async run(context, input) {
    const meeting = await meetingToChange(context, input.id)
    if (meeting.status === 'CANCELLED') return takenBack(context, meeting)
    return { kind: 'form', form: formWith(hiddenOf(meeting), filledBy(context, meeting)) }
  },
})

/**
 * What was left empty is meant to be empty; the time and the kind cannot be. What was not touched stays as it is by now:
 * `n` tells how often the meeting had been changed when the form was opened.
 */
export const meetingAmend = defineCommand({
  name: 'meeting-amend',
  aliases: [],
  summary: 'meeting.button.edit',
  roles: WRITERS,
  effect: 'write',
  listed: false,
  form: editForm,
  input: z.object({ id, n: z.coerce.number().int().min(0).max(1_000_000).optional(), ...contentFields }),

  async run(context, { id: subject, n, ...fields }) {
    const before = await lockedToChange(context, subject)
    if (before.status === 'CANCELLED') return takenBack(context, before)
    const opened = await openedAt(context, before, n)
    const timing = timingFor(context, before, momentWords(opened, context.actor), fields.when)
    if ('wrong' in timing) {
      const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
      return { kind: 'form', form: formWith(hiddenOf(opened), filled, { when: timing.wrong }) }
    }
    const notes = notesFor(opened, fields.notes)
    const attendees = fields.attendees ?? ''
    const changes: MeetingChanges = {
      ...timing.changes,
      ...(fields.kind && fields.kind !== opened.kind ? { kind: fields.kind } : {}),
      ...((fields.mood ?? null) === opened.mood ? {} : { mood: fields.mood ?? null }),
      ...(notes === opened.notes ? {} : { notes }),
      ...(attendees === namesOf(opened) ? {} : { attendees: await attendeesFor(context, before, attendees) }),
    }
    const after = await amendMeeting(context, before, changes)
    return after
      ? cardOf(context, after, say('meeting.amended'))
      : cardOf(context, before, say('meeting.unchanged'))
  },
})

/** Where a window cuts a long text into pieces, a space may come back as a line break: that is no change. */
function notesFor({ notes: before }: Meeting, text = ''): string | null {
  const inOneLine = (notes: string) => notes.trim().replaceAll(/\s+/gu, ' ')
  if (before !== null && inOneLine(before) === inOneLine(text)) return before
  return isNothing(text) ? null : text
}

type Hidden = Readonly<{ id: string; n: string }>

const hiddenOf = ({ id: subject, amendments }: Meeting): Hidden => ({ id: subject, n: String(amendments) })

function formWith(hidden: Hidden, filled: Filled, errors: Readonly<Record<string, Text>> = {}): OpenForm {
  return openForm({ command: 'meeting-amend', form: editForm, filled, hidden, errors })
}

/** The meeting as it stood when the form was opened. */
async function openedAt({ work }: Context, meeting: Meeting, n: number | undefined): Promise<Meeting> {
  if (n === undefined || n >= meeting.amendments) return meeting
  const stood = versionBefore(meeting, await work.meetings.amendments(meeting.id), n)
  return { ...stood, amendments: n }
}

const namesOf = ({ attendees }: Meeting): string => attendees.map(({ name }) => name).join(', ')

function filledBy({ actor }: Context, meeting: Meeting): Filled {
  const { kind, mood, notes } = meeting
  return {
    when: momentWords(meeting, actor),
    kind,
    ...(mood ? { mood } : {}),
    attendees: namesOf(meeting),
    notes: notes ?? '',
  }
}

type TimingChange = Readonly<{ changes: Partial<Timing> }> | Readonly<{ wrong: Text }>

/** A time that was not touched stays to the second, and with it whether the meeting was or is to come. */
function timingFor(
  { actor, now, saidAt }: Context,
  before: Meeting,
  shown: string,
  text: string | undefined,
): TimingChange {
  if (!text || text.trim() === shown) return { changes: {} }
  const found = readTime(actor, text, saidAt)
  if (found === 'unread') return { wrong: { key: 'meeting.when.unread' } }
  const tense = before.status === 'PLANNED' ? 'future' : 'past'
  // "Now", said of a planned meeting, is that it takes place.
  const telling = {
    saidAt,
    now,
    timeZone: actor.timeZone,
    tense: found ? tense : null,
    isTold: false,
  } as const
  const reading = timingOf(found, telling)
  return reading.kind === 'clear' ? { changes: reading.timing } : { wrong: whyNot(reading, actor.timeZone) }
}

function whyNot(reading: Exclude<TimingReading, { kind: 'clear' }>, timeZone: string): Text {
  switch (reading.kind) {
    case 'impossible':
      return { key: `meeting.when.${reading.reason}` }
    case 'choices':
      return reading.choices.length > 0
        ? say('meeting.when.doubtful', {
            choices: { list: reading.choices.map((choice) => choiceText(choice, timeZone)) },
          })
        : say('meeting.ask.day')
    case 'passed':
      return say('meeting.when.past')
    default:
      return say('meeting.when.unread')
  }
}

/** Whoever was there before stays whom they were. */
async function attendeesFor(
  { work }: Context,
  before: Meeting,
  text: string | undefined,
): Promise<Attendee[]> {
  const named = peopleIn(text ?? '')
  const known = before.attendees.flatMap(({ name, contactId }) =>
    contactId ? [{ id: contactId, name }] : [],
  )
  const contacts = await work.meetings.contacts(before.account.id)
  const others = contacts.filter(({ id: contact }) => !known.some((one) => one.id === contact))
  return matchAttendees(named, [...known, ...others])
}
