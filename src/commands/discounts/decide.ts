import { z } from 'zod'
import type { Office } from '../../domain/discounts/approvers.ts'
import { type Acting, actingAt, approved, declined } from '../../domain/discounts/decide.ts'
import type { CastVote } from '../../domain/discounts/discount-store.ts'
import type { DiscountRequest, Step } from '../../domain/discounts/request.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import type { Form } from '../kit/form.ts'
import { EVERYONE } from '../kit/roles.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import { plain, say, show, type Text } from '../kit/view.ts'
import { officeFor, type Relation, relationTo } from './access.ts'
import { type Changing, saveRequest } from './change.ts'
import { granted } from './granted.ts'
import { ruleText } from './phrases.ts'
import { groundOf, judge } from './prepare.ts'
import { auditRefusal, refused } from './refuse.ts'
import { offerOf, repriced } from './reprice.ts'
import { becameOf, cardAnswer, requestId } from './show.ts'

export const LONGEST_WORD = 500
const stepId = z.string().max(16)
const word = z.string().max(LONGEST_WORD, { error: 'error.discountWord' }).optional()

/** Somebody at the step that their button names. */
export type Deciding = Readonly<{
  request: DiscountRequest
  relation: Relation
  office: Office
  acting: Acting
}>

/**
 * Reads the request as whoever came before has left it and asks every right again. What stands in the way is the answer:
 * an older copy tells what was decided since, and a refusal is written down.
 */
export async function atStep(
  context: Context,
  input: Readonly<{ id: string; s: string }>,
  act: (deciding: Deciding) => Promise<Answer>,
): Promise<Answer> {
  const { actor, channel, work } = context
  const request = await work.discounts.hold(input.id)
  if (!request) throw new DomainError('discount.gone')
  const relation = await relationTo(context, request)
  const step = request.steps.find(({ id }) => id === input.s)
  if (!relation) return stranger(context, request, step)
  if (request.state !== 'PENDING' || step?.state !== 'OPEN') return becameOf(context, input.id, relation)
  const office = await officeFor(context, request.requester.id)
  const acting = actingAt(request, step, { id: actor.id, name: actor.name, channel }, office)
  if (typeof acting === 'string') return refused(context, { request, relation, step: step.id }, acting)
  return (
    (await repriced(context, { request, relation, office })) ?? act({ request, relation, office, acting })
  )
}

/**
 * Word for word what is said of a request that does not exist, but for whoever was asked and lost the role since: they
 * learn that, and nothing of the request. The try is written down all the same.
 */
async function stranger(context: Context, request: DiscountRequest, step: Step | undefined): Promise<Answer> {
  const { work, actor, now } = context
  const used = await work.discounts.seatsOf(actor.id, now)
  const wasAsked = step?.seats.some(({ id }) => used.includes(id)) ?? false
  await auditRefusal(context, request, step?.id ?? '', wasAsked ? 'lostRole' : 'stranger')
  const text = say(wasAsked ? 'error.discount.lostRole' : 'error.discount.gone')
  return show([{ kind: 'text', tone: 'bad', text }])
}

export const voteBy = ({ by, seat, step, channel }: Acting, verdict: CastVote['verdict']): CastVote => ({
  stepId: step.id,
  slot: step.votes.length + 1,
  seatId: seat.id,
  actorId: by.id,
  verdict,
  channel,
})

export const changingBy = ({ by, onBehalfOf, channel }: Acting, request: DiscountRequest) => ({
  actorId: by.id,
  onBehalfOf: onBehalfOf?.id,
  channel,
  tells: [request.requester.id],
})

/** Writes a decision down and shows what became of the request. */
export async function decided(
  context: Context,
  { request, office, acting }: Deciding,
  after: DiscountRequest,
  changing: Pick<Changing, 'action' | 'vote' | 'word'>,
): Promise<Answer> {
  const saved = await saveRequest({ work: context.work, office }, request, after, {
    ...changingBy(acting, request),
    ...changing,
  })
  if (!saved) return becameOf(context, request.id)
  await granted(context, saved)
  const lead = saved.state === 'PENDING' ? { text: say('discount.approved'), tone: 'good' as const } : null
  return cardAnswer(context, saved, lead, (await relationTo(context, saved)) ?? undefined)
}

export const discountApprove = defineCommand({
  name: 'discount-approve',
  aliases: [],
  summary: 'discount.button.approve',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  input: z.object({ id: requestId, s: stepId }),
  async run(context, input) {
    return atStep(context, input, async (deciding) => {
      const { request, acting, office } = deciding
      const stop = await stoppedNow(context, deciding)
      if (stop) return cardAnswer(context, request, { text: stop, tone: 'bad' }, deciding.relation)
      const vote = voteBy(acting, 'approve')
      return decided(context, deciding, approved(request, acting, office), {
        action: 'discount.approve',
        vote,
      })
    })
  },
})

/** What nobody may grant may have become true since it was asked for: a debt that has grown too old, say. */
async function stoppedNow(context: Context, { request, office }: Deciding): Promise<Text | null> {
  const { account, requester, basis, terms } = request
  const offer = (await offerOf(context.work, request)) ?? basis
  const ground = await groundOf(context, account.id, offer, { requester: requester.id }, office)
  const { facts, verdict } = judge(terms, ground, context.today)
  return verdict.kind === 'stopped' ? say('discount.stopped', { rule: ruleText(verdict.rule, facts) }) : null
}

const declineForm: Form = {
  title: 'discount.decline',
  submit: 'discount.button.decline',
  fields: [{ name: 'word', label: 'discount.word', kind: 'line', hint: 'discount.decline.hint' }],
}

export const discountDecline = defineCommand({
  name: 'discount-decline',
  aliases: [],
  summary: 'discount.button.decline',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  form: declineForm,
  input: z.object({ id: requestId, s: stepId, word }),
  async run(context, input) {
    return atStep(context, input, async (deciding) => {
      const said = input.word?.trim() ?? ''
      if (said === '') return askWord('discount-decline', declineForm, input, input.word !== undefined)
      const { request, acting, office } = deciding
      const vote = voteBy(acting, 'decline')
      const after = declined(request, acting, said, office)
      return decided(context, deciding, after, { action: 'discount.decline', vote, word: said })
    })
  },
})

const hidden = (value: string) => ({ value, label: plain(value) })

/** The form of a decision that needs a word; `isEmpty` when it came back without one. */
export function askWord(
  command: string,
  form: Form,
  { id, s }: Readonly<{ id: string; s: string }>,
  isEmpty: boolean,
): Answer {
  const errors = isEmpty ? { word: say('error.discountWord') } : {}
  return { kind: 'form', form: { command, form, values: { id: hidden(id), s: hidden(s) }, errors } }
}
