import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { findWhens, readWhen } from '../../../src/domain/when/read-when.ts'
import type { Found, When, WhenContext, WhenReading } from '../../../src/domain/when/reading.ts'
import { HELD_OUT } from '../../when/held-out.ts'
import { toldWhen } from '../../when/judge.ts'
import { PHRASES } from '../../when/phrases.ts'
import { BERLIN, contextOf, LONDON, MOSCOW, NEW_YORK, VLADIVOSTOK } from '../../when/table.ts'

const SCENES = [MOSCOW, LONDON, NEW_YORK, BERLIN, VLADIVOSTOK].map(contextOf)
const LINES = [...PHRASES, ...HELD_OUT].map(({ line }) => line)

function offered(reading: WhenReading): readonly When[] {
  if (reading.kind === 'clear') return [reading.when]
  return reading.kind === 'doubtful' ? reading.choices : []
}

/** Any characters, and pieces of real lines in any order. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(fc.constantFrom(...LINES.flatMap((line) => line.split(' '))), { maxLength: 12 })
    .map((words) => words.join(' ')),
  fc.array(fc.constantFrom(...LINES), { maxLength: 4 }).map((lines) => lines.join(', ')),
)
const anyNow = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
const anyContext = fc
  .tuple(
    fc.constantFrom(...SCENES),
    anyNow,
    fc.constantFrom('past' as const, 'future' as const, 'any' as const),
  )
  .map(([scene, now, direction]): WhenContext => ({ ...scene, now, direction }))

describe('reading when', () => {
  it('answers any string at any time without throwing', () => {
    fc.assert(
      fc.property(anyText, anyContext, (text, context) => {
        expect(() => readWhen(text, context)).not.toThrow()
      }),
      { numRuns: 3000 },
    )
  })

  it('never plans in the past and never logs the future', () => {
    fc.assert(
      fc.property(anyText, anyContext, (text, context) => {
        if (context.direction === 'any') return
        const sign = context.direction === 'future' ? 1 : -1
        const today = wallDay(context)
        for (const found of findWhens(text, context))
          for (const { day, instant } of offered(found)) {
            if (instant)
              expect(sign * (Date.parse(instant) - context.now.getTime())).toBeGreaterThanOrEqual(0)
            expect(sign * (Date.parse(day) - Date.parse(today))).toBeGreaterThanOrEqual(0)
          }
      }),
      { numRuns: 3000 },
    )
  })

  it('says a day and hour that the wall shows at its instant', () => {
    fc.assert(
      fc.property(anyText, anyContext, (text, context) => {
        for (const when of findWhens(text, context).flatMap(offered))
          for (const { day, time, instant } of when.until ? [when, when.until] : [when]) {
            expect(time === null).toBe(instant === null)
            if (instant) expect(wallText(context.timeZone, instant)).toBe(`${day} ${time}`)
          }
      }),
      { numRuns: 2000 },
    )
  })

  it('ends no range before it begins, not even with an end of an earlier year', () => {
    const now = new Date('2027-12-24T21:00:00.000Z')
    for (const text of ['завтра до 12/25/2026', '25.12.2027-01.02.2024', 'from tomorrow until 3 May 2020']) {
      for (const found of findWhens(text, {
        now,
        timeZone: 'Europe/Moscow',
        language: 'ru',
        direction: 'any',
      })) {
        for (const { day, until } of offered(found))
          expect(until === null || until.day >= day, text).toBe(true)
      }
    }
  })

  it('offers two to four different choices, none of which ends before it begins', () => {
    fc.assert(
      fc.property(anyText, anyContext, (text, context) => {
        for (const found of findWhens(text, context)) {
          if (found.kind === 'doubtful') {
            expect(found.choices.length).toBeGreaterThanOrEqual(2)
            expect(found.choices.length).toBeLessThanOrEqual(4)
            expect(new Set(found.choices.map(toldWhen)).size).toBe(found.choices.length)
          }
          for (const { day, until } of offered(found)) if (until) expect(until.day >= day).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('points at places of the text, one after the other', () => {
    fc.assert(
      fc.property(anyText, anyContext, (text, context) => {
        let last = 0
        for (const { from, to, pieces } of findWhens(text, context)) {
          expect(from).toBe(pieces[0]?.from)
          expect(to).toBe(pieces.at(-1)?.to)
          for (const piece of pieces) {
            expect(piece.from).toBeGreaterThanOrEqual(last)
            expect(piece.to).toBeGreaterThan(piece.from)
            last = piece.to
          }
          expect(to).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the place in the text', () => {
  const placesOf = (text: string, context: WhenContext) =>
    findWhens(text, context).flatMap(({ pieces }: Found) =>
      pieces.map(({ from, to }) => text.slice(from, to)),
    )

  it('takes the preposition with it', () => {
    expect(placesOf('Ромашка, отправить КП до пятницы, срочно', contextOf(MOSCOW))).toEqual(['до пятницы'])
  })

  it('leaves out the matter between a day and its hour', () => {
    expect(placesOf('tomorrow with Ivan at 3pm', contextOf(LONDON))).toEqual(['tomorrow', 'at 3pm'])
  })

  it('is right behind letters written as two characters and behind emoji', () => {
    const text = 'Йогурт 🥛 завтра в 15:00'.normalize('NFD')
    expect(placesOf(text, contextOf(MOSCOW))).toEqual(['завтра в 15:00'])
  })

  it('is told for every time of a line', () => {
    const past = { ...contextOf(MOSCOW), direction: 'any' as const }
    expect(
      findWhens('вчера обсудили цены; далее: отправить КП до 27 ноября', past).flatMap(offered).map(toldWhen),
    ).toEqual(['2026-11-22', '2026-11-27'])
  })
})

describe('a weekend', () => {
  const read = (text: string, day: number, direction: WhenContext['direction']) =>
    offered(readWhen(text, { ...contextOf(MOSCOW), now: new Date(`2026-11-${day}T11:30:00Z`), direction }))
  const WORDS = ['met Acme over the weekend', 'был в Ромашке на выходных']

  test.each(WORDS)('that was is the last one until the next has come: %s', (text) => {
    for (const day of [23, 24, 25, 26, 27])
      expect(read(text, day, 'past').map(toldWhen)).toEqual(['2026-11-21..2026-11-22'])
    expect(read(text, 28, 'past').map(toldWhen)).toEqual(['2026-11-28..2026-11-28'])
    expect(read(text, 29, 'past').map(toldWhen)).toEqual(['2026-11-28..2026-11-29'])
  })

  test.each(WORDS)('is asked for when it may have been or be to come: %s', (text) => {
    const both = ['2026-11-28..2026-11-29', '2026-11-21..2026-11-22']
    expect(read(text, 27, 'any').map(toldWhen)).toEqual(both)
    expect(read(text, 28, 'any').map(toldWhen)).toEqual(both.slice(0, 1))
    expect(read(text, 27, 'future').map(toldWhen)).toEqual(both.slice(0, 1))
  })

  test.each(['last weekend', 'на прошлых выходных', 'в прошлые выходные'])(
    'that is named as the last one is: %s',
    (text) => expect(read(text, 23, 'any').map(toldWhen)).toEqual(['2026-11-21..2026-11-22']),
  )
})

describe('what the person set', () => {
  it('decides when their working day ends', () => {
    const early = { ...contextOf(LONDON), workdayEndsAt: '16:30' }
    expect(offered(readWhen('EOD Friday', early)).map(toldWhen)).toEqual(['2026-11-27 16:30'])
  })

  it('must name a time zone that exists', () => {
    expect(() => readWhen('tomorrow', { ...contextOf(LONDON), timeZone: 'Mars/Olympus' })).toThrow(RangeError)
  })
})

describe('a hostile line', () => {
  const UNITS = [
    'a',
    '1',
    '1.',
    '12.12 ',
    'завтра ',
    'с 10 до ',
    'Mon-',
    '12/',
    'через ',
    'пн, ',
    'в 10-15 ',
    '-',
    'it ',
    ' ',
  ]
  test.each(UNITS)('of 100 kB of %j takes time in proportion to its length', (unit) => {
    const took = (size: number) => {
      const text = unit.repeat(Math.ceil(size / unit.length))
      const started = performance.now()
      findWhens(text, contextOf(MOSCOW))
      return performance.now() - started
    }
    took(10_000)
    // Quadratic time would take a hundredfold: thirty leaves room for a busy machine.
    expect(took(100_000)).toBeLessThan(Math.max(30 * took(10_000), 2000))
  })
})

function wallText(timeZone: string, instant: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(instant),
  )
}

function wallDay({ timeZone, now }: WhenContext): string {
  return wallText(timeZone, now.toISOString()).slice(0, 10)
}
