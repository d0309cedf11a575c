import type { MeetingKind, Mood } from '../accounts/account.ts'
import type { PromisedBy } from '../follow-ups/follow-up.ts'
import type { Repeat } from '../follow-ups/repeat.ts'
import type { Found, Span, WhenContext } from '../when/reading.ts'

/** Whoever speaks decides how dates are read; whether the line tells of what was or will be is found out from it. */
export type TalkContext = Omit<WhenContext, 'direction'>

/** Words in which the name of an account may stand, with their place in the line. */
export type Named = Span & Readonly<{ text: string }>

/** `they: will send the specification by 12.12`, `next: send the quote by Friday`. */
export type Step = Readonly<{
  promisedBy: PromisedBy
  what: string
  /** Null when no time was said. */
  when: Found | null
  urgent: boolean
}>

/** What a line says of a meeting. Nothing is guessed: what was not said is null or empty. */
export type MeetingTalk = Readonly<{
  /** The likeliest first. */
  names: readonly Named[]
  /** Null when no time was said. Read as past or future by the line's own verbs, else as either. */
  when: Found | null
  /** What the verbs tell: `met` is past, `will visit` is future; null when they do not. */
  tense: 'past' | 'future' | null
  kind: MeetingKind | null
  mood: Mood | null
  /** In the nominative where that is sure, else as they were written: `with Ivan and Olga Smirnova`, `с Иваном Петровым`. */
  attendees: readonly string[]
  /** The same once the account is known: its name at this place is nobody who was there. */
  attendeesBeside(account: Named | null): readonly string[]
  steps: readonly Step[]
  /** What is left of the line as notes once the account's name at this place, time, mood marks and steps are taken out. */
  notesWithout(name: Named | null): string
}>

/** What a line says of a follow-up. */
export type FollowUpTalk = Readonly<{
  names: readonly Named[]
  when: Found | null
  repeat: Repeat | null
  promisedBy: PromisedBy
  urgent: boolean
  /** What is to be done, once the name at this place and the time are taken out. */
  whatWithout(name: Named | null): string
}>
