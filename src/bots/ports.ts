import type { View } from '../commands/kit/view.ts'
import type { Shown } from '../commands/kit/command.ts'
import type { ChatIdentity } from '../domain/identity/person.ts'
import type { Cards, MessagePlace } from '../domain/notices/cards.ts'
import type { Platform, Reader } from '../domain/shared/actor.ts'

/** An update that was stored before the platform was told that it arrived. The payload is the platform's own JSON. */
export type StoredUpdate = Readonly<{
  key: string
  chat: string
  payload: unknown
  /** An earlier process had it, and nobody knows how far it came. */
  resumed?: true
}>

/** Everything, or only these, or what nobody has held for `quietMs`, though somebody did within `reachMs`. */
export type LeftOver = Readonly<{ keys: readonly string[] } | { quietMs: number; reachMs: number }>

export type Inbox = Readonly<{
  /** Stores all of them in one statement; returns the keys that were not known before. */
  store(platform: Platform, updates: readonly StoredUpdate[]): Promise<readonly string[]>
  /**
   * What was stored and is not finished, in the order of arrival: left over from a stop or a crash. Held by the caller
   * from now on; of several who ask, each gets what the others did not.
   */
  takeUp(platform: Platform, which?: LeftOver): Promise<readonly StoredUpdate[]>
  /** These are still at work here, so that nobody takes them up. */
  hold(platform: Platform, keys: readonly string[]): Promise<void>
  finish(platform: Platform, keys: readonly string[]): Promise<void>
  /** Of an update whose work has begun already, so that its key is known; nothing when it is done by now. */
  keep(platform: Platform, update: StoredUpdate): Promise<void>
}>

export type TokenButton = Readonly<{ owner: string; command: string; args: Readonly<Record<string, string>> }>

/** For platforms whose buttons carry less than a command with its arguments. */
export type ButtonTokens = Readonly<{
  /** The same button gets the same token. */
  save(platform: Platform, button: TokenButton, expiresAt: Date): Promise<string>
  find(platform: Platform, token: string, now: Date): Promise<TokenButton | null>
}>

/**
 * What became of a message that nobody asked for. `sent` names it on its platform. `unclear`: it may have arrived.
 * `later`: it certainly did not, and may after so long; `gone`: this person cannot be reached here any more; `refused`:
 * the platform will never take this message. `unwanted`: nobody wanted it any more when its turn had come.
 */
export type Pushed = Readonly<
  | { kind: 'sent'; chat: string; message: string }
  | { kind: 'unclear' }
  | { kind: 'later'; afterMs: number; reason: string }
  | { kind: 'gone'; reason: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'unwanted' }
>

/**
 * Asked once, right before the platform is called for the first time and not before its turn has come: from then on the
 * message may have arrived. False when nobody wants it any more; then nothing is called.
 */
export type Begin = () => Promise<boolean>

/**
 * Brings a message to somebody who did not ask. Never throws; answers within twenty seconds, so that nobody else takes
 * the message for abandoned. Paces itself: answers to people who did ask overtake it.
 */
export type Push = (to: ChatIdentity, reader: Reader, view: View, begin: Begin) => Promise<Pushed>

/**
 * What became of an edit. `later`: the message may not show it yet; an edit done twice is done once, so there is no harm
 * in another. `gone`: it is not there any more, cannot be edited, or its person is nobody we reach.
 */
export type Edited = Readonly<
  { kind: 'done' } | { kind: 'later'; afterMs: number; reason: string } | { kind: 'gone'; reason: string }
>

/**
 * Puts a view into the place of one that this person has had from us. Never throws; answers within twenty seconds. Answers
 * overtake it, and it overtakes what nobody asked for.
 */
export type Edit = (to: ChatIdentity, at: MessagePlace, reader: Reader, view: View) => Promise<Edited>

/** Remembers which answers are cards, so that they follow what becomes of their request. */
export type CardNotes = Pick<Cards, 'note' | 'forget'>

/**
 * An answer that has been delivered. `at` is null where it cannot be edited later; `replaced` is the message whose place
 * it took.
 */
export type Delivered = Readonly<{
  whose: ChatIdentity
  answer: Shown
  at: MessagePlace | null
  replaced: MessagePlace | null
}>

/** One way to reach people. `health` names what is wrong, or null when all is well. */
export type Bot = Readonly<{
  name: string
  start(): Promise<void>
  stop(): Promise<void>
  health(): string | null
  push: Push
  edit: Edit
}>
