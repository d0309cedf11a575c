import { setTimeout as pause } from 'node:timers/promises'
import type { Clockwork, PassingTime } from '../commands/kit/clockwork.ts'

type Parts = PassingTime & Readonly<{ clockwork: readonly Clockwork[]; stopping: AbortSignal }>

export type Clockworks = Readonly<{
  /** Lets each of them look once. Never throws; whatever takes long goes on while the caller does. */
  run(): Promise<void>
  /** For how long the slowest that is still at it has been. */
  hangsMs(): number
  idle(): Promise<void>
}>

/** Long for a few statements, and short for whoever waits for what is due. */
const WAITED_MS = 1_000
const LOG_EVERY_MS = 30_000

export function createClockworks(parts: Parts): Clockworks {
  const { clockwork, journal, stopping } = parts
  const underWay = new Map<Clockwork, Readonly<{ since: number; work: Promise<void> }>>()
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
  const all = () => Promise.all(underWay.values().map(({ work }) => work))
  return {
    async run() {
      if (stopping.aborted || clockwork.length === 0) return
      // One that is still at it is not begun a second time.
      for (const one of clockwork)
        if (!underWay.has(one)) underWay.set(one, { since: performance.now(), work: look(one) })
      await inTime(all(), stopping)
    },
    hangsMs: () =>
      performance.now() - Math.min(performance.now(), ...underWay.values().map(({ since }) => since)),
    async idle() {
      await all()
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
