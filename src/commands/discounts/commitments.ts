import { z } from 'zod'
import { type Commitment, DELAY_DAYS, MOST_DELAYS } from '../../domain/discounts/commitment.ts'
import { ended } from '../../domain/discounts/decide.ts'
import { addDays } from '../../domain/shared/day.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { EVERYONE } from '../kit/roles.ts'
import { type Button, type Field, say, show, type View } from '../kit/view.ts'
import type { DiscountRequest } from '../../domain/discounts/request.ts'
import { officeFor, type Relation, requestHeld, requestSeen } from './access.ts'
import { saveRequest } from './change.ts'
import { planCheck } from './granted.ts'
import { cutText, giveText, opensRequest } from './phrases.ts'
import { refused } from './refuse.ts'
import { becameOf, cardAnswer, requestId } from './show.ts'

const VERDICTS = ['kept', 'broken', 'later'] as const

/** The question at the date: did the client keep its side? */
export function commitmentView(commitment: Commitment): View {
  const { id, delays, account, requestNumber, state } = commitment
  const button = (verdict: (typeof VERDICTS)[number]): Button => ({
    label: { key: `commitment.button.${verdict}` },
    command: 'commitment-check',
    args: { id, n: String(delays), v: verdict },
    ...(verdict === 'kept' ? { style: 'primary' as const } : {}),
  })
  const fields: Field[] = [
    { label: say('discount.account'), value: cutText(account.name, 'title') },
    { label: say('commitment.what'), value: giveText(commitment) },
    { label: say('commitment.for'), value: say('commitment.request', { number: String(requestNumber) }) },
  ]
  const open: Button = {
    label: say('commitment.open'),
    command: 'discount-show',
    args: { id: commitment.requestId },
  }
  const verdicts = VERDICTS.filter((verdict) => verdict !== 'later' || delays < MOST_DELAYS)
  return [
    { kind: 'heading', text: say('commitment.title', { account: cutText(account.name, 'title') }) },
    ...(state === 'OPEN'
      ? []
      : [{ kind: 'text' as const, text: { key: `commitment.state.${state}` } as const }]),
    { kind: 'fields', fields },
    { kind: 'buttons', buttons: [...(state === 'OPEN' ? verdicts.map(button) : []), open] },
  ]
}

export const commitmentCheck = defineCommand({
  name: 'commitment-check',
  aliases: [],
  summary: 'commitment.summary',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  input: z.object({
    id: z.string().max(64),
    n: z.coerce.number().int().min(0).max(100),
    v: z.enum(VERDICTS),
  }),

  async run(context, { id, n, v }) {
    const { work, now } = context
    const found = await work.discounts.commitment(id)
    if (!found) throw new DomainError('discount.gone')
    const { relation } = await requestHeld(context, found.requestId)
    const commitment = await work.discounts.commitment(id)
    if (!commitment || !relation.asks) throw new DomainError('discount.gone')
    if (commitment.state !== 'OPEN' || commitment.delays !== n) return show(commitmentView(commitment))
    if (v === 'later') return putOff(context, commitment)
    const state = v === 'kept' ? 'KEPT' : 'BROKEN'
    await work.discounts.settleCommitment(id, state, context.actor.id, now)
    await work.notices.drop(id, 'commitment')
    await audited(context, commitment, `commitment.${v}`)
    return v === 'kept' ? kept(commitment) : broken(context, commitment)
  },
})

async function putOff(context: Context, commitment: Commitment): Promise<Answer> {
  const { work, today } = context
  const dueOn = addDays(commitment.dueOn > today ? commitment.dueOn : today, DELAY_DAYS)
  if (commitment.delays >= MOST_DELAYS || !(await work.discounts.delayCommitment(commitment, dueOn)))
    return show(commitmentView(commitment))
  await audited(context, commitment, 'commitment.later')
  await planCheck(context, { ...commitment, dueOn, delays: commitment.delays + 1 })
  return show([{ kind: 'text', text: say('commitment.later', { day: { day: dueOn } }) }])
}

const kept = (commitment: Commitment): Answer =>
  show([{ kind: 'text', tone: 'good', text: say('commitment.kept', { what: giveText(commitment) }) }])

/** A broken word offers to take back what was given for it. */
async function broken(context: Context, commitment: Commitment): Promise<Answer> {
  const { request } = await requestSeen(context, await context.work.discounts.find(commitment.requestId))
  const isLive = request.state === 'GRANTED' && request.terms.lastDay >= context.today
  const revoke: Button = {
    label: say('commitment.button.revoke'),
    command: 'discount-revoke',
    args: { id: request.id },
    style: 'danger',
  }
  return show([
    { kind: 'text', tone: 'bad', text: say('commitment.broken', { what: giveText(commitment) }) },
    ...(isLive ? [{ kind: 'text' as const, text: say('commitment.offer') }] : []),
    { kind: 'buttons', buttons: [...(isLive ? [revoke] : []), opensRequest(request)] },
  ])
}

async function audited(
  { work, actor, channel }: Context,
  commitment: Commitment,
  action: string,
): Promise<void> {
  const { id, requesterId, requestId: request, what, dueOn } = commitment
  const onBehalfOf = actor.id === requesterId ? {} : { onBehalfOf: requesterId }
  const after = { request, what, dueOn }
  await work.audit.write({ actorId: actor.id, ...onBehalfOf, channel, action, subject: id, after })
}

/** Takes back a granted discount that the client did not keep its side of. */
/** By a seat that they still hold; whoever was only asked has given nothing that could be taken back. */
const hasDecided = ({ steps }: DiscountRequest, { seats }: Relation): boolean =>
  steps.some(({ votes }) => votes.some(({ seat }) => seats.includes(seat)))

export const discountRevoke = defineCommand({
  name: 'discount-revoke',
  aliases: [],
  summary: 'commitment.button.revoke',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  input: z.object({ id: requestId }),

  async run(context, { id }) {
    const { work, actor, channel, now } = context
    const { request, relation } = await requestHeld(context, id)
    const commitments = await work.discounts.commitmentsOf(id)
    const isBroken = commitments.some(({ state }) => state === 'BROKEN')
    const mayRevoke = relation.asks || hasDecided(request, relation)
    if (!mayRevoke) return refused(context, { request, relation, step: '' }, 'notAsker')
    if (request.state !== 'GRANTED' || !isBroken) return becameOf(context, id, relation)
    const onBehalfOf = relation.asks && actor.id !== request.requester.id ? request.requester : null
    const by = { id: actor.id, name: actor.name }
    const word = commitments.find(({ state }) => state === 'BROKEN')?.what ?? null
    const after = ended(request, 'REVOKED', { by, onBehalfOf, channel, word }, context)
    const office = await officeFor(context, request.requester.id)
    const tells = [
      request.requester.id,
      ...request.steps.flatMap(({ votes }) => votes.map((vote) => vote.by.id)),
    ]
    const changing = {
      action: 'discount.revoke',
      actorId: actor.id,
      onBehalfOf: onBehalfOf?.id,
      channel,
      tells,
    }
    const saved = await saveRequest({ work, office }, request, after, changing)
    if (!saved) return becameOf(context, id)
    await work.discounts.voidCommitments(id, actor.id, now)
    for (const { id: one } of commitments) await work.notices.drop(one, 'commitment')
    return cardAnswer(context, saved, { text: say('commitment.revoked'), tone: 'good' })
  },
})
