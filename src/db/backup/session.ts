import type { Database } from '../client.ts'

type Row = Readonly<Record<string, unknown>>

/** One transaction, below Prisma: a backup reads and a restore writes what no model knows, and whole scripts. */
export type Session = Readonly<{
  rows<Found extends Row>(sql: string, values?: readonly unknown[]): Promise<Found[]>
  /** The number of rows that were touched. */
  run(sql: string, values?: readonly unknown[]): Promise<number>
  /** Several statements in one text. */
  script(sql: string): Promise<void>
}>

/** One snapshot for all that is read in it. */
const BEGIN = 'set transaction isolation level repeatable read'

/**
 * On PostgreSQL on a connection of its own, beside those who write. On PGlite there is one connection for all, and the
 * others wait until it is over.
 */
export async function inOneTransaction<Result>(
  { place }: Pick<Database, 'place'>,
  act: (session: Session) => Promise<Result>,
): Promise<Result> {
  if ('url' in place) return onPostgres(place.url, act)
  return place.pglite.transaction(async (tx) => {
    await tx.exec(BEGIN)
    return act({
      rows: async (sql, values = []) => (await tx.query<never>(sql, [...values])).rows,
      run: async (sql, values = []) => (await tx.query(sql, [...values])).affectedRows ?? 0,
      script: async (sql) => void (await tx.exec(sql)),
    })
  })
}

async function onPostgres<Result>(url: string, act: (session: Session) => Promise<Result>): Promise<Result> {
  const { Client } = await import('pg')
  const client = new Client({
    connectionString: url,
    options: '-c timezone=UTC -c jit=off',
    application_name: 'kamerton backup',
    connectionTimeoutMillis: 5_000,
  })
  // It would be thrown into the room; the statement on its way fails as well.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    await client.query(BEGIN)
    const result = await act({
      rows: async (sql, values = []) => (await client.query(sql, [...values])).rows,
      run: async (sql, values = []) => (await client.query(sql, [...values])).rowCount ?? 0,
      script: async (sql) => void (await client.query(sql)),
    })
    await client.query('commit')
    return result
  } finally {
    // What was not committed is rolled back by the server.
    await client.end().catch(() => undefined)
  }
}
