import { Prisma } from '../../prisma/generated/client.ts'
import type { PersonId, Sight } from '../domain/shared/actor.ts'

/**
 * The ids of these people's accounts: their own, and those whose team they are in. The one place where SQL knows this
 * rule; maySee() asks it again of what comes back. Two index scans: with OR the planner would read the whole table.
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
