import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPGlite, type Database, openDatabase } from '../../src/db/client.ts'
import { CLIENTS } from './accounts.ts'
import { loadClients, type Marked, markAll } from './judge-table.ts'
import { QUERIES } from './queries.ts'

describe('the table of what people type', () => {
  let database: Database
  let marked: readonly Marked[]

  beforeAll(async () => {
    database = await openDatabase({ pglite: await createPGlite() })
    await database.migrate()
    await loadClients(database)
    marked = await markAll(database, QUERIES)
  }, 60_000)
  afterAll(() => database.close())

  const typedOf = (mark: Marked['mark']) =>
    marked.filter((one) => one.mark === mark).map(({ query }) => query.typed)

  test('is large, and names only accounts of the client base', () => {
    const known = new Set(CLIENTS.map(({ id }) => id))
    const named = QUERIES.flatMap(({ expected }) => (expected === 'choice' ? [] : expected))
    expect(QUERIES.length).toBeGreaterThanOrEqual(350)
    expect(named.filter((id) => !known.has(id))).toEqual([])
  })

  test('is answered right at once in at least 97 of 100 cases', () => {
    expect(
      typedOf('right').length / QUERIES.length,
      `not right: ${typedOf('lost').join(' · ')}`,
    ).toBeGreaterThanOrEqual(0.97)
  })

  test('gets a wrong confident answer in at most 5 of 1000 cases', () => {
    expect(
      typedOf('wrong').length / QUERIES.length,
      `wrong: ${typedOf('wrong').join(' · ')}`,
    ).toBeLessThanOrEqual(0.005)
  })
})
