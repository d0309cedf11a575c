import { type Logger, SocketModeReceiver } from '@slack/bolt'
import { callError } from './errors.ts'
import type { Journal } from '../../commands/kit/invocation.ts'
import { inTime, LATE, pause } from './race.ts'

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
  /** Shared by all connections, so that they are opened one by one and none while Slack wants to hear nothing. */
  gate: Gate
  now(): Date
}>

export type Gate = { until: number; turn: Promise<void> }

const CALL_MS = 10_000
const HELLO_MS = 15_000
const CLOSING_MS = 1_000
/** A connection that held this long ended because Slack renews it every few hours, not because something is wrong. */
const HELD_MS = 10_000

/**
 * The SDK's own reconnecting waits five seconds while presses fail, and ends the process with an unhandled rejection
 * when Slack cannot be reached then: it is off, and done here.
 */
export function createSocketLink(parts: Parts): SocketLink {
  const { appToken, apiUrl, logger, journal, gate, now } = parts
  const clientOptions = {
    slackApiUrl: apiUrl,
    logger,
    timeout: CALL_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  }
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions },
  })
  const { client } = receiver
  const stopping = new AbortController()
  let down: number | null = now().getTime()
  let trouble: string | null = null
  let upAt = 0

  const connect = (): Promise<void> => {
    const mine = gate.turn.then(connectNow)
    gate.turn = mine.catch(() => undefined)
    return mine
  }

  const connectNow = async (): Promise<void> => {
    await pause(gate.until - now().getTime(), stopping.signal)
    if (stopping.signal.aborted) return
    try {
      const opened = await inTime(client.start(), HELLO_MS)
      if (opened === LATE) {
        await inTime(client.disconnect(), CLOSING_MS)
        throw new Error('no hello')
      }
      trouble = null
      down = null
      upAt = now().getTime()
    } catch (thrown) {
      const error = callError('apps.connections.open', thrown)
      if (error.failure === 'limited') gate.until = now().getTime() + error.retryAfterSeconds * 1_000
      trouble = error.failure === 'refused' ? error.code : null
      throw error
    }
  }

  const keepTrying = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await connect()
        return
      } catch (error) {
        journal.warn({ err: error }, 'no Slack connection; trying again')
        await pause(parts.reconnectMs, stopping.signal)
      }
    }
  }

  client.on('disconnected', () => {
    // Also sent by an attempt that fails; that one is already being tried again.
    if (down !== null || stopping.signal.aborted) return
    down = now().getTime()
    const held = down - upAt >= HELD_MS
    void pause(held ? 0 : parts.reconnectMs, stopping.signal).then(keepTrying)
  })

  return {
    receiver,
    async start() {
      try {
        await connect()
      } catch (error) {
        if (trouble) throw new Error(`Slack refuses SLACK_APP_TOKEN: ${trouble}`, { cause: error })
        void pause(parts.reconnectMs, stopping.signal).then(keepTrying)
      }
    },
    async stop() {
      stopping.abort()
      down ??= now().getTime()
      await inTime(client.disconnect(), CLOSING_MS)
    },
    downSince: () => down,
    trouble: () => trouble,
  }
}
