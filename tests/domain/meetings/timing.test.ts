import { describe, expect, it } from 'vitest'
import { type Telling, timingOf } from '../../../src/domain/meetings/timing.ts'
import type { Found, When } from '../../../src/domain/when/reading.ts'
import { instantAt } from '../../../src/domain/when/wall-clock.ts'

const ZONE = 'Europe/Moscow'
/** Mon, 23 Nov 2026, 14:30 in Moscow. */
const SAID = new Date('2026-11-23T11:30:00Z')

const telling = (change: Partial<Telling> = {}): Telling => ({
  saidAt: SAID,
  now: SAID,
  timeZone: ZONE,
  tense: null,
  isTold: false,
  ...change,
})

const point = (day: string, time: string | null) => ({
  day,
  time,
  instant: time
    ? new Date(
        instantAt(ZONE, { day, minutes: Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) }),
      ).toISOString()
    : null,
})
const when = (day: string, time: string | null = null, until: When['until'] = null): When => ({
  ...point(day, time),
  until,
})
const place = { from: 0, to: 1, pieces: [] }
const clear = (at: When): Found => ({ ...place, kind: 'clear', when: at })
const read = (at: When, change: Partial<Telling> = {}) => timingOf(clear(at), telling(change))
const statusOf = (reading: ReturnType<typeof timingOf>) =>
  reading.kind === 'clear' ? reading.timing.status : reading.kind

describe('a meeting without a time', () => {
  it('was when it was said, with the day as it was there', () => {
    const saidAt = new Date('2026-11-22T22:15:00Z')
    expect(timingOf(null, telling({ saidAt }))).toEqual({
      kind: 'clear',
      timing: { status: 'HELD', day: '2026-11-23', startsAt: saidAt.toISOString(), endsAt: null },
    })
  })

  it('that is to come needs one', () => {
    expect(timingOf(null, telling({ tense: 'future' }))).toEqual({ kind: 'missing' })
  })
})

describe('a time of day', () => {
  it.each([
    ['2026-11-23', '14:30', 'HELD'],
    ['2026-11-23', '14:31', 'PLANNED'],
    ['2026-11-23', '14:29', 'HELD'],
    ['2026-11-24', '00:00', 'PLANNED'],
    ['2025-11-24', '15:00', 'HELD'],
  ])('%s %s is %s', (day, time, status) => {
    expect(statusOf(read(when(day, time)))).toBe(status)
  })

  it('keeps its end', () => {
    const reading = read(when('2026-11-24', '23:00', point('2026-11-25', '01:00')))
    expect(reading).toMatchObject({
      timing: { startsAt: '2026-11-24T20:00:00.000Z', endsAt: '2026-11-24T22:00:00.000Z' },
    })
  })

  it('that passed while the words were on their way is never planned', () => {
    const late = { now: new Date('2026-11-23T14:00:00Z') }
    expect(read(when('2026-11-23', '16:00'), late)).toEqual({ kind: 'passed' })
    expect(read(when('2026-11-23', '16:00'), { ...late, tense: 'future' })).toEqual({ kind: 'passed' })
    expect(statusOf(read(when('2026-11-23', '16:00'), { ...late, tense: 'past' }))).toBe('HELD')
    expect(statusOf(read(when('2026-11-23', '18:00'), late))).toBe('PLANNED')
  })
})

describe('a day without a time', () => {
  it('before today is over, after today is to come', () => {
    expect(statusOf(read(when('2026-11-22')))).toBe('HELD')
    expect(statusOf(read(when('2026-11-24')))).toBe('PLANNED')
  })

  it('that is today is asked, unless the words tell', () => {
    const today = when('2026-11-23')
    expect(read(today)).toEqual({ kind: 'tense' })
    expect(statusOf(read(today, { tense: 'past' }))).toBe('HELD')
    expect(statusOf(read(today, { tense: 'future' }))).toBe('PLANNED')
    expect(statusOf(read(today, { isTold: true }))).toBe('HELD')
  })

  it('that is over when the words arrive is not planned', () => {
    expect(read(when('2026-11-24'), { now: new Date('2026-11-25T09:00:00Z') })).toEqual({ kind: 'passed' })
  })
})

describe('several days', () => {
  const days = (reading: ReturnType<typeof timingOf>) =>
    reading.kind === 'choices' ? reading.choices.map(({ day }) => day) : reading

  it('are asked for the one: of a week its working days', () => {
    expect(days(read(when('2026-11-30', null, point('2026-12-06', null))))).toEqual([
      '2026-11-30',
      '2026-12-01',
      '2026-12-02',
      '2026-12-03',
      '2026-12-04',
    ])
    expect(days(read(when('2026-11-28', null, point('2026-11-29', null))))).toEqual([
      '2026-11-28',
      '2026-11-29',
    ])
  })

  it('offer only what the words allow', () => {
    const week = when('2026-11-23', null, point('2026-11-29', null))
    expect(days(read({ ...week, day: '2026-11-21' }, { tense: 'past' }))).toEqual([])
    expect(days(read(when('2026-11-20', null, point('2026-11-24', null)), { tense: 'past' }))).toEqual([
      '2026-11-20',
      '2026-11-21',
      '2026-11-22',
      '2026-11-23',
    ])
  })

  it('that are too many leave the choice to the form', () => {
    expect(days(read(when('2026-12-01', null, point('2026-12-31', null))))).toEqual([])
  })
})

it('hands on what is doubtful and what cannot be', () => {
  const choices = [when('2026-11-20'), when('2026-11-27')]
  expect(timingOf({ ...place, kind: 'doubtful', choices }, telling())).toEqual({ kind: 'choices', choices })
  expect(timingOf({ ...place, kind: 'impossible', reason: 'noSuchDay' }, telling())).toEqual({
    kind: 'impossible',
    reason: 'noSuchDay',
  })
})
