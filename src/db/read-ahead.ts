import { Prisma } from '../../prisma/generated/client.ts'
import type { Ahead, ReadAhead } from '../commands/kit/unit-of-work.ts'
import type { AccountFacts } from '../domain/accounts/account.ts'
import { nameKey } from '../domain/accounts/name-key.ts'
import { SEES_ALL, type Sight } from '../domain/shared/actor.ts'
import type { Moment } from '../domain/shared/day.ts'
import { accountsAsJson } from './account-facts.ts'

const { sql } = Prisma

/** A condition on the account `a`; null when no account can be meant. */
export function chosenBy(account: Ahead['account']): Prisma.Sql | null {
  if ('id' in account) return sql`a.id = ${account.id}`
  const key = nameKey(account.name)
  return key === '' ? null : sql`a.id in (select account_id from account_names where key = ${key})`
}

/** Two are enough to know that a name is not one account's alone. */
export const MOST_READ = 2

export const onlyOne = (found: readonly AccountFacts[]): AccountFacts | null =>
  found.length === 1 ? (found[0] ?? null) : null

/**
 * The part of a statement that reads an account for whom another part of it, `asker`, reads; as of their day, if that is
 * `today`. Nothing is found for whoever may not see it, or is not known.
 */
export function readingAhead(
  chosen: Prisma.Sql,
  actor: Prisma.Sql,
  at: Moment,
  timeZone: string,
): Prisma.Sql {
  const sight = { all: sql`(select sees_all from rights)`, people: sql`(select people from rights)` }
  return sql`
    asker as materialized (select ${actor} as actor),
    rights as materialized (
      select coalesce(actor->>'role' = any(${[...SEES_ALL]}::text[]), false) as sees_all,
        array(select jsonb_array_elements_text(actor->'people')) as people
      from asker),
    ahead as (${accountsAsJson(chosen, { at, timeZone, details: true, limit: MOST_READ, sight })})`
}

/** What was read ahead, if it is just what is asked now: of this account, for these rights, as of this moment. */
export function foreseen(
  ahead: ReadAhead | null,
  account: Ahead['account'],
  sight: Sight,
  { now, today }: Moment,
): ReadAhead | null {
  if (!ahead || ahead.sight !== sight || ahead.at.now !== now || ahead.at.today !== today) return null
  const asked = ahead.asked.account
  const same =
    'id' in asked
      ? 'id' in account && asked.id === account.id
      : 'name' in account && asked.name === account.name
  return same ? ahead : null
}
