import { z } from 'zod'
import type { DiscountRequest } from '../../domain/discounts/request.ts'
import { type Answer, type Context, defineCommand, type Shown } from '../kit/command.ts'
import { EVERYONE } from '../kit/roles.ts'
import { type Block, say, show, type Text, type Tone } from '../kit/view.ts'
import { type Relation, requestSeen } from './access.ts'
import { cardFor } from './card-copy.ts'

export const requestId = z.string().min(1).max(64)

export const discountShow = defineCommand({
  name: 'discount-show',
  aliases: [],
  summary: 'discount.summary',
  roles: EVERYONE,
  effect: 'read',
  listed: false,
  input: z.object({ id: requestId }),
  async run(context, { id }) {
    const { request, relation } = await requestSeen(context, await context.work.discounts.find(id))
    return cardAnswer(context, request, null, relation)
  },
})

type Lead = Readonly<{ text: Text; tone: Tone }>

/** The request as it stands now for whoever asks, after a word of what happened. It stays true: see `about`. */
export async function cardAnswer(
  context: Context,
  request: DiscountRequest,
  lead: Lead | null = null,
  known?: Relation,
): Promise<Shown> {
  const before: Block[] = lead ? [{ kind: 'text', ...lead }] : []
  const card = await cardFor(context, request, known)
  if (!card) return show(lead ? before : [{ kind: 'text', text: say('error.discount.gone') }])
  return show([...before, ...card.view], { subject: request.id, version: request.version })
}

/** Somebody else was faster, or this is an old copy: who decided what and when is the answer. */
export async function becameOf(context: Context, id: string, relation?: Relation): Promise<Answer> {
  const found = await context.work.discounts.find(id)
  const seen = relation && found ? { request: found, relation } : await requestSeen(context, found)
  const { request } = seen
  const text = request.state === 'PENDING' ? say('discount.moved') : say('discount.already')
  return cardAnswer(context, request, { text, tone: 'warn' }, seen.relation)
}
