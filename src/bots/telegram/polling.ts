import type { Journal } from '../../commands/kit/invocation.ts'
import type { TelegramClient } from './client.ts'
import { type Failure, failureOf, reasonOf, troubleOf } from './failures.ts'
import { type Intake, updateIdOf } from './intake.ts'
import type { Clock } from './pace.ts'
import { ALLOWED_UPDATES } from './updates.ts'

export type PollingParts = Readonly<{
  client: TelegramClient
  intake: Intake
  clock: Clock
  journal: Journal
  signal: AbortSignal
  /** What is wrong, or null when all is well again. */
  report(trouble: string | null): void
}>

/** Telegram holds a request open for at most this long. */
const POLL_S = 50
const BATCH = 100
const STAND_BY_MS = { least: 5_000, more: 5_000 }
const FIRST_BACKOFF_MS = 500
const LONGEST_BACKOFF_MS = 30_000

/**
 * Asks for updates until the signal. A batch is confirmed by the next request's offset, so only after it is stored: what
 * could not be stored is asked for again. Ends by itself only when the token is no longer good.
 */
export async function poll(parts: PollingParts): Promise<void> {
  const { client, intake, signal, report } = parts
  let offset = 0
  let failures = 0
  while (!signal.aborted) {
    try {
      await intake.room()
      signal.throwIfAborted()
      const updates: readonly unknown[] = await client.callApi('getUpdates', {
        offset,
        limit: BATCH,
        timeout: POLL_S,
        allowed_updates: ALLOWED_UPDATES,
      })
      await intake.accept(updates)
      offset = updates.reduce<number>(
        (next, update) => Math.max(next, (updateIdOf(update) ?? -1) + 1),
        offset,
      )
      failures = 0
      report(null)
    } catch (error) {
      if (signal.aborted) return
      failures += 1
      const failure = failureOf(error)
      if (failure.kind === 'wrongToken') return gone(parts)
      report(failure.kind === 'conflict' ? '409 another instance polls' : troubleOf(error))
      parts.journal.debug({ reason: reasonOf(error) }, 'a poll failed')
      await waited(parts, waitAfter(failure, failures))
    }
  }
}

function gone({ report, journal }: PollingParts): void {
  report('401 the token is no longer valid; set TELEGRAM_BOT_TOKEN anew and restart')
  journal.error({}, 'telegram does not accept the token any more; polling has ended')
}

/** Random, so that two instances or many installations do not knock at the same moment. */
export function waitAfter(failure: Failure, failures: number): number {
  if (failure.kind === 'conflict') return STAND_BY_MS.least + Math.random() * STAND_BY_MS.more
  if (failure.kind === 'again' && failure.afterMs !== null) return failure.afterMs
  const ceiling = Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), LONGEST_BACKOFF_MS)
  return ceiling * (0.5 + Math.random() / 2)
}

/** A stop ends the wait without an error. */
export async function waited(
  { clock, signal }: Pick<PollingParts, 'clock' | 'signal'>,
  ms: number,
): Promise<void> {
  await clock.pause(ms, signal).catch(() => undefined)
}
