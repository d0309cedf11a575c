import type { PersonId } from '../shared/actor.ts'

/**
 * `reminder`: our promise is due. `chase`: theirs has passed. `turn`: a repeating one comes again (no message). `brief`: a meeting is near. `outcome`: it is over.
 * `agenda`: the morning. `weekly`: a manager's week. `unreachable`, `departed`: somebody of theirs gets nothing.
 * `absence`: somebody is away, or is not any more. `approval`: a discount waits for somebody's decision. `nudge`: half of
 * the agreed time for it is over. `discount`: what became of somebody's own request. `commitment`: is the client keeping
 * its side?
 */
export type NoticeKind =
  | 'reminder'
  | 'chase'
  | 'turn'
  | 'brief'
  | 'outcome'
  | 'agenda'
  | 'weekly'
  | 'unreachable'
  | 'departed'
  | 'absence'
  | 'approval'
  | 'nudge'
  | 'discount'
  | 'commitment'

/** One message that is owed to one person at one time. */
export type NewNotice = Readonly<{
  /** Makes it one message, however often it is planned: `reminder:<follow-up>:<number>`. */
  key: string
  personId: PersonId
  kind: NoticeKind
  /** The id of the follow-up, the meeting, the discount request or what a client promised for one, or the day, that it is about. */
  subject: string
  /** Of a follow-up: the number of its reminder. Of a discount request: the version that the message shows. */
  number?: number
  dueAt: Date
}>

/** What commands do with notices, in the transaction of the change they belong to. */
export type NoticeStore = Readonly<{
  /**
   * A key that waits already, or was dropped, gets the new time; one that the platform is being asked to send, or that is
   * gone, stays as it is.
   */
  plan(notices: readonly NewNotice[]): Promise<void>
  /** Whatever still waits about this subject is no longer wanted; `kind` and `person` narrow it. A day is everybody's. */
  drop(subject: string, kind?: NoticeKind, person?: PersonId): Promise<void>
  /** Marks a turn as taken, in the transaction that takes it; false when the claim is lost. */
  take(id: string, claim: string, at: Date): Promise<boolean>
}>

/** A notice that this process has claimed and must settle. */
export type DueNotice = Readonly<{
  id: string
  key: string
  personId: PersonId
  kind: NoticeKind
  subject: string
  number: number
  dueAt: Date
}>
