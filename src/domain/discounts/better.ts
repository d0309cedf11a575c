import { Decimal } from 'decimal.js'
import type { Money } from '../shared/money.ts'
import {
  type FactName,
  MONEY_FACTS,
  type MoneyFact,
  NUMBER_FACTS,
  type NumberFact,
  type RuleFacts,
} from './facts.ts'
import type { DiscountRequest } from './request.ts'
import type { Terms } from './terms.ts'

/** Facts of which less is better for us, and of which more is. Of all others only the same is as good. */
const LESS: ReadonlySet<FactName> = new Set<FactName>([
  'percent',
  'amount',
  'deferralDays',
  'overdueDays',
  'overdue',
  'grantedCount',
  'grantedAmount',
])
const MORE: ReadonlySet<FactName> = new Set<FactName>(['margin', 'marginOverFloor', 'contractEndsInDays'])

/** Whatever a rule tested: a yes to a price is a yes to these. */
const ALWAYS: readonly FactName[] = ['percent', 'amount', 'deferralDays', 'margin', 'marginOverFloor']

/** Whether who agreed to `before` would have to agree to `now`: nothing that was looked at is worse. */
export function isNoWorse(before: RuleFacts, now: RuleFacts, tested: readonly FactName[]): boolean {
  return [...new Set([...ALWAYS, ...tested])].every((name) => isAsGood(before, now, name))
}

function isAsGood(before: RuleFacts, now: RuleFacts, name: FactName): boolean {
  if (before[name] === null || now[name] === null) return before[name] === now[name]
  if (isOneOf(NUMBER_FACTS, name)) return ordered(before[name] ?? '0', now[name] ?? '0', name)
  if (isOneOf(MONEY_FACTS, name)) return sumsAsGood(before, now, name)
  return before[name] === now[name]
}

const isOneOf = <Name extends FactName>(names: readonly Name[], name: FactName): name is Name =>
  (names as readonly FactName[]).includes(name)

function ordered(before: string, now: string, name: NumberFact | MoneyFact): boolean {
  const difference = new Decimal(now).cmp(before)
  if (difference === 0) return true
  return difference < 0 ? LESS.has(name) : MORE.has(name)
}

/** Every currency for itself: a sum in one that was not there before is worse. */
function sumsAsGood(before: RuleFacts, now: RuleFacts, name: MoneyFact): boolean {
  const [was, is] = [listed(before[name]), listed(now[name])]
  const currencies = new Set([...was, ...is].map(({ currency }) => currency))
  const sum = (sums: readonly Money[], currency: string) =>
    sums.find((one) => one.currency === currency)?.amount ?? '0'
  return [...currencies].every((currency) => ordered(sum(was, currency), sum(is, currency), name))
}

const listed = (value: RuleFacts[MoneyFact]): readonly Money[] =>
  value === null ? [] : 'amount' in value ? [value] : value

/** What no rule looks at and whoever agreed did: the client gives no less for it and no later, and it ends no later. */
export const bindsAsMuch = (before: Terms, now: Terms): boolean =>
  now.lastDay <= before.lastDay &&
  before.gives.every(({ kind, what, dueOn }) =>
    now.gives.some((give) => give.kind === kind && give.what === what && give.dueOn <= dueOn),
  )

type Offered = Pick<DiscountRequest, 'terms' | 'basis'>

/** The same thing at the same list price and cost, and as much of it: else a yes to the one is none to the other. */
export function isSameOffer(before: Offered, now: Offered): boolean {
  const { subject, list } = before.terms
  return (
    subject.dealId === now.terms.subject.dealId &&
    subject.productId === now.terms.subject.productId &&
    list.currency === now.terms.list.currency &&
    new Decimal(list.amount).eq(now.terms.list.amount) &&
    before.basis.quantity === now.basis.quantity &&
    before.basis.list === now.basis.list &&
    before.basis.costShare?.cost === now.basis.costShare?.cost &&
    before.basis.costShare?.list === now.basis.costShare?.list
  )
}
