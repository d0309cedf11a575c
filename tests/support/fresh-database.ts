import { createPGlite, type Database, openDatabase } from '../../src/db/client.ts'

export type Fresh = Readonly<{
  readonly database: Database
  /** As a program finds it that starts now: a pool knows the statements of a schema that is gone. */
  reopen(): Promise<void>
  close(): Promise<void>
}>

let made = 0

/** A database in which nothing has ever been, not even a schema; of the kind that the tests run on. */
export async function freshDatabase(): Promise<Fresh> {
  const server = process.env['TEST_DATABASE_URL']
  return server ? freshPostgres(server) : freshPGlite()
}

export async function freshPGlite(): Promise<Fresh> {
  const database = await openDatabase({ pglite: await createPGlite() })
  return { database, reopen: async () => undefined, close: () => database.close() }
}

/** Its name begins like the template's, with which it goes at the end of the run. */
async function freshPostgres(server: string): Promise<Fresh> {
  made += 1
  const url = new URL(server)
  url.pathname = `/${process.env['TEST_TEMPLATE']}_fresh_${process.pid}_${made}`
  const admin = await openDatabase({ url: server })
  await admin.prisma.$executeRawUnsafe(`create database ${url.pathname.slice(1)}`)
  await admin.close()
  let database = await openDatabase({ url: url.href })
  return {
    get database() {
      return database
    },
    async reopen() {
      await database.close()
      database = await openDatabase({ url: url.href })
    },
    close: () => database.close(),
  }
}
