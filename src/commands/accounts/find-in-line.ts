import type { AccountRef } from '../../domain/accounts/account.ts'
import type { Named } from '../../domain/talk/talk.ts'
import type { Context } from '../kit/command.ts'

/** `sure`: this account, by the name at this place of the line. */
export type AccountInLine = Readonly<
  | { kind: 'sure'; account: AccountRef; named: Named }
  | { kind: 'several'; accounts: readonly AccountRef[]; named: Named }
  | { kind: 'none'; nearest: readonly AccountRef[]; named: Named | null }
>

/** Which of the asker's accounts a line speaks of. Never guesses: what is not sure is asked. */
export async function findAccountInLine(_context: Context, _names: readonly Named[]): Promise<AccountInLine> {
  throw new Error('not built yet')
}
