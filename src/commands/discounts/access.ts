import type { Office } from '../../domain/discounts/approvers.ts'
import type { DiscountRequest } from '../../domain/discounts/request.ts'
import type { Actor, PersonId, Role } from '../../domain/shared/actor.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { Work } from '../../domain/shared/work.ts'
import type { Context } from '../kit/command.ts'

/** Finance decides and asks for nothing. */
export const REQUESTERS: readonly Role[] = ['KAM', 'MANAGER', 'DIRECTOR', 'ADMIN']

/** How somebody stands to a request. */
export type Relation = Readonly<{
  /** It is theirs, or of somebody whom they stand in for. */
  asks: boolean
  /** They are or were to decide, by whosever authority. */
  decides: boolean
  sees: boolean
}>

type Asker = Readonly<{ actor: Actor; work: Work; now: Date }>

/** Null for whoever may not know of it: neither its account's, nor its requester, nor asked to decide. */
export async function relationTo(
  { actor, work, now }: Asker,
  request: DiscountRequest,
): Promise<Relation | null> {
  const [[account], seats] = await Promise.all([
    work.accounts.refs([request.account.id], actor.sight),
    work.discounts.seatsOf(actor.id, now),
  ])
  const asks = request.requester.id === actor.id || actor.standsFor.includes(request.requester.id)
  const decides = !asks && request.steps.some((step) => involves(step, seats, actor.id))
  const relation = { asks, decides, sees: account !== undefined }
  return asks || decides || relation.sees ? relation : null
}

const involves = (
  { seats, votes, state }: DiscountRequest['steps'][number],
  used: readonly PersonId[],
  person: PersonId,
): boolean =>
  votes.some(({ by }) => by.id === person) ||
  (state !== 'WAITING' && seats.some(({ id }) => used.includes(id)))

/** One that is not there and one the asker may not know of are refused alike. */
export async function requestSeen(
  context: Asker,
  found: DiscountRequest | null,
): Promise<Readonly<{ request: DiscountRequest; relation: Relation }>> {
  const relation = found && (await relationTo(context, found))
  if (!found || !relation) throw new DomainError('discount.gone')
  return { request: found, relation }
}

/** Held until the transaction ends: read as whoever came before has left it. */
export async function requestHeld(context: Asker, id: string) {
  return requestSeen(context, await context.work.discounts.hold(id))
}

export async function officeFor(
  { work, now, calendar }: Pick<Context, 'work' | 'now' | 'calendar'>,
  requester: PersonId,
): Promise<Office> {
  return work.discounts.office(requester, { now, policy: await work.policies.current(), calendar })
}
