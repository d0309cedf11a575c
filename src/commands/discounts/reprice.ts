import type { Office } from '../../domain/discounts/approvers.ts'
import type { Offer } from '../../domain/discounts/offer.ts'
import type { Basis, DiscountRequest } from '../../domain/discounts/request.ts'
import { resubmitted, VOID } from '../../domain/discounts/rounds.ts'
import { ended } from '../../domain/discounts/decide.ts'
import { netAt } from '../../domain/discounts/terms.ts'
import type { PersonId } from '../../domain/shared/actor.ts'
import type { RuleFacts } from '../../domain/discounts/facts.ts'
import type { FiredRule } from '../../domain/discounts/evaluate.ts'
import type { Work } from '../../domain/shared/work.ts'
import type { Answer, Context } from '../kit/command.ts'
import { say, type Text } from '../kit/view.ts'
import { readsClient, type Relation } from './access.ts'
import { saveRequest } from './change.ts'
import { granted } from './granted.ts'
import { priceText, ruleText } from './phrases.ts'
import { groundOf, judge, listOf } from './prepare.ts'
import { becameOf, cardAnswer } from './show.ts'

/** A request as somebody sees it who is to decide or to answer. */
export type Looked = Readonly<{ request: DiscountRequest; relation: Relation; office: Office }>

/** What a rule tested tells of the client: nothing for whoever may not see them any more. */
export const ruleFor = (relation: Relation, rule: FiredRule, facts: RuleFacts): Text =>
  readsClient(relation) ? ruleText(rule, facts) : say('discount.rule.unseen')

/**
 * The price behind the request is not what it was when it was asked for: what was agreed to is void, everybody is asked
 * anew at the new price, and nothing is decided by this click; at the new price it may be the requester's own to grant.
 * `by` is the requester or whoever acts for them. Null when the price is the same.
 */
export async function repriced(
  context: Context,
  { request, relation, office }: Looked,
  by = request.requester.id,
): Promise<Answer | null> {
  const { work, channel } = context
  const offer = await offerOf(work, request)
  if (offer && isSame(request.basis, offer)) return null
  const next = offer
    ? await atNewPrice(context, { request, relation, office }, offer, by)
    : { kind: 'gone' as const }
  const after =
    next.kind === 'anew'
      ? next.request
      : ended(request, 'DECLINED', { by: null, onBehalfOf: null, channel, word: null, rule: VOID }, office)
  const saved = await saveRequest({ work, office }, request, after, {
    action: next.kind === 'anew' ? 'discount.reprice' : 'discount.void',
    actorId: null,
    channel,
    tells: [request.requester.id],
  })
  if (!saved) return becameOf(context, request.id)
  await granted(context, saved)
  return cardAnswer(context, saved, { text: whatChanged(request, saved, next), tone: 'warn' })
}

type Next = Readonly<
  { kind: 'anew'; request: DiscountRequest } | { kind: 'stopped'; rule: Text } | { kind: 'gone' }
>

function whatChanged(before: DiscountRequest, after: DiscountRequest, next: Next): Text {
  if (next.kind === 'gone') return say('discount.void')
  if (next.kind === 'stopped') return say('discount.voidByRule', { rule: next.rule })
  const prices = { before: priceText(before.terms), after: priceText(after.terms) }
  return say(after.state === 'GRANTED' ? 'discount.repriced.granted' : 'discount.repriced', prices)
}

export const offerOf = (
  work: Work,
  { terms: { subject }, account }: DiscountRequest,
): Promise<Offer | null> =>
  subject.dealId
    ? work.offers.deal(subject.dealId, account.id)
    : subject.productId
      ? work.offers.product(subject.productId)
      : Promise.resolve(null)

/** A list price that the requester named stays theirs. */
function isSame({ list, currency, costShare }: Basis, offer: Offer): boolean {
  const share = offer.costShare
  const sameCost = costShare?.cost === share?.cost && costShare?.list === share?.list
  if (list === null) return sameCost
  return sameCost && offer.list?.amount === list && offer.list.currency === currency
}

async function atNewPrice(
  context: Context,
  { request, relation, office }: Looked,
  offer: Offer,
  by: PersonId,
): Promise<Next> {
  const { terms, basis, requester, account } = request
  const list = listOf(offer, basis.quantity) ?? terms.list
  const net = { amount: netAt(list.amount, terms.percent), currency: list.currency }
  const next = { ...terms, list, net }
  const ground = await groundOf(context, account.id, offer, { requester: requester.id, by }, office)
  const { facts, verdict } = judge(next, ground, context.today)
  if (verdict.kind === 'stopped') return { kind: 'stopped', rule: ruleFor(relation, verdict.rule, facts) }
  const named = basis.list === null
  const newBasis: Basis = {
    ...basis,
    list: named ? null : (offer.list?.amount ?? null),
    currency: list.currency,
    costShare: offer.costShare,
  }
  const how = { carry: false, author: null, channel: context.channel }
  const anew = resubmitted(request, { terms: next, basis: newBasis }, { facts, verdict }, how, office)
  return { kind: 'anew', request: anew }
}
