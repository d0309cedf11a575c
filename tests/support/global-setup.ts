import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { createPGlite, openDatabase } from '../../src/db/client.ts'
import { readMigrations } from '../../src/db/migrate.ts'

/** Makes the migrated database that every worker starts from, once per set of migrations. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  const server = process.env['TEST_DATABASE_URL']
  // One run of several projects comes by here once for each, in one process: the first has made it for all.
  if (server) return process.env['TEST_TEMPLATE'] ? undefined : preparePostgres(server)
  await preparePGlite()
  return undefined
}

async function preparePGlite(): Promise<void> {
  const { migrationDirectories } = await readMigrations()
  const hash = createHash('sha256').update(JSON.stringify(migrationDirectories)).digest('hex').slice(0, 12)
  const path = `.cache/template-${hash}.tar`
  process.env['TEST_TEMPLATE'] = path
  if (existsSync(path)) return
  mkdirSync('.cache', { recursive: true })
  for (const old of readdirSync('.cache').filter((name) => name.startsWith('template-')))
    rmSync(`.cache/${old}`)
  const pglite = await createPGlite()
  const database = await openDatabase({ pglite })
  await database.migrate()
  const dump = await pglite.dumpDataDir('none')
  await database.close()
  // Under another name first: two runs at once must not read half a file.
  await writeFile(`${path}.${process.pid}`, Buffer.from(await dump.arrayBuffer()))
  await rename(`${path}.${process.pid}`, path)
}

async function preparePostgres(server: string): Promise<() => Promise<void>> {
  const name = `kamerton_test_${process.pid}`
  const admin = await openDatabase({ url: server })
  await admin.prisma.$executeRawUnsafe(`create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const database = await openDatabase({ url: url.href })
  await database.migrate()
  await database.close()
  process.env['TEST_TEMPLATE'] = name
  return async () => {
    const made = await admin.prisma.$queryRaw<{ datname: string }[]>`
      select datname from pg_database where starts_with(datname, ${name})`
    for (const { datname } of made)
      await admin.prisma.$executeRawUnsafe(`drop database if exists ${datname} with (force)`)
    await admin.close()
  }
}
