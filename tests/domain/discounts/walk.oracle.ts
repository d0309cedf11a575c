import type { FactName, RuleFacts } from '../../../src/domain/discounts/facts.ts'
import type { Approver, Policy } from '../../../src/domain/discounts/policy.ts'
import type { DiscountRequest, Seat, Step } from '../../../src/domain/discounts/request.ts'
import type { Terms } from '../../../src/domain/discounts/terms.ts'
import type { Role } from '../../../src/domain/shared/actor.ts'

/**
 * Who may decide, told from first principles: from who stands where, has which role and is away for whom. Nothing of the
 * code under test is used here, only its types.
 */
export type Person = { id: string; role: Role; managerId: string | null; active: boolean }

export type Standing = Readonly<{
  people: readonly Person[]
  /** Who is away today, and who stands in for them. */
  away: ReadonlyMap<string, string>
  policy: Policy
}>

const MOST_STEPS = 3

const personOf = ({ people }: Standing, id: string): Person | undefined => people.find((one) => one.id === id)

/** Who stands in for somebody today; nobody does who has left. */
function standInOf(standing: Standing, id: string): string | null {
  const substitute = standing.away.get(id)
  return substitute !== undefined && personOf(standing, substitute)?.active ? substitute : null
}

/** Whether somebody acts for an absent one today, directly or for one who acts for them. */
export function actsFor(standing: Standing, who: string, absent: string, steps = MOST_STEPS): boolean {
  if (steps === 0) return false
  const next = standInOf(standing, absent)
  return next !== null && (next === who || actsFor(standing, who, next, steps - 1))
}

const isRequesterOrProxy = (standing: Standing, who: string, requester: string): boolean =>
  who === requester || actsFor(standing, who, requester)

/** Who is really there for somebody: the end of those who stand in for one another. */
function presentFor(standing: Standing, id: string): string {
  const passed = [id]
  while (passed.length <= MOST_STEPS) {
    const next = standInOf(standing, passed.at(-1) ?? id)
    if (next === null || passed.includes(next)) break
    passed.push(next)
  }
  return passed.at(-1) ?? id
}

type Asking = Pick<DiscountRequest, 'requester' | 'authors'>

/** Whoever is there for a seat may decide: they neither ask, nor stand in for who does, nor have set the terms. */
export function isServed(standing: Standing, seat: string, { requester, authors }: Asking): boolean {
  const present = presentFor(standing, seat)
  return !authors.includes(present) && !isRequesterOrProxy(standing, present, requester.id)
}

/** The active ones above somebody, from the nearest. */
export function above(standing: Standing, id: string): string[] {
  const passed = [id]
  const found: string[] = []
  let boss = personOf(standing, id)?.managerId
  while (boss && !passed.includes(boss)) {
    passed.push(boss)
    const person = personOf(standing, boss)
    if (person?.active) found.push(boss)
    boss = person?.managerId
  }
  return found
}

/** Those whom the policy means by this, never the requester. */
export function meantBy(standing: Standing, by: Approver, requester: string): string[] {
  if ('manager' in by) return above(standing, requester).filter((_, at) => at === by.manager - 1)
  return standing.people
    .filter(({ id, role, active }) => active && role === by.role && id !== requester)
    .map(({ id }) => id)
}

/** Whether somebody has the authority for which their seat was asked. */
export function hasAuthority(
  standing: Standing,
  { id, by }: Pick<Seat, 'id' | 'by'>,
  requester: string,
): boolean {
  if (id === requester || !personOf(standing, id)?.active) return false
  if ('role' in by) return personOf(standing, id)?.role === by.role
  return above(standing, requester).indexOf(id) >= by.manager - 1
}

/** Whether a seat could belong to a step at all: its own approver, one further up, or the fallback. */
export function isOnTheWay({ policy }: Pick<Standing, 'policy'>, step: Approver, seat: Approver): boolean {
  if ('role' in seat && seat.role === policy.fallback) return true
  if ('manager' in step) return 'role' in seat ? isReached(policy, seat.role) : seat.manager >= step.manager
  return 'role' in seat && (seat.role === step.role || leadsTo(policy, step.role, seat.role))
}

const isReached = ({ escalation }: Policy, role: Role) => Object.values(escalation).includes(role)

function leadsTo({ escalation }: Policy, from: Role, to: Role): boolean {
  const passed: Role[] = []
  for (let role = escalation[from]; role && !passed.includes(role); role = escalation[role]) {
    if (role === to) return true
    passed.push(role)
  }
  return false
}

/** Whether this person may decide at this step now. */
export function mayDecide(
  standing: Standing,
  request: Pick<DiscountRequest, 'state' | 'requester' | 'terms' | 'authors'>,
  step: Step,
  who: string,
  today: string,
): boolean {
  const requester = request.requester.id
  if (request.state !== 'PENDING' || step.state !== 'OPEN' || request.terms.lastDay < today) return false
  if (!personOf(standing, who)?.active || isRequesterOrProxy(standing, who, requester)) return false
  // Whoever set its terms for somebody else is as good as the one who asks.
  if (request.authors.includes(who)) return false
  if (step.votes.some(({ by }) => by.id === who)) return false
  return step.seats.some(
    (seat) =>
      !step.votes.some((vote) => vote.seat === seat.id) &&
      (seat.id === who || actsFor(standing, who, seat.id)) &&
      hasAuthority(standing, seat, requester),
  )
}

/** Those of the fallback who could still be asked: while there are any, nobody is left without an answer. */
export const unaskedFallback = (standing: Standing, step: Step, request: Asking): string[] =>
  meantBy(standing, { role: standing.policy.fallback }, request.requester.id).filter(
    (id) => !step.seats.some((seat) => seat.id === id) && isServed(standing, id, request),
  )

/** Too few of those who are asked are left who could make it up. */
export function isStranded(standing: Standing, step: Step, request: Asking): boolean {
  const left = step.seats.filter(
    (seat) =>
      !step.votes.some((vote) => vote.seat === seat.id) &&
      hasAuthority(standing, seat, request.requester.id) &&
      isServed(standing, seat.id, request),
  )
  return left.length < step.needed - step.votes.length
}

const SMALLER: readonly FactName[] = ['percent', 'amount', 'deferralDays', 'overdueDays', 'grantedCount']
const BIGGER: readonly FactName[] = ['margin', 'marginOverFloor', 'contractEndsInDays']

const numberOf = (value: RuleFacts[FactName]): number =>
  Number(typeof value === 'object' && value !== null && 'amount' in value ? value.amount : value)

/** What of these facts is worse for us now than when somebody agreed. All money here is in one currency. */
export function worseThan(seen: RuleFacts, now: RuleFacts, names: readonly FactName[]): FactName[] {
  return names.filter((name) => {
    if (seen[name] === null || now[name] === null) return seen[name] !== now[name]
    if (SMALLER.includes(name)) return numberOf(now[name]) > numberOf(seen[name])
    if (BIGGER.includes(name)) return numberOf(now[name]) < numberOf(seen[name])
    return JSON.stringify(seen[name]) !== JSON.stringify(now[name])
  })
}

/** Whether these terms are those that were seen, or better for us. */
export const isCoveredBy = (seen: Terms, now: Terms): boolean =>
  Number(now.percent) <= Number(seen.percent) &&
  now.deferralDays <= seen.deferralDays &&
  now.lastDay <= seen.lastDay &&
  seen.gives.every((give) =>
    now.gives.some((one) => one.kind === give.kind && one.what === give.what && one.dueOn <= give.dueOn),
  )
