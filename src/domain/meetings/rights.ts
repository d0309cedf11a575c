import type { Actor } from '../shared/actor.ts'
import type { Meeting } from './meeting.ts'

/**
 * Who may change or undo a meeting they can see: its author, whoever substitutes for them today, and those above them.
 * One without an author belongs to nobody below the directors.
 */
export function mayChange(
  { id, role, sight }: Pick<Actor, 'id' | 'role' | 'sight'>,
  meeting: Meeting,
): boolean {
  if (role === 'FINANCE') return false
  if (meeting.author?.id === id || sight === 'all') return true
  return meeting.author !== null && sight.includes(meeting.author.id)
}
