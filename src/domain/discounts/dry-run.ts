import { Decimal } from 'decimal.js'
import { evaluate, type Verdict } from './evaluate.ts'
import type { RuleFacts } from './facts.ts'
import type { Policy } from './policy.ts'
import { askedText } from './policy-words.ts'

/** A request of the past, with what the rules saw of it. */
export type PastRequest = Readonly<{ number: number; account: string; facts: RuleFacts }>

export type DryRun = Readonly<{
  /** How many would have gone the same way. */
  same: number
  others: readonly Readonly<{ number: number; account: string; was: string; wouldBe: string }>[]
}>

/** Which requests would have gone elsewhere, had `next` held instead of `current`. Why they go there may differ. */
export function dryRun(current: Policy, next: Policy, requests: readonly PastRequest[]): DryRun {
  const judged = requests.map(({ number, account, facts }) => ({
    number,
    account,
    was: evaluate(current, facts),
    wouldBe: evaluate(next, withFloorsOf(next, current, facts)),
  }))
  const others = judged
    .filter(({ was, wouldBe }) => wayOf(was) !== wayOf(wouldBe))
    .map((one) => ({ ...one, was: routeText(one.was), wouldBe: routeText(one.wouldBe) }))
  return { same: judged.length - others.length, others }
}

/** Which rule stopped it is no other way. */
const wayOf = (verdict: Verdict): string => (verdict.kind === 'chain' ? routeText(verdict) : verdict.kind)

/** `FINANCE first, then manager, then 2 of DIRECTOR`. */
function routeText(verdict: Verdict): string {
  if (verdict.kind === 'granted') return 'granted at once'
  if (verdict.kind === 'stopped') return `stopped: ${verdict.rule.name}`
  const { steps } = verdict
  const names = (kind: 'check' | 'approve') =>
    steps.filter((step) => step.kind === kind).map(({ by, need }) => askedText(by, need))
  const checks = names('check')
  return [...(checks.length > 0 ? [`${checks.join(' and ')} first`] : []), ...names('approve')].join(
    ', then ',
  )
}

/** The facts hold what the margin was over the floor of their day. Where that was the policy's, it is the new one's now. */
function withFloorsOf(next: Policy, current: Policy, facts: RuleFacts): RuleFacts {
  const { margin, marginOverFloor, productGroup } = facts
  const before = floorIn(current, productGroup)
  const after = floorIn(next, productGroup)
  if (margin === null || before === after) return facts
  const held = marginOverFloor === null ? null : new Decimal(margin).minus(marginOverFloor)
  const isOwn = held !== null && (before === null || !held.eq(before))
  if (isOwn) return facts
  return {
    ...facts,
    marginOverFloor: after === null ? null : new Decimal(margin).minus(after).toString(),
  }
}

function floorIn({ floors }: Policy, group: string | null): string | null {
  const own = Object.entries(floors).find(([name]) => name.toLowerCase() === group?.toLowerCase())
  return own?.[1] ?? Object.entries(floors).find(([name]) => name === '*')?.[1] ?? null
}
