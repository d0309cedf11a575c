import { describe, expect, test } from 'vitest'
import { FIELDS, isWrongClaim, type MarkedDiscount, markDiscounts, toldMissed } from './discount-judge.ts'
import { HELD_OUT } from './discount-held-out.ts'
import { DISCOUNT_LINES } from './discount-lines.ts'
import { RUSSIAN } from './discount-lines-ru.ts'
import { SECOND_HELD_OUT } from './discount-second-held-out.ts'

const marked = await markDiscounts(DISCOUNT_LINES)
const heldOut = await markDiscounts([...HELD_OUT, ...SECOND_HELD_OUT])

const missedBy = (all: readonly MarkedDiscount[]) => all.filter(({ missed }) => missed.length > 0)
const rightOf = (all: readonly MarkedDiscount[]) => 1 - missedBy(all).length / all.length
const told = (all: readonly MarkedDiscount[]) => missedBy(all).map(toldMissed).join('\n')

describe('the table of lines about discounts', () => {
  test('is large, half of it Russian, and says nothing twice', () => {
    expect(DISCOUNT_LINES.length).toBeGreaterThanOrEqual(120)
    expect(RUSSIAN.length).toBeGreaterThanOrEqual(DISCOUNT_LINES.length / 2)
    expect(heldOut.length).toBeGreaterThanOrEqual(60)
    const lines = [...DISCOUNT_LINES, ...HELD_OUT, ...SECOND_HELD_OUT].map(({ line }) => line)
    expect(lines.filter((line, at) => lines.indexOf(line) !== at)).toEqual([])
  })

  test('is understood as a whole in at least 97 of 100 lines', () => {
    expect(rightOf(marked), told(marked)).toBeGreaterThanOrEqual(0.97)
  })

  test.each(FIELDS)('is understood in its field %s', (field) => {
    const wrong = marked.filter(({ missed }) => missed.includes(field))
    expect(wrong.length / marked.length, wrong.map(toldMissed).join('\n')).toBeLessThanOrEqual(0.02)
  })

  test('never yields a price or a product that was not meant without asking', () => {
    expect([...marked, ...heldOut].filter(isWrongClaim).map(toldMissed)).toEqual([])
  })

  test('is understood nearly as well where it was not looked at', () => {
    expect(rightOf(heldOut), told(heldOut)).toBeGreaterThanOrEqual(0.9)
  })
})
