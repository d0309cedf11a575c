import type { AccountFacts } from './account.ts'

/** What a dossier should hold, most useful first: the first gap is the one question worth asking next. */
const PARTS = {
  decisionMaker: (facts: AccountFacts) => facts.decisionMakers > 0,
  goals: (facts: AccountFacts) => facts.goals !== null,
  needs: (facts: AccountFacts) => facts.needs !== null,
  plan: (facts: AccountFacts) => facts.plan.length > 0,
  competitors: (facts: AccountFacts) => facts.competitors.length > 0,
  contract: hasContract,
  attitude: (facts: AccountFacts) => facts.contacts.some((contact) => contact.attitude !== null),
  tier: (facts: AccountFacts) => facts.tier !== null,
  sector: (facts: AccountFacts) => facts.sector !== null,
  nextMeeting: (facts: AccountFacts) => facts.nextMeeting !== null,
} as const

type DossierPart = keyof typeof PARTS

/** One that ended long ago is not among the card's contracts, but it was recorded. */
export function hasContract({ contracts, contractEndsOn }: AccountFacts): boolean {
  return contracts.length > 0 || contractEndsOn !== null
}

export type Dossier = Readonly<{ filled: number; parts: number; missing: readonly DossierPart[] }>

export function dossierOf(facts: AccountFacts): Dossier {
  const names = Object.keys(PARTS) as DossierPart[]
  const missing = names.filter((name) => !PARTS[name](facts))
  return { filled: names.length - missing.length, parts: names.length, missing }
}
