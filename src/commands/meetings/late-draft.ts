import type { ContactFact } from '../../domain/accounts/account.ts'
import { hasCyrillic } from '../../domain/accounts/name-key.ts'
import type { Attendee, Meeting } from '../../domain/meetings/meeting.ts'
import type { Language } from '../../domain/shared/actor.ts'
import { pointOf } from '../../domain/when/wall-clock.ts'
import { factsOf } from '../accounts/facts-of.ts'
import type { Context } from '../kit/command.ts'
import { type Block, type Field, plain, say, type Text, type View } from '../kit/view.ts'
import { timeText } from '../notices/brief-view.ts'

/** By how much somebody comes late, none or less when they come in time, and when they arrive. */
export type Delay = Readonly<{ minutes: number; arrival: Date }>

/** Words for the client, ready to be copied, in the client's language whatever the reader's is. */
export async function draftView(context: Context, meeting: Meeting, delay: Delay): Promise<View> {
  const { actor, now } = context
  const glance = { now, timeZone: actor.timeZone }
  const { account, startsAt } = meeting
  const starts = new Date(startsAt ?? delay.arrival)
  const when = { name: plain(account.name), time: timeText(starts, glance) }
  if (delay.minutes <= 0) return [{ kind: 'text', tone: 'good', text: say('late.inTime', when) }]

  const people = await waiting(context, meeting)
  const [first] = people
  const language = languageOf(first?.language ?? null, account.name, actor.language)
  // The clock alone: a date would come in the reader's language.
  const time = pointOf(actor.timeZone, delay.arrival.getTime()).time ?? ''
  const draft = { minutes: delay.minutes, time }
  const words: Text = first
    ? { key: `late.draft.${language}`, params: { ...draft, name: plain(first.name) } }
    : { key: `late.draftToAll.${language}`, params: draft }
  return [
    { kind: 'heading', text: say('late.title', when) },
    { kind: 'note', text: say('late.copy') },
    { kind: 'text', text: words },
    ...contactFields(people),
    {
      kind: 'buttons',
      buttons: [
        {
          label: say('late.move', { count: delay.minutes }),
          command: 'late-move',
          args: { meeting: meeting.id, from: starts.toISOString(), minutes: String(delay.minutes) },
        },
      ],
    },
  ]
}

type Waiting = Readonly<{ name: string; phone: string | null; language: string | null }>

/** Those who are named for the meeting, known contacts with a telephone first. */
async function waiting(context: Context, { account, attendees }: Meeting): Promise<Waiting[]> {
  const { contacts } = await factsOf(context, account.id)
  const languages = await context.work.meetings.contacts(account.id)
  const people = attendees.map((attendee) => ({
    name: attendee.name,
    phone: contactNamed(contacts, attendee)?.phone ?? null,
    language: languages.find(({ id }) => id === attendee.contactId)?.language ?? null,
  }))
  return people.toSorted((a, b) => Number(b.phone !== null) - Number(a.phone !== null))
}

const contactNamed = (contacts: readonly ContactFact[], { name }: Attendee) =>
  contacts.find((contact) => contact.name.toLowerCase() === name.toLowerCase())

/** The contact's own; else Russian for a name in Cyrillic; else the reader's. Who speaks neither is written to in English. */
function languageOf(contact: string | null, account: string, reader: Language): Language {
  if (contact) return /^(?:ru|рус)/iu.test(contact.trim()) ? 'ru' : 'en'
  return hasCyrillic(account) ? 'ru' : reader
}

function contactFields(people: readonly Waiting[]): Block[] {
  const known = people.filter(({ phone }) => phone !== null)
  const fields = known.map(({ name, phone }): Field => ({ label: plain(name), value: plain(phone ?? '') }))
  return fields.length > 0 ? [{ kind: 'fields', title: say('late.call'), fields }] : []
}
