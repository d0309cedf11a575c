import type { Shown } from '../../commands/kit/command.ts'
import type { Dispatcher, Invocation, Journal, Reply } from '../../commands/kit/invocation.ts'
import { plain, say, type Text, type View } from '../../commands/kit/view.ts'
import type { Reader } from '../../domain/shared/actor.ts'
import { noteCopy } from '../note-copy.ts'
import type { ButtonTokens, CardNotes, StoredUpdate } from '../ports.ts'
import { remember } from '../remember.ts'
import { DEFAULT_READER, speakerFor } from '../speaker.ts'
import type { Acknowledgements } from './acknowledgements.ts'
import { pressedBy } from './callback-data.ts'
import { reasonOf } from './failures.ts'
import type { Slots } from './lanes.ts'
import { outgoing, type Outgoing } from './outgoing.ts'
import type { Clock } from './pace.ts'
import type { Sender } from './sender.ts'
import { type From, type Intent, intentOf, type Said } from './updates.ts'

export type ConversationParts = Readonly<{
  dispatcher: Dispatcher
  tokens: ButtonTokens
  cards?: CardNotes | undefined
  sender: Sender
  acknowledgements: Acknowledgements
  journal: Journal
  clock: Clock
  slots: Slots
  signal: AbortSignal
  now(): Date
  username(): string | null
  defaults?: Reader | undefined
  /** Of the update at hand: an earlier process had it. */
  resumed?: boolean
}>

type Press = Extract<Intent, { kind: 'press' }>
type Event = Extract<Intent, { kind: 'event' }>

/** Before the second and the third try of work that failed. */
const WAITS_MS = [300, 1_500]
const GROUP_SILENCE_MS = 3_600_000
const REMEMBERED = 1_000

/** What is not worth a database: after a restart a group may get its hint once more. */
type Memory = Readonly<{ groups: Map<string, number>; albums: Map<string, true> }>

/** The answer is for a run with the right token to give. */
const WRONG_TOKEN = new Error('telegram does not accept the token')

/** Answers one update at a time. False when it could not be answered now and a later run has to take it up again. */
export function createConversation(parts: ConversationParts): (update: StoredUpdate) => Promise<boolean> {
  const memory: Memory = { groups: new Map(), albums: new Map() }
  return async ({ key, payload, resumed = false }) => {
    const intent = intentOf(payload, parts.username())
    const journal = parts.journal.child({ key })
    try {
      await handle({ ...parts, journal, resumed }, memory, key, intent)
    } catch (error) {
      if (parts.signal.aborted || error === WRONG_TOKEN) return false
      journal.error({ kind: intent.kind, reason: reasonOf(error) }, 'an update failed and is given up')
      await apologise({ ...parts, journal }, key, intent).catch(() => undefined)
    } finally {
      // Also when the work failed: nobody looks at a spinner for two minutes.
      if ('queryId' in intent) await parts.acknowledgements.answer(intent.queryId)
    }
    return true
  }
}

async function handle(parts: ConversationParts, memory: Memory, key: string, intent: Intent): Promise<void> {
  if ('from' in intent) parts.sender.unblock(intent.from.chat)
  switch (intent.kind) {
    case 'line':
      return answer(parts, { key, ...intent, act: { kind: 'line', text: intent.text } })
    case 'event':
      return hear(parts, memory, key, intent)
    case 'press':
      return press(parts, key, intent)
    case 'forwarded':
      return remarkOnce(parts, memory, intent, say('telegram.forwarded'))
    case 'useless':
      return remarkOnce(parts, memory, intent, say('telegram.useless'))
    case 'group':
      return hintGroup(parts, memory, intent.from)
    case 'membership':
      return changeMembership(parts, key, intent)
    case 'ignore':
      return parts.journal.debug({ why: intent.why }, 'update ignored')
    case 'emptyPress':
      return undefined
  }
}

/** Whoever lets us in again is told nothing, but gets what was kept for them. In a private chat the chat is its person. */
async function changeMembership(
  parts: ConversationParts,
  key: string,
  { chat, blocked }: Extract<Intent, { kind: 'membership' }>,
): Promise<void> {
  parts.journal.info({ chat }, blocked ? 'blocked by its person' : 'unblocked by its person')
  if (blocked) return parts.sender.block(chat)
  parts.sender.unblock(chat)
  const act = { kind: 'event', event: 'back', values: {} } as const
  const from: From = { id: chat, chat, language: null }
  await tried(parts, () => parts.dispatcher.dispatch(invocationOf({ key, from, act })))
}

/** Each photo of an album is an event of its own; only the first is answered in words, unless another one failed. */
async function hear(parts: ConversationParts, memory: Memory, key: string, intent: Event): Promise<void> {
  const { from, said, event, values, album } = intent
  const isSilent = isKnown(memory.albums, album)
  return answer(parts, { key, from, said, act: { kind: 'event', event, values }, isSilent })
}

async function remarkOnce(
  parts: ConversationParts,
  { albums }: Memory,
  { from, album }: Readonly<{ from: From; album: string | null }>,
  text: Text,
): Promise<void> {
  if (!isKnown(albums, album)) await remark(parts, from, text)
}

async function press(
  parts: ConversationParts,
  key: string,
  { from, queryId, data, messageId }: Press,
): Promise<void> {
  const pressed = await tried(parts, () => pressedBy(data, from.id, parts.tokens, parts.now()))
  if (pressed) {
    return answer(parts, { key, from, act: { kind: 'press', ...pressed }, replaces: messageId, queryId })
  }
  const reader = await readerOf(parts, from)
  const shown = await parts.acknowledgements.answer(queryId, speakerFor(reader)(say('error.notYourButton')))
  if (!shown) await remark(parts, from, say('error.notYourButton'))
}

/** One thing that somebody did, on its way to the dispatcher. */
type Done = Readonly<{
  key: string
  from: From
  act: Invocation['act']
  said?: Said
  /** The message whose place the answer takes. */
  replaces?: number | null
  queryId?: string
  /** Nothing is said about it, unless it failed. */
  isSilent?: boolean
}>

async function answer(parts: ConversationParts, done: Done): Promise<void> {
  const { replaces = null, queryId } = done
  const started = parts.clock.now()
  const ready = await answerTo(parts, done)
  // Nothing was changed: the buttons of the message are what is needed for the next try.
  const place = ready.isFailed ? null : replaces
  const acknowledged = queryId === undefined ? null : parts.acknowledgements.answer(queryId)
  if (ready.messages.length > 0) await showAnswer(parts, done.from, ready, place, started)
  await acknowledged
}

/** A card is noted before anything else is waited for: an older edit that lands on it must find it touched. */
async function showAnswer(
  parts: ConversationParts,
  from: From,
  { messages, shown }: Ready,
  place: number | null,
  started: number,
): Promise<void> {
  const { outcome, message } = await parts.sender.show(from.chat, messages, place)
  if (outcome === 'wrongToken') throw WRONG_TOKEN
  const ms = Math.round(parts.clock.now() - started)
  parts.journal.debug({ outcome, messages: messages.length, ms }, 'answer sent')
  if (message === null || shown === null) return
  const placeOf = (id: number) => ({ chat: from.chat, message: String(id) })
  const replaced = place === null ? null : placeOf(place)
  await noteCopy(parts, { whose: identityOf(from.id), answer: shown, at: placeOf(message), replaced })
}

/** What is sent, and the answer that it says. */
type Ready = Readonly<{ messages: readonly Outgoing[]; shown: Shown | null; isFailed?: boolean | undefined }>

/** The answer, ready to send. The work is done once: when only its buttons cannot be made, it is shown without them. */
async function answerTo(parts: ConversationParts, done: Done): Promise<Ready> {
  const { dispatcher, slots, journal } = parts
  const reply = await tried(parts, () => slots(() => dispatcher.dispatch(invocationOf(done, parts.resumed))))
  if (reply.answer.kind === 'repeat' || (done.isSilent && !reply.failed)) return { messages: [], shown: null }
  const view = viewOf(reply, journal)
  const owner = done.from.id
  try {
    const messages = await tried(parts, () => outgoing(parts, view, reply.reader, owner))
    return { messages, shown: reply.answer, isFailed: reply.failed }
  } catch (error) {
    parts.signal.throwIfAborted()
    journal.error({ reason: reasonOf(error) }, 'an answer is shown without its buttons')
    const words = view.filter(({ kind }) => kind !== 'buttons')
    const messages = await outgoing(parts, words, reply.reader, owner)
    return { messages, shown: reply.answer, isFailed: reply.failed }
  }
}

/** After the last try: the person hears that it failed, with a number that leads to the log. */
async function apologise(parts: ConversationParts, key: string, intent: Intent): Promise<void> {
  if (intent.kind !== 'line' && intent.kind !== 'press' && intent.kind !== 'event') return
  const text = say('error.unexpected', { id: key.slice(-8) })
  const view: View = [{ kind: 'text', tone: 'bad', text }]
  const messages = await outgoing(parts, view, readerFor(parts, intent.from), '')
  await parts.sender.show(intent.from.chat, messages, null)
}

function invocationOf({ key, from: { id, chat, language }, act, said }: Done, resumed = false): Invocation {
  return {
    ...(resumed ? { resumed } : {}),
    channel: 'telegram',
    identity: identityOf(id),
    key,
    stored: true,
    chat,
    audience: 'asker',
    act,
    ...(said?.at ? { saidAt: said.at } : {}),
    ...(said?.message ? { message: said.message } : {}),
    ...(language ? { hint: { language } } : {}),
  }
}

const identityOf = (externalId: string) => ({ platform: 'TELEGRAM', workspace: '', externalId }) as const

/** Forms are asked as dialogues by the dispatcher in front; one that comes through is a fault in the wiring. */
function viewOf({ answer: given, updateId }: Reply, journal: Journal): View {
  if (given.kind === 'view') return given.view
  journal.error({ updateId, kind: given.kind }, 'telegram cannot show this kind of answer')
  return [{ kind: 'text', tone: 'bad', text: say('error.unexpected', { id: updateId }) }]
}

/** One sentence of the adapter's own. */
async function remark(parts: ConversationParts, from: From, text: Text): Promise<void> {
  const view: View = [{ kind: 'text', text }]
  const messages = await outgoing(parts, view, await readerOf(parts, from), from.id)
  await parts.sender.show(from.chat, messages, null)
}

/** A colleague who adds the assistant to a group is told where it works, once an hour at most. */
async function hintGroup(parts: ConversationParts, { groups }: Memory, from: From): Promise<void> {
  const now = parts.now().getTime()
  if (now - (groups.get(from.chat) ?? Number.NEGATIVE_INFINITY) < GROUP_SILENCE_MS) return
  remember(groups, from.chat, now, REMEMBERED)
  const bot = plain(`@${parts.username() ?? ''}`)
  const view: View = [{ kind: 'text', text: say('telegram.privateOnly', { bot }) }]
  const messages = await outgoing(parts, view, readerFor(parts, from), from.id)
  await parts.sender.show(from.chat, messages, null)
}

function isKnown(albums: Memory['albums'], album: string | null): boolean {
  if (album === null) return false
  if (albums.has(album)) return true
  remember(albums, album, true, REMEMBERED)
  return false
}

/** Known people are spoken to in their own language, also when the database is away and it can only be guessed. */
async function readerOf(parts: ConversationParts, from: From): Promise<Reader> {
  try {
    return (await parts.dispatcher.whoIs(identityOf(from.id))) ?? readerFor(parts, from)
  } catch (error) {
    parts.journal.warn({ reason: reasonOf(error) }, 'could not look up a person')
    return readerFor(parts, from)
  }
}

/** For plain sentences, which hold no dates and no money. */
const readerFor = ({ defaults = DEFAULT_READER }: ConversationParts, { language }: From): Reader =>
  language ? { ...defaults, language } : defaults

async function tried<Result>(
  { clock, signal, journal }: ConversationParts,
  work: () => Promise<Result>,
): Promise<Result> {
  for (const wait of WAITS_MS) {
    try {
      return await work()
    } catch (error) {
      signal.throwIfAborted()
      journal.warn({ reason: reasonOf(error) }, 'a try failed')
      await clock.pause(wait, signal)
    }
  }
  return work()
}
