import { describe, expect, it } from 'vitest'
import type { AccountSignals } from '../../../src/domain/accounts/account.ts'
import { byAttention, health } from '../../../src/domain/health/signals.ts'

const TODAY = '2026-11-23'
const eur = (amount: string) => [{ amount, currency: 'EUR' }]

const calm: AccountSignals = {
  id: 'a',
  name: 'Acme',
  tier: 'B',
  owner: { id: 'anna', name: 'Anna' },
  ownerAwayUntil: null,
  team: [],
  revenue: { thisYear: eur('100'), lastYearToDate: eur('100'), everWon: true },
  plan: [],
  openDeals: 1,
  overdue: { sums: [], invoices: 0, oldestDueOn: null },
  invoicesKnown: true,
  contractEndsOn: null,
  lastHeldOn: '2026-11-10',
  lastMoods: [],
  nextMeetingOn: '2026-12-01',
  decisionMakers: 1,
  promisesBroken: 0,
}

const judged = (change: Partial<AccountSignals>) => health({ ...calm, ...change }, TODAY)
const codes = (change: Partial<AccountSignals>) => judged(change).reasons.map((reason) => reason.code)

describe('the health of an account', () => {
  it('is steady without a reason when nothing stands out', () => {
    expect(judged({})).toEqual({ level: 'steady', reasons: [] })
  })

  it('is not known where there is nothing to judge by', () => {
    const nothing = {
      revenue: { thisYear: [], lastYearToDate: [], everWon: false },
      invoicesKnown: false,
      lastHeldOn: null,
    }
    expect(judged(nothing).level).toBe('unknown')
  })

  it('weighs a debt by its age', () => {
    const debt = (oldestDueOn: string) => judged({ overdue: { sums: eur('5'), invoices: 1, oldestDueOn } })
    expect(debt('2026-11-20')).toMatchObject({
      level: 'steady',
      reasons: [{ code: 'overdue', invoices: 1, days: 3 }],
    })
    expect(debt('2026-11-10').level).toBe('watch')
    expect(debt('2026-09-01').level).toBe('risk')
  })

  it('names every sum of a debt: the oldest invoice may be in the smaller one', () => {
    const sums = [
      { amount: '100000', currency: 'RUB' },
      { amount: '50000', currency: 'EUR' },
    ]
    const { reasons } = judged({ overdue: { sums, invoices: 2, oldestDueOn: '2026-08-25' } })
    expect(reasons).toMatchObject([{ code: 'overdue', sums, days: 90 }])
  })

  it('calls an A account silent after a month, and a C account after three', () => {
    expect(codes({ tier: 'A', lastHeldOn: '2026-10-20' })).toEqual(['silent'])
    expect(codes({ tier: 'C', lastHeldOn: '2026-10-20' })).toEqual([])
    expect(codes({ tier: 'C', lastHeldOn: '2026-08-01' })).toEqual(['silent'])
  })

  it('minds a promise of ours that is overdue, and several more', () => {
    expect(judged({ promisesBroken: 1 })).toMatchObject({
      level: 'steady',
      reasons: [{ code: 'promisesBroken', count: 1 }],
    })
    expect(judged({ promisesBroken: 2 })).toMatchObject({
      level: 'watch',
      reasons: [{ code: 'promisesBroken', count: 2 }],
    })
  })

  it('compares revenue with the same date last year, and plan with the year gone', () => {
    expect(codes({ revenue: { ...calm.revenue, thisYear: eur('50') } })).toEqual(['revenueDown'])
    expect(codes({ revenue: { ...calm.revenue, thisYear: [] } })).toEqual(['revenueDown'])
    expect(judged({ revenue: { ...calm.revenue, thisYear: eur('200') } })).toMatchObject({
      level: 'thriving',
      reasons: [{ code: 'revenueUp' }],
    })
    expect(codes({ plan: eur('200') })).toEqual(['behindPlan'])
    expect(codes({ plan: eur('110') })).toEqual([])
    expect(codes({ plan: eur('80') })).toEqual(['aheadOfPlan'])
  })

  it('does not compare different currencies', () => {
    const revenue = { ...calm.revenue, thisYear: [{ amount: '900', currency: 'RUB' }], lastYearToDate: [] }
    expect(codes({ revenue })).toEqual([])
  })

  it('warns of a contract that ends', () => {
    expect(codes({ contractEndsOn: '2026-12-20' })).toEqual(['contractEnds'])
    expect(codes({ contractEndsOn: '2026-11-01' })).toEqual(['contractEnded'])
    expect(codes({ contractEndsOn: '2027-06-01' })).toEqual([])
  })

  it('puts the strongest reason first', () => {
    const found = codes({
      lastMoods: ['BAD'],
      overdue: { sums: eur('5'), invoices: 1, oldestDueOn: '2026-09-01' },
      contractEndsOn: '2026-12-20',
    })
    expect(found).toEqual(['overdue', 'contractEnds', 'moodBad'])
  })
})

describe('attention', () => {
  it('goes to risk before calm, to A before C, then by name', () => {
    const one = (name: string, change: Partial<AccountSignals>) => {
      const signals = { ...calm, name, ...change }
      return { signals, health: health(signals, TODAY) }
    }
    const late = { overdue: { sums: eur('5'), invoices: 1, oldestDueOn: '2026-08-01' } }
    const list = [
      one('Яблоко', {}),
      one('Calm', {}),
      one('C late', { tier: 'C', ...late }),
      one('A late', { tier: 'A', ...late }),
    ]
    expect(list.toSorted(byAttention).map(({ signals }) => signals.name)).toEqual([
      'A late',
      'C late',
      'Calm',
      'Яблоко',
    ])
  })
})
