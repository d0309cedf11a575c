const MINUTE_MS = 60_000

const scopeOf = (method: string, channel: string): string =>
  method.startsWith('chat.') && channel !== '' ? `${method} ${channel}` : method

/** One message a second per channel, so many a minute in the workspace, and a watch on who calls while told to wait. */
export class RateLimits {
  readonly #now: () => number
  readonly #last = new Map<string, number>()
  readonly #waits = new Map<string, number>()
  readonly #perMinute: number
  /** When the newest messages of the workspace were taken, at most as many as a minute holds. */
  readonly #taken: number[] = []
  perChannel: boolean

  constructor(now: () => number, perChannel: boolean, perMinute = Number.POSITIVE_INFINITY) {
    this.#now = now
    this.perChannel = perChannel
    this.#perMinute = perMinute
  }

  /** Seconds to wait before the channel takes another message; 0 when it takes this one. */
  takeMessage(channel: string): number {
    const waitMs = Math.max(this.#channelWait(channel), this.#workspaceWait())
    if (waitMs > 0) return Math.ceil(waitMs / 1000)
    this.#last.set(channel, this.#now())
    if (Number.isFinite(this.#perMinute)) this.#taken.push(this.#now())
    if (this.#taken.length > this.#perMinute) this.#taken.shift()
    return 0
  }

  #channelWait(channel: string): number {
    if (!this.perChannel) return 0
    return (this.#last.get(channel) ?? Number.NEGATIVE_INFINITY) + 1000 - this.#now()
  }

  #workspaceWait(): number {
    const [oldest] = this.#taken
    return oldest === undefined || this.#taken.length < this.#perMinute ? 0 : oldest + MINUTE_MS - this.#now()
  }

  /** A limit of one channel stops the method there; one of the workspace, or of a method that has none, everywhere. */
  startWait(method: string, channel: string, seconds: number): void {
    const scope = this.#workspaceWait() > 0 ? method : scopeOf(method, channel)
    this.#waits.set(scope, this.#now() + seconds * 1000)
  }

  isWaiting(method: string, channel: string): boolean {
    const until = [method, scopeOf(method, channel)].map((scope) => this.#waits.get(scope) ?? 0)
    return this.#now() < Math.max(...until)
  }
}
