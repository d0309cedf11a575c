import {
  type DiscountRequest,
  isOpen,
  type Question,
  type Step,
  type Vote,
} from '../../domain/discounts/request.ts'
import type { Actor } from '../../domain/shared/actor.ts'
import type { Day } from '../../domain/shared/day.ts'
import {
  type Block,
  type Button,
  type Field,
  type Line,
  parts,
  say,
  type Text,
  type View,
} from '../kit/view.ts'
import type { Relation } from './access.ts'
import { deciding, type Deciding } from './deciding.ts'
import { termFields } from './terms.ts'
import { type Passport, passportFields } from './passport.ts'
import {
  actorText,
  askedText,
  cutText,
  decisionText,
  giveText,
  opensAccountOf,
  percentValue,
  priceText,
  requestTitle,
  ruleText,
  stateLine,
} from './phrases.ts'

/** The last ones; an endless talk must not push the facts off the card. */
const QUESTIONS_SHOWN = 3
const STEPS_SHOWN = 8

export type Reading = Readonly<{
  reader: Pick<Actor, 'id'>
  today: Day
  relation: Relation
  /** Whose seats the reader may use today. */
  seats: readonly string[]
  passport: Passport | null
}>

/** One request as this reader may see it now: with the buttons of what they can still do, and none when it is over. */
export function requestCard(request: DiscountRequest, reading: Reading): View {
  const mine = deciding(request, reading)
  return [
    { kind: 'heading', text: requestTitle(request), badge: stateLine(request, reading.today) },
    ...outcome(request),
    ...counterBlocks(request),
    { kind: 'fields', fields: fieldsOf(request, reading) },
    ...chainOf(request),
    ...talkOf(request.questions),
    ...buttonsOf(request, reading, mine),
  ]
}

function outcome(request: DiscountRequest): Block[] {
  const text = decisionText(request)
  if (!text) return []
  const { tone } = stateLine(request, request.terms.lastDay)
  return [{ kind: 'text', text, ...(tone ? { tone } : {}) }]
}

function counterBlocks({ state, counter, terms }: DiscountRequest): Block[] {
  if (state !== 'COUNTERED' || !counter) return []
  const by = actorText(counter.by, counter.onBehalfOf)
  const isPrice = counter.terms.percent !== terms.percent
  const added = counter.terms.gives.filter((give) => !terms.gives.includes(give))
  const text = isPrice
    ? say('discount.counter.price', {
        by,
        percent: percentValue(counter.terms.percent),
        price: priceText(counter.terms),
      })
    : say('discount.counter.condition', { by })
  return [
    { kind: 'text', tone: 'warn', text: parts(text, cutText(counter.word, 'word')) },
    ...(added.length > 0
      ? [{ kind: 'list' as const, items: added.map((give) => ({ text: giveText(give) })) }]
      : []),
  ]
}

function fieldsOf(request: DiscountRequest, { passport, today }: Reading): Field[] {
  const { terms, requester, reason, competitor, createdAt, number } = request
  const field = (label: Text, value: Text): Field => ({ label, value })
  return [
    field(
      say('discount.by'),
      say('discount.by.value', {
        name: cutText(requester.name, 'title'),
        when: { instant: createdAt },
        number: String(number),
      }),
    ),
    field(say('discount.price'), priceText(terms)),
    ...(passport ? passportFields(request, passport, today) : []),
    ...termFields(terms),
    ...(competitor ? [field(say('discount.competitor'), cutText(competitor, 'short'))] : []),
    ...(reason ? [field(say('discount.reason'), cutText(reason, 'reason'))] : []),
  ]
}

function chainOf({ steps, facts, state }: DiscountRequest): Block[] {
  const shown = steps
    .filter((step) => step.state !== 'CANCELLED' || state === 'WITHDRAWN')
    .slice(0, STEPS_SHOWN)
  if (shown.length === 0) return []
  return [{ kind: 'list', title: say('discount.chain'), items: shown.map((step) => stepLine(step, facts)) }]
}

function stepLine(step: Step, facts: DiscountRequest['facts']): Line {
  const { state, rules, dueAt } = step
  const rule = rules[0] && ruleText(rules[0], facts)
  const clock = state === 'OPEN' && dueAt ? say('discount.step.until', { when: { instant: dueAt } }) : null
  const text = parts(askedText(step.by, step.need), standing(step), clock, rule)
  const tone = state === 'APPROVED' ? 'good' : state === 'DECLINED' ? 'bad' : state === 'OPEN' ? 'warn' : null
  return { text, ...(tone ? { tone } : {}) }
}

/** Who agreed, or who is asked. */
function standing({ state, votes, seats, carried, needed, escalations }: Step): Text {
  const names = { list: seats.slice(0, 4).map(({ name }) => cutText(name, 'title')) }
  switch (state) {
    case 'APPROVED':
      return say(carried ? 'discount.step.carried' : 'discount.step.approved', {
        by: { list: votes.map(voteText) },
      })
    case 'OPEN':
      if (seats.length === 0) return say('discount.step.nobody')
      return parts(
        say(escalations > 0 ? 'discount.step.passedOn' : 'discount.step.open', { names }),
        needed > 1 ? say('discount.step.count', { count: votes.length, needed: String(needed) }) : null,
      )
    default:
      return { key: `discount.step.${state}` }
  }
}

const voteText = ({ by, onBehalfOf, at }: Vote): Text =>
  say('discount.step.vote', { by: actorText(by, onBehalfOf), when: { instant: at } })

function talkOf(questions: readonly Question[]): Block[] {
  if (questions.length === 0) return []
  const items = questions.slice(-QUESTIONS_SHOWN).flatMap(({ by, text, answer }): Line[] => [
    { text: say('discount.talk', { name: cutText(by.name, 'title'), text: cutText(text, 'word') }) },
    answer
      ? {
          text: say('discount.talk', {
            name: cutText(answer.by.name, 'title'),
            text: cutText(answer.text, 'word'),
          }),
        }
      : { text: say('discount.talk.open'), tone: 'warn' },
  ])
  return [{ kind: 'list', title: say('discount.talk.title'), items }]
}

function buttonsOf(request: DiscountRequest, { relation }: Reading, mine: Deciding | null): Block[] {
  const buttons = [
    ...(mine ? decisionButtons(request, mine) : []),
    ...(relation.asks ? requesterButtons(request) : []),
    ...(relation.sees || relation.asks ? [opensAccountOf(request.account)] : []),
  ]
  return buttons.length > 0 ? [{ kind: 'buttons', buttons }] : []
}

function decisionButtons({ id }: DiscountRequest, { step }: Deciding): Button[] {
  const args = { id, s: step.id }
  const button = (
    name: 'approve' | 'counter' | 'condition' | 'decline' | 'ask',
    style?: Button['style'],
  ): Button => ({
    label: { key: `discount.button.${name}` },
    command: `discount-${name}`,
    args,
    ...(style ? { style } : {}),
  })
  return [
    button('approve', 'primary'),
    button('counter'),
    button('condition'),
    button('decline', 'danger'),
    button('ask'),
  ]
}

function requesterButtons(request: DiscountRequest): Button[] {
  const { id, state, round, questions } = request
  const args = { id, r: String(round) }
  const open = questions.find(({ answer }) => !answer)
  const button = (name: 'accept' | 'refuse' | 'withdraw' | 'change' | 'answer', more = {}): Button => ({
    label: { key: `discount.button.${name}` },
    command: `discount-${name}`,
    args: { ...args, ...more },
    ...(name === 'accept' ? { style: 'primary' as const } : {}),
  })
  return [
    ...(state === 'COUNTERED' ? [button('accept'), button('refuse')] : []),
    ...(isOpen(request) && open ? [button('answer', { q: open.id })] : []),
    ...(state !== 'GRANTED' && state !== 'REVOKED' ? [button('change')] : []),
    ...(isOpen(request) ? [button('withdraw')] : []),
  ]
}
