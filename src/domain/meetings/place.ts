import type { AccountRef } from '../accounts/account.ts'
import type { PersonId, Sight } from '../shared/actor.ts'

/** Degrees, WGS 84. */
export type Place = Readonly<{ latitude: number; longitude: number }>
export type PlaceAt = Place & Readonly<{ at: string }>
export type NearAccount = AccountRef & Readonly<{ metres: number }>

export type PlaceStore = Readonly<{
  /** The accounts within this distance, the nearest first. */
  nearest(place: Place, metres: number, sight: Sight, limit: number): Promise<readonly NearAccount[]>
  /** Only the last place is kept; an older one does not take the place of a newer. */
  save(person: PersonId, place: Place, at: Date): Promise<void>
  lastOf(person: PersonId): Promise<PlaceAt | null>
  ofAccount(accountId: string): Promise<Place | null>
}>
