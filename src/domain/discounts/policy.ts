import type { Role } from '../shared/actor.ts'
import type { FactName, MoneyFact, NumberFact, WordFact } from './facts.ts'

/** Limits of a number, exclusive (`over`, `under`) or inclusive. All that are given must hold. Decimal text. */
export type Bound = Readonly<Partial<Record<Limit, string>>>
export const LIMITS = ['over', 'atLeast', 'under', 'atMost'] as const
export type Limit = (typeof LIMITS)[number]

/** By currency, for there is no exchange rate: a currency that is not named cannot be compared. */
export type MoneyBound = Readonly<Partial<Record<Limit, Readonly<Record<string, string>>>>>

export type Condition =
  | Readonly<{ kind: 'number'; fact: NumberFact; bound: Bound }>
  | Readonly<{ kind: 'money'; fact: MoneyFact; bound: MoneyBound }>
  /** Compared without regard to case. */
  | Readonly<{ kind: 'word'; fact: WordFact; in: readonly string[] }>
  /** Whether the fact is known at all. */
  | Readonly<{ kind: 'known' | 'unknown'; fact: FactName }>

/**
 * Who is asked, never by name: the requester's manager (1), that one's manager (2) and so on, or whoever has a role.
 */
export type Approver = Readonly<{ manager: number }> | Readonly<{ role: Role }>

/** How many of those who are asked must agree. */
export type Need = 'any' | 'all' | number

export type Outcome =
  /** Within the requester's own limit. Ends the reading of the rules. */
  | Readonly<{ kind: 'grant' }>
  /** Not to be had, whoever asks. */
  | Readonly<{ kind: 'stop' }>
  /** An expert looks at it before those with authority do; all checks run beside each other. */
  | Readonly<{ kind: 'check'; by: Approver; need: Need }>
  /** Steps of authority follow one another from less of it to more: see rankOf(). */
  | Readonly<{ kind: 'approve'; by: Approver; need: Need }>

/** Holds when all of its conditions do; a rule without any always holds. */
export type Rule = Readonly<{ name: string; when: readonly Condition[]; outcome: Outcome }>

/**
 * Who may grant what, as data. The rules are read from top to bottom. A stop that holds ends it. A grant that holds ends
 * the reading too: when nobody was asked for by then, the discount is granted at once, else those who were are asked.
 */
export type Policy = Readonly<{
  name: string
  /** Working hours within which each step is to be decided. */
  answerHours: number
  /** Days for which a discount is granted when the request does not say. */
  validDays: number
  /** The least margin in percent by product group; `*` for all others. A product's own floor comes first. */
  floors: Readonly<Record<string, string>>
  /** Whom a step passes to when a role does not answer; from the manager tree it passes up the tree. Never in a circle. */
  escalation: Readonly<Partial<Record<Role, Role>>>
  /** Asked when no rule holds or nobody else is to be found. */
  fallback: Role
  rules: readonly Rule[]
}>

/** Version 0 is the one that comes with the product; each `policy set` makes the next. */
export type PolicyVersion = Readonly<{ version: number; policy: Policy }>

const ROLE_RANKS: Readonly<Record<Role, number>> = {
  KAM: 40,
  MANAGER: 50,
  FINANCE: 60,
  DIRECTOR: 70,
  ADMIN: 80,
}

/** The manager tree comes before the roles, from the nearest manager up. */
export const rankOf = (by: Approver): number => ('manager' in by ? by.manager : ROLE_RANKS[by.role])

/** `manager:1`, `role:FINANCE`: two approvers with the same key are the same step. */
export const approverKey = (by: Approver): string =>
  'manager' in by ? `manager:${by.manager}` : `role:${by.role}`
