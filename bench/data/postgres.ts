import pg from 'pg'
import { openDatabase } from '../../src/db/client.ts'
import { fill } from './fill.ts'

/** The server that everything is measured on; its database is not touched. */
export const SERVER = process.env['BENCH_DATABASE_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/postgres'

export function urlOf(database: string): string {
  const url = new URL(SERVER)
  url.pathname = `/${database}`
  return url.href
}

export async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const admin = (sql: string) => withClient(SERVER, (client) => client.query(sql))

/** A database with so many accounts, made once and kept as a template; the name says whether it is complete. */
async function templateOf(accounts: number): Promise<string> {
  const name = `kamerton_bench_${accounts}`
  const { rowCount } = await admin(`select 1 from pg_database where datname = '${name}'`)
  if (rowCount) return name
  const building = `${name}_building`
  await admin(`drop database if exists ${building} with (force)`)
  await admin(`create database ${building}`)
  const database = await openDatabase({ url: urlOf(building) })
  await database.migrate()
  await database.close()
  await withClient(urlOf(building), async (client) => {
    await fill(
      { run: (sql) => client.query(sql), rows: (sql, values) => client.query(sql, [...values]) },
      accounts,
    )
  })
  await admin(`alter database ${building} rename to ${name}`)
  return name
}

/** A copy that may be written to. Copying files is much less work than logging every block of them. */
export async function copyOf(accounts: number): Promise<Readonly<{ name: string; url: string }>> {
  const name = `kamerton_bench_run_${process.pid}_${accounts}`
  const template = await templateOf(accounts)
  await admin(`drop database if exists ${name} with (force)`)
  await admin(`create database ${name} template ${template} strategy file_copy`)
  return { name, url: urlOf(name) }
}

export const drop = (name: string) => admin(`drop database if exists ${name} with (force)`)
