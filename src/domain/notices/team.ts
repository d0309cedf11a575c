import type { AccountRef, Tier } from '../accounts/account.ts'
import type { PersonId, Sight } from '../shared/actor.ts'
import type { Day, Moment } from '../shared/day.ts'
import type { Money } from '../shared/money.ts'

type Many<Row> = Readonly<{ rows: readonly Row[]; total: number }>

type BrokenPromise = Readonly<{ what: string; owner: string; account: string | null; dueOn: Day }>
type SilentAccount = AccountRef & Readonly<{ tier: Tier; lastMetOn: Day; owner: string | null }>
export type ClosedDeal = Readonly<{
  account: string
  title: string | null
  amount: Money | null
  closedOn: Day
}>
type EndingContract = Readonly<{ account: string; number: string; endsOn: Day }>

/** What a manager's week is about. Each list begins with what matters most and says how many there are in all. */
export type TeamWeek = Readonly<{
  broken: Many<BrokenPromise>
  silent: Many<SilentAccount>
  won: Many<ClosedDeal>
  lost: Many<ClosedDeal>
  ending: Many<EndingContract>
}>

/** What a page is about: from the Monday of the page before it. */
export type Span = Moment & Readonly<{ since: Day }>

export type TeamStore = Readonly<{
  /** Of everybody in this sight but the reader themselves. */
  week(reader: PersonId, sight: Sight, at: Span): Promise<TeamWeek>
  /** The Monday of the last week of which this person got a page; null when none is known. */
  lastPage(person: PersonId): Promise<Day | null>
  /** True for whoever has somebody below them. */
  leads(person: PersonId): Promise<boolean>
  /** Who these are, and how many of their promises are open; whoever asks. */
  openPromisesOf(people: readonly PersonId[]): Promise<readonly PersonOpen[]>
}>

/** `reachable`: some chat of theirs is not closed to us. `open` counts what they promised to clients. */
export type PersonOpen = Readonly<{
  id: PersonId
  name: string
  managerId: PersonId | null
  active: boolean
  reachable: boolean
  open: number
}>
