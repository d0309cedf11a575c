import { setTimeout as pause } from 'node:timers/promises'
import type { Clockwork } from '../commands/kit/clockwork.ts'
import type { DigestPlans } from '../domain/notices/planning.ts'
import type { PersonId, Platform } from '../domain/shared/actor.ts'
import { type Clockworks, createClockworks } from './clockwork.ts'
import { createDelivery, type Delivery } from './deliver.ts'
import type { DeliveryParts } from './delivery-parts.ts'
import { planDigests } from './plan-digests.ts'
import type { Queue } from './queue.ts'
import { createRefresher, type RefreshParts, type Refresher } from './refresh.ts'

export type JobsParts = Omit<DeliveryParts, 'stopping'> &
  Pick<RefreshParts, 'cards' | 'edits'> &
  Readonly<{
    queue: Queue
    plans: DigestPlans
    /** What time alone changes, looked at before what is due. */
    clockwork: readonly Clockwork[]
    tickMs?: number
  }>

/** What goes out without being asked for. */
export type Jobs = Readonly<{
  /** Returns at once; what does not start yet is tried again at every tick. */
  start(): void
  /** What is being sent is finished, what is not begun is given back. */
  stop(): Promise<void>
  /** What is wrong, or null. */
  health(): string | null
  /** Finds and brings out everything that is due, at once and without the queue. */
  deliverDue(): Promise<void>
  planDigests(): Promise<void>
}>

const TICK_MS = 1_000
/** A tick that hangs is left alone and the next one begins. */
const LONGEST_TICK_MS = 20_000
/**
 * A claim that was not renewed for so long belongs to nobody. Longer than a push may take, and twice as long as the pause
 * between renewals; short enough that what a dead process held goes out within half a minute.
 */
export const CLAIM_MS = 25_000
const RENEW_EVERY_MS = 10_000
const PLAN_EVERY_MS = 5 * 60_000
const COUNT_EVERY_MS = 10_000
const UNHEALTHY_MS = 30_000
const LOG_EVERY_MS = 30_000

/** As many of a platform are queued at once, for a long queue is slow; what is beyond waits in the notices. */
const MOST_QUEUED = 2_000
/** With fewer left, more are looked for at once. */
const FEW_QUEUED = 800
/** Whoever was queued is not queued anew before this, unless they have been served. */
const QUEUED_MS = 10_000
const MOST_AT_ONCE = 100
/** What is given back again and again must not keep whoever waits for the end. */
const MOST_ROUNDS = 1_000

type State = {
  lastGood: number
  lastRenewed: number
  lastPlanned: number
  lastCounted: number
  lastLogged: number
  readonly queued: Map<PersonId, Readonly<{ at: number; platform: Platform | null }>>
  /** The platforms of which more were due than were queued. */
  more: ReadonlySet<Platform | null>
  /** Ends the pause before the next tick. */
  hurry: AbortController
}

export function createJobs(parts: JobsParts): Jobs {
  const stopping = new AbortController()
  const all = { ...parts, stopping: stopping.signal }
  const work: Workers = {
    delivery: createDelivery(all),
    refresher: createRefresher(all),
    clockworks: createClockworks(all),
  }
  const state: State = {
    lastGood: performance.now(),
    lastRenewed: -Infinity,
    lastPlanned: -Infinity,
    lastCounted: -Infinity,
    lastLogged: -Infinity,
    queued: new Map(),
    more: new Set(),
    hurry: new AbortController(),
  }
  let loop: Promise<void> | null = null
  return {
    start() {
      loop = run(parts, work, state, stopping.signal)
    },

    async stop() {
      stopping.abort()
      await loop
      await parts.queue.stop()
      await Promise.all([work.delivery.idle(), work.refresher.idle(), work.clockworks.idle()])
    },

    health() {
      const silentMs = performance.now() - state.lastGood
      if (silentMs > UNHEALTHY_MS) return `has not looked for ${Math.round(silentMs / 1_000)} s`
      const hangsMs = work.clockworks.hangsMs()
      return hangsMs > UNHEALTHY_MS
        ? `what time changes has not been looked at for ${Math.round(hangsMs / 1_000)} s`
        : null
    },

    deliverDue: () => deliverAll(parts, work),
    planDigests: () => planNow(parts),
  }
}

type Workers = Readonly<{ delivery: Delivery; refresher: Refresher; clockworks: Clockworks }>

const openOf = ({ pushes }: JobsParts): readonly Platform[] => [...pushes.keys()]
const planNow = (parts: JobsParts) => planDigests(parts.plans, openOf(parts), parts.calendar, parts.now())

async function run(parts: JobsParts, work: Workers, state: State, stopping: AbortSignal): Promise<void> {
  const tickMs = parts.tickMs ?? TICK_MS
  while (!stopping.aborted) {
    const started = performance.now()
    try {
      await bounded(tick(parts, work, state), stopping)
      state.lastGood = performance.now()
    } catch (error) {
      if (started - state.lastLogged > LOG_EVERY_MS) {
        state.lastLogged = started
        parts.journal.warn({ err: error }, 'notices cannot be looked for')
      }
    }
    const rest = tickMs - (performance.now() - started)
    const signal = AbortSignal.any([stopping, state.hurry.signal])
    await pause(Math.max(rest, 0), undefined, { signal }).catch(() => undefined)
    state.hurry = new AbortController()
  }
}

/** Also ends when the process is to stop: a database that hangs must not keep it. */
async function bounded(work: Promise<void>, stopping: AbortSignal): Promise<void> {
  const done = new AbortController()
  const signal = AbortSignal.any([stopping, done.signal])
  const late = pause(LONGEST_TICK_MS, 'late', { signal, ref: false }).catch(() => 'stopped')
  try {
    if ((await Promise.race([work, late])) === 'late') throw new Error('a tick takes too long')
  } finally {
    done.abort()
    work.catch(() => undefined)
  }
}

async function tick(parts: JobsParts, work: Workers, state: State): Promise<void> {
  const { delivery } = work
  const { queue, outbox, now } = parts
  const isTime = (last: number, everyMs: number) => performance.now() - last >= everyMs
  if (!queue.isRunning())
    await queue.start((people, platform) => serveQueued(delivery, state, people, platform))
  if (isTime(state.lastRenewed, RENEW_EVERY_MS)) {
    if (delivery.claims().length > 0) await outbox.renew(delivery.claims(), now())
    state.lastRenewed = performance.now()
  }
  await outbox.expire(new Date(now().getTime() - CLAIM_MS), now())
  await work.clockworks.run()
  await queueDue(parts, state)
  await refreshCards(parts, work, state)
  if (isTime(state.lastCounted, COUNT_EVERY_MS)) {
    parts.meter.waiting(await outbox.backlog(now()))
    state.lastCounted = performance.now()
  }
  if (isTime(state.lastPlanned, PLAN_EVERY_MS)) {
    await planNow(parts)
    state.lastPlanned = performance.now()
  }
}

/** Cards that cannot be looked for keep nobody from what is due. */
async function refreshCards(
  { journal }: JobsParts,
  { refresher }: Workers,
  state: { lastLogged: number },
): Promise<void> {
  try {
    await refresher.begin()
  } catch (error) {
    if (performance.now() - state.lastLogged < LOG_EVERY_MS) return
    state.lastLogged = performance.now()
    journal.warn({ err: error }, 'cards cannot be looked for')
  }
}

async function serveQueued(
  delivery: Delivery,
  state: State,
  people: readonly PersonId[],
  platform: Platform | null,
): Promise<void> {
  try {
    await delivery.serve(people)
  } finally {
    for (const person of people) state.queued.delete(person)
    if (state.more.has(platform) && countOn(state, platform) < FEW_QUEUED) state.hurry.abort()
  }
}

const countOn = ({ queued }: State, platform: Platform | null): number =>
  queued.values().reduce((count, one) => count + (one.platform === platform ? 1 : 0), 0)

async function queueDue(parts: JobsParts, state: State): Promise<void> {
  const { queued } = state
  const before = performance.now() - QUEUED_MS
  for (const [person, { at }] of queued) if (at < before) queued.delete(person)
  const due = Map.groupBy(
    await parts.outbox.due(openOf(parts), MOST_QUEUED, parts.now()),
    ({ platform }) => platform,
  )
  state.more = new Set(
    [...due].flatMap(([platform, people]) => (people.length >= MOST_QUEUED ? [platform] : [])),
  )
  for (const [platform, people] of due) {
    const fresh = people.map(({ personId }) => personId).filter((person) => !queued.has(person))
    await parts.queue.add(platform, fresh)
    const at = performance.now()
    for (const person of fresh) queued.set(person, { at, platform })
  }
}

async function deliverAll(parts: JobsParts, { delivery, refresher, clockworks }: Workers): Promise<void> {
  const { outbox, now } = parts
  await outbox.expire(new Date(now().getTime() - CLAIM_MS), now())
  await clockworks.run()
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const due = await outbox.due(openOf(parts), MOST_QUEUED, now())
    if (due.length === 0) break
    const people = due.map(({ personId }) => personId)
    const batches = Array.from({ length: Math.ceil(people.length / MOST_AT_ONCE) }, (_, index) =>
      people.slice(index * MOST_AT_ONCE, (index + 1) * MOST_AT_ONCE),
    )
    for (const batch of batches) await delivery.serve(batch)
  }
  await delivery.idle()
  for (let round = 0; round < MOST_ROUNDS && (await refresher.begin()) > 0; round += 1) await refresher.idle()
}
