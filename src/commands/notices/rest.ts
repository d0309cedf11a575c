import { nextQuietFree } from '../../domain/follow-ups/schedule.ts'
import type { NoticeKind } from '../../domain/notices/notice.ts'
import { rhythmOf } from '../follow-ups/promise.ts'
import type { ComposeContext, Owed } from './composer.ts'
import { isGroupable } from './together.ts'

/** Soon over, or waited for by somebody else. */
const AT_ANY_HOUR: readonly NoticeKind[] = ['brief', 'approval', 'nudge', 'discount']
/** Whoever is away may be back before their substitute begins to work. */
const LOOK_AGAIN_MS = 3_600_000

/**
 * By the notice's id, until when it waits for its reader. It was planned for the working time of its own person, which
 * may be the night of their substitute. What is urgent, or was put off to a moment, comes all the same.
 */
export async function restingUntil(
  { work, now, calendar }: ComposeContext,
  batch: readonly Owed[],
): Promise<ReadonlyMap<string, Date>> {
  const early = batch.flatMap((owed) => {
    if (!owed.insteadOf || AT_ANY_HOUR.includes(owed.notice.kind)) return []
    const free = nextQuietFree(now, rhythmOf(owed.to, calendar))
    return free > now ? [{ owed, free }] : []
  })
  if (early.length === 0) return new Map()
  const promises = await work.followUps.byIds(early.map(({ owed }) => owed.notice.subject))
  const calm = new Set(promises.filter((one) => !one.urgent && !one.snoozedUntil).map(({ id }) => id))
  // A reminder whose promise is gone is dropped now as well as later.
  const resting = early.filter(({ owed }) => !isGroupable(owed) || calm.has(owed.notice.subject))
  const again = now.getTime() + LOOK_AGAIN_MS
  return new Map(resting.map(({ owed, free }) => [owed.notice.id, new Date(Math.min(free.getTime(), again))]))
}
