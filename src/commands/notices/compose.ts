import type { NoticeKind } from '../../domain/notices/notice.ts'
import type { View } from '../kit/view.ts'
import { composeAbsences } from './absence.ts'
import { composeAgendas } from './agenda.ts'
import { composeApprovals } from './approvals.ts'
import { composeBriefs } from './brief.ts'
import type { ComposeContext, Composer, Owed } from './composer.ts'
import { composeOutcomes } from './outcome.ts'
import { composeReminders } from './reminders.ts'
import { composeUnreachables } from './unreachable.ts'
import { composeWeeklies } from './weekly.ts'

/** A turn is no message: see takeTurn(). */
const COMPOSERS: Readonly<Record<Exclude<NoticeKind, 'turn'>, Composer>> = {
  reminder: composeReminders,
  chase: composeReminders,
  brief: composeBriefs,
  outcome: composeOutcomes,
  agenda: composeAgendas,
  weekly: composeWeeklies,
  unreachable: composeUnreachables,
  departed: composeUnreachables,
  absence: composeAbsences,
  approval: composeApprovals,
  nudge: composeApprovals,
  discount: composeApprovals,
  commitment: composeApprovals,
}

/** What to say, by the notice's id; null for what is no longer wanted. */
export async function composeAll(
  context: ComposeContext,
  batch: readonly Owed[],
): Promise<ReadonlyMap<string, View | null>> {
  const views = new Map<string, View | null>()
  for (const composer of new Set(Object.values(COMPOSERS))) {
    const mine = batch.filter(({ notice: { kind } }) => kind !== 'turn' && COMPOSERS[kind] === composer)
    if (mine.length === 0) continue
    for (const [id, view] of await composer(context, mine)) views.set(id, view)
  }
  return views
}
