import type { DiscountRequest } from '../../domain/discounts/request.ts'
import { dayIn } from '../../domain/shared/day.ts'
import type { View } from '../kit/view.ts'
import { type Asker, readsClient, type Relation, relationTo } from './access.ts'
import { requestCard } from './card.ts'
import { passportOf } from './passport.ts'

type CardCopy = Readonly<{ view: View; relation: Relation }>

/** The card of a request for one reader; null for whoever may not know of it (any more). */
export async function cardFor(
  asker: Asker,
  request: DiscountRequest,
  known?: Relation,
): Promise<CardCopy | null> {
  const { actor, work, now } = asker
  const relation = known ?? (await relationTo(asker, request))
  if (!relation) return null
  const today = dayIn(actor.timeZone, now)
  const passport = readsClient(relation) ? await passportOf(work, request, { now, today }) : null
  return { view: requestCard(request, { reader: actor, today, relation, passport }), relation }
}
