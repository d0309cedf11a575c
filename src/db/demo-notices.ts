import { Prisma } from '../../prisma/generated/client.ts'
import { buildDemo } from '../demo/demo.ts'
import { reminderOn, WELCOME_ID } from '../demo/follow-ups.ts'
import type { DemoFollowUp } from '../demo/rows.ts'
import { turnAt } from '../domain/follow-ups/schedule.ts'
import { preparationFor } from '../domain/meetings/preparation.ts'
import { briefKey, outcomeKey, reminderKey, turnKey } from '../domain/notices/keys.ts'
import type { NewNotice } from '../domain/notices/notice.ts'
import type { Day } from '../domain/shared/day.ts'
import { rhythmOf } from './demo-rhythm.ts'
import { timestamp } from './instants.ts'
import { newId } from './new-id.ts'

/** Time enough to open the console and to look around. */
const WELCOME_AFTER_MS = 2 * 60_000

const { sql } = Prisma

type Transaction = Prisma.TransactionClient

/**
 * Plans what is still to come of this day's reminders, and one for soon, so that a newcomer sees one arrive. What was
 * planned or sent on this day stays as it is: a restart repeats nothing.
 */
export async function planDemoNotices(tx: Transaction, today: Day, now: Date): Promise<void> {
  const wanted = [...(await ofPromises(tx, today, now)), ...(await ofMeetings(tx, today))]
  const ahead = wanted.filter(({ dueAt }) => dueAt > now)
  if (ahead.length === 0) return
  const rows = ahead.map(
    ({ key, personId, kind, subject, number = 0, dueAt }) => sql`(${newId()}, ${key}, ${personId}, ${kind},
      ${subject}, ${number}, ${timestamp(dueAt)}, ${timestamp(dueAt)})`,
  )
  await tx.$executeRaw`
    with planned as (
      insert into notices (id, key, person_id, kind, subject, number, due_at, try_at)
      values ${Prisma.join(rows)} on conflict (key) do nothing returning kind, subject, due_at)
    update follow_ups f set remind_at = p.due_at from planned p
    where f.id = p.subject and p.kind in ('reminder', 'chase')`
}

/** Those that somebody changed since have reminders of their own. */
async function ofPromises(tx: Transaction, today: Day, now: Date): Promise<NewNotice[]> {
  const untouched = await tx.followUp.findMany({
    where: { status: 'OPEN', reminder: reminderOn(today), id: { startsWith: 'demo-' } },
    select: { id: true },
  })
  const ids = new Set(untouched.map(({ id }) => id))
  const open = buildDemo(today).followUps.filter(({ id }) => ids.has(id))
  return open.flatMap((one) => promiseNotices(one, now))
}

/** With the same keys as those of promises that people make. */
export function promiseNotices(followUp: DemoFollowUp, now: Date): NewNotice[] {
  const { id, ownerId, promisedBy, remindAt, reminder, repeat, occurrence } = followUp
  if (remindAt === null) return []
  const kind = promisedBy === 'US' ? 'reminder' : 'chase'
  const dueAt = id === WELCOME_ID ? new Date(now.getTime() + WELCOME_AFTER_MS) : new Date(remindAt)
  const common = { personId: ownerId, subject: id }
  const spoken = {
    ...common,
    key: reminderKey(promisedBy, id, reminder),
    kind,
    number: reminder,
    dueAt,
  } as const
  if (!repeat) return [spoken]
  const number = occurrence + 1
  const turn = {
    kind: 'turn',
    number,
    dueAt: turnAt({ ...followUp, repeat }, rhythmOf(ownerId), now),
  } as const
  return [spoken, { ...common, ...turn, key: turnKey(id, number, reminder) }]
}

/** With the same keys as those of meetings that people plan. */
async function ofMeetings(tx: Transaction, today: Day): Promise<NewNotice[]> {
  const planned = await tx.meeting.findMany({
    where: { status: 'PLANNED', id: { startsWith: 'demo-' }, day: { gte: new Date(`${today}T00:00:00Z`) } },
    select: { id: true, authorId: true, day: true, startsAt: true, endsAt: true },
  })
  return planned.flatMap(({ id, authorId, ...times }) => {
    if (!authorId || !times.startsAt) return []
    const startsAt = times.startsAt.toISOString()
    const day = times.day.toISOString().slice(0, 10)
    const meeting = { id, day, startsAt, endsAt: times.endsAt?.toISOString() ?? null }
    const { evening, hour, outcome } = preparationFor(meeting, rhythmOf(authorId), null)
    const notice = (kind: 'brief' | 'outcome', key: string, dueAt: Date | null): NewNotice[] =>
      dueAt ? [{ key, personId: authorId, kind, subject: id, dueAt }] : []
    return [
      ...notice('brief', briefKey(meeting, 'evening'), evening),
      ...notice('brief', briefKey(meeting, 'hour'), hour),
      ...notice('outcome', outcomeKey(meeting), outcome),
    ]
  })
}
