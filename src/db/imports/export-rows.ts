import { KINDS } from '../../domain/imports/definition.ts'
import { STORED_PREFIX } from '../../domain/imports/identity.ts'
import type { Database } from '../client.ts'
import type { Transaction } from './transaction.ts'
import { writeAudit } from '../audit.ts'
import { column, type ExportColumn, own } from './export-column.ts'
import { DISCOUNT_COLUMNS } from './export-discounts.ts'

export type ExportRow = readonly (string | null)[]

const BATCH = 1_000
const LIMITS = { maxWait: 60_000, timeout: 4 * 3_600_000, isolationLevel: 'RepeatableRead' } as const

const idOf = (alias: string) => `coalesce(${alias}."external_id", '${STORED_PREFIX}' || ${alias}."id")`

const externalId = column('externalId', idOf('t'))
const account = [
  column('account_id', `(select ${idOf('a')} from "accounts" a where a."id" = t."account_id")`),
  column('account_name', '(select a."name" from "accounts" a where a."id" = t."account_id")'),
]
const user = (header: string, key: string) =>
  column(header, `(select u."email" from "users" u where u."id" = t."${key}")`)
const yesNo = (header: string, name: string) =>
  column(header, `case when t."${name}" then 'yes' else 'no' end`)
const names = (header: string, kind: string) =>
  column(
    header,
    `(select string_agg(n."text", '; ' order by n."text") from "account_names" n where n."account_id" = t."id" and n."kind" = '${kind}')`,
  )

/** What is written: everything that is read, and what people decided. */
export const EXPORT_KINDS = [...KINDS, 'discounts'] as const
export type ExportKind = (typeof EXPORT_KINDS)[number]

/** Each kind has a table of its own name but these. */
const TABLES: Readonly<Partial<Record<ExportKind, string>>> = { discounts: 'discount_requests' }
const tableOf = (kind: ExportKind): string => TABLES[kind] ?? kind

export const EXPORT_COLUMNS: Readonly<Record<ExportKind, readonly ExportColumn[]>> = {
  discounts: DISCOUNT_COLUMNS,
  users: [
    externalId,
    ...own('email', 'name', 'role'),
    user('manager', 'manager_id'),
    ...own('language', 'timeZone', 'currency', 'delegationLevel'),
    yesNo('active', 'active'),
  ],
  accounts: [
    externalId,
    ...own('name'),
    names('aliases', 'ALIAS'),
    names('taxNumber', 'TAX_NUMBER'),
    ...own('tier'),
    user('owner', 'owner_id'),
    column(
      'team',
      `(select string_agg(u."email", '; ' order by u."email") from "account_team_members" m join "users" u on u."id" = m."user_id" where m."account_id" = t."id")`,
    ),
    ...own('delegationLevel'),
    column('parent_id', `(select ${idOf('p')} from "accounts" p where p."id" = t."parent_id")`),
    column('parent_name', '(select p."name" from "accounts" p where p."id" = t."parent_id")'),
    ...own(
      'sector',
      'location',
      'latitude:number',
      'longitude:number',
      'website',
      'employees:number',
      'foundedYear:number',
      'clientRevenue:number',
      'clientRevenueCurrency',
      'goals',
      'needs',
    ),
    column('competitors', `array_to_string(t."competitors", '; ')`),
  ],
  contacts: [
    externalId,
    ...account,
    ...own('name', 'position', 'email', 'phone', 'language', 'influence', 'attitude'),
  ],
  products: [
    externalId,
    ...own('name', 'productGroup', 'listPrice:number', 'cost:number'),
    // With its sign, for a bare number below one is refused by the import.
    column('floorMargin', `trim_scale(t."floor_margin")::text || ' %'`),
    ...own('currency'),
  ],
  deals: [
    externalId,
    ...account,
    user('owner', 'owner_id'),
    column('product_id', `(select ${idOf('p')} from "products" p where p."id" = t."product_id")`),
    column('product_name', '(select p."name" from "products" p where p."id" = t."product_id")'),
    ...own(
      'title',
      'stage',
      'outcome',
      'amount:number',
      'currency',
      'openedOn:day',
      'expectedOn:day',
      'closedOn:day',
    ),
  ],
  invoices: [
    externalId,
    ...account,
    ...own(
      'number',
      'issuedOn:day',
      'dueOn:day',
      'amount:number',
      'paidAmount:number',
      'paidOn:day',
      'currency',
    ),
  ],
  contracts: [
    externalId,
    ...account,
    ...own('number', 'title', 'startsOn:day', 'endsOn:day'),
    yesNo('autoRenews', 'auto_renews'),
    ...own('amount:number', 'currency'),
  ],
  targets: [
    externalId,
    ...account,
    user('user', 'user_id'),
    ...own('startsOn:day', 'endsOn:day', 'amount:number', 'currency'),
  ],
  meetings: [
    externalId,
    ...account,
    user('author', 'author_id'),
    ...own('kind', 'status', 'day:day'),
    column('startsAt', `to_char(t."starts_at" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`),
    ...own('mood'),
    column(
      'attendees',
      `(select string_agg(m."name", '; ' order by m."name") from "meeting_attendees" m where m."meeting_id" = t."id")`,
    ),
    ...own('notes'),
  ],
}

/** Hands the rows of one moment to `use`, a batch at a time. The audit log knows of it before the first row leaves the house. */
export async function exportRows(
  database: Database,
  kind: ExportKind,
  subject: string,
  use: (rows: AsyncIterable<ExportRow>) => Promise<number>,
): Promise<number> {
  // Not in the transaction below: its view of the log is frozen, and an entry must follow the very last one.
  const { prisma } = database
  const [counted] = await prisma.$queryRawUnsafe<{ rows: number }[]>(
    `select count(*)::int as rows from "${tableOf(kind)}"`,
  )
  const after = { rows: counted?.rows ?? 0 }
  await writeAudit(prisma, { actorId: null, channel: 'cli', action: `export.${kind}`, subject, after })
  return prisma.$transaction((transaction) => use(storedRows(transaction, kind)), LIMITS)
}

async function* storedRows(transaction: Transaction, kind: ExportKind): AsyncGenerator<ExportRow> {
  const cells = EXPORT_COLUMNS[kind].map(({ sql }) => sql).join(', ')
  const sql = `select t."id", json_build_array(${cells})::text as cells from "${tableOf(kind)}" t where t."id" > $1 order by t."id" limit ${BATCH}`
  let last = ''
  for (;;) {
    const rows = await transaction.$queryRawUnsafe<{ id: string; cells: string }[]>(sql, last)
    for (const { cells: text } of rows) yield JSON.parse(text) as ExportRow
    if (rows.length < BATCH) return
    last = rows.at(-1)?.id ?? ''
  }
}
