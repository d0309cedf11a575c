import { describe, expect, test } from 'vitest'
import { type BulkWish, createPace } from '../../../src/bots/telegram/pace.ts'
import { virtualClock } from './virtual-clock.ts'

const { signal } = new AbortController()
const wish: BulkWish = { withinMs: 8_000, signal, isFree: () => true }
const patient: BulkWish = { ...wish, withinMs: Number.POSITIVE_INFINITY }

type Gone = Readonly<{ kind: 'answer' | 'bulk'; chat: string; asked: number; at: number }>

function setUp() {
  const clock = virtualClock()
  const pace = createPace(clock)
  const gone: Gone[] = []
  const answer = async (chat: string): Promise<void> => {
    const asked = clock.now()
    await pace.turn(chat, signal)
    gone.push({ kind: 'answer', chat, asked, at: clock.now() })
  }
  const bulk = async (chat: string, given: BulkWish = wish): Promise<number | null> => {
    const asked = clock.now()
    const late = await pace.bulkTurn(chat, given)
    if (late === null) gone.push({ kind: 'bulk', chat, asked, at: clock.now() })
    return late
  }
  const of = (kind: Gone['kind']) => gone.filter((one) => one.kind === kind)
  const longestWait = (ones: readonly Gone[]) => Math.max(...ones.map(({ asked, at }) => at - asked))
  return { clock, pace, gone, answer, bulk, of, longestWait }
}

/** The most that went out within any one second. */
function mostInASecond(ones: readonly Gone[]): number {
  const times = ones.map(({ at }) => at).toSorted((a, b) => a - b)
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length))
}

describe('bulk', () => {
  test('goes out at twenty-five a second at most, with five at once', async () => {
    const { clock, bulk, gone } = setUp()
    for (let chat = 0; chat < 500; chat += 1) void bulk(`${chat}`, patient)
    await clock.runTo(0)
    expect(gone).toHaveLength(5)
    await clock.runTo(10_000)
    expect(gone.length).toBeGreaterThanOrEqual(240)
    expect(mostInASecond(gone)).toBeLessThanOrEqual(25)
  })

  test('goes to one chat once a second, and never adds to a burst of answers there', async () => {
    const { clock, answer, bulk, of } = setUp()
    for (let count = 0; count < 4; count += 1) await answer('501')
    for (let count = 0; count < 3; count += 1) void bulk('501')
    await clock.runTo(8_000)
    expect(of('bulk').map(({ at }) => at)).toEqual([4_000, 5_000, 6_000])
  })

  test('that would wait too long is told so at once, and when to come back', async () => {
    const { clock, bulk, gone } = setUp()
    const told = Promise.all(Array.from({ length: 300 }, (_, chat) => bulk(`${chat}`)))
    await clock.runTo(60_000)
    const atOnce = (await told).filter((ms) => ms !== null && ms > wish.withinMs)
    expect(atOnce.length).toBeGreaterThanOrEqual(90)
    expect(gone.length).toBeGreaterThanOrEqual(195)
    expect(Math.max(...gone.map(({ at }) => at))).toBeLessThanOrEqual(wish.withinMs)
  })

  test('waits while something else is under way in its chat, and goes as soon as that has ended', async () => {
    const { clock, pace, bulk, of } = setUp()
    let isFree = false
    const told = bulk('501', { ...wish, isFree: () => isFree })
    void bulk('502')
    await clock.runTo(3_000)
    expect(of('bulk').map(({ chat }) => chat)).toEqual(['502'])
    isFree = true
    pace.stir()
    expect(await told).toBeNull()
    expect(of('bulk').at(-1)).toMatchObject({ chat: '501', at: 3_000 })
  })

  test('gives up when its time is over', async () => {
    const { clock, bulk, gone } = setUp()
    const told = bulk('501', { ...wish, isFree: () => false })
    await clock.runTo(8_000)
    expect(await told).not.toBeNull()
    expect(gone).toEqual([])
  })

  test('that has begun to arrive goes on before what has not', async () => {
    const { clock, bulk, of } = setUp()
    for (let chat = 0; chat < 100; chat += 1) void bulk(`${chat}`)
    await clock.runTo(1_000)
    void bulk('0', { ...wish, goesOn: true })
    await clock.runTo(1_100)
    expect(of('bulk').filter(({ chat }) => chat === '0')).toHaveLength(2)
  })

  test('D-06 leaves a closed chat alone for as long as Telegram said, and goes on with the others', async () => {
    const { clock, pace, bulk, of } = setUp()
    pace.close('501', 5_000)
    void bulk('501')
    void bulk('502')
    expect(await bulk('503')).toBeNull()
    await clock.runTo(10_000)
    expect(of('bulk').map(({ chat, at }) => [chat, at])).toEqual([
      ['502', 0],
      ['503', 0],
      ['501', 5_050],
    ])
  })

  test('stops altogether when Telegram refuses two chats within moments, but answers do not', async () => {
    const { clock, pace, answer, bulk, of } = setUp()
    pace.close('501', 5_000)
    pace.close('502', 6_000)
    void bulk('503')
    await answer('504')
    expect(of('answer').map(({ at }) => at)).toEqual([0])
    await clock.runTo(10_000)
    expect(of('bulk').map(({ at }) => at)).toEqual([6_050])
  })

  test('goes on when the second refusal comes long after the first', async () => {
    const { clock, pace, bulk } = setUp()
    pace.close('501', 60_000)
    await clock.runTo(20_000)
    pace.close('502', 60_000)
    expect(await bulk('503')).toBeNull()
  })
})

describe('an answer', () => {
  test('goes out at once while twenty thousand pushes wait', async () => {
    const { clock, answer, bulk, of, gone } = setUp()
    for (let chat = 0; chat < 20_000; chat += 1) void bulk(`${chat}`, patient)
    await clock.runTo(3_210)
    await answer('19999')
    expect(of('answer')).toEqual([{ kind: 'answer', chat: '19999', asked: 3_210, at: 3_210 }])
    expect(gone.length).toBeGreaterThan(70)
  })

  test('waits a quarter of a second at most while bulk runs at its full rate, ten at once too', async () => {
    const { clock, answer, bulk, gone, of, longestWait } = setUp()
    for (let chat = 0; chat < 2_000; chat += 1) void bulk(`${chat}`, patient)
    for (let second = 1; second <= 40; second += 1) {
      await clock.runTo(second * 1_000 + ((second * 137) % 1_000))
      const count = second % 8 === 0 ? 10 : 1 + (second % 3)
      for (let one = 0; one < count; one += 1) void answer(`answer ${second} ${one}`)
    }
    await clock.runTo(45_000)
    expect(of('answer').length).toBeGreaterThan(100)
    expect(longestWait(of('answer'))).toBeLessThanOrEqual(250)
    expect(mostInASecond(gone)).toBeLessThanOrEqual(30)
    expect(of('bulk').length).toBeGreaterThan(900)
  })

  test('and another never go out faster than thirty a second, however many are asked for', async () => {
    const { clock, answer, bulk, gone, of } = setUp()
    for (let chat = 0; chat < 300; chat += 1) void answer(`${chat}`)
    for (let chat = 0; chat < 100; chat += 1) void bulk(`bulk ${chat}`, patient)
    await clock.runTo(20_000)
    expect(of('answer')).toHaveLength(300)
    expect(mostInASecond(gone)).toBe(30)
    const lastAnswer = Math.max(...of('answer').map(({ at }) => at))
    expect(of('bulk')).toHaveLength(100)
    expect(of('bulk').every(({ at }) => at >= lastAnswer)).toBe(true)
  })

  test('counts from when it arrived: thirty that were long on their way are followed by none for a second', async () => {
    const { clock, pace, answer, gone } = setUp()
    for (let chat = 0; chat < 30; chat += 1) await answer(`${chat}`)
    await clock.runTo(900)
    for (let chat = 0; chat < 30; chat += 1) pace.arrived(`${chat}`)
    for (let chat = 30; chat < 60; chat += 1) void answer(`${chat}`)
    await clock.runTo(1_899)
    expect(gone).toHaveLength(30)
    await clock.runTo(1_950)
    expect(gone).toHaveLength(60)
  })

  test('that arrived late keeps the next bulk of its chat away for a second from then on', async () => {
    const { clock, pace, answer, bulk, of } = setUp()
    await answer('501')
    await clock.runTo(700)
    pace.arrived('501')
    void bulk('501')
    await clock.runTo(3_000)
    expect(of('bulk').map(({ at }) => at)).toEqual([1_700])
  })

  test('in a long row in one chat keeps a second from the arrival of the one before', async () => {
    const { clock, pace, answer, of } = setUp()
    const times: number[] = []
    const stream = (async () => {
      for (let count = 0; count < 10; count += 1) {
        await answer('502')
        await clock.pause(40, signal)
        pace.arrived('502')
        times.push(clock.now())
      }
    })()
    await clock.runTo(60_000)
    await stream
    // The first four are a burst that is borne.
    const apart = times.slice(4).map((at, index) => at - (times[index + 3] ?? 0) - 40)
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(1_000)
    expect(of('answer')).toHaveLength(10)
  })

  test('that nobody needs any more leaves its place', async () => {
    const { clock, pace, answer, of } = setUp()
    const stopping = new AbortController()
    for (let count = 0; count < 4; count += 1) await answer('501')
    const given = pace.turn('501', stopping.signal)
    stopping.abort(new Error('stopped'))
    await expect(given).rejects.toThrow('stopped')
    void answer('501')
    await clock.runTo(1_000)
    expect(of('answer')).toHaveLength(5)
  })
})
