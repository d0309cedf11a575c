import { randomUUID } from 'node:crypto'
import type { ReadyRow, Written } from '../../domain/imports/store.ts'
import type { Column, Table } from './tables.ts'
import type { Transaction } from './transaction.ts'

type Stored = Readonly<{ id: string }>
type RecordRow = Readonly<Record<string, unknown>>
type Placed = Readonly<{ row: ReadyRow; id: string; isNew: boolean }>

const ID: Column = { field: 'id', column: 'id', type: 'text' }
const EXTERNAL_ID: Column = { field: 'externalId', column: 'external_id', type: 'text' }

/** Inserts what is new, updates what differs, and leaves the rest alone. Only columns that the file has are touched. */
export async function writeRows(
  transaction: Transaction,
  table: Table,
  rows: readonly ReadyRow[],
): Promise<Written> {
  const placed = rows.map((row): Placed => ({ row, id: row.id ?? randomUUID(), isNew: row.id === null }))
  const created: string[] = []
  const changed: string[] = []
  for (const group of bySameColumns(table, placed)) {
    const records = group.rows.map((place) => record(place, group.columns))
    if (group.isNew) created.push(...(await insert(transaction, table, group.columns, records)))
    else changed.push(...(await update(transaction, table, group.columns, records)))
  }
  return { idByLine: new Map(placed.map(({ row, id }) => [row.line, id])), created, changed }
}

/** Rows of one file may still differ in what they say: a currency is told by some amounts only. */
function bySameColumns(table: Table, rows: readonly Placed[]) {
  const groups = new Map<string, { isNew: boolean; columns: Column[]; rows: Placed[] }>()
  for (const place of rows) {
    const columns = table.columns.filter(({ field }) => place.row.values[field] !== undefined)
    if (place.row.externalId !== null) columns.push(EXTERNAL_ID)
    const key = `${place.isNew} ${columns.map(({ column }) => column).join()}`
    const group = groups.get(key) ?? { isNew: place.isNew, columns, rows: [] }
    group.rows.push(place)
    groups.set(key, group)
  }
  return groups.values()
}

function record({ row, id }: Placed, columns: readonly Column[]): RecordRow {
  const cells = columns.map(({ field, column }) => [
    column,
    field === 'externalId' ? row.externalId : row.values[field],
  ])
  return { id, ...Object.fromEntries(cells) }
}

/** `r` with one typed column per name, from a JSON array. */
function recordset(columns: readonly Column[]): string {
  return `json_to_recordset($1::text::json) as r(${columns.map(({ column, type }) => `"${column}" ${type}`).join(', ')})`
}

async function insert(
  transaction: Transaction,
  table: Table,
  columns: readonly Column[],
  records: readonly RecordRow[],
): Promise<string[]> {
  const all = [ID, ...columns]
  const names = all.map(({ column }) => `"${column}"`).join(', ')
  const sql = `insert into "${table.name}" (${names}) select ${names} from ${recordset(all)} returning "id"`
  const rows = await transaction.$queryRawUnsafe<Stored[]>(sql, JSON.stringify(records))
  return rows.map(({ id }) => id)
}

async function update(
  transaction: Transaction,
  table: Table,
  columns: readonly Column[],
  records: readonly RecordRow[],
): Promise<string[]> {
  if (columns.length === 0) return []
  const own = columns.map(({ column }) => `"${column}" = r."${column}"`)
  const set = [...own, ...columns.flatMap(({ field }) => table.along?.[field] ?? [])].join(', ')
  const differs = columns.map(({ column }) => `t."${column}" is distinct from r."${column}"`).join(' or ')
  const sql = `update "${table.name}" t set ${set} from ${recordset([ID, ...columns])} where t."id" = r."id" and (${differs}) returning t."id"`
  const rows = await transaction.$queryRawUnsafe<Stored[]>(sql, JSON.stringify(records))
  return rows.map(({ id }) => id)
}

export async function updateParents(
  transaction: Transaction,
  table: Table,
  pairs: readonly Readonly<{ id: string; parent: string | null }>[],
): Promise<string[]> {
  if (!table.parent) return []
  const column: Column = { field: 'parent', column: table.parent, type: 'text' }
  const records = pairs.map(({ id, parent }) => ({ id, [column.column]: parent }))
  return update(transaction, table, [column], records)
}
