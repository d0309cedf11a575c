import type { Meeting } from '../../domain/meetings/meeting.ts'
import type { Work } from '../../domain/shared/work.ts'

/** False when it is not planned any more. Else nobody changes it before this transaction is over: one of two wins. */
export function lockPlanned(work: Work, { id }: Pick<Meeting, 'id'>): Promise<boolean> {
  return work.meetings.setStatus(id, 'PLANNED', 'PLANNED')
}
