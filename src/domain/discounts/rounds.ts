import { holdsSeat, isServed, nextSeats, type Office } from './approvers.ts'
import { bindsAsMuch, isSameOffer } from './better.ts'
import { advanced, stepsOf, withClock, withSteps } from './chain.ts'
import { changedAt } from './decide.ts'
import type { Verdict } from './evaluate.ts'
import type { PersonId } from '../shared/actor.ts'
import type { RuleFacts } from './facts.ts'
import { factsAt } from './rule-facts.ts'
import type { CounterOffer, Decision, DiscountRequest, Question, Seat, Step } from './request.ts'

/** What is asked for, and what the policy says of it. A stopped one is never filed. */
type Asked = Readonly<{ facts: RuleFacts; verdict: Exclude<Verdict, { kind: 'stopped' }> }>

/** Who asks, and from where. */
export type Author = Readonly<{ by: PersonId; channel: string }>

type New = Pick<DiscountRequest, 'id' | 'account' | 'requester' | 'terms' | 'basis' | 'reason' | 'competitor'>

/** The first round: granted within the requester's own limit, or the chain with its first steps open. */
export function filed(request: New, asked: Asked, channel: string, office: Office): DiscountRequest {
  const at = office.now.toISOString()
  const blank: DiscountRequest = {
    ...request,
    authors: [request.requester.id],
    number: 0,
    state: 'PENDING',
    round: 1,
    version: 1,
    policyVersion: office.policyVersion,
    facts: asked.facts,
    steps: [],
    counter: null,
    questions: [],
    decision: null,
    createdAt: at,
    changedAt: at,
  }
  return begun(blank, asked, { carry: false, channel }, office)
}

type NextTerms = Pick<DiscountRequest, 'terms' | 'basis'> &
  Partial<Pick<DiscountRequest, 'reason' | 'competitor'>>

/**
 * The next round, on other terms: only those go round again whose rules see something worse than what they agreed to, and
 * everybody when it binds the client less.
 * `carry: false` asks everybody again: what they agreed to is no longer what is on offer.
 */
export function resubmitted(
  request: DiscountRequest,
  next: NextTerms,
  asked: Asked,
  how: Readonly<{ carry: boolean; author: Author | null; channel: string }>,
  office: Office,
): DiscountRequest {
  const blank: DiscountRequest = {
    ...changedAt({ ...request, ...next }, office),
    state: 'PENDING',
    round: request.round + 1,
    policyVersion: office.policyVersion,
    facts: asked.facts,
    authors: how.author ? [...new Set([...request.authors, how.author.by])] : request.authors,
    counter: null,
    decision: null,
  }
  const carry = how.carry && isSameOffer(request, next) && bindsAsMuch(request.terms, next.terms)
  return begun(blank, asked, { ...how, carry }, office)
}

/**
 * The requester takes a counter-offer: whoever made it has agreed to it, as things were then, and what it still needs is
 * asked.
 */
export function accepted(
  request: DiscountRequest,
  counter: CounterOffer,
  asked: Asked,
  author: Author,
  office: Office,
): DiscountRequest {
  const { stepId, seat, by, onBehalfOf, at, channel } = counter
  const agreedTo = factsAt(request.facts, counter.terms, request.basis.costShare)
  const steps = request.steps.map((step): Step => {
    if (step.id !== stepId) return step
    const votes = [...step.votes, { seat, by, onBehalfOf, at, channel }]
    const isDone = votes.length >= step.needed
    return isDone ? { ...step, votes, state: 'APPROVED', agreedTo } : step
  })
  const next = { terms: counter.terms, basis: request.basis }
  return resubmitted({ ...request, steps }, next, asked, { carry: true, author, channel }, office)
}

function begun(
  request: DiscountRequest,
  { verdict }: Asked,
  { carry, channel }: Readonly<{ carry: boolean; channel: string }>,
  office: Office,
): DiscountRequest {
  if (verdict.kind === 'granted') {
    const decision: Decision = {
      by: null,
      onBehalfOf: null,
      at: request.changedAt,
      channel,
      word: null,
      rule: verdict.rule.name,
    }
    return { ...request, state: 'GRANTED', steps: [], decision }
  }
  return advanced({ ...request, steps: stepsOf(verdict.steps, request, carry) }, office)
}

/**
 * Steps whose time is over pass on to the next in line, and so does at once what nobody is there for any more: whoever
 * left, lost the role, or is away with a substitute who may not decide. Whoever was asked before and still may, may still
 * decide. Null when there is none.
 */
export function escalated(request: DiscountRequest, office: Office): DiscountRequest | null {
  if (request.state !== 'PENDING') return null
  const passed = request.steps.flatMap((step) => passedOn(step, request, office) ?? [])
  return passed.length === 0 ? null : changedAt(withSteps(request, passed), office)
}

function passedOn(step: Step, request: DiscountRequest, office: Office): Step | null {
  if (step.state !== 'OPEN') return null
  const isLate = step.dueAt !== null && Date.parse(step.dueAt) <= office.now.getTime()
  const held = step.seats.filter((seat) => holdsSeat(seat, request.requester.id, office))
  const free = held.filter((seat) => isServed(seat, request, office) && !hasVoted(step, seat))
  const isStranded = free.length < step.needed - step.votes.length
  if (!isLate && !isStranded) return null
  const kept = { ...step, seats: step.seats.filter((seat) => held.includes(seat) || hasVoted(step, seat)) }
  const more = nextSeats(step, request, office)
  // With nobody left to ask, only its time begins anew; before that there is nothing to do.
  if (more.length === 0 && !isLate) return null
  const seats = [...kept.seats, ...more]
  return withClock({ ...kept, seats, escalations: step.escalations + 1 }, request, office)
}

const hasVoted = ({ votes }: Step, { id }: Seat): boolean => votes.some(({ seat }) => seat === id)

/** Nobody decided before its last day: there is nothing left to grant. */
export const LAPSED = '~lapsed'
/** Whoever asked has left: nobody is there to take it or to take it back. */
export const LEFT = '~left'
/** What it was for is not on offer any more. */
export const VOID = '~void'

export function withQuestion(
  request: DiscountRequest,
  question: Omit<Question, 'answer'>,
  office: Pick<Office, 'now'>,
): DiscountRequest {
  const questions = [...request.questions, { ...question, answer: null }]
  return { ...changedAt(request, office), questions }
}

export function withAnswer(
  request: DiscountRequest,
  id: string,
  answer: NonNullable<Question['answer']>,
  office: Pick<Office, 'now'>,
): DiscountRequest {
  const questions = request.questions.map((one) => (one.id === id ? { ...one, answer } : one))
  return { ...changedAt(request, office), questions }
}

/** Whose decision it waits for, by their own authority. */
export const waitingFor = ({ state, steps }: DiscountRequest): readonly string[] =>
  state === 'PENDING'
    ? [
        ...new Set(
          steps
            .filter((step) => step.state === 'OPEN')
            .flatMap(({ seats, votes }) =>
              seats.map(({ id }) => id).filter((id) => !votes.some(({ seat }) => seat === id)),
            ),
        ),
      ]
    : []

/** When the first of its open steps passes on. */
export function nextChangeAt({ state, steps }: DiscountRequest): Date | null {
  if (state !== 'PENDING') return null
  const due = steps.flatMap(({ state: of, dueAt }) => (of === 'OPEN' && dueAt ? [Date.parse(dueAt)] : []))
  return due.length > 0 ? new Date(Math.min(...due)) : null
}
