import { ROLES } from '../shared/actor.ts'
import type { FactName, WordFact } from './facts.ts'
import {
  type Approver,
  type Bound,
  type Condition,
  type Limit,
  LIMITS,
  type MoneyBound,
  type Need,
  type Outcome,
  type Policy,
} from './policy.ts'

/** A policy in the words in which a head of sales writes it: the file, the table and the difference all use these. */
export const FACT_WORDS: Readonly<Record<FactName, string>> = {
  percent: 'percent',
  amount: 'amount',
  list: 'list price',
  net: 'net price',
  deferralDays: 'deferral days',
  margin: 'margin',
  marginOverFloor: 'margin over floor',
  product: 'product',
  productGroup: 'product group',
  tier: 'tier',
  level: 'level',
  role: 'role',
  overdue: 'overdue',
  overdueDays: 'overdue days',
  grantedCount: 'discounts in 12 months',
  grantedAmount: 'discount sum in 12 months',
  contractEndsInDays: 'days to contract end',
}

const LIMIT_WORDS: Readonly<Record<Limit, string>> = {
  over: 'over',
  atLeast: 'at least',
  under: 'under',
  atMost: 'at most',
}

/** The words there are, where they are not free. */
export const CLOSED_WORDS: Readonly<Partial<Record<WordFact, readonly string[]>>> = {
  level: ['D1', 'D2', 'D3', 'D4'],
  tier: ['A', 'B', 'C'],
  role: ROLES,
}

/** All product groups without a floor of their own; `*` in the data. */
export const OTHERS = 'others'

const boundText = (bound: Bound): string => limitsText(bound, (value) => value)

/** `over 50000 EUR or 5000000 RUB and under …`: `or` parts currencies, `and` parts limits. */
const moneyBoundText = (bound: MoneyBound): string =>
  limitsText(bound, (byCurrency) =>
    // In one order, for a database keeps its own.
    Object.entries(byCurrency)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([currency, amount]) => `${amount} ${currency}`)
      .join(' or '),
  )

function limitsText<Value>(bound: Partial<Record<Limit, Value>>, text: (value: Value) => string): string {
  return LIMITS.flatMap((limit) => {
    const value = bound[limit]
    return value === undefined ? [] : [`${LIMIT_WORDS[limit]} ${text(value)}`]
  }).join(' and ')
}

/** What a condition says of its fact, without naming it. */
export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'number':
      return boundText(condition.bound)
    case 'money':
      return moneyBoundText(condition.bound)
    case 'word':
      return condition.in.join(' or ')
    case 'known':
    case 'unknown':
      return condition.kind
  }
}

export function whenText(when: readonly Condition[]): string {
  if (when.length === 0) return 'always'
  return sayings(when)
    .map((saying) => `${FACT_WORDS[saying[0].fact]} ${sayingText(saying)}`)
    .join(', ')
}

/** What is said of one fact in one breath: `known`, and the limit that stands right behind it. */
export type Saying = readonly [Condition] | readonly [Condition, Condition]

export function sayings(when: readonly Condition[]): readonly Saying[] {
  const said: Saying[] = []
  for (const condition of when) {
    const [before, more] = said.at(-1) ?? []
    const isLimit = condition.kind === 'number' || condition.kind === 'money'
    const follows = !more && before?.kind === 'known' && before.fact === condition.fact && isLimit
    if (follows) said[said.length - 1] = [before, condition]
    else said.push([condition])
  }
  return said
}

/** `known and over 14` */
export const sayingText = (saying: Saying): string => saying.map(conditionText).join(' and ')

/** `manager` is the requester's own; the role of the same name is told apart by the word `role`. */
function approverText(by: Approver): string {
  if ('role' in by) return by.role === 'MANAGER' ? 'role MANAGER' : by.role
  return by.manager === 1 ? 'manager' : `manager ${by.manager}`
}

export function outcomeText(outcome: Outcome): string {
  if (outcome.kind === 'grant' || outcome.kind === 'stop') return outcome.kind
  const who = askedText(outcome.by, outcome.need)
  return outcome.kind === 'check' ? `ask ${who} first` : `approve by ${who}`
}

/** Whom a step asks: `2 of DIRECTOR`. */
export const askedText = (by: Approver, need: Need): string =>
  need === 'any' ? approverText(by) : `${need} of ${approverText(by)}`

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** Everything but the rules, each under the name it has in the file. */
export function settingTexts(policy: Policy): ReadonlyMap<string, string> {
  const floors = Object.entries(policy.floors).map(
    ([group, floor]) => [`floor of ${group === '*' ? OTHERS : group}`, `${floor} %`] as const,
  )
  const escalation = Object.entries(policy.escalation).map(
    ([from, to]) => [`escalation of ${from}`, to] as const,
  )
  return new Map([
    ['name', policy.name],
    ['answer within', answerText(policy)],
    ['valid for', validText(policy)],
    ...floors,
    ...escalation,
    ['fallback', policy.fallback],
  ])
}

export const answerText = ({ answerHours }: Policy): string => counted(answerHours, 'working hour')
export const validText = ({ validDays }: Policy): string => counted(validDays, 'day')
