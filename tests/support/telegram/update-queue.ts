import { type ApiError, conflict } from './api-error.ts'
import { CALLBACK_LIFE_MS, UPDATE_LIFE_MS } from './limits.ts'
import type { Json, Update } from './types.ts'

export interface QueuedUpdate {
  update: Update
  kind: string
  /** Updates with the same key are delivered one after another. */
  key: string
  bornAt: number
}

export interface PollArguments {
  offset: number
  limit: number
  holdMs: number
}

interface HeldPoll {
  limit: number
  resolve: (updates: Update[]) => void
  reject: (error: ApiError) => void
  timer: NodeJS.Timeout
}

/** Kinds Telegram sends only when allowed_updates names them. */
const ON_REQUEST = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])
const OTHER_POLL = 'terminated by other getUpdates request; make sure that only one bot instance is running'

/** The server's queue: everything the bot has not confirmed yet. */
export class UpdateQueue {
  readonly expired: Update[] = []
  pending: QueuedUpdate[] = []
  /** How many updates ever entered the queue. */
  total = 0
  allowed: string[] | undefined
  confirmedOffset = 0
  onAdd: (() => void) | undefined
  readonly #now: () => number
  readonly #waiting = new Map<number, Set<() => void>>()
  #held: HeldPoll | undefined
  #nextId: number

  constructor(now: () => number, firstId: number) {
    this.#now = now
    this.#nextId = firstId
  }

  /** Gives back the update as queued; kinds the bot did not ask for never enter the queue. */
  add(body: Json): Update {
    const id = body['update_id']
    const update: Update = { ...body, update_id: typeof id === 'number' ? id : this.#nextId }
    this.#nextId = Math.max(this.#nextId, update.update_id + 1)
    const kind = Object.keys(update).find((name) => name !== 'update_id') ?? ''
    if (!this.#wanted(kind)) return update
    this.total += 1
    this.pending.push({ update, kind, key: keyOf(kind, update), bornAt: this.#now() })
    if (this.#held === undefined) this.onAdd?.()
    else this.#answerHeld(this.#held)
    return update
  }

  #wanted(kind: string): boolean {
    if (this.allowed === undefined || this.allowed.length === 0) return !ON_REQUEST.has(kind)
    return this.allowed.includes(kind)
  }

  /** Answers at once when there is something, else holds; an older held poll is ended. */
  poll({ offset, limit, holdMs }: PollArguments): { updates: Promise<Update[]>; cancel: () => void } {
    this.endHeld(OTHER_POLL)
    this.#confirm(offset)
    const ready = this.batch(limit)
    if (ready.length > 0 || holdMs === 0) return { updates: Promise.resolve(ready), cancel: () => undefined }
    const { promise, resolve, reject } = Promise.withResolvers<Update[]>()
    const held: HeldPoll = { limit, resolve, reject, timer: setTimeout(() => this.#answerHeld(held), holdMs) }
    this.#held = held
    return { updates: promise, cancel: () => this.#drop(held) }
  }

  get polling(): boolean {
    return this.#held !== undefined
  }

  endHeld(reason: string): void {
    const held = this.#held
    if (held === undefined) return
    this.#drop(held)
    held.reject(conflict(reason))
  }

  #answerHeld(held: HeldPoll): void {
    this.#drop(held)
    held.resolve(this.batch(held.limit))
  }

  #drop(held: HeldPoll): void {
    clearTimeout(held.timer)
    if (this.#held === held) this.#held = undefined
  }

  #confirm(offset: number): void {
    if (offset < 0) {
      // Only the last |offset| updates survive, the earlier ones are forgotten for good.
      const dropped = this.pending.slice(0, Math.max(0, this.pending.length + offset))
      const last = dropped.at(-1)
      if (last !== undefined) this.#confirm(last.update.update_id + 1)
      return
    }
    this.confirmedOffset = Math.max(this.confirmedOffset, offset)
    for (const item of this.pending.filter((entry) => entry.update.update_id < offset)) this.remove(item)
  }

  /** What is deliverable now; too old updates are thrown away first, as the server does. */
  batch(limit: number): Update[] {
    this.dropExpired()
    return this.pending.slice(0, limit).map((item) => item.update)
  }

  dropExpired(): void {
    const old = this.pending.filter((item) => this.#now() - item.bornAt > lifeOf(item.kind))
    if (old.length === 0) return
    this.pending = this.pending.filter((item) => !old.includes(item))
    this.expired.push(...old.map((item) => item.update))
  }

  remove(item: QueuedUpdate): void {
    const index = this.pending.indexOf(item)
    if (index !== -1) this.pending.splice(index, 1)
    this.#settle(item.update.update_id)
  }

  clear(): void {
    for (const item of this.pending.splice(0)) this.remove(item)
  }

  /** Resolves when the bot has confirmed the update (offset moved past it, or 2xx by webhook). */
  confirmed(updateId: number): Promise<void> {
    if (!this.pending.some((item) => item.update.update_id === updateId)) return Promise.resolve()
    const { promise, resolve } = Promise.withResolvers<void>()
    const waiting = this.#waiting.get(updateId) ?? new Set()
    this.#waiting.set(updateId, waiting.add(resolve))
    return promise
  }

  #settle(updateId: number): void {
    for (const resolve of this.#waiting.get(updateId) ?? []) resolve()
    this.#waiting.delete(updateId)
  }

  close(): void {
    this.endHeld('the stand-in was stopped')
    for (const updateId of this.#waiting.keys()) this.#settle(updateId)
  }
}

function lifeOf(kind: string): number {
  return kind === 'callback_query' ? CALLBACK_LIFE_MS : UPDATE_LIFE_MS
}

/** Messages queue per chat, taps per user: the two may overtake each other. */
function keyOf(kind: string, update: Update): string {
  const body = (update[kind] ?? {}) as { chat?: { id?: number }; from?: { id?: number } }
  if (kind === 'callback_query') return `user ${body.from?.id}`
  return `chat ${body.chat?.id ?? body.from?.id ?? kind}`
}
