import type { ChatIdentity } from '../identity/person.ts'
import type { PersonId, Platform } from '../shared/actor.ts'
import type { NoticeKind } from './notice.ts'

/** What these notices put into a chat is the card of a discount request, which follows what becomes of the request. */
export const CARD_KINDS: readonly NoticeKind[] = ['approval', 'nudge', 'discount']

/** A request, and the version of it that a card shows. */
export type About = Readonly<{ subject: string; version: number }>

/** A message by its platform's own names. */
export type MessagePlace = Readonly<{ chat: string; message: string }>

/** A message that shows an older version of its request than there is. */
export type Copy = Readonly<{
  id: string
  /** In whose chat it stands. */
  personId: PersonId
  subject: string
  platform: Platform
  place: MessagePlace
  /** How that person is reached there now; null for somebody who has left this platform. */
  identity: ChatIdentity | null
  /** How often the platform has put us off since it last showed the truth. */
  tries: number
  /** Whoever took it may write what became of it, until this moment comes or somebody else touches the copy. */
  leasedUntil: Date
}>

/** What became of an edit. A copy that is gone is not looked at again. */
export type CopySettled = Readonly<{ id: string; leasedUntil: Date }> &
  (
    | Readonly<{ kind: 'shown'; version: number }>
    | Readonly<{ kind: 'later'; tryAt: Date; tries: number }>
    | Readonly<{ kind: 'gone'; reason: string }>
  )

/**
 * The copies of cards in people's chats: notices that were sent, and answers. `subject` of such a notice is the request,
 * `number` the version that its message shows.
 */
export type Cards = Readonly<{
  /** At most `most` copies that are behind, for the caller alone until the lease runs out. */
  stale(open: readonly Platform[], most: number, now: Date): Promise<readonly Copy[]>
  /** Never takes a version back, and a copy that has been touched meanwhile counts as behind: this may have landed over it. */
  settle(settled: CopySettled, now: Date): Promise<void>
  /** This message of theirs, a pushed one or an answer, shows this card now. */
  note(whose: ChatIdentity, place: MessagePlace, about: About, now: Date): Promise<void>
  /** This message of theirs shows something else now, and must not be edited over it. */
  forget(whose: ChatIdentity, place: MessagePlace): Promise<void>
}>
