import type { Clock } from '../../../src/bots/telegram/pace.ts'

type Timer = Readonly<{ at: number; wake(): void }>

/** Time that stands still until `runTo` moves it from one timer to the next, with all work between them done. */
export function virtualClock(): Clock & { runTo(until: number): Promise<void> } {
  const timers = new Set<Timer>()
  let now = 0
  const idle = () => new Promise(setImmediate)
  return {
    now: () => now,
    pause(ms, signal) {
      signal.throwIfAborted()
      if (ms <= 0) return Promise.resolve()
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const stop = (): void => {
        timers.delete(timer)
        reject(signal.reason as Error)
      }
      const wake = (): void => {
        signal.removeEventListener('abort', stop)
        resolve()
      }
      const timer: Timer = { at: now + ms, wake }
      signal.addEventListener('abort', stop, { once: true })
      timers.add(timer)
      return promise
    },
    async runTo(until) {
      for (;;) {
        await idle()
        const next = [...timers].toSorted((a, b) => a.at - b.at)[0]
        if (!next || next.at > until) break
        timers.delete(next)
        now = next.at
        next.wake()
      }
      now = until
      await idle()
    },
  }
}
