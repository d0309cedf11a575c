import { dayIn } from '../shared/day.ts'
import { decidersOf, holdsSeat, isOfRequester, type Office } from './approvers.ts'
import { advanced, withSteps } from './chain.ts'
import type { CounterOffer, Decision, DiscountRequest, PersonRef, Seat, Step, Vote } from './request.ts'
import type { Terms } from './terms.ts'

/** Somebody at a step of a request, by the authority of a seat. */
export type Acting = Readonly<{
  by: PersonRef
  step: Step
  seat: Seat
  /** The seat's own person, when somebody else uses it. */
  onBehalfOf: PersonRef | null
  channel: string
}>

/** Why somebody may not decide; each has its sentence in every language. */
export type Hindrance = 'requesterLeft' | 'own' | 'proxy' | 'notYours' | 'voted' | 'lostRole' | 'lastDayOver'

export type Clicking = PersonRef & Readonly<{ channel: string }>

/** Its last day is over where the requester is. */
export function isOver(
  { requester, terms }: DiscountRequest,
  { officers, now }: Pick<Office, 'officers' | 'now'>,
): boolean {
  return terms.lastDay < dayIn(officers.get(requester.id)?.rhythm.timeZone ?? 'UTC', now)
}

/** The right to decide a step, asked anew at every click. Fails closed, with what stands in the way. */
export function actingAt(
  request: DiscountRequest,
  step: Step,
  { id, name, channel }: Clicking,
  office: Office,
): Acting | Hindrance {
  if (office.officers.get(request.requester.id)?.active === false) return 'requesterLeft'
  if (id === request.requester.id) return 'own'
  if (isOfRequester(id, request, office)) return 'proxy'
  const mine = step.seats.filter((seat) => decidersOf(seat, request, office).includes(id))
  if (mine.length === 0) return 'notYours'
  if (step.votes.some((vote) => vote.by.id === id)) return 'voted'
  const free = mine.filter((seat) => !step.votes.some((vote) => vote.seat === seat.id))
  const held = free.filter((seat) => holdsSeat(seat, request.requester.id, office))
  // One's own authority before somebody else's.
  const seat = held.find((one) => one.id === id) ?? held[0]
  if (!seat) return free.length === 0 ? 'voted' : 'lostRole'
  if (isOver(request, office)) return 'lastDayOver'
  const onBehalfOf = seat.id === id ? null : { id: seat.id, name: seat.name }
  return { by: { id, name }, step, seat, onBehalfOf, channel }
}

const voteOf = ({ by, seat, onBehalfOf, channel }: Acting, at: string): Vote => ({
  seat: seat.id,
  by,
  onBehalfOf,
  at,
  channel,
})

/** A yes. With as many as the step needs the next one opens, or the discount is granted. */
export function approved(request: DiscountRequest, acting: Acting, office: Office): DiscountRequest {
  const at = office.now.toISOString()
  const { step } = acting
  const votes = [...step.votes, voteOf(acting, at)]
  const isDone = votes.length >= step.needed
  const after: Step = isDone
    ? { ...step, votes, state: 'APPROVED', agreedTo: request.facts, dueAt: null, remindAt: null }
    : { ...step, votes }
  const changed = changedAt(withSteps(request, [after]), office)
  return isDone ? advanced(changed, office) : changed
}

/** A no, of an expert as of whoever decides, ends the request; the requester may ask anew on other terms. */
export function declined(
  request: DiscountRequest,
  acting: Acting,
  word: string,
  office: Office,
): DiscountRequest {
  const at = office.now.toISOString()
  const { by, onBehalfOf, channel, step } = acting
  const decision: Decision = { by, onBehalfOf, at, channel, word, rule: step.rules[0]?.name ?? null }
  const over = closed(request, office, { ...step, state: 'DECLINED', dueAt: null, remindAt: null })
  return { ...over, state: 'DECLINED', decision }
}

/** Other terms instead of a yes: the clock stops until the requester answers. */
export function countered(
  request: DiscountRequest,
  acting: Acting,
  offer: Readonly<{ terms: Terms; word: string }>,
  office: Office,
): DiscountRequest {
  const at = office.now.toISOString()
  const { by, onBehalfOf, channel, seat, step } = acting
  const counter: CounterOffer = { stepId: step.id, seat: seat.id, by, onBehalfOf, channel, at, ...offer }
  const stopped: Step = { ...step, state: 'COUNTERED', dueAt: null, remindAt: null }
  return { ...changedAt(withSteps(request, [stopped]), office), state: 'COUNTERED', counter }
}

/** What the requester ends: taken back, or a counter-offer that is not taken. */
export function ended(
  request: DiscountRequest,
  state: 'WITHDRAWN' | 'DECLINED' | 'REVOKED',
  decision: Omit<Decision, 'at' | 'rule'> & Partial<Pick<Decision, 'rule'>>,
  office: Pick<Office, 'now'>,
): DiscountRequest {
  return {
    ...closed(request, office),
    state,
    decision: { rule: null, ...decision, at: office.now.toISOString() },
  }
}

/** Nobody is asked any more. */
function closed(request: DiscountRequest, office: Pick<Office, 'now'>, last?: Step): DiscountRequest {
  const open = request.steps.filter(({ state }) => ['WAITING', 'OPEN', 'COUNTERED'].includes(state))
  const cancelled = open.map((step): Step => ({ ...step, state: 'CANCELLED', dueAt: null, remindAt: null }))
  const others = cancelled.filter(({ id }) => id !== last?.id)
  return changedAt(withSteps(request, last ? [...others, last] : others), office)
}

export const changedAt = (request: DiscountRequest, { now }: Pick<Office, 'now'>): DiscountRequest => ({
  ...request,
  version: request.version + 1,
  changedAt: now.toISOString(),
})
