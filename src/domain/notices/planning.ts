import type { Hours } from '../identity/hours.ts'
import type { PersonId, Platform } from '../shared/actor.ts'
import type { NewNotice } from './notice.ts'

/** Somebody who can be reached, and what decides when their digests come. */
export type DigestReader = Readonly<{ id: PersonId; timeZone: string; hours: Hours; leads: boolean }>

export type DigestPlans = Readonly<{
  /**
   * One planner at a time over any number of processes: null for whoever finds another at it. `plan` turns the readers
   * into the digests that are next for them; a digest that waits and is not among them is not wanted any more. Whoever
   * can be reached again gets what was parked for them.
   */
  renew(
    open: readonly Platform[],
    now: Date,
    plan: (readers: readonly DigestReader[]) => Promise<readonly NewNotice[]>,
  ): Promise<Readonly<{ planned: number; woken: number }> | null>
}>
