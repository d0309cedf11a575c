import { type AccountFacts, maySee } from '../../domain/accounts/account.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { Context } from '../kit/command.ts'

/** The account behind a button. One that is not there and one the asker may not see are refused alike. */
export async function factsOf(context: Context, id: string): Promise<AccountFacts> {
  const { actor, work } = context
  const facts = await work.accounts.facts(id, actor.sight, context)
  if (!facts || !maySee(actor, facts)) throw new DomainError('account.gone')
  return facts
}
