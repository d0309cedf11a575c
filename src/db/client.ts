import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import type { SqlMigrationAwareDriverAdapterFactory, SqlQuery } from '@prisma/driver-adapter-utils'
import { PrismaClient } from '../../prisma/generated/client.ts'
import { lockDataFolder } from './lock.ts'
import { migrate } from './migrate.ts'
import { statementNames } from './statement-names.ts'

/** Below this trigram similarity `%` does not call two names alike. Measured: 0.45 finds typos without a flood of others. */
const TRIGRAM_THRESHOLD = 0.45

export type Database = Readonly<{
  kind: 'pglite' | 'postgresql'
  /** For the queue, which talks to the database by a driver of its own. */
  place: Readonly<{ url: string } | { pglite: PGlite }>
  prisma: PrismaClient
  /** The same for questions outside of transactions, by the shortest way there is. */
  reads: PrismaClient
  /** Throws when the database does not answer. */
  ping(): Promise<null>
  /** Brings the schema up to date; returns the names of the migrations that were applied. */
  migrate(): Promise<string[]>
  close(): Promise<void>
}>

export type DatabasePlace = Readonly<{ url: string } | { folder: string } | { pglite: PGlite }>

/** PostgreSQL when there is an address, else PGlite in a folder that no other process may open. */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  if ('url' in place) return openPostgres(place.url)
  if ('pglite' in place) return overPGlite(place.pglite)

  const lock = lockDataFolder(place.folder)
  try {
    const database = await overPGlite(await createPGlite(join(place.folder, 'pglite')))
    return {
      ...database,
      async close() {
        await database.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** In memory without a folder. `dump` is a folder's content as `dumpDataDir('none')` gives it. */
export async function createPGlite(folder?: string, dump?: Blob): Promise<PGlite> {
  const [{ PGlite }, { pg_trgm }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('@electric-sql/pglite/contrib/pg_trgm'),
  ])
  const pglite = await PGlite.create({
    ...(folder ? { dataDir: folder } : {}),
    ...(dump ? { loadDataDir: dump } : {}),
    extensions: { pg_trgm },
  })
  return pglite
}

async function overPGlite(pglite: PGlite): Promise<Database> {
  const { PrismaPGlite } = await import('pglite-prisma-adapter')
  const factory = new PrismaPGlite(pglite)
  await pglite.exec(`set pg_trgm.similarity_threshold = ${TRIGRAM_THRESHOLD}; set timezone = 'UTC'`)
  const database = over('pglite', { pglite }, factory)
  return {
    ...database,
    async close() {
      await database.close()
      if (!pglite.closed) await pglite.close()
    },
  }
}

async function openPostgres(url: string): Promise<Database> {
  const [{ PrismaPg }, { Pool }, { readingDirectly }] = await Promise.all([
    import('@prisma/adapter-pg'),
    import('pg'),
    import('./direct.ts'),
  ])
  const pool = new Pool({
    connectionString: url,
    // Compiling our short statements costs more than it saves (measured: 25 ms of a lookup among a million names).
    options: `-c pg_trgm.similarity_threshold=${TRIGRAM_THRESHOLD} -c timezone=UTC -c jit=off`,
    connectionTimeoutMillis: 5_000,
    max: 10,
  })
  // Of a connection that breaks while nobody uses it; the pool makes another one.
  pool.on('error', () => undefined)
  const names = statementNames()
  const database = over(
    'postgresql',
    { url },
    // Its types do not say that a statement may go without a name.
    new PrismaPg(pool, { statementNameGenerator: names as (query: SqlQuery) => string }),
  )
  return {
    ...database,
    reads: readingDirectly(database.prisma, pool, names),
    // The pool is not Prisma's to end: the schema engine, too, would end it after its work.
    async close() {
      await database.close()
      if (!pool.ended) await pool.end()
    },
  }
}

function over(
  kind: Database['kind'],
  place: Database['place'],
  factory: SqlMigrationAwareDriverAdapterFactory,
): Database {
  const prisma = new PrismaClient({ adapter: factory })
  return {
    kind,
    place,
    prisma,
    reads: prisma,
    migrate: () => oneAtATime(kind, prisma, () => migrate(factory, () => finishedMigrations(prisma))),
    ping: async () => {
      await prisma.$queryRaw`select 1`
      return null
    },
    close: () => prisma.$disconnect(),
  }
}

/** Of several processes that start together on one server, one migrates and the others wait for it. */
async function oneAtATime<Result>(
  kind: Database['kind'],
  prisma: PrismaClient,
  work: () => Promise<Result>,
): Promise<Result> {
  if (kind === 'pglite') return work()
  return prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('kamerton migrations'))`
      return work()
    },
    { maxWait: 10_000, timeout: 120_000 },
  )
}

async function finishedMigrations(prisma: PrismaClient): Promise<string[]> {
  const [table] = await prisma.$queryRaw<
    { there: boolean }[]
  >`select to_regclass('_prisma_migrations') is not null as there`
  if (!table?.there) return []
  const rows = await prisma.$queryRaw<{ migration_name: string }[]>`
    select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null`
  return rows.map((row) => row.migration_name)
}
