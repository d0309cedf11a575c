import { Prisma } from '../../prisma/generated/client.ts'
import type { PersonId, Sight } from '../domain/shared/actor.ts'

/**
 * The ids of these people's accounts: their own, and those whose team they are in. Only this file knows the rule
 * in SQL; maySee() asks it again of what comes back. Two index scans: with OR the planner would read the whole table.
 */
export function accountsOf(people: readonly PersonId[]): Prisma.Sql {
  return Prisma.sql`
    select id from accounts where owner_id = any(${[...people]}::text[])
    union
    select account_id from account_team_members where user_id = any(${[...people]}::text[])`
}

/** A condition on the account that has this id; an account called `a` unless said otherwise. */
export function visible(sight: Sight, id: Prisma.Sql = Prisma.sql`a.id`): Prisma.Sql {
  return sight === 'all' ? Prisma.sql`true` : Prisma.sql`${id} in (${accountsOf(sight)})`
}

/** The sight of somebody whom the same statement reads. */
export type SightInSql = Readonly<{ all: Prisma.Sql; people: Prisma.Sql }>

/**
 * The same for a row of accounts that is at hand: it is asked about itself. Of one account that costs nothing, where the
 * list of them all is read first, and is thought to cost so much that PostgreSQL plans the statement anew each time.
 */
export function visibleRow(sight: Sight | SightInSql, row: Prisma.Sql = Prisma.sql`a`): Prisma.Sql {
  if (sight === 'all') return Prisma.sql`true`
  const inSql = 'people' in sight
  const people = inSql ? sight.people : Prisma.sql`${[...sight]}`
  const theirs = Prisma.sql`(${row}.owner_id = any(${people}::text[]) or exists (
    select 1 from account_team_members where account_id = ${row}.id and user_id = any(${people}::text[])))`
  return inSql ? Prisma.sql`(${sight.all} or ${theirs})` : theirs
}
