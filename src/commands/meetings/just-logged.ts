import type { Meeting } from '../../domain/meetings/meeting.ts'
import { addDays } from '../../domain/shared/day.ts'
import type { Context } from '../kit/command.ts'
import { meetingSeenBy } from '../notices/brief.ts'

const HOURS = 24

type Told = Readonly<{ meeting: Meeting; at: number }>

/** The meeting that this person told of last, not longer than a day ago, at an account they still see. */
export async function justLogged(context: Context): Promise<Meeting | null> {
  const { actor, work, now } = context
  const since = now.getTime() - HOURS * 3_600_000
  const logged = await work.meetings.latestBy(actor.id, new Date(since))
  const told = await lastOutcome(context, logged ? Date.parse(logged.createdAt) : since)
  const latest = told ?? logged
  return latest && ((await meetingSeenBy(work, actor, latest.id, now))?.meeting ?? null)
}

/** A meeting that was planned long ago and of which it was told since then that it was held. */
async function lastOutcome({ actor, work, today }: Context, since: number): Promise<Meeting | null> {
  const told: Told[] = []
  for (const meeting of await work.meetings.between([actor.id], addDays(today, -7), addDays(today, 1))) {
    if (meeting.status !== 'HELD' || meeting.amendments === 0) continue
    const amendments = await work.meetings.amendments(meeting.id)
    const held = amendments.findLast(
      ({ before, after }) => before.status === 'PLANNED' && after.status === 'HELD',
    )
    if (held && Date.parse(held.at) > since) told.push({ meeting, at: Date.parse(held.at) })
  }
  return told.toSorted((a, b) => b.at - a.at)[0]?.meeting ?? null
}
