import { decidersOf, holdsSeat, type Office } from '../../domain/discounts/approvers.ts'
import type { DiscountRequest, Seat } from '../../domain/discounts/request.ts'
import type { Actor, PersonId, Role } from '../../domain/shared/actor.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { Context } from '../kit/command.ts'

/** Finance decides and asks for nothing. */
export const REQUESTERS: readonly Role[] = ['KAM', 'MANAGER', 'DIRECTOR', 'ADMIN']

/** How somebody stands to a request, read anew each time. */
export type Relation = Readonly<{
  /** It is theirs, or of somebody whom they stand in for. */
  asks: boolean
  /** They are or were to decide, and still have the authority: by these seats, their own or of whom they stand in for. */
  seats: readonly PersonId[]
  sees: boolean
}>

const decides = ({ seats }: Relation): boolean => seats.length > 0

/** Whoever asked and lost the account since still hears of the request, and of the client nothing. */
export const readsClient = (relation: Relation): boolean => relation.sees || decides(relation)

/** Who took part in deciding does not also answer for the requester, nor set their terms. */
export const mayAnswer = ({ id }: Pick<Actor, 'id'>, { steps, counter }: DiscountRequest): boolean =>
  counter?.by.id !== id && !steps.some(({ votes }) => votes.some(({ by }) => by.id === id))

export type Asker = Readonly<{ actor: Actor }> & Pick<Context, 'work' | 'now' | 'calendar'>

/** Null for whoever may not know of it: neither its account's, nor its requester, nor one who decides. */
export async function relationTo(asker: Asker, request: DiscountRequest): Promise<Relation | null> {
  const { actor, work } = asker
  const asks = request.requester.id === actor.id || actor.standsFor.includes(request.requester.id)
  const [[account], seats] = await Promise.all([
    work.accounts.refs([request.account.id], actor.sight),
    asks ? [] : seatsHeld(asker, request),
  ])
  const sees = account !== undefined
  return asks || seats.length > 0 || sees ? { asks, seats, sees } : null
}

/** A seat that its person has lost gives no right to anything, and no sight of it either. */
async function seatsHeld(asker: Asker, request: DiscountRequest): Promise<readonly PersonId[]> {
  const { actor, work, now } = asker
  const used = new Set(await work.discounts.seatsOf(actor.id, now))
  const mine = seatsOf(request).filter(({ id }) => used.has(id))
  if (mine.length === 0) return []
  const office = await officeFor(asker, request.requester.id)
  const held = mine.filter(
    (seat) =>
      holdsSeat(seat, request.requester.id, office) && decidersOf(seat, request, office).includes(actor.id),
  )
  return [...new Set(held.map(({ id }) => id))]
}

const seatsOf = ({ steps }: DiscountRequest): readonly Seat[] =>
  steps.flatMap(({ state, seats }) => (state === 'WAITING' ? [] : seats))

/** One that is not there and one the asker may not know of are refused alike. */
export async function requestSeen(
  asker: Asker,
  found: DiscountRequest | null,
): Promise<Readonly<{ request: DiscountRequest; relation: Relation }>> {
  const relation = found && (await relationTo(asker, found))
  if (!found || !relation) throw new DomainError('discount.gone')
  return { request: found, relation }
}

/** Held until the transaction ends: read as whoever came before has left it. */
export async function requestHeld(asker: Asker, id: string) {
  return requestSeen(asker, await asker.work.discounts.hold(id))
}

export async function officeFor(
  { work, now, calendar }: Pick<Context, 'work' | 'now' | 'calendar'>,
  requester: PersonId,
): Promise<Office> {
  return work.discounts.office(requester, { now, policy: await work.policies.current(), calendar })
}
