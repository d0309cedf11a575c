import { tzOffset } from '@date-fns/tz'
import type { Day } from '../shared/day.ts'
import type { Point } from './reading.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/**
 * What the clock on the wall shows, kept as if it were UTC: a day, and the minutes since its midnight. All reckoning is
 * done on it, so neither the process's zone nor a change of clocks can reach it.
 */
export type Wall = Readonly<{ day: Day; minutes: number }>

function offsetAt(timeZone: string, instant: number): number {
  return tzOffset(timeZone, new Date(instant)) * MINUTE
}

export function wallAt(timeZone: string, instant: number): Wall {
  const offset = offsetAt(timeZone, instant)
  if (Number.isNaN(offset)) throw new RangeError(`Not a time zone, or not a time: ${timeZone}, ${instant}`)
  const local = new Date(instant + offset).toISOString()
  return { day: local.slice(0, 10), minutes: Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16)) }
}

/**
 * The instant at which the wall shows this. An hour that comes twice is its first coming; an hour that is left out is
 * as much later as the clocks jump, as RFC 5545 has it. TZDate's own answer for the repeated hour depends on the zone
 * of the process, so only the offsets are taken from it.
 */
export function instantAt(timeZone: string, { day, minutes }: Wall): number {
  const wall = Date.parse(day) + minutes * MINUTE
  const before = offsetAt(timeZone, wall - DAY)
  const after = offsetAt(timeZone, wall + DAY)
  const fitting = [wall - before, wall - after].filter(
    (instant) => instant + offsetAt(timeZone, instant) === wall,
  )
  return fitting.length > 0 ? Math.min(...fitting) : wall - before
}

export function pointAt(timeZone: string, wall: Wall): Point {
  return pointOf(timeZone, instantAt(timeZone, wall))
}

export function pointOf(timeZone: string, instant: number): Point {
  const { day, minutes } = wallAt(timeZone, instant)
  return { day, time: clockText(minutes), instant: new Date(instant).toISOString() }
}

function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
