import type { AccountRef } from '../accounts/account.ts'
import type { PersonId, Sight } from '../shared/actor.ts'
import type { Day } from '../shared/day.ts'
import type { Repeat } from './repeat.ts'
import type { PromisedBy, Score } from './score.ts'

export type { PromisedBy, Score }
type FollowUpStatus = 'OPEN' | 'DONE' | 'DROPPED'
type PersonRef = Readonly<{ id: PersonId; name: string }>

/** What was promised, by whom, until when. */
export type FollowUpContent = Readonly<{
  promisedBy: PromisedBy
  contactName: string | null
  what: string
  dueOn: Day
  /** `HH:MM` on the owner's wall clock, wherever they are by then. */
  dueTime: string | null
  repeat: Repeat | null
  /** Passes quiet hours and days off. */
  urgent: boolean
}>

export type NewFollowUp = FollowUpContent &
  Readonly<{
    accountId: string | null
    meetingId: string | null
    /** Whose work it is; the author is who wrote it down. */
    ownerId: PersonId
    authorId: PersonId
    remindAt: Date | null
  }>

/** A promise. Instants are ISO 8601 in UTC. */
export type FollowUp = FollowUpContent &
  Readonly<{
    id: string
    account: AccountRef | null
    meetingId: string | null
    owner: PersonRef
    authorId: PersonId
    status: FollowUpStatus
    /** Of a repeating one: which time it is, from 1. A button that names an older one is stale. */
    occurrence: number
    /** Grows with every change of the reminder: a notice or a snooze that names an older one is stale. */
    reminder: number
    snoozes: number
    snoozedUntil: string | null
    remindAt: string | null
    doneAt: string | null
    doneBy: PersonRef | null
    dropReason: string | null
    doneCount: number
    missedCount: number
    createdAt: string
  }>

export type FollowUpChanges = Partial<
  FollowUpContent &
    Readonly<{
      status: FollowUpStatus
      occurrence: number
      reminder: number
      snoozes: number
      snoozedUntil: Date | null
      remindAt: Date | null
      doneAt: Date | null
      doneById: PersonId | null
      dropReason: string | null
      doneCount: number
      missedCount: number
    }>
>

export type FollowUpStore = Readonly<{
  /** `at` is when it was written down; the database's clock tells when it is not given. */
  add(followUp: NewFollowUp, at?: Date): Promise<FollowUp>
  /** Of an owner in this sight, or at an account of it. */
  find(id: string, sight: Sight): Promise<FollowUp | null>
  /** Several at once, whoever asks: for reminders, which are sent to their owner. */
  byIds(ids: readonly string[]): Promise<readonly FollowUp[]>
  /** One winner: false when somebody changed it since (status, occurrence or reminder differ). */
  save(before: FollowUp, changes: FollowUpChanges): Promise<boolean>
  remove(id: string): Promise<void>
  /** Open ones of these owners due until that day (null: all), the oldest first. */
  openOf(owners: readonly PersonId[], until: Day | null, limit: number): Promise<readonly FollowUp[]>
  openAt(accountId: string, limit: number): Promise<readonly FollowUp[]>
  /** Whoever has open ones, by their ids; the next so many after this one. */
  ownersOfOpen(after: PersonId, limit: number): Promise<readonly PersonId[]>
  /** The version of the world’s time zones by which reminders were planned; null when nobody has noted any. */
  plannedByZones(): Promise<string | null>
  noteZones(version: string): Promise<void>
  /** Open or not, of one meeting. */
  ofMeeting(meetingId: string): Promise<readonly FollowUp[]>
  /**
   * Until the transaction ends nobody else changes those of this meeting. Before the first audit row: the log has one
   * writer at a time, and whoever waits for a row while writing it may wait for ever.
   */
  lockOfMeeting(meetingId: string): Promise<void>
  score(accountId: string, today: Day): Promise<Readonly<{ ours: Score; theirs: Score }>>
}>
