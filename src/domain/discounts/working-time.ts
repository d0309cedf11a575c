import { isWorkday, minutesOf, type Rhythm } from '../follow-ups/schedule.ts'
import { addDays } from '../shared/day.ts'
import { instantAt, wallAt } from '../when/wall-clock.ts'

const MINUTE = 60_000
/** Whoever works on no day at all is not waited for longer than this. */
const LONGEST_DAYS = 60

/** The moment at which so many working hours of somebody will have passed. */
export function afterWorkingHours(from: Date, hours: number, rhythm: Rhythm): Date {
  let left = hours * 60 * MINUTE
  const { day: first } = wallAt(rhythm.timeZone, from.getTime())
  for (let ahead = 0; ahead <= LONGEST_DAYS; ahead += 1) {
    const day = addDays(first, ahead)
    if (!isWorkday(day, rhythm)) continue
    const begin = Math.max(
      instantAt(rhythm.timeZone, { day, minutes: minutesOf(rhythm.hours.workFrom) }),
      from.getTime(),
    )
    const end = instantAt(rhythm.timeZone, { day, minutes: minutesOf(rhythm.hours.workTo) })
    if (end <= begin) continue
    if (end - begin >= left) return new Date(begin + left)
    left -= end - begin
  }
  return new Date(from.getTime() + LONGEST_DAYS * 24 * 60 * MINUTE)
}
