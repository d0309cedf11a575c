import type { PersonId } from '../shared/actor.ts'
import { DomainError } from '../shared/errors.ts'

/** Source of these figures: interfaces.md, "Identity": ten minutes, single use, rate-limited. */
export const CODE_MINUTES = 10
/** Wrong codes from one chat identity before it has to wait. */
export const TRIES = 5
export const LOCK_MINUTES = 60
/** Wrong codes from all chats together within the window: many accounts guess no more than a few do. */
export const TRIES_OF_ALL = 300
export const WINDOW_MINUTES = 10
/** Codes one person may ask for within an hour. */
export const CODES_PER_HOUR = 5

/** Without 0/O, 1/I/L: a code is read aloud and typed by hand. 31^10 is beyond guessing at five tries an hour. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const LENGTH = 10

export type LinkCode = Readonly<{ userId: PersonId; expiresAt: Date }>
/** Of one chat, or of all together: there `lockedUntil` is the end of the window in which the failures are counted. */
export type Tries = Readonly<{ failures: number; lockedUntil: Date | null }>
/** In the place of a chat's id; no platform has such a one. */
export const ALL_CHATS = '*'

export type LinkStore = Readonly<{
  /** The store keeps only a hash of the code. */
  issue(code: string, userId: PersonId, at: Date, expiresAt: Date): Promise<void>
  issuedSince(userId: PersonId, since: Date): Promise<number>
  /** Marks an unused code as used and returns it; null for any other. One statement: of two who try at once, one gets it. */
  redeem(code: string, at: Date): Promise<LinkCode | null>
  /** Held until the transaction ends: of many who try at once, each counts those before. */
  tries(externalId: string): Promise<Tries>
  saveTries(externalId: string, tries: Tries): Promise<void>
}>

/** `random` gives whole numbers from 0 to below `limit`, from a cryptographic source. */
export function newCode(random: (limit: number) => number): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[random(ALPHABET.length)]).join('')
}

/** What a person typed, as the code it may be: spaces, dashes and case do not matter. */
export function readCode(typed: string): string | null {
  const code = typed.slice(0, 100).toUpperCase().replaceAll(/[\s-]/g, '')
  return code.length === LENGTH && [...code].every((letter) => ALPHABET.includes(letter)) ? code : null
}

export function requireUnlocked(tries: Tries, at: Date): void {
  if (tries.lockedUntil && tries.lockedUntil > at) throw new DomainError('link.locked')
}

/** After a wrong code. The count starts anew when a lock has passed. */
export function afterFailure(tries: Tries, at: Date): Tries {
  const failures = (tries.lockedUntil ? 0 : tries.failures) + 1
  const lockedUntil = failures >= TRIES ? minutesAfter(at, LOCK_MINUTES) : null
  return { failures, lockedUntil }
}

export function requireCalm({ failures, lockedUntil }: Tries, at: Date): void {
  if (failures >= TRIES_OF_ALL && lockedUntil && lockedUntil > at) throw new DomainError('link.busy')
}

export function afterFailureOfAny({ failures, lockedUntil }: Tries, at: Date): Tries {
  if (lockedUntil && lockedUntil > at) return { failures: failures + 1, lockedUntil }
  return { failures: 1, lockedUntil: minutesAfter(at, WINDOW_MINUTES) }
}

export const minutesAfter = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000)
