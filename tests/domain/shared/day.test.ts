import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayIn, daysBetween, shareOfYear, yearEarlier } from '../../../src/domain/shared/day.ts'

describe('a day', () => {
  it.each([
    ['2026-11-23T21:30:00Z', 'Europe/Moscow', '2026-11-24'],
    ['2026-11-23T21:30:00Z', 'UTC', '2026-11-23'],
    ['2026-01-01T04:59:00Z', 'America/New_York', '2025-12-31'],
    ['2026-03-29T00:30:00Z', 'Europe/Berlin', '2026-03-29'],
    ['2026-11-23T10:30:00Z', 'Pacific/Kiritimati', '2026-11-24'],
  ])('at %s in %s is %s', (instant, zone, day) => {
    expect(dayIn(zone, new Date(instant))).toBe(day)
  })

  it('a year earlier is the same date, and 28 February for 29', () => {
    expect(yearEarlier('2026-11-23')).toBe('2025-11-23')
    expect(yearEarlier('2028-02-29')).toBe('2027-02-28')
  })

  it('knows how much of its year is gone', () => {
    expect(shareOfYear('2026-12-31')).toBe(1)
    expect(shareOfYear('2026-01-01')).toBeCloseTo(1 / 365)
    expect(shareOfYear('2028-12-31')).toBe(1)
  })

  it('counts days forth and back alike', () => {
    const days = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(days, fc.integer({ min: -5000, max: 5000 }), (date, count) => {
        const day = date.toISOString().slice(0, 10)
        expect(daysBetween(day, addDays(day, count))).toBe(count)
      }),
    )
  })
})
