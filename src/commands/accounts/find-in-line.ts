import type { AccountRef } from '../../domain/accounts/account.ts'
import { nameKey } from '../../domain/accounts/name-key.ts'
import { judgeNames, type NameCandidate } from '../../domain/accounts/name-match.ts'
import { otherCases } from '../../domain/talk/cases.ts'
import type { Named } from '../../domain/talk/talk.ts'
import type { Context } from '../kit/command.ts'

/** `sure`: this account, by the name at this place of the line. */
export type AccountInLine = Readonly<
  | { kind: 'sure'; account: AccountRef; named: Named }
  | { kind: 'several'; accounts: readonly AccountRef[]; named: Named }
  | { kind: 'none'; nearest: readonly AccountRef[]; named: Named | null }
>

/** What one name of the line may mean. */
type Meant = Readonly<{ named: Named; kind: 'sure' | 'several' | 'nearest'; accounts: readonly AccountRef[] }>

const MOST_OFFERED = 8
/** How many names are looked up by their likeness, when none of them is an account's exactly. */
const MOST_SEARCHES = 4

/** Which of the asker's accounts a line speaks of. Never guesses: what is not sure is asked. */
export async function findAccountInLine(context: Context, names: readonly Named[]): Promise<AccountInLine> {
  const [likeliest] = names
  if (!likeliest) return { kind: 'none', nearest: [], named: null }
  const exact = await namedExactly(context, names)
  const meant = exact.length > 0 ? exact : await namedAlike(context, names)
  const kind = kindOf(meant)
  // What the store found was among what the asker sees.
  const all = new Map(meant.flatMap((one) => one.accounts).map((account) => [account.id, account]))
  const accounts = [...all.values()].slice(0, MOST_OFFERED)
  const named = meant[0]?.named ?? likeliest
  const [account] = accounts
  if (!account || kind === 'nearest') return { kind: 'none', nearest: accounts, named }
  return kind === 'sure' && accounts.length === 1
    ? { kind: 'sure', account, named }
    : { kind: 'several', accounts, named }
}

function kindOf(meant: readonly Meant[]): Meant['kind'] {
  if (meant.some(({ kind }) => kind === 'several')) return 'several'
  return meant.every(({ kind }) => kind === 'sure') ? 'sure' : 'nearest'
}

/** A key to be found, and the spelling of the name that has it; `direct` as it was written, else in its first case. */
type Key = Readonly<{ named: Named; key: string; text: string; direct: boolean }>

/** Every name that is an account's own, looked up in one statement; of two that overlap the longer one. */
async function namedExactly({ actor, work }: Context, names: readonly Named[]): Promise<readonly Meant[]> {
  const keys = names.flatMap(keysOf)
  const rows = await work.accounts.named([...new Set(keys.map(({ key }) => key))], actor.sight)
  if (rows.length === 0) return []
  const found = names.flatMap((named) => {
    const own = keys.filter((key) => key.named === named)
    const direct = meantBy(
      named,
      own.filter((key) => key.direct),
      rows,
    )
    return direct
      ? [direct]
      : [
          meantBy(
            named,
            own.filter((key) => !key.direct),
            rows,
          ),
        ].filter((one) => one !== null)
  })
  const longest = found.toSorted((a, b) => b.named.to - b.named.from - (a.named.to - a.named.from))
  const kept = longest.filter(
    (one, at) => !longest.slice(0, at).some((other) => overlap(other.named, one.named)),
  )
  // The order of the names is the order of their likelihood.
  return names.flatMap((named) => kept.filter((one) => one.named === named))
}

function keysOf(named: Named): readonly Key[] {
  const direct = { named, key: nameKey(named.text), text: named.text, direct: true }
  const others = otherCases(named.text).map((text) => ({ named, key: nameKey(text), text, direct: false }))
  return [direct, ...others].filter(({ key }) => key !== '')
}

function meantBy(named: Named, keys: readonly Key[], rows: readonly NameCandidate[]): Meant | null {
  const ids = new Set<string>()
  for (const { key, text } of keys) {
    const bearers = rows.filter((row) => row.key === key)
    // Most words of a line are nobody's name, and reading one as a name takes long.
    if (bearers.length === 0) continue
    const match = judgeNames(text, bearers)
    if (match.kind === 'sure') ids.add(match.accountId)
    if (match.kind === 'several') for (const id of match.accountIds) ids.add(id)
  }
  if (ids.size === 0) return null
  return { named, kind: ids.size === 1 ? 'sure' : 'several', accounts: refsAmong(rows, [...ids]) }
}

function refsAmong(rows: readonly NameCandidate[], ids: readonly string[]): readonly AccountRef[] {
  const names = new Map(rows.map(({ accountId, accountName }) => [accountId, accountName]))
  return ids.map((id) => ({ id, name: names.get(id) ?? '' }))
}

const overlap = (a: Named, b: Named) => a.from < b.to && b.from < a.to

/**
 * No name is exact, so the likeliest are searched by their likeness. Only the likeliest place of the line may be sure of
 * an account: what is like one elsewhere is asked.
 */
async function namedAlike({ actor, work }: Context, names: readonly Named[]): Promise<readonly Meant[]> {
  const found: Meant[] = []
  for (const named of distinct(names).slice(0, MOST_SEARCHES)) {
    const rows = await work.accounts.candidates(named.text, actor.sight)
    const match = judgeNames(named.text, rows)
    const likeliest = names[0] !== undefined && overlap(named, names[0])
    const means = (kind: Meant['kind'], ids: readonly string[]) =>
      found.push({ named, kind, accounts: refsAmong(rows, ids) })
    if (match.kind === 'sure') means(likeliest ? 'sure' : 'several', [match.accountId])
    else if (match.kind === 'several') means('several', match.accountIds)
    else means('nearest', match.nearest)
  }
  const [sure] = found.filter(({ kind }) => kind === 'sure').toSorted((a, b) => lengthOf(b) - lengthOf(a))
  const rivals = found.filter(
    ({ kind, accounts }) => kind === 'sure' && accounts[0]?.id !== sure?.accounts[0]?.id,
  )
  if (sure) return rivals.length === 0 ? [sure] : [sure, ...rivals]
  const several = found.filter(({ kind }) => kind === 'several')
  return several.length > 0 ? several : found.filter(({ accounts }) => accounts.length > 0).slice(0, 1)
}

const lengthOf = ({ named }: Meant) => named.to - named.from

const distinct = (names: readonly Named[]) =>
  names.filter(({ text }, at) => names.findIndex((other) => other.text === text) === at)
