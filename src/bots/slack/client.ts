import { type Logger, webApi } from '@slack/bolt'
import { callError, type Failure, SlackCallError } from './errors.ts'
import { isJson, type Json } from './json.ts'
import type { Method } from './methods.ts'
import { pause } from './race.ts'

export type SlackClient = Readonly<{
  /** Calls in the same lane (a channel, a view) are made one after the other, in order. */
  call(method: Method, args: Readonly<Record<string, unknown>>, lane?: string): Promise<Json>
  /** What makes every call fail until somebody sets it right: a revoked token, a closed account. */
  trouble(): string | null
}>

type Parts = Readonly<{ botToken: string; apiUrl: string; logger: Logger; stopped: AbortSignal; now(): Date }>

const CALL_MS = 10_000
/** An answer that would come later than this is given up here and tried another way. */
const LONGEST_WAIT_SECONDS = 60
const TRIES: Readonly<Record<Failure, number>> = { limited: 4, unsent: 3, refused: 1, unclear: 1 }
const UNSENT_PAUSE_MS = 300
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
 * one that is limited: both are off, and done here per method and lane.
 */
export function createSlackClient({ botToken, apiUrl, logger, stopped, now }: Parts): SlackClient {
  const web = new webApi.WebClient(botToken, {
    slackApiUrl: apiUrl,
    logger,
    timeout: CALL_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
  })
  const lanes = new Map<string, Promise<unknown>>()
  const closedUntil = new Map<string, number>()
  let trouble: string | null = null

  const once = async (method: Method, args: Readonly<Record<string, unknown>>): Promise<Json> => {
    try {
      const answer: unknown = await web.apiCall(method, { ...args })
      trouble = null
      return isJson(answer) ? answer : {}
    } catch (thrown) {
      const error = callError(method, thrown)
      if (TROUBLE.has(error.code)) trouble = error.code
      throw error
    }
  }

  const persist = async (
    method: Method,
    args: Readonly<Record<string, unknown>>,
    gate: string,
  ): Promise<Json> => {
    for (let tries = 1; ; tries += 1) {
      await waitFor(gate, method)
      try {
        return await once(method, args)
      } catch (thrown) {
        const error = callError(method, thrown)
        if (error.failure === 'limited')
          closedUntil.set(gate, now().getTime() + error.retryAfterSeconds * 1_000)
        if (stopped.aborted || tries >= TRIES[error.failure]) throw error
        if (error.failure === 'unsent') await pause(UNSENT_PAUSE_MS, stopped)
      }
    }
  }

  const waitFor = async (gate: string, method: Method): Promise<void> => {
    const ms = (closedUntil.get(gate) ?? 0) - now().getTime()
    if (ms <= 0) {
      closedUntil.delete(gate)
      return
    }
    if (ms > LONGEST_WAIT_SECONDS * 1_000) throw new SlackCallError(method, 'ratelimited', 'refused')
    await pause(ms, stopped)
    if (stopped.aborted) throw new SlackCallError(method, 'stopped', 'refused')
    closedUntil.delete(gate)
  }

  const inLane = async <Result>(lane: string, run: () => Promise<Result>): Promise<Result> => {
    const before = lanes.get(lane) ?? Promise.resolve()
    const mine = before.then(run, run)
    lanes.set(lane, mine)
    try {
      return await mine
    } finally {
      if (lanes.get(lane) === mine) lanes.delete(lane)
    }
  }

  return {
    call: (method, args, lane) =>
      lane === undefined
        ? persist(method, args, method)
        : inLane(lane, () => persist(method, args, `${method} ${lane}`)),
    trouble: () => trouble,
  }
}
