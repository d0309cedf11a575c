import type { Hindrance } from '../../domain/discounts/decide.ts'
import type { DiscountRequest } from '../../domain/discounts/request.ts'
import type { Answer, Context } from '../kit/command.ts'
import type { Relation } from './access.ts'
import { cardAnswer } from './show.ts'

type Refusal = Hindrance | 'notAsker'

/** Of a request that they may know of; `step` is empty where no step is meant. */
export type Refused = Readonly<{ request: DiscountRequest; relation: Relation; step: string }>

/** Written down, and the card stays: its message must go on to follow what becomes of the request. */
export async function refused(
  context: Context,
  { request, relation, step }: Refused,
  why: Refusal,
): Promise<Answer> {
  await auditRefusal(context, request, step, why)
  const text = { key: `error.discount.${why}` } as const
  return cardAnswer(context, request, { text, tone: 'bad' }, relation)
}

export const auditRefusal = (
  { work, actor, channel }: Context,
  { id }: DiscountRequest,
  step: string,
  hindrance: Refusal | 'stranger',
): Promise<void> =>
  work.audit.write({
    actorId: actor.id,
    channel,
    action: 'discount.refuse',
    subject: id,
    after: { ...(step ? { step } : {}), hindrance },
  })
