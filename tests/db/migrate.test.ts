import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { afterAll, describe, expect, it } from 'vitest'
import { createPGlite, type Database, openDatabase } from '../../src/db/client.ts'
import { readMigrations } from '../../src/db/migrate.ts'
import { driftSql, migrationHistory } from '../support/drift.ts'

const NO_CHANGE = /^(-- This is an empty migration\.)?\s*$/
const server = process.env['TEST_DATABASE_URL']

const opened: Database[] = []
afterAll(() => Promise.all(opened.map((database) => database.close())))

async function unmigrated() {
  if (!server) {
    const pglite = await createPGlite()
    return {
      database: await openDatabase({ pglite }),
      factory: new PrismaPGlite(pglite),
      another: () => openDatabase({ pglite }),
    }
  }
  const name = `${process.env['TEST_TEMPLATE']}_migrate_${opened.length}`
  const admin = await openDatabase({ url: server })
  await admin.prisma.$executeRawUnsafe(`create database ${name}`)
  await admin.close()
  const url = new URL(server)
  url.pathname = `/${name}`
  const another = () => openDatabase({ url: url.href })
  return { database: await another(), factory: new PrismaPg({ connectionString: url.href }), another }
}

describe('the migrations', () => {
  it('lead from nothing to the schema, are recorded as Prisma records them, and run once', async () => {
    const { database, factory } = await unmigrated()
    opened.push(database)
    const names = (await readMigrations()).migrationDirectories.map(({ path }) => path)

    expect(await database.migrate()).toEqual(names)
    if (!server) expect(await driftSql(factory)).toMatch(NO_CHANGE)
    expect(await migrationHistory(factory)).toEqual({
      editedMigrationNames: [],
      failedMigrationNames: [],
      hasMigrationsTable: true,
      history: null,
    })
    expect(await database.migrate()).toEqual([])
  })

  it.skipIf(server)('would be seen to drift if the database were changed behind their back', async () => {
    const { database, factory } = await unmigrated()
    opened.push(database)
    await database.migrate()
    await database.prisma.$executeRaw`alter table accounts drop column goals`
    expect(await driftSql(factory)).toContain('"goals"')
  })

  it.runIf(server)('are applied once by two processes that start together', async () => {
    const { database, another } = await unmigrated()
    const second = await another()
    opened.push(database, second)
    const applied = await Promise.all([database.migrate(), second.migrate()])
    expect(applied.map((names) => names.length).toSorted((a, b) => a - b)).toEqual([
      0,
      (await readMigrations()).migrationDirectories.length,
    ])
  })
})
