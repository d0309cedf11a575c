import { describe, expect, it } from 'vitest'
import { deepestPassing } from '../../../src/domain/discounts/passing.ts'
import type { Rule } from '../../../src/domain/discounts/policy.ts'
import { DIRECTOR, FACTS, GRANT, MANAGER, percentOver, policyOf, ruleOf, STOP } from './facts.sample.ts'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const passes = (percent: string, ...rules: readonly Rule[]) => {
  const found = deepestPassing(policyOf(...rules), percent, (at) => ({
    ...FACTS,
    percent: at,
    amount: eur(String(Number(at) * 10)),
  }))
  return found && `${found.percent} ${found.verdict.kind}`
}

describe('what would pass instead of a discount that was stopped', () => {
  it('is the deepest below the stop, to the hundredth', () => {
    expect(passes('40', ruleOf('Deep', STOP, percentOver('25')), ruleOf('Boss', MANAGER))).toBe('25 chain')
    expect(passes('40', ruleOf('Deep', STOP, percentOver('17.37')), ruleOf('Boss', MANAGER))).toBe(
      '17.37 chain',
    )
    const under = ruleOf('From', STOP, { kind: 'number', fact: 'percent', bound: { atLeast: '25' } })
    expect(passes('40', under, ruleOf('Boss', MANAGER))).toBe('24.99 chain')
  })

  it('is near when the stop is near', () => {
    expect(passes('25.01', ruleOf('Deep', STOP, percentOver('25')))).toBe('25 chain')
    expect(passes('25.3', ruleOf('Deep', STOP, percentOver('25.2')))).toBe('25.2 chain')
    expect(passes('0.3', ruleOf('Deep', STOP, percentOver('0.2')))).toBe('0.2 chain')
  })

  it('may be stopped by money and not by the percentage', () => {
    const sum = ruleOf('Sum', STOP, { kind: 'money', fact: 'amount', bound: { over: { EUR: '123.40' } } })
    expect(passes('40', sum, ruleOf('Boss', MANAGER))).toBe('12.34 chain')
  })

  it('comes with what would become of it', () => {
    const own = ruleOf('Own', GRANT, { kind: 'number', fact: 'percent', bound: { atMost: '30' } })
    expect(passes('40', ruleOf('Deep', STOP, percentOver('25')), own)).toBe('25 granted')
  })

  it('is found below rules that are not ordered by the percentage', () => {
    const island = ruleOf('Between', STOP, {
      kind: 'number',
      fact: 'percent',
      bound: { over: '10', atMost: '30' },
    })
    expect(passes('20', island, ruleOf('Boss', DIRECTOR))).toBe('10 chain')
    expect(passes('50', island, ruleOf('Far', STOP, percentOver('40')), ruleOf('Boss', DIRECTOR))).toBe(
      '40 chain',
    )
  })

  it('is nothing when it is not the price that stands in the way', () => {
    expect(passes('40', ruleOf('Never', STOP, { kind: 'word', fact: 'tier', in: ['A'] }))).toBeNull()
  })
})
