import { z } from 'zod'
import { ended } from '../../domain/discounts/decide.ts'
import { type DiscountRequest, isOpen } from '../../domain/discounts/request.ts'
import { accepted } from '../../domain/discounts/rounds.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { EVERYONE } from '../kit/roles.ts'
import { officeFor, type Relation, requestHeld } from './access.ts'
import { type Changing, saveRequest } from './change.ts'
import { leadOf } from './file.ts'
import { openForm } from './form.ts'
import { granted } from './granted.ts'
import { offerOf } from './reprice.ts'
import { groundOf, judge } from './prepare.ts'
import { becameOf, cardAnswer, requestId } from './show.ts'
import { keepSaid } from './wish.ts'

const input = z.object({ id: requestId, r: z.coerce.number().int().min(0).max(100_000) })
type Input = Readonly<z.infer<typeof input>>

/** The requester, or whoever stands in for them, and nobody who has a say in it. */
async function asRequester(
  context: Context,
  { id, r }: Input,
  act: (request: DiscountRequest) => Promise<Answer>,
): Promise<Answer> {
  const { request, relation } = await requestHeld(context, id)
  if (!mayAnswer(context, request, relation) || request.round !== r) return becameOf(context, id, relation)
  return act(request)
}

/** Who took part in deciding does not also answer for the requester. */
const mayAnswer = ({ actor }: Context, { steps, counter }: DiscountRequest, { asks }: Relation): boolean =>
  asks &&
  counter?.by.id !== actor.id &&
  !steps.some(({ votes }) => votes.some(({ by }) => by.id === actor.id))

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
    return asRequester(context, asked, async (request) => {
      const { counter, requester, account } = request
      if (request.state !== 'COUNTERED' || !counter) return becameOf(context, request.id)
      const { work, today } = context
      const office = await officeFor(context, requester.id)
      const offer = await offerOf(work, request)
      const ground = await groundOf(
        context,
        account.id,
        offer ?? { costShare: request.basis.costShare, floorMargin: null },
        requester.id,
        office,
      )
      const { facts, verdict } = judge(counter.terms, ground, today)
      // Better for us than what was asked for, and still not to be had: the policy or the client has changed since.
      if (verdict.kind === 'stopped') return becameOf(context, request.id)
      const after = accepted(request, counter, { facts, verdict }, office)
      const tells = [counter.by.id]
      return saved(context, request, after, {
        ...byRequester(context, request),
        action: 'discount.accept',
        tells,
      })
    })
  },
})

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
      const { account, terms, reason, basis } = request
      const { subject } = terms
      const picks = {
        of: request.id,
        subject: subject.dealId ? `deal:${subject.dealId}` : `product:${subject.productId ?? ''}`,
        price: `${terms.percent}%`,
        reason,
        ...(basis.list === null ? { list: `${terms.list.amount} ${terms.list.currency}` } : {}),
        ...(basis.quantity > 1 ? { extra: `x${basis.quantity}` } : {}),
      }
      const said = { line: '', saidAt: context.now.toISOString(), named: null, account, picks }
      const draft = await keepSaid(context, said, null)
      return {
        kind: 'form',
        form: openForm({ account, picks, draft }, {}, ['price', 'reason', 'give', 'extra']),
      }
    })
  },
})

async function end(
  context: Context,
  request: DiscountRequest,
  state: 'WITHDRAWN' | 'DECLINED',
  changing: Pick<Changing, 'action' | 'tells'>,
): Promise<Answer> {
  const { actor, channel } = context
  const by = { id: actor.id, name: actor.name }
  const { onBehalfOf } = byRequester(context, request)
  const decision = {
    by,
    onBehalfOf: onBehalfOf ? request.requester : null,
    channel,
    word: null,
  }
  const after = ended(request, state, decision, context)
  return saved(context, request, after, { ...byRequester(context, request), ...changing })
}

async function saved(
  context: Context,
  before: DiscountRequest,
  after: DiscountRequest,
  changing: Changing,
): Promise<Answer> {
  const office = await officeFor(context, before.requester.id)
  const done = await saveRequest({ work: context.work, office }, before, after, changing)
  if (!done) return becameOf(context, before.id)
  await granted(context, done)
  const lead = done.state === 'PENDING' || done.state === 'GRANTED' ? leadOf(done) : null
  return cardAnswer(context, done, lead)
}
