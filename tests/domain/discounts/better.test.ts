import { describe, expect, it } from 'vitest'
import { isNoWorse } from '../../../src/domain/discounts/better.ts'
import type { FactName, RuleFacts } from '../../../src/domain/discounts/facts.ts'
import { FACTS } from './facts.sample.ts'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const usd = (amount: string) => ({ amount, currency: 'USD' })
const holds = (now: Partial<RuleFacts>, tested: readonly FactName[] = [], before: Partial<RuleFacts> = {}) =>
  isNoWorse({ ...FACTS, ...before }, { ...FACTS, ...now }, tested)

describe('whether a yes still holds', () => {
  it('holds for the same terms', () => {
    expect(
      holds({}, ['percent', 'amount', 'list', 'net', 'product', 'tier', 'overdue', 'contractEndsInDays']),
    ).toBe(true)
  })

  it('holds for a smaller discount and not for a bigger one, in percent as in money, whatever the rule tested', () => {
    expect(holds({ percent: '9.99' })).toBe(true)
    expect(holds({ percent: '10.01' })).toBe(false)
    expect(holds({ amount: eur('99.99') })).toBe(true)
    expect(holds({ amount: eur('100.01') })).toBe(false)
    expect(holds({ percent: '9', amount: eur('100.01') })).toBe(false)
  })

  it('compares numbers and not letters', () => {
    expect(holds({ percent: '9' }, [], { percent: '10.0' })).toBe(true)
    expect(holds({ percent: '10.0' }, [], { percent: '10' })).toBe(true)
    expect(holds({ amount: eur('100') })).toBe(true)
  })

  it('does not hold for a longer deferral', () => {
    expect(holds({ deferralDays: '1' })).toBe(false)
    expect(holds({ deferralDays: '20' }, [], { deferralDays: '30' })).toBe(true)
  })

  it('does not hold for a lower margin, over its floor or on its own where there is no floor', () => {
    expect(holds({ marginOverFloor: '14.99' })).toBe(false)
    expect(holds({ marginOverFloor: '16' })).toBe(true)
    expect(holds({ margin: '29.99', marginOverFloor: null }, [], { marginOverFloor: null })).toBe(false)
    expect(holds({ margin: '31' })).toBe(true)
  })

  it('does not hold for what was known and is not any more, or became known since', () => {
    expect(holds({ marginOverFloor: null })).toBe(false)
    expect(holds({}, [], { marginOverFloor: null })).toBe(false)
    expect(holds({ overdue: null }, ['overdue'])).toBe(false)
  })

  it('looks at everything else only when a rule did', () => {
    expect(holds({ product: 'GTX Mini' })).toBe(true)
    expect(holds({ product: 'GTX Mini' }, ['product'])).toBe(false)
    expect(holds({ overdueDays: '40' })).toBe(true)
    expect(holds({ overdueDays: '40' }, ['overdueDays'])).toBe(false)
    expect(holds({ overdueDays: '3' }, ['overdueDays'], { overdueDays: '10' })).toBe(true)
    expect(holds({ grantedCount: '1' }, ['grantedCount'])).toBe(false)
    expect(holds({ tier: 'B' }, ['tier'])).toBe(false)
    expect(holds({ contractEndsInDays: '9' }, ['contractEndsInDays'], { contractEndsInDays: '10' })).toBe(
      false,
    )
    expect(holds({ contractEndsInDays: '11' }, ['contractEndsInDays'], { contractEndsInDays: '10' })).toBe(
      true,
    )
  })

  it('takes the list price only as it was', () => {
    expect(holds({ list: eur('999') }, ['list'])).toBe(false)
    expect(holds({ list: eur('1001') }, ['list'])).toBe(false)
    expect(holds({ list: eur('1001') })).toBe(true)
  })

  it('counts every currency for itself: there is no rate at which one pays for the other', () => {
    expect(holds({ amount: usd('1') })).toBe(false)
    expect(holds({ overdue: [eur('5')] }, ['overdue'], { overdue: [eur('5'), usd('7')] })).toBe(true)
    expect(holds({ overdue: [eur('1'), usd('1')] }, ['overdue'], { overdue: [eur('5')] })).toBe(false)
    expect(holds({ overdue: [usd('7'), eur('5')] }, ['overdue'], { overdue: [eur('5'), usd('7')] })).toBe(
      true,
    )
    expect(holds({ overdue: [] }, ['overdue'], { overdue: [eur('5')] })).toBe(true)
  })
})
