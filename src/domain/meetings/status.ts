import { dayIn } from '../shared/day.ts'
import type { Amendment, Meeting } from './meeting.ts'

/** What a meeting was before it was taken back: as it was last amended to, else by whether it was to come when it was written. */
export function statusBefore(
  { startsAt, day, createdAt }: Pick<Meeting, 'startsAt' | 'day' | 'createdAt'>,
  amendments: readonly Amendment[],
  timeZone: string,
): 'HELD' | 'PLANNED' {
  const amended = amendments.findLast(({ after }) => after.status !== undefined)?.after.status
  if (amended === 'HELD' || amended === 'PLANNED') return amended
  const wasToCome = startsAt ? startsAt > createdAt : day > dayIn(timeZone, new Date(createdAt))
  return wasToCome ? 'PLANNED' : 'HELD'
}
