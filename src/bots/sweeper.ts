import type { Journal } from '../commands/kit/invocation.ts'
import type { Platform } from '../domain/shared/actor.ts'
import type { Inbox, StoredUpdate } from './ports.ts'

export type Sweeper = Readonly<{
  start(): void
  /** Begins no look any more, and waits for the one under way. */
  stop(): Promise<void>
}>

type Parts = Readonly<{
  inbox: Inbox
  platform: Platform
  journal: Journal
  intake: Readonly<{
    /** Marks what is finished and could not be marked. */
    settle(): Promise<void>
    /** The keys of what waits or is at work in this process. */
    held(): readonly string[]
    /** Works on what another one left. */
    resume(updates: readonly StoredUpdate[]): void
  }>
  limits: SweepLimits
}>

/** How often is looked, and how long nobody must have held what is taken up. */
export type SweepLimits = Readonly<{ sweepEveryMs: number; quietMs: number }>

/** A living process says twice within the quiet what it holds; together they are less than a minute. */
export const SWEEP_LIMITS: SweepLimits = { sweepEveryMs: 15_000, quietMs: 40_000 }
/** Beyond the last look; what is older was taken up by the start of some process. */
const REACH_MS = 10 * 60_000

/** What a process that died for good had acknowledged and not finished is taken up by one that runs. */
export function createSweeper({ inbox, platform, journal, intake, limits }: Parts): Sweeper {
  let lastGood = performance.now()
  let lastHeld = performance.now()
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let underWay: Promise<void> | null = null

  const look = async (): Promise<void> => {
    try {
      const began = performance.now()
      await intake.settle()
      await inbox.hold(platform, intake.held())
      const wasAway = began - lastHeld > limits.quietMs
      lastHeld = began
      // After an outage nobody has said for a while what they hold: they have until the next look.
      if (wasAway) return
      const reachMs = Math.ceil(began - lastGood) + limits.quietMs + REACH_MS
      const left = await inbox.takeUp(platform, { quietMs: limits.quietMs, reachMs })
      lastGood = began
      if (left.length === 0) return
      journal.info({ platform, updates: left.length }, 'updates that another process left are taken up')
      if (!isStopped) intake.resume(left)
    } catch (error) {
      journal.warn({ err: error, platform }, 'updates that were left over cannot be looked for')
    }
  }
  return {
    start() {
      timer ??= setInterval(() => {
        underWay ??= look().finally(() => (underWay = null))
      }, limits.sweepEveryMs).unref()
    },
    async stop() {
      isStopped = true
      clearInterval(timer)
      await underWay
    },
  }
}
