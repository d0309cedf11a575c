import { describe, expect, test } from 'vitest'
import type { ReadingContext } from '../../src/domain/imports/definition.ts'
import { dayTime, instantOf } from '../../src/domain/imports/readings.ts'
import { dayReader, WrongDateFormat } from '../../src/imports/dates.ts'

const now = new Date('2026-11-23T12:00:00Z')

describe('a day', () => {
  test.each([
    ['2025-01-31', '2025-01-31'],
    ['31.01.2025', '2025-01-31'],
    ['1.2.2025', '2025-02-01'],
    ['2025-02-30', null],
    ['31.11.2025', null],
    ['29.02.2024', '2024-02-29'],
    ['29.02.2025', null],
    ['1/31/25', null],
    ['0025-01-31', null],
    ['31.01.25', null],
  ])('without a pattern: %s', (text, day) => {
    expect(dayReader(null, now)(text)).toBe(day)
  })

  test('in a pattern of date-fns, with ISO beside it', () => {
    const read = dayReader('M/d/yy', now)
    expect([read('1/31/25'), read('12/1/25'), read('31/1/25'), read('2/30/25'), read('2025-03-04')]).toEqual([
      '2025-01-31',
      '2025-12-01',
      null,
      null,
      '2025-03-04',
    ])
  })

  test.each(['yyyy-dd-MM', 'M/yy', 'QQQQQQQQ', 'YYYY-MM-dd'])('is not read by the pattern %s', (pattern) => {
    expect(() => dayReader(pattern, now)).toThrow(WrongDateFormat)
  })

  test('stays the same in a zone where its midnight does not exist', () => {
    const zone = process.env['TZ']
    process.env['TZ'] = 'America/Sao_Paulo'
    try {
      expect(dayReader('d/M/yyyy', now)('4/11/2018')).toBe('2018-11-04')
    } finally {
      process.env['TZ'] = zone
    }
  })
})

describe('a day with a time', () => {
  const context: ReadingContext = { day: dayReader('M/d/yy', now), timeZone: 'Europe/Berlin', decimal: null }
  test.each([
    ['1/31/25', '2025-01-31'],
    ['1/31/25 15:30', '2025-01-31T15:30'],
    ['1/31/25 3:30 PM', '2025-01-31T15:30'],
    ['1/31/25 12:05 am', '2025-01-31T00:05'],
    ['2025-01-31T09:00:00', '2025-01-31T09:00'],
    ['31.01.2025, 9.00', '2025-01-31T09:00'],
    ['2025-01-31T15:30:00+03:00', '2025-01-31T12:30:00.000Z'],
  ])('%s', (text, value) => {
    expect(dayTime.read(text, context)).toEqual({ value })
  })

  test('is refused when the time does not exist', () => {
    expect(dayTime.read('2025-01-31 25:00', context)).toEqual({ refused: 'has a time that does not exist' })
  })

  test('is an instant in the zone where it was read off a clock', () => {
    expect(instantOf('2025-07-01', '15:30', { timeZone: 'Europe/Berlin' })).toBe('2025-07-01T13:30:00.000Z')
    expect(instantOf('2025-01-01', '15:30', { timeZone: 'Europe/Berlin' })).toBe('2025-01-01T14:30:00.000Z')
  })
})
