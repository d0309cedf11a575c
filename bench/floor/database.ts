import pg from 'pg'

/** One statement under a name of its own; the first row, or nothing. */
type Ask = <Row>(name: string, text: string, values: readonly unknown[]) => Promise<Row | undefined>

export type FloorDatabase = Readonly<{
  ask: Ask
  /** Several statements that hold together. */
  together<Result>(work: (ask: Ask) => Promise<Result>): Promise<Result>
}>

/** The same pool and the same settings as the program's. */
export async function openFloor(): Promise<FloorDatabase> {
  const folder = process.env['DATA_DIR']
  if (folder) return openPGlite(folder)
  const pool = new pg.Pool({
    connectionString: process.env['DATABASE_URL'],
    options: '-c pg_trgm.similarity_threshold=0.45 -c timezone=UTC -c jit=off',
    application_name: 'floor',
    max: 10,
  })
  const over =
    (client: pg.Pool | pg.PoolClient): Ask =>
    async <Row>(name: string, text: string, values: readonly unknown[]) =>
      (await client.query({ name, text, values: [...values] })).rows[0] as Row | undefined
  return {
    ask: over(pool),
    async together(work) {
      const client = await pool.connect()
      try {
        await client.query('begin')
        const result = await work(over(client))
        await client.query('commit')
        return result
      } finally {
        client.release()
      }
    },
  }
}

async function openPGlite(folder: string): Promise<FloorDatabase> {
  const { createPGlite } = await import('../../src/db/client.ts')
  const lite = await createPGlite(`${folder}/pglite`)
  await lite.exec("set pg_trgm.similarity_threshold = 0.45; set timezone = 'UTC'")
  type Queries = Pick<typeof lite, 'query'>
  const over =
    (client: Queries): Ask =>
    async <Row>(_name: string, text: string, values: readonly unknown[]) =>
      (await client.query<Row>(text, [...values])).rows[0]
  return { ask: over(lite), together: (work) => lite.transaction((tx) => work(over(tx))) }
}
