import type { Act, Dispatcher, Invocation, Journal, Reply } from '../../commands/kit/invocation.ts'
import { plain, say, type Text, type View } from '../../commands/kit/view.ts'
import type { Reader } from '../../domain/shared/actor.ts'
import type { ButtonTokens, StoredUpdate } from '../ports.ts'
import { remember } from '../remember.ts'
import { DEFAULT_READER, speakerFor } from '../speaker.ts'
import type { Acknowledgements } from './acknowledgements.ts'
import { dataOf, pressedBy } from './callback-data.ts'
import { reasonOf } from './failures.ts'
import { keyboardOf } from './keyboard.ts'
import type { Slots } from './lanes.ts'
import type { Clock } from './pace.ts'
import { renderTelegram } from './render.ts'
import type { Outcome, Outgoing, Sender } from './sender.ts'
import { type From, type Intent, intentOf } from './updates.ts'

export type ConversationParts = Readonly<{
  dispatcher: Dispatcher
  tokens: ButtonTokens
  sender: Sender
  acknowledgements: Acknowledgements
  journal: Journal
  clock: Clock
  slots: Slots
  signal: AbortSignal
  now(): Date
  username(): string | null
  defaults?: Reader | undefined
}>

type Press = Extract<Intent, { kind: 'press' }>

/** Before the second and the third try of work that failed. */
const WAITS_MS = [300, 1_500]
const GROUP_SILENCE_MS = 3_600_000
const REMEMBERED = 1_000

/** What is not worth a database: after a restart a group may get its hint once more. */
type Memory = Readonly<{ groups: Map<string, number>; albums: Map<string, true> }>

/** Answers one update at a time. False when a stop came in between and a later run has to take it up again. */
export function createConversation(parts: ConversationParts): (update: StoredUpdate) => Promise<boolean> {
  const memory: Memory = { groups: new Map(), albums: new Map() }
  return async ({ key, payload }) => {
    const intent = intentOf(payload, parts.username())
    const journal = parts.journal.child({ key })
    try {
      await handle({ ...parts, journal }, memory, key, intent)
    } catch (error) {
      if (parts.signal.aborted) return false
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
      return answer(parts, key, intent.from, { kind: 'line', text: intent.text }, null)
    case 'press':
      return press(parts, key, intent)
    case 'forwarded':
      return remark(parts, intent.from, say('telegram.forwarded'))
    case 'notText':
      return isKnown(memory.albums, intent.album)
        ? undefined
        : remark(parts, intent.from, say('telegram.onlyText'))
    case 'group':
      return hintGroup(parts, memory, intent.from)
    case 'membership':
      parts.journal.info(
        { chat: intent.chat },
        intent.blocked ? 'blocked by its person' : 'unblocked by its person',
      )
      return intent.blocked ? parts.sender.block(intent.chat) : parts.sender.unblock(intent.chat)
    case 'ignore':
      return parts.journal.debug({ why: intent.why }, 'update ignored')
    case 'emptyPress':
      return undefined
  }
}

async function press(
  parts: ConversationParts,
  key: string,
  { from, queryId, data, messageId }: Press,
): Promise<void> {
  const pressed = await tried(parts, () => pressedBy(data, from.id, parts.tokens, parts.now()))
  if (pressed) return answer(parts, key, from, { kind: 'press', ...pressed }, messageId, queryId)
  const reader = await readerOf(parts, from)
  const shown = await parts.acknowledgements.answer(queryId, speakerFor(reader)(say('error.notYourButton')))
  if (!shown) await remark(parts, from, say('error.notYourButton'))
}

async function answer(
  parts: ConversationParts,
  key: string,
  from: From,
  act: Act,
  messageId: number | null,
  queryId?: string,
): Promise<void> {
  const started = parts.clock.now()
  const messages = await answerTo(parts, key, from, act)
  const acknowledged = queryId === undefined ? null : parts.acknowledgements.answer(queryId)
  const outcome = await show(parts.sender, from.chat, messages, messageId)
  await acknowledged
  if (messages.length === 0) return
  const ms = Math.round(parts.clock.now() - started)
  parts.journal.debug({ outcome, messages: messages.length, ms }, 'answer sent')
}

/** The answer, ready to send. The work is done once: when only its buttons cannot be made, it is shown without them. */
async function answerTo(parts: ConversationParts, key: string, from: From, act: Act): Promise<Outgoing[]> {
  const { dispatcher, slots, journal } = parts
  const reply = await tried(parts, () => slots(() => dispatcher.dispatch(invocationOf(key, from, act))))
  if (reply.answer.kind === 'repeat') return []
  const view = viewOf(reply, journal)
  try {
    return await tried(parts, () => outgoing(parts, view, reply.reader, from.id))
  } catch (error) {
    parts.signal.throwIfAborted()
    journal.error({ reason: reasonOf(error) }, 'an answer is shown without its buttons')
    const words = view.filter(({ kind }) => kind !== 'buttons')
    return outgoing(parts, words, reply.reader, from.id)
  }
}

/** After the last try: the person hears that it failed, with a number that leads to the log. */
async function apologise(parts: ConversationParts, key: string, intent: Intent): Promise<void> {
  if (intent.kind !== 'line' && intent.kind !== 'press') return
  const text = say('error.unexpected', { id: key.slice(-8) })
  const view: View = [{ kind: 'text', tone: 'bad', text }]
  await show(
    parts.sender,
    intent.from.chat,
    await outgoing(parts, view, readerFor(parts, intent.from), ''),
    null,
  )
}

function invocationOf(key: string, { id, chat, language }: From, act: Act): Invocation {
  return {
    channel: 'telegram',
    identity: identityOf(id),
    key,
    stored: true,
    chat,
    audience: 'asker',
    act,
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

function outgoing(parts: ConversationParts, view: View, reader: Reader, owner: string): Promise<Outgoing[]> {
  const messages = renderTelegram(view, speakerFor(reader))
  return Promise.all(
    messages.map(async ({ html, text, keys }) => ({
      html,
      text,
      keyboard: await keyboardOf(keys, (button) => dataOf(button, owner, parts.tokens, parts.now())),
    })),
  )
}

/** The first message takes the place of the one whose button was pressed, if that is still there. */
async function show(
  sender: Sender,
  chat: string,
  messages: readonly Outgoing[],
  replaced: number | null,
): Promise<Outcome> {
  let outcome: Outcome = 'sent'
  for (const [index, message] of messages.entries()) {
    const edited = index === 0 && replaced !== null ? await sender.edit(chat, replaced, message) : 'missing'
    outcome = edited === 'missing' ? await sender.send(chat, message) : edited
    if (outcome === 'blocked' || outcome === 'failed') return outcome
  }
  return outcome
}

/** One sentence of the adapter's own. */
async function remark(parts: ConversationParts, from: From, text: Text): Promise<void> {
  const view: View = [{ kind: 'text', text }]
  await show(parts.sender, from.chat, await outgoing(parts, view, await readerOf(parts, from), from.id), null)
}

/** A colleague who adds the assistant to a group is told where it works, once an hour at most. */
async function hintGroup(parts: ConversationParts, { groups }: Memory, from: From): Promise<void> {
  const now = parts.now().getTime()
  if (now - (groups.get(from.chat) ?? Number.NEGATIVE_INFINITY) < GROUP_SILENCE_MS) return
  remember(groups, from.chat, now, REMEMBERED)
  const bot = plain(`@${parts.username() ?? ''}`)
  const view: View = [{ kind: 'text', text: say('telegram.privateOnly', { bot }) }]
  await show(parts.sender, from.chat, await outgoing(parts, view, readerFor(parts, from), from.id), null)
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
