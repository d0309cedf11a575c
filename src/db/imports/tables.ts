import type { Kind } from '../../domain/imports/definition.ts'

export type Column = Readonly<{ field: string; column: string; type: string }>
export type Table = Readonly<{
  name: string
  columns: readonly Column[]
  parent?: string
  /** What else an update of this field sets: `t` is the stored row, `r` the new one. */
  along?: Readonly<Record<string, string>>
}>

/** `field:column:type`; the column is the field in snake_case unless it says otherwise. */
function table(name: string, parent: string | null, ...columns: string[]): Table {
  const parsed = columns.map((text): Column => {
    const [field = '', type = 'text', column] = text.split(':')
    return { field, type, column: column ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) }
  })
  return { name, columns: parsed, ...(parent ? { parent } : {}) }
}

const MONEY = 'numeric(18,2)'

export const TABLES: Readonly<Record<Kind, Table>> = {
  users: table(
    'users',
    'manager_id',
    'email',
    'name',
    'role:"role"',
    'language',
    'timeZone',
    'currency',
    'delegationLevel:"delegation_level"',
    'active:boolean',
  ),
  accounts: table(
    'accounts',
    'parent_id',
    'name',
    'tier:"tier"',
    'owner:text:owner_id',
    'delegationLevel:"delegation_level"',
    'sector',
    'location',
    'latitude:float8',
    'longitude:float8',
    'website',
    'employees:integer',
    'foundedYear:integer',
    `clientRevenue:${MONEY}`,
    'clientRevenueCurrency',
    'goals',
    'needs',
    'competitors:text[]',
  ),
  contacts: table(
    'contacts',
    null,
    'account:text:account_id',
    'name',
    'position',
    'email',
    'phone',
    'language',
    'influence:"influence"',
    'attitude:"attitude"',
  ),
  products: table(
    'products',
    null,
    'name',
    'productGroup',
    `listPrice:${MONEY}`,
    `cost:${MONEY}`,
    'floorMargin:numeric(7,4)',
    'currency',
  ),
  deals: table(
    'deals',
    null,
    'account:text:account_id',
    'owner:text:owner_id',
    'product:text:product_id',
    'title',
    'stage',
    'outcome:"deal_outcome"',
    `amount:${MONEY}`,
    'currency',
    'openedOn:date',
    'expectedOn:date',
    'closedOn:date',
  ),
  invoices: table(
    'invoices',
    null,
    'account:text:account_id',
    'number',
    'issuedOn:date',
    'dueOn:date',
    `amount:${MONEY}`,
    `paidAmount:${MONEY}`,
    'paidOn:date',
    'currency',
  ),
  contracts: table(
    'contracts',
    null,
    'account:text:account_id',
    'number',
    'title',
    'startsOn:date',
    'endsOn:date',
    'autoRenews:boolean',
    `amount:${MONEY}`,
    'currency',
  ),
  targets: table(
    'targets',
    null,
    'account:text:account_id',
    'user:text:user_id',
    'startsOn:date',
    'endsOn:date',
    `amount:${MONEY}`,
    'currency',
  ),
  meetings: {
    ...table(
      'meetings',
      null,
      'account:text:account_id',
      'author:text:author_id',
      'kind:"meeting_kind"',
      'status:"meeting_status"',
      'day:date',
      'startsAt:timestamptz(3)',
      'mood:"mood"',
      'notes',
    ),
    // It keeps its length; without a start it has no end.
    along: { startsAt: '"ends_at" = t."ends_at" + (r."starts_at" - t."starts_at")' },
  },
}
