import { setTimeout as pause } from 'node:timers/promises'
import type { ComposeContext } from '../commands/notices/composer.ts'
import type { Settled } from '../domain/notices/outbox.ts'
import type { Work } from '../domain/shared/work.ts'
import { UnavailableError } from '../domain/shared/errors.ts'
import type { DeliveryParts, Step } from './delivery-parts.ts'
import { gathered } from './gathered.ts'

/** So long an outcome is written down again and again while the database is away: then the claim has run out. */
const RECORDING_MS = 20_000
const RECORD_AGAIN_MS = 500
const ASK_AGAIN_MS = 200
/** A batch begins nothing new after this, so that nobody waits long behind somebody slow. */
const ROUND_MS = 10_000

/** One batch under one claim. Many people at once ask for the same few statements, so those are gathered. */
export type Round = Readonly<{
  parts: DeliveryParts
  claim: string
  /** False when it is no longer wanted, or no longer ours. */
  begin(id: string): Promise<boolean>
  settle(settled: Settled): Promise<void>
  context(work: Work): ComposeContext
  step(step: Step, ids: readonly string[]): Promise<void>
  isOver(): boolean
}>

export function createRound(parts: DeliveryParts, claim: string): Round {
  const { outbox, now } = parts
  const started = performance.now()
  return {
    parts,
    claim,
    begin: gathered(async (ids) => {
      const begun = await askedAgain(() => outbox.begin(ids, claim, now()))
      return ids.map((id) => begun.has(id))
    }),
    settle: gathered(async (settled) => {
      await recorded(parts, () => outbox.settle(settled, claim, now()))
      return settled.map(() => undefined)
    }),
    context: (work) => ({ work, now: now(), calendar: parts.calendar }),
    step: async (step, ids) => parts.onStep?.(step, ids),
    isOver: () => parts.stopping.aborted || performance.now() - started > ROUND_MS,
  }
}

/** An answer that was lost would leave a message in doubt that was never sent; to begin twice is to begin. */
async function askedAgain<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error
    await pause(ASK_AGAIN_MS)
    return ask()
  }
}

/** What went out and is not written down would go out once more. */
async function recorded({ stopping }: DeliveryParts, record: () => Promise<void>): Promise<void> {
  const until = performance.now() + RECORDING_MS
  for (;;) {
    try {
      return await record()
    } catch (error) {
      const isWorthAnother =
        error instanceof UnavailableError && performance.now() < until && !stopping.aborted
      if (!isWorthAnother) throw error
      await pause(RECORD_AGAIN_MS)
    }
  }
}
