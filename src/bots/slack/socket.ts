import { type Logger, SocketModeReceiver } from '@slack/bolt'
import type { Journal } from '../../commands/kit/invocation.ts'
import { inTime, LATE } from '../in-time.ts'
import { at, parsed } from '../json.ts'
import { callError } from './errors.ts'
import { pause } from './pause.ts'

/** One connection to Slack that is opened again whenever it ends. */
export type SocketLink = Readonly<{
  receiver: SocketModeReceiver
  /** Rejects when Slack refuses the token; when Slack is only out of reach, it goes on trying in the background. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Since when there has been no connection; null while there is one. */
  downSince(): number | null
  trouble(): string | null
}>

type Parts = Readonly<{
  appToken: string
  apiUrl: string
  logger: Logger
  journal: Journal
  reconnectMs: number
  /**
   * Shared by all connections, so that they are opened one by one, after a failure in no quicker succession than
   * `reconnectMs`, and none while Slack wants to hear nothing.
   */
  gate: Gate
  now(): Date
}>

type Gate = {
  until: number
  turn: Promise<void>
  /** Through which something may come now. */
  readonly open: Set<State>
}

export const createGate = (): Gate => ({ until: 0, turn: Promise.resolve(), open: new Set() })

/** When the network is back, an attempt of before holds up the next one no longer than this. */
const HELLO_MS = 8_000
const CLOSING_MS = 1_000
/** A connection that held this long ended because Slack renews it every few hours, not because something is wrong. */
const HELD_MS = 10_000
/** Longer than any acknowledgement takes. */
const LAST_WORDS_MS = 1_000

type State = { down: number | null; trouble: string | null; upAt: number }

type Line = Readonly<{ parts: Parts; receiver: SocketModeReceiver; stopping: AbortController; state: State }>

/**
 * The SDK's own reconnecting waits five seconds while presses fail, and ends the process with an unhandled rejection
 * when Slack cannot be reached then: it is off, and done here.
 */
export function createSocketLink(parts: Parts): SocketLink {
  const state: State = { down: parts.now().getTime(), trouble: null, upAt: 0 }
  const receiver = receiverFor(parts)
  const line: Line = { parts, receiver, stopping: new AbortController(), state }
  hangUpLater(line)
  line.receiver.client.on('disconnected', () => lost(line))
  return {
    receiver: line.receiver,
    start: () => firstStart(line),
    async stop() {
      line.stopping.abort()
      state.down ??= parts.now().getTime()
      await inTime(line.receiver.client.disconnect(), CLOSING_MS)
    },
    downSince: () => state.down,
    trouble: () => state.trouble,
  }
}

function receiverFor({ appToken, apiUrl, logger }: Parts): SocketModeReceiver {
  const clientOptions = {
    slackApiUrl: apiUrl,
    logger,
    timeout: HELLO_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  }
  return new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions },
  })
}

/**
 * The SDK hangs up the moment Slack wants the connection renewed, and what is under way loses its acknowledgement. Slack
 * sends nothing more through it; while another connection takes what comes, this one may say its last words.
 */
function hangUpLater({ receiver: { client }, state, parts: { gate } }: Line): void {
  const [take] = client.listeners('ws_message')
  if (!take) throw new Error('the Socket Mode client has changed')
  client.off('ws_message', take)
  client.on('ws_message', (data: unknown, ...rest: unknown[]) => {
    const isGoodbye = typeof data === 'string' && at(parsed(data), 'type') === 'disconnect'
    if (!isGoodbye) return take(data, ...rest)
    gate.open.delete(state)
    if (gate.open.size === 0) return take(data, ...rest)
    const hangUp = setTimeout(() => take(data, ...rest), LAST_WORDS_MS).unref()
    // Slack was quicker: a connection that comes after this one stays.
    client.once('disconnected', () => clearTimeout(hangUp))
  })
}

async function firstStart(line: Line): Promise<void> {
  try {
    await connect(line)
  } catch (error) {
    const { trouble } = line.state
    if (trouble) throw new Error(`Slack refuses SLACK_APP_TOKEN: ${trouble}`, { cause: error })
    void keepTrying(line)
  }
}

/** All connections take turns. */
function connect(line: Line): Promise<void> {
  const { gate } = line.parts
  const mine = gate.turn.then(() => connectNow(line))
  gate.turn = mine.catch(() => undefined)
  return mine
}

async function connectNow({ parts, receiver: { client }, stopping, state }: Line): Promise<void> {
  const { gate, now } = parts
  await pause(gate.until - now().getTime(), stopping.signal)
  if (stopping.signal.aborted) return
  const began = now().getTime()
  try {
    const opened = await inTime(client.start(), HELLO_MS)
    if (opened === LATE) {
      await inTime(client.disconnect(), CLOSING_MS)
      throw new Error('no hello')
    }
    state.trouble = null
    state.down = null
    state.upAt = now().getTime()
    gate.open.add(state)
  } catch (thrown) {
    const error = callError('apps.connections.open', thrown)
    const limitedMs = error.failure === 'limited' ? error.retryAfterSeconds * 1_000 : 0
    gate.until = Math.max(began + parts.reconnectMs, now().getTime() + limitedMs)
    state.trouble = error.failure === 'refused' ? error.code : null
    throw error
  }
}

function lost(line: Line): void {
  const { state, parts, stopping } = line
  parts.gate.open.delete(state)
  // Also sent by an attempt that fails; that one is already being tried again.
  if (state.down !== null || stopping.signal.aborted) return
  state.down = parts.now().getTime()
  const hasHeld = state.down - state.upAt >= HELD_MS
  if (!hasHeld) parts.gate.until = Math.max(parts.gate.until, state.down + parts.reconnectMs)
  void keepTrying(line)
}

async function keepTrying(line: Line): Promise<void> {
  const { parts, stopping } = line
  while (!stopping.signal.aborted) {
    try {
      await connect(line)
      return
    } catch (error) {
      parts.journal.warn({ err: error }, 'no Slack connection; trying again')
    }
  }
}
