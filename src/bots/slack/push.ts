import type { Journal } from '../../commands/kit/invocation.ts'
import { inTime, LATE } from '../in-time.ts'
import { textAt } from '../json.ts'
import type { Begin, Push, Pushed } from '../ports.ts'
import { speakerFor } from '../speaker.ts'
import type { SlackClient } from './client.ts'
import { directPlace, SILENT } from './delivery.ts'
import { callError, type SlackCallError } from './errors.ts'
import type { Installation } from './membership.ts'
import type { Clock } from './pause.ts'
import type { PushPace } from './push-pace.ts'
import { renderMessage, type SlackMessage } from './render.ts'
import { isOfToken, type Standing } from './standing.ts'

export type PusherParts = Readonly<{
  client: SlackClient
  pace: PushPace
  clock: Clock
  journal: Journal
  standing: Standing
  /** Null while the adapter does not run. */
  installation(): Installation | null
  /** Given when the adapter begins to stop. */
  stopping: AbortSignal
}>

export type Pusher = Readonly<{
  push: Push
  /** When nothing is on its way to Slack any more. */
  idle(): Promise<void>
}>

/** With the ten seconds that a call may take, an answer comes within twenty. */
export const LONGEST_WAIT_MS = 9_000
/** What may remain of the twenty seconds. */
const TOKEN_CHECK_MS = 900
export const UNSENT_AGAIN_MS = 5_000
const STOPPED_AGAIN_MS = 5_000
/** What is wrong with the installation is set right by somebody, not by trying. */
const INSTALLATION_AGAIN_MS = 10 * 60_000
const UNKNOWN_AGAIN_MS = 60_000

/** This person cannot be written to. */
const GONE = new Set([
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'user_not_visible',
  'channel_not_found',
  'messages_tab_disabled',
  'cannot_dm_bot',
  'is_archived',
  'not_in_channel',
  'invalid_users',
])

/** This message will never be taken. */
const REFUSED = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'invalid_arguments',
  'invalid_arg_name',
  'markdown_text_conflict',
])

/** Slack itself is busy; it is neither the person nor the installation. */
const PASSING = new Set(['team_added_to_org', 'accesslimited'])

export function createPusher(parts: PusherParts): Pusher {
  const underWay = new Set<Promise<Pushed>>()
  return {
    async push(to, reader, view, begin) {
      const installation = parts.installation()
      if (!installation) return stopped
      if (to.platform !== 'SLACK' || to.workspace !== installation.teamId)
        return { kind: 'gone', reason: 'not of this workspace' }
      const render = () => renderMessage(view, speakerFor(reader))
      const work = pushTo(parts, to.externalId, render, begin)
      underWay.add(work)
      return work.finally(() => underWay.delete(work))
    },
    async idle() {
      await Promise.allSettled(underWay)
    },
  }
}

/** Without anybody who keeps it. */

type Later = Extract<Pushed, { kind: 'later' }>

export const stopped: Later = { kind: 'later', afterMs: STOPPED_AGAIN_MS, reason: 'not running' }

async function pushTo(
  parts: PusherParts,
  user: string,
  render: () => SlackMessage,
  begin: Begin,
): Promise<Pushed> {
  let message: SlackMessage
  try {
    message = render()
  } catch (error) {
    parts.journal.error({ err: error }, 'a message could not be rendered for Slack')
    return { kind: 'refused', reason: 'not to be rendered' }
  }
  const until = parts.clock.now() + LONGEST_WAIT_MS
  const late = (await unwelcome(parts)) ?? (await turnOf(parts, user, until))
  if (late) return late
  return orGivenUp(parts, until, begin, (isWanted) => post(parts, user, message, isWanted))
}

/** What was given up must not go out when its turn comes after all: by then it is tried again by whoever keeps it. */
async function orGivenUp(
  { clock, stopping }: PusherParts,
  until: number,
  begin: Begin,
  work: (isWanted: Begin) => Promise<Pushed>,
): Promise<Pushed> {
  const attempt = { isCalled: false, isGivenUp: false }
  const pushing = work(async () => (attempt.isCalled = (await begin()) && !attempt.isGivenUp))
  const late = clock.pause(until - clock.now(), stopping).then(() => LATE)
  const isLate = (await Promise.race([pushing, late])) === LATE
  if (!isLate || attempt.isCalled) return pushing
  attempt.isGivenUp = true
  return stopping.aborted ? stopped : laterOf(1_000, 'others go first')
}

/** Whoever is not let in need not knock for everybody. */
export async function unwelcome({ standing }: Pick<PusherParts, 'standing'>): Promise<Later | null> {
  const code = await standing.lost()
  return code === null ? null : laterOf(INSTALLATION_AGAIN_MS, code)
}

/** Waits for the turn of this person; what does not come in time comes later. */
async function turnOf(parts: PusherParts, user: string, until: number) {
  const { pace, clock, stopping } = parts
  const slot = pace.reserve(user, until - clock.now())
  if (slot.kind === 'later') return laterOf(slot.afterMs, 'many messages wait')
  await clock.pause(slot.waitMs, stopping)
  return restOf(parts, user, until)
}

type Waiter = Pick<PusherParts, 'pace' | 'clock' | 'client' | 'stopping'>

/** Waits until the direct message is left alone for as long as Slack wants it. */
export async function restOf({ pace, clock, client, stopping }: Waiter, user: string, until: number) {
  for (;;) {
    const isFree = await Promise.race([
      client.free(directPlace(user)).then(() => true),
      clock.pause(until - clock.now(), stopping).then(() => false),
    ])
    if (stopping.aborted) return stopped
    const restMs = pace.restMs(user)
    if (!isFree || clock.now() + restMs > until) return laterOf(Math.max(restMs, 1_000), 'others go first')
    if (restMs <= 0) return null
    await clock.pause(restMs, stopping)
  }
}

export const laterOf = (afterMs: number, reason: string): Later => ({ kind: 'later', afterMs, reason })

async function post(
  parts: PusherParts,
  user: string,
  message: SlackMessage,
  isWanted: Begin,
): Promise<Pushed> {
  const { client, pace, journal } = parts
  pace.posted(user, 'push')
  try {
    const args = { channel: user, ...message, ...SILENT }
    const answer = await client.once('chat.postMessage', args, directPlace(user), isWanted)
    if (!answer) return { kind: 'unwanted' }
    const [chat, ts] = [textAt(answer, 'channel'), textAt(answer, 'ts')]
    return chat !== '' && ts !== '' ? { kind: 'sent', chat, message: ts } : { kind: 'unclear' }
  } catch (thrown) {
    const error = callError('chat.postMessage', thrown)
    journal.warn({ method: error.method, code: error.code }, 'Slack did not take a message')
    return judged(parts, user, error)
  } finally {
    // Slack counts from when it arrived, which is no later than this.
    pace.posted(user, 'push')
  }
}

async function judged(parts: PusherParts, user: string, error: SlackCallError): Promise<Pushed> {
  const { code, failure, retryAfterSeconds } = error
  switch (failure) {
    case 'limited': {
      const ms = Math.ceil(retryAfterSeconds * 1_000)
      parts.pace.limited(user, ms)
      return laterOf(ms, code)
    }
    case 'unsent':
      return laterOf(UNSENT_AGAIN_MS, code)
    case 'unclear':
      // A gateway in between that refuses (403, 407, 413) has not let Slack see it.
      return code.startsWith('http_4') ? laterOf(UNKNOWN_AGAIN_MS, code) : { kind: 'unclear' }
    case 'refused':
      return refusedAs(parts, code)
  }
}

export async function refusedAs(
  { client, standing }: Pick<PusherParts, 'client' | 'standing'>,
  code: string,
): Promise<Pushed> {
  if (GONE.has(code)) return { kind: 'gone', reason: code }
  if (REFUSED.has(code)) return { kind: 'refused', reason: code }
  if (PASSING.has(code)) return laterOf(UNKNOWN_AGAIN_MS, code)
  // Said of a closed workspace's token as well as of a person who left: the token itself knows which.
  if (code === 'account_inactive' && (await isTokenGood(client))) return { kind: 'gone', reason: code }
  if (isOfToken(code)) void standing.check()
  return laterOf(INSTALLATION_AGAIN_MS, code)
}

async function isTokenGood(client: SlackClient): Promise<boolean> {
  const answer = client.once('auth.test', {}, 'auth.test').catch(() => LATE)
  return (await inTime(answer, TOKEN_CHECK_MS)) !== LATE
}
