import type { AccountFacts } from '../../domain/accounts/account.ts'
import type { Actor, Sight } from '../../domain/shared/actor.ts'
import type { Moment } from '../../domain/shared/day.ts'
import type { ChatIdentity } from '../../domain/identity/person.ts'
import type { Work } from '../../domain/shared/work.ts'

/** The account that an answer will be about, known before anybody knows who asks. */
export type Ahead = Readonly<{ account: Readonly<{ id: string } | { name: string }> }>

/** What was read ahead, as of the asker's rights just then; only the database looks into it. */
export type ReadAhead = Readonly<{ facts: AccountFacts | null; asked: Ahead; sight: Sight; at: Moment }>

export type Update = Readonly<{ key: string; chat: string; stored?: boolean; identity: ChatIdentity }>

/** Carried out, but by a try whose answer was lost on the way: nobody has seen what came of it. */
export const UNSEEN: unique symbol = Symbol('unseen')

export type Received = Readonly<{ repeat: boolean; actor: Actor | null; ahead: ReadAhead | null }>

/**
 * The only door to the database. Throws UnavailableError when the database does not answer; what is thrown inside
 * `write` or `change` leaves nothing behind. No network call belongs inside: on PGlite a transaction holds everything.
 */
export type UnitOfWork = Readonly<{
  /**
   * Notes the update's key and reads who sent it, in one round trip, with what their answer will need where that is known.
   * `repeat`: this key was taken before.
   */
  receive(update: Update, now: Date, ahead?: Ahead | null): Promise<Received>
  identify(identity: ChatIdentity, now: Date): Promise<Actor | null>
  read<Result>(act: (work: Work) => Promise<Result>, ahead?: ReadAhead | null): Promise<Result>
  /**
   * Closes the update in the same transaction; null, and nothing is written, when it has been closed before. `act` runs
   * again when the database broke off: the update's key tells whether the first try was carried out.
   */
  write<Result>(
    update: Update,
    now: Date,
    act: (work: Work) => Promise<Result>,
  ): Promise<Result | null | typeof UNSEEN>
  /** A transaction that belongs to no update. */
  change<Result>(act: (work: Work) => Promise<Result>): Promise<Result>
}>
