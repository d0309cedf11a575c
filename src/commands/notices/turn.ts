import { dayOfTurn, speakAt } from '../../domain/follow-ups/schedule.ts'
import { rhythmOf, saveAndPlan } from '../follow-ups/promise.ts'
import type { ComposeContext, Owed } from './composer.ts'

/**
 * The next time of a repeating follow-up has come: an undone one is counted as missed, the row moves on, and its
 * reminder and the turn after it are planned. Inside a transaction; does nothing when the row has moved on already.
 */
export async function takeTurn({ work, now, calendar }: ComposeContext, { notice }: Owed): Promise<void> {
  const [before] = await work.followUps.byIds([notice.subject])
  if (!before?.repeat || before.status !== 'OPEN' || before.occurrence !== notice.number - 1) return
  // Whoever gets the notice may be a substitute: the day and the hour are the owner's.
  const owner = await work.people.workingTimeOf(before.owner.id)
  if (!owner) return
  const rhythm = rhythmOf(owner, calendar)
  const dueOn = dayOfTurn({ ...before, repeat: before.repeat }, rhythm, now)
  const changes = {
    dueOn,
    occurrence: before.occurrence + 1,
    missedCount: before.missedCount + 1,
    snoozes: 0,
    snoozedUntil: null,
    remindAt: speakAt({ ...before, dueOn }, rhythm, now),
  }
  await saveAndPlan({ work, now }, before, { changes, rhythm })
}
