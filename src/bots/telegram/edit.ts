import type { Journal } from '../../commands/kit/invocation.ts'
import { inTime, LATE } from '../in-time.ts'
import type { ButtonTokens, Edit, Edited } from '../ports.ts'
import type { ChatLanes } from './chat-lanes.ts'
import type { TelegramClient } from './client.ts'
import { failureOf, reasonOf } from './failures.ts'
import { type Outgoing, outgoing } from './outgoing.ts'
import type { Pace } from './pace.ts'
import { DOWN_MS, type PushLimits, SOON_MS, WRONG_TOKEN_MS } from './push.ts'
import { type As, editIn } from './sender.ts'

type EditParts = Readonly<{
  client: TelegramClient
  pace: Pace
  lanes: ChatLanes
  tokens: ButtonTokens
  now(): Date
  journal: Journal
  /** Given when nothing new may begin; what has been sent off already is waited for. */
  signal: AbortSignal
  limits: PushLimits
}>

export type Editing = Readonly<{
  edit: Edit
  /** Resolves when what was under way has ended. */
  ended(): Promise<void>
}>

const later = (afterMs: number, reason: string): Edited => ({ kind: 'later', afterMs, reason })
const gone = (reason: string): Edited => ({ kind: 'gone', reason })

const tooLong = later(SOON_MS, 'it took too long')

/** What was given up must not land on what somebody else has written there since. */
type Order = { readonly chat: string; readonly id: number; isGivenUp: boolean }

/** Nothing is tried twice here: whoever keeps the copy decides that. */
export function createEdit(parts: EditParts): Editing {
  const running = new Set<Promise<Edited>>()
  const edit: Edit = async (to, at, reader, view) => {
    // A private chat has the number of its person: another chat is somebody else's, or was theirs before.
    if (to.platform !== 'TELEGRAM' || at.chat !== to.externalId) return gone('another chat')
    const order: Order = { chat: at.chat, id: Number(at.message), isGivenUp: false }
    const work = outgoing(parts, view, reader, to.externalId)
      .then((messages) => whenItsTurn(parts, order, messages))
      .catch((error: unknown) => failed(parts, error))
      .finally(() => running.delete(work))
    running.add(work)
    const edited = await inTime(work, parts.limits.answerMs)
    order.isGivenUp = edited === LATE
    return edited === LATE ? tooLong : edited
  }
  return { edit, ended: async () => void (await Promise.all(running)) }
}

/** Also when what failed was the database, which makes the tokens of the buttons, or the process is about to end. */
function failed({ journal }: EditParts, error: unknown): Edited {
  const reason = reasonOf(error)
  journal.warn({ reason }, 'an edit was broken off')
  return later(DOWN_MS, reason)
}

/**
 * After every answer, before what nobody asked for. Cards are bounded to fit one message; of a view that fills more the
 * message gets the first page, for the others are not known any more. The one that is known is the last of its push, the
 * one with the buttons.
 */
async function whenItsTurn(parts: EditParts, order: Order, [first]: readonly Outgoing[]): Promise<Edited> {
  const { chat, id } = order
  if (!first) return gone('there is nothing to say')
  if (!Number.isSafeInteger(id)) return gone('no number of a message')
  const late = await turnOf(parts, chat, () => parts.lanes.isFree(chat))
  return late ?? parts.lanes.run(chat, () => editOne(parts, order, first))
}

async function turnOf(
  { pace, signal, limits }: EditParts,
  chat: string,
  isFree: () => boolean,
): Promise<Edited | null> {
  const ms = await pace.bulkTurn(chat, { withinMs: limits.turnMs, signal, isFree, goesOn: true })
  return ms === null ? null : later(Math.max(ms, SOON_MS), 'others go first')
}

async function editOne(parts: EditParts, order: Order, message: Outgoing, as: As = 'html'): Promise<Edited> {
  const { chat, id } = order
  if (order.isGivenUp) return tooLong
  try {
    await editIn(parts.client, chat, id, message, as).finally(() => parts.pace.arrived(chat))
    return { kind: 'done' }
  } catch (error) {
    if (as === 'text' || failureOf(error).kind !== 'badText') return after(parts, chat, error)
    parts.journal.error({ reason: reasonOf(error) }, 'telegram refused our markup; shown as plain text')
    // Its place in the chat is ours already, so only the pace is asked.
    return (await turnOf(parts, chat, () => true)) ?? editOne(parts, order, message, 'text')
  }
}

function after({ pace, journal }: EditParts, chat: string, error: unknown): Edited {
  const failure = failureOf(error)
  const reason = reasonOf(error)
  switch (failure.kind) {
    case 'notModified':
      return { kind: 'done' }
    case 'again':
      if (failure.afterMs === null) return later(DOWN_MS, reason)
      journal.warn({ ms: failure.afterMs }, 'telegram asked to wait')
      pace.close(chat, failure.afterMs)
      return later(failure.afterMs, reason)
    case 'unclear':
      return later(DOWN_MS, reason)
    case 'wrongToken':
      return later(WRONG_TOKEN_MS, reason)
    case 'noMessage':
    case 'blocked':
    case 'noChat':
      return gone(reason)
    default:
      journal.error({ reason }, 'a card could not be edited')
      return gone(reason)
  }
}
