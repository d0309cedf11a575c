import { describe, expect, it } from 'vitest'
import { lowerLevel, marginAt, ruleFacts, sumsOf } from '../../../src/domain/discounts/rule-facts.ts'
import { atPercent } from '../../../src/domain/discounts/terms.ts'
import { policyOf } from './facts.sample.ts'
import { TERMS } from './office.sample.ts'

type Sources = Parameters<typeof ruleFacts>[0]

const SOURCES: Sources = {
  terms: TERMS,
  costShare: { cost: '600', list: '1000' },
  floorMargin: null,
  account: {
    tier: 'A',
    delegationLevel: 'D3',
    overdue: { sums: [], invoices: 0, oldestDueOn: null },
    invoicesKnown: true,
    contractEndsOn: null,
  },
  requester: { role: 'KAM', level: 'D2' },
  granted: { count: 0, amount: [] },
  policy: policyOf(),
  today: '2026-11-23',
}
const facts = (change: Partial<Sources> = {}) => ruleFacts({ ...SOURCES, ...change })
const account = (change: Partial<Sources['account']>) => facts({ account: { ...SOURCES.account, ...change } })
const floored = (floors: Readonly<Record<string, string>>, change: Partial<Sources> = {}) =>
  facts({ policy: { ...policyOf(), floors }, ...change }).marginOverFloor

describe('what the rules see', () => {
  it('is the price in all its ways', () => {
    expect(facts({ terms: { ...atPercent(TERMS, '12.5'), deferralDays: 14 } })).toMatchObject({
      percent: '12.5',
      amount: { amount: '125.00', currency: 'EUR' },
      list: { amount: '1000.00', currency: 'EUR' },
      net: { amount: '875.00', currency: 'EUR' },
      deferralDays: '14',
      product: 'GTX Pro',
      productGroup: 'Pumps',
      role: 'KAM',
    })
  })

  it('is what remains of the net price after cost, of a whole deal by its share', () => {
    expect(facts().margin).toBe('33.33')
    const deal = {
      ...TERMS,
      list: { amount: '50000', currency: 'EUR' },
      net: { amount: '45000', currency: 'EUR' },
    }
    expect(facts({ terms: deal }).margin).toBe('33.33')
    expect(facts({ terms: atPercent(TERMS, '50') }).margin).toBe('-20')
    expect(marginAt({ list: TERMS.list, net: { amount: '600', currency: 'EUR' } }, SOURCES.costShare)).toBe(
      '0',
    )
  })

  it('is no margin where the cost is not known, or there is no price to be a part of', () => {
    expect(facts({ costShare: null })).toMatchObject({ margin: null, marginOverFloor: null })
    expect(facts({ costShare: { cost: '600', list: '0' } }).margin).toBeNull()
    expect(
      marginAt({ list: TERMS.list, net: { amount: '0', currency: 'EUR' } }, SOURCES.costShare),
    ).toBeNull()
  })

  it('is the margin over the floor of the product, else of its group, else of all', () => {
    expect(floored({})).toBeNull()
    expect(floored({ '*': '15' })).toBe('18.33')
    expect(floored({ '*': '15', pumps: '40' })).toBe('-6.67')
    expect(floored({ '*': '15', pumps: '40' }, { floorMargin: '30' })).toBe('3.33')
    const plain = { ...TERMS, subject: { ...TERMS.subject, productGroup: null } }
    expect(floored({ '*': '15', pumps: '40' }, { terms: plain })).toBe('18.33')
  })

  it('is debt by sum and by days of the oldest, and unknown is not nothing', () => {
    const eur = [{ amount: '250.00', currency: 'EUR' }]
    expect(account({})).toMatchObject({ overdue: [], overdueDays: '0' })
    expect(account({ overdue: { sums: eur, invoices: 2, oldestDueOn: '2026-10-14' } })).toMatchObject({
      overdue: eur,
      overdueDays: '40',
    })
    expect(account({ invoicesKnown: false })).toMatchObject({ overdue: null, overdueDays: null })
  })

  it('is the end of the contract in days, before and behind today', () => {
    expect(account({ contractEndsOn: '2026-12-23' }).contractEndsInDays).toBe('30')
    expect(account({ contractEndsOn: '2026-11-13' }).contractEndsInDays).toBe('-10')
    expect(account({}).contractEndsInDays).toBeNull()
  })

  it('is what was granted within a year', () => {
    const amount = [{ amount: '10.00', currency: 'EUR' }]
    expect(facts({ granted: { count: 2, amount } })).toMatchObject({
      grantedCount: '2',
      grantedAmount: amount,
    })
  })

  it('is the lower level of the account and the person, and the lowest where neither is known', () => {
    expect(lowerLevel('D3', 'D2')).toBe('D2')
    expect(lowerLevel('D1', 'D4')).toBe('D1')
    expect(lowerLevel('D4', null)).toBe('D4')
    expect(lowerLevel(null, 'D2')).toBe('D2')
    expect(lowerLevel(null, null)).toBe('D1')
  })
})

describe('sums', () => {
  it('are added up by currency and to the cent', () => {
    const of = (amount: string, currency: string) => ({ amount, currency })
    expect(sumsOf([of('0.10', 'EUR'), of('0.20', 'EUR'), of('5', 'USD')])).toEqual([
      of('0.30', 'EUR'),
      of('5.00', 'USD'),
    ])
    expect(sumsOf([])).toEqual([])
  })
})
