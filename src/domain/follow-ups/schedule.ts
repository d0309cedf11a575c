import type { Calendar, Hours } from '../identity/hours.ts'
import type { Day } from '../shared/day.ts'

/** Where and how somebody's working time runs. */
export type Rhythm = Readonly<{ timeZone: string; hours: Hours; calendar: Calendar }>

export type Due = Readonly<{ dueOn: Day; dueTime: string | null; urgent: boolean }>

/** When the reminder of something due goes out; never before `now`. */
export function remindAt(_due: Due, _rhythm: Rhythm, _now: Date): Date {
  throw new Error('not built yet')
}

/** The moment itself when it may disturb, else the next working moment. */
export function nextQuietFree(_moment: Date, _rhythm: Rhythm): Date {
  throw new Error('not built yet')
}

/** True on a working weekday that is no public holiday there. */
export function isWorkday(_day: Day, _rhythm: Rhythm): boolean {
  throw new Error('not built yet')
}
