import { ApiError } from './api-error.ts'
import type { RateOptions } from './types.ts'

export interface RateViolation {
  chatId: number
  at: number
  /** How many milliseconds of the announced wait were left. */
  leftMs: number
}

interface Window {
  limit: number
  spanMs: number
}

const PUBLISHED: Required<RateOptions> = { perChatPerSecond: 1, perSecond: 30, perGroupPerMinute: 20 }

/** Sliding windows over sent messages; a refused call does not count, but calling too early is recorded. */
export class Rates {
  readonly violations: RateViolation[] = []
  readonly #options: RateOptions
  readonly #now: () => number
  readonly #sent = new Map<string, number[]>()
  readonly #closedUntil = new Map<number, number>()

  constructor(options: RateOptions | true | undefined, now: () => number) {
    this.#options = options === true ? PUBLISHED : (options ?? {})
    this.#now = now
  }

  /** 429 when one of the windows is full. */
  spend(chatId: number, group: boolean): void {
    const { perChatPerSecond, perSecond, perGroupPerMinute } = this.#options
    const windows: [string, Window][] = []
    if (perChatPerSecond !== undefined)
      windows.push([`chat ${chatId}`, { limit: perChatPerSecond, spanMs: 1000 }])
    if (perSecond !== undefined) windows.push(['all', { limit: perSecond, spanMs: 1000 }])
    if (perGroupPerMinute !== undefined && group) {
      windows.push([`group ${chatId}`, { limit: perGroupPerMinute, spanMs: 60_000 }])
    }
    const waitMs = Math.max(0, ...windows.map(([key, window]) => this.#waitFor(key, window)))
    if (waitMs > 0) throw this.#tooMany(chatId, Math.ceil(waitMs / 1000))
    for (const [key] of windows) this.#sent.get(key)?.push(this.#now())
  }

  #tooMany(chatId: number, wait: number): ApiError {
    this.announce(chatId, wait)
    return new ApiError(429, `Too Many Requests: retry after ${wait}`, { parameters: { retry_after: wait } })
  }

  /** A 429 told the bot to leave this chat alone for so long. */
  announce(chatId: number, wait: number): void {
    this.#closedUntil.set(chatId, this.#now() + wait * 1000)
  }

  /** Called for every message to a chat, also one that a scripted fault will answer. */
  noteIfTooEarly(chatId: number): void {
    const leftMs = (this.#closedUntil.get(chatId) ?? 0) - this.#now()
    if (leftMs > 0) this.violations.push({ chatId, at: this.#now(), leftMs })
  }

  #waitFor(key: string, window: Window): number {
    const recent = (this.#sent.get(key) ?? []).filter((at) => at > this.#now() - window.spanMs)
    this.#sent.set(key, recent)
    const oldest = recent.at(-window.limit)
    return recent.length < window.limit || oldest === undefined ? 0 : oldest + window.spanMs - this.#now()
  }
}
