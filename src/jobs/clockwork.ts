import { setTimeout as pause } from 'node:timers/promises'
import type { Journal } from '../commands/kit/invocation.ts'
import type { UnitOfWork } from '../commands/kit/unit-of-work.ts'
import type { Calendar } from '../domain/identity/hours.ts'

/** What time alone changes: a step that nobody decided passes on. Looks for it and changes it, in its own transactions. */
export type Clockwork = (
  context: Readonly<{
    unitOfWork: Pick<UnitOfWork, 'read' | 'change'>
    now(): Date
    calendar: Calendar
    journal: Journal
  }>,
) => Promise<void>

type Parts = Parameters<Clockwork>[0] & Readonly<{ clockwork: readonly Clockwork[]; stopping: AbortSignal }>

export type Clockworks = Readonly<{
  /** Lets each of them look once. Never throws; whatever takes long goes on while the caller does. */
  run(): Promise<void>
  idle(): Promise<void>
}>

/** Long for a few statements, and short for whoever waits for what is due. */
const WAITED_MS = 1_000
const LOG_EVERY_MS = 30_000

export function createClockworks(parts: Parts): Clockworks {
  const { clockwork, journal, stopping } = parts
  const underWay = new Map<Clockwork, Promise<void>>()
  let lastLogged = -Infinity

  const complain = (error: unknown): void => {
    if (performance.now() - lastLogged < LOG_EVERY_MS) return
    lastLogged = performance.now()
    journal.error({ err: error }, 'what time should have changed is not changed')
  }
  const look = async (one: Clockwork): Promise<void> => {
    try {
      await one(parts)
    } catch (error) {
      complain(error)
    } finally {
      underWay.delete(one)
    }
  }
  return {
    async run() {
      if (stopping.aborted || clockwork.length === 0) return
      // One that is still at it is not begun a second time.
      for (const one of clockwork) if (!underWay.has(one)) underWay.set(one, look(one))
      await inTime(Promise.all(underWay.values()), stopping)
    },
    async idle() {
      await Promise.all(underWay.values())
    },
  }
}

async function inTime(work: Promise<unknown>, stopping: AbortSignal): Promise<void> {
  const done = new AbortController()
  const signal = AbortSignal.any([stopping, done.signal])
  const late = pause(WAITED_MS, undefined, { signal, ref: false }).catch(() => undefined)
  await Promise.race([work, late])
  done.abort()
}
