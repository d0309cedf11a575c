import { beforeEach, describe, expect, it } from 'vitest'
import { createClock } from '../src/clock.ts'
import { noteJournal } from './support/journal.ts'

const NOON = Date.parse('2026-11-27T12:00:00Z')
const HOUR = 3_600_000

let system: number
let steady: number
let journal: ReturnType<typeof noteJournal>
beforeEach(() => {
  system = NOON
  steady = 0
  journal = noteJournal()
})

const clock = () => createClock({ system: () => system, steady: () => steady, journal })
/** Time passes on both. */
const pass = (ms: number) => {
  system += ms
  steady += ms
}

/** The database answers at once, or after a while. */
const hears = (one: ReturnType<typeof clock>, time: Date, afterMs = 0): Promise<void> =>
  one.compare(async () => {
    pass(afterMs)
    return time
  })

describe('F-11 the time that promises go by', () => {
  it('is the machine’s while it agrees with the database, and before anything was heard', async () => {
    const one = clock()
    expect(one.now()).toEqual(new Date(NOON))
    await hears(one, new Date(NOON - 800))
    pass(5_000)
    expect(one.now()).toEqual(new Date(NOON + 5_000))
    expect([journal.notes, one.health()]).toEqual([[], null])
  })

  it.each([
    ['an hour ahead', HOUR],
    ['an hour behind', -HOUR],
    ['ten years ahead', 87_600 * HOUR],
    ['five minutes ahead', HOUR / 12],
    ['five minutes behind', -HOUR / 12],
  ])('is the database’s on a machine that is %s, which is told and raises the alarm', async (_, byMs) => {
    system += byMs
    const one = clock()
    await hears(one, new Date(NOON))
    pass(2_000)
    expect(one.now()).toEqual(new Date(NOON + 2_000))
    expect(journal.notes.map(({ level, facts }) => [level, facts['apartMs']])).toEqual([['warn', byMs]])
    expect(one.health()).toBe(`is ${Math.abs(byMs) / 1_000} s from that of the database`)
  })

  it('is not moved by a clock that is set between two answers of the database', async () => {
    const one = clock()
    await hears(one, new Date(NOON))
    system += HOUR
    pass(3_000)
    expect(one.now()).toEqual(new Date(NOON + 3_000))
    expect(one.health()).not.toBeNull()
  })

  it('is the machine’s again once that is right, and a difference is told once in ten minutes', async () => {
    const one = clock()
    system += HOUR
    for (let look = 0; look < 59; look += 1) {
      await hears(one, new Date(NOON + steady))
      pass(10_000)
    }
    expect(journal.notes).toHaveLength(1)
    pass(10_000)
    await hears(one, new Date(NOON + steady))
    expect(journal.notes).toHaveLength(2)
    system -= HOUR
    expect(one.now()).toEqual(new Date(NOON + steady))
    expect(one.health()).toBeNull()
  })

  it('is the machine’s when the answer of the database was long on its way', async () => {
    const one = clock()
    await hears(one, new Date(NOON), 40_000)
    expect(one.now()).toEqual(new Date(NOON + 40_000))
    expect([journal.notes, one.health()]).toEqual([[], null])
    await hears(one, new Date(NOON + 55_000), 15_000)
    expect(one.now()).toEqual(new Date(NOON + 55_000))
  })

  it('is not moved by such an answer when an earlier one says more, unless the two cannot both be true', async () => {
    system += 15_000
    const one = clock()
    await hears(one, new Date(NOON))
    pass(1_000)
    await hears(one, new Date(NOON + 1_000), 20_000)
    expect(one.now()).toEqual(new Date(NOON + 21_000))
    // The database's own clock was set.
    await hears(one, new Date(NOON + HOUR), 20_000)
    expect(one.now()).toEqual(new Date(NOON + HOUR))
  })

  it('is never earlier than the database’s when such an answer shows a machine that is ahead', async () => {
    system += HOUR
    const one = clock()
    await hears(one, new Date(NOON), 2_000)
    // The database said it at some time within these two seconds.
    expect(one.now()).toEqual(new Date(NOON))
    pass(1_000)
    expect(one.now()).toEqual(new Date(NOON + 1_000))
    expect(journal.notes).toHaveLength(1)
  })

  it('does not slew by half a second of a smeared leap', async () => {
    const one = clock()
    await hears(one, new Date(NOON))
    pass(1_000)
    system -= 500
    expect(one.now()).toEqual(new Date(NOON + 500))
    expect(journal.notes).toEqual([])
  })
})
