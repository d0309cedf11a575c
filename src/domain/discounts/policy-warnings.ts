import { ROLES, type Role } from '../shared/actor.ts'
import type { Policy, Rule } from './policy.ts'
import { CLOSED_WORDS, conditionText, FACT_WORDS } from './policy-words.ts'

/** Who and what a policy meets here. */
export type House = Readonly<{
  /** Active people by role. */
  people: Readonly<Partial<Record<Role, number>>>
  /** In which prices and deals are kept. */
  currencies: readonly string[]
}>

/** What works, but perhaps not as it was meant, given the people and prices there are. One sentence each. */
export function policyWarnings(policy: Policy, house: House): readonly string[] {
  return [
    ...emptyRoles(policy, house),
    ...policy.rules.flatMap((rule) => [...tooFew(rule, house), ...silentCurrencies(rule, house)]),
    ...openLevels(policy),
  ]
}

function emptyRoles(policy: Policy, { people }: House): string[] {
  return ROLES.flatMap((role) => {
    const uses = usesOf(policy, role)
    if (uses.length === 0 || (people[role] ?? 0) > 0) return []
    return [`empty role: nobody active is ${role}, who is named in ${uses.join(', ')}`]
  })
}

function usesOf({ rules, escalation, fallback }: Policy, role: Role): string[] {
  const byRules = rules.filter(
    ({ outcome }) => 'by' in outcome && 'role' in outcome.by && outcome.by.role === role,
  )
  return [
    ...byRules.map(({ name }) => `rule "${name}"`),
    ...(Object.values(escalation).includes(role) ? ['escalation'] : []),
    ...(fallback === role ? ['fallback'] : []),
  ]
}

function tooFew({ name, outcome }: Rule, { people }: House): string[] {
  if (!('by' in outcome) || !('role' in outcome.by) || typeof outcome.need !== 'number') return []
  const count = people[outcome.by.role] ?? 0
  if (count === 0 || count >= outcome.need) return []
  const there = count === 1 ? 'there is only one' : `there are only ${count}`
  return [`too few people: rule "${name}" needs ${outcome.need} of ${outcome.by.role}, ${there}`]
}

function silentCurrencies({ name, when, outcome }: Rule, { currencies }: House): string[] {
  const effect = outcome.kind === 'grant' || outcome.kind === 'stop' ? 'does not hold there' : 'holds there'
  return when.flatMap((condition) => {
    if (condition.kind !== 'money') return []
    const limits = Object.values(condition.bound)
    const silent = currencies.filter((currency) => limits.some((by) => by[currency] === undefined))
    if (silent.length === 0) return []
    const limit = `${FACT_WORDS[condition.fact]} ${conditionText(condition)}`
    return [`rule "${name}": "${limit}" says nothing of ${silent.join(', ')}; the rule ${effect}`]
  })
}

/** Where some request may meet no rule at all: that is what the fallback is for, but seldom what was meant. */
function openLevels({ rules, fallback }: Policy): string[] {
  const open = (CLOSED_WORDS.level ?? []).filter((level) => !rules.some((rule) => alwaysHolds(rule, level)))
  if (open.length === 0) return []
  return [`no rule always holds at ${open.join(', ')}: a request that meets none goes to ${fallback}`]
}

/** A check only gives an opinion: it does not say who decides. */
function alwaysHolds({ when, outcome }: Rule, level: string): boolean {
  if (outcome.kind === 'check') return false
  return when.every(
    (condition) =>
      (condition.kind === 'word' &&
        condition.fact === 'level' &&
        condition.in.some((word) => word.toUpperCase() === level)) ||
      (condition.kind === 'known' && condition.fact === 'level'),
  )
}
