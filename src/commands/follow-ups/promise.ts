import type { FollowUp, FollowUpChanges, FollowUpContent } from '../../domain/follow-ups/follow-up.ts'
import { type Rhythm, speakAt, turnAt } from '../../domain/follow-ups/schedule.ts'
import { reminderKey, turnKey } from '../../domain/notices/keys.ts'
import type { Calendar } from '../../domain/identity/hours.ts'
import type { Actor, PersonId } from '../../domain/shared/actor.ts'
import type { Json } from '../../domain/shared/audit.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { Work } from '../../domain/shared/work.ts'
import type { Context } from '../kit/command.ts'

type Promised = FollowUpContent & Readonly<{ accountId: string | null; meetingId: string | null }>

/** Writes a promise down with its reminder and its audit row, for the actor. Inside a write command only. */
export async function makePromise(context: Context, promised: Promised): Promise<FollowUp> {
  const { actor, work, now } = context
  const rhythm = rhythmOf(actor, context.calendar)
  const remindAt = speakAt(promised, rhythm, now)
  const followUp = await work.followUps.add(
    { ...promised, ownerId: actor.id, authorId: actor.id, remindAt },
    now,
  )
  await planReminder(work, followUp, rhythm, now)
  await record(context, 'followup.add', followUp, { after: facts(followUp) })
  return followUp
}

/**
 * Whatever names a new `remindAt` changes the reminder: the one that waits is dropped and the next planned. Without one,
 * as for other words, it stays as it is, whether it waits or has come. Null when somebody else was faster; then nothing
 * was changed.
 */
export async function changePromise(
  context: Context,
  before: FollowUp,
  changed: Readonly<{ action: string; changes: FollowUpChanges; rhythm: Rhythm }>,
): Promise<FollowUp | null> {
  const { work, now } = context
  const after = await saveAndPlan({ work, now }, before, changed)
  if (!after) return null
  // The log keeps where it was, also from somebody who may not see that any more.
  const states = { before: facts({ ...before, account: after.account }), after: facts(after) }
  await record(context, changed.action, before, states)
  return { ...after, account: before.account }
}

type Planning = Readonly<{ work: Work; now: Date }>

/** The same without an audit row, for what time itself changes. */
export async function saveAndPlan(
  { work, now }: Planning,
  before: FollowUp,
  { changes, rhythm }: Readonly<{ changes: FollowUpChanges; rhythm: Rhythm }>,
): Promise<FollowUp | null> {
  const moves = changes.remindAt !== undefined
  const saved = await work.followUps.save(
    before,
    moves ? { ...changes, reminder: before.reminder + 1 } : changes,
  )
  if (!saved) return null
  if (moves) await work.notices.drop(before.id)
  const [after] = await work.followUps.byIds([before.id])
  if (!after) return null
  if (moves) await planReminder(work, after, rhythm, now)
  return after
}

/**
 * The one message that an open promise owes, and for a repeating one its next turn. Idempotent: the keys name the reminder.
 * `rhythm` is the owner's.
 */
async function planReminder(work: Work, followUp: FollowUp, rhythm: Rhythm, now: Date): Promise<void> {
  if (followUp.status !== 'OPEN') return
  const { id, owner, reminder, remindAt, promisedBy } = followUp
  const kind = promisedBy === 'US' ? 'reminder' : 'chase'
  if (remindAt) {
    const key = reminderKey(promisedBy, id, reminder)
    const dueAt = new Date(remindAt)
    await work.notices.plan([{ key, personId: owner.id, kind, subject: id, number: reminder, dueAt }])
  }
  await planTurn(work, followUp, rhythm, now)
}

/** When the next time of something repeating comes. A turn that waits already is moved. */
export async function planTurn(work: Work, followUp: FollowUp, rhythm: Rhythm, now: Date): Promise<void> {
  const { id, owner, reminder, occurrence, repeat } = followUp
  if (!repeat) return
  const number = occurrence + 1
  const dueAt = turnAt({ ...followUp, repeat }, rhythm, now)
  const key = turnKey(id, number, reminder)
  await work.notices.plan([{ key, personId: owner.id, kind: 'turn', subject: id, number, dueAt }])
}

export const rhythmOf = (
  { timeZone, hours }: Pick<Actor, 'timeZone' | 'hours'>,
  calendar: Calendar,
): Rhythm => ({
  timeZone,
  hours,
  calendar,
})

/** How the owner of a promise lives, whoever acts on it. */
export async function rhythmOfOwner(
  { actor, work, calendar }: Pick<Context, 'actor' | 'work' | 'calendar'>,
  owner: PersonId,
): Promise<Rhythm> {
  const time = owner === actor.id ? actor : await work.people.workingTimeOf(owner)
  if (!time) throw new DomainError('followup.gone')
  return rhythmOf(time, calendar)
}

/** For whom it was done stands beside who did it. */
export async function record(
  { actor, work, channel }: Context,
  action: string,
  { id, owner }: FollowUp,
  states: Readonly<{ before?: Json; after?: Json }>,
): Promise<void> {
  const onBehalfOf = owner.id === actor.id ? {} : { onBehalfOf: owner.id }
  await work.audit.write({ actorId: actor.id, ...onBehalfOf, channel, action, subject: id, ...states })
}

export function facts(followUp: FollowUp): Json {
  const { account, owner, repeat, ...rest } = followUp
  return {
    ...rest,
    doneBy: rest.doneBy?.id ?? null,
    accountId: account?.id ?? null,
    ownerId: owner.id,
    repeat: repeat as Json,
  }
}
