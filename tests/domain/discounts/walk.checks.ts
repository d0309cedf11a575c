import type { FactName, RuleFacts } from '../../../src/domain/discounts/facts.ts'
import type { DiscountRequest, Step } from '../../../src/domain/discounts/request.ts'
import { nextChangeAt, waitingFor } from '../../../src/domain/discounts/rounds.ts'
import type { Terms } from '../../../src/domain/discounts/terms.ts'
import {
  hasAuthority,
  isCoveredBy,
  isOnTheWay,
  isServed,
  meantBy,
  type Standing,
  unaskedFallback,
  worseThan,
} from './walk.oracle.ts'

/** A yes that was rightly given, with everything that its giver saw. */
export type Given = Readonly<{
  at: string
  by: string
  seat: string
  terms: Terms
  facts: RuleFacts
  /** The approvers for whose steps it has counted, as text, with whether it was a decision. */
  for: Set<string>
}>

type Known = Readonly<{ given: readonly Given[]; standing: Standing }>

/** For whom a yes counts: `approve {"role":"FINANCE"}`. */
export const keyOf = ({ kind, by }: Pick<Step, 'kind' | 'by'>): string => `${kind} ${JSON.stringify(by)}`

export const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what)
}
const unique = (all: readonly string[]) => new Set(all).size === all.length

/** From one state to the next. */
export function checkChange(before: DiscountRequest | null, after: DiscountRequest, does: string): void {
  if (!before || does === 'file') {
    must(after.version === 1 && after.round === 1, `filed as version ${after.version}, round ${after.round}`)
    return
  }
  must(after.version === before.version + 1, `version ${before.version} became ${after.version} by ${does}`)
  const isRound = ['resubmit', 'reprice', 'accept'].includes(does)
  must(
    after.round === before.round + (isRound ? 1 : 0),
    `round ${before.round} became ${after.round} by ${does}`,
  )
  must(before.state !== 'GRANTED' || after.state === 'REVOKED', `granted, and then ${after.state} by ${does}`)
  if (after.round !== before.round) return
  must(isRound || JSON.stringify(after.terms) === JSON.stringify(before.terms), `other terms by ${does}`)
  for (const step of before.steps.filter(({ state }) => state === 'APPROVED' || state === 'DECLINED'))
    must(
      JSON.stringify(after.steps.find(({ id }) => id === step.id)) === JSON.stringify(step),
      `${step.id} was decided and changed by ${does}`,
    )
}

/** Checks before authority, one step of authority at a time, and nobody is asked any more when it is over. */
export function checkStates({ state, steps, counter }: DiscountRequest): void {
  const open = steps.filter((step) => step.state === 'OPEN')
  const undecided = (step: Step) => step.state === 'OPEN' || step.state === 'WAITING'
  if (state === 'PENDING') {
    must(open.length > 0, 'it is pending and nothing is open')
    const checks = steps.filter(({ kind }) => kind === 'check')
    const isChecking = checks.some(undecided)
    must(
      open.every(({ kind }) => (kind === 'check') === isChecking),
      'authority is asked before the last check',
    )
    must(isChecking || open.length === 1, 'two steps of authority are open')
    const first = steps.findIndex(undecided)
    must(isChecking || steps[first]?.state === 'OPEN', 'a later step is open before an earlier one')
    must(!isChecking || checks.every((step) => step.state !== 'WAITING'), 'a check waits for another')
  }
  if (state !== 'PENDING' && state !== 'COUNTERED')
    must(!steps.some(undecided), `it is ${state}, and a step is open`)
  const offered = steps.filter((step) => step.state === 'COUNTERED').length
  must(offered === (state === 'COUNTERED' ? 1 : 0), `it is ${state} with ${offered} offers`)
  must(state !== 'COUNTERED' || counter !== null, 'it is countered without an offer')
}

export function checkClock(request: DiscountRequest): void {
  const { state, steps } = request
  const due = steps.filter((step) => step.state === 'OPEN').map(({ dueAt }) => dueAt ?? '')
  const next = nextChangeAt(request)
  if (state !== 'PENDING')
    return must(next === null && waitingFor(request).length === 0, `it is ${state}, and waits`)
  must(
    next?.toISOString() === due.toSorted()[0],
    `next at ${next?.toISOString()}, and due are ${due.join(', ')}`,
  )
}

const ALWAYS: readonly FactName[] = ['percent', 'amount', 'deferralDays', 'margin', 'marginOverFloor']

/** Every yes was given by somebody who might, once, and to what is asked for now or worse. */
export function checkVotes({ given, standing }: Known, request: DiscountRequest, step: Step): void {
  const { id, votes, seats, needed, state } = step
  must(unique(votes.map(({ by }) => by.id)), `${id}: one person agreed twice`)
  must(unique(votes.map(({ seat }) => seat)), `${id}: one seat was used twice`)
  must(unique(seats.map((seat) => seat.id)), `${id}: somebody was asked twice`)
  must(
    state === 'APPROVED' ? votes.length >= needed : votes.length < needed,
    `${id} is ${state} with ${votes.length} of ${needed}`,
  )
  if (typeof step.need === 'number') must(needed === step.need, `${id} needs ${needed} and not ${step.need}`)
  const isLive = ['PENDING', 'COUNTERED', 'GRANTED'].includes(request.state)
  for (const vote of votes) {
    must(
      seats.some((seat) => seat.id === vote.seat),
      `${id}: ${vote.seat} has no seat there`,
    )
    const yes = given.find(({ at, by, seat }) => at === vote.at && by === vote.by.id && seat === vote.seat)
    if (!yes) throw new Error(`${id}: ${vote.by.id} never agreed for ${vote.seat} at ${vote.at}`)
    if (
      !yes.for.has(keyOf(step)) &&
      !(step.kind === 'check' && yes.for.has(keyOf({ ...step, kind: 'approve' })))
    ) {
      const seat = seats.find((one) => one.id === vote.seat)
      must(step.carried && vote.by.id === vote.seat, `${id}: the yes of ${vote.by.id} was for something else`)
      must(
        [...yes.for].every((what) => what.startsWith('approve')),
        `${id}: an opinion is taken for a decision`,
      )
      must(
        seat !== undefined && hasAuthority(standing, seat, request.requester.id),
        `${id}: ${vote.seat} has no authority for it`,
      )
      yes.for.add(keyOf(step))
    }
    if (!isLive || state !== 'APPROVED') continue
    const tested = step.rules.flatMap((rule) => Object.keys(rule.tested) as FactName[])
    const worse = worseThan(yes.facts, request.facts, [...ALWAYS, ...tested])
    must(worse.length === 0, `${id}: ${vote.by.id} did not agree to this ${worse.join(', ')}`)
    must(isCoveredBy(yes.terms, request.terms), `${id}: ${vote.by.id} did not agree to these terms`)
  }
}

/** Whoever was asked just now can answer, and while anybody is left somebody is asked. */
export function checkAsked(
  { standing }: Pick<Known, 'standing'>,
  request: DiscountRequest,
  step: Step,
  before: DiscountRequest | null,
): void {
  const requester = request.requester.id
  const was = before?.id === request.id ? before.steps.find(({ id }) => id === step.id) : undefined
  const isNew = was?.state !== 'OPEN'
  const added = step.seats.filter(({ id }) => isNew || !was?.seats.some((seat) => seat.id === id))
  for (const seat of added) {
    must(isOnTheWay(standing, step.by, seat.by), `${step.id}: ${seat.id} is not on the way up`)
    must(hasAuthority(standing, seat, requester), `${step.id}: ${seat.id} is asked without authority`)
    must(isServed(standing, seat.id, request), `${step.id}: nobody is there for ${seat.id}`)
  }
  if (isNew) {
    const meant = meantBy(standing, step.by, requester).filter((id) => isServed(standing, id, request))
    must(
      meant.every((id) => step.seats.some((seat) => seat.id === id)),
      `${step.id}: ${meant.join(', ')} are not all asked`,
    )
    must(
      step.need !== 'all' || step.needed === Math.max(meant.length, 1),
      `${step.id}: ${step.needed} must agree of ${meant.length}`,
    )
  }
  const isShort = isNew
    ? step.seats.length < step.needed
    : step.escalations > (was?.escalations ?? 0) && added.length === 0
  const left = isShort ? unaskedFallback(standing, step, request) : []
  must(left.length === 0, `${step.id}: nobody is asked, and ${left.join(', ')} could be`)
}

export function checkGranted(
  { standing }: Pick<Known, 'standing'>,
  { steps, decision }: DiscountRequest,
): void {
  must(
    steps.every(({ state }) => state === 'APPROVED'),
    'it is granted without all of its steps',
  )
  must(decision !== null, 'it is granted without a decision')
  // Within the requester's own limit the authority is theirs, and an expert who was asked before has but to agree.
  const isOwn = standing.policy.rules.some(({ outcome }) => outcome.kind === 'grant')
  const decides = steps.some(({ kind }) => kind === 'approve')
  must(steps.length === 0 || decides || isOwn, 'it is granted by opinions alone')
  must(steps.length === 0 || decision?.by !== null, 'it is granted by a chain and by nobody')
}
