import type { DiscountRequest, Step } from '../../domain/discounts/request.ts'
import type { PersonId } from '../../domain/shared/actor.ts'
import type { Relation } from './access.ts'

/** The open step that waits for this reader, by their own authority or by that of somebody whom they stand in for. */
export type Deciding = Readonly<{ step: Step; seat: PersonId }>

/** What the card shows; the rule itself is asked again at the click. */
export function deciding(
  request: DiscountRequest,
  { seats }: Pick<Relation, 'seats'>,
  reader: PersonId,
): Deciding | null {
  if (request.state !== 'PENDING') return null
  for (const step of request.steps) {
    if (step.state !== 'OPEN' || step.votes.some(({ by }) => by.id === reader)) continue
    const free = step.seats.filter(
      ({ id }) => seats.includes(id) && !step.votes.some(({ seat }) => seat === id),
    )
    const seat = free.find(({ id }) => id === reader) ?? free[0]
    if (seat) return { step, seat: seat.id }
  }
  return null
}
