import { addDays, type Day } from '../domain/shared/day.ts'
import { instantAt, workdayFrom, workdayUntil } from './calendar.ts'
import { accountId, contactId } from './clients.ts'
import { pastNotes } from './past-notes.ts'
import { type Random, randomFor } from './random.ts'
import type { DemoAttendee, DemoMeeting } from './rows.ts'
import type { Attendee, Meetings, Planned, Story, Told } from './story.ts'
import { kam, userId } from './team.ts'

const TIMES = ['09:30', '10:00', '11:00', '13:30', '15:00', '16:30'] as const

export type Diary = Readonly<{ meetings: readonly DemoMeeting[]; attendees: readonly DemoAttendee[] }>

export function diaryOf(story: Story, today: Day): Diary {
  const random = randomFor(`meetings ${story.key}`)
  const past = story.meetings ? history(story, story.meetings, random) : []
  const held = past.map(({ told, ago, time }, at) => {
    const day = workdayUntil(addDays(today, -ago))
    const { kind, mood, note: notes } = told
    const entry = row(story, `held-${at + 1}`, { status: 'HELD', day, time, kind, mood, notes, written: day })
    return { entry, who: told.who }
  })
  const planned = (story.planned ?? []).map(({ inDays, time, kind, who, note: notes }: Planned, at) => {
    const day = inDays < 0 ? workdayUntil(addDays(today, inDays)) : workdayFrom(addDays(today, inDays))
    const written = addDays(day < today ? day : today, -3)
    const entry = row(story, `planned-${at + 1}`, {
      status: 'PLANNED',
      day,
      time,
      kind,
      mood: null,
      notes,
      written,
    })
    return { entry, who }
  })
  const all = [...held, ...planned]
  return {
    meetings: all.map(({ entry }) => entry),
    attendees: all.flatMap(({ entry, who }) => who.map((one) => attendee(story, entry.id, one))),
  }
}

type Past = Readonly<{ told: Told; ago: number; time: string | null }>

/** What is told by hand, then the everyday; nobody keeps an exact rhythm, and some write no time. */
function history(story: Story, { last, every, held, told }: Meetings, random: Random): Past[] {
  const usual = pastNotes(kam(story.owner).language, story.tier)
  const start = random.whole(0, usual.length - 1)
  return Array.from({ length: held }, (_, at) => {
    const note = usual[(start + at * 5) % usual.length]
    const sway = at === 0 ? 0 : random.whole(-Math.floor(every / 6), Math.floor(every / 6))
    const time = at > 1 && random.next() < 0.2 ? null : (TIMES[random.whole(0, TIMES.length - 1)] ?? null)
    const who = someone(story, random)
    const entry = told[at] ?? { kind: 'CALL', mood: null, note: null, ...note, who }
    return { told: entry, ago: last + at * every + sway, time }
  })
}

function someone({ people = [] }: Story, random: Random): Attendee[] {
  if (people.length === 0) return []
  const first = random.whole(0, people.length - 1)
  const second = random.whole(0, people.length - 1)
  return first === second || random.next() < 0.5 ? [first] : [first, second]
}

type Draft = Pick<DemoMeeting, 'status' | 'day' | 'kind' | 'mood' | 'notes'> &
  Readonly<{ time: string | null; written: Day }>

function row({ key, owner }: Story, place: string, { time, written, ...draft }: Draft): DemoMeeting {
  const id = `demo-meeting-${key}-${place}`
  const { timeZone } = kam(owner)
  return {
    id,
    externalId: id,
    accountId: accountId(key),
    authorId: userId(owner),
    ...draft,
    startsAt: time && instantAt(draft.day, time, timeZone),
    createdAt: instantAt(written, '18:00', timeZone),
  }
}

function attendee({ key, people = [] }: Story, meetingId: string, who: Attendee): DemoAttendee {
  if (typeof who === 'string') return { meetingId, name: who, contactId: null }
  const known = people[who]
  if (!known) throw new Error(`${key} has no contact number ${who}`)
  return { meetingId, name: known.name, contactId: contactId(key, who) }
}
