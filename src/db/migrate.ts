import { readdir, readFile } from 'node:fs/promises'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { MigrationList } from '@prisma/schema-engine-wasm'

const FOLDER = new URL('../../prisma/migrations/', import.meta.url)

/** One name per migration that the database already finished; empty on a new database. */
type Finished = () => Promise<readonly string[]>

/**
 * Applies what is missing with Prisma's own engine, so that `_prisma_migrations` is what `prisma migrate deploy` would
 * have written. The engine is WebAssembly and costs half a second to load: it is asked only when something is missing.
 */
export async function migrate(
  factory: SqlMigrationAwareDriverAdapterFactory,
  finished: Finished,
): Promise<string[]> {
  try {
    return await applyMissing(factory, finished)
  } catch (error) {
    throw isRefused(error) ? new MigrationRefused() : error
  }
}

async function applyMissing(
  factory: SqlMigrationAwareDriverAdapterFactory,
  finished: Finished,
): Promise<string[]> {
  const migrations = await readMigrations()
  const done = new Set(await finished())
  if (migrations.migrationDirectories.every(({ path }) => done.has(path))) return []

  const { engine, close } = await openSchemaEngine(factory)
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrations,
      filters: NO_FILTERS,
    })
    return appliedMigrationNames
  } finally {
    await close()
  }
}

/** The program may run by a role that uses the tables and does not own them. */
export class MigrationRefused extends Error {
  constructor() {
    super(
      'the tables are not up to date, and this role may not change them: run "kamerton migrate" as the role that owns them, and "kamerton audit protect" for this one',
    )
    this.name = 'MigrationRefused'
  }
}

const isRefused = (error: unknown): boolean =>
  error instanceof Error && /permission denied|must be owner/.test(error.message)

export const NO_FILTERS = { externalTables: [], externalEnums: [] }

/** The engine over any Prisma driver adapter; also used to draft migrations and to check for drift. */
export async function openSchemaEngine(factory: SqlMigrationAwareDriverAdapterFactory) {
  const { SchemaEngine } = await import('@prisma/schema-engine-wasm')
  const schema = await readFile(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8')
  const opened: SqlDriverAdapter[] = []
  const engine = await SchemaEngine.new(
    { datamodels: [['schema.prisma', schema]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(withWholeScripts(factory, opened)),
  )
  return {
    engine,
    /** The engine does not give its connections back; without this they stay open for as long as the process lives. */
    close: async () => {
      engine.free()
      await Promise.all(opened.map((adapter) => adapter.dispose()))
    },
  }
}

/**
 * A migration goes to the server as one script, all or nothing. The adapters' own executeScript cannot: the one for `pg`
 * cuts at every semicolon, also inside function bodies; the one for PGlite does not wait for the result.
 */
function withWholeScripts(
  factory: SqlMigrationAwareDriverAdapterFactory,
  opened: SqlDriverAdapter[],
): SqlMigrationAwareDriverAdapterFactory {
  const whole = (adapter: SqlDriverAdapter) => {
    opened.push(adapter)
    return Object.assign(adapter, { executeScript: (script: string) => runScript(adapter, script) })
  }
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => whole(await factory.connect()),
    connectToShadowDb: async () => whole(await factory.connectToShadowDb()),
  }
}

/** PGlite's way to run a script, or `pg`'s: both adapters hold theirs as `client`. */
type ScriptClient = { exec(script: string): Promise<unknown> } | { query(script: string): Promise<unknown> }

async function runScript(adapter: SqlDriverAdapter, script: string): Promise<void> {
  const { client } = adapter as unknown as { client: ScriptClient }
  await ('exec' in client ? client.exec(script) : client.query(script))
}

export async function readMigrations(): Promise<MigrationList> {
  const names = (await readdir(FOLDER, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
  const migrationDirectories = await Promise.all(
    names.map(async (path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(new URL(`${path}/migration.sql`, FOLDER), 'utf8'),
        },
      },
    })),
  )
  return {
    baseDir: 'prisma/migrations',
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(new URL('migration_lock.toml', FOLDER), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories,
  }
}
