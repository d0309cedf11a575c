import { MOST_FAILURES, waitAfterFailure } from '../domain/notices/patience.ts'
import type { ClaimedOwed } from './owed.ts'
import type { Round } from './round.ts'

/** Our own mistake: tried again with patience, and given up in the end, except for a turn. */
export async function failed(round: Round, { notice }: ClaimedOwed, error: unknown): Promise<void> {
  const { journal, meter, now } = round.parts
  const { id, kind } = notice
  const before = notice.error?.startsWith('compose:') ? notice.tries : 0
  const isGivenUp = before + 1 >= MOST_FAILURES && kind !== 'turn'
  const facts = { err: error, notice: id, kind }
  if (before === 0 || isGivenUp) journal.error(facts, isGivenUp ? 'a notice is given up' : 'a notice failed')
  meter.settled(kind, null, isGivenUp ? 'dropped' : 'failed')
  const reason = `compose: ${error instanceof Error ? error.name : 'failed'}`
  const tryAt = new Date(now().getTime() + waitAfterFailure(before))
  await round.settle(
    isGivenUp
      ? { id, state: 'DROPPED', error: reason }
      : { id, state: 'WAITING', tryAt, tries: before + 1, error: reason },
  )
}
