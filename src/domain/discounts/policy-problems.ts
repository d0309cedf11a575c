import { Decimal } from 'decimal.js'
import { ROLES } from '../shared/actor.ts'
import type { Bound, Condition, Outcome, Policy, Rule } from './policy.ts'

/** What makes a policy unusable. `path` leads to it as in the data: `['rules', 2, 'when', 0]`. */
export type PolicyProblem = Readonly<{ path: readonly (string | number)[]; message: string }>

const NAME_LIMIT = 120
const MOST_RULES = 100
const ANSWER_HOURS = [1, 80] as const
const VALID_DAYS = [1, 730] as const
const MANAGER_LEVELS = [1, 5] as const
const NEEDS = [1, 10] as const

export function policyProblems(policy: Policy): readonly PolicyProblem[] {
  return [
    ...nameProblems(['name'], policy.name, 'a policy'),
    ...rangeProblems(['answerHours'], policy.answerHours, ANSWER_HOURS, 'working hours'),
    ...rangeProblems(['validDays'], policy.validDays, VALID_DAYS, 'days'),
    ...floorProblems(policy),
    ...circleProblems(policy),
    ...countProblems(policy.rules),
    ...duplicates(policy.rules),
    ...unreachable(policy.rules),
    ...policy.rules.flatMap(ruleProblems),
  ]
}

function nameProblems(path: PolicyProblem['path'], name: string, whose: string): PolicyProblem[] {
  if (name.trim() === '') return [{ path, message: `${whose} needs a name` }]
  if (name.length > NAME_LIMIT)
    return [{ path, message: `the name has ${name.length} characters; at most ${NAME_LIMIT} are shown` }]
  return isOneLine(name) ? [] : [{ path, message: 'a name stands on one line, without control characters' }]
}

const isOneLine = (text: string): boolean => text.isWellFormed() && !/[\p{Cc}\u2028\u2029]/u.test(text)

function rangeProblems(
  path: PolicyProblem['path'],
  value: number,
  [least, most]: readonly [number, number],
  unit: string,
): PolicyProblem[] {
  if (Number.isInteger(value) && value >= least && value <= most) return []
  return [{ path, message: `${value} is not a whole number of ${unit} from ${least} to ${most}` }]
}

function floorProblems({ floors }: Policy): PolicyProblem[] {
  const groups = Object.keys(floors)
  const twice = groups.filter((group, at) => groups.slice(0, at).some((other) => isSame(other, group)))
  return [
    ...groups
      .filter((group) => !isPercentage(floors[group] ?? ''))
      .map((group) => ({
        path: ['floors', group],
        message: `${floors[group]} % is no floor: write 0 to 100`,
      })),
    ...groups
      .filter((group) => !isOneLine(group))
      .map((group) => ({
        path: ['floors', group],
        message: 'a group has a name without control characters',
      })),
    ...twice.map((group) => ({ path: ['floors', group], message: `${group} has two floors` })),
  ]
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

const isPercentage = (text: string): boolean =>
  /^\d+(\.\d+)?$/.test(text) && new Decimal(text).gte(0) && new Decimal(text).lte(100)

/** A step that nobody answers must come to an end somewhere. Each circle is named once, from its first role. */
function circleProblems({ escalation }: Policy): PolicyProblem[] {
  const known = new Set<string>()
  return ROLES.flatMap((start) => {
    const way: string[] = []
    for (let role: (typeof ROLES)[number] | undefined = start; role; role = escalation[role]) {
      if (known.has(role)) return way.forEach((passed) => known.add(passed)), []
      if (way.includes(role)) {
        const circle = [...way.slice(way.indexOf(role)), role]
        for (const passed of way) known.add(passed)
        const message = `escalation runs in a circle: ${circle.join(' → ')}`
        return [{ path: ['escalation', role], message }]
      }
      way.push(role)
    }
    for (const passed of way) known.add(passed)
    return []
  })
}

function countProblems(rules: readonly Rule[]): PolicyProblem[] {
  if (rules.length === 0)
    return [{ path: ['rules'], message: 'a policy without any rule: write at least one' }]
  if (rules.length <= MOST_RULES) return []
  return [{ path: ['rules'], message: `${rules.length} rules; at most ${MOST_RULES} can be kept in mind` }]
}

function duplicates(rules: readonly Rule[]): PolicyProblem[] {
  return rules.flatMap(({ name }, at) => {
    const first = rules.findIndex((rule) => isSame(rule.name, name))
    if (first === at || name.trim() === '') return []
    return [{ path: ['rules', at, 'name'], message: `rule ${first + 1} is called "${name}" too` }]
  })
}

function unreachable(rules: readonly Rule[]): PolicyProblem[] {
  const end = rules.findIndex(({ when, outcome }) => when.length === 0 && isEnd(outcome))
  if (end < 0 || end === rules.length - 1) return []
  const message = `never reached: rule ${end + 1} "${rules[end]?.name}" always ends the reading`
  return [{ path: ['rules', end + 1, 'name'], message }]
}

const isEnd = ({ kind }: Outcome): boolean => kind === 'grant' || kind === 'stop'

function ruleProblems(rule: Rule, at: number): PolicyProblem[] {
  return [
    ...nameProblems(['rules', at, 'name'], rule.name, 'a rule'),
    ...outcomeProblems(rule.outcome).map((message) => ({ path: ['rules', at, 'outcome'], message })),
    ...rule.when.flatMap((condition, index) =>
      conditionProblems(condition).map((message) => ({ path: ['rules', at, 'when', index], message })),
    ),
    ...contradictions(rule.when).map(({ index, message }) => ({
      path: ['rules', at, 'when', index],
      message,
    })),
  ]
}

function outcomeProblems(outcome: Outcome): string[] {
  if (outcome.kind === 'grant' || outcome.kind === 'stop') return []
  const { by, need } = outcome
  const levels = 'manager' in by ? rangeProblems([], by.manager, MANAGER_LEVELS, 'levels of managers') : []
  const needs = typeof need === 'number' ? rangeProblems([], need, NEEDS, 'people') : []
  const alone =
    'manager' in by && typeof need === 'number' && need > 1
      ? [`there is one manager at each level, so ${need} of them can never agree`]
      : []
  return [...[...levels, ...needs].map(({ message }) => message), ...alone]
}

function conditionProblems(condition: Condition): string[] {
  if (condition.kind === 'word') {
    if (condition.in.length === 0) return ['no word is named']
    return condition.in.every((word) => word.trim() !== '' && isOneLine(word))
      ? []
      : ['a word is empty or does not stand on one line']
  }
  if (condition.kind !== 'number' || condition.fact !== 'percent') return []
  return Object.values(condition.bound)
    .filter((value) => !isPercentage(value))
    .map((value) => `${value} %: a discount lies between 0 and 100`)
}

/** Limits that no value can meet, wherever in the rule they stand. Told at the last one. */
function contradictions(when: readonly Condition[]): { index: number; message: string }[] {
  const facts = [...new Set(when.map(({ fact }) => fact))]
  return facts.flatMap((fact) => {
    const own = when.filter((condition) => condition.fact === fact)
    const index = when.findLastIndex((condition) => condition.fact === fact)
    return isImpossible(own) ? [{ index, message: 'no value meets all that is said of it here' }] : []
  })
}

function isImpossible(conditions: readonly Condition[]): boolean {
  if (conditions.some(({ kind }) => kind === 'unknown'))
    return conditions.some(({ kind }) => kind !== 'unknown')
  const words = conditions.flatMap((condition) => (condition.kind === 'word' ? [condition.in] : []))
  const [first = [], ...others] = words
  if (first.length > 0)
    return !first.some((word) => others.every((list) => list.some((other) => isSame(other, word))))
  const bounds = conditions.flatMap((condition) => (condition.kind === 'number' ? [condition.bound] : []))
  return isEmptyRange(bounds) || moneyBounds(conditions).some(isEmptyRange)
}

/** The limits of each currency by themselves. */
function moneyBounds(conditions: readonly Condition[]): (readonly Bound[])[] {
  const bounds = conditions.flatMap((condition) => (condition.kind === 'money' ? [condition.bound] : []))
  const currencies = new Set(bounds.flatMap((bound) => Object.values(bound).flatMap(Object.keys)))
  return [...currencies].map((currency) =>
    bounds.map((bound) =>
      Object.fromEntries(
        Object.entries(bound).flatMap(([limit, by]) =>
          by[currency] === undefined ? [] : [[limit, by[currency]]],
        ),
      ),
    ),
  )
}

function isEmptyRange(bounds: readonly Bound[]): boolean {
  const pairs = bounds.flatMap(({ over, atLeast }) => [
    { value: over, open: true },
    { value: atLeast, open: false },
  ])
  return pairs.some(({ value: low, open }) =>
    bounds.some(({ under, atMost }) => {
      if (low === undefined) return false
      const least = new Decimal(low)
      if (under !== undefined && least.gte(under)) return true
      return atMost !== undefined && (open ? least.gte(atMost) : least.gt(atMost))
    }),
  )
}
