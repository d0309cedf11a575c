import { isServed, nextSeats, type Office, readerOf, seatsFor } from './approvers.ts'
import { isNoWorse } from './better.ts'
import type { PlannedStep } from './evaluate.ts'
import type { FactName, RuleFacts } from './facts.ts'
import { approverKey, type Need } from './policy.ts'
import type { Decision, DiscountRequest, Step, Vote } from './request.ts'
import { afterWorkingHours } from './working-time.ts'

type Asking = Pick<DiscountRequest, 'requester' | 'steps' | 'facts' | 'round'>

/** The steps of a new round. What was agreed to before still holds for the same or better terms, unless `carry` is false. */
export function stepsOf(
  planned: readonly PlannedStep[],
  { steps: earlier, facts, round }: Asking,
  carry: boolean,
): readonly Step[] {
  return planned.map((step, at): Step => {
    const known = carry ? agreedBefore(step, earlier, facts) : null
    return {
      id: `${round}.${at + 1}`,
      ...step,
      needed: known?.needed ?? countOf(step.need),
      state: known ? 'APPROVED' : 'WAITING',
      seats: known?.seats ?? [],
      votes: known?.votes ?? [],
      agreedTo: known?.agreedTo ?? null,
      carried: known !== null,
      openedAt: null,
      remindAt: null,
      dueAt: null,
      escalations: 0,
      told: [],
    }
  })
}

/** The newest yes of the same people that covers what the rules test now. An opinion is no decision. */
function agreedBefore(planned: PlannedStep, earlier: readonly Step[], facts: RuleFacts): Step | null {
  const tested = testedIn(planned.rules)
  const found = earlier.findLast(
    (step) =>
      step.state === 'APPROVED' &&
      step.agreedTo !== null &&
      (step.kind === 'approve' || planned.kind === 'check') &&
      approverKey(step.by) === approverKey(planned.by) &&
      isNeedMet(planned.need, step) &&
      isNoWorse(step.agreedTo, facts, tested),
  )
  return found ?? null
}

const testedIn = (rules: PlannedStep['rules']): readonly FactName[] =>
  rules.flatMap(({ tested }) => Object.keys(tested) as FactName[])

const isNeedMet = (need: Need, { votes, need: before }: Step): boolean =>
  need === 'all' ? before === 'all' : votes.length >= countOf(need)

/** Of `all` the number is known when the step is opened. */
const countOf = (need: Need): number => (typeof need === 'number' ? need : 1)

/**
 * Opens what may be decided now: all checks at once, then one step of authority after another. Whoever has agreed to the
 * same terms in an earlier step need not do so again. With every step done the request is granted.
 */
export function advanced(request: DiscountRequest, office: Office): DiscountRequest {
  const checking = request.steps.some(({ kind, state }) => kind === 'check' && isUndecided(state))
  const next = request.steps.find(({ kind, state }) => kind === 'approve' && isUndecided(state))
  const due = request.steps.filter((step) =>
    checking ? step.kind === 'check' && step.state === 'WAITING' : step === next && step.state === 'WAITING',
  )
  if (due.length === 0) return checking || next ? request : granted(request)
  const opened = due.map((step) => openStep(step, request, office))
  const after = withSteps(request, opened)
  // A step that needs nobody any more may open the one behind it.
  return opened.some(({ state }) => state === 'APPROVED') ? advanced(after, office) : after
}

const isUndecided = (state: Step['state']) => state === 'WAITING' || state === 'OPEN'

export const withSteps = (request: DiscountRequest, changed: readonly Step[]): DiscountRequest => ({
  ...request,
  steps: request.steps.map((step) => changed.find(({ id }) => id === step.id) ?? step),
})

function openStep(step: Step, request: DiscountRequest, office: Office): Step {
  const usable = seatsFor(step.by, request.requester.id, office).filter((seat) =>
    isServed(seat, request, office),
  )
  const needed = step.need === 'all' ? Math.max(usable.length, 1) : step.needed
  const seated = filled({ ...step, seats: usable, needed }, request, office)
  const yes = needed === 1 ? earlierYes(seated, request) : null
  if (yes) return { ...seated, ...yes, state: 'APPROVED', carried: true }
  return withClock({ ...seated, state: 'OPEN' }, request, office)
}

/** Too few of those who are asked may decide: the next ones are asked beside them, as far as there are any. */
function filled(step: Step, request: DiscountRequest, office: Office): Step {
  if (step.seats.length >= step.needed) return step
  const more = nextSeats(step, request, office)
  return more.length === 0 ? step : filled({ ...step, seats: [...step.seats, ...more] }, request, office)
}

/** One of these seats has agreed to what this step looks at already, by its own hand; with what they saw then. */
function earlierYes(
  { seats, kind, rules }: Step,
  { steps, facts }: DiscountRequest,
): Pick<Step, 'votes' | 'agreedTo'> | null {
  if (kind === 'check') return null
  const isTheirs = ({ seat, by }: Vote) => seat === by.id && seats.some(({ id }) => id === seat)
  const found = steps.find(
    (step) =>
      step.kind === 'approve' &&
      step.state === 'APPROVED' &&
      step.agreedTo !== null &&
      isNoWorse(step.agreedTo, facts, testedIn(rules)) &&
      step.votes.some(isTheirs),
  )
  return found ? { votes: found.votes.filter(isTheirs).slice(0, 1), agreedTo: found.agreedTo } : null
}

/** From now on the agreed hours run, for the one of those who decide that has most time. */
export function withClock(step: Step, request: DiscountRequest, office: Office): Step {
  const { now, policy, officers } = office
  const rhythms = step.seats.flatMap((seat) => {
    const reader = officers.get(readerOf(seat, request, office) ?? seat.id) ?? officers.get(seat.id)
    return reader ? [reader.rhythm] : []
  })
  const latest = (hours: number) => {
    const ends = rhythms.map((rhythm) => afterWorkingHours(now, hours, rhythm).getTime())
    return new Date(ends.length > 0 ? Math.max(...ends) : now.getTime() + hours * 3_600_000).toISOString()
  }
  return {
    ...step,
    openedAt: now.toISOString(),
    remindAt: latest(policy.answerHours / 2),
    dueAt: latest(policy.answerHours),
  }
}

/** Every step is done: whoever agreed last has granted it. */
function granted(request: DiscountRequest): DiscountRequest {
  const last = request.steps.toReversed().find(({ votes }) => votes.length > 0)
  const vote = last?.votes.at(-1)
  const decision: Decision = {
    by: vote?.by ?? null,
    onBehalfOf: vote?.onBehalfOf ?? null,
    at: request.changedAt,
    channel: vote?.channel ?? '',
    word: null,
    rule: last?.rules[0]?.name ?? null,
  }
  return { ...request, state: 'GRANTED', decision }
}
