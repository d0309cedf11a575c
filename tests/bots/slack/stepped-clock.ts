import type { Clock } from '../../../src/bots/slack/pause.ts'

type Waiting = { at: number; wake: () => void }

/** Time that passes only when a test lets it. */
export class SteppedClock implements Clock {
  #now = 1_000_000
  #waiting: Waiting[] = []
  readonly now = (): number => this.#now

  readonly pause = async (ms: number, stopped: AbortSignal): Promise<void> => {
    if (ms <= 0 || stopped.aborted) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push({ at: this.#now + ms, wake: resolve })
    stopped.addEventListener('abort', () => resolve(), { once: true })
    return promise
  }

  /** Each moment that somebody waits for comes in its turn, and what follows from it happens before the next. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms
    await settled()
    for (;;) {
      const next = this.#waiting.toSorted((one, other) => one.at - other.at)[0]
      if (!next || next.at > end) break
      this.#waiting = this.#waiting.filter((one) => one !== next)
      this.#now = Math.max(this.#now, next.at)
      next.wake()
      await settled()
    }
    this.#now = end
  }
}

/** Until all that was ready to run has run. */
function settled(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  setImmediate(resolve)
  return promise
}
