import type { Actor } from '../../domain/shared/actor.ts'
import type { ChatIdentity } from '../../domain/identity/person.ts'
import type { Work } from '../../domain/shared/work.ts'

export type Update = Readonly<{ key: string; chat: string; stored?: boolean; identity: ChatIdentity }>

/**
 * The only door to the database. Throws UnavailableError when the database does not answer; what is thrown inside
 * `write` or `change` leaves nothing behind. No network call belongs inside: on PGlite a transaction holds everything.
 */
export type UnitOfWork = Readonly<{
  /** Notes the update's key and reads who sent it, in one round trip. `repeat`: this key was taken before. */
  receive(update: Update, now: Date): Promise<Readonly<{ repeat: boolean; actor: Actor | null }>>
  identify(identity: ChatIdentity, now: Date): Promise<Actor | null>
  read<Result>(act: (work: Work) => Promise<Result>): Promise<Result>
  /** Closes the update in the same transaction; null, and nothing is written, when it has been closed before. */
  write<Result>(update: Update, now: Date, act: (work: Work) => Promise<Result>): Promise<Result | null>
  /** A transaction that belongs to no update. */
  change<Result>(act: (work: Work) => Promise<Result>): Promise<Result>
}>
