import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { exportCommand } from '../../src/cli/export.ts'
import { importCommand } from '../../src/cli/import.ts'
import type { CliIo } from '../../src/cli/io.ts'
import type { Database } from '../../src/db/client.ts'
import { emptyDatabase } from '../support/database.ts'

type Answer = Readonly<{ code: number; out: string; err: string; progress: readonly string[] }>

/** A terminal with an empty database and a folder of its own. */
export type Desk = Readonly<{
  database(): Database
  path(name: string): string
  file(name: string, content: string | Uint8Array): string
  run(command: 'import' | 'export', ...args: string[]): Promise<Answer>
  /** Writes the text to a file and imports it. */
  load(kind: string, content: string | Uint8Array, ...options: string[]): Promise<Answer>
  rows(sql: string): Promise<Record<string, unknown>[]>
}>

const NOW = new Date('2026-11-23T12:00:00Z')

export function useDesk(): Desk {
  let database: Database
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kamerton-desk-'))
  })
  beforeEach(async () => {
    database = await emptyDatabase()
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const path = (name: string) => join(folder, name)
  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(path(name), content)
    return path(name)
  }
  const run = (command: 'import' | 'export', ...args: string[]) => runCommand(database, command, args)
  return {
    database: () => database,
    path,
    file,
    run,
    load: (kind, content, ...options) => run('import', kind, file(`${kind}.csv`, content), ...options),
    rows: (sql) => database.prisma.$queryRawUnsafe(sql),
  }
}

async function runCommand(database: Database, command: 'import' | 'export', args: string[]): Promise<Answer> {
  const lines = { out: [] as string[], err: [] as string[], progress: [] as string[] }
  const io: CliIo = {
    database,
    out: (line) => void lines.out.push(line),
    err: (line) => void lines.err.push(line),
    progress: (text) => void lines.progress.push(text),
    now: () => NOW,
    defaults: { currency: 'EUR', timeZone: 'Europe/Berlin' },
  }
  const code = await (command === 'import' ? importCommand : exportCommand)(args, io)
  return { code, out: lines.out.join('\n'), err: lines.err.join('\n'), progress: lines.progress }
}

/** Two heads, two representatives, three clients: what the other kinds refer to. */
export async function loadPeopleAndClients(desk: Desk): Promise<void> {
  const answers = [
    await desk.load(
      'users',
      'email,name,role,manager\nlead@example.com,Lena Lead,MANAGER,\nkim@example.com,Kim Kamm,KAM,lead@example.com\nolga@example.com,Ольга Орлова,KAM,lead@example.com\n',
    ),
    await desk.load(
      'accounts',
      'account_id,account,owner\nA1,Ромашка,kim@example.com\nA2,Acme Corporation,kim@example.com\nA3,Northwind,olga@example.com\n',
    ),
    await desk.load('products', 'product_id,product,price\nP1,GTX Pro,4821\nP2,MG Special,55\n'),
  ]
  const failed = answers.find(({ code }) => code !== 0)
  if (failed) throw new Error(failed.err)
}
