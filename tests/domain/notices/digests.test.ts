import { describe, expect, it } from 'vitest'
import { USUAL_HOURS } from '../../../src/domain/identity/hours.ts'
import { nextAgenda, nextWeekly, weekBefore } from '../../../src/domain/notices/digests.ts'
import { HOLIDAYS } from '../../../src/holidays.ts'

const rhythm = (timeZone: string, hours: Partial<typeof USUAL_HOURS> = {}) => ({
  timeZone,
  hours: { ...USUAL_HOURS, ...hours },
  calendar: HOLIDAYS,
})

const shown = (digest: ReturnType<typeof nextAgenda>) => digest && `${digest.day} ${digest.at.toISOString()}`
const agenda = (zone: string, now: string, hours: Partial<typeof USUAL_HOURS> = {}) =>
  shown(nextAgenda(rhythm(zone, hours), new Date(now)))
const weekly = (zone: string, now: string, hours: Partial<typeof USUAL_HOURS> = {}) =>
  shown(nextWeekly(rhythm(zone, hours), new Date(now)))

describe('the morning agenda', () => {
  it('comes today when its time is still ahead, else on the next working day', () => {
    expect(agenda('Europe/Moscow', '2026-11-23T05:29:59Z')).toBe('2026-11-23 2026-11-23T05:30:00.000Z')
    expect(agenda('Europe/Moscow', '2026-11-23T05:30:00Z')).toBe('2026-11-24 2026-11-24T05:30:00.000Z')
    expect(agenda('Europe/Moscow', '2026-11-27T12:00:00Z')).toBe('2026-11-30 2026-11-30T05:30:00.000Z')
  })

  it('knows which day it is where the person is', () => {
    expect(agenda('Pacific/Auckland', '2026-11-22T18:00:00Z')).toBe('2026-11-23 2026-11-22T19:30:00.000Z')
    expect(agenda('America/Los_Angeles', '2026-11-23T07:00:00Z')).toBe('2026-11-23 2026-11-23T16:30:00.000Z')
  })

  it('rests on public holidays, and works on the days that somebody works', () => {
    expect(agenda('Europe/Moscow', '2026-12-31T12:00:00Z')).toBe('2027-01-11 2027-01-11T05:30:00.000Z')
    expect(agenda('Europe/Berlin', '2026-12-24T12:00:00Z')).toBe('2026-12-28 2026-12-28T07:30:00.000Z')
    expect(agenda('Asia/Dubai', '2026-11-27T12:00:00Z', { workDays: [7, 1, 2, 3, 4] })).toBe(
      '2026-11-29 2026-11-29T04:30:00.000Z',
    )
  })

  it('keeps its hour on the wall when the clocks change, also when that hour is left out or comes twice', () => {
    const everyDay = { workDays: [1, 2, 3, 4, 5, 6, 7] }
    expect(agenda('Europe/Berlin', '2026-03-28T12:00:00Z', everyDay)).toBe(
      '2026-03-29 2026-03-29T06:30:00.000Z',
    )
    expect(agenda('Europe/Berlin', '2026-03-28T12:00:00Z', { ...everyDay, digestAt: '02:30' })).toBe(
      '2026-03-29 2026-03-29T01:30:00.000Z',
    )
    expect(agenda('America/New_York', '2026-10-31T12:00:00Z', { ...everyDay, digestAt: '01:30' })).toBe(
      '2026-11-01 2026-11-01T05:30:00.000Z',
    )
    // Its second coming is not another morning.
    expect(agenda('America/New_York', '2026-11-01T05:30:00Z', { ...everyDay, digestAt: '01:30' })).toBe(
      '2026-11-02 2026-11-02T06:30:00.000Z',
    )
  })

  it('never comes to whoever wants none', () => {
    expect(agenda('Europe/Moscow', '2026-11-23T05:00:00Z', { digestAt: null })).toBeNull()
  })

  it('is one for each local day in every zone over a year, and never in the past', () => {
    for (const zone of [
      'Europe/Moscow',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'America/Sao_Paulo',
      'Africa/Casablanca',
    ]) {
      let now = new Date('2026-01-01T00:00:00Z')
      const days = new Set<string>()
      while (now < new Date('2027-01-01T00:00:00Z')) {
        const next = nextAgenda(rhythm(zone), now)
        expect(next && next.at > now, zone).toBe(true)
        if (!next) break
        expect(days.has(next.day), `${zone} ${next.day}`).toBe(false)
        days.add(next.day)
        now = next.at
      }
      expect(days.size, zone).toBeGreaterThan(220)
    }
  })
})

describe('the digest of the week', () => {
  it('comes on Monday, or on the first working day of the week, and is named by its Monday', () => {
    expect(weekly('Europe/Moscow', '2026-11-23T05:00:00Z')).toBe('2026-11-23 2026-11-23T05:30:00.000Z')
    expect(weekly('Europe/Moscow', '2026-11-23T06:00:00Z')).toBe('2026-11-30 2026-11-30T05:30:00.000Z')
    // Easter Monday.
    expect(weekly('Europe/Berlin', '2026-04-03T12:00:00Z')).toBe('2026-04-06 2026-04-07T06:30:00.000Z')
    // A week without a working day has none.
    expect(weekly('Europe/Moscow', '2026-12-29T12:00:00Z')).toBe('2027-01-11 2027-01-11T05:30:00.000Z')
  })

  it('comes on the first of the days that somebody works', () => {
    expect(weekly('Asia/Dubai', '2026-11-27T12:00:00Z', { workDays: [2, 3, 4, 7] })).toBe(
      '2026-11-30 2026-12-01T04:30:00.000Z',
    )
  })

  it('has before it the last week in which somebody worked', () => {
    expect(weekBefore('2026-11-23', rhythm('Europe/Moscow'))).toBe('2026-11-16')
    expect(weekBefore('2027-01-11', rhythm('Europe/Moscow'))).toBe('2026-12-28')
  })
})
