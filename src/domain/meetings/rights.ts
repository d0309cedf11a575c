import { type Actor, mayActFor, mayActForAll } from '../shared/actor.ts'
import type { Meeting } from './meeting.ts'

/**
 * Who may change or undo a meeting they can see: its author, whoever substitutes for them today, and those above them.
 * One without an author belongs to nobody below the directors.
 */
export function mayChange(actor: Pick<Actor, 'id' | 'role' | 'answersFor'>, { author }: Meeting): boolean {
  if (actor.role === 'FINANCE') return false
  return author ? mayActFor(actor, author.id) : mayActForAll(actor)
}
