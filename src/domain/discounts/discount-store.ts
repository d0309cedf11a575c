import type { Calendar } from '../identity/hours.ts'
import type { PersonId } from '../shared/actor.ts'
import type { Day } from '../shared/day.ts'
import type { Office } from './approvers.ts'
import type { Commitment, CommitmentScore, CommitmentState } from './commitment.ts'
import type { PolicyVersion } from './policy.ts'
import type { DiscountRequest } from './request.ts'
import type { GrantedBefore } from './rule-facts.ts'
import type { Give } from './terms.ts'

/** A decision at a step, for the table that has room for one. */
export type CastVote = Readonly<{
  stepId: string
  slot: number
  seatId: PersonId
  actorId: PersonId
  verdict: 'approve' | 'decline' | 'counter'
  channel: string
}>

export type DiscountStore = Readonly<{
  newId(): string
  /** Until the transaction ends nobody else files a request for this account, nor decides one: what is granted is counted. */
  holdAccount(accountId: string): Promise<void>
  /** The next number is given to it. */
  add(request: DiscountRequest): Promise<DiscountRequest>
  find(id: string): Promise<DiscountRequest | null>
  byIds(ids: readonly string[]): Promise<readonly DiscountRequest[]>
  /** Nobody else changes it, nor another of its account, until the transaction ends. Before the first audit row, as with all locks. */
  hold(id: string): Promise<DiscountRequest | null>
  /** One winner: false when it is not at `before`'s version any more, and then nothing is written, the vote neither. */
  save(before: DiscountRequest, after: DiscountRequest, vote: CastVote | null): Promise<boolean>
  /** Those whose open steps have seats of these people, the longest-waiting first. */
  waitingFor(seats: readonly PersonId[], limit: number): Promise<readonly DiscountRequest[]>
  askedBy(people: readonly PersonId[], limit: number): Promise<readonly DiscountRequest[]>
  ofAccount(accountId: string, limit: number): Promise<readonly DiscountRequest[]>
  /** Open, or granted and not over yet, on the same deal or else the same product. */
  sameSubject(
    accountId: string,
    subject: Readonly<{ dealId: string | null; productId: string | null }>,
    today: Day,
  ): Promise<DiscountRequest | null>
  grantedSince(accountId: string, since: Date): Promise<GrantedBefore>
  /** Requests that time itself changes now. */
  due(now: Date, limit: number): Promise<readonly string[]>
  /** Open requests whose last day is over on every calendar, or whose requester has left. */
  over(now: Date, limit: number): Promise<readonly string[]>
  /** Open requests with somebody among those who are asked who is away today. */
  withAbsent(now: Date, limit: number): Promise<readonly string[]>
  /** Open requests with a step for which nobody is there today who may decide. */
  stranded(now: Date, limit: number): Promise<readonly string[]>
  office(
    requester: PersonId,
    at: Readonly<{ now: Date; policy: PolicyVersion; calendar: Calendar }>,
  ): Promise<Office>
  /** Whose seats somebody may use today: their own, and of whom they stand in for, one after another. */
  seatsOf(person: PersonId, now: Date): Promise<readonly PersonId[]>

  addCommitments(request: DiscountRequest, gives: readonly Give[]): Promise<readonly Commitment[]>
  commitment(id: string): Promise<Commitment | null>
  commitmentsOf(requestId: string): Promise<readonly Commitment[]>
  /** One winner: false when it is not OPEN any more. */
  settleCommitment(id: string, state: CommitmentState, by: PersonId, at: Date): Promise<boolean>
  delayCommitment(before: Commitment, dueOn: Day): Promise<boolean>
  voidCommitments(requestId: string, by: PersonId, at: Date): Promise<void>
  score(accountId: string, today: Day): Promise<CommitmentScore>
}>
