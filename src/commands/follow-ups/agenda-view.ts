import type { Actor } from '../../domain/shared/actor.ts'
import type { Day } from '../../domain/shared/day.ts'
import type { Work } from '../../domain/shared/work.ts'
import type { View } from '../kit/view.ts'

/** A day of one person: meetings, follow-ups with the overdue ones first. The same for /today and for the morning. */
export async function agendaView(
  _work: Work,
  _actor: Actor,
  _at: Readonly<{ now: Date; today: Day }>,
): Promise<View> {
  throw new Error('not built yet')
}
