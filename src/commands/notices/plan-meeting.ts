import type { Meeting } from '../../domain/meetings/meeting.ts'
import type { Context } from '../kit/command.ts'

/** Plans the briefs and the question for the outcome of a planned meeting, or moves them; drops them when it is not planned any more. */
export async function planMeetingNotices(_context: Context, _meeting: Meeting): Promise<void> {
  throw new Error('not built yet')
}
