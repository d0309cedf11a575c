import { z } from 'zod'
import type { FollowUp, FollowUpChanges } from '../../domain/follow-ups/follow-up.ts'
import { reopenedAt, type Rhythm } from '../../domain/follow-ups/schedule.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { refusal } from '../kit/errors.ts'
import { isDay } from '../kit/moment-input.ts'
import { EVERYONE } from '../kit/roles.ts'
import { plain, say, show } from '../kit/view.ts'
import { promiseToChange } from './access.ts'
import { cardAnswer, faster } from './act.ts'
import { noted } from './added.ts'
import { changePromise, facts, record, rhythmOfOwner } from './promise.ts'

/** A promise that was just written down is no promise yet; later it is dropped, with a reason that stays. */
const ADDED_MS = 24 * 3_600_000
/** What was done by mistake is noticed at once. */
const DONE_MS = 10 * 60_000

/** `due` is the day of the time that was done, of one that repeats, and `until` when that one was put off to. */
export const followupUndo = defineCommand({
  name: 'followup-undo',
  aliases: [],
  summary: 'followup.button.undo',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  input: z.object({
    id: z.string().min(1).max(64),
    n: z.coerce.number().int().min(0),
    due: z.string().refine(isDay).optional(),
    until: z.iso.datetime().optional(),
  }),

  async run(context, { id, n, due, until }) {
    const before = await promiseToChange(context, id)
    if (before.reminder !== n) return cardAnswer(context, before, say('followup.faster'))
    if (before.status === 'OPEN' && !due) return remove(context, before)
    if (before.status === 'DROPPED') return cardAnswer(context, before, null)
    // What was done came before what comes now.
    if (due && due >= before.dueOn) return refusal('error.oldButton')
    return reopen(context, before, due ? { dueOn: due, snoozedUntil: until ?? null } : null)
  },
})

async function remove(context: Context, before: FollowUp): Promise<Answer> {
  const { work, now } = context
  if (now.getTime() - Date.parse(before.createdAt) > ADDED_MS) {
    return cardAnswer(context, before, say('followup.tooLateToUndo'))
  }
  // Of two who press at once only one removes it, and nobody removes what was done meanwhile.
  if (!(await work.followUps.save(before, { reminder: before.reminder + 1 }))) return faster(context, before)
  const [whole] = await work.followUps.byIds([before.id])
  await work.notices.drop(before.id)
  await work.followUps.remove(before.id)
  const was = facts({ ...before, account: whole?.account ?? before.account })
  await record(context, 'followup.undo', before, { before: was })
  return show([{ kind: 'text', text: say('followup.removed', { what: plain(before.what) }) }])
}

/** What the row of a repeating one has gone on from. */
type Time = Pick<FollowUp, 'dueOn' | 'snoozedUntil'>

async function reopen(context: Context, before: FollowUp, time: Time | null): Promise<Answer> {
  const { doneAt } = before
  if (!doneAt || context.now.getTime() - Date.parse(doneAt) > DONE_MS) {
    return cardAnswer(context, before, say('followup.tooLateToReopen'))
  }
  const rhythm = await rhythmOfOwner(context, before.owner.id)
  const changes = reopened(context, before, time, rhythm)
  const after = await changePromise(context, before, { action: 'followup.reopen', changes, rhythm })
  if (!after) return faster(context, before)
  return show([
    ...noted(context, after, rhythm, say('followup.reopened')),
    {
      kind: 'buttons',
      buttons: [{ label: say('followup.button.open'), command: 'followup-show', args: { id: after.id } }],
    },
  ])
}

function reopened({ now }: Context, before: FollowUp, time: Time | null, rhythm: Rhythm): FollowUpChanges {
  const back = {
    doneAt: null,
    doneById: null,
    doneCount: Math.max(before.doneCount - 1, 0),
    ...reopenedAt({ ...before, ...time }, rhythm, now),
  }
  return time && before.repeat
    ? { ...back, dueOn: time.dueOn, occurrence: before.occurrence - 1 }
    : { ...back, status: 'OPEN' }
}
