import { type Rhythm, speakAt } from '../../domain/follow-ups/schedule.ts'
import type { FollowUp } from '../../domain/follow-ups/follow-up.ts'
import type { WorkingTime } from '../../domain/identity/person.ts'
import { digestsOf } from '../../domain/notices/digests.ts'
import type { PersonId } from '../../domain/shared/actor.ts'
import type { Context } from '../kit/command.ts'
import { planTurn, rhythmOf, saveAndPlan } from './promise.ts'

/** Nobody keeps as many promises open. */
const CONSIDERED = 2_000

/**
 * After the actor moved to another zone or changed their hours. A promise keeps its wall-clock time wherever its owner
 * is: "Friday 10:00" is ten o'clock on the clock there. What was put off was put off to a moment, and keeps it; what has
 * been said already is not said again.
 */
export async function replanReminders(context: Context, time: WorkingTime): Promise<void> {
  const { actor, work, now, calendar } = context
  await replanAll(context, actor.id, rhythmOf(time, calendar))
  const leads = await work.team.leads(actor.id)
  const digests = (by: WorkingTime) => digestsOf({ ...by, id: actor.id, leads }, calendar, now)
  for (const { subject, kind } of digests(actor)) await work.notices.drop(subject, kind, actor.id)
  // The planner of digests would come too late for a time that is near. What is the same as before waits again.
  await work.notices.plan(digests(time))
}

type Planning = Pick<Context, 'work' | 'now'>

/** Where the hours or the zone of somebody are not what their reminders were planned by. */
export async function replanAll(planning: Planning, owner: PersonId, rhythm: Rhythm): Promise<void> {
  for (const one of await planning.work.followUps.openOf([owner], null, CONSIDERED))
    await replan(planning, one, rhythm)
}

async function replan({ work, now }: Planning, before: FollowUp, rhythm: Rhythm): Promise<void> {
  const waits = before.remindAt !== null && Date.parse(before.remindAt) > now.getTime()
  const remindAt = speakAt(before, rhythm, now)
  const moves = waits && !before.snoozedUntil && remindAt.toISOString() !== before.remindAt
  if (moves) await saveAndPlan({ work, now }, before, { changes: { remindAt }, rhythm })
  else await planTurn(work, before, rhythm, now)
}
