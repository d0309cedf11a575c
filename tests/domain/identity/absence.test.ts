import { describe, expect, it } from 'vitest'
import {
  type Absence,
  fromToday,
  lending,
  loopOf,
  problemWith,
  shared,
} from '../../../src/domain/identity/absence.ts'
import { colleaguesNamed } from '../../../src/domain/identity/colleague-names.ts'
import { readAbsence } from '../../../src/domain/identity/read-absence.ts'

/** Monday, 23 November 2026, 14:30 in Moscow. */
const CONTEXT = {
  now: new Date('2026-11-23T11:30:00Z'),
  timeZone: 'Europe/Moscow',
  language: 'en',
  workdayEndsAt: '18:00',
} as const
const TODAY = '2026-11-23'

function read(line: string): readonly [days: string, name: string] {
  const { days, name } = readAbsence(line, CONTEXT)
  const text = (said: { startsOn: string; endsOn: string | null }) =>
    `${said.startsOn.slice(2)}..${said.endsOn?.slice(2) ?? ''}`
  switch (days.kind) {
    case 'clear':
      return [text(days.days), name]
    case 'doubtful':
      return [`? ${days.choices.map(text).join(' ')}`, name]
    case 'impossible':
      return [days.reason, name]
    case 'none':
      return ['none', name]
  }
}

describe('a line about an absence', () => {
  it.each([
    ['1–14 December Boris', '26-12-01..26-12-14', 'Boris'],
    ['с 1 по 14 декабря Анна', '26-12-01..26-12-14', 'Анна'],
    ['Анна с 1 по 14 декабря', '26-12-01..26-12-14', 'Анна'],
    ['с 28 декабря по 8 января Анна Орлова', '26-12-28..27-01-08', 'Анна Орлова'],
    ['1.12-14.12, boris@example.com', '26-12-01..26-12-14', 'boris@example.com'],
    ['2026-12-01 2026-12-14 Boris', '26-12-01..26-12-14', 'Boris'],
    ['tomorrow Max', '26-11-24..26-11-24', 'Max'],
    ['завтра Борис', '26-11-24..26-11-24', 'Борис'],
    ['until Friday Boris', '26-11-23..26-11-27', 'Boris'],
    ['до пятницы Борис', '26-11-23..26-11-27', 'Борис'],
    ['from tomorrow until Friday boris', '26-11-24..26-11-27', 'boris'],
    ['next week Boris', '26-11-30..26-12-06', 'Boris'],
    ['на следующей неделе меня замещает Анна', '26-11-30..26-12-06', 'Анна'],
    ['I am on vacation next week, Boris covers for me', '26-11-30..26-12-06', 'Boris'],
    ['я в отпуске с 1 по 14 декабря, замещает Анна', '26-12-01..26-12-14', 'Анна'],
    ['for two weeks Boris', '26-11-23..26-12-06', 'Boris'],
    ['на неделю Анна', '26-11-23..26-11-29', 'Анна'],
    ['с 1 декабря на 10 дней Анна', '26-12-01..26-12-10', 'Анна'],
    ['с 1 декабря Борис', '26-12-01..', 'Борис'],
    ['from 1 December, Anne-Marie O’Neill', '26-12-01..', 'Anne-Marie O’Neill'],
    ['from Monday Boris', '? 26-11-30.. 26-11-23..', 'Boris'],
    ['Mon-Wed Boris', '? 26-11-30..26-12-02 26-11-23..26-11-25', 'Boris'],
    ['14-1 December Boris', '? 26-12-14..27-12-01', 'Boris'],
    ['yesterday Boris', 'past', 'Boris'],
    ['10-15 November Boris', 'past', 'Boris'],
    ['31.11 Boris', 'noSuchDay', 'Boris'],
    ['Boris', 'none', 'Boris'],
    ['24-27 Boris', 'none', 'Boris'],
    ['', 'none', ''],
  ])('%s', (line, days, name) => {
    expect(read(line)).toEqual([days, name])
  })
})

describe('the name of a colleague', () => {
  const person = (name: string, email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`) => ({
    name,
    email,
  })
  const team = [
    person('Анна Орлова', 'anna.orlova@example.com'),
    person('Anna Berg'),
    person('Boris Example'),
    person('Марат Галиев', 'marat@example.com'),
    person('Max Weber'),
    person('Maxim Petrov'),
    person('Max'),
  ]

  it.each([
    ['Boris', ['Boris Example']],
    ['Борисом', ['Boris Example']],
    ['boris example', ['Boris Example']],
    ['Example Boris', ['Boris Example']],
    ['Орловой', ['Анна Орлова']],
    ['Анной Орловой', ['Анна Орлова']],
    ['orlova', ['Анна Орлова']],
    ['Анна', ['Анна Орлова', 'Anna Berg']],
    ['Marat Galiev', ['Марат Галиев']],
    ['MARAT@example.com', ['Марат Галиев']],
    ['marat@other.com', []],
    ['Max', ['Max']],
    ['maxi', ['Maxim Petrov']],
    ['M', []],
    ['Anna Weber', []],
    ['👋', []],
    ['', []],
  ])('%s', (typed, names) => {
    expect(colleaguesNamed(typed, team).map(({ name }) => name)).toEqual(names)
  })
})

describe('the days of an absence', () => {
  it.each([
    ['2026-11-23', '2026-11-23', null],
    ['2026-11-20', '2026-11-23', null],
    ['2026-11-20', '2026-11-22', 'past'],
    ['2026-12-14', '2026-12-01', 'backwards'],
    ['2026-12-01', '2027-12-01', null],
    ['2026-12-01', '2027-12-02', 'tooLong'],
    ['2027-11-24', '2027-11-25', null],
    ['2027-11-25', '2027-11-26', 'tooFar'],
  ])('%s to %s: %s', (startsOn, endsOn, problem) => {
    expect(problemWith({ startsOn, endsOn }, TODAY)).toBe(problem)
  })

  it('that are over already are left out', () => {
    expect(fromToday({ startsOn: '2026-11-20', endsOn: '2026-11-27' }, TODAY).startsOn).toBe(TODAY)
    const over = { startsOn: '2026-11-20', endsOn: '2026-11-22' }
    expect(problemWith(fromToday(over, TODAY), TODAY)).toBe('past')
    expect(fromToday({ startsOn: '2026-12-01', endsOn: '2026-12-02' }, TODAY).startsOn).toBe('2026-12-01')
  })

  it('are shared where both have them, the last day included', () => {
    const days = (startsOn: string, endsOn: string) => ({ startsOn, endsOn })
    expect(shared(days('2026-12-01', '2026-12-05'), days('2026-12-05', '2026-12-09'))).toEqual(
      days('2026-12-05', '2026-12-05'),
    )
    expect(shared(days('2026-12-01', '2026-12-05'), days('2026-12-06', '2026-12-09'))).toBeNull()
  })
})

describe('E-16 a circle of substitutes', () => {
  const absence = (who: string, substitute: string, startsOn: string, endsOn: string): Absence => ({
    id: `${who}-${substitute}`,
    person: { id: who, name: who },
    substitute: { id: substitute, name: substitute },
    startsOn: `2026-12-${startsOn}`,
    endsOn: `2026-12-${endsOn}`,
  })
  const planned = { person: 'a', substitute: 'b', startsOn: '2026-12-01', endsOn: '2026-12-10' }
  const loop = (...known: Absence[]) => loopOf(planned, known)?.map(({ id }) => id) ?? null

  it('is found in one step and in several', () => {
    expect(loop(absence('b', 'a', '10', '20'))).toEqual(['b-a'])
    expect(loop(absence('b', 'c', '01', '05'), absence('c', 'a', '05', '09'))).toEqual(['b-c', 'c-a'])
  })

  it('is none on different days, on days that never meet, or when the chain leads elsewhere', () => {
    expect(loop(absence('b', 'a', '11', '20'))).toBeNull()
    expect(loop(absence('b', 'c', '01', '05'), absence('c', 'a', '06', '09'))).toBeNull()
    expect(loop(absence('b', 'c', '01', '05'))).toBeNull()
  })

  it('that does not hold the absent one is walked round once', () => {
    expect(loop(absence('b', 'c', '01', '10'), absence('c', 'b', '01', '10'))).toBeNull()
  })
})

describe('what passes on to a substitute', () => {
  it.each([
    ['KAM', 'KAM', 'own'],
    ['MANAGER', 'KAM', 'tree'],
    ['DIRECTOR', 'KAM', 'own'],
    ['DIRECTOR', 'MANAGER', 'tree'],
    ['FINANCE', 'MANAGER', 'own'],
    ['ADMIN', 'KAM', 'own'],
    ['KAM', 'DIRECTOR', 'all'],
    ['DIRECTOR', 'FINANCE', 'all'],
  ] as const)('from %s to %s: %s', (absent, substitute, what) => {
    expect(lending(absent, substitute)).toBe(what)
  })
})
