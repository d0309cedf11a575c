import type { Journal } from '../../commands/kit/invocation.ts'
import type { TelegramClient } from './client.ts'
import { failureOf, reasonOf } from './failures.ts'
import type { Clock } from './pace.ts'

/** The button a person tapped shows a spinner until the tap is answered, so it is, whatever becomes of the work. */
export type Acknowledgements = Readonly<{
  /** From now on the tap is answered in time by itself. */
  expect(queryId: string): void
  /** Answers now, if that was not done yet; false when it was, and the words of the alert were not shown. */
  answer(queryId: string, alert?: string): Promise<boolean>
  /** Answers all that wait. */
  flush(): Promise<void>
}>

type Parts = Readonly<{
  client: TelegramClient
  journal: Journal
  clock: Clock
  withinMs: number
  /** Ends what still waits. */
  signal: AbortSignal
}>

/** Telegram shows no more. */
const LONGEST_ALERT = 200
const TRIES = 2
/** Nobody looks at a spinner for longer. */
const LONGEST_WAIT_MS = 5_000

/** Telegram counts the calls of this method, whoever's taps they are for. */
type Closed = { until: number }

export function createAcknowledgements(parts: Parts): Acknowledgements {
  const waiting = new Map<string, NodeJS.Timeout>()
  const closed: Closed = { until: 0 }
  const answer = async (queryId: string, alert?: string): Promise<boolean> => {
    const timer = waiting.get(queryId)
    if (!timer) return false
    clearTimeout(timer)
    waiting.delete(queryId)
    return acknowledge(parts, closed, queryId, alert)
  }
  return {
    expect(queryId) {
      if (!waiting.has(queryId))
        waiting.set(
          queryId,
          setTimeout(() => void answer(queryId), parts.withinMs),
        )
    },
    answer,
    async flush() {
      await Promise.all([...waiting.keys()].map((queryId) => answer(queryId)))
    },
  }
}

/** Answering twice does no harm, so what is unclear is tried once more. */
async function acknowledge(
  parts: Parts,
  closed: Closed,
  queryId: string,
  alert: string | undefined,
): Promise<boolean> {
  const words = alert === undefined ? {} : { text: alert.slice(0, LONGEST_ALERT), show_alert: true }
  let reason = 'telegram asked to wait'
  for (let tries = 1; tries <= TRIES && (await isOpen(parts, closed)); tries += 1) {
    try {
      await parts.client.callApi('answerCallbackQuery', { callback_query_id: queryId, ...words })
      return true
    } catch (error) {
      const failure = failureOf(error)
      if (failure.kind === 'tooOld') return false
      reason = reasonOf(error)
      if (failure.kind === 'again')
        closed.until = Math.max(closed.until, parts.clock.now() + (failure.afterMs ?? 0))
      else if (failure.kind !== 'unclear') break
    }
  }
  parts.journal.warn({ reason }, 'a tap could not be acknowledged')
  return false
}

/** It may be closed for longer while somebody waits: nobody waits on. */
async function isOpen({ clock, signal }: Parts, closed: Closed): Promise<boolean> {
  const { until } = closed
  const waitMs = until - clock.now()
  if (waitMs > LONGEST_WAIT_MS) return false
  await clock.pause(waitMs, signal).catch(() => undefined)
  return closed.until === until
}
