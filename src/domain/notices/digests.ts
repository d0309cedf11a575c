import { type Rhythm, isWorkday, minutesOf } from '../follow-ups/schedule.ts'
import type { Calendar } from '../identity/hours.ts'
import { addDays, type Day } from '../shared/day.ts'
import { weekdayOf } from '../when/calendar.ts'
import { instantAt, wallAt } from '../when/wall-clock.ts'
import type { NewNotice } from './notice.ts'
import type { DigestReader } from './planning.ts'

/** One digest: the day or the week that makes it one, and when it goes out. */
export type Digest = Readonly<{ day: Day; at: Date }>

/** Nobody rests for longer; a calendar that says so is not believed. */
const LONGEST_REST_DAYS = 60

/** The next agenda of somebody, and the next week of those who lead. */
export function digestsOf(reader: DigestReader, calendar: Calendar, now: Date): NewNotice[] {
  const rhythm = { ...reader, calendar }
  const agenda = nextAgenda(rhythm, now)
  const weekly = reader.leads ? nextWeekly(rhythm, now) : null
  const digest = (kind: 'agenda' | 'weekly', { day, at }: Digest): NewNotice => ({
    key: `${kind}:${reader.id}:${day}`,
    personId: reader.id,
    kind,
    subject: day,
    dueAt: at,
  })
  return [...(agenda ? [digest('agenda', agenda)] : []), ...(weekly ? [digest('weekly', weekly)] : [])]
}

/** The next morning agenda after `now`, on a working day of this person; null when they want none. */
export function nextAgenda(rhythm: Rhythm, now: Date): Digest | null {
  return nextMorning(rhythm, now, () => true)
}

/** The next digest of the week: on its first working day. Its day is the Monday of that week. */
export function nextWeekly(rhythm: Rhythm, now: Date): Digest | null {
  const found = nextMorning(rhythm, now, (day) => isFirstOfWeek(day, rhythm))
  return found && { day: mondayOf(found.day), at: found.at }
}

export const mondayOf = (day: Day): Day => addDays(day, 1 - weekdayOf(day))

/** The Monday of the last week before with a working day in it. */
export function weekBefore(monday: Day, rhythm: Rhythm): Day {
  let day = addDays(monday, -1)
  for (let ago = 1; ago < LONGEST_REST_DAYS && !isWorkday(day, rhythm); ago += 1) day = addDays(day, -1)
  return mondayOf(day)
}

function isFirstOfWeek(day: Day, rhythm: Rhythm): boolean {
  for (let earlier = mondayOf(day); earlier < day; earlier = addDays(earlier, 1))
    if (isWorkday(earlier, rhythm)) return false
  return true
}

function nextMorning(rhythm: Rhythm, now: Date, wanted: (day: Day) => boolean): Digest | null {
  const { timeZone, hours } = rhythm
  if (hours.digestAt === null) return null
  const minutes = minutesOf(hours.digestAt)
  const today = wallAt(timeZone, now.getTime()).day
  for (let ahead = 0; ahead <= LONGEST_REST_DAYS; ahead += 1) {
    const day = addDays(today, ahead)
    const at = instantAt(timeZone, { day, minutes })
    if (at > now.getTime() && isWorkday(day, rhythm) && wanted(day)) return { day, at: new Date(at) }
  }
  return null
}
