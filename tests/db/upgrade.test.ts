import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../src/db/audit.ts'
import { inOneTransaction } from '../../src/db/backup/session.ts'
import { readMigrations } from '../../src/db/migrate.ts'
import { ask, createCore, line, readReply } from '../support/core.ts'
import { migrationHistory } from '../support/drift.ts'
import { figure } from '../support/figures.ts'
import { firstStatements, FIRST, layFirstRelease } from '../support/first-release.ts'
import { type Fresh, freshDatabase } from '../support/fresh-database.ts'

let fresh: Fresh
let applied: readonly string[]

beforeAll(async () => {
  fresh = await freshDatabase()
  await layFirstRelease(fresh.database)
  applied = await fresh.database.migrate()
})
afterAll(() => fresh.close())

describe('G-09 a database of the first release', () => {
  it('is brought up to date by every later migration, as Prisma would do it', async () => {
    const all = (await readMigrations()).migrationDirectories.map(({ path }) => path)
    expect(applied).toEqual(all.filter((name) => name !== FIRST))
    const { place } = fresh.database
    const factory =
      'url' in place ? new PrismaPg({ connectionString: place.url }) : new PrismaPGlite(place.pglite)
    expect(await migrationHistory(factory)).toMatchObject({
      editedMigrationNames: [],
      failedMigrationNames: [],
      history: null,
    })
  })

  it('keeps every row, and its audit log is whole', async () => {
    const { prisma } = fresh.database
    const counts = {
      users: await prisma.user.count(),
      accounts: await prisma.account.count(),
      deals: await prisma.deal.count(),
      invoices: await prisma.invoice.count(),
      meetings: await prisma.meeting.count(),
      attendees: await prisma.meetingAttendee.count(),
    }
    expect(counts).toEqual({ users: 9, accounts: 5, deals: 57, invoices: 34, meetings: 47, attendees: 65 })
    expect(await verifyAudit(prisma)).toMatchObject({ entries: 16, broken: null })
  })

  it('answers as it did, and takes what has come since', async () => {
    const { dispatcher } = createCore(fresh.database)
    const card = readReply(await ask(dispatcher, 'demo-user-anna', line('/account Ромашка')))
    expect(card).toContain('# ООО «Ромашка»')
    const promise = readReply(
      await ask(dispatcher, 'demo-user-anna', line('/followup Ромашка Friday 10:00 send the quote')),
    )
    expect(promise).toContain('send the quote')
    expect(await fresh.database.prisma.followUp.count()).toBe(1)
  })
})

/** While a new process has migrated and an old one still runs, the old one asks what it always asked. */
describe('G-09 the first release beside the newest schema', () => {
  const refused = () =>
    inOneTransaction(fresh.database, async (session) => {
      const found: string[] = []
      for (const [index, statement] of firstStatements().entries()) {
        await session.script('savepoint one')
        const name = `old_${index}`
        const problem = await session.script(`prepare ${name} as ${statement}; deallocate ${name}`).then(
          () => null,
          (error: unknown) => String(error),
        )
        await session.script('rollback to savepoint one')
        if (problem) found.push(`${statement.slice(0, 80)}: ${problem}`)
      }
      return found
    })

  it('finds every table and column that one of its statements names', async () => {
    expect(firstStatements().length).toBeGreaterThan(90)
    expect(await refused()).toEqual([])
    figure('G-09', `${firstStatements().length} statements of the first release hold on the newest schema`)
  })

  it('would be told of a column that was taken away', async () => {
    const { prisma } = fresh.database
    await prisma.$executeRaw`alter table accounts rename column goals to aims`
    const problems = await refused()
    expect(problems.length).toBeGreaterThan(0)
    for (const problem of problems) expect(problem).toMatch(/goals.*does not exist/)
    await prisma.$executeRaw`alter table accounts rename column aims to goals`
  })
})
