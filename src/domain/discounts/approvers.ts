import type { DelegationLevel } from '../accounts/account.ts'
import type { Rhythm } from '../follow-ups/schedule.ts'
import type { PersonId, Role } from '../shared/actor.ts'
import type { Approver, Policy } from './policy.ts'
import type { DiscountRequest, Seat, Step } from './request.ts'

/** Somebody who may have a say, or above whom somebody may. */
export type Officer = Readonly<{
  id: PersonId
  name: string
  role: Role
  active: boolean
  managerId: PersonId | null
  level: DelegationLevel | null
  rhythm: Rhythm
}>

/** Everybody a decision may depend on, as of one moment. `standIns` has only who is away today, with who follows whom. */
export type Office = Readonly<{
  now: Date
  policy: Policy
  policyVersion: number
  officers: ReadonlyMap<PersonId, Officer>
  standIns: ReadonlyMap<PersonId, readonly PersonId[]>
}>

/** The active people above somebody, the nearest first; a circle in the tree ends the walk. */
export function managersAbove({ officers }: Pick<Office, 'officers'>, person: PersonId): readonly Officer[] {
  const above: Officer[] = []
  const seen = new Set([person])
  for (let id = officers.get(person)?.managerId ?? null; id !== null && !seen.has(id); ) {
    seen.add(id)
    const officer = officers.get(id)
    if (officer?.active) above.push(officer)
    id = officer?.managerId ?? null
  }
  return above
}

/** Whose authority the policy asks for; never the requester's own. */
export function seatsFor(
  by: Approver,
  requester: PersonId,
  office: Pick<Office, 'officers'>,
): readonly Seat[] {
  const found =
    'manager' in by
      ? managersAbove(office, requester).slice(by.manager - 1, by.manager)
      : [...office.officers.values()].filter(({ active, role }) => active && role === by.role)
  return found
    .filter(({ id }) => id !== requester)
    .map(({ id, name, role }) => ({ id, name, role, by }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Whether a seat still has the authority for which it was asked: people move and lose roles. */
export function holdsSeat(seat: Seat, requester: PersonId, office: Pick<Office, 'officers'>): boolean {
  const officer = office.officers.get(seat.id)
  if (!officer?.active || seat.id === requester) return false
  if ('role' in seat.by) return officer.role === seat.by.role
  const place = managersAbove(office, requester).findIndex(({ id }) => id === seat.id)
  return place >= seat.by.manager - 1
}

/** Whose request it is, as far as it matters for who may decide. */
type Asking = Pick<DiscountRequest, 'requester'> & Partial<Pick<DiscountRequest, 'authors'>>

/** Neither the requester, nor whoever acts for them today, nor whoever has set its terms for them may decide. */
export function isOfRequester(
  person: PersonId,
  { requester, authors = [] }: Asking,
  { standIns }: Pick<Office, 'standIns'>,
): boolean {
  if (person === requester.id || authors.includes(person)) return true
  return (standIns.get(requester.id) ?? []).includes(person)
}

/** Those who may use a seat today: its own person, and while they are away whoever stands in for them, one after another. */
export function decidersOf(
  seat: Pick<Seat, 'id'>,
  request: Asking,
  office: Pick<Office, 'standIns'>,
): readonly PersonId[] {
  const all = [seat.id, ...(office.standIns.get(seat.id) ?? [])]
  return all.filter((person) => !isOfRequester(person, request, office))
}

/** Whoever is there for it today may decide: its own person, or the last of those who stand in, as the others are away. */
export function isServed(seat: Pick<Seat, 'id'>, request: Asking, office: Pick<Office, 'standIns'>): boolean {
  const present = office.standIns.get(seat.id)?.at(-1) ?? seat.id
  return !isOfRequester(present, request, office)
}

/** Who is to be told about it: the last of those who stand in, else the seat's own person; null when nobody may decide. */
export function readerOf(
  seat: Pick<Seat, 'id'>,
  request: Asking,
  office: Pick<Office, 'standIns'>,
): PersonId | null {
  return decidersOf(seat, request, office).at(-1) ?? null
}

/** The next to be asked when those of a step do not answer or are none; empty when there is nobody left. */
export function nextSeats(
  step: Pick<Step, 'by' | 'seats'>,
  request: Asking,
  office: Office,
): readonly Seat[] {
  const asked = new Set(step.seats.map(({ id }) => id))
  const usable = (seats: readonly Seat[]) =>
    seats.filter((seat) => !asked.has(seat.id) && isServed(seat, request, office))
  for (const by of ladderOf(step, request.requester.id, office)) {
    const seats = usable(seatsFor(by, request.requester.id, office))
    if (seats.length > 0) return seats
  }
  return []
}

/**
 * Whoever stands at the very place by now, up the tree to its top, then from role to role, and the fallback last. Never
 * twice the same rung.
 */
function ladderOf({ by }: Pick<Step, 'by'>, requester: PersonId, office: Office): readonly Approver[] {
  const { policy } = office
  const above = managersAbove(office, requester)
  const tree =
    'manager' in by ? above.slice(by.manager).map((_, at) => ({ manager: by.manager + at + 1 })) : []
  const first: Role | undefined = 'role' in by ? by.role : (above.at(-1)?.role ?? 'MANAGER')
  return [by, ...tree, ...rolesAfter(first, policy).map((role) => ({ role })), { role: policy.fallback }]
}

function rolesAfter(role: Role, { escalation }: Policy): Role[] {
  const roles: Role[] = []
  for (let next = escalation[role]; next && next !== role && !roles.includes(next); next = escalation[next])
    roles.push(next)
  return roles
}
