import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Spent, spentWith } from '../../../src/domain/identity/allowance.ts'

const allowance = { most: 5, withinMs: 1_000 }

/** Which of these, said at these times and arriving in this order, are admitted. */
function admitted(times: readonly number[]): number[] {
  let spent: Spent = []
  return times.filter((at) => {
    const next = spentWith(spent, at, allowance)
    spent = next ?? spent
    return next !== null
  })
}

describe('the allowance of one person', () => {
  it('lets as many through at once as it names, and the next when the first is long enough ago', () => {
    expect(admitted([0, 0, 0, 0, 0, 0, 999, 1_000])).toEqual([0, 0, 0, 0, 0, 1_000])
  })

  it('never lets more through within its time, and always as many', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 200 }), (gaps) => {
        let at = 0
        const times = gaps.map((gap) => (at += gap))
        const through = admitted(times)
        for (const time of through)
          expect(through.filter((other) => other <= time && time - other < 1_000).length).toBeLessThan(6)
        // Whatever was held back stood behind a full allowance.
        const held = times.filter((time) => !through.includes(time))
        for (const time of held)
          expect(through.filter((other) => Math.abs(time - other) < 1_000).length).toBeGreaterThanOrEqual(5)
      }),
    )
  })

  it('does not count together what was said apart, though it arrives in another order', () => {
    const spoken = Array.from({ length: 20 }, (_, index) => index * 400)
    expect(admitted([60_000, ...spoken.toReversed()])).toHaveLength(21)
  })
})
