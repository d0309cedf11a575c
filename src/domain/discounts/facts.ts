import type { DelegationLevel, Tier } from '../accounts/account.ts'
import type { Role } from '../shared/actor.ts'
import type { Money, Sums } from '../shared/money.ts'

/**
 * What the rules of a policy see of a request. Numbers are decimal text, percentages are percent (`'12.5'`). Null is not
 * known, which is never zero: see evaluate().
 */
export type RuleFacts = Readonly<{
  /** Off the list price. */
  percent: string
  /** What the discount costs us: list less net. */
  amount: Money
  list: Money
  net: Money
  /** Days of payment deferral that are asked for on top of the usual terms. */
  deferralDays: string
  /** Of the net price, in percent of it; needs the product's cost. */
  margin: string | null
  /** Margin less the floor of the product or its group, in percentage points; below zero is under the floor. */
  marginOverFloor: string | null
  product: string | null
  productGroup: string | null
  tier: Tier | null
  /** The lower one of the account's and the requester's; D1 where neither is known. */
  level: DelegationLevel
  /** Of the requester. */
  role: Role
  overdue: Sums | null
  /** How long the oldest overdue invoice has been so; 0 when none is; null when no invoice was ever loaded. */
  overdueDays: string | null
  /** Discounts granted to this account within the last 12 months, this request not among them. */
  grantedCount: string
  grantedAmount: Sums
  /** Until the next contract ends, below zero for one that has; null when no end is known. */
  contractEndsInDays: string | null
}>

export const NUMBER_FACTS = [
  'percent',
  'deferralDays',
  'margin',
  'marginOverFloor',
  'overdueDays',
  'grantedCount',
  'contractEndsInDays',
] as const
export type NumberFact = (typeof NUMBER_FACTS)[number]

export const MONEY_FACTS = ['amount', 'list', 'net', 'overdue', 'grantedAmount'] as const
export type MoneyFact = (typeof MONEY_FACTS)[number]

export const WORD_FACTS = ['product', 'productGroup', 'tier', 'level', 'role'] as const
export type WordFact = (typeof WORD_FACTS)[number]

export type FactName = NumberFact | MoneyFact | WordFact

/** A fact as text that a person or a log can read; null when it is not known. Sums read `250.00 EUR + 10.00 USD`. */
export function factText(facts: RuleFacts, name: FactName): string | null {
  const value: RuleFacts[FactName] | undefined = facts[name]
  // A fact that only another version of this program knows.
  if (value === undefined) return null
  if (value === null || typeof value === 'string') return value
  const sums = Array.isArray(value) ? value : [value]
  return sums.length === 0
    ? '0'
    : sums.map(({ amount, currency }: Money) => `${amount} ${currency}`).join(' + ')
}
