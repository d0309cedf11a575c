import type { Commitment } from '../../domain/discounts/commitment.ts'
import type { DiscountRequest } from '../../domain/discounts/request.ts'
import { dueAt, nextQuietFree } from '../../domain/follow-ups/schedule.ts'
import { commitmentKey, endingKey } from '../../domain/notices/keys.ts'
import type { PersonId } from '../../domain/shared/actor.ts'
import { addDays, type Day } from '../../domain/shared/day.ts'
import type { Context } from '../kit/command.ts'

/** Time enough to use what would be lost. */
const WARNED_DAYS = 3

type Planning = Pick<Context, 'work' | 'calendar' | 'now'>

/** What the client gives for a granted discount is kept and asked about after its day; its own end is told before. */
export async function granted(context: Context, request: DiscountRequest): Promise<void> {
  if (request.state !== 'GRANTED') return
  const { work } = context
  await planEnding(context, request)
  if (request.terms.gives.length === 0) return
  for (const commitment of await work.discounts.addCommitments(request, request.terms.gives))
    await planCheck(context, commitment)
}

async function planEnding(
  context: Context,
  { id, version, requester, terms }: DiscountRequest,
): Promise<void> {
  const day = addDays(terms.lastDay, -WARNED_DAYS)
  const at = day > context.today ? await morningOf(context, requester.id, day) : null
  if (!at) return
  await context.work.notices.plan([
    { key: endingKey(id), personId: requester.id, kind: 'discount', subject: id, number: version, dueAt: at },
  ])
}

/** On the working morning after its day, of the requester: the client has all of that day. */
export async function planCheck(context: Planning, commitment: Commitment): Promise<void> {
  const { id, delays, requesterId, dueOn } = commitment
  const at = await morningOf(context, requesterId, addDays(dueOn, 1))
  if (!at) return
  const key = commitmentKey(id, delays)
  await context.work.notices.plan([
    { key, personId: requesterId, kind: 'commitment', subject: id, dueAt: at },
  ])
}

/** When somebody begins to work on that day, or on the next one on which they do; never before now. */
async function morningOf(
  { work, calendar, now }: Planning,
  person: PersonId,
  dueOn: Day,
): Promise<Date | null> {
  const time = await work.people.workingTimeOf(person)
  if (!time) return null
  const rhythm = { ...time, calendar }
  const morning = dueAt({ dueOn, dueTime: null }, rhythm)
  return nextQuietFree(new Date(Math.max(morning.getTime(), now.getTime())), rhythm)
}
