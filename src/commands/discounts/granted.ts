import type { DiscountRequest } from '../../domain/discounts/request.ts'
import { dueAt, nextQuietFree, type Rhythm } from '../../domain/follow-ups/schedule.ts'
import { commitmentKey } from '../../domain/notices/keys.ts'
import type { Commitment } from '../../domain/discounts/commitment.ts'
import { addDays } from '../../domain/shared/day.ts'
import type { Context } from '../kit/command.ts'

/** What the client gives for a granted discount is kept, and asked about once its day has passed. */
export async function granted(context: Context, request: DiscountRequest): Promise<void> {
  if (request.state !== 'GRANTED' || request.terms.gives.length === 0) return
  const { work } = context
  for (const commitment of await work.discounts.addCommitments(request, request.terms.gives))
    await planCheck(context, commitment)
}

/** On the working morning after its day, of the requester: the client has all of that day. */
export async function planCheck(context: Context, commitment: Commitment): Promise<void> {
  const { work, calendar, now } = context
  const time = await work.people.workingTimeOf(commitment.requesterId)
  if (!time) return
  const rhythm: Rhythm = { ...time, calendar }
  const morning = dueAt({ dueOn: addDays(commitment.dueOn, 1), dueTime: null }, rhythm)
  const at = nextQuietFree(new Date(Math.max(morning.getTime(), now.getTime())), rhythm)
  await work.notices.plan([
    {
      key: commitmentKey(commitment.id, commitment.delays),
      personId: commitment.requesterId,
      kind: 'commitment',
      subject: commitment.id,
      dueAt: at,
    },
  ])
}
