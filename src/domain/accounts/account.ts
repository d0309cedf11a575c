import type { PromisedBy, Score } from '../follow-ups/score.ts'
import type { Actor, PersonId, Sight } from '../shared/actor.ts'
import type { Day, Moment } from '../shared/day.ts'
import type { Money, Sums } from '../shared/money.ts'
import type { NameCandidate } from './name-match.ts'

export type Tier = 'A' | 'B' | 'C'
export type DelegationLevel = 'D1' | 'D2' | 'D3' | 'D4'
export type Mood = 'GOOD' | 'NEUTRAL' | 'BAD'
export type MeetingKind = 'VISIT' | 'CALL' | 'ONLINE' | 'INFORMAL' | 'EMAIL' | 'MEETING'
export type Influence = 'DECISION_MAKER' | 'INFLUENCER' | 'USER' | 'GATEKEEPER'
export type Attitude = 'SUPPORTER' | 'NEUTRAL' | 'CRITIC'

type PersonRef = Readonly<{ id: PersonId; name: string }>
export type AccountRef = Readonly<{ id: string; name: string }>

/** What the health of an account is judged by; read for one account or for a whole list in one statement. */
export type AccountSignals = AccountRef &
  Readonly<{
    tier: Tier | null
    owner: PersonRef | null
    /** The last day of the owner's absence, when they are away today. */
    ownerAwayUntil: Day | null
    team: readonly PersonRef[]
    /** Won deals by the day they were closed. `lastYearToDate` ends on the same day a year ago. */
    revenue: Readonly<{ thisYear: Sums; lastYearToDate: Sums; everWon: boolean }>
    /** The account's targets for this calendar year, added up. */
    plan: Sums
    openDeals: number
    overdue: Readonly<{ sums: Sums; invoices: number; oldestDueOn: Day | null }>
    /** False when no invoice of this account was ever loaded: then "nothing overdue" cannot be said. */
    invoicesKnown: boolean
    /** The next end of a contract that does not renew itself; the last end when none is left. */
    contractEndsOn: Day | null
    lastHeldOn: Day | null
    /** Moods of the last two meetings that have one, newest first. */
    lastMoods: readonly Mood[]
    nextMeetingOn: Day | null
    decisionMakers: number
    /** Open promises of ours whose day has passed. */
    promisesBroken: number
  }>

export type MeetingFact = Readonly<{
  id: string
  day: Day
  /** ISO instant, when the time of day is known. */
  startsAt: string | null
  kind: MeetingKind
  mood: Mood | null
  notes: string | null
  attendees: readonly string[]
}>

/** A line of the history, where planned meetings stand among the others. */
export type HistoryFact = MeetingFact &
  Readonly<{ status: 'PLANNED' | 'HELD'; amendments: number; attachments: number }>

/** An open promise, due on the wall clock of its owner. */
export type PromiseFact = Readonly<{
  promisedBy: PromisedBy
  contactName: string | null
  what: string
  dueOn: Day
  dueTime: string | null
  owner: string
}>

export type ContactFact = Readonly<{
  name: string
  /** False for somebody who was only named in a line of talk. */
  verified: boolean
  position: string | null
  influence: Influence | null
  attitude: Attitude | null
  email: string | null
  phone: string | null
  lastMetOn: Day | null
}>

type DiscountFact = Readonly<{
  id: string
  title: string
  /** Decimal text. */
  percent: string
  state: 'PENDING' | 'COUNTERED' | 'GRANTED'
  lastDay: Day
  requester: string
}>

type StageFact = Readonly<{ stage: string; deals: number; sums: Sums; withoutAmount: number }>

type ContractFact = Readonly<{
  number: string
  title: string | null
  endsOn: Day | null
  autoRenews: boolean
  amount: Money | null
}>

/** Everything the summary card is made of. */
export type AccountFacts = AccountSignals &
  Readonly<{
    delegationLevel: DelegationLevel | null
    sector: string | null
    location: string | null
    /** Only when the asker may see it too; the same holds for the subsidiaries. */
    parent: AccountRef | null
    subsidiaries: readonly AccountRef[]
    taxNumber: string | null
    goals: string | null
    needs: string | null
    competitors: readonly string[]
    pipeline: readonly StageFact[]
    contracts: readonly ContractFact[]
    nextMeeting: MeetingFact | null
    /** Planned meetings whose day has passed and of which nobody said how they went. */
    outcomesMissing: number
    lastMeetings: readonly MeetingFact[]
    heldMeetings: number
    contacts: readonly ContactFact[]
    promises: Readonly<{ ours: Score; theirs: Score }>
    /** The first few of the open ones, the oldest first. */
    openPromises: readonly PromiseFact[]
    /** Asked for and not decided, or granted and not over yet; the open ones first. */
    discounts: readonly DiscountFact[]
    /** Whether a discount was ever asked for. */
    discountsKnown: boolean
    /** People met who are not among the contacts. */
    strangers: readonly Readonly<{ name: string; lastMetOn: Day }>[]
  }>

export type DealFact = Readonly<{
  title: string | null
  product: string | null
  stage: string
  outcome: 'OPEN' | 'WON' | 'LOST'
  amount: Money | null
  owner: string | null
  openedOn: Day | null
  expectedOn: Day | null
  closedOn: Day | null
}>

export type InvoiceFact = Readonly<{
  number: string
  issuedOn: Day
  dueOn: Day
  amount: Money
  unpaid: Money
  paidOn: Day | null
}>

/** Every read takes the asker's sight: what they may not see is not found. */
export type AccountStore = Readonly<{
  candidates(query: string, sight: Sight): Promise<readonly NameCandidate[]>
  /** The names that have exactly one of these keys, in one statement. */
  named(keys: readonly string[], sight: Sight): Promise<readonly NameCandidate[]>
  suggest(typed: string, sight: Sight, limit: number): Promise<readonly AccountRef[]>
  facts(id: string, sight: Sight, at: Moment): Promise<AccountFacts | null>
  /** The one account with exactly this name, alias or number; null when there is none, or more than one. */
  factsByName(name: string, sight: Sight, at: Moment): Promise<AccountFacts | null>
  /** Signals of the accounts a person answers for, at most `limit`, the most important tiers first. */
  signals(sight: Sight, at: Moment, limit: number): Promise<readonly AccountSignals[]>
  count(sight: Sight): Promise<number>
  refs(ids: readonly string[], sight: Sight): Promise<readonly AccountRef[]>
  deals(id: string, sight: Sight, limit: number): Promise<readonly DealFact[]>
  invoices(id: string, sight: Sight, limit: number): Promise<readonly InvoiceFact[]>
  meetings(id: string, sight: Sight, limit: number): Promise<readonly HistoryFact[]>
}>

/**
 * The rule of access, asked again for what a store returned: the store's filter is for speed, this is for certain.
 * A person sees an account of their own sight: by its owner or by somebody in its team.
 */
export function maySee(
  actor: Pick<Actor, 'sight'>,
  account: Pick<AccountSignals, 'owner' | 'team'>,
): boolean {
  const { sight } = actor
  if (sight === 'all') return true
  const people = [account.owner, ...account.team].filter((person) => person !== null)
  return people.some((person) => sight.includes(person.id))
}
