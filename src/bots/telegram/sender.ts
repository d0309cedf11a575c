import type { Journal } from '../../commands/kit/invocation.ts'
import { createInOrder } from '../in-order.ts'
import type { TelegramClient } from './client.ts'
import { failureOf, reasonOf } from './failures.ts'
import type { Keyboard } from './keyboard.ts'
import type { Clock, Pace } from './pace.ts'

export type Outgoing = Readonly<{ html: string; text: string; keyboard: Keyboard }>

/** `unclear`: it may or may not have arrived. `missing`: the message to edit is not there. */
export type Outcome = 'sent' | 'unclear' | 'blocked' | 'missing' | 'failed'

export type Sender = Readonly<{
  send(chat: string, message: Outgoing): Promise<Outcome>
  edit(chat: string, messageId: number, message: Outgoing): Promise<Outcome>
  /** The chat is open to us again: its person wrote or let us back in. */
  unblock(chat: string): void
  block(chat: string): void
}>

type Parts = Readonly<{
  client: TelegramClient
  pace: Pace
  clock: Clock
  journal: Journal
  signal: AbortSignal
}>

/** Before the second, third … try of what certainly did not arrive. */
const WAITS_MS = [500, 2_000, 8_000]
/** How often in a row a 429 is obeyed before the message is given up. */
const OBEYED = 5

/** One per process. Messages of one chat go out one after another; a chat that must wait holds up no other. */
export function createSender(parts: Parts): Sender {
  const blocked = new Set<string>()
  const inOrder = createInOrder()

  const queued = (chat: string, request: Request): Promise<Outcome> =>
    inOrder(chat, async () => {
      if (blocked.has(chat)) return 'blocked'
      const outcome = await deliver(parts, chat, request)
      // Here and not after the turn: the next message of the chat must find it.
      if (outcome === 'blocked') blocked.add(chat)
      return outcome
    })

  return {
    send: (chat, message) =>
      queued(chat, { repeatable: false, call: (text) => sendTo(parts, chat, message, text) }),
    edit: (chat, id, message) =>
      queued(chat, { repeatable: true, call: (text) => editIn(parts, chat, id, message, text) }),
    unblock: (chat) => void blocked.delete(chat),
    block: (chat) => void blocked.add(chat),
  }
}

type As = 'html' | 'text'

type Request = Readonly<{
  /** An edit done twice is done once. */
  repeatable: boolean
  call(as: As): Promise<unknown>
}>

function sendTo({ client }: Parts, chat: string, message: Outgoing, as: As): Promise<unknown> {
  return client.callApi('sendMessage', { chat_id: chat, ...contentOf(message, as) })
}

function editIn({ client }: Parts, chat: string, id: number, message: Outgoing, as: As): Promise<unknown> {
  return client.callApi('editMessageText', { chat_id: chat, message_id: id, ...contentOf(message, as) })
}

function contentOf({ html, text, keyboard }: Outgoing, as: As) {
  return {
    text: as === 'html' ? html : text,
    ...(as === 'html' ? { parse_mode: 'HTML' as const } : {}),
    ...(keyboard.length > 0 ? { reply_markup: { inline_keyboard: keyboard } } : {}),
    // An address in somebody's words must not fetch a page and show it.
    link_preview_options: { is_disabled: true },
  }
}

async function deliver(parts: Parts, chat: string, request: Request): Promise<Outcome> {
  let as: As = 'html'
  for (let failed = 0, obeyed = 0; ; ) {
    await parts.pace.turn(chat, parts.signal)
    try {
      await request.call(as)
      return 'sent'
    } catch (error) {
      parts.signal.throwIfAborted()
      const failure = failureOf(error)
      if (failure.kind === 'badText' && as === 'html') {
        parts.journal.error({ reason: reasonOf(error) }, 'telegram refused our markup; sent as plain text')
        as = 'text'
        continue
      }
      if (failure.kind === 'again' && failure.afterMs !== null) {
        if (++obeyed > OBEYED) return gaveUp(parts, error)
        parts.journal.warn({ ms: failure.afterMs }, 'telegram asked to wait')
        parts.pace.close(chat, failure.afterMs)
        continue
      }
      const repeats = failure.kind === 'again' || (failure.kind === 'unclear' && request.repeatable)
      if (!repeats) return outcomeOf(parts, error)
      const wait = WAITS_MS[failed++]
      if (wait === undefined) return gaveUp(parts, error)
      await parts.clock.pause(wait, parts.signal)
    }
  }
}

function outcomeOf(parts: Parts, error: unknown): Outcome {
  const { kind } = failureOf(error)
  const facts = { reason: reasonOf(error) }
  if (kind === 'notModified') return 'sent'
  if (kind === 'noMessage') return 'missing'
  if (kind === 'blocked') {
    parts.journal.info(facts, 'chat blocked')
    return 'blocked'
  }
  if (kind !== 'unclear') return gaveUp(parts, error)
  parts.journal.warn(facts, 'a message may or may not have arrived; not sent again')
  return 'unclear'
}

function gaveUp({ journal }: Parts, error: unknown): Outcome {
  journal.error({ reason: reasonOf(error) }, 'a message could not be sent')
  return 'failed'
}
