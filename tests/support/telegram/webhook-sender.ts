import { Agent, request } from 'node:http'
import type { QueuedUpdate, UpdateQueue } from './update-queue.ts'
import type { Delivery } from './types.ts'

export interface SenderTarget {
  url: string
  secret: string | undefined
  maxConnections: number
}

export interface SenderOptions {
  backoffMs: readonly number[]
  timeoutMs: number
  secondMs: number
  /** A JSON body with `method` in a webhook answer is a call; it is carried out without an answer. */
  onReply: (body: string) => void
}

interface Answer {
  status: number
  retryAfter: number | undefined
  body: string
}

const NO_ANSWER: Answer = { status: 0, retryAfter: undefined, body: '' }

/** POSTs queued updates to the bot: lanes run side by side, inside a lane the first one blocks the rest. */
export class WebhookSender {
  readonly deliveries: Delivery[] = []
  lastError: { at: number; message: string } | undefined
  readonly #queue: UpdateQueue
  readonly #options: SenderOptions
  readonly #now: () => number
  #run: AbortController | undefined
  #agent: Agent | undefined
  #lanes = new Set<string>()

  constructor(queue: UpdateQueue, options: SenderOptions, now: () => number) {
    this.#queue = queue
    this.#options = options
    this.#now = now
  }

  start(target: SenderTarget): void {
    this.stop()
    const run = new AbortController()
    this.#run = run
    this.#lanes = new Set()
    this.#agent = new Agent({ keepAlive: true, maxSockets: target.maxConnections })
    this.#queue.onAdd = () => this.#pump(target, run.signal)
    this.#pump(target, run.signal)
  }

  stop(): void {
    this.#queue.onAdd = undefined
    this.#run?.abort()
    this.#agent?.destroy()
    this.#run = undefined
    this.#agent = undefined
  }

  #pump(target: SenderTarget, signal: AbortSignal): void {
    this.#queue.dropExpired()
    for (const item of this.#queue.pending) {
      if (this.#lanes.size >= target.maxConnections) return
      if (this.#lanes.has(item.key)) continue
      this.#lanes.add(item.key)
      void this.#lane(item.key, target, signal)
    }
  }

  async #lane(key: string, target: SenderTarget, signal: AbortSignal): Promise<void> {
    const lanes = this.#lanes
    for (let item = this.#first(key); item !== undefined && !signal.aborted; item = this.#first(key)) {
      await this.#deliver(item, target, signal)
    }
    lanes.delete(key)
    if (!signal.aborted) this.#pump(target, signal)
  }

  #first(key: string): QueuedUpdate | undefined {
    this.#queue.dropExpired()
    return this.#queue.pending.find((item) => item.key === key)
  }

  async #deliver(item: QueuedUpdate, target: SenderTarget, signal: AbortSignal): Promise<void> {
    for (let attempt = 1; this.#queue.pending.includes(item); attempt += 1) {
      const sentAt = performance.now()
      const answer = await this.#post(JSON.stringify(item.update), target, signal)
      if (signal.aborted) return
      const ms = performance.now() - sentAt
      this.deliveries.push({ updateId: item.update.update_id, attempt, status: answer.status, ms })
      if (answer.status >= 200 && answer.status < 300) {
        this.#queue.remove(item)
        this.#options.onReply(answer.body)
        return
      }
      this.lastError = { at: this.#now(), message: errorText(answer.status) }
      await pause(this.#waitAfter(attempt, answer), signal)
      if (signal.aborted) return
      this.#queue.dropExpired()
    }
  }

  #waitAfter(attempt: number, answer: Answer): number {
    if (answer.retryAfter !== undefined) return answer.retryAfter * this.#options.secondMs
    const { backoffMs } = this.#options
    return backoffMs[Math.min(attempt, backoffMs.length) - 1] ?? 0
  }

  #post(body: string, target: SenderTarget, signal: AbortSignal): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>()
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    }
    if (target.secret !== undefined) headers['x-telegram-bot-api-secret-token'] = target.secret
    const options = { method: 'POST', headers, signal, timeout: this.#options.timeoutMs }
    const call = request(target.url, {
      ...options,
      ...(this.#agent === undefined ? {} : { agent: this.#agent }),
    })
    call.on('timeout', () => call.destroy())
    call.on('error', () => resolve(NO_ANSWER))
    call.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', () => resolve(NO_ANSWER))
      response.on('close', () => {
        const wait = Number(response.headers['retry-after'])
        const retryAfter = Number.isFinite(wait) ? Math.min(wait, 3600) : undefined
        const text = Buffer.concat(chunks).toString()
        resolve(response.complete ? { status: response.statusCode ?? 0, retryAfter, body: text } : NO_ANSWER)
      })
    })
    call.end(body)
    return promise
  }
}

function errorText(status: number): string {
  return status === 0 ? 'Connection failed' : `Wrong response from the webhook: ${status}`
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(finish, ms)
  signal.addEventListener('abort', finish, { once: true })
  function finish(): void {
    clearTimeout(timer)
    signal.removeEventListener('abort', finish)
    resolve()
  }
  return promise
}
