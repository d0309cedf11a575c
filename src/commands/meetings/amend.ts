import { z } from 'zod'
import { matchAttendees } from '../../domain/meetings/attendees.ts'
import type { Attendee, Meeting, MeetingChanges } from '../../domain/meetings/meeting.ts'
import { type Timing, timingOf, type TimingReading } from '../../domain/meetings/timing.ts'
import { type Context, defineCommand } from '../kit/command.ts'
import type { OpenForm } from '../kit/form.ts'
import { say, type Text } from '../kit/view.ts'
import { meetingToChange, WRITERS } from './access.ts'
import { editForm, openForm } from './form.ts'
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
    return { kind: 'form', form: formWith(meeting.id, filledBy(context, meeting)) }
  },
})

/** What was left empty is meant to be empty; the time and the kind cannot be. */
export const meetingAmend = defineCommand({
  name: 'meeting-amend',
  aliases: [],
  summary: 'meeting.button.edit',
  roles: WRITERS,
  effect: 'write',
  listed: false,
  form: editForm,
  input: z.object({ id, ...contentFields }),

  async run(context, { id: subject, ...fields }) {
    const before = await meetingToChange(context, subject)
    if (before.status === 'CANCELLED') return takenBack(context, before)
    const timing = timingFor(context, before, fields.when)
    if ('wrong' in timing) {
      const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
      return { kind: 'form', form: formWith(subject, filled, { when: timing.wrong }) }
    }
    const changes: MeetingChanges = {
      ...timing.changes,
      kind: fields.kind ?? before.kind,
      mood: fields.mood ?? null,
      notes: notesFor(before, fields.notes),
      attendees: await attendeesFor(context, before, fields.attendees),
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

function formWith(subject: string, filled: Filled, errors: Readonly<Record<string, Text>> = {}): OpenForm {
  return openForm({ command: 'meeting-amend', form: editForm, filled, hidden: { id: subject }, errors })
}

function filledBy({ actor }: Context, meeting: Meeting): Filled {
  const { kind, mood, attendees, notes } = meeting
  return {
    when: momentWords(meeting, actor),
    kind,
    ...(mood ? { mood } : {}),
    attendees: attendees.map(({ name }) => name).join(', '),
    notes: notes ?? '',
  }
}

type TimingChange = Readonly<{ changes: Partial<Timing> }> | Readonly<{ wrong: Text }>

/** A time that was not touched stays to the second, and with it whether the meeting was or is to come. */
function timingFor({ actor, now, saidAt }: Context, before: Meeting, text: string | undefined): TimingChange {
  if (!text || text.trim() === momentWords(before, actor)) return { changes: {} }
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
