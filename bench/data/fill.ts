import { nameRow, sharedNames, sharedRow, sharersOf } from './names.ts'

/** What both PostgreSQL and PGlite can do. */
export type Sink = Readonly<{
  run(sql: string): Promise<unknown>
  rows(sql: string, values: readonly unknown[]): Promise<unknown>
}>

/** Everybody has as much to do in a large database as in a small one: only the number of people grows. */
export const ACCOUNTS_EACH = 20
export const TEAM = 50
export const DIRECTORS = 5
export const WORKSPACE = 'T1'
/** Telegram ids are numbers: this one and the seller's. */
export const TELEGRAM_FROM = 1_000_000

const CHUNK = 20_000

export const people = (accounts: number): number => accounts / ACCOUNTS_EACH
const managers = (accounts: number): number => Math.ceil(people(accounts) / TEAM)

/**
 * Accounts 0 … n-1 with ten meetings, five deals and a contact each, and one promise for every fourth. Indexes are made
 * at the end, as a restore does; the rows are what the importer would have written.
 */
export async function fill(sink: Sink, accounts: number): Promise<void> {
  await sink.run(
    "set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '512MB'",
  )
  await sink.run(`create table bench_indexes as
    select indexdef from pg_indexes where schemaname = 'public' and tablename = any('{accounts,account_names,contacts,deals,meetings,meeting_attendees,follow_ups}')
      and indexname not in (select conname from pg_constraint where contype in ('p', 'u'))`)
  await sink.run(`do $$ declare one record; begin
    for one in select substring(indexdef from 'INDEX (\\S+) ON') as name from bench_indexes loop
      execute 'drop index ' || one.name; end loop; end $$`)
  await sink.run('create unlogged table bench_names (n int, text text, key text)')
  await fillNames(sink, accounts)
  for (const sql of rowsFor(accounts)) await sink.run(sql)
  await addShared(sink, accounts)
  await sink.run(`do $$ declare one record; begin
    for one in select indexdef from bench_indexes loop execute one.indexdef; end loop; end $$`)
  await sink.run('drop table bench_names; drop table bench_indexes; set session_replication_role = origin')
  await sink.run('vacuum analyze')
}

async function fillNames(sink: Sink, accounts: number): Promise<void> {
  for (let from = 0; from < accounts; from += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, accounts - from) }, (_, at) => nameRow(from + at))
    await sink.rows('insert into bench_names select * from unnest($1::int[], $2::text[], $3::text[])', [
      rows.map(({ n }) => n),
      rows.map(({ text }) => text),
      rows.map(({ key }) => key),
    ])
  }
}

async function addShared(sink: Sink, accounts: number): Promise<void> {
  const rows = Array.from({ length: sharedNames(accounts) }, (_, group) =>
    sharersOf(group, accounts).map((n) => ({ n, ...sharedRow(group) })),
  ).flat()
  await sink.rows(
    `insert into account_names (id, account_id, kind, text, key)
     select 'x' || n, 'a' || n, 'ALIAS', text, key from unnest($1::int[], $2::text[], $3::text[]) s(n, text, key)`,
    [rows.map(({ n }) => n), rows.map(({ text }) => text), rows.map(({ key }) => key)],
  )
}

const kam = (n: string) => `'k' || (${n} / ${ACCOUNTS_EACH})`

const rowsFor = (accounts: number): readonly string[] => [
  `insert into users (id, email, name, role, digest_at)
   select 'd' || n, 'd' || n || '@example.com', 'Director ' || n, 'DIRECTOR', 'OFF' from generate_series(0, ${DIRECTORS - 1}) n`,
  `insert into users (id, email, name, role, manager_id, digest_at)
   select 'm' || n, 'm' || n || '@example.com', 'Manager ' || n, 'MANAGER', 'd' || n % ${DIRECTORS}, 'OFF'
   from generate_series(0, ${managers(accounts) - 1}) n`,
  `insert into users (id, email, name, role, manager_id, digest_at)
   select 'k' || n, 'k' || n || '@example.com', 'Seller ' || n, 'KAM', 'm' || n / ${TEAM}, 'OFF'
   from generate_series(0, ${people(accounts) - 1}) n`,
  `insert into identities (id, user_id, platform, workspace, external_id)
   select 's' || id, id, 'SLACK'::platform, '${WORKSPACE}', 'U' || upper(id) from users
   union all
   select 't' || id, id, 'TELEGRAM'::platform, '', (${TELEGRAM_FROM} + substr(id, 2)::int)::text from users where role = 'KAM'`,
  `insert into products (id, name, list_price, currency) values ('p1', 'Scanner S1', 10000, 'EUR')`,
  `insert into accounts (id, name, tier, owner_id, sector, location, goals)
   select 'a' || n, text, (array['A', 'B', 'C'])[n % 3 + 1]::tier, ${kam('n')}, 'Manufacturing', 'Berlin', 'grow by a tenth'
   from bench_names order by n`,
  `insert into account_names (id, account_id, kind, text, key) select 'n' || n, 'a' || n, 'NAME', text, key from bench_names order by n`,
  `insert into contacts (id, account_id, name, position, influence, attitude)
   select 'c' || n, 'a' || n, 'Maria Keller', 'Head of purchasing', 'DECISION_MAKER', 'SUPPORTER' from generate_series(0, ${accounts - 1}) n`,
  `insert into deals (id, account_id, owner_id, title, stage, outcome, amount, currency, opened_on, closed_on)
   select 'e' || n || '-' || i, 'a' || n, ${kam('n')}, 'Deal ' || i,
     case when i < 3 then 'Won' when i = 3 then 'Proposal' else 'Negotiation' end,
     (case when i < 3 then 'WON' else 'OPEN' end)::deal_outcome, 1000 + (n * 7 + i) % 9000, 'EUR',
     current_date - 90 * (i + 1), case when i < 3 then current_date - 110 * (i + 1) end
   from generate_series(0, ${accounts - 1}) n, generate_series(0, 4) i`,
  `insert into meetings (id, account_id, author_id, kind, status, day, mood, notes)
   select 'v' || n || '-' || i, 'a' || n, ${kam('n')}, (array['VISIT', 'CALL', 'ONLINE'])[i % 3 + 1]::meeting_kind,
     (case when i = 9 then 'PLANNED' else 'HELD' end)::meeting_status,
     current_date + case when i = 9 then n % ${ACCOUNTS_EACH} else -9 * (9 - i) - n % 7 end,
     case when i < 9 then (array['GOOD', 'NEUTRAL', 'GOOD'])[(n + i) % 3 + 1]::mood end, 'talked about the next delivery'
   from generate_series(0, ${accounts - 1}) n, generate_series(0, 9) i`,
  `insert into meeting_attendees (meeting_id, name, contact_id)
   select 'v' || n || '-8', 'Maria Keller', 'c' || n from generate_series(0, ${accounts - 1}) n`,
  `insert into follow_ups (id, account_id, owner_id, author_id, promised_by, what, due_on)
   select 'f' || n, 'a' || n, ${kam('n')}, ${kam('n')}, 'US', 'send the quote', current_date + n % ${ACCOUNTS_EACH} - 8
   from generate_series(0, ${accounts - 1}, 4) n`,
]
