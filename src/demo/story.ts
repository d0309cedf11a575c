import type {
  Attitude,
  DelegationLevel,
  Influence,
  MeetingKind,
  Mood,
  Tier,
} from '../domain/accounts/account.ts'
import type { ProductKey } from './products.ts'
import type { Kam, Person } from './team.ts'

/** What is written by hand about a client. Days are counted from today; what is left out was never recorded. */
export type Story = Readonly<{
  key: string
  name: string
  aliases?: readonly string[]
  taxNumber?: string
  owner: Kam
  team?: readonly Person[]
  parent?: string
  tier?: Tier
  level?: DelegationLevel
  sector?: string
  location?: string
  website?: string
  employees?: number
  foundedYear?: number
  clientRevenue?: number
  goals?: string
  needs?: string
  competitors?: readonly string[]
  sales?: Sales
  open?: readonly OpenDeal[]
  lost?: readonly LostDeal[]
  invoices?: Invoices
  contracts?: readonly Contract[]
  people?: readonly Contact[]
  meetings?: Meetings
  planned?: readonly Planned[]
}>

/**
 * `year` is what they bought for in the whole of last year. `growth` is this year to date against the same days of
 * last year; null: a client of this year. `pace` is what is done against what the plan expects by now.
 */
export type Sales = Readonly<{
  year: number
  growth: number | null
  pace?: number
  planned?: 'year' | 'quarters'
}>

export type Stage = 'Prospecting' | 'Qualification' | 'Proposal' | 'Negotiation'
export type OpenDeal = Readonly<{
  stage: Stage
  title: string
  product: ProductKey
  amount: number | null
  opened: number
  expected: number | null
}>
type LostDeal = Readonly<{ title: string; product: ProductKey; amount: number; closed: number }>

/** `due` fall due in so many days, `late` fell due so many days ago; `paid` is the part that was paid. */
type Invoices = Readonly<{ paid: number; late?: readonly Bill[]; due?: readonly Bill[] }>
export type Bill = Readonly<{ days: number; amount: number; paid?: number }>

/** `ends` is in days from today, negative when it has ended; null: open-ended. */
type Contract = Readonly<{ title: string; ends: number | null; renews?: boolean; amount?: number }>

export type Contact = Readonly<{
  name: string
  position: string | null
  influence: Influence | null
  attitude: Attitude | null
}>

/** `last` days ago, and so on back in that rhythm: `told` is newest first, the rest is made of the usual. */
export type Meetings = Readonly<{ last: number; every: number; held: number; told: readonly Told[] }>
export type Told = Readonly<{
  kind: MeetingKind
  mood: Mood | null
  who: readonly Attendee[]
  note: string | null
}>
/** A contact by place in `people`, or the name of somebody who is not among them. */
export type Attendee = number | string

/** `time` is in the owner's zone. `inDays` below zero: it passed and nobody said how it went. */
export type Planned = Readonly<{
  inDays: number
  time: string | null
  kind: MeetingKind
  who: readonly Attendee[]
  note: string | null
}>

export function deal(
  stage: Stage,
  title: string,
  product: ProductKey,
  amount: number | null,
  opened: number,
  expected: number | null,
): OpenDeal {
  return { stage, title, product, amount, opened, expected }
}

export function person(
  name: string,
  position: string | null,
  influence: Influence | null = null,
  attitude: Attitude | null = null,
): Contact {
  return { name, position, influence, attitude }
}

export function met(
  kind: MeetingKind,
  mood: Mood | null,
  who: readonly Attendee[],
  note: string | null,
): Told {
  return { kind, mood, who, note }
}

export function plan(
  inDays: number,
  time: string | null,
  kind: MeetingKind,
  who: readonly Attendee[],
  note: string | null = null,
): Planned {
  return { inDays, time, kind, who, note }
}
