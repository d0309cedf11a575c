import type { AccountRef } from '../../domain/accounts/account.ts'
import { DEFAULT_POLICY } from '../../domain/discounts/default-policy.ts'
import { type FiredRule, NO_RULE } from '../../domain/discounts/evaluate.ts'
import { type FactName, NUMBER_FACTS, type RuleFacts } from '../../domain/discounts/facts.ts'
import type { Approver, Need } from '../../domain/discounts/policy.ts'
import type { DiscountRequest, PersonRef } from '../../domain/discounts/request.ts'
import { LAPSED, LEFT, VOID } from '../../domain/discounts/rounds.ts'
import { amountOff, type Give, type Terms } from '../../domain/discounts/terms.ts'
import type { Day } from '../../domain/shared/day.ts'
import type { MessageKey } from '../../i18n/keys.ts'
import { moneyText, sumsText } from '../accounts/phrases.ts'
import { type Button, type Line, parts, plain, say, type Text, type Tone, type Value } from '../kit/view.ts'

/**
 * Longer words of people are cut on a card, in UTF-16 units: with all it may hold it fits one message of Telegram, so that
 * its buttons stand under all of it.
 */
const LONGEST = { title: 60, name: 40, reason: 300, word: 200, talk: 120, short: 60 } as const

export function cutText(text: string, most: keyof typeof LONGEST): Text {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  if (line.length <= LONGEST[most]) return plain(line)
  let kept = ''
  for (const letter of line) {
    if (kept.length + letter.length >= LONGEST[most]) break
    kept += letter
  }
  return plain(`${kept.trimEnd()}…`)
}

export const percentValue = (percent: string): Value => ({ percent })

/** `12.5% for Acme · Aero K-40`. */
export const requestTitle = ({ account, terms }: Pick<DiscountRequest, 'account' | 'terms'>): Text =>
  parts(
    say('discount.title', {
      percent: percentValue(terms.percent),
      account: cutText(account.name, 'title'),
    }),
    cutText(terms.subject.title, 'title'),
  )

/** `€10,000 → €8,800 (−€1,200)`. */
export const priceText = (terms: Terms): Text =>
  say('discount.price.value', {
    list: moneyText(terms.list),
    net: moneyText(terms.net),
    off: moneyText(amountOff(terms)),
  })

const STATE_TONES: Readonly<Record<DiscountRequest['state'], Tone>> = {
  PENDING: 'warn',
  COUNTERED: 'warn',
  GRANTED: 'good',
  DECLINED: 'bad',
  WITHDRAWN: 'bad',
  REVOKED: 'bad',
}

const isOver = ({ state, terms }: Pick<DiscountRequest, 'state' | 'terms'>, today: Day): boolean =>
  state === 'GRANTED' && terms.lastDay < today

export function stateLine(request: Pick<DiscountRequest, 'state' | 'terms'>, today: Day): Line {
  if (isOver(request, today)) return { text: say('discount.state.OVER') }
  const { state } = request
  return {
    text: { key: `discount.state.${state}` },
    ...(state === 'WITHDRAWN' ? {} : { tone: STATE_TONES[state] }),
  }
}

function approverText(by: Approver): Text {
  if ('role' in by) return { key: `role.${by.role}` }
  return by.manager === 1
    ? say('discount.by.manager')
    : say('discount.by.managerAbove', { level: by.manager })
}

/** `director`, `2 of: director`, `all: director`. */
export function askedText(by: Approver, need: Need): Text {
  const who = approverText(by)
  if (need === 'any') return who
  return need === 'all' ? say('discount.need.all', { who }) : say('discount.need.of', { count: need, who })
}

/** The names of the rules that came with the product, which speak both languages; others are as they were written. */
const STANDARD_RULES = new Map<string, MessageKey>(
  DEFAULT_POLICY.rules.map(({ name }, at) => [name, `policy.rule.${at + 1}` as MessageKey]),
)

function ruleName({ name }: FiredRule): Text {
  if (name === NO_RULE) return say('discount.rule.none')
  const key = STANDARD_RULES.get(name)
  return key ? { key } : cutText(name, 'short')
}

/** Why somebody is asked. A rule that looks at nothing says no more than that they are. */
export function ruleNames(rules: readonly FiredRule[]): Text | null {
  const telling = rules.filter(({ name, tested }) => name === NO_RULE || Object.keys(tested).length > 0)
  return telling.length === 0 ? null : parts(...telling.slice(0, RULES_SHOWN).map(ruleName))
}

/** `Above 15 % the director decides too (discount: 18%)`. */
export function ruleText(rule: FiredRule, facts: RuleFacts): Text {
  const values = (Object.keys(rule.tested) as FactName[])
    .slice(0, VALUES_SHOWN)
    .map((fact) =>
      say('labelled', { label: { key: `discount.fact.${fact}` }, value: factValue(facts, fact) }),
    )
  return values.length === 0
    ? ruleName(rule)
    : say('discount.rule', { name: ruleName(rule), values: { list: values } })
}

const RULES_SHOWN = 2
const VALUES_SHOWN = 4

const isNumber = (name: FactName): boolean => (NUMBER_FACTS as readonly FactName[]).includes(name)

const PERCENTS: readonly FactName[] = ['percent', 'margin']

function factValue(facts: RuleFacts, name: FactName): Text {
  const value: RuleFacts[FactName] | undefined = facts[name]
  if (value === null || value === undefined) return say('discount.unknown')
  if (typeof value !== 'string') {
    const sums = 'amount' in value ? [value] : value
    return sums.length > 0 ? say('list', { items: sumsText(sums) }) : plain('0')
  }
  if (PERCENTS.includes(name)) return say('discount.percent', { percent: percentValue(value) })
  if (name === 'role') return { key: `role.${facts.role}` }
  return isNumber(name) ? say('discount.number', { value: Number(value) }) : cutText(value, 'short')
}

export const giveText = ({ what, dueOn }: Give): Text =>
  say('discount.give.value', { what: cutText(what, 'short'), day: { day: dueOn } })

/** `Max Example`, or `Ken Ono for Max Example`. */
export const actorText = (by: PersonRef | null, onBehalfOf: PersonRef | null): Text => {
  if (!by) return say('discount.nobody')
  return onBehalfOf
    ? say('discount.onBehalf', { name: cutText(by.name, 'name'), absent: cutText(onBehalfOf.name, 'name') })
    : cutText(by.name, 'name')
}

/** What ended it: who, when, why. */
export function decisionText({ state, decision, terms }: DiscountRequest): Text | null {
  if (!decision) return null
  const by = actorText(decision.by, decision.onBehalfOf)
  const when: Value = { instant: decision.at }
  const word = decision.word ? cutText(decision.word, 'word') : null
  switch (state) {
    case 'GRANTED':
      return parts(
        decision.by ? say('discount.granted.by', { by, when }) : say('discount.granted.own', { when }),
        say('discount.granted.until', { day: { day: terms.lastDay } }),
      )
    case 'DECLINED':
      if (decision.rule === LAPSED) return say('discount.lapsed', { when })
      if (decision.rule === LEFT) return say('discount.left', { when })
      if (decision.rule === VOID) return say('discount.voided', { when })
      return parts(say('discount.declined.by', { by, when }), word)
    case 'WITHDRAWN':
      return parts(say('discount.withdrawn.by', { by, when }), word)
    case 'REVOKED':
      return parts(say('discount.revoked.by', { by, when }), word)
    default:
      return null
  }
}

export const opensRequest = (request: Pick<DiscountRequest, 'id' | 'account' | 'terms'>): Button => ({
  label: requestTitle(request),
  command: 'discount-show',
  args: { id: request.id },
})

export const opensAccountOf = ({ id }: AccountRef): Button => ({
  label: say('discount.button.account'),
  command: 'account',
  args: { id },
})
