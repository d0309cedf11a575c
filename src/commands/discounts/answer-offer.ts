import { z } from 'zod'
import { holdsSeat, type Office } from '../../domain/discounts/approvers.ts'
import { ended } from '../../domain/discounts/decide.ts'
import { type CounterOffer, type DiscountRequest, isOpen } from '../../domain/discounts/request.ts'
import { accepted, resubmitted } from '../../domain/discounts/rounds.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { say, type Text } from '../kit/view.ts'
import { EVERYONE } from '../kit/roles.ts'
import { mayAnswer, officeFor, type Relation, requestHeld } from './access.ts'
import { type Changing, saveRequest } from './change.ts'
import { leadOf } from './file.ts'
import { openForm } from './form.ts'
import { granted } from './granted.ts'
import { refused } from './refuse.ts'
import { type Looked, offerOf, repriced, ruleFor } from './reprice.ts'
import { groundOf, judge } from './prepare.ts'
import { becameOf, cardAnswer, requestId } from './show.ts'
import { extraText } from './whole-form.ts'
import { keepSaid, type Said } from './wish.ts'

const input = z.object({ id: requestId, r: z.coerce.number().int().min(0).max(100_000) })
type Input = Readonly<z.infer<typeof input>>

/** The requester, or whoever stands in for them, and nobody who has a say in it. */
async function asRequester(
  context: Context,
  { id, r }: Input,
  act: (request: DiscountRequest, relation: Relation) => Promise<Answer>,
): Promise<Answer> {
  const { request, relation } = await requestHeld(context, id)
  if (!relation.asks) return refused(context, { request, relation, step: '' }, 'notAsker')
  if (!mayAnswer(context.actor, request) || request.round !== r) return becameOf(context, id, relation)
  return act(request, relation)
}

const byRequester = ({ actor, channel }: Context, { requester }: DiscountRequest) => ({
  actorId: actor.id,
  onBehalfOf: actor.id === requester.id ? undefined : requester.id,
  channel,
})

export const discountAccept = defineCommand({
  name: 'discount-accept',
  aliases: [],
  summary: 'discount.button.accept',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  input,
  async run(context, asked) {
    return asRequester(context, asked, async (request, relation) => {
      const { counter } = request
      if (request.state !== 'COUNTERED' || !counter) return becameOf(context, request.id)
      const taking = { request, relation, office: await officeFor(context, request.requester.id) }
      return (await repriced(context, taking, context.actor.id)) ?? take(context, taking, counter)
    })
  },
})

/** An offer holds as long as its days, the authority of who made it, and the policy do. */
async function take(
  context: Context,
  { request, relation, office }: Looked,
  counter: CounterOffer,
): Promise<Answer> {
  const { work, today, actor, channel } = context
  const { requester, account } = request
  const tooLate = (key: 'error.discount.lastDayOver' | 'error.discount.giveOver') =>
    cardAnswer(context, request, { text: say(key), tone: 'bad' })
  if (counter.terms.lastDay < today) return tooLate('error.discount.lastDayOver')
  if (counter.terms.gives.some(({ dueOn }) => dueOn < today)) return tooLate('error.discount.giveOver')
  const offer = await offerOf(work, request)
  const whose = { requester: requester.id, by: actor.id }
  const ground = await groundOf(context, account.id, offer ?? request.basis, whose, office)
  const isHeld = holdsOffer(request, counter, office)
  const { facts, verdict } = judge(isHeld ? counter.terms : request.terms, ground, today)
  if (verdict.kind === 'stopped') {
    const text = say('discount.stopped', { rule: ruleFor(relation, verdict.rule, facts) })
    return cardAnswer(context, request, { text, tone: 'bad' })
  }
  const author = { by: actor.id, channel }
  const judged = { facts, verdict }
  const changing = { ...byRequester(context, request), tells: [counter.by.id] }
  if (isHeld) {
    const after = accepted(request, counter, judged, author, office)
    return saved(context, request, after, { ...changing, action: 'discount.accept' })
  }
  const how = { carry: true, author: null, channel }
  const after = resubmitted(request, request, judged, how, office)
  return saved(
    context,
    request,
    after,
    { ...changing, action: 'discount.offer-void' },
    say('discount.offerVoid'),
  )
}

/** Whoever made the offer may have left, or lost the role, since. */
function holdsOffer({ steps, requester }: DiscountRequest, counter: CounterOffer, office: Office): boolean {
  const seat = steps.find(({ id }) => id === counter.stepId)?.seats.find(({ id }) => id === counter.seat)
  return seat !== undefined && holdsSeat(seat, requester.id, office)
}

export const discountRefuse = defineCommand({
  name: 'discount-refuse',
  aliases: [],
  summary: 'discount.button.refuse',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  input,
  async run(context, asked) {
    return asRequester(context, asked, async (request) => {
      const { counter } = request
      if (request.state !== 'COUNTERED' || !counter) return becameOf(context, request.id)
      return end(context, request, 'DECLINED', { action: 'discount.refuse-offer', tells: [counter.by.id] })
    })
  },
})

export const discountWithdraw = defineCommand({
  name: 'discount-withdraw',
  aliases: [],
  summary: 'discount.button.withdraw',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  input,
  async run(context, asked) {
    return asRequester(context, asked, async (request) => {
      if (!isOpen(request)) return becameOf(context, request.id)
      return end(context, request, 'WITHDRAWN', {
        action: 'discount.withdraw',
        tells: [request.requester.id],
      })
    })
  },
})

/** Other terms for the same request: the form with what was asked for. */
export const discountChange = defineCommand({
  name: 'discount-change',
  aliases: [],
  summary: 'discount.button.change',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  input,
  async run(context, asked) {
    return asRequester(context, asked, async (request) => {
      if (request.state === 'GRANTED' || request.state === 'REVOKED') return becameOf(context, request.id)
      const { account } = request
      const said = saidOf(request, context)
      const draft = await keepSaid(context, said, null)
      const only = ['price', 'reason', 'give', 'extra'] as const
      return { kind: 'form', form: openForm({ account, picks: said.picks, draft }, {}, only) }
    })
  },
})

/** The request as if it were being asked for now; see Kept for what a field keeps that nobody touches. */
function saidOf(request: DiscountRequest, { now, actor: { language } }: Context): Said {
  const { id, account, terms, reason, basis, competitor, round, state } = request
  const { subject, list } = terms
  const shown = {
    price: `${terms.percent}%`,
    reason,
    ...(terms.gives.length > 0 ? { give: terms.gives.map(({ what }) => what).join('; ') } : {}),
    extra: extraText(terms, basis.quantity, language),
  }
  const picks = {
    of: id,
    subject: subject.dealId ? `deal:${subject.dealId}` : `product:${subject.productId ?? ''}`,
    ...shown,
    ...(basis.list === null ? { list: `${list.amount} ${list.currency}` } : {}),
  }
  const kept = { terms, competitor, quantity: basis.quantity, round, state, shown }
  return { line: '', saidAt: now.toISOString(), named: null, account, picks, kept }
}

async function end(
  context: Context,
  request: DiscountRequest,
  state: 'WITHDRAWN' | 'DECLINED',
  changing: Pick<Changing, 'action' | 'tells'>,
): Promise<Answer> {
  const { actor, channel } = context
  const by = { id: actor.id, name: actor.name }
  const { onBehalfOf } = byRequester(context, request)
  const decision = { by, onBehalfOf: onBehalfOf ? request.requester : null, channel, word: null }
  const after = ended(request, state, decision, context)
  return saved(context, request, after, { ...byRequester(context, request), ...changing })
}

async function saved(
  context: Context,
  before: DiscountRequest,
  after: DiscountRequest,
  changing: Changing,
  why?: Text,
): Promise<Answer> {
  const office = await officeFor(context, before.requester.id)
  const done = await saveRequest({ work: context.work, office }, before, after, changing)
  if (!done) return becameOf(context, before.id)
  await granted(context, done)
  if (why) return cardAnswer(context, done, { text: why, tone: 'warn' })
  return cardAnswer(context, done, done.state === 'PENDING' || done.state === 'GRANTED' ? leadOf(done) : null)
}
