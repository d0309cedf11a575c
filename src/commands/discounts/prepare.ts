import type { AccountFacts } from '../../domain/accounts/account.ts'
import type { Office } from '../../domain/discounts/approvers.ts'
import { evaluate, type Verdict } from '../../domain/discounts/evaluate.ts'
import type { RuleFacts } from '../../domain/discounts/facts.ts'
import type { Offer } from '../../domain/discounts/offer.ts'
import { deepestPassing, type Passing } from '../../domain/discounts/passing.ts'
import type { Basis } from '../../domain/discounts/request.ts'
import { type GrantedBefore, ruleFacts } from '../../domain/discounts/rule-facts.ts'
import { atPercent, isNothing, type Terms, timesOf } from '../../domain/discounts/terms.ts'
import type { PersonId } from '../../domain/shared/actor.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { Context } from '../kit/command.ts'
import { yearBefore } from './passport.ts'

/** Everything that the rules look at beside the terms, read at one moment. */
export type Ground = Readonly<{
  account: AccountFacts
  granted: GrantedBefore
  offer: Pick<Offer, 'costShare'> & Partial<Pick<Offer, 'floorMargin'>>
  requester: PersonId
  /** Who sets the terms, or takes them: the requester, or whoever stands in for them. */
  by: PersonId
  office: Office
}>

/** Also for whoever decides: the account is read whoever asks, because the rules are the company's. */
export async function groundOf(
  { work, now, today }: Pick<Context, 'work' | 'now' | 'today'>,
  accountId: string,
  offer: Ground['offer'],
  { requester, by = requester }: Readonly<{ requester: PersonId; by?: PersonId }>,
  office: Office,
): Promise<Ground> {
  const [account, granted] = await Promise.all([
    work.accounts.facts(accountId, 'all', { now, today }),
    work.discounts.grantedSince(accountId, yearBefore(now)),
  ])
  if (!account) throw new DomainError('account.gone')
  return { account, granted, offer, requester, by, office }
}

export type Judged = Readonly<{ facts: RuleFacts; verdict: Verdict }>

/**
 * By the requester's own rank. Whoever stands in for them has the work and not the rank: what is granted without anybody
 * else must be theirs to grant as well.
 */
export function judge(terms: Terms, ground: Ground, today: string): Judged {
  const judged = judgedAs(ground.requester, terms, ground, today)
  if (judged.verdict.kind !== 'granted' || ground.by === ground.requester) return judged
  return judgedAs(ground.by, terms, ground, today)
}

function judgedAs(somebody: PersonId, terms: Terms, ground: Ground, today: string): Judged {
  const { office, offer, account, granted } = ground
  const person = office.officers.get(somebody)
  const facts = ruleFacts({
    terms,
    costShare: offer.costShare,
    floorMargin: offer.floorMargin ?? null,
    account,
    granted,
    requester: { role: person?.role ?? 'KAM', level: person?.level ?? null },
    policy: office.policy,
    today,
  })
  return { facts, verdict: evaluate(office.policy, facts) }
}

/** What would pass instead of terms that were stopped. */
export const passingInstead = (terms: Terms, ground: Ground, today: string): Passing | null =>
  deepestPassing(
    ground.office.policy,
    terms.percent,
    (percent) => judge(atPercent(terms, percent), ground, today).facts,
  )

export const basisOf = (offer: Offer, { list }: Terms, quantity: number): Basis => ({
  list: offer.list?.amount ?? null,
  currency: offer.list?.currency ?? list.currency,
  quantity,
  costShare: offer.costShare,
})

/** The list price of all of it: a deal has its own amount, a product its price times the quantity. */
export function listOf(offer: Offer, quantity: number): Terms['list'] | null {
  // A price of nothing is none: there is nothing to take off.
  if (!offer.list || isNothing(offer.list)) return null
  return offer.subject.dealId ? offer.list : timesOf(offer.list, quantity)
}
