import { setTimeout as delay } from 'node:timers/promises'
import { BULK, createBudget, type Kind } from './budget.ts'

/** Real time, not the assistant's own clock: it is Telegram that counts. A test brings its own. */
export type Clock = Readonly<{
  now(): number
  /** Rejects when the signal is given. */
  pause(ms: number, signal: AbortSignal): Promise<void>
}>

export const realClock: Clock = {
  now: () => performance.now(),
  pause: async (ms, signal) => {
    if (ms > 0) await delay(ms, undefined, { signal })
    signal.throwIfAborted()
  },
}

export type Pace = Readonly<{
  /** Waits until this chat may get one more answer. Rejects when the signal is given. */
  turn(chat: string, signal: AbortSignal): Promise<void>
  /**
   * The same for what nobody waits for: every answer goes first. Null when its turn has come, else after how many
   * milliseconds it is worth another try, because it would take longer than `withinMs` now.
   */
  bulkTurn(chat: string, wish: BulkWish): Promise<number | null>
  /** What had its turn in this chat is there, or will not be. */
  arrived(chat: string): void
  /** Telegram asked to leave this chat alone for so long. */
  close(chat: string, ms: number): void
  /** What `isFree` looks at has changed. */
  stir(): void
}>

export type BulkWish = Readonly<{
  withinMs: number
  signal: AbortSignal
  /** Whether nothing else is under way in the chat. */
  isFree(): boolean
  /** The rest of what has begun to arrive goes before what has not. */
  goesOn?: boolean
}>

type Waiting = Readonly<{
  kind: Kind
  chat: string
  /** When it stops to wait. */
  until: number
  isFree(): boolean
  settle(late: number | null): void
}>

/** Timers count to 2^31 only. */
const LONGEST_SLEEP_MS = 60_000

/** First to last. */
type Queues = readonly [answers: Set<Waiting>, goingOn: Set<Waiting>, bulk: Set<Waiting>]

/** A place is given away only at the moment when it is used, so that nothing holds up what came later and goes first. */
export function createPace(clock: Clock): Pace {
  const budget = createBudget()
  const queues: Queues = [new Set(), new Set(), new Set()]
  const [answers, goingOn, bulk] = queues
  let isRunning = false
  let sleep = new AbortController()

  const freeAt = ({ kind, chat, isFree }: Waiting): number =>
    isFree() ? budget.freeAt(kind, chat) : Number.POSITIVE_INFINITY
  const tryAgainAfter = (chat: string, now: number): number =>
    Math.max(budget.freeAt('bulk', chat) - now, bulk.size * BULK.everyMs)

  /** Gives away every place that is free now; how long nothing will change, or null when nobody waits. */
  const giveAway = (): number | null => {
    const now = clock.now()
    let next: number | null = null
    for (const queue of queues) {
      for (const one of queue) {
        const at = freeAt(one)
        if (at <= now) budget.spend(one.kind, one.chat, now)
        if (at <= now || one.until <= now) {
          queue.delete(one)
          one.settle(at <= now ? null : tryAgainAfter(one.chat, now))
        } else next = Math.min(next ?? Number.POSITIVE_INFINITY, at, one.until)
      }
    }
    return next === null ? null : next - now
  }
  const run = async (): Promise<void> => {
    isRunning = true
    for (let ms = giveAway(); ms !== null; ms = giveAway()) {
      sleep = new AbortController()
      await clock.pause(Math.min(ms, LONGEST_SLEEP_MS), sleep.signal).catch(() => undefined)
    }
    isRunning = false
  }
  const stir = (): void => {
    if (isRunning) sleep.abort()
    else void run()
  }
  const wait = (queue: Set<Waiting>, signal: AbortSignal, wish: Omit<Waiting, 'settle'>) =>
    new Promise<number | null>((resolve, reject) => {
      const leave = (): void => {
        queue.delete(waiting)
        stir()
        reject(signal.reason as Error)
      }
      const settle = (late: number | null): void => {
        signal.removeEventListener('abort', leave)
        resolve(late)
      }
      const waiting: Waiting = { ...wish, settle }
      queue.add(waiting)
      signal.addEventListener('abort', leave, { once: true })
      stir()
    })

  return {
    async turn(chat, signal) {
      signal.throwIfAborted()
      await wait(answers, signal, {
        kind: 'answer',
        chat,
        until: Number.POSITIVE_INFINITY,
        isFree: () => true,
      })
    },
    async bulkTurn(chat, { withinMs, signal, isFree, goesOn = false }) {
      signal.throwIfAborted()
      const now = clock.now()
      const needed = goesOn ? 0 : tryAgainAfter(chat, now)
      if (needed > withinMs) return needed
      return wait(goesOn ? goingOn : bulk, signal, { kind: 'bulk', chat, until: now + withinMs, isFree })
    },
    arrived: (chat) => budget.arrived(chat, clock.now()),
    close(chat, ms) {
      budget.close(chat, ms, clock.now())
      stir()
    },
    stir,
  }
}
