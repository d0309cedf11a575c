import type { Journal } from '../../commands/kit/invocation.ts'
import { at } from '../json.ts'
import type { ChatLanes } from './chat-lanes.ts'
import type { TelegramClient } from './client.ts'
import { failureOf, reasonOf } from './failures.ts'
import type { Outgoing } from './outgoing.ts'
import type { Clock, Pace } from './pace.ts'

/** `unclear`: it may or may not have arrived. `wrongToken`: nothing gets through before the next start. */
type Outcome = 'sent' | 'unclear' | 'blocked' | 'wrongToken' | 'failed'

/** `message`: the last that arrived, under which the buttons are; null when none did, or nobody knows its number. */
type Shown = Readonly<{ outcome: Outcome; message: number | null }>

export type Sender = Readonly<{
  /** All of them in one go; the first takes the place of the message `replaced`, if that is still there. */
  show(chat: string, messages: readonly Outgoing[], replaced: number | null): Promise<Shown>
  /** The chat is open to us again: its person wrote or let us back in. */
  unblock(chat: string): void
  block(chat: string): void
}>

type Parts = Readonly<{
  client: TelegramClient
  pace: Pace
  lanes: ChatLanes
  clock: Clock
  journal: Journal
  signal: AbortSignal
}>

/** Before the second, third … try of what certainly did not arrive. */
const WAITS_MS = [500, 2_000, 8_000]
/** How often in a row a 429 is obeyed before the message is given up. */
const OBEYED = 5

/** Answers, one per process. Those of one chat go out one after another; a chat that must wait holds up no other. */
export function createSender(parts: Parts): Sender {
  const blocked = new Set<string>()
  const once = async (chat: string, request: Request): Promise<Delivered> => {
    if (blocked.has(chat)) return 'blocked'
    const outcome = await deliver(parts, chat, request)
    // Here and not after the turn: the next message of the chat must find it.
    if (outcome === 'blocked') blocked.add(chat)
    return outcome
  }
  const deliverOne = async (chat: string, message: Outgoing, replaced: number | null): Promise<Shown> => {
    if (replaced !== null) {
      const call = (as: As) => editIn(parts.client, chat, replaced, message, as)
      const outcome = await once(chat, { repeatable: true, call })
      if (outcome !== 'missing') return { outcome, message: outcome === 'sent' ? replaced : null }
    }
    let sent: unknown
    const call = async (as: As) => (sent = await sendTo(parts.client, chat, message, as))
    const outcome = await once(chat, { repeatable: false, call })
    const id = at(sent, 'message_id')
    return {
      outcome: outcome === 'missing' ? 'failed' : outcome,
      message: typeof id === 'number' ? id : null,
    }
  }
  return {
    show: (chat, messages, replaced) =>
      parts.lanes.run(chat, async () => {
        let shown: Shown = { outcome: 'sent', message: null }
        for (const [index, message] of messages.entries()) {
          const one = await deliverOne(chat, message, index === 0 ? replaced : null)
          shown = { outcome: one.outcome, message: one.message ?? shown.message }
          if (one.outcome !== 'sent' && one.outcome !== 'unclear') break
        }
        return shown
      }),
    unblock: (chat) => void blocked.delete(chat),
    block: (chat) => void blocked.add(chat),
  }
}

/** `missing`: the message to edit is not there. */
type Delivered = Outcome | 'missing'

export type As = 'html' | 'text'

type Request = Readonly<{
  /** An edit done twice is done once. */
  repeatable: boolean
  call(as: As): Promise<unknown>
}>

export function sendTo(client: TelegramClient, chat: string, message: Outgoing, as: As): Promise<unknown> {
  return client.callApi('sendMessage', { chat_id: chat, ...contentOf(message, as) })
}

export function editIn(client: TelegramClient, chat: string, id: number, message: Outgoing, as: As) {
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

async function deliver(parts: Parts, chat: string, request: Request): Promise<Delivered> {
  let as: As = 'html'
  for (let failed = 0, obeyed = 0; ; ) {
    await parts.pace.turn(chat, parts.signal)
    try {
      await request.call(as).finally(() => parts.pace.arrived(chat))
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

function outcomeOf(parts: Parts, error: unknown): Delivered {
  const { kind } = failureOf(error)
  const facts = { reason: reasonOf(error) }
  if (kind === 'notModified') return 'sent'
  if (kind === 'noMessage') return 'missing'
  if (kind === 'wrongToken') return 'wrongToken'
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
