import { dayIn } from '../shared/day.ts'
import type { Amendment, Meeting } from './meeting.ts'

/** What a meeting was before it was taken back. Where nobody kept that: whether it was to come when it was written. */
export function statusBefore(
  { startsAt, day, createdAt }: Pick<Meeting, 'startsAt' | 'day' | 'createdAt'>,
  amendments: readonly Amendment[],
  timeZone: string,
): 'HELD' | 'PLANNED' {
  const last = amendments.findLast(({ after }) => after.status !== undefined)
  const was = last?.after.status === 'CANCELLED' ? last.before.status : last?.after.status
  if (was === 'HELD' || was === 'PLANNED') return was
  const wasToCome = startsAt ? startsAt > createdAt : day > dayIn(timeZone, new Date(createdAt))
  return wasToCome ? 'PLANNED' : 'HELD'
}
