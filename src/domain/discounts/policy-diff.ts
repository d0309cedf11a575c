import type { Policy, Rule } from './policy.ts'
import { outcomeText, settingTexts, whenText } from './policy-words.ts'

/** What one policy says otherwise than another, in the words of the file. */
export type PolicyChange =
  /** Null where nothing was said before, or nothing is said any more. */
  | Readonly<{ kind: 'setting'; setting: string; before: string | null; after: string | null }>
  /** `place` counts from 1 in the policy that has the rule. */
  | Readonly<{ kind: 'added' | 'removed'; rule: Rule; place: number }>
  | Readonly<{ kind: 'moved'; name: string; before: number; after: number }>
  | Readonly<{ kind: 'changed'; name: string; part: 'when' | 'then'; before: string; after: string }>

/** Settings first, then what was removed, and then the rules of the new policy in its order. */
export function policyDiff(before: Policy, after: Policy): readonly PolicyChange[] {
  return [...settingChanges(before, after), ...ruleChanges(before.rules, after.rules)]
}

function settingChanges(before: Policy, after: Policy): PolicyChange[] {
  const old = settingTexts(before)
  const now = settingTexts(after)
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((setting) => {
    const change = { before: old.get(setting) ?? null, after: now.get(setting) ?? null }
    return change.before === change.after ? [] : [{ kind: 'setting' as const, setting, ...change }]
  })
}

function ruleChanges(before: readonly Rule[], after: readonly Rule[]): PolicyChange[] {
  const placeIn = (rules: readonly Rule[], name: string) => rules.findIndex((rule) => rule.name === name)
  const removed = before.flatMap((rule, at): PolicyChange[] =>
    placeIn(after, rule.name) < 0 ? [{ kind: 'removed', rule, place: at + 1 }] : [],
  )
  const kept = inOrder(before, after)
  const others = after.flatMap((rule, at): PolicyChange[] => {
    const old = placeIn(before, rule.name)
    const earlier = before[old]
    if (!earlier) return [{ kind: 'added', rule, place: at + 1 }]
    const moved: PolicyChange[] = kept.has(rule.name)
      ? []
      : [{ kind: 'moved', name: rule.name, before: old + 1, after: at + 1 }]
    return [...moved, ...partChanges(earlier, rule)]
  })
  return [...removed, ...others]
}

function partChanges(before: Rule, after: Rule): PolicyChange[] {
  const parts = [
    { part: 'when', before: whenText(before.when), after: whenText(after.when) },
    { part: 'then', before: outcomeText(before.outcome), after: outcomeText(after.outcome) },
  ] as const
  return parts
    .filter((part) => part.before !== part.after)
    .map((part) => ({ kind: 'changed', name: after.name, ...part }))
}

/** Names of the most rules that follow one another in both policies: all others have moved. */
function inOrder(before: readonly Rule[], after: readonly Rule[]): ReadonlySet<string> {
  // Longest common subsequence: row by row, each cell holds the names of the best one up to there.
  let row: readonly (readonly string[])[] = Array.from({ length: after.length + 1 }, () => [])
  for (const { name } of before) {
    const next: (readonly string[])[] = [[]]
    after.forEach((rule, at) => {
      const left = next[at] ?? []
      const above = row[at + 1] ?? []
      const longer = above.length > left.length ? above : left
      next.push(rule.name === name ? [...(row[at] ?? []), name] : longer)
    })
    row = next
  }
  return new Set(row.at(-1))
}
