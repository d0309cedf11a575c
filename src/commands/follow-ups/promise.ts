import type { FollowUp, FollowUpContent } from '../../domain/follow-ups/follow-up.ts'
import type { Context } from '../kit/command.ts'

type Promised = FollowUpContent & Readonly<{ accountId: string | null; meetingId: string | null }>

/** Writes a promise down with its reminder and its audit row, for the actor. Inside a write command only. */
export async function makePromise(_context: Context, _promised: Promised): Promise<FollowUp> {
  throw new Error('not built yet')
}
