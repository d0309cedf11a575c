import { describe, expect, it } from 'vitest'
import { distance, isOnSite, leaveBy, travelMinutes } from '../../../src/domain/meetings/punctuality.ts'

const MOSCOW = { latitude: 55.7558, longitude: 37.6173 }
const NOW = new Date('2026-11-23T11:30:00Z')
const at = (place: typeof MOSCOW, time: string) => ({ ...place, at: time })

describe('the distance between two places', () => {
  it.each([
    ['Moscow to Saint Petersburg', MOSCOW, { latitude: 59.9343, longitude: 30.3351 }, 633_000],
    [
      'London to New York',
      { latitude: 51.5074, longitude: -0.1278 },
      { latitude: 40.7128, longitude: -74.006 },
      5_570_000,
    ],
    ['over the antimeridian', { latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 }, 111_195],
    ['a degree of latitude', { latitude: 10, longitude: 20 }, { latitude: 11, longitude: 20 }, 111_195],
    ['half around the Earth', { latitude: 90, longitude: 0 }, { latitude: -90, longitude: 0 }, 20_015_115],
  ])('%s', (_name, from, to, metres) => {
    expect(Math.abs(distance(from, to) - metres) / metres).toBeLessThan(0.005)
    expect(distance(to, from)).toBeCloseTo(distance(from, to), 3)
  })

  it('is nothing from a place to itself', () => {
    expect(distance(MOSCOW, MOSCOW)).toBe(0)
  })
})

describe('the time on the way, by our rule of thumb', () => {
  it.each([
    // Straight metres; minutes at 25 km/h for the first 15 km of road, 60 km/h beyond, and ten to arrive.
    [0, 10],
    [1_000, 14],
    [5_000, 27],
    [10_714, 46],
    [20_000, 59],
    [50_000, 101],
  ])('%i m take %i minutes', (metres, minutes) => {
    expect(travelMinutes(metres)).toBe(minutes)
  })

  it('never gets shorter with distance', () => {
    const times = Array.from({ length: 200 }, (_, index) => travelMinutes(index * 500))
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })
})

describe('when to leave', () => {
  const startsAt = '2026-11-23T15:00:00Z'
  /** Ten kilometres to the north. */
  const to = { latitude: MOSCOW.latitude + 0.0899, longitude: MOSCOW.longitude }
  const fresh = at(MOSCOW, '2026-11-23T11:00:00Z')

  it('is the start less the time on the way', () => {
    const leave = leaveBy({ startsAt, from: fresh, to }, NOW)
    expect(leave?.minutes).toBe(44)
    expect(leave?.at.toISOString()).toBe('2026-11-23T14:16:00.000Z')
    expect(Math.round((leave?.metres ?? 0) / 100)).toBe(100)
  })

  it.each([
    ['nobody knows where one is', { startsAt, from: null, to }],
    ['the account has no place', { startsAt, from: fresh, to: null }],
    ['the last place is older than three hours', { startsAt, from: at(MOSCOW, '2026-11-23T08:29:59Z'), to }],
    ['one is there already', { startsAt, from: at(to, '2026-11-23T11:00:00Z'), to }],
    [
      'it is too far to drive',
      { startsAt, from: at({ latitude: 40, longitude: 0 }, '2026-11-23T11:00:00Z'), to },
    ],
  ])('is not estimated when %s', (_name, way) => {
    expect(leaveBy(way, NOW)).toBeNull()
  })

  it('takes a place of exactly three hours ago', () => {
    expect(leaveBy({ startsAt, from: at(MOSCOW, '2026-11-23T08:30:00Z'), to }, NOW)).not.toBeNull()
  })

  it('may have passed', () => {
    const leave = leaveBy({ startsAt: '2026-11-23T11:40:00Z', from: fresh, to }, NOW)
    expect(leave?.at.toISOString()).toBe('2026-11-23T10:56:00.000Z')
  })

  it('is asked only for meetings that one goes to', () => {
    const kinds = ['VISIT', 'CALL', 'ONLINE', 'INFORMAL', 'EMAIL', 'MEETING'] as const
    expect(kinds.filter(isOnSite)).toEqual(['VISIT', 'INFORMAL', 'MEETING'])
  })
})
