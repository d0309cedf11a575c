import { dayIn } from '../../domain/shared/day.ts'
import { agendaView } from '../follow-ups/agenda-view.ts'
import { say, type View } from '../kit/view.ts'
import type { ComposeContext, Composer, Owed } from './composer.ts'

export const composeAgendas: Composer = async (context, batch) =>
  new Map(
    await Promise.all(batch.map(async (owed) => [owed.notice.id, await agendaOf(context, owed)] as const)),
  )

/** One of another day is out of date. Whoever is away has no morning here; their substitute's own agenda has it all. */
async function agendaOf({ work, now, calendar }: ComposeContext, owed: Owed): Promise<View | null> {
  const { to, notice, insteadOf } = owed
  const today = dayIn(to.timeZone, now)
  if (insteadOf || notice.subject !== today) return null
  const view = await agendaView(work, to, { now, today, calendar })
  // A day without a single line is not worth a message.
  if (!view.some(({ kind }) => kind === 'list')) return null
  return [
    { kind: 'heading', text: say('notice.agenda', { day: { day: today } }) },
    ...view.filter(({ kind }) => kind !== 'heading'),
  ]
}
