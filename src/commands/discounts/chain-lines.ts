import { approverKey } from '../../domain/discounts/policy.ts'
import type { PersonRef, DiscountRequest, Step, Vote } from '../../domain/discounts/request.ts'
import { type Block, type Line, parts, plain, say, type Text } from '../kit/view.ts'
import { actorText, askedText, cutText, ruleNames } from './phrases.ts'

const STEPS_SHOWN = 5
const NAMES_SHOWN = 2

/** Who decides, step by step: who agreed, who is asked and until when, and why. */
export function chainBlocks(request: DiscountRequest): Block[] {
  const { steps, state } = request
  const shown = steps
    .filter((step) => step.state !== 'CANCELLED' || state === 'WITHDRAWN')
    .slice(0, STEPS_SHOWN)
  if (shown.length === 0) return []
  return [{ kind: 'list', title: say('discount.chain'), items: shown.map((step) => stepLine(step, request)) }]
}

function stepLine(step: Step, request: DiscountRequest): Line {
  const { state, dueAt } = step
  const clock = state === 'OPEN' && dueAt ? say('discount.step.until', { when: { instant: dueAt } }) : null
  const text = parts(
    askedText(step.by, step.need),
    standing(step, request),
    clock,
    state === 'OPEN' || state === 'WAITING' ? ruleNames(step.rules) : null,
  )
  const tone = state === 'APPROVED' ? 'good' : state === 'DECLINED' ? 'bad' : state === 'OPEN' ? 'warn' : null
  return { text, ...(tone ? { tone } : {}) }
}

function standing(step: Step, { counter, decision }: DiscountRequest): Text {
  const { state, votes, carried } = step
  switch (state) {
    case 'APPROVED':
      return say(carried ? 'discount.step.carried' : 'discount.step.approved', {
        by: { list: votes.map(voteText) },
      })
    case 'OPEN':
      return asked(step)
    case 'DECLINED':
      return by('discount.step.DECLINED', decision)
    case 'COUNTERED':
      return by('discount.step.COUNTERED', counter)
    default:
      return { key: `discount.step.${state}` }
  }
}

type Doer = Readonly<{ by: PersonRef | null; onBehalfOf: PersonRef | null }>

const by = (key: 'discount.step.DECLINED' | 'discount.step.COUNTERED', doer: Doer | null): Text =>
  doer ? say(key, { by: actorText(doer.by, doer.onBehalfOf) }) : say(key, { by: say('discount.nobody') })

function asked(step: Step): Text {
  const { seats, votes, needed } = step
  if (seats.length === 0) return say('discount.step.nobody')
  const isPassedOn = seats.some((seat) => approverKey(seat.by) !== approverKey(step.by))
  const more = seats.length > NAMES_SHOWN ? [plain(`+${seats.length - NAMES_SHOWN}`)] : []
  const names = { list: [...seats.slice(0, NAMES_SHOWN).map(({ name }) => cutText(name, 'name')), ...more] }
  return parts(
    say(isPassedOn ? 'discount.step.passedOn' : 'discount.step.open', { names }),
    needed > 1 ? say('discount.step.count', { count: votes.length, needed: String(needed) }) : null,
  )
}

const voteText = ({ by: who, onBehalfOf, at }: Vote): Text =>
  say('discount.step.vote', { by: actorText(who, onBehalfOf), when: { instant: at } })
