import { Prisma } from '../../prisma/generated/client.ts'
import { type NameCandidate, rankAccounts } from '../domain/accounts/name-match.ts'
import { type Reading, readings } from '../domain/accounts/name-key.ts'
import { keyLetters, soundLetters } from '../domain/accounts/word-fit.ts'
import type { Sight } from '../domain/shared/actor.ts'
import type { Queries } from './queries.ts'
import { accountsOf } from './sight.ts'

/** What a search may bring back from each way of searching, before the domain judges. */
const ENOUGH = 24

export type SuggestedAccount = Readonly<{ accountId: string; accountName: string }>

/**
 * The names that may be meant, of accounts the asker may see, in one statement: the same key, its beginning, a tax
 * number, alike by trigrams (the session's threshold), part of a name with a slip, and words inside. The looser ways only
 * run when nothing fits exactly. Keys are Latin letters and digits, so they compare alike under every collation.
 */
export async function findNameCandidates(
  prisma: Queries,
  query: string,
  sight: Sight,
  limit: number = ENOUGH,
): Promise<NameCandidate[]> {
  const typed = readings(query)
  const first = typed[0]
  if (!first || (sight !== 'all' && sight.length === 0)) return []

  const most = Math.max(1, Math.trunc(limit))
  const keys = typed.map(({ key }) => key)
  const certain = typed.filter(({ key, how }) => how !== 'layout' || key.length >= 4).map(({ key }) => key)
  const same = [...new Set([...keys, ...keys.map((key) => key.replaceAll(' ', '')), ...slips(first.key)])]
  // A join and not `in`: only so does the planner see whether this is twenty accounts or fifty thousand.
  const all = sight === 'all'
  const names = all
    ? Prisma.sql`account_names n`
    : Prisma.sql`account_names n join mine on mine.id = n.account_id`

  return prisma.$queryRaw<NameCandidate[]>`
    with mine as materialized (${visibleTo(sight)}),
    same as materialized (
      select n.id, n.key from ${names}
      where n.key = any(${same}::text[])
      order by n.key = any(${keys}::text[]) desc, n.key collate "C", n.id collate "C" limit ${most * 4}
    ),
    certain as materialized (select 1 from same where key = any(${certain}::text[]) limit 1),
    found as (
      select id from same
      union ${beginsWith(names, keys, most)}
      union ${alike(names, looseKeys(typed), most)}
      union ${alikeInPart(names, looseKeys(typed), most)}
      union ${sameBeginning(names, first.key, most)}
      union ${wordsInside(names, typed, most)}
    )
    select n.account_id as "accountId", a.name as "accountName", n.text, n.key, n.kind::text as kind
    from found join account_names n on n.id = found.id join accounts a on a.id = n.account_id
    order by n.key collate "C", n.id collate "C"`
}

/** More names with the same keys than anybody could choose from. */
const MOST_NAMED = 64

/** The names with exactly one of these keys, of accounts the asker may see. */
export async function findNamesByKey(
  prisma: Queries,
  keys: readonly string[],
  sight: Sight,
): Promise<NameCandidate[]> {
  if (keys.length === 0 || (sight !== 'all' && sight.length === 0)) return []
  const visible = sight === 'all' ? Prisma.empty : Prisma.sql`join mine on mine.id = n.account_id`
  return prisma.$queryRaw<NameCandidate[]>`
    with mine as materialized (${visibleTo(sight)})
    select n.account_id as "accountId", a.name as "accountName", n.text, n.key, n.kind::text as kind
    from account_names n ${visible} join accounts a on a.id = n.account_id
    where n.key = any(${[...keys]}::text[])
    order by n.key collate "C", n.id collate "C" limit ${MOST_NAMED}`
}

const UNCERTAIN = Prisma.sql`not exists (select 1 from certain)`

function beginsWith(names: Prisma.Sql, keys: readonly string[], most: number): Prisma.Sql {
  return Prisma.sql`
    select s.id from unnest(${[...keys]}::text[]) typed(key), lateral (
      select n.id from ${names}
      where n.key collate "C" >= typed.key and n.key collate "C" < typed.key || '~'
      order by n.key collate "C", n.id collate "C" limit ${most}
    ) s`
}

/** By the session's trigram threshold. */
function alike(names: Prisma.Sql, keys: readonly string[], most: number): Prisma.Sql {
  return Prisma.sql`
    select s.id from unnest(${[...keys]}::text[]) typed(key), lateral (
      select n.id from ${names}
      where ${UNCERTAIN} and n.key % typed.key
      order by similarity(n.key, typed.key) desc, n.key collate "C", n.id collate "C" limit ${most}
    ) s`
}

function alikeInPart(names: Prisma.Sql, keys: readonly string[], most: number): Prisma.Sql {
  return Prisma.sql`
    select s.id from unnest(${[...keys]}::text[]) typed(key), lateral (
      select n.id from ${names}
      where ${UNCERTAIN} and length(typed.key) > 3 and typed.key <% n.key
      order by word_similarity(typed.key, n.key) desc, length(n.key), n.key collate "C", n.id collate "C"
      limit ${most}
    ) s`
}

/** Several slips leave too few trigrams in common, but the first three letters are seldom wrong. */
function sameBeginning(names: Prisma.Sql, key: string, most: number): Prisma.Sql {
  const beginning = /^[a-z]{3}/.test(key) ? key.slice(0, 3) : '~'
  return Prisma.sql`
    select s.id from (
      select n.id from ${names}
      where ${UNCERTAIN} and length(${key}) > 4
        and n.key collate "C" >= ${beginning} and n.key collate "C" < ${`${beginning}~`}
      order by similarity(n.key, ${key}) desc, n.key collate "C", n.id collate "C" limit ${most}
    ) s`
}

/** Keys hold no % _ or \, so the patterns need no escaping. */
function wordsInside(names: Prisma.Sql, typed: readonly Reading[], most: number): Prisma.Sql {
  const patterns = insidePatterns(typed.filter(({ how }) => how !== 'layout').map(({ key }) => key))
  const ones = patterns.map(([one]) => one)
  const twos = patterns.map(([, two]) => two)
  return Prisma.sql`
    select s.id from unnest(${ones}::text[], ${twos}::text[]) typed(one, two), lateral (
      select n.id from ${names}
      where ${UNCERTAIN} and n.key like typed.one and n.key like typed.two
      order by length(n.key), n.key collate "C", n.id collate "C" limit ${most}
    ) s`
}

/** For completing while typing: names that begin so first, then the rest that answer, best first. */
export async function suggestAccounts(
  prisma: Queries,
  typed: string,
  sight: Sight,
  limit: number,
): Promise<SuggestedAccount[]> {
  const most = Math.max(1, Math.trunc(limit))
  const keys = readings(typed).map(({ key }) => key)
  if (keys.length === 0) return firstAccounts(prisma, sight, most)
  const candidates = await findNameCandidates(prisma, typed, sight, Math.max(ENOUGH, most))
  const begun = new Set(
    candidates
      .filter(({ key }) => keys.some((start) => key.startsWith(start)))
      .map(({ accountId }) => accountId),
  )
  const ranked = rankAccounts(typed, candidates).map(({ accountId, accountName }) => ({
    accountId,
    accountName,
  }))
  return [
    ...ranked.filter(({ accountId }) => begun.has(accountId)),
    ...ranked.filter(({ accountId }) => !begun.has(accountId)),
  ].slice(0, most)
}

async function firstAccounts(prisma: Queries, sight: Sight, most: number): Promise<SuggestedAccount[]> {
  const visible = sight === 'all' ? Prisma.empty : Prisma.sql`where id in (select id from mine)`
  return prisma.$queryRaw<SuggestedAccount[]>`
    with mine as materialized (${visibleTo(sight)})
    select id as "accountId", name as "accountName" from accounts ${visible}
    order by name collate "und-x-icu", id collate "C" limit ${most}`
}

/** Nobody's accounts when everybody's are seen: then the statement does not ask. */
function visibleTo(sight: Sight): Prisma.Sql {
  return sight === 'all' ? Prisma.sql`select null::text as id where false` : accountsOf(sight)
}

/** What to compare by trigrams: as typed, and in the other layout. Another tax number is another firm, however alike. */
function looseKeys(typed: readonly Reading[]): string[] {
  const direct = typed.slice(0, 1)
  const spelling = typed.filter(({ how }) => how === 'spelling').slice(0, 1)
  const layout = typed.filter(({ how, key }) => how === 'layout' && isPronounceable(key)).slice(0, 1)
  return [...direct, ...spelling, ...layout].map(({ key }) => key).filter((key) => /[a-z]/.test(key))
}

/** Most of what people type is gibberish in the other layout; comparing that by trigrams would only cost time. */
function isPronounceable(key: string): boolean {
  return /[aeiou]/.test(key) && !/[^aeiou ]{5}/.test(soundLetters(key))
}

const SOUND_LETTERS = Array.from('abcdefghijklmnopqrstuvwxz')

/** Trigrams miss a slip in a short name, so every single slip in one is looked up as it stands. */
function slips(key: string): string[] {
  const sounds = soundLetters(key)
  if (!/^[a-z]{4,10}$/.test(sounds)) return []
  return Array.from({ length: sounds.length + 1 }, (_, at) => {
    const before = sounds.slice(0, at)
    const after = sounds.slice(at + 1)
    const here = sounds.slice(at, at + 1)
    const swapped = `${before}${after.slice(0, 1)}${here}${after.slice(1)}`
    const changed = SOUND_LETTERS.flatMap((letter) => [
      before + letter + here + after,
      before + letter + after,
    ])
    return [before + after, swapped, ...changed].map(keyLetters)
  }).flat()
}

/** The two longest words of each reading, to be found anywhere within a name. */
function insidePatterns(keys: readonly string[]): (readonly [string, string])[] {
  const patterns: (readonly [string, string])[] = []
  for (const key of keys.slice(0, 2)) {
    const words = key.split(' ').filter((word) => /^[a-z]{3,}$/.test(word))
    const [one, two] = words.toSorted((a, b) => b.length - a.length)
    if (one) patterns.push([`%${one}%`, two ? `%${two}%` : '%'])
  }
  return patterns
}
