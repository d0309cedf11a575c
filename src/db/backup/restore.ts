import { createHash } from 'node:crypto'
import { BackupError, type Head, rowsIn, type TablePart } from '../../backups/layout.ts'
import { readBackup } from '../../backups/read-backup.ts'
import type { Database } from '../client.ts'
import { holdOverdue } from '../held-notices.ts'
import { knownMigrations, layEmptySchema, objectsOf, strangeIn, withoutChecks } from './schema.ts'
import { inOneTransaction, type Session } from './session.ts'
import { readTable } from './snapshot.ts'
import { filled, literal, MIGRATIONS, quoted, tablesOf } from './tables.ts'

/** Nobody waits for somebody who sits on a table. */
const LOCK_TIMEOUT = `set local lock_timeout = '10s'`

export type RestoreTarget = Readonly<{
  /** Tables of ours in which something stands. */
  filled: readonly string[]
  /** Whether a Kamerton process works on this database now. */
  isRunning: boolean
}>

type Restored = Readonly<{
  /** Messages that were due by now. */
  held: number
  /** What people had done and was under way when the backup was made. */
  underWay: number
}>

type Doing = Readonly<{
  /** The file's name in the audit log. */
  name: string
  now: Date
  onProgress?: ((what: 'loading' | 'comparing', rows: number, all: number) => void) | undefined
}>

/** Refuses a place with things in it that are not ours: they would go. */
export async function lookAtTarget(database: Pick<Database, 'place'>): Promise<RestoreTarget> {
  const ours = new Set(objectsOf(await knownMigrations()).tables)
  return inOneTransaction(database, async (session) => {
    const names = (await tablesOf(session)).map(({ name }) => name)
    const strange = names.filter((name) => !ours.has(name))
    if (strange.length > 0)
      throw new BackupError(
        `this database has tables that are not Kamerton's (${strange.slice(0, 5).join(', ')}): restore into one of its own`,
      )
    const others = 'url' in database.place ? await otherProcesses(session) : 0
    return {
      filled: await filled(
        session,
        names.filter((name) => name !== MIGRATIONS),
      ),
      isRunning: others > 0,
    }
  })
}

/** The queue of each process is always connected. */
async function otherProcesses(session: Session): Promise<number> {
  const [row] = await session.rows<{ count: number }>(`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and application_name = 'kamerton queue'`)
  return row?.count ?? 0
}

/** Refuses what this version does not know. */
export async function checkVersion(path: string, head: Head): Promise<void> {
  const strange = await strangeIn(head)
  if (strange.length > 0)
    throw new BackupError(
      `${path} was made by a newer version, which has ${strange.join(', ')}: restore it with that one`,
    )
}

/**
 * Puts a backup in the place of all that is Kamerton's there, in the schema in which it was made, whole or not at all:
 * before it is believed, every row is read back and compared. `database.migrate()` brings it up to date afterwards.
 */
export async function restoreBackup(
  database: Pick<Database, 'place'>,
  path: string,
  { name, now, onProgress }: Doing,
): Promise<Restored> {
  const known = await knownMigrations()
  return inOneTransaction(database, async (session) => {
    await session.run(LOCK_TIMEOUT)
    await session.rows(`select pg_advisory_xact_lock(hashtext('kamerton migrations'))`)
    const hashes = new Map<string, string>()
    let checks: Awaited<ReturnType<typeof withoutChecks>> | null = null
    let loaded = 0
    let all = 0
    const head = await readBackup(path, {
      async head(read) {
        await checkVersion(path, read)
        all = rowsIn(read)
        await layEmptySchema(session, known, read.migrations)
        checks = await withoutChecks(session)
      },
      async rows(table, lines) {
        await load(session, table, lines)
        loaded += lines.length
        onProgress?.('loading', loaded, all)
      },
      endTable: ({ name: table }, sha256) => void hashes.set(table, sha256),
    })
    await (checks as Awaited<ReturnType<typeof withoutChecks>> | null)?.settle()
    for (const { name: sequence, last, called } of head.sequences)
      await session.rows(`select setval(${literal(quoted(sequence))}, ${BigInt(last)}, ${called})`)
    await compare(session, head, hashes, onProgress)
    const held = await holdOverdue(session, now)
    const underWay = await finishUnderWay(session, now)
    await note(session, name, head, held)
    return { held, underWay }
  })
}

/** The program that was running then has done it since: done again days later, somebody would decide who did nothing. */
async function finishUnderWay(session: Session, now: Date): Promise<number> {
  const [schema] = await session.rows<{ there: boolean }>(`
    select count(*) > 0 as there from information_schema.columns
    where table_schema = current_schema() and table_name = 'inbound_updates' and column_name = 'payload'`)
  if (!schema?.there) return 0
  return session.run(
    `update inbound_updates set payload = null, done_at = coalesce(done_at, $1::timestamptz) where payload is not null`,
    [now.toISOString()],
  )
}

async function load(session: Session, { name, columns }: TablePart, lines: readonly string[]): Promise<void> {
  const names = columns.map(quoted).join(', ')
  await session.run(
    `insert into ${quoted(name)} (${names})
     select ${names} from json_populate_recordset(null::${quoted(name)}, $1::text::json)`,
    [`[${lines.join(',')}]`],
  )
}

/** What stands there now must be what was read, to the letter. */
async function compare(
  session: Session,
  head: Head,
  hashes: ReadonlyMap<string, string>,
  onProgress: Doing['onProgress'],
): Promise<void> {
  const all = rowsIn(head)
  let compared = 0
  for (const table of await tablesOf(session)) {
    const hash = createHash('sha256')
    await readTable(session, table, (lines) => {
      hash.update(`${lines.join('\n')}\n`)
      compared += lines.length
      onProgress?.('comparing', compared, all)
    })
    if (hashes.get(table.name) !== hash.digest('hex'))
      throw new BackupError(
        `${table.name} is not what the backup holds once it is loaded; nothing was changed`,
      )
  }
}

async function note(session: Session, name: string, { made, migrations, audit }: Head, held: number) {
  const after = { made, schema: migrations.at(-1) ?? null, held, entry: audit?.seq ?? null }
  await session.run(
    `insert into audit_entries (channel, action, subject, after) values ('cli', 'restore', $1, $2::text::jsonb)`,
    [name, JSON.stringify(after)],
  )
}
