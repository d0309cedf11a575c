import type { Calendar, Hours } from '../identity/hours.ts'
import { addDays, type Day } from '../shared/day.ts'
import { weekdayOf } from '../when/calendar.ts'
import { instantAt, wallAt } from '../when/wall-clock.ts'
import type { FollowUp, FollowUpChanges, FollowUpContent } from './follow-up.ts'
import { nextDay, type Repeat } from './repeat.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** No country rests for as long as this; a calendar that says so is not believed. */
const LONGEST_REST_DAYS = 60

/** Where and how somebody's working time runs. */
export type Rhythm = Readonly<{ timeZone: string; hours: Hours; calendar: Calendar }>

export type Due = Readonly<{ dueOn: Day; dueTime: string | null; urgent: boolean }>

export const SNOOZES = ['hour', 'tomorrow', 'week'] as const
export type Snooze = (typeof SNOOZES)[number]

/** When the reminder of something due goes out; never before `now`. */
export function remindAt(due: Due, rhythm: Rhythm, now: Date): Date {
  const said = dueAt(due, rhythm)
  // What was said without a time for a day whose morning is over still deserves one reminder that day.
  const missed = due.dueTime === null ? now.getTime() + HOUR : now.getTime()
  const isToday = wallAt(rhythm.timeZone, now.getTime()).day === due.dueOn
  const earliest = said.getTime() > now.getTime() ? said.getTime() : isToday ? missed : now.getTime()
  return undisturbed(new Date(earliest), due, rhythm)
}

/** What the client promised is chased on the working morning after its day: they have all of that day. */
export function chaseAt(due: Due, rhythm: Rhythm, now: Date): Date {
  const morning = dueAt({ ...due, dueOn: addDays(due.dueOn, 1), dueTime: null }, rhythm)
  return undisturbed(new Date(Math.max(morning.getTime(), now.getTime())), due, rhythm)
}

/** The moment at which we speak of a promise: ours when it is due, theirs when it has passed. */
export function speakAt(promise: Due & Pick<FollowUpContent, 'promisedBy'>, rhythm: Rhythm, now: Date): Date {
  return promise.promisedBy === 'US' ? remindAt(promise, rhythm, now) : chaseAt(promise, rhythm, now)
}

/** The due moment as it was said: the time of day, or the beginning of that day's work. */
export function dueAt({ dueOn, dueTime }: Omit<Due, 'urgent'>, { timeZone, hours }: Rhythm): Date {
  return new Date(instantAt(timeZone, { day: dueOn, minutes: minutesOf(dueTime ?? hours.workFrom) }))
}

/**
 * An hour from now is an hour from now, also at night: whoever presses it is awake. The others are mornings, and an
 * ordinary one waits for the next working morning.
 */
export function snoozeUntil(to: Snooze, due: Pick<Due, 'urgent'>, rhythm: Rhythm, now: Date): Date {
  if (to === 'hour') return new Date(now.getTime() + HOUR)
  const today = wallAt(rhythm.timeZone, now.getTime()).day
  const dueOn = addDays(today, to === 'tomorrow' ? 1 : 7)
  return undisturbed(dueAt({ dueOn, dueTime: null }, rhythm), due, rhythm)
}

type Repeating = Due & Readonly<{ repeat: Repeat }>

/** The day on which something repeating comes next, once the present time of it is done: never one that has passed. */
export function dayAfterDone({ repeat, ...due }: Repeating, rhythm: Rhythm, now: Date): Day {
  let day = following(repeat, due.dueOn, rhythm)
  while (dueAt({ ...due, dueOn: day }, rhythm) <= now) day = following(repeat, day, rhythm)
  return day
}

/**
 * The day on which something repeating is due when its turn has come: the last one that has. Several that came within
 * one rest (a weekend, a holiday, an outage) are one.
 */
export function dayOfTurn({ repeat, ...due }: Repeating, rhythm: Rhythm, now: Date): Day {
  let day = following(repeat, due.dueOn, rhythm)
  for (;;) {
    const later = following(repeat, day, rhythm)
    if (dueAt({ ...due, dueOn: later }, rhythm) > now) return day
    day = later
  }
}

/** When the time after the present one begins, whether this one is done by then or not. */
export function turnAt({ repeat, ...due }: Repeating, rhythm: Rhythm, now: Date): Date {
  const next = { ...due, dueOn: following(repeat, due.dueOn, rhythm) }
  return undisturbed(new Date(Math.max(dueAt(next, rhythm).getTime(), now.getTime())), due, rhythm)
}

const following = (repeat: Repeat, after: Day, rhythm: Rhythm): Day =>
  nextDay(repeat, after, (day) => isWorkday(day, rhythm))

const undisturbed = (moment: Date, { urgent }: Pick<Due, 'urgent'>, rhythm: Rhythm): Date =>
  urgent ? moment : nextQuietFree(moment, rhythm)

/** The moment itself when it may disturb, else the next working moment. */
export function nextQuietFree(moment: Date, rhythm: Rhythm): Date {
  let at = moment.getTime()
  const limit = at + LONGEST_REST_DAYS * 24 * HOUR
  while (at < limit) {
    const { day, minutes } = wallAt(rhythm.timeZone, at)
    const works = isWorkday(day, rhythm)
    if (works && !isQuiet(minutes, rhythm.hours)) return new Date(at)
    at = nextOpening(at, works ? minutes : Infinity, rhythm)
  }
  return moment
}

/** The next time after this one at which the quiet may be over: later today, or when work begins tomorrow. */
function nextOpening(at: number, minutes: number, { timeZone, hours }: Rhythm): number {
  const { day } = wallAt(timeZone, at)
  const start = openingOf(hours)
  const today = [start, minutesOf(hours.quietTo)].find((opening) => opening > minutes)
  if (today === undefined) return instantAt(timeZone, { day: addDays(day, 1), minutes: start })
  const opening = instantAt(timeZone, { day, minutes: today })
  // In the second coming of an hour the first one's opening is over already.
  return opening > at ? opening : at + (today - minutes) * MINUTE
}

/** The beginning of work, or the end of the quiet hours when those reach into it. */
function openingOf(hours: Hours): number {
  const start = minutesOf(hours.workFrom)
  return isQuiet(start, hours) ? minutesOf(hours.quietTo) : start
}

export function isQuiet(minutes: number, { quietFrom, quietTo }: Hours): boolean {
  const [from, to] = [minutesOf(quietFrom), minutesOf(quietTo)]
  return from <= to ? minutes >= from && minutes < to : minutes >= from || minutes < to
}

/** True on a working weekday that is no public holiday there. */
export function isWorkday(day: Day, { timeZone, hours, calendar }: Rhythm): boolean {
  if (!hours.workDays.includes(weekdayOf(day))) return false
  const country = hours.country ?? calendar.countryOf(timeZone)
  return country === null || !calendar.isHoliday(country, day)
}

export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** True when it was meant for a day, or a time of today, that is over. */
export function isPast({ dueOn, dueTime }: Omit<Due, 'urgent'>, rhythm: Rhythm, now: Date): boolean {
  if (dueTime !== null) return dueAt({ dueOn, dueTime }, rhythm) <= now
  return dueOn < wallAt(rhythm.timeZone, now.getTime()).day
}

/** What had been put off when it was closed comes at that moment, unless it has passed. */
export function reopenedAt(
  promise: Due & Pick<FollowUp, 'promisedBy' | 'snoozedUntil'>,
  rhythm: Rhythm,
  now: Date,
): Pick<FollowUpChanges, 'remindAt' | 'snoozedUntil'> {
  const putOff = promise.snoozedUntil === null ? null : new Date(promise.snoozedUntil)
  if (putOff && putOff > now) return { remindAt: putOff, snoozedUntil: putOff }
  return {
    remindAt: remindAgainAt(speakAt(promise, rhythm, now), promise, rhythm, now),
    snoozedUntil: null,
  }
}

/** The reminder of what was reopened: the one that was still to come, else in an hour. */
export function remindAgainAt(
  remindedAt: Date | null,
  due: Pick<Due, 'urgent'>,
  rhythm: Rhythm,
  now: Date,
): Date {
  if (remindedAt && remindedAt > now) return remindedAt
  return undisturbed(new Date(now.getTime() + HOUR), due, rhythm)
}
