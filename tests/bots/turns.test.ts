import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createInOrder } from '../../src/bots/in-order.ts'
import { inTime, LATE } from '../../src/bots/in-time.ts'
import { remember } from '../../src/bots/remember.ts'

describe('waiting, but not for ever', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('gives the result, or the error, and leaves no timer behind', async () => {
    expect(await inTime(Promise.resolve('done'), 1_000)).toBe('done')
    await expect(inTime(Promise.reject(new Error('no')), 1_000)).rejects.toThrow('no')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('says when it is late; an error that comes later harms nobody', async () => {
    const { promise, reject } = Promise.withResolvers<string>()
    const waiting = inTime(promise, 1_000)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await waiting).toBe(LATE)
    reject(new Error('too late'))
    await vi.advanceTimersByTimeAsync(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('what has the same key is done in order, also after a failure; other keys do not wait', async () => {
  const inOrder = createInOrder()
  const done: string[] = []
  const held = Promise.withResolvers<void>()
  const first = inOrder('a', async () => {
    await held.promise
    done.push('first')
    throw new Error('no')
  })
  const second = inOrder('a', async () => done.push('second'))
  await inOrder('b', async () => done.push('other'))
  held.resolve()
  await expect(first).rejects.toThrow('no')
  await second
  expect(done).toEqual(['other', 'first', 'second'])
})

test('the oldest is forgotten first, and what was named again is not the oldest', () => {
  const map = new Map<string, number>()
  for (const [index, key] of ['a', 'b', 'a', 'c'].entries()) remember(map, key, index, 2)
  expect([...map]).toEqual([
    ['a', 2],
    ['c', 3],
  ])
})
