import { type Actor, mayActFor, type PersonId } from '../shared/actor.ts'

/**
 * Who may act on somebody's promises: the owner, whoever substitutes for them today, and those above them. Finance sees
 * everybody's accounts but acts only on what is its own, or of whom it substitutes for.
 */
export const mayAct = (actor: Pick<Actor, 'id' | 'role' | 'answersFor'>, owner: PersonId): boolean =>
  mayActFor(actor, owner)
