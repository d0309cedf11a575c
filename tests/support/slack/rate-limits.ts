/** One message a second per channel, and a watch on who calls while told to wait. */
export class RateLimits {
  readonly #now: () => number
  readonly #last = new Map<string, number>()
  readonly #waits = new Map<string, number>()
  perChannel: boolean

  constructor(now: () => number, perChannel: boolean) {
    this.#now = now
    this.perChannel = perChannel
  }

  /** Seconds to wait before the channel takes another message; 0 when it takes this one. */
  takeMessage(channel: string): number {
    if (!this.perChannel) return 0
    const now = this.#now()
    const last = this.#last.get(channel)
    if (last !== undefined && now - last < 1000) return Math.ceil((1000 - (now - last)) / 1000)
    this.#last.set(channel, now)
    return 0
  }

  startWait(method: string, seconds: number): void {
    this.#waits.set(method, this.#now() + seconds * 1000)
  }

  isWaiting(method: string): boolean {
    return this.#now() < (this.#waits.get(method) ?? 0)
  }
}
