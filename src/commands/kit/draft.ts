import type { AccountRef } from '../../domain/accounts/account.ts'
import type { Json } from '../../domain/shared/audit.ts'
import type { Context } from './command.ts'

/** An open question is remembered for as long as an unfinished form. */
const DRAFT_MS = 7 * 86_400_000

/** Keeps what was said so far, in the draft that is open already or in a new one; its id is what buttons carry. */
export async function keepDraft(
  { work, actor, now }: Context,
  kind: string,
  said: Json,
  draft: string | null,
): Promise<string> {
  if (!draft) return work.drafts.save(actor.id, kind, said, new Date(now.getTime() + DRAFT_MS))
  await work.drafts.update(draft, actor.id, said)
  return draft
}

type OfAccount = Readonly<{ account: AccountRef | null; named: object | null }>

/** An account that was lost since it was said is not in it; one that was renamed has its new name. */
export async function withAccountNow<Said extends OfAccount>(
  { work, actor }: Context,
  said: Said,
): Promise<Said> {
  if (!said.account) return said
  const [account] = await work.accounts.refs([said.account.id], actor.sight)
  return account
    ? { ...said, account: { id: account.id, name: account.name } }
    : { ...said, account: null, named: null }
}
