import type { Journal } from '../../commands/kit/invocation.ts'
import type { View } from '../../commands/kit/view.ts'
import type { Reader } from '../../domain/shared/actor.ts'
import { at } from '../json.ts'
import { inTime, LATE } from '../in-time.ts'
import type { Begin, ButtonTokens, Push, Pushed } from '../ports.ts'
import type { ChatLanes } from './chat-lanes.ts'
import type { TelegramClient } from './client.ts'
import { failureOf, reasonOf } from './failures.ts'
import { type Outgoing, outgoing } from './outgoing.ts'
import type { Pace } from './pace.ts'
import { type As, sendTo, type Sender } from './sender.ts'

type PushParts = Readonly<{
  client: TelegramClient
  pace: Pace
  lanes: ChatLanes
  sender: Pick<Sender, 'block' | 'unblock'>
  tokens: ButtonTokens
  now(): Date
  journal: Journal
  /** Given when nothing new may begin; what has been sent off already is waited for. */
  signal: AbortSignal
  limits: PushLimits
}>

export type Pushing = Readonly<{
  push: Push
  /** Resolves when what was under way has ended. */
  ended(): Promise<void>
}>

/** `turnMs`: how long its turn may take to come. `answerMs`: after how long an answer is due, whatever is under way. */
export type PushLimits = Readonly<{ turnMs: number; answerMs: number }>

export const SOON_MS = 1_000
/** The way to Telegram, or Telegram itself, is down. */
export const DOWN_MS = 5_000
/** Nothing gets through until somebody sets the right token. */
export const WRONG_TOKEN_MS = 60_000

type Message = Readonly<{ kind: 'sent'; chat: string; message: string }>

/** How far it is, for when the answer is due before the end. */
type Attempt = { isCalled: boolean; isGivenUp: boolean; sent: Message | null; readonly begin: Begin }

/** Nothing is tried twice here: whoever keeps the message decides that, by what became of it. */
export function createPush(parts: PushParts): Pushing {
  const running = new Set<Promise<Pushed>>()
  const push: Push = async (to, reader, view, begin) => {
    const attempt: Attempt = { isCalled: false, isGivenUp: false, sent: null, begin }
    const work = ready(parts, attempt, to.externalId, { reader, view })
      .catch((error: unknown) => failed(parts, attempt, error))
      .finally(() => running.delete(work))
    running.add(work)
    const pushed = await inTime(work, parts.limits.answerMs)
    return pushed === LATE ? soFar(parts, attempt) : pushed
  }
  return { push, ended: async () => void (await Promise.all(running)) }
}

async function ready(
  parts: PushParts,
  attempt: Attempt,
  chat: string,
  { reader, view }: Readonly<{ reader: Reader; view: View }>,
): Promise<Pushed> {
  const messages = await outgoing(parts, view, reader, chat)
  if (messages.length === 0) return { kind: 'refused', reason: 'there is nothing to say' }
  return whenItsTurn(parts, attempt, chat, messages)
}

/** Also when what failed was the database, which makes the tokens of the buttons, or the process is about to end. */
function failed({ journal }: PushParts, attempt: Attempt, error: unknown): Pushed {
  const reason = reasonOf(error)
  journal.warn({ reason }, 'a message was broken off')
  if (attempt.sent) return attempt.sent
  return attempt.isCalled ? { kind: 'unclear' } : { kind: 'later', afterMs: DOWN_MS, reason }
}

function soFar({ journal }: PushParts, attempt: Attempt): Pushed {
  attempt.isGivenUp = true
  journal.warn({ isCalled: attempt.isCalled }, 'a message takes too long')
  if (attempt.sent) return attempt.sent
  return attempt.isCalled
    ? { kind: 'unclear' }
    : { kind: 'later', afterMs: SOON_MS, reason: 'it took too long' }
}

async function whenItsTurn(
  parts: PushParts,
  attempt: Attempt,
  chat: string,
  messages: readonly Outgoing[],
): Promise<Pushed> {
  const { pace, lanes, signal, limits } = parts
  const isFree = () => lanes.isFree(chat)
  const late = await pace.bulkTurn(chat, { withinMs: limits.turnMs, signal, isFree })
  if (late !== null) return { kind: 'later', afterMs: Math.max(late, SOON_MS), reason: 'others go first' }
  return lanes.run(chat, () => sendAll(parts, attempt, chat, messages))
}

/** One after another. The person has it with the first: what happens to the rest is written down and no more. */
async function sendAll(
  parts: PushParts,
  attempt: Attempt,
  chat: string,
  messages: readonly Outgoing[],
): Promise<Pushed> {
  if (!(await attempt.begin())) return { kind: 'unwanted' }
  for (const [index, message] of messages.entries()) {
    const isTurn = index === 0 || (await goesOn(parts, chat))
    const pushed = isTurn && isWanted(attempt) ? await sendOne(parts, attempt, chat, message) : null
    if (pushed?.kind === 'sent') attempt.sent = pushed
    else if (!attempt.sent) return pushed ?? { kind: 'later', afterMs: SOON_MS, reason: 'it took too long' }
    else {
      parts.journal.warn({ of: messages.length, arrived: index }, 'only a part of a message arrived')
      break
    }
  }
  return attempt.sent ?? { kind: 'refused', reason: 'there is nothing to say' }
}

/** Given up before anything arrived, it is tried again by whoever keeps it: then it must not go out from here. */
const isWanted = ({ sent, isGivenUp }: Attempt): boolean => sent !== null || !isGivenUp

const goesOn = async ({ pace, signal, limits }: PushParts, chat: string): Promise<boolean> =>
  (await pace.bulkTurn(chat, {
    withinMs: limits.turnMs,
    signal,
    isFree: () => true,
    goesOn: true,
  })) === null

async function sendOne(
  parts: PushParts,
  attempt: Attempt,
  chat: string,
  message: Outgoing,
  as: As = 'html',
): Promise<Pushed> {
  try {
    attempt.isCalled = true
    const result = await sendTo(parts.client, chat, message, as).finally(() => parts.pace.arrived(chat))
    parts.sender.unblock(chat)
    const id = at(result, 'message_id')
    return { kind: 'sent', chat, message: typeof id === 'number' ? String(id) : '' }
  } catch (error) {
    if (as === 'html' && failureOf(error).kind === 'badText') {
      parts.journal.error({ reason: reasonOf(error) }, 'telegram refused our markup; sent as plain text')
      attempt.isCalled = false
      const isTurn = await goesOn(parts, chat)
      if (isTurn && isWanted(attempt)) return sendOne(parts, attempt, chat, message, 'text')
      return { kind: 'later', afterMs: SOON_MS, reason: 'others go first' }
    }
    return after(parts, chat, error)
  }
}

function after({ pace, sender, journal }: PushParts, chat: string, error: unknown): Pushed {
  const failure = failureOf(error)
  const reason = reasonOf(error)
  switch (failure.kind) {
    case 'again':
      if (failure.afterMs === null) return { kind: 'later', afterMs: DOWN_MS, reason }
      journal.warn({ ms: failure.afterMs }, 'telegram asked to wait')
      pace.close(chat, failure.afterMs)
      return { kind: 'later', afterMs: failure.afterMs, reason }
    case 'unclear':
      journal.warn({ reason }, 'a message may or may not have arrived; not sent again')
      return { kind: 'unclear' }
    case 'blocked':
    case 'noChat':
      sender.block(chat)
      journal.info({ reason }, 'nobody is reached in this chat')
      return { kind: 'gone', reason }
    case 'wrongToken':
      return { kind: 'later', afterMs: WRONG_TOKEN_MS, reason }
    default:
      journal.error({ reason }, 'a message could not be sent')
      return { kind: 'refused', reason }
  }
}
