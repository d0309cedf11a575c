import type { Meeting } from '../../domain/meetings/meeting.ts'
import type { Context } from '../kit/command.ts'
import { meetingSeenBy } from '../notices/brief.ts'

const HOURS = 24

/** The meeting that this person wrote down last, not longer than a day ago, at an account they still see. */
export async function justLogged({ actor, work, now }: Context): Promise<Meeting | null> {
  const latest = await work.meetings.latestBy(actor.id, new Date(now.getTime() - HOURS * 3_600_000))
  return latest && ((await meetingSeenBy(work, actor, latest.id, now))?.meeting ?? null)
}
