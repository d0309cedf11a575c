import { addDays, type Day, daysBetween } from '../domain/shared/day.ts'
import { instantAt, weekdayOf } from './calendar.ts'
import { accountId } from './clients.ts'
import { PROMISES, type Promised, repeatOf } from './promises.ts'
import type { DemoFollowUp } from './rows.ts'
import type { Story } from './story.ts'
import { kam, userId } from './team.ts'

const MORNING = '09:00'
/** The day from which demo days are counted. */
const FIRST_DAY: Day = '2020-01-01'
/** So often somebody may change a promise on one day without meeting the number of the next. */
const CHANGES_A_DAY = 100

/** The one that the console reminds of soon after the start. */
export const WELCOME_ID = followUpId('romashka', 0)

/**
 * The number of the reminders that a demo of this day begins with: another one each day, so that today's are not taken
 * for those that went out yesterday.
 */
export const reminderOn = (day: Day): number => daysBetween(FIRST_DAY, day) * CHANGES_A_DAY + 1

export function followUpsOf(story: Story, today: Day): DemoFollowUp[] {
  return (PROMISES[story.key] ?? []).map((promised, at) => followUp(story, promised, at, today))
}

function followUp({ key, owner }: Story, promised: Promised, at: number, today: Day): DemoFollowUp {
  const { timeZone } = kam(owner)
  const { by, weekly, done, time = null } = promised
  const dueOn = weekly ? nextWeekday(today, weekly.weekday) : addDays(today, promised.due ?? 0)
  const spokenOn = by === 'US' ? dueOn : addDays(dueOn, 1)
  const written = addDays(dueOn < today ? dueOn : today, -5)
  const isDone = done !== undefined
  return {
    id: followUpId(key, at),
    accountId: accountId(key),
    ownerId: userId(owner),
    authorId: userId(owner),
    promisedBy: by,
    contactName: promised.contact ?? null,
    what: promised.what,
    dueOn,
    dueTime: time,
    repeat: repeatOf(promised),
    urgent: promised.urgent ?? false,
    status: isDone ? 'DONE' : 'OPEN',
    occurrence: weekly ? weekly.kept + weekly.missed + 1 : 1,
    reminder: reminderOn(today),
    remindAt: isDone ? null : instantAt(spokenOn, time ?? MORNING, timeZone),
    doneAt: isDone ? instantAt(addDays(today, done), '16:00', timeZone) : null,
    doneById: isDone ? userId(owner) : null,
    doneCount: weekly?.kept ?? 0,
    missedCount: weekly?.missed ?? 0,
    createdAt: instantAt(written, '17:00', timeZone),
  }
}

function followUpId(key: string, at: number): string {
  return `demo-promise-${key}-${at + 1}`
}

function nextWeekday(today: Day, weekday: number): Day {
  return addDays(today, (weekday - weekdayOf(today) + 7) % 7)
}
