import type { DiscountRequest } from '../../domain/discounts/request.ts'
import type { Actor, PersonId } from '../../domain/shared/actor.ts'
import { dayIn } from '../../domain/shared/day.ts'
import type { Work } from '../../domain/shared/work.ts'
import type { View } from '../kit/view.ts'
import { relationTo } from './access.ts'
import { requestCard } from './card.ts'
import { passportOf } from './passport.ts'

type At = Readonly<{ work: Work; now: Date }>
type CardCopy = Readonly<{ view: View; seats: readonly PersonId[] }>

/** The card of a request for somebody who did not ask for it just now; null for whoever may not know of it any more. */
export async function cardFor(
  { work, now }: At,
  request: DiscountRequest,
  to: Actor,
): Promise<CardCopy | null> {
  const today = dayIn(to.timeZone, now)
  const relation = await relationTo({ actor: to, work, now }, request)
  if (!relation) return null
  const [seats, passport] = await Promise.all([
    work.discounts.seatsOf(to.id, now),
    passportOf(work, request, { now, today }),
  ])
  return { view: requestCard(request, { reader: to, today, relation, seats, passport }), seats }
}
