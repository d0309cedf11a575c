import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import type { SqlMigrationAwareDriverAdapterFactory, SqlQuery } from '@prisma/driver-adapter-utils'
import { PrismaClient } from '../../prisma/generated/client.ts'
import { heard } from './heard.ts'
import { lockDataFolder } from './lock.ts'
import { migrate } from './migrate.ts'
import { endOnPanic, wantRoom } from './panic.ts'
import type { Queries } from './queries.ts'
import { statementNames } from './statement-names.ts'

/** Below this trigram similarity `%` does not call two names alike. Measured: 0.45 finds typos without a flood of others. */
const TRIGRAM_THRESHOLD = 0.45

/** A statement inside a transaction that takes longer than this is given up; a stuck question must not hold the rest. */
const TRANSACTION = { maxWait: 5_000, timeout: 15_000 }

export type Database = Readonly<{
  kind: 'pglite' | 'postgresql'
  /** For the queue, which has connections of its own. */
  place: Readonly<{ url: string } | { pglite: PGlite }>
  prisma: PrismaClient
  /** Questions outside of transactions, by the shortest way there is. */
  reads: Queries
  /** Work that holds together. Whatever throws leaves nothing behind, and what takes too long is given up. */
  transact<Result>(work: (tx: Queries) => Promise<Result>): Promise<Result>
  /** Throws when the database does not answer. */
  ping(): Promise<null>
  /** Brings the schema up to date; returns the names of the migrations that were applied. */
  migrate(): Promise<string[]>
  close(): Promise<void>
}>

export type DatabasePlace = Readonly<{ url: string } | { folder: string } | { pglite: PGlite }>

/**
 * PostgreSQL when there is an address, else PGlite in a folder that no other process may open. `longestMs`: a server that
 * has not answered a statement by then never will, as when its host is gone without a word; the connection is given up.
 * Migrations take as long as they take.
 */
export async function openDatabase(
  place: DatabasePlace,
  { longestMs }: Readonly<{ longestMs?: number }> = {},
): Promise<Database> {
  if ('url' in place) return openPostgres(place.url, longestMs)
  if ('pglite' in place) return overPGlite(place.pglite)

  const lock = lockDataFolder(place.folder)
  try {
    wantRoom(place.folder)
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

/**
 * All of it is filled with zeros at each start, whatever is used later, and stays in memory: with the usual 128 MB a start
 * took half as long again and the process 100 MB more. What does not fit is read from the system's own cache.
 */
const PGLITE_BUFFERS = '32MB'

/** In memory without a folder. `dump` is a folder's content as `dumpDataDir('none')` gives it. */
export async function createPGlite(folder?: string, dump?: Blob): Promise<PGlite> {
  const [{ PGlite }, { pg_trgm }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('@electric-sql/pglite/contrib/pg_trgm'),
  ])
  const pglite = await PGlite.create({
    startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${PGLITE_BUFFERS}`],
    ...(folder ? { dataDir: folder } : {}),
    ...(dump ? { loadDataDir: dump } : {}),
    extensions: { pg_trgm },
  })
  endOnPanic(pglite)
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

async function openPostgres(url: string, longestMs?: number): Promise<Database> {
  const [{ PrismaPg }, { Pool }, { directQueries, directTransactions }] = await Promise.all([
    import('@prisma/adapter-pg'),
    import('pg'),
    import('./direct.ts'),
  ])
  const names = statementNames()
  const open = (limits: Readonly<{ query_timeout?: number }>) => {
    const pool = new Pool({
      connectionString: url,
      // Compiling our short statements costs more than it saves (measured: 25 ms of a lookup among a million names).
      options: `-c pg_trgm.similarity_threshold=${TRIGRAM_THRESHOLD} -c timezone=UTC -c jit=off`,
      connectionTimeoutMillis: 5_000,
      max: 10,
      // Questions that are asked together in a transaction are sent together.
      pipeline: true,
      onConnect: heard,
      ...limits,
    })
    // Of a connection that breaks while nobody uses it; the pool makes another one.
    pool.on('error', () => undefined)
    // Its types do not say that a statement may go without a name.
    const options = { statementNameGenerator: names as (query: SqlQuery) => string }
    const database = over('postgresql', { url }, new PrismaPg(pool, options))
    // The pool is not Prisma's to end: the schema engine, too, would end it after its work.
    const close = async () => {
      await database.close()
      if (!pool.ended) await pool.end()
    }
    return { pool, database: { ...database, close } }
  }
  const { pool, database } = open(longestMs === undefined ? {} : { query_timeout: longestMs })
  return {
    ...database,
    reads: directQueries(pool, names),
    transact: directTransactions(pool, names, Math.min(TRANSACTION.timeout, longestMs ?? Infinity)),
    async migrate() {
      const { database: patient } = open({})
      try {
        return await patient.migrate()
      } finally {
        await patient.close()
      }
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
    transact: (work) => prisma.$transaction(work, TRANSACTION),
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
