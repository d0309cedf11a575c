import type { Meeting } from '../../domain/meetings/meeting.ts'
import type { Context } from '../kit/command.ts'
import { meetingToChange } from './access.ts'

/**
 * As whoever came before has left it; null when it is not planned any more. Nobody else changes it before this
 * transaction is over: one of two wins.
 */
export async function lockedPlanned(context: Context, id: string): Promise<Meeting | null> {
  await meetingToChange(context, id)
  const planned = await context.work.meetings.setStatus(id, 'PLANNED', 'PLANNED')
  return planned ? meetingToChange(context, id) : null
}
