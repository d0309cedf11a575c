import type {
  Attitude,
  DelegationLevel,
  Influence,
  MeetingKind,
  Mood,
  Tier,
} from '../domain/accounts/account.ts'
import type { Commitment } from '../domain/discounts/commitment.ts'
import type { CastVote } from '../domain/discounts/discount-store.ts'
import type { DiscountRequest } from '../domain/discounts/request.ts'
import type { PromisedBy } from '../domain/follow-ups/follow-up.ts'
import type { Repeat } from '../domain/follow-ups/repeat.ts'
import type { Day } from '../domain/shared/day.ts'
import type { DemoUser } from './team.ts'

/** The demo as rows: days as `YYYY-MM-DD`, instants as ISO text, amounts as decimal text. */
export type DemoData = Readonly<{
  users: readonly DemoUser[]
  absences: readonly DemoAbsence[]
  products: readonly DemoProduct[]
  accounts: readonly DemoAccount[]
  accountNames: readonly DemoAccountName[]
  team: readonly Readonly<{ accountId: string; userId: string }>[]
  contacts: readonly DemoContact[]
  deals: readonly DemoDeal[]
  invoices: readonly DemoInvoice[]
  contracts: readonly DemoContract[]
  targets: readonly DemoTarget[]
  meetings: readonly DemoMeeting[]
  attendees: readonly DemoAttendee[]
  followUps: readonly DemoFollowUp[]
  discounts: readonly DemoDiscount[]
}>

type Named = Readonly<{ id: string; externalId: string }>
type OfAccount = Named & Readonly<{ accountId: string }>

export type DemoAbsence = Readonly<{
  id: string
  userId: string
  substituteId: string
  startsOn: Day
  endsOn: Day
}>

export type DemoProduct = Named &
  Readonly<{
    name: string
    productGroup: string
    listPrice: string
    cost: string
    floorMargin: string | null
    currency: string
  }>

export type DemoAccount = Named &
  Readonly<{
    name: string
    tier: Tier | null
    ownerId: string
    delegationLevel: DelegationLevel | null
    parentId: string | null
    sector: string | null
    location: string | null
    latitude: number | null
    longitude: number | null
    website: string | null
    employees: number | null
    foundedYear: number | null
    clientRevenue: string | null
    clientRevenueCurrency: string | null
    goals: string | null
    needs: string | null
    competitors: string[]
  }>

export type DemoAccountName = Readonly<{
  id: string
  accountId: string
  kind: 'NAME' | 'ALIAS' | 'TAX_NUMBER'
  text: string
  key: string
}>

export type DemoContact = OfAccount &
  Readonly<{
    name: string
    position: string | null
    email: string | null
    phone: string | null
    language: string
    influence: Influence | null
    attitude: Attitude | null
  }>

export type DemoDeal = OfAccount &
  Readonly<{
    ownerId: string
    productId: string
    title: string
    stage: string
    outcome: 'OPEN' | 'WON' | 'LOST'
    amount: string | null
    currency: string
    openedOn: Day
    expectedOn: Day | null
    closedOn: Day | null
  }>

export type DemoInvoice = OfAccount &
  Readonly<{
    number: string
    issuedOn: Day
    dueOn: Day
    amount: string
    paidAmount: string
    paidOn: Day | null
    currency: string
  }>

export type DemoContract = OfAccount &
  Readonly<{
    number: string
    title: string
    startsOn: Day
    endsOn: Day | null
    autoRenews: boolean
    amount: string | null
    currency: string
  }>

export type DemoTarget = Named &
  Readonly<{
    accountId: string | null
    userId: string | null
    startsOn: Day
    endsOn: Day
    amount: string
    currency: string
  }>

export type DemoMeeting = OfAccount &
  Readonly<{
    authorId: string
    kind: MeetingKind
    status: 'PLANNED' | 'HELD'
    day: Day
    startsAt: string | null
    mood: Mood | null
    notes: string | null
    createdAt: string
  }>

export type DemoAttendee = Readonly<{ meetingId: string; name: string; contactId: string | null }>

export type DemoFollowUp = Readonly<{
  id: string
  accountId: string
  ownerId: string
  authorId: string
  promisedBy: PromisedBy
  contactName: string | null
  what: string
  dueOn: Day
  dueTime: string | null
  repeat: Repeat | null
  urgent: boolean
  status: 'OPEN' | 'DONE'
  occurrence: number
  reminder: number
  remindAt: string | null
  doneAt: string | null
  doneById: string | null
  doneCount: number
  missedCount: number
  createdAt: string
}>

/** A request with the decisions on it, and with what the client gives for it once it was granted. */
export type DemoDiscount = Readonly<{
  id: string
  accountId: string
  request: DiscountRequest
  votes: readonly (CastVote & Readonly<{ at: string }>)[]
  commitments: readonly DemoCommitment[]
}>

export type DemoCommitment = Pick<Commitment, 'id' | 'kind' | 'what' | 'dueOn' | 'state' | 'checkedAt'> &
  Readonly<{ checkedBy: string | null }>
