import { describe, expect, it } from 'vitest'
import { afterWorkingHours } from '../../../src/domain/discounts/working-time.ts'
import { type Hours, USUAL_HOURS } from '../../../src/domain/identity/hours.ts'
import type { Rhythm } from '../../../src/domain/follow-ups/schedule.ts'
import { HOLIDAYS } from '../../../src/holidays.ts'

const rhythmIn = (timeZone: string, hours: Partial<Hours> = {}): Rhythm => ({
  timeZone,
  hours: { ...USUAL_HOURS, ...hours },
  calendar: HOLIDAYS,
})
const after = (from: string, hours: number, rhythm: Rhythm): string =>
  afterWorkingHours(new Date(from), hours, rhythm).toISOString().slice(0, 16)

const berlin = rhythmIn('Europe/Berlin')
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

describe('working hours', () => {
  it('run while somebody works', () => {
    expect(after('2026-11-23T09:00:00Z', 2, berlin)).toBe('2026-11-23T11:00')
    expect(after('2026-11-23T09:00:00Z', 0.5, berlin)).toBe('2026-11-23T09:30')
    expect(after('2026-11-23T09:00:00Z', 4.5, berlin)).toBe('2026-11-23T13:30')
  })

  it('end with the working day to the minute, and what is left runs on the next morning', () => {
    expect(after('2026-11-23T15:00:00Z', 2, berlin)).toBe('2026-11-23T17:00')
    expect(after('2026-11-23T15:00:00Z', 2.5, berlin)).toBe('2026-11-24T08:30')
    expect(after('2026-11-23T17:00:00Z', 1, berlin)).toBe('2026-11-24T09:00')
  })

  it('begin with the morning when it is asked at night, and not before work', () => {
    expect(after('2026-11-23T22:30:00Z', 1, berlin)).toBe('2026-11-24T09:00')
    expect(after('2026-11-24T03:00:00Z', 1, berlin)).toBe('2026-11-24T09:00')
  })

  it('pass over the weekend, or whichever days somebody has off', () => {
    expect(after('2026-11-27T16:00:00Z', 2, berlin)).toBe('2026-11-30T09:00')
    expect(after('2026-11-28T10:00:00Z', 8, berlin)).toBe('2026-11-30T16:00')
    const dubai = rhythmIn('Asia/Dubai', { workDays: [7, 1, 2, 3, 4] })
    expect(after('2026-11-26T13:00:00Z', 2, dubai)).toBe('2026-11-29T06:00')
  })

  it('pass over public holidays where somebody is', () => {
    expect(after('2026-12-24T16:00:00Z', 2, berlin)).toBe('2026-12-28T09:00')
    expect(after('2026-12-24T14:00:00Z', 8, rhythmIn('America/New_York'))).toBe('2026-12-24T22:00')
    expect(after('2026-11-25T22:00:00Z', 2, rhythmIn('America/New_York'))).toBe('2026-11-27T15:00')
  })

  it('are of the wall where somebody is: the same moment ends elsewhere in another zone', () => {
    expect(after('2026-11-23T16:00:00Z', 3, berlin)).toBe('2026-11-24T10:00')
    expect(after('2026-11-23T16:00:00Z', 3, rhythmIn('America/New_York'))).toBe('2026-11-23T19:00')
    expect(after('2026-11-23T16:00:00Z', 3, rhythmIn('Asia/Kolkata', { country: 'XX' }))).toBe(
      '2026-11-24T06:30',
    )
  })

  it('follow the clocks over a change, in Berlin', () => {
    // Friday 17:00 is UTC+1, Monday 9:00 is UTC+2.
    expect(after('2026-03-27T16:00:00Z', 2, berlin)).toBe('2026-03-30T08:00')
    expect(after('2026-10-23T15:00:00Z', 2, berlin)).toBe('2026-10-26T09:00')
  })

  it('count real hours on a night on which the clocks change', () => {
    const nights = rhythmIn('Europe/Berlin', {
      workFrom: '00:00',
      workTo: '08:00',
      workDays: EVERY_DAY,
      country: 'XX',
    })
    // From midnight to eight are seven hours in March and nine in October.
    expect(after('2026-03-28T23:00:00Z', 7, nights)).toBe('2026-03-29T06:00')
    expect(after('2026-03-28T23:00:00Z', 8, nights)).toBe('2026-03-29T23:00')
    expect(after('2026-10-24T22:00:00Z', 9, nights)).toBe('2026-10-25T07:00')
    const york = { ...nights, timeZone: 'America/New_York' }
    expect(after('2026-03-08T05:00:00Z', 7, york)).toBe('2026-03-08T12:00')
    expect(after('2026-11-01T04:00:00Z', 9, york)).toBe('2026-11-01T13:00')
  })

  it('count half hours where clocks change by half an hour: Lord Howe', () => {
    const howe = rhythmIn('Australia/Lord_Howe', {
      workFrom: '00:00',
      workTo: '08:00',
      workDays: EVERY_DAY,
      country: 'XX',
    })
    // Back by half an hour on 5 April: eight and a half hours until eight.
    expect(after('2026-04-04T13:00:00Z', 8.5, howe)).toBe('2026-04-04T21:30')
    // On by half an hour on 4 October: seven and a half.
    expect(after('2026-10-03T13:30:00Z', 7.5, howe)).toBe('2026-10-03T21:00')
    expect(after('2026-10-03T13:30:00Z', 8, howe)).toBe('2026-10-04T13:30')
  })

  it('move with somebody who changes zone: what is left is counted where they are now', () => {
    const asked = '2026-11-23T15:00:00Z'
    expect(after(asked, 4, berlin)).toBe('2026-11-24T10:00')
    expect(after(asked, 4, rhythmIn('Asia/Tokyo'))).toBe('2026-11-24T04:00')
  })

  it('may be many: eighty are nine days of nine hours less one', () => {
    expect(after('2026-11-23T08:00:00Z', 80, berlin)).toBe('2026-12-03T16:00')
  })

  it('do not keep anybody waiting for ever: who works on no day is waited for two months', () => {
    const never = rhythmIn('UTC', { workDays: [] })
    expect(after('2026-11-23T09:00:00Z', 1, never)).toBe('2027-01-22T09:00')
    const backwards = rhythmIn('UTC', { workFrom: '18:00', workTo: '09:00' })
    expect(after('2026-11-23T09:00:00Z', 1, backwards)).toBe('2027-01-22T09:00')
  })
})
