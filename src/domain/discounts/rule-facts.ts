import { Decimal } from 'decimal.js'
import type { AccountFacts, DelegationLevel } from '../accounts/account.ts'
import type { Role } from '../shared/actor.ts'
import { type Day, daysBetween } from '../shared/day.ts'
import type { Money, Sums } from '../shared/money.ts'
import type { RuleFacts } from './facts.ts'
import type { CostShare, Offer } from './offer.ts'
import type { Policy } from './policy.ts'
import { amountOff, exactPercent, type Terms } from './terms.ts'

/** Discounts granted to the account within the last 12 months. */
export type GrantedBefore = Readonly<{ count: number; amount: Sums }>

type Sources = Readonly<{
  terms: Terms
  costShare: CostShare | null
  floorMargin: Offer['floorMargin']
  account: Pick<AccountFacts, 'tier' | 'delegationLevel' | 'overdue' | 'invoicesKnown' | 'contractEndsOn'>
  requester: Readonly<{ role: Role; level: DelegationLevel | null }>
  granted: GrantedBefore
  policy: Policy
  today: Day
}>

const HUNDRED = new Decimal(100)

/** Everything the rules may ask about, for these terms. */
export function ruleFacts(sources: Sources): RuleFacts {
  const { terms, account, requester, granted, today } = sources
  const margin = marginAt(terms, sources.costShare)
  const floor = floorOf(sources)
  return {
    percent: exactPercent(terms),
    amount: amountOff(terms),
    list: terms.list,
    net: terms.net,
    deferralDays: String(terms.deferralDays),
    margin,
    marginOverFloor: margin === null || floor === null ? null : new Decimal(margin).minus(floor).toString(),
    product: terms.subject.product,
    productGroup: terms.subject.productGroup,
    tier: account.tier,
    level: lowerLevel(account.delegationLevel, requester.level),
    role: requester.role,
    overdue: account.invoicesKnown ? account.overdue.sums : null,
    overdueDays: overdueDays(account, today),
    grantedCount: String(granted.count),
    grantedAmount: granted.amount,
    contractEndsInDays:
      account.contractEndsOn === null ? null : String(daysBetween(today, account.contractEndsOn)),
  }
}

/** What remains of the net price after cost, in percent of it, to two decimals; null when the cost is not known. */
export function marginAt({ list, net }: Pick<Terms, 'list' | 'net'>, share: CostShare | null): string | null {
  const price = new Decimal(net.amount)
  if (!share || price.lte(0) || new Decimal(share.list).lte(0)) return null
  const cost = new Decimal(list.amount).times(share.cost).div(share.list)
  return price.minus(cost).div(price).times(HUNDRED).toDecimalPlaces(2).toString()
}

/** The same facts at other terms: nothing is read anew but what the price makes of them. */
export function factsAt(facts: RuleFacts, terms: Terms, share: CostShare | null): RuleFacts {
  const { list, net, deferralDays } = terms
  const margin = marginAt(terms, share) ?? facts.margin
  const { margin: before, marginOverFloor: over } = facts
  const marginOverFloor =
    margin === null || before === null || over === null
      ? over
      : new Decimal(over).plus(margin).minus(before).toString()
  const price = {
    percent: exactPercent(terms),
    amount: amountOff(terms),
    list,
    net,
    deferralDays: String(deferralDays),
  }
  return { ...facts, ...price, margin, marginOverFloor }
}

function floorOf({ terms, floorMargin, policy }: Pick<Sources, 'terms' | 'floorMargin' | 'policy'>) {
  const { productGroup } = terms.subject
  const group = Object.keys(policy.floors).find(
    (name) => name.toLowerCase() === (productGroup ?? '').toLowerCase(),
  )
  return floorMargin ?? (group === undefined ? undefined : policy.floors[group]) ?? policy.floors['*'] ?? null
}

function overdueDays({ invoicesKnown, overdue }: Sources['account'], today: Day): string | null {
  if (!invoicesKnown) return null
  return overdue.oldestDueOn === null ? '0' : String(daysBetween(overdue.oldestDueOn, today))
}

/** The lower of the two that are known; where neither is, somebody new is led step by step. */
export function lowerLevel(account: DelegationLevel | null, person: DelegationLevel | null): DelegationLevel {
  const known = [account, person].filter((level) => level !== null)
  return known.toSorted()[0] ?? 'D1'
}

/** Sums per currency of what was granted. */
export function sumsOf(amounts: readonly Money[]): Sums {
  const byCurrency = Map.groupBy(amounts, ({ currency }) => currency)
  return [...byCurrency].map(([currency, some]) => ({
    currency,
    amount: some.reduce((sum, { amount }) => sum.plus(amount), new Decimal(0)).toFixed(2),
  }))
}

/** The floor itself, and whether the margin lies below it. Decimal texts in percent. */
export function againstFloor(margin: string, over: string): Readonly<{ floor: string; isBelow: boolean }> {
  const distance = new Decimal(over)
  return { floor: new Decimal(margin).minus(distance).toString(), isBelow: distance.lt(0) }
}
