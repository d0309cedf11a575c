import { Decimal } from 'decimal.js'
import type { Sums } from '../shared/money.ts'
import { type FactName, factText, type RuleFacts } from './facts.ts'
import {
  type Approver,
  approverKey,
  type Bound,
  type Condition,
  type Limit,
  type Need,
  type Outcome,
  type Policy,
  rankOf,
  type Rule,
} from './policy.ts'

/** The facts that a rule looked at, as text; null was not known. */
type Tested = Readonly<Partial<Record<FactName, string | null>>>

export type FiredRule = Readonly<{ name: string; tested: Tested }>

export type PlannedStep = Readonly<{
  kind: 'check' | 'approve'
  by: Approver
  need: Need
  /** Why somebody is asked: every rule that led here. */
  rules: readonly FiredRule[]
}>

export type Verdict =
  | Readonly<{ kind: 'granted'; rule: FiredRule }>
  | Readonly<{ kind: 'stopped'; rule: FiredRule }>
  | Readonly<{ kind: 'chain'; steps: readonly PlannedStep[] }>

/** The name under which the fallback is asked when no rule of the policy holds. */
export const NO_RULE = '*'

/**
 * What the policy says of these facts. What is not known never grants and never stops, and it does ask: a rule that sends
 * a request to somebody holds when one of its conditions cannot be tested and the others hold.
 */
export function evaluate(policy: Policy, facts: RuleFacts): Verdict {
  const steps: PlannedStep[] = []
  for (const rule of policy.rules) {
    const holds = judge(rule, facts)
    if (holds === 'no') continue
    const fired = { name: rule.name, tested: testedBy(rule, facts) }
    const { outcome } = rule
    if (outcome.kind === 'stop') {
      if (holds === 'yes') return { kind: 'stopped', rule: fired }
    } else if (outcome.kind === 'grant') {
      if (holds === 'unknown') continue
      return steps.length === 0 ? { kind: 'granted', rule: fired } : chainOf(steps)
    } else ask(steps, outcome, fired)
  }
  // An opinion alone grants nothing: somebody with authority always decides.
  if (!steps.some(({ kind }) => kind === 'approve'))
    steps.push({ kind: 'approve', by: { role: policy.fallback }, need: 'any', rules: [noRule] })
  return chainOf(steps)
}

const noRule: FiredRule = { name: NO_RULE, tested: {} }

/** Checks come first. Whoever decides anyway need not be asked for an opinion first, and decides for those reasons too. */
function chainOf(steps: readonly PlannedStep[]): Verdict {
  const checks = steps.filter(({ kind }) => kind === 'check')
  const authority = steps
    .filter(({ kind }) => kind === 'approve')
    .toSorted((a, b) => rankOf(a.by) - rankOf(b.by))
  const sameAs = (step: PlannedStep) => (other: PlannedStep) => approverKey(other.by) === approverKey(step.by)
  const opinions = checks.filter((check) => !authority.some(sameAs(check)))
  const decisions = authority.map((step) => {
    const check = checks.find(sameAs(step))
    return check
      ? { ...step, need: stricter(step.need, check.need), rules: [...check.rules, ...step.rules] }
      : step
  })
  return { kind: 'chain', steps: [...opinions, ...decisions] }
}

function ask(
  steps: PlannedStep[],
  { kind, by, need }: Extract<Outcome, { kind: 'check' | 'approve' }>,
  rule: FiredRule,
): void {
  const at = steps.findIndex((step) => step.kind === kind && approverKey(step.by) === approverKey(by))
  const known = steps[at]
  if (!known) steps.push({ kind, by, need, rules: [rule] })
  else steps[at] = { ...known, need: stricter(known.need, need), rules: [...known.rules, rule] }
}

function stricter(one: Need, other: Need): Need {
  if (one === 'all' || other === 'all') return 'all'
  return Math.max(numberOf(one), numberOf(other)) === 1 ? 'any' : Math.max(numberOf(one), numberOf(other))
}

const numberOf = (need: Exclude<Need, 'all'>): number => (need === 'any' ? 1 : need)

type Holds = 'yes' | 'no' | 'unknown'

function judge({ when }: Rule, facts: RuleFacts): Holds {
  const all = when.map((condition) => test(condition, facts))
  if (all.includes('no')) return 'no'
  return all.includes('unknown') ? 'unknown' : 'yes'
}

/** Whether one condition holds. What another version wrote and this one does not know cannot be told. */
export function test(condition: Condition, facts: RuleFacts): Holds {
  const value: RuleFacts[FactName] | undefined = facts[condition.fact]
  if (value === undefined) return 'unknown'
  if (condition.kind === 'unknown') return said(value === null)
  if (condition.kind === 'known') return said(value !== null)
  if (value === null) return 'unknown'
  switch (condition.kind) {
    case 'number':
      return said(isWithin(new Decimal(facts[condition.fact] ?? 0), condition.bound))
    case 'word':
      return said(condition.in.some((word) => word.toLowerCase() === facts[condition.fact]?.toLowerCase()))
    case 'money':
      return testMoney(facts, condition)
    default:
      return 'unknown'
  }
}

const said = (holds: boolean): Holds => (holds ? 'yes' : 'no')

function testMoney(facts: RuleFacts, { fact, bound }: Extract<Condition, { kind: 'money' }>): Holds {
  const value = facts[fact] ?? []
  // Nothing in one currency is nothing in any.
  const sums = ('amount' in value ? [value] : value).filter(({ amount }) => !new Decimal(amount).isZero())
  const limits = Object.entries(bound) as (readonly [Limit, Readonly<Record<string, string>>])[]
  const judged = limits.map(([limit, byCurrency]) => testSums(sums, limit, byCurrency))
  if (judged.includes('no')) return 'no'
  return judged.includes('unknown') ? 'unknown' : 'yes'
}

/** Of several currencies each stands alone: one sum over a limit is enough to be over it, and all must be under it. */
function testSums(sums: Sums, limit: Limit, byCurrency: Readonly<Record<string, string>>): Holds {
  const nothing = Object.keys(byCurrency).map((currency) => ({ amount: '0', currency }))
  const judged = (sums.length > 0 ? sums : nothing).map(({ amount, currency }) => {
    const value = byCurrency[currency]
    return value === undefined ? 'unknown' : said(isWithin(new Decimal(amount), { [limit]: value }))
  })
  const settles = limit === 'over' || limit === 'atLeast' ? 'yes' : 'no'
  if (judged.includes(settles)) return settles
  return judged.includes('unknown') ? 'unknown' : said(settles === 'no')
}

function isWithin(value: Decimal, { over, atLeast, under, atMost }: Bound): boolean {
  return (
    (over === undefined || value.gt(over)) &&
    (atLeast === undefined || value.gte(atLeast)) &&
    (under === undefined || value.lt(under)) &&
    (atMost === undefined || value.lte(atMost))
  )
}

function testedBy({ when }: Rule, facts: RuleFacts): Tested {
  return Object.fromEntries(when.map(({ fact }) => [fact, factText(facts, fact)]))
}
