import type { AccountRef } from '../accounts/account.ts'
import type { PersonId, Role } from '../shared/actor.ts'
import type { FiredRule } from './evaluate.ts'
import type { RuleFacts } from './facts.ts'
import type { Approver, Need } from './policy.ts'
import type { CostShare } from './offer.ts'
import type { Terms } from './terms.ts'

export type PersonRef = Readonly<{ id: PersonId; name: string }>

/**
 * PENDING: somebody is to decide. COUNTERED: an approver offered other terms, and the requester is to answer. The others
 * are ends, but GRANTED may become REVOKED when the client does not keep its side. A granted discount is over after its
 * last day without any change of state.
 */
type RequestState = 'PENDING' | 'COUNTERED' | 'GRANTED' | 'DECLINED' | 'WITHDRAWN' | 'REVOKED'

/** WAITING for the steps before it; OPEN: its people are asked; CANCELLED: no longer needed. */
type StepState = 'WAITING' | 'OPEN' | 'APPROVED' | 'DECLINED' | 'COUNTERED' | 'CANCELLED'

/** One whose authority counts, and why they have it: checked again at every click. */
export type Seat = PersonRef & Readonly<{ by: Approver; role: Role }>

/** A yes. `seat` is whose authority it used; `by` pressed. Instants are ISO 8601 in UTC. */
export type Vote = Readonly<{
  seat: PersonId
  by: PersonRef
  onBehalfOf: PersonRef | null
  at: string
  channel: string
}>

export type Step = Readonly<{
  /** Unique within the request: `2.1` is the first step of the second round. */
  id: string
  kind: 'check' | 'approve'
  by: Approver
  need: Need
  /** How many must agree, counted when it was opened: people who are added later may fill a seat, not raise the need. */
  needed: number
  rules: readonly FiredRule[]
  state: StepState
  seats: readonly Seat[]
  votes: readonly Vote[]
  /** What its people saw when they agreed: a later round need not ask them again about the same or better. */
  agreedTo: RuleFacts | null
  /** True when nobody was asked in this round: an earlier yes still holds. */
  carried: boolean
  openedAt: string | null
  /** When half and all of the agreed working hours are over. */
  remindAt: string | null
  dueAt: string | null
  /** How often the time ran out. */
  escalations: number
  /** Who has been told, as `seat>reader`: pending items move to a substitute, and each is told once. */
  told: readonly string[]
}>

/** Other terms, offered by an approver instead of a yes. */
export type CounterOffer = Readonly<{
  stepId: string
  seat: PersonId
  by: PersonRef
  onBehalfOf: PersonRef | null
  terms: Terms
  word: string
  at: string
  channel: string
}>

export type Question = Readonly<{
  id: string
  by: PersonRef
  text: string
  at: string
  answer: Readonly<{ by: PersonRef; text: string; at: string }> | null
}>

/** Who ended it, and how. Without a person when the requester's own limit sufficed. */
export type Decision = Readonly<{
  by: PersonRef | null
  onBehalfOf: PersonRef | null
  at: string
  channel: string
  word: string | null
  rule: string | null
}>

/** What the price was made of when it was asked for: when it changes, what was agreed to no longer holds. */
export type Basis = Readonly<{
  /** Of one unit, or of the whole deal; null when the requester named it. */
  list: string | null
  currency: string
  quantity: number
  costShare: CostShare | null
}>

export type DiscountRequest = Readonly<{
  id: string
  /** What people call it by. */
  number: number
  account: AccountRef
  requester: PersonRef
  /** Whoever set its terms, also on behalf of the requester: none of them decides it. */
  authors: readonly PersonId[]
  terms: Terms
  basis: Basis
  reason: string
  competitor: string | null
  state: RequestState
  /** Grows with every resubmission; a button of an earlier round decides nothing. */
  round: number
  /** Grows with every change: of two who write at once, one wins. */
  version: number
  policyVersion: number
  /** What the rules saw when this round began. */
  facts: RuleFacts
  steps: readonly Step[]
  counter: CounterOffer | null
  questions: readonly Question[]
  decision: Decision | null
  createdAt: string
  changedAt: string
}>

export const isOpen = ({ state }: Pick<DiscountRequest, 'state'>): boolean =>
  state === 'PENDING' || state === 'COUNTERED'
