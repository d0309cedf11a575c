import type { Calendar } from '../domain/identity/hours.ts'
import { digestsOf } from '../domain/notices/digests.ts'
import type { NewNotice } from '../domain/notices/notice.ts'
import type { DigestPlans } from '../domain/notices/planning.ts'
import type { Platform } from '../domain/shared/actor.ts'

/** Calendars take their time: after so many people the answers to others get a turn. */
const AT_ONCE = 100

/** Plans the next digests of everybody who can be reached, and moves those whose hours or zone have changed. */
export async function planDigests(
  plans: DigestPlans,
  open: readonly Platform[],
  calendar: Calendar,
  now: Date,
): Promise<void> {
  await plans.renew(open, now, async (readers) => {
    const planned: NewNotice[] = []
    for (let from = 0; from < readers.length; from += AT_ONCE) {
      planned.push(...readers.slice(from, from + AT_ONCE).flatMap((one) => digestsOf(one, calendar, now)))
      await new Promise((resolve) => setImmediate(resolve))
    }
    return planned
  })
}
