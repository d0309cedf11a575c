import { BackupError, FORMAT, type Head, type TablePart } from '../../backups/layout.ts'
import type { BackupSink } from '../../backups/write-backup.ts'
import type { Database } from '../client.ts'
import { knownMigrations, objectsOf, strangeIn } from './schema.ts'
import { inOneTransaction, type Session } from './session.ts'
import { countOf, literal, MIGRATIONS, quoted, type Table, tablesOf } from './tables.ts'

const BATCH = 1_000

/** `done` of `all` tables are written. */
type Progress = (done: number, all: number) => void

/** Writes all that the database holds, as it is at one moment, while others go on writing. */
export async function takeBackup(
  database: Pick<Database, 'kind' | 'place'>,
  sink: BackupSink,
  { now, onProgress }: Readonly<{ now: Date; onProgress?: Progress | undefined }>,
): Promise<Head> {
  return inOneTransaction(database, async (session) => {
    const tables = await ownTables(session)
    const head = await headOf(session, tables, { from: database.kind, made: now.toISOString() })
    const strange = await strangeIn(head)
    if (strange.length > 0)
      throw new BackupError(
        `a newer version has changed this database (${strange.join(', ')}): back it up with that one`,
      )
    await sink.head(head)
    for (const [index, table] of tables.entries()) {
      onProgress?.(index, tables.length)
      await readTable(session, table, (lines) => sink.rows(lines))
      await sink.endTable(table.name)
    }
    await sink.end()
    return head
  })
}

/** What others keep beside it is theirs to keep. */
async function ownTables(session: Session): Promise<Table[]> {
  const ours = new Set(objectsOf(await knownMigrations()).tables)
  const tables = (await tablesOf(session)).filter(({ name }) => ours.has(name))
  if (!tables.some(({ name }) => name === MIGRATIONS))
    throw new BackupError('there is nothing to back up: this database holds no Kamerton')
  return tables
}

async function headOf(
  session: Session,
  tables: readonly Table[],
  origin: Pick<Head, 'from' | 'made'>,
): Promise<Head> {
  const parts: TablePart[] = []
  for (const { name, columns } of tables) parts.push({ name, columns, rows: await countOf(session, name) })
  const migrations = await migrationsOf(session)
  const sequences = await sequencesOf(session, tables)
  const audit = await lastEntry(session)
  return { kamerton: 'backup', format: FORMAT, ...origin, migrations, tables: parts, sequences, audit }
}

async function migrationsOf(session: Session): Promise<string[]> {
  const rows = await session.rows<{ name: string }>(
    `select migration_name as name from ${quoted(MIGRATIONS)} where finished_at is not null and rolled_back_at is null
     order by migration_name collate "C"`,
  )
  return rows.map(({ name }) => name)
}

/** They do not keep to transactions: what they say is never behind the rows. */
async function sequencesOf(session: Session, tables: readonly Table[]): Promise<Head['sequences']> {
  const names = await session.rows<{ name: string }>(`
    select c.relname::text as name from pg_class c join pg_depend d on d.objid = c.oid and d.deptype in ('a', 'i')
    where c.relkind = 'S' and d.refobjid in (${tables.map(({ name }) => `${literal(quoted(name))}::regclass`).join(', ')})
    order by c.relname collate "C"`)
  if (names.length === 0) return []
  const each = names.map(
    ({ name }) =>
      `select ${literal(name)} as name, last_value::text as last, is_called as called from ${quoted(name)}`,
  )
  return session.rows(each.join(' union all '))
}

async function lastEntry(session: Session): Promise<Head['audit']> {
  const [entry] = await session.rows<{ seq: string; hash: string }>(
    'select seq::text as seq, hash from audit_entries order by audit_entries.seq desc limit 1',
  )
  return entry ?? null
}

/**
 * Hands over every row as one line of JSON, which says the same on both databases to the last digit. In the order of the
 * primary key's bytes, so that the same rows are the same lines wherever they are read.
 */
export async function readTable(
  session: Session,
  { name, columns, key }: Table,
  take: (lines: readonly string[]) => Promise<void> | void,
): Promise<void> {
  const order = (key.length > 0 ? key : columns).map((column) => `${quoted(column)}::text collate "C"`)
  await session.run(
    `declare backup no scroll cursor for select row_to_json(part)::text as line
     from (select * from ${quoted(name)}) as part order by ${order.join(', ')}`,
  )
  for (;;) {
    const rows = await session.rows<{ line: string }>(`fetch ${BATCH} from backup`)
    if (rows.length > 0) await take(rows.map(({ line }) => line))
    if (rows.length < BATCH) break
  }
  await session.run('close backup')
}
