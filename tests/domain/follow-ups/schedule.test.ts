import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chaseAt,
  dayAfterDone,
  dayOfTurn,
  isPast,
  isQuiet,
  isWorkday,
  nextQuietFree,
  remindAgainAt,
  remindAt,
  reopenedAt,
  type Rhythm,
  snoozeUntil,
  turnAt,
} from '../../../src/domain/follow-ups/schedule.ts'
import { type Calendar, type Hours, USUAL_HOURS } from '../../../src/domain/identity/hours.ts'
import { addDays } from '../../../src/domain/shared/day.ts'
import { wallAt } from '../../../src/domain/when/wall-clock.ts'
import { HOLIDAYS } from '../../../src/holidays.ts'
import { COUNTRIES, DATES, DAYS_OFF } from './dates.ts'

const calendar: Calendar = {
  isHoliday: (country, day) => (DAYS_OFF[country] ?? []).includes(day),
  countryOf: (timeZone) => COUNTRIES[timeZone] ?? null,
}
const rhythmIn = (timeZone: string, hours: Partial<Hours> = {}): Rhythm => ({
  timeZone,
  hours: { ...USUAL_HOURS, ...hours },
  calendar,
})
const berlin = rhythmIn('Europe/Berlin')
const at = (iso: string) => new Date(iso)
const due = (dueOn: string, dueTime: string | null = null, urgent = false) => ({ dueOn, dueTime, urgent })
const short = (date: Date) => date.toISOString().replace(':00.000Z', 'Z')

type Row = readonly [zone: string, day: string, time: string, expected: string]

function rowsOf(table: string): Row[] {
  let zone = ''
  return table
    .trim()
    .split('\n')
    .flatMap((line): Row[] => {
      if (!line.startsWith(' ')) {
        zone = line
        return []
      }
      const [day = '', ...cells] = line.trim().split(' | ')
      return cells.map((cell): Row => {
        const [time = '', expected = ''] = cell.split(' ')
        return [zone, day, time, expected]
      })
    })
}

const ROWS = rowsOf(DATES)

describe('F-12 a reminder in the table of dates', () => {
  it('covers at least 200 dates in 6 zones', () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(200)
    expect(new Set(ROWS.map(([zone]) => zone)).size).toBeGreaterThanOrEqual(6)
  })

  it.each(ROWS)('%s, %s %s, comes at %s', (zone, day, time, expected) => {
    const dueTime = time === '-' ? null : time.replace('!', '')
    const now = at(`${addDays(day, -4)}T12:00:00Z`)
    expect(short(remindAt(due(day, dueTime, time.endsWith('!')), rhythmIn(zone), now))).toBe(expected)
  })
})

describe('the time of a reminder', () => {
  it('is an hour from now when the morning of a day without a time is over', () => {
    expect(short(remindAt(due('2026-11-24'), berlin, at('2026-11-24T10:10:00Z')))).toBe('2026-11-24T11:10Z')
  })

  it('is an hour from now also then the next working moment, when that hour is quiet', () => {
    expect(short(remindAt(due('2026-11-24'), berlin, at('2026-11-24T18:30:00Z')))).toBe('2026-11-25T08:00Z')
  })

  it('is never before now, also for what is long overdue', () => {
    const now = at('2026-11-24T10:10:00Z')
    expect(remindAt(due('2026-11-01', '10:00'), berlin, now)).toEqual(now)
    expect(remindAt(due('2026-11-24', '10:00'), berlin, now)).toEqual(now)
  })

  it('stays outside working hours as long as these are not quiet', () => {
    expect(short(remindAt(due('2026-11-24', '19:30'), berlin, at('2026-11-23T10:00:00Z')))).toBe(
      '2026-11-24T18:30Z',
    )
    expect(short(remindAt(due('2026-11-24', '08:15'), berlin, at('2026-11-23T10:00:00Z')))).toBe(
      '2026-11-24T07:15Z',
    )
  })

  it('F-08 comes as much later as the clocks jump, and at the first coming of a repeated hour', () => {
    const sleepless = rhythmIn('Europe/Berlin', {
      quietFrom: '00:00',
      quietTo: '00:00',
      workDays: [1, 2, 3, 4, 5, 6, 7],
    })
    const now = at('2026-03-01T00:00:00Z')
    expect(short(remindAt(due('2026-03-29', '02:30'), sleepless, now))).toBe('2026-03-29T01:30Z')
    expect(short(remindAt(due('2026-10-25', '02:30'), sleepless, now))).toBe('2026-10-25T00:30Z')
  })

  it('knows real public holidays: the Russian New Year lasts until work begins', () => {
    const moscow = { ...rhythmIn('Europe/Moscow'), calendar: HOLIDAYS }
    const reminder = remindAt(due('2027-01-01', '10:00'), moscow, at('2026-12-20T00:00:00Z'))
    expect(short(reminder)).toBe('2027-01-11T06:00Z')
  })

  it('takes the country that was chosen before that of the zone', () => {
    const american = rhythmIn('Europe/Berlin', { country: 'US' })
    const now = at('2026-11-20T12:00:00Z')
    expect(short(remindAt(due('2026-11-26', '10:00'), american, now))).toBe('2026-11-27T08:00Z')
    expect(short(remindAt(due('2026-11-26', '10:00'), berlin, now))).toBe('2026-11-26T09:00Z')
  })

  it('believes no calendar that says work never comes', () => {
    const never = { ...berlin, calendar: { ...calendar, isHoliday: () => true } }
    const moment = at('2026-11-24T10:00:00Z')
    expect(nextQuietFree(moment, never)).toEqual(moment)
  })

  it('waits for the end of quiet hours that reach into work, or lie in its middle', () => {
    const late = rhythmIn('Europe/Berlin', { quietFrom: '22:00', quietTo: '10:30' })
    expect(short(nextQuietFree(at('2026-11-24T08:10:00Z'), late))).toBe('2026-11-24T09:30Z')
    const siesta = rhythmIn('Europe/Berlin', { quietFrom: '13:00', quietTo: '15:00' })
    expect(short(nextQuietFree(at('2026-11-24T12:30:00Z'), siesta))).toBe('2026-11-24T14:00Z')
    expect(short(nextQuietFree(at('2026-11-28T12:30:00Z'), siesta))).toBe('2026-11-30T08:00Z')
  })
})

describe('what the client promised', () => {
  it('is chased on the working morning after its day', () => {
    const now = at('2026-11-23T10:00:00Z')
    expect(short(chaseAt(due('2026-11-24', '10:00'), berlin, now))).toBe('2026-11-25T08:00Z')
    expect(short(chaseAt(due('2026-11-27'), berlin, now))).toBe('2026-11-30T08:00Z')
    expect(short(chaseAt(due('2026-11-27', null, true), berlin, now))).toBe('2026-11-28T08:00Z')
    expect(chaseAt(due('2026-11-01'), berlin, now)).toEqual(now)
  })
})

describe('a snooze', () => {
  const friday = at('2026-11-27T19:30:00Z')
  const plain = { urgent: false }

  it('of an hour is an hour, also into the quiet: whoever presses it is awake', () => {
    expect(short(snoozeUntil('hour', plain, berlin, friday))).toBe('2026-11-27T20:30Z')
  })

  it('until tomorrow is the next working morning, or tomorrow itself when it is urgent', () => {
    expect(short(snoozeUntil('tomorrow', plain, berlin, friday))).toBe('2026-11-30T08:00Z')
    expect(short(snoozeUntil('tomorrow', { urgent: true }, berlin, friday))).toBe('2026-11-28T08:00Z')
  })

  it('until next week is the morning of the same weekday', () => {
    expect(short(snoozeUntil('week', plain, berlin, at('2026-11-24T10:00:00Z')))).toBe('2026-12-01T08:00Z')
  })

  it('is over the change of clocks still a morning', () => {
    expect(short(snoozeUntil('week', plain, berlin, at('2026-03-25T10:00:00Z')))).toBe('2026-04-01T07:00Z')
  })
})

describe('what repeats', () => {
  const daily = { ...due('2026-11-27', '09:00'), repeat: { every: 'day', interval: 1 } as const }

  it('takes its turn at the next working moment, and a weekend is one turn', () => {
    const turn = turnAt(daily, berlin, at('2026-11-27T08:00:00Z'))
    expect(short(turn)).toBe('2026-11-30T08:00Z')
    expect(dayOfTurn(daily, berlin, turn)).toBe('2026-11-30')
  })

  it('goes on to its next time once it is done, never to one that has passed', () => {
    expect(dayAfterDone(daily, berlin, at('2026-11-27T07:00:00Z'))).toBe('2026-11-28')
    expect(dayAfterDone(daily, berlin, at('2026-11-29T15:00:00Z'))).toBe('2026-11-30')
  })

  it('is one turn after an outage of many', () => {
    expect(dayOfTurn(daily, berlin, at('2026-12-20T15:00:00Z'))).toBe('2026-12-20')
  })
})

describe('the rest of the rules', () => {
  it('a day is past when it is over, a time when it has come', () => {
    const now = at('2026-11-24T10:00:00Z')
    expect(isPast(due('2026-11-24'), berlin, now)).toBe(false)
    expect(isPast(due('2026-11-23'), berlin, now)).toBe(true)
    expect(isPast(due('2026-11-24', '11:00'), berlin, now)).toBe(true)
    expect(isPast(due('2026-11-24', '11:01'), berlin, now)).toBe(false)
  })

  it('what was reopened is reminded of at its time, or in an hour when that is over', () => {
    const now = at('2026-11-24T10:00:00Z')
    const later = at('2026-11-25T08:00:00Z')
    expect(remindAgainAt(later, { urgent: false }, berlin, now)).toEqual(later)
    expect(short(remindAgainAt(at('2026-11-24T09:00:00Z'), { urgent: false }, berlin, now))).toBe(
      '2026-11-24T11:00Z',
    )
  })

  it('what had been put off is reminded of when it was put off to, while that is to come', () => {
    const now = at('2026-11-24T10:00:00Z')
    const reopened = (snoozedUntil: string | null) =>
      reopenedAt({ ...due('2026-11-23', '09:00'), promisedBy: 'US', snoozedUntil }, berlin, now)
    const later = at('2026-11-30T08:00:00Z')
    expect(reopened(later.toISOString())).toEqual({ remindAt: later, snoozedUntil: later })
    const inAnHour = { remindAt: at('2026-11-24T11:00:00Z'), snoozedUntil: null }
    for (const over of [now.toISOString(), '2026-11-24T09:00:00.000Z', null])
      expect(reopened(over)).toEqual(inAnHour)
  })
})

const time = fc
  .integer({ min: 0, max: 1439 })
  .map((minutes) => new Date(minutes * 60_000).toISOString().slice(11, 16))
const anyRhythm = fc
  .record({
    timeZone: fc.constantFrom(...Object.keys(COUNTRIES)),
    workFrom: time,
    quietFrom: time,
    quietTo: time,
    workDays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  })
  .map(({ timeZone, ...hours }) => rhythmIn(timeZone, hours))
const anyDate = fc.date({
  min: at('2010-01-01T00:00:00Z'),
  max: at('2030-01-01T00:00:00Z'),
  noInvalidDate: true,
})
const anyDue = fc.record({
  dueOn: anyDate.map((date) => date.toISOString().slice(0, 10)),
  dueTime: fc.option(time),
  urgent: fc.boolean(),
})

describe('any reminder', () => {
  it('is never before now, and unless it is urgent never in the quiet and always on a working day', () => {
    fc.assert(
      fc.property(anyRhythm, anyDue, anyDate, (rhythm, promised, now) => {
        const reminder = remindAt(promised, rhythm, now)
        expect(reminder.getTime()).toBeGreaterThanOrEqual(now.getTime())
        if (promised.urgent) return
        const { day, minutes } = wallAt(rhythm.timeZone, reminder.getTime())
        expect(isWorkday(day, rhythm)).toBe(true)
        expect(isQuiet(minutes, rhythm.hours)).toBe(false)
      }),
      { numRuns: 1_500 },
    )
  })

  it('is at its own time where that may disturb', () => {
    fc.assert(
      fc.property(anyRhythm, anyDate, (rhythm, moment) => {
        const { day, minutes } = wallAt(rhythm.timeZone, moment.getTime())
        const free = isWorkday(day, rhythm) && !isQuiet(minutes, rhythm.hours)
        const moved = nextQuietFree(moment, rhythm)
        expect(moved.getTime() === moment.getTime()).toBe(free)
        expect(nextQuietFree(moved, rhythm)).toEqual(moved)
      }),
      { numRuns: 1_500 },
    )
  })
})
