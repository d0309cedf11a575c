import type { MeetingKind, Mood } from '../../domain/accounts/account.ts'
import type { PromisedBy } from '../../domain/follow-ups/follow-up.ts'
import type { Actor } from '../../domain/shared/actor.ts'
import { readMeeting } from '../../domain/talk/read-meeting.ts'
import type { MeetingTalk, Step } from '../../domain/talk/talk.ts'
import { readWhen } from '../../domain/when/read-when.ts'
import type { Found, Span } from '../../domain/when/reading.ts'
import { talkContext } from '../kit/talk-context.ts'
import { type Filled, type Told } from './told.ts'

/** A step, with the text that its places are places of. */
export type ToldStep = Step & Readonly<{ text: string }>

export type Understood = Readonly<{
  /** `unread`: a time was written, but nothing in it is one. */
  when: Found | 'unread' | null
  /** The words of the time. */
  whenWords: string
  tense: 'past' | 'future' | null
  kind: MeetingKind | null
  mood: Mood | null
  attendees: readonly string[]
  notes: string | null
  steps: readonly ToldStep[]
}>

/** What the words of a line or of a form say; `talk` is the line, where it has been read before. */
export function understood(actor: Actor, told: Told, talk?: MeetingTalk): Understood {
  return told.form ? ofForm(actor, told.form, new Date(told.saidAt)) : ofLine(actor, told, talk)
}

function ofLine(actor: Actor, told: Told, before?: MeetingTalk): Understood {
  const { line, named, saidAt, kind: commanded } = told
  const text = line ?? ''
  const talk = before ?? readMeeting(text, talkContext(actor, new Date(saidAt)))
  const { when, tense, kind, mood } = talk
  const notes = talk.notesWithout(named).trim()
  return {
    when,
    whenWords: wordsAt(text, when?.pieces ?? []),
    tense,
    kind: kind ?? commanded,
    mood,
    attendees: talk.attendeesBeside(named),
    notes: notes === '' ? null : notes,
    steps: talk.steps.map((step) => ({ ...step, text })),
  }
}

export const wordsAt = (text: string, pieces: readonly Span[]): string =>
  pieces.map(({ from, to }) => text.slice(from, to)).join(' ')

function ofForm(actor: Actor, form: Filled, saidAt: Date): Understood {
  const steps = (text: string | undefined, promisedBy: PromisedBy) =>
    split(text ?? '', /[\n;]/).map((one) => stepOf(actor, one, promisedBy, saidAt))
  return {
    when: readTime(actor, form.when ?? '', saidAt),
    whenWords: form.when ?? '',
    tense: null,
    kind: (form.kind ?? null) as MeetingKind | null,
    mood: (form.mood ?? null) as Mood | null,
    attendees: peopleIn(form.attendees ?? ''),
    notes: form.notes?.trim() || null,
    steps: [...steps(form.next, 'US'), ...steps(form.they, 'CLIENT')],
  }
}

const split = (text: string, by: RegExp): string[] =>
  text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** `Ivan, Olga Smirnova`; a dash says that nobody is meant. */
export const peopleIn = (text: string): string[] => split(text, /[,;\n]/).filter((name) => !isNothing(name))

/** How a field is emptied in a chat, where an answer is never empty. */
export const isNothing = (text: string): boolean => /^[-–—]?$/.test(text.trim())

const NOW = /^$|^(?:(?:just|right) )?now$|^(?:прямо |только )?сейчас$|^только что$/iu

/** The time that was written into a field; null for now and for nothing at all. */
export function readTime(actor: Actor, text: string, saidAt: Date): Found | 'unread' | null {
  if (NOW.test(text.trim())) return null
  const found = readWhen(text, { ...talkContext(actor, saidAt), direction: 'any' })
  return found.kind === 'none' ? 'unread' : found
}

/** The words before a step in a line, so that a field is read as a line is. */
const MARKS = { en: { US: 'next: ', CLIENT: 'they: ' }, ru: { US: 'далее: ', CLIENT: 'они: ' } } as const

/** `!call Olga`, `call Olga!` */
function withoutMarks(written: string): string {
  const text = written.replace(/^!+\s*/, '')
  let end = text.length
  while (text.charAt(end - 1) === '!') end -= 1
  return end < text.length ? text.slice(0, end).trimEnd() : text
}

function stepOf(actor: Actor, written: string, promisedBy: PromisedBy, saidAt: Date): ToldStep {
  const what = withoutMarks(written)
  const text = MARKS[actor.language][promisedBy] + what
  const isMarked = what !== written
  const [step] = readMeeting(text, talkContext(actor, saidAt)).steps
  if (!step) return { promisedBy, what, when: null, urgent: isMarked, text }
  return { ...step, promisedBy, urgent: step.urgent || isMarked, text }
}
