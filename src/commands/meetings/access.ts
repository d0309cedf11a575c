import type { AccountRef } from '../../domain/accounts/account.ts'
import type { Meeting } from '../../domain/meetings/meeting.ts'
import { mayChange } from '../../domain/meetings/rights.ts'
import type { Role } from '../../domain/shared/actor.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { Context } from '../kit/command.ts'

/** Finance reads and writes nothing down. */
export const WRITERS: readonly Role[] = ['KAM', 'MANAGER', 'DIRECTOR', 'ADMIN']

/** A meeting that is not there and one at an account the asker may not see are refused alike. */
export async function meetingSeen(
  { actor, work }: Pick<Context, 'actor' | 'work'>,
  id: string,
): Promise<Meeting> {
  const meeting = await work.meetings.find(id, actor.sight)
  const [account] = meeting ? await work.accounts.refs([meeting.account.id], actor.sight) : []
  if (!meeting || !account) throw new DomainError('meeting.gone')
  return meeting
}

export async function meetingToChange(context: Context, id: string): Promise<Meeting> {
  const meeting = await meetingSeen(context, id)
  if (!mayChange(context.actor, meeting)) throw new DomainError('meeting.notYours')
  return meeting
}

/** Nobody else changes it before this transaction is over, and it is read as whoever came before has left it. */
export async function lockedToChange(context: Context, id: string): Promise<Meeting> {
  const { status } = await meetingToChange(context, id)
  await context.work.meetings.setStatus(id, status, status)
  return meetingToChange(context, id)
}

export async function accountSeen({ actor, work }: Context, id: string): Promise<AccountRef> {
  const [account] = await work.accounts.refs([id], actor.sight)
  if (!account) throw new DomainError('account.gone')
  return account
}
