import type { RuleFacts } from '../../../src/domain/discounts/facts.ts'
import type { Condition, Outcome, Policy, Rule } from '../../../src/domain/discounts/policy.ts'

const eur = (amount: string) => ({ amount, currency: 'EUR' })

/** A plain request: 10 % off 1,000 EUR for a client that owes nothing. */
export const FACTS: RuleFacts = {
  percent: '10',
  amount: eur('100.00'),
  list: eur('1000.00'),
  net: eur('900.00'),
  deferralDays: '0',
  margin: '30',
  marginOverFloor: '15',
  product: 'GTX Pro',
  productGroup: 'Pumps',
  tier: 'A',
  level: 'D2',
  role: 'KAM',
  overdue: [],
  overdueDays: '0',
  grantedCount: '0',
  grantedAmount: [],
  contractEndsInDays: null,
}

export function policyOf(...rules: readonly Rule[]): Policy {
  return { name: 'Test', answerHours: 8, validDays: 30, floors: {}, escalation: {}, fallback: 'ADMIN', rules }
}

export const ruleOf = (name: string, outcome: Outcome, ...when: readonly Condition[]): Rule => ({
  name,
  when,
  outcome,
})

export const GRANT = { kind: 'grant' } as const
export const STOP = { kind: 'stop' } as const
export const MANAGER = { kind: 'approve', by: { manager: 1 }, need: 'any' } as const
export const DIRECTOR = { kind: 'approve', by: { role: 'DIRECTOR' }, need: 'any' } as const
export const FINANCE_LOOKS = { kind: 'check', by: { role: 'FINANCE' }, need: 'any' } as const
export const FINANCE_DECIDES = { kind: 'approve', by: { role: 'FINANCE' }, need: 'any' } as const

export const percentOver = (limit: string): Condition => ({
  kind: 'number',
  fact: 'percent',
  bound: { over: limit },
})
