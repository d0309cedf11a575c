import { describe, expect, it } from 'vitest'
import { USUAL_HOURS } from '../../../src/domain/identity/hours.ts'
import { hasBegun, preparationFor } from '../../../src/domain/meetings/preparation.ts'

const NO_HOLIDAYS = { isHoliday: () => false, countryOf: () => null }
const MOSCOW = { timeZone: 'Europe/Moscow', hours: USUAL_HOURS, calendar: NO_HOLIDAYS }
const timed = (startsAt: string, endsAt: string | null = null) => ({
  day: startsAt.slice(0, 10),
  startsAt,
  endsAt,
})
const times = (...args: Parameters<typeof preparationFor>) => {
  const { evening, hour, outcome } = preparationFor(...args)
  return [evening?.toISOString() ?? null, hour?.toISOString() ?? null, outcome.toISOString()]
}

describe('a planned meeting speaks up', () => {
  it('at the end of work the day before, an hour before, and an hour after it began', () => {
    // Wed, 25 Nov 2026, 12:00 in Moscow.
    expect(times(timed('2026-11-25T09:00:00Z'), MOSCOW, null)).toEqual([
      '2026-11-24T15:00:00.000Z',
      '2026-11-25T08:00:00.000Z',
      '2026-11-25T10:00:00.000Z',
    ])
  })

  it('half an hour after its end, when that is known', () => {
    const [, , outcome] = times(timed('2026-11-25T09:00:00Z', '2026-11-25T11:30:00Z'), MOSCOW, null)
    expect(outcome).toBe('2026-11-25T12:00:00.000Z')
  })

  it('earlier when the way is long: a quarter of an hour before one has to leave', () => {
    const [, hour] = times(timed('2026-11-25T09:00:00Z'), MOSCOW, new Date('2026-11-25T07:20:00Z'))
    expect(hour).toBe('2026-11-25T07:05:00.000Z')
  })

  it('no earlier when the way is short', () => {
    const [, hour] = times(timed('2026-11-25T09:00:00Z'), MOSCOW, new Date('2026-11-25T08:40:00Z'))
    expect(hour).toBe('2026-11-25T08:00:00.000Z')
  })

  it('on the Friday evening for a Monday', () => {
    expect(times(timed('2026-11-30T09:00:00Z'), MOSCOW, null)[0]).toBe('2026-11-27T15:00:00.000Z')
  })

  it('on the evening before a holiday for the day after it', () => {
    const calendar = {
      isHoliday: (_country: string, day: string) => day === '2026-11-24',
      countryOf: () => 'RU',
    }
    expect(times(timed('2026-11-25T09:00:00Z'), { ...MOSCOW, calendar }, null)[0]).toBe(
      '2026-11-23T15:00:00.000Z',
    )
  })

  it('once, when both briefs would come at about the same time', () => {
    // 00:45 in Moscow, with an hour before at 23:45: far from 18:00; leaving at 18:40 is not.
    const meeting = timed('2026-11-25T21:45:00Z')
    expect(times(meeting, MOSCOW, null).slice(0, 2)).toEqual([
      '2026-11-25T15:00:00.000Z',
      '2026-11-25T20:45:00.000Z',
    ])
    expect(times(meeting, MOSCOW, new Date('2026-11-25T15:40:00Z')).slice(0, 2)).toEqual([
      null,
      '2026-11-25T15:25:00.000Z',
    ])
  })

  it('asks for the outcome of a late one on the next working morning', () => {
    // Friday, 19:30 in Moscow.
    expect(times(timed('2026-11-27T16:30:00Z'), MOSCOW, null)[2]).toBe('2026-11-30T06:00:00.000Z')
  })

  it('without a time of day: the evening before, and at the end of its working day', () => {
    expect(times({ day: '2026-11-25', startsAt: null, endsAt: null }, MOSCOW, null)).toEqual([
      '2026-11-24T15:00:00.000Z',
      null,
      '2026-11-25T15:00:00.000Z',
    ])
  })

  it('on the clock of whoever goes there', () => {
    const rhythm = { ...MOSCOW, timeZone: 'Asia/Vladivostok' }
    expect(times(timed('2026-11-24T23:00:00Z'), rhythm, null)[0]).toBe('2026-11-24T08:00:00.000Z')
  })

  it('keeps to the wall clock over a change of the clocks', () => {
    const rhythm = {
      ...MOSCOW,
      timeZone: 'Europe/Berlin',
      hours: { ...USUAL_HOURS, workDays: [1, 2, 3, 4, 5, 6, 7] },
    }
    // The clocks go back in the night to Sunday, 25 October 2026.
    expect(times(timed('2026-10-25T09:00:00Z'), rhythm, null)[0]).toBe('2026-10-24T16:00:00.000Z')
  })
})

describe('a meeting has begun', () => {
  it.each([
    ['2026-11-25T09:00:00Z', '2026-11-25T08:59:59Z', false],
    ['2026-11-25T09:00:00Z', '2026-11-25T09:00:00Z', true],
    [null, '2026-11-25T20:00:00Z', false],
    [null, '2026-11-26T06:00:00Z', true],
  ])('that starts at %s, at %s: %s', (startsAt, now, begun) => {
    const day = '2026-11-25'
    expect(hasBegun({ startsAt, day }, new Date(now), now.slice(0, 10))).toBe(begun)
  })
})
