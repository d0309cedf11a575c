import type { Hours } from '../identity/hours.ts'
import type { ChatIdentity } from '../identity/person.ts'
import type { Actor, PersonId, Platform } from '../shared/actor.ts'
import type { DueNotice, NewNotice } from './notice.ts'

/** A notice whose claim we hold, and how it went before: `doubts` is how often it may have arrived. */
export type Claimed = DueNotice & Readonly<{ tries: number; doubts: number; error: string | null }>

/** Somebody with something due, and the platform on which it will be tried first; null when there is none. */
export type DuePerson = Readonly<{ personId: PersonId; platform: Platform | null }>

type Boss = Readonly<{ id: PersonId; timeZone: string; hours: Hours }>

/** Who gets what is owed to a person: they themselves, or their substitute of today. */
export type Recipient = Readonly<{
  personId: PersonId
  name: string
  /** False for somebody who left. */
  active: boolean
  manager: Boss | null
  /** With their rights read anew; null for somebody who left. */
  to: Actor | null
  insteadOf: Readonly<{ id: PersonId; name: string }> | null
  /** Where to reach them, in the order in which it is tried. */
  channels: readonly ChatIdentity[]
  /** ISO instant since which the person's last way is closed; null when one is open or there never was one. */
  blockedAt: string | null
}>

/** What became of a claimed notice. UNCLEAR for the first time is tried once more at `tryAt`. */
export type Settled = Readonly<{ id: string }> &
  (
    | Readonly<{
        state: 'SENT'
        platform: Platform
        chat: string
        message: string
        /** Of a card: in whose chat it stands now, when that is a substitute's. It is theirs from here on. */
        shownTo?: PersonId
      }>
    | Readonly<{ state: 'WAITING'; tryAt: Date; tries: number; error: string | null }>
    | Readonly<{ state: 'UNCLEAR'; tryAt: Date; error: string | null }>
    | Readonly<{ state: 'DROPPED'; error: string | null }>
  )

/** The people whose notices are parked: nobody is reached there. `told` is for their manager, once. */
export type Parking = Readonly<{ personId: PersonId; withTurns: boolean; told: NewNotice | null }>

/**
 * The notices as those see them who bring them out. Every write names the claim it was made under and does nothing when
 * the claim is lost. All times are of the caller's clock.
 */
export type Outbox = Readonly<{
  /** The longest-waiting first, at most `most` for each platform. `open` are the platforms that this process serves. */
  due(open: readonly Platform[], most: number, now: Date): Promise<readonly DuePerson[]>
  /** How many are due and wait. */
  backlog(now: Date): Promise<number>
  /** In the order in which they are due. A person of whom something is on its way already is left alone. */
  claim(people: readonly PersonId[], claim: string, now: Date): Promise<readonly Claimed[]>
  recipients(
    people: readonly PersonId[],
    open: readonly Platform[],
    now: Date,
  ): Promise<ReadonlyMap<PersonId, Recipient>>
  /** Right before the platform is asked. Returns those that are still wanted and still ours. */
  begin(ids: readonly string[], claim: string, now: Date): Promise<ReadonlySet<string>>
  settle(settled: readonly Settled[], claim: string, now: Date): Promise<void>
  park(parked: readonly Parking[], claim: string, now: Date): Promise<void>
  /** Nothing can be delivered there any more, until its person writes again. */
  block(identity: ChatIdentity, now: Date): Promise<void>
  /** Gives back what was claimed and not begun; nothing of it is tried before `tryAt`. */
  release(claim: string, people: readonly PersonId[] | 'all', tryAt: Date | null): Promise<void>
  renew(claims: readonly string[], now: Date): Promise<void>
  /** Takes back what was claimed before `before`: whoever claimed it is gone. */
  expire(before: Date, now: Date): Promise<void>
}>
