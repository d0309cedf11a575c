import { Prisma } from '../../prisma/generated/client.ts'
import type { Ahead, ReadAhead } from '../commands/kit/unit-of-work.ts'
import type {
  AccountFacts,
  AccountSignals,
  AccountStore,
  DealFact,
  InvoiceFact,
  HistoryFact,
} from '../domain/accounts/account.ts'
import type { Moment } from '../domain/shared/day.ts'
import type { Sight } from '../domain/shared/actor.ts'
import { accountsAsJson, meetingJson } from './account-facts.ts'
import { findNameCandidates, findNamesByKey, suggestAccounts } from './account-lookup.ts'
import type { Queries } from './queries.ts'
import { chosenBy, foreseen, MOST_READ, onlyOne } from './read-ahead.ts'
import { visible } from './sight.ts'

const { sql } = Prisma

/** `timeZone` is that of people who have chosen none. */
export function accountStore(db: Queries, timeZone = 'UTC', ahead: ReadAhead | null = null): AccountStore {
  const factsOf = async (account: Ahead['account'], sight: Sight, at: Moment) => {
    const known = foreseen(ahead, account, sight, at)
    if (known) return known.facts
    const chosen = chosenBy(account)
    return chosen && onlyOne(await facts(db, chosen, { sight, at, timeZone }))
  }
  return {
    candidates: (query, sight) => findNameCandidates(db, query, sight),
    named: (keys, sight) => findNamesByKey(db, keys, sight),
    async suggest(typed, sight, limit) {
      const found = await suggestAccounts(db, typed, sight, limit)
      return found.map(({ accountId: id, accountName: name }) => ({ id, name }))
    },

    facts: (id, sight, at) => factsOf({ id }, sight, at),
    factsByName: (name, sight, at) => factsOf({ name }, sight, at),

    async signals(sight, at, limit) {
      const rows = await db.$queryRaw<{ facts: AccountSignals }[]>`
        ${accountsAsJson(sql`true`, { sight, at, details: false, limit, timeZone })}`
      return rows.map((row) => row.facts)
    },

    async count(sight) {
      const [row] = await db.$queryRaw<{ count: number }[]>`
        select count(*)::int as count from accounts a where ${visible(sight)}`
      return row?.count ?? 0
    },

    refs: (ids, sight) => db.$queryRaw`
      select a.id, a.name from accounts a where a.id = any(${[...ids]}::text[]) and ${visible(sight)}
      order by array_position(${[...ids]}::text[], a.id)`,

    deals: (id, sight, limit) => list<DealFact>(db, deals, { id, sight, limit }),
    invoices: (id, sight, limit) => list<InvoiceFact>(db, invoices, { id, sight, limit }),
    meetings: (id, sight, limit) => list<HistoryFact>(db, meetings, { id, sight, limit }),
  }
}

async function facts(
  db: Queries,
  chosen: Prisma.Sql,
  asked: Readonly<{ sight: Sight; at: Moment; timeZone: string }>,
): Promise<AccountFacts[]> {
  const rows = await db.$queryRaw<{ facts: AccountFacts }[]>`
    ${accountsAsJson(chosen, { ...asked, details: true, limit: MOST_READ })}`
  return rows.map((row) => row.facts)
}

type Of = Readonly<{ id: string; sight: Sight; limit: number }>

/** One JSON object per row, of one account that the asker may see. */
async function list<Row>(db: Queries, from: Prisma.Sql, { id, sight, limit }: Of): Promise<Row[]> {
  const rows = await db.$queryRaw<{ row: Row }[]>`
    select listed.row from accounts a cross join lateral (${from} limit ${limit}) listed
    where a.id = ${id} and ${visible(sight)}`
  return rows.map(({ row }) => row)
}

const moneyOr = (column: Prisma.Sql) => sql`case when ${column} is null then null
  else jsonb_build_object('amount', (${column})::text, 'currency', currency) end`

const deals = sql`
  select jsonb_build_object('title', title, 'product', (select name from products where id = d.product_id), 'stage', stage,
    'outcome', outcome, 'amount', ${moneyOr(sql`amount`)}, 'owner', (select name from users where id = d.owner_id),
    'openedOn', opened_on, 'expectedOn', expected_on, 'closedOn', closed_on) as row
  from deals d where account_id = a.id
  order by outcome <> 'OPEN', closed_on desc nulls first, expected_on nulls last, opened_on desc nulls last, id`

const invoices = sql`
  select jsonb_build_object('number', number, 'issuedOn', issued_on, 'dueOn', due_on, 'paidOn', paid_on,
    'amount', ${moneyOr(sql`amount`)},
    'unpaid', ${moneyOr(sql`case when paid_on is null then amount - paid_amount else 0 end`)}) as row
  from invoices where account_id = a.id
  order by paid_on is not null, case when paid_on is null then due_on end, due_on desc, id`

const meetings = sql`
  select ${meetingJson} || jsonb_build_object('status', m.status,
    'amendments', (select count(*)::int from meeting_amendments where meeting_id = m.id),
    'attachments', (select count(*)::int from attachments where meeting_id = m.id)) as row
  from meetings m where m.account_id = a.id and m.status <> 'CANCELLED'
  order by m.day desc, m.starts_at desc nulls last, m.id desc`
