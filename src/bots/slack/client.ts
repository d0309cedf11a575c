import { type Logger, webApi } from '@slack/bolt'
import { isJson, type Json } from '../json.ts'
import type { Begin } from '../ports.ts'
import { callError, type Failure, SlackCallError } from './errors.ts'
import { createGates, type Gates } from './gates.ts'
import type { Method } from './methods.ts'
import type { Clock } from './pause.ts'
import { createPlaces } from './places.ts'

type Args = Readonly<Record<string, unknown>>

export type SlackClient = Readonly<{
  /** Calls with the same place (a channel, a view) are made one after the other, in order. */
  call(method: Method, args: Args, place?: string): Promise<Json>
  /**
   * One try, in its turn, and none where Slack said "not now" or does not take the token: what fails is for the caller to
   * judge. `begin` is asked right before the call; null when nobody wants it any more.
   */
  once(method: Method, args: Args, place: string, begin?: Begin): Promise<Json | null>
  /** Resolves when no call into this place is under way or waits for its turn. */
  free(place: string): Promise<void>
  /** What makes every call fail until somebody sets it right: a revoked token, a closed account. */
  trouble(): string | null
}>

type Parts = Readonly<{
  botToken: string
  apiUrl: string
  logger: Logger
  stopped: AbortSignal
  clock: Clock
  timeoutMs?: number
}>

const CALL_MS = 10_000
const TRIES: Readonly<Record<Failure, number>> = { limited: 4, unsent: 3, refused: 1, unclear: 1 }
const UNSENT_PAUSE_MS = 300
/** So often what nobody waits for tries a token that Slack does not take: somebody has to set it right. */
const TOKEN_AGAIN_MS = 10 * 60_000
/** Messages are counted by channel; of all else Slack counts the calls of the workspace, wherever they go. */
const BY_CHANNEL: readonly Method[] = ['chat.postMessage', 'chat.postEphemeral']
const TROUBLE = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'missing_scope',
])

/**
 * The SDK's own retries would post a message twice when only the answer was lost, and its queue stops every call for
 * one that is limited: both are off, and done here per method and place.
 */
export function createSlackClient({
  botToken,
  apiUrl,
  logger,
  stopped,
  clock,
  timeoutMs = CALL_MS,
}: Parts): SlackClient {
  const web = new webApi.WebClient(botToken, {
    slackApiUrl: apiUrl,
    logger,
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
  })
  const places = createPlaces()
  const gates = createGates(clock, stopped)
  let trouble: Trouble | null = null

  const once = async (method: Method, args: Args): Promise<Json> => {
    try {
      const answer: unknown = await web.apiCall(method, { ...args })
      trouble = null
      return isJson(answer) ? answer : {}
    } catch (thrown) {
      const error = callError(method, thrown)
      if (TROUBLE.has(error.code)) noteTrouble(method, error.code)
      throw error
    }
  }
  const noteTrouble = (method: Method, code: string): void => {
    if (trouble?.code !== code) logger.error(`Slack refuses ${method}: ${code}; somebody has to set it right`)
    trouble = { method, code, until: clock.now() + TOKEN_AGAIN_MS }
  }
  const refuseWhileInTrouble = (method: Method): void => {
    const concerns = trouble && (trouble.code !== 'missing_scope' || trouble.method === method)
    // What asks about the token itself must get through.
    if (!trouble || !concerns || method === 'auth.test' || clock.now() >= trouble.until) return
    throw new SlackCallError(method, trouble.code, 'refused')
  }
  return {
    call(method, args, place) {
      const gate = gateOf(method, place)
      const call = () => persist({ gates, clock, stopped, gate, method, send: () => once(method, args) })
      return place === undefined ? call() : places.inOrder(place, call)
    },
    once: (method, args, place, begin) =>
      places.inOrder(place, async () => {
        refuseWhileInTrouble(method)
        const send = async () => (!begin || (await begin()) ? once(method, args) : null)
        return tryOnce(gates, gateOf(method, place), method, send)
      }),
    free: (place) => places.free(place),
    trouble: () => trouble?.code ?? null,
  }
}

type Trouble = Readonly<{ method: Method; code: string; until: number }>

const gateOf = (method: Method, place: string | undefined): string =>
  place !== undefined && BY_CHANNEL.includes(method) ? `${method} ${place}` : method

type Sending = Readonly<{
  gates: Gates
  clock: Clock
  stopped: AbortSignal
  gate: string
  method: Method
  send(): Promise<Json>
}>

async function tryOnce<Result>(
  gates: Gates,
  gate: string,
  method: Method,
  send: () => Promise<Result>,
): Promise<Result> {
  const closedMs = gates.closedMs(gate)
  if (closedMs > 0) throw new SlackCallError(method, 'ratelimited', 'limited', closedMs / 1_000)
  try {
    return await send()
  } catch (thrown) {
    const error = callError(method, thrown)
    if (error.failure === 'limited') gates.close(gate, error.retryAfterSeconds)
    throw error
  }
}

/** Again only where Slack certainly did nothing. */
async function persist({ gates, clock, stopped, gate, method, send }: Sending): Promise<Json> {
  for (let tries = 1; ; tries += 1) {
    await gates.wait(gate, method)
    try {
      return await send()
    } catch (thrown) {
      const error = callError(method, thrown)
      if (error.failure === 'limited') gates.close(gate, error.retryAfterSeconds)
      if (stopped.aborted || tries >= TRIES[error.failure]) throw error
      if (error.failure === 'unsent') await clock.pause(UNSENT_PAUSE_MS, stopped)
    }
  }
}
