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
type Meant = Readonly<{ named: Named; kind: 'sure' | 'several' | 'nearest'; ids: readonly string[] }>

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
  const ids = [...new Set(meant.flatMap((one) => one.ids))].slice(0, MOST_OFFERED)
  // Through the asker's sight once more: what they may not see is not there.
  const accounts = ids.length === 0 ? [] : await context.work.accounts.refs(ids, context.actor.sight)
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
    const match = judgeNames(
      text,
      rows.filter((row) => row.key === key),
    )
    if (match.kind === 'sure') ids.add(match.accountId)
    if (match.kind === 'several') for (const id of match.accountIds) ids.add(id)
  }
  return ids.size === 0 ? null : { named, kind: ids.size === 1 ? 'sure' : 'several', ids: [...ids] }
}

const overlap = (a: Named, b: Named) => a.from < b.to && b.from < a.to

/**
 * No name is exact, so the likeliest are searched by their likeness. Only the likeliest place of the line may be sure of
 * an account: what is like one elsewhere is asked.
 */
async function namedAlike({ actor, work }: Context, names: readonly Named[]): Promise<readonly Meant[]> {
  const found: Meant[] = []
  for (const named of distinct(names).slice(0, MOST_SEARCHES)) {
    const match = judgeNames(named.text, await work.accounts.candidates(named.text, actor.sight))
    const likeliest = names[0] !== undefined && overlap(named, names[0])
    if (match.kind === 'sure' && likeliest) found.push({ named, kind: 'sure', ids: [match.accountId] })
    else if (match.kind === 'sure') found.push({ named, kind: 'several', ids: [match.accountId] })
    else if (match.kind === 'several') found.push({ named, kind: 'several', ids: match.accountIds })
    else found.push({ named, kind: 'nearest', ids: match.nearest })
  }
  const [sure] = found.filter(({ kind }) => kind === 'sure').toSorted((a, b) => lengthOf(b) - lengthOf(a))
  const rivals = found.filter(({ kind, ids }) => kind === 'sure' && ids[0] !== sure?.ids[0])
  if (sure) return rivals.length === 0 ? [sure] : [sure, ...rivals]
  const several = found.filter(({ kind }) => kind === 'several')
  return several.length > 0 ? several : found.filter(({ ids }) => ids.length > 0).slice(0, 1)
}

const lengthOf = ({ named }: Meant) => named.to - named.from

const distinct = (names: readonly Named[]) =>
  names.filter(({ text }, at) => names.findIndex((other) => other.text === text) === at)
