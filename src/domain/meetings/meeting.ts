import type { AccountRef, MeetingKind, Mood } from '../accounts/account.ts'
import type { PersonId, Platform, Sight } from '../shared/actor.ts'
import type { Day } from '../shared/day.ts'

export type MeetingStatus = 'PLANNED' | 'HELD' | 'CANCELLED'

export type Attendee = Readonly<{ name: string; contactId: string | null }>

/** The message that led to something, on its platform. */
export type MessageRef = Readonly<{ platform: Platform; chat: string; message: string }>

/** What can be said of a meeting, and changed later. Instants are ISO 8601 in UTC. */
export type MeetingContent = Readonly<{
  kind: MeetingKind
  day: Day
  /** When the time of day is known. */
  startsAt: string | null
  endsAt: string | null
  mood: Mood | null
  notes: string | null
  attendees: readonly Attendee[]
}>

export type NewMeeting = MeetingContent &
  Readonly<{
    accountId: string
    authorId: PersonId
    status: 'PLANNED' | 'HELD'
    /** The whole line as it was written; null when it came from a form. */
    said: string | null
  }>

export type Meeting = MeetingContent &
  Readonly<{
    id: string
    account: AccountRef
    author: Readonly<{ id: PersonId; name: string }> | null
    status: MeetingStatus
    said: string | null
    /** How often it was changed later, and what is attached. */
    amendments: number
    attachments: number
    createdAt: string
  }>

/** `said` changes when the message itself was edited; the amendment keeps the line as it was. */
export type MeetingChanges = Partial<
  MeetingContent & Readonly<{ status: MeetingStatus; said: string | null }>
>

export type Amendment = Readonly<{
  at: string
  author: string | null
  channel: string
  /** Only the fields that changed, as they stood before and after. */
  before: MeetingChanges
  after: MeetingChanges
}>

export type AttachmentKind = 'PHOTO' | 'VOICE' | 'VIDEO' | 'DOCUMENT'

/** The platform keeps the content; `fileId` is its own name for it. */
export type Attachment = Readonly<{
  platform: Platform
  fileId: string
  kind: AttachmentKind
  name: string | null
  mimeType: string | null
  bytes: number | null
  caption: string | null
}>

/** Reads take the asker's sight: a meeting at an account they may not see is not found. */
export type MeetingStore = Readonly<{
  /** `at` is when it was written down; the database's clock tells when it is not given. */
  add(meeting: NewMeeting, source: MessageRef | null, at?: Date): Promise<Meeting>
  /** Until the transaction ends: of two things that one person does at once, the second sees what the first has done. */
  oneByOne(person: PersonId): Promise<void>
  find(id: string, sight: Sight): Promise<Meeting | null>
  /** Also when the meeting was cancelled since. */
  bySource(source: MessageRef, sight: Sight): Promise<Meeting | null>
  /** The newest one that this person wrote down since then and that was not cancelled. */
  latestBy(author: PersonId, since: Date): Promise<Meeting | null>
  /** Keeps what stood there before as an amendment; null when nothing differs. Locks the row. */
  amend(id: string, changes: MeetingChanges, by: AmendedBy): Promise<Meeting | null>
  /** Without an amendment; false when the meeting was not in the state `from` any more. */
  setStatus(id: string, from: MeetingStatus, to: MeetingStatus): Promise<boolean>
  amendments(id: string): Promise<readonly Amendment[]>
  attach(id: string, by: PersonId, at: Date, file: Attachment): Promise<void>
  attachments(id: string): Promise<readonly Attachment[]>
  /** Planned or held meetings of these people with their day between both days, in order. */
  between(authors: readonly PersonId[], from: Day, to: Day): Promise<readonly Meeting[]>
  /** Planned meetings of this author whose time came before `now` and of which nobody told the outcome, newest first. */
  withoutOutcome(
    author: PersonId,
    at: Readonly<{ now: Date; today: Day }>,
    limit: number,
  ): Promise<readonly Meeting[]>
  contacts(
    accountId: string,
  ): Promise<readonly Readonly<{ id: string; name: string; language: string | null }>[]>
  /** An unverified contact; attendees of this account's meetings with the same name become this contact. */
  addContact(accountId: string, contact: Readonly<{ name: string; phone: string | null }>): Promise<string>
}>

type AmendedBy = Readonly<{ author: PersonId; at: Date; channel: string }>
