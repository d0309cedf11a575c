import { createInOrder } from '../in-order.ts'
import type { Edit, Edited } from '../ports.ts'
import { speakerFor } from '../speaker.ts'
import { directPlace } from './delivery.ts'
import { callError, type SlackCallError } from './errors.ts'
import {
  laterOf,
  LONGEST_WAIT_MS,
  type PusherParts,
  refusedAs,
  restOf,
  stopped,
  unwelcome,
  UNSENT_AGAIN_MS,
} from './push.ts'
import { renderMessage, type SlackMessage } from './render.ts'

export type Editor = Readonly<{
  edit: Edit
  /** When nothing is on its way to Slack any more. */
  idle(): Promise<void>
}>

/** Slack lets a workspace call chat.update fifty times a minute, and bears some at once. */
const EVERY_MS = 1_200
const AT_ONCE = 10

/** This message is not there, or is not to be changed any more. */
const GONE = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'is_inactive',
  'cant_broadcast_message',
  'thread_locked',
])

/** What Slack allows of this one method, whatever it says of others. */
type Rate = { paidUntil: number; closedUntil: number }

/** `until`: what has not got its turn by then comes later, also when it only stood behind another edit of its person. */
type Target = Readonly<{ user: string; channel: string; ts: string; until: number }>

/** Edits have a rate of their own, so they need not stand behind all that nobody asked for. */
export function createEditor(parts: PusherParts): Editor {
  const underWay = new Set<Promise<Edited>>()
  const rate: Rate = { paidUntil: -Infinity, closedUntil: -Infinity }
  const inOrder = createInOrder()
  return {
    async edit(to, { chat: channel, message: ts }, reader, view) {
      const installation = parts.installation()
      if (!installation) return stopped
      if (to.platform !== 'SLACK' || to.workspace !== installation.teamId)
        return { kind: 'gone', reason: 'not of this workspace' }
      const target = { user: to.externalId, channel, ts }
      const render = () => renderMessage(view, speakerFor(reader))
      const until = parts.clock.now() + LONGEST_WAIT_MS
      const work = inOrder(target.user, () => editAt(parts, rate, { ...target, until }, render))
      underWay.add(work)
      return work.finally(() => underWay.delete(work))
    },
    async idle() {
      await Promise.allSettled(underWay)
    },
  }
}

async function editAt(
  parts: PusherParts,
  rate: Rate,
  target: Target,
  render: () => SlackMessage,
): Promise<Edited> {
  let message: SlackMessage
  try {
    message = render()
  } catch (error) {
    parts.journal.error({ err: error }, 'a card could not be rendered for Slack')
    return { kind: 'gone', reason: 'not to be rendered' }
  }
  const { user, until } = target
  const late =
    (await unwelcome(parts)) ?? (await turnOf(parts, rate, until)) ?? (await restOf(parts, user, until))
  return late ?? update(parts, rate, target, message)
}

async function turnOf({ clock, stopping }: PusherParts, rate: Rate, until: number): Promise<Edited | null> {
  const now = clock.now()
  const at = Math.max(now, rate.closedUntil, rate.paidUntil - EVERY_MS * (AT_ONCE - 1))
  if (at > until) return laterOf(at - now, 'many edits wait')
  rate.paidUntil = Math.max(rate.paidUntil, now) + EVERY_MS
  await clock.pause(at - now, stopping)
  return null
}

async function update(
  parts: PusherParts,
  rate: Rate,
  { user, channel, ts }: Target,
  message: SlackMessage,
): Promise<Edited> {
  const { client, pace, journal } = parts
  pace.posted(user, 'answer')
  try {
    await client.once('chat.update', { channel, ts, ...message }, directPlace(user))
    return { kind: 'done' }
  } catch (thrown) {
    const error = callError('chat.update', thrown)
    journal.warn({ method: error.method, code: error.code }, 'Slack did not take an edit')
    return judged(parts, rate, error)
  } finally {
    pace.posted(user, 'push')
  }
}

/** What may have been done already is done again: an edit done twice is done once. */
async function judged(parts: PusherParts, rate: Rate, error: SlackCallError): Promise<Edited> {
  const { code, failure, retryAfterSeconds } = error
  if (failure === 'limited') {
    const ms = Math.ceil(retryAfterSeconds * 1_000)
    rate.closedUntil = Math.max(rate.closedUntil, parts.clock.now() + ms)
    return laterOf(ms, code)
  }
  if (failure !== 'refused') return laterOf(UNSENT_AGAIN_MS, code)
  if (GONE.has(code)) return { kind: 'gone', reason: code }
  const refused = await refusedAs(parts, code)
  if (refused.kind === 'later' || refused.kind === 'gone') return refused
  parts.journal.error({ code }, 'a card could not be edited')
  return { kind: 'gone', reason: code }
}
