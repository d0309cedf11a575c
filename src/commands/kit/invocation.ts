import type { Actor, Reader } from '../../domain/shared/actor.ts'
import type { ChatIdentity, Introduction } from '../../domain/identity/person.ts'
import type { Choice, FieldKind } from './form.ts'
import type { Shown } from './command.ts'
import type { Happening } from './event.ts'

/** What somebody did: typed a line, pressed a button, sent a form. All three, and events, meet the same checks. */
export type Act =
  | Readonly<{ kind: 'line'; text: string }>
  | Readonly<{ kind: 'press'; command: string; args: Readonly<Record<string, string>> }>
  | Readonly<{ kind: 'submit'; command: string; values: Readonly<Record<string, string>> }>

/** One update from a platform, translated by its adapter and by nothing else. */
export type Invocation = Readonly<{
  /** For the audit log and the logs: `slack`, `telegram`, `console`, `terminal`. */
  channel: string
  identity: ChatIdentity
  /** The platform's own key of this update: what is delivered again carries the same one. */
  key: string
  /** True when the adapter has stored the update itself before it confirmed it (Telegram): then a known key is not a repeat. */
  stored?: boolean
  /** True when an earlier process took it and nobody knows how far it came: then a change that is done is said to be. */
  resumed?: boolean
  /** Where the talk goes on; dialogues live here. */
  chat: string
  /** Who besides the asker could see an answer or has the right to: `outsiders` gets no account data at all. */
  audience: 'asker' | 'outsiders'
  act: Act | Happening
  /** When it was said, when the platform tells: a message may have waited for hours. */
  saidAt?: Date
  /** The platform's own name of the message, when it can be edited later. */
  message?: string
  /** How to speak to somebody we do not know. */
  hint?: Partial<Reader>
  /** Asks the platform who this is, when the identity is new. Slack only. */
  introduce?: () => Promise<Introduction>
}>

export type Reply = Readonly<{
  /** Also the id a person sees in an error message; every log line of this update carries it. */
  updateId: string
  reader: Reader
  /** `repeat`: this update was answered before, or asks for no answer: stay silent. */
  answer: Shown | Readonly<{ kind: 'repeat' }>
  /** True when the database or something unforeseen failed: nothing was changed, and the same act may pass later. */
  failed?: boolean
  /** False when the asker is not (yet) known. */
  known: boolean
}>

/** How a part of the process writes down what happened; pino fits. */
export type Journal = Readonly<{
  debug(facts: object, text: string): void
  info(facts: object, text: string): void
  warn(facts: object, text: string): void
  error(facts: object, text: string): void
  child(facts: object): Journal
}>

/** The one door for all adapters. Never throws: what goes wrong comes back as a view. */
export type Dispatcher = Readonly<{
  dispatch(invocation: Invocation): Promise<Reply>
  /** The known, active person behind an identity, read anew. */
  whoIs(identity: ChatIdentity): Promise<Actor | null>
  /** Choices for a searched field while somebody types, for known people only; nobody else gets any. */
  suggest(
    identity: ChatIdentity,
    kind: FieldKind,
    typed: string,
  ): Promise<Readonly<{ reader: Reader; choices: readonly Choice[] }>>
  /** An adapter has turned somebody away itself: a member of another company, or whoever presses what we never made. */
  turnedAway(identity: ChatIdentity, channel: string, command: string, why: string): Promise<void>
  /** The platform says this identity is gone or no longer a member: it must be introduced anew. */
  forget(identity: ChatIdentity, channel: string): Promise<void>
}>
