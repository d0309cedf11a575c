import type { Database } from '../../src/db/client.ts'
import { findNameCandidates } from '../../src/db/account-lookup.ts'
import { nameKey } from '../../src/domain/accounts/name-key.ts'
import { judgeNames, type NameMatch } from '../../src/domain/accounts/name-match.ts'
import { CLIENTS } from './accounts.ts'
import type { Query } from './table.ts'

/** `asked`: several were offered where one was meant, the right one first. `lost`: the right one was not named first. */
export type Mark = 'right' | 'asked' | 'lost' | 'wrong'
export type Marked = Readonly<{ query: Query; mark: Mark; answer: NameMatch }>

export async function loadClients(database: Database): Promise<void> {
  await database.prisma.account.createMany({ data: CLIENTS.map(({ id, name }) => ({ id, name })) })
  const names = CLIENTS.flatMap(({ id, name, taxNumber, aliases }) => [
    { accountId: id, kind: 'NAME' as const, text: name },
    { accountId: id, kind: 'TAX_NUMBER' as const, text: taxNumber },
    ...aliases.map((text) => ({ accountId: id, kind: 'ALIAS' as const, text })),
  ])
  await database.prisma.accountName.createMany({
    data: names.map((name, at) => ({ ...name, id: `name-${at}`, key: nameKey(name.text) })),
  })
}

export async function markAll(database: Database, queries: readonly Query[]): Promise<Marked[]> {
  const marked: Marked[] = []
  for (const query of queries) {
    const candidates = await findNameCandidates(database.prisma, query.typed, 'all')
    const answer = judgeNames(query.typed, candidates)
    marked.push({ query, mark: markAnswer(query, answer), answer })
  }
  return marked
}

/** A confident answer is right or wrong; a question is right where several were meant and all of them are offered. */
export function markAnswer({ expected }: Query, answer: NameMatch): Mark {
  if (answer.kind === 'sure')
    return expected.length === 1 && expected[0] === answer.accountId ? 'right' : 'wrong'
  if (expected.length === 0) return 'right'
  if (answer.kind === 'none') return 'lost'
  if (expected === 'choice') return 'right'
  if (expected.length > 1) return expected.every((id) => answer.accountIds.includes(id)) ? 'right' : 'lost'
  return answer.accountIds[0] === expected[0] ? 'asked' : 'lost'
}
