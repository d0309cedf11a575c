import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstDay, nextDay, type Repeat } from '../../../src/domain/follow-ups/repeat.ts'
import { weekdayOf } from '../../../src/domain/when/calendar.ts'

const works = (day: string) => weekdayOf(day) < 6 && day !== '2026-12-25'

/** The first day and what comes after it. */
function series(repeat: Repeat, from: string, count: number): string[] {
  const days = [firstDay(repeat, from, works)]
  while (days.length < count) days.push(nextDay(repeat, days.at(-1) ?? '', works))
  return days
}

describe('what repeats', () => {
  it('every day, and every third', () => {
    expect(series({ every: 'day', interval: 1 }, '2026-12-30', 4)).toEqual([
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
    ])
    expect(series({ every: 'day', interval: 3 }, '2028-02-27', 3)).toEqual([
      '2028-02-27',
      '2028-03-01',
      '2028-03-04',
    ])
  })

  it('F-12 every working day leaves out the weekend and the holiday', () => {
    expect(series({ every: 'workday' }, '2026-12-24', 3)).toEqual(['2026-12-24', '2026-12-28', '2026-12-29'])
  })

  it('every Monday and Thursday', () => {
    const repeat: Repeat = { every: 'week', interval: 1, weekdays: [4, 1] }
    expect(series(repeat, '2026-11-24', 4)).toEqual(['2026-11-26', '2026-11-30', '2026-12-03', '2026-12-07'])
  })

  it('F-12 every second week is counted from the first time, over week 53 and the end of the year', () => {
    const repeat: Repeat = { every: 'week', interval: 2, weekdays: [1] }
    expect(series(repeat, '2026-12-08', 4)).toEqual(['2026-12-14', '2026-12-28', '2027-01-11', '2027-01-25'])
    const twice: Repeat = { every: 'week', interval: 2, weekdays: [1, 5] }
    expect(series(twice, '2026-11-23', 4)).toEqual(['2026-11-23', '2026-11-27', '2026-12-07', '2026-12-11'])
  })

  it('F-12 on the 31st is on the last day of a shorter month, and on the 31st again after it', () => {
    const repeat: Repeat = { every: 'month', interval: 1, monthDay: 31 }
    expect(series(repeat, '2027-01-15', 4)).toEqual(['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30'])
    expect(series(repeat, '2028-02-01', 2)).toEqual(['2028-02-29', '2028-03-31'])
  })

  it('F-12 on the last day, on the last working day, and every second month', () => {
    expect(series({ every: 'month', interval: 1, monthDay: 'last' }, '2026-12-31', 3)).toEqual([
      '2026-12-31',
      '2027-01-31',
      '2027-02-28',
    ])
    expect(series({ every: 'month', interval: 1, monthDay: 'lastWorkday' }, '2026-10-31', 3)).toEqual([
      '2026-11-30',
      '2026-12-31',
      '2027-01-29',
    ])
    expect(series({ every: 'month', interval: 2, monthDay: 15 }, '2026-11-20', 3)).toEqual([
      '2026-12-15',
      '2027-02-15',
      '2027-04-15',
    ])
  })

  it('F-12 every 29 February is on the 28th in the years between', () => {
    const repeat: Repeat = { every: 'year', month: 2, monthDay: 29 }
    expect(series(repeat, '2027-06-01', 3)).toEqual(['2028-02-29', '2029-02-28', '2030-02-28'])
  })

  it('falls back into its rhythm after one time was moved', () => {
    expect(nextDay({ every: 'month', interval: 1, monthDay: 'last' }, '2026-06-02', works)).toBe('2026-06-30')
    expect(nextDay({ every: 'week', interval: 1, weekdays: [1] }, '2026-11-25', works)).toBe('2026-11-30')
  })

  it('always goes on, whatever it is', () => {
    const repeat: fc.Arbitrary<Repeat> = fc.oneof(
      fc.record({ every: fc.constant('day' as const), interval: fc.integer({ min: 0, max: 40 }) }),
      fc.record({ every: fc.constant('workday' as const) }),
      fc.record({
        every: fc.constant('week' as const),
        interval: fc.integer({ min: 0, max: 5 }),
        weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 })),
      }),
      fc.record({
        every: fc.constant('month' as const),
        interval: fc.integer({ min: 0, max: 13 }),
        monthDay: fc.oneof(
          fc.integer({ min: 1, max: 31 }),
          fc.constantFrom('last' as const, 'lastWorkday' as const),
        ),
      }),
      fc.record({
        every: fc.constant('year' as const),
        month: fc.integer({ min: 1, max: 12 }),
        monthDay: fc.integer({ min: 1, max: 31 }),
      }),
    )
    const day = fc
      .date({ min: new Date('2010-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(repeat, day, (one, from) => {
        const first = firstDay(one, from, works)
        expect(first >= from).toBe(true)
        expect(nextDay(one, first, works) > first).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each(['month', 'year'] as const)('is not sought for ever: every %s', (every) => {
    const repeat = { every, interval: 1, month: 3, monthDay: 31 } as Repeat
    for (const day of ['2026-99-99', '']) expect(() => nextDay(repeat, day, works)).toThrow(RangeError)
  })
})
