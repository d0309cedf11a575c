import type { Actor, PersonId } from '../shared/actor.ts'

/**
 * Who may act on somebody's promises: the owner, whoever substitutes for them today, and those above them. Finance sees
 * everybody's accounts but acts only on what is its own.
 */
export function mayAct({ id, role, sight, standsFor }: Actor, owner: PersonId): boolean {
  if (owner === id) return true
  if (role === 'FINANCE') return false
  return standsFor.includes(owner) || sight === 'all' || sight.includes(owner)
}
