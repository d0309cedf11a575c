import type { Journal } from '../../commands/kit/invocation.ts'
import type { TelegramClient } from './client.ts'
import { failureOf, reasonOf } from './failures.ts'

/** The button a person tapped shows a spinner until the tap is answered, so it is, whatever becomes of the work. */
export type Acknowledgements = Readonly<{
  /** From now on the tap is answered in time by itself. */
  expect(queryId: string): void
  /** Answers now, if that was not done yet; false when it was, and the words of the alert were not shown. */
  answer(queryId: string, alert?: string): Promise<boolean>
  /** Answers all that wait. */
  flush(): Promise<void>
}>

type Parts = Readonly<{ client: TelegramClient; journal: Journal; withinMs: number }>

/** Telegram shows no more. */
const LONGEST_ALERT = 200
const TRIES = 2

export function createAcknowledgements(parts: Parts): Acknowledgements {
  const waiting = new Map<string, NodeJS.Timeout>()
  const answer = async (queryId: string, alert?: string): Promise<boolean> => {
    const timer = waiting.get(queryId)
    if (!timer) return false
    clearTimeout(timer)
    waiting.delete(queryId)
    return acknowledge(parts, queryId, alert)
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
async function acknowledge({ client, journal }: Parts, queryId: string, alert?: string): Promise<boolean> {
  const words = alert === undefined ? {} : { text: alert.slice(0, LONGEST_ALERT), show_alert: true }
  for (let tries = 1; tries <= TRIES; tries += 1) {
    try {
      await client.callApi('answerCallbackQuery', { callback_query_id: queryId, ...words })
      return true
    } catch (error) {
      const { kind } = failureOf(error)
      if (kind === 'tooOld') return false
      if ((kind === 'again' || kind === 'unclear') && tries < TRIES) continue
      journal.warn({ reason: reasonOf(error) }, 'a tap could not be acknowledged')
    }
  }
  return false
}
