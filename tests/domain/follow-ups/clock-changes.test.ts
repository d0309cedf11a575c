import { describe, expect, it } from 'vitest'
import { dayOfTurn, dueAt, type Rhythm, turnAt } from '../../../src/domain/follow-ups/schedule.ts'
import { USUAL_HOURS } from '../../../src/domain/identity/hours.ts'
import { addDays } from '../../../src/domain/shared/day.ts'
import { wallAt } from '../../../src/domain/when/wall-clock.ts'
import { figure } from '../../support/figures.ts'

/** The days on which the clocks of these zones change, forth and back; São Paulo has given it up. */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
  'Europe/Berlin': ['2026-03-29', '2026-10-25'],
  'America/New_York': ['2026-03-08', '2026-11-01'],
  'Australia/Sydney': ['2026-10-04', '2026-04-05'],
  'Australia/Lord_Howe': ['2026-10-04', '2026-04-05'],
  'America/Sao_Paulo': ['2026-11-01', '2026-02-15'],
  'Africa/Casablanca': ['2025-04-06', '2025-02-23'],
}
const TIMES = ['00:00', '01:30', '02:00', '02:30', '03:00', '23:59']
const DAYS = 7
const MINUTE = 60_000

const rows = Object.entries(CHANGES).flatMap(([zone, days]) =>
  days.flatMap((day) => TIMES.map((time) => [zone, day, time] as const)),
)

/** Disturbed by nothing, so that the clocks alone decide. */
const rhythmIn = (timeZone: string): Rhythm => ({
  timeZone,
  hours: { ...USUAL_HOURS, workDays: [1, 2, 3, 4, 5, 6, 7], quietFrom: '00:00', quietTo: '00:00' },
  calendar: { isHoliday: () => false, countryOf: () => null },
})

describe('F-08 what repeats every day', () => {
  it.each(rows)('in %s around %s at %s comes once on each day of the wall', (zone, change, dueTime) => {
    const rhythm = rhythmIn(zone)
    const daily = { dueTime, urgent: true, repeat: { every: 'day', interval: 1 } as const }
    let dueOn = addDays(change, -3)
    let last = dueAt({ dueOn, dueTime }, rhythm)
    const days: string[] = []
    const hours = new Set<number>()
    for (let turn = 0; turn < DAYS; turn += 1) {
      const at = turnAt({ ...daily, dueOn }, rhythm, last)
      dueOn = dayOfTurn({ ...daily, dueOn }, rhythm, at)
      days.push(wallAt(zone, at.getTime()).day)
      hours.add((at.getTime() - last.getTime()) / (60 * MINUTE))
      last = at
    }
    expect(days).toEqual(Array.from({ length: DAYS }, (_, index) => addDays(change, index - 2)))
    for (const apart of hours) {
      expect(apart).toBeGreaterThanOrEqual(23)
      expect(apart).toBeLessThanOrEqual(25)
    }
  })

  it('is shown by days on which the clocks really change', () => {
    const changes = Object.entries(CHANGES).flatMap(([zone, days]) =>
      days.filter((day) => {
        const noon = (of: string) => dueAt({ dueOn: of, dueTime: '12:00' }, rhythmIn(zone)).getTime()
        return noon(day) - noon(addDays(day, -1)) !== 24 * 60 * MINUTE
      }),
    )
    expect(changes).toHaveLength(10)
    figure('F-08', `${rows.length} schedules of 6 zones over 10 changes of clocks: once a day each`)
  })
})
