import type { AccountRef } from '../../domain/accounts/account.ts'
import type { FollowUp } from '../../domain/follow-ups/follow-up.ts'
import { mayAct } from '../../domain/follow-ups/rights.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { Context } from '../kit/command.ts'

/**
 * A promise as this reader may know it: the name of an account they do not see (any more) is not in it. `isLost`: there
 * is such an account.
 */
export type Seen = Readonly<{ followUp: FollowUp; mayAct: boolean; isLost: boolean }>

/** What is not there, and what the asker may neither see nor act on, are refused alike. */
export async function promiseSeen({ actor, work }: Context, id: string): Promise<Seen> {
  const found = await work.followUps.find(id, actor.sight)
  if (!found) throw new DomainError('followup.gone')
  const acts = mayAct(actor, found.owner.id)
  const [account] = found.account ? await work.accounts.refs([found.account.id], actor.sight) : []
  if (!acts && !account) throw new DomainError('followup.gone')
  const isLost = found.account !== null && !account
  return { followUp: isLost ? { ...found, account: null } : found, mayAct: acts, isLost }
}

/** The promise for somebody who may change it. */
export async function promiseToChange(context: Context, id: string): Promise<FollowUp> {
  const seen = await promiseSeen(context, id)
  if (!seen.mayAct) throw new DomainError('followup.gone')
  return seen.followUp
}

/** An account of the asker's, or the same refusal as for one that does not exist. */
export async function accountOf({ actor, work }: Context, id: string): Promise<AccountRef> {
  const [account] = await work.accounts.refs([id], actor.sight)
  if (!account) throw new DomainError('account.gone')
  return account
}
