import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createPGlite, type Database, openDatabase } from '../../../src/db/client.ts'
import { temporaryFolder } from '../../support/program.ts'

/** A database of its own for one program: PostgreSQL when TEST_DATABASE_URL is set, else a PGlite folder. */
export type Store = Readonly<{
  kind: 'postgresql' | 'pglite'
  /** For the program’s environment. */
  env: Readonly<Record<string, string>>
  /** On PGlite only while no program has the folder open. */
  look<Result>(act: (database: Database) => Promise<Result>): Promise<Result>
  remove(): Promise<void>
}>

/** No server asks for it; the logs and everything else must never show it. */
export const DATABASE_PASSWORD = 'canary-database-password'

export async function openStore(): Promise<Store> {
  const server = process.env['TEST_DATABASE_URL']
  return server ? openOnServer(server) : openInFolder()
}

async function openOnServer(server: string): Promise<Store> {
  const name = `${template()}_faults_${process.pid}_${Date.now()}`
  const admin = await openDatabase({ url: server })
  await admin.prisma.$executeRawUnsafe(`create database ${name} template ${template()}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const database = await openDatabase({ url: url.href })
  const forProgram = new URL(url)
  forProgram.password = DATABASE_PASSWORD
  return {
    kind: 'postgresql',
    env: { DATABASE_URL: forProgram.href },
    look: (act) => act(database),
    async remove() {
      await database.close()
      await admin.prisma.$executeRawUnsafe(`drop database if exists ${name} with (force)`)
      await admin.close()
    },
  }
}

async function openInFolder(): Promise<Store> {
  const folder = temporaryFolder()
  const dump = new Blob([new Uint8Array(await readFile(template()))])
  const pglite = await createPGlite(join(folder.path, 'pglite'), dump)
  await pglite.close()
  return {
    kind: 'pglite',
    env: { DATA_DIR: folder.path },
    async look(act) {
      const database = await openDatabase({ folder: folder.path })
      try {
        return await act(database)
      } finally {
        await database.close()
      }
    },
    async remove() {
      folder.remove()
    },
  }
}

function template(): string {
  const name = process.env['TEST_TEMPLATE']
  if (!name) throw new Error('this test belongs into a folder of the faults project: see vitest.config.ts')
  return name
}
