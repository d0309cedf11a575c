import { Decimal } from 'decimal.js'
import { evaluate, type Verdict } from './evaluate.ts'
import type { RuleFacts } from './facts.ts'
import type { Policy } from './policy.ts'

const COARSE = new Decimal('0.5')
const FINE = new Decimal('0.01')

/** The deepest discount below the one that was stopped that some rule lets pass, and what would become of it. */
export type Passing = Readonly<{ percent: string; verdict: Exclude<Verdict, { kind: 'stopped' }> }>

/**
 * Looks downwards, because rules need not grow stricter with the percentage. `factsAt` gives the facts at another one.
 * Null when no percentage passes: then it is not the price that stands in the way.
 */
export function deepestPassing(
  policy: Policy,
  percent: string,
  factsAt: (percent: string) => RuleFacts,
): Passing | null {
  const coarse = firstPassing(policy, new Decimal(percent), COARSE, factsAt)
  const top = Decimal.min((coarse ?? new Decimal(0)).plus(COARSE), percent)
  const fine = firstPassing(policy, top, FINE, factsAt) ?? coarse
  if (!fine) return null
  const verdict = evaluate(policy, factsAt(fine.toString()))
  return verdict.kind === 'stopped' ? null : { percent: fine.toString(), verdict }
}

function firstPassing(
  policy: Policy,
  from: Decimal,
  step: Decimal,
  factsAt: (percent: string) => RuleFacts,
): Decimal | null {
  // On the grid of the step, so that people are told a round figure.
  for (let at = from.div(step).floor().times(step); at.gt(0); at = at.minus(step)) {
    if (at.lt(from) && evaluate(policy, factsAt(at.toString())).kind !== 'stopped') return at
  }
  return null
}
