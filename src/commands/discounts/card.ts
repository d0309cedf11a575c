import { type DiscountRequest, isOpen, type Question } from '../../domain/discounts/request.ts'
import { marginAt } from '../../domain/discounts/rule-facts.ts'
import type { Actor, Role } from '../../domain/shared/actor.ts'
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
import { type Relation, REQUESTERS } from './access.ts'
import { chainBlocks } from './chain-lines.ts'
import { deciding, type Deciding } from './deciding.ts'
import { termFields } from './terms.ts'
import { type Passport, passportFields } from './passport.ts'
import {
  actorText,
  cutText,
  decisionText,
  giveText,
  opensAccountOf,
  percentValue,
  priceText,
  requestTitle,
  stateLine,
} from './phrases.ts'

/** The last ones; an endless talk must not push the facts off the card. */
const QUESTIONS_SHOWN = 2

export type Reading = Readonly<{
  reader: Pick<Actor, 'id' | 'role'>
  today: Day
  relation: Relation
  passport: Passport | null
}>

/** One request as this reader may see it now: with the buttons of what they can still do, and none when it is over. */
export function requestCard(request: DiscountRequest, reading: Reading): View {
  // Once its last day is over there is nothing to grant, whether the clock has ended it yet or not.
  const isOver = request.terms.lastDay < reading.today
  const mine = isOver ? null : deciding(request, reading.relation, reading.reader.id)
  return [
    { kind: 'heading', text: requestTitle(request), badge: stateLine(request, reading.today) },
    ...outcome(request),
    ...counterBlocks(request),
    { kind: 'fields', fields: fieldsOf(request, reading) },
    ...chainBlocks(request),
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

function counterBlocks({ state, counter, terms, basis }: DiscountRequest): Block[] {
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
  const margin = isPrice ? marginAt(counter.terms, basis.costShare) : null
  const after = margin === null ? null : say('discount.counter.margin', { margin: percentValue(margin) })
  return [
    { kind: 'text', tone: 'warn', text: parts(text, after, cutText(counter.word, 'word')) },
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
        name: cutText(requester.name, 'name'),
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

function talkOf(questions: readonly Question[]): Block[] {
  if (questions.length === 0) return []
  const items = questions.slice(-QUESTIONS_SHOWN).flatMap(({ by, text, answer }): Line[] => [
    { text: say('discount.talk', { name: cutText(by.name, 'name'), text: cutText(text, 'talk') }) },
    answer
      ? {
          text: say('discount.talk', {
            name: cutText(answer.by.name, 'name'),
            text: cutText(answer.text, 'talk'),
          }),
        }
      : { text: say('discount.talk.open'), tone: 'warn' },
  ])
  return [{ kind: 'list', title: say('discount.talk.title'), items }]
}

function buttonsOf(request: DiscountRequest, { relation, reader }: Reading, mine: Deciding | null): Block[] {
  const buttons = [
    ...(mine ? decisionButtons(request, mine) : []),
    ...(relation.asks ? requesterButtons(request, reader.role) : []),
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

function requesterButtons(request: DiscountRequest, role: Role): Button[] {
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
    ...(state !== 'GRANTED' && state !== 'REVOKED' && REQUESTERS.includes(role) ? [button('change')] : []),
    ...(isOpen(request) ? [button('withdraw')] : []),
  ]
}
