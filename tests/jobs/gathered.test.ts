import { describe, expect, it } from 'vitest'
import { gathered } from '../../src/jobs/gathered.ts'

describe('work that is gathered', () => {
  it('is one call for all who ask at once, and one more for those who ask meanwhile', async () => {
    const calls: (readonly number[])[] = []
    const { promise: goOn, resolve } = Promise.withResolvers<void>()
    const double = gathered(async (numbers: readonly number[]) => {
      calls.push(numbers)
      if (calls.length === 1) await goOn
      return numbers.map((number) => number * 2)
    })
    const first = [double(1), double(2)]
    await expect.poll(() => calls.length).toBe(1)
    const second = [double(3), double(4), double(5)]
    resolve()
    expect(await Promise.all([...first, ...second])).toEqual([2, 4, 6, 8, 10])
    expect(calls).toEqual([
      [1, 2],
      [3, 4, 5],
    ])
  })

  it('that fails fails for those who asked for it, and for nobody after them', async () => {
    let broken = true
    const ask = gathered(async (words: readonly string[]) => {
      if (broken) throw new Error('away')
      return words
    })
    const answers = await Promise.allSettled([ask('a'), ask('b')])
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    broken = false
    expect(await ask('c')).toBe('c')
  })
})
