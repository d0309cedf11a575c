import type { Calendar } from '../domain/identity/hours.ts'
import { nextAgenda, nextWeekly } from '../domain/notices/digests.ts'
import type { NewNotice } from '../domain/notices/notice.ts'
import type { DigestPlans, DigestReader } from '../domain/notices/planning.ts'
import type { Platform } from '../domain/shared/actor.ts'

/** Calendars take their time: after so many people the answers to others get a turn. */
const AT_ONCE = 100

/** Plans the next digests of everybody who can be reached, and moves those whose hours or zone have changed. */
export async function planDigests(
  plans: DigestPlans,
  open: readonly Platform[],
  calendar: Calendar,
  now: Date,
): Promise<void> {
  await plans.renew(open, now, async (readers) => {
    const planned: NewNotice[] = []
    for (let from = 0; from < readers.length; from += AT_ONCE) {
      planned.push(...readers.slice(from, from + AT_ONCE).flatMap((one) => digestsOf(one, calendar, now)))
      await new Promise((resolve) => setImmediate(resolve))
    }
    return planned
  })
}

function digestsOf(reader: DigestReader, calendar: Calendar, now: Date): NewNotice[] {
  const rhythm = { ...reader, calendar }
  const agenda = nextAgenda(rhythm, now)
  const weekly = reader.leads ? nextWeekly(rhythm, now) : null
  const digest = (kind: 'agenda' | 'weekly', day: string, dueAt: Date): NewNotice => ({
    key: `${kind}:${reader.id}:${day}`,
    personId: reader.id,
    kind,
    subject: day,
    dueAt,
  })
  return [
    ...(agenda ? [digest('agenda', agenda.day, agenda.at)] : []),
    ...(weekly ? [digest('weekly', weekly.day, weekly.at)] : []),
  ]
}
