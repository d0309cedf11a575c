import type { Head } from '../../backups/layout.ts'
import { readMigrations } from '../migrate.ts'
import type { Session } from './session.ts'
import { MIGRATIONS, quoted } from './tables.ts'

/** As Prisma's engine makes it, which finds it there afterwards. */
const MIGRATIONS_TABLE = `create table "${MIGRATIONS}" (
  "id" varchar(36) not null primary key,
  "checksum" varchar(64) not null,
  "finished_at" timestamptz,
  "migration_name" varchar(255) not null,
  "logs" text,
  "rolled_back_at" timestamptz,
  "started_at" timestamptz not null default now(),
  "applied_steps_count" integer not null default 0
)`

/** Every migration of this version, by name, as it is written. */
export async function knownMigrations(): Promise<ReadonlyMap<string, string>> {
  const { migrationDirectories } = await readMigrations()
  return new Map(
    migrationDirectories.map(({ path, migrationFile: { content } }) => [
      path,
      content.tag === 'ok' ? content.value : '',
    ]),
  )
}

/** What this version does not know. */
export async function strangeIn({ migrations }: Pick<Head, 'migrations'>): Promise<readonly string[]> {
  const known = await knownMigrations()
  return migrations.filter((name) => !known.has(name))
}

type Objects = Readonly<Record<'tables' | 'types' | 'functions', readonly string[]>>

/** What the migrations make: all that is Kamerton's in a database. */
export function objectsOf(migrations: ReadonlyMap<string, string>): Objects {
  const text = [...migrations.values()].join('\n')
  const made = (kind: string) => [
    ...new Set(
      [
        ...text.matchAll(new RegExp(`^CREATE (?:OR REPLACE )?${kind} (?:IF NOT EXISTS )?"?(\\w+)"?`, 'gim')),
      ].map(([, name = '']) => name),
    ),
  ]
  return { tables: [...made('TABLE'), MIGRATIONS], types: made('TYPE'), functions: made('FUNCTION') }
}

/** Takes away all that is Kamerton's and makes the schema of these migrations, with nothing in it. */
export async function layEmptySchema(
  session: Session,
  known: ReadonlyMap<string, string>,
  wanted: readonly string[],
): Promise<void> {
  const { tables, types, functions } = objectsOf(known)
  const drop = (kind: string, names: readonly string[]) =>
    names.map((name) => `drop ${kind} if exists ${quoted(name)} cascade;`)
  await session.script(
    [...drop('table', tables), ...drop('function', functions), ...drop('type', types)].join('\n'),
  )
  for (const name of wanted) await session.script(known.get(name) ?? '')
  await session.run(MIGRATIONS_TABLE)
}

type Waiting = Readonly<{ table: string; name: string; definition: string }>

/**
 * While rows come in table by table nobody asks what they refer to, and no trigger numbers them anew; `settle` brings all
 * of it back, and with it every reference is checked.
 */
export async function withoutChecks(session: Session): Promise<{ settle(): Promise<void> }> {
  const references = await session.rows<Waiting>(`
    select conrelid::regclass::text as table, conname::text as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`)
  const triggered = await session.rows<{ table: string }>(`
    select distinct tgrelid::regclass::text as table from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and c.relnamespace = current_schema()::regnamespace`)
  const all = (statements: readonly string[]) => session.script(statements.join(';\n'))
  await all([
    ...references.map(({ table, name }) => `alter table ${table} drop constraint ${quoted(name)}`),
    ...triggered.map(({ table }) => `alter table ${table} disable trigger user`),
  ])
  return {
    settle: () =>
      all([
        ...references.map(
          ({ table, name, definition }) =>
            `alter table ${table} add constraint ${quoted(name)} ${definition}`,
        ),
        ...triggered.map(({ table }) => `alter table ${table} enable trigger user`),
      ]),
  }
}
