import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { fill } from '../../../scripts/monday/fill.ts'
import { rosterOf } from '../../../scripts/monday/roster.ts'
import { type Database, openDatabase } from '../../../src/db/client.ts'
import { emptyDatabase } from '../../support/database.ts'
import { type Program, startProgram, temporaryFolder } from '../../support/program.ts'
import { PEOPLE, type Remote, startPlatforms } from './orders.ts'

const SECRET = 'a-secret-of-the-webhook-under-load'

/** The real program with a database full of people and accounts, and the platforms where they write. */
export type House = Readonly<{
  remote: Remote
  start(settings?: Readonly<Record<string, string>>): Promise<void>
  /** The running program. */
  program(): Program
  metric(name: RegExp): Promise<number>
  /** What stands in the database; on PGlite only while the program does not run. */
  look<Result>(work: (database: Database) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}>

export async function openHouse(): Promise<House> {
  const { remote, end } = startPlatforms()
  const { workspace, env } = await remote.start()
  const place = await openPlace(workspace)
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  let program: Program | null = null
  const running = (): Program => {
    if (!program) throw new Error('the program has not been started')
    return program
  }
  return {
    remote,
    async start(settings = {}) {
      program = startProgram(['serve'], {
        ...env,
        ...place.env,
        PORT: String(port),
        CONSOLE: 'off',
        LOG_LEVEL: 'warn',
        TELEGRAM_WEBHOOK_URL: `${address}/telegram/webhook`,
        TELEGRAM_WEBHOOK_SECRET: SECRET,
        ...settings,
      })
      await program.says(/Kamerton is ready on/)
      await remote.connect(address)
    },
    program: running,
    async metric(name) {
      const text = await (await fetch(`${address}/metrics`)).text()
      return text
        .split('\n')
        .reduce((sum, line) => (name.test(line) ? sum + Number(line.split(' ').at(-1)) : sum), 0)
    },
    look: place.look,
    async close() {
      program?.child.kill('SIGKILL')
      await program?.ended
      await remote.stop().catch(() => undefined)
      end()
      await place.close()
    },
  }
}

type Place = Pick<House, 'look' | 'close'> & Readonly<{ env: Readonly<Record<string, string>> }>

const roster = () => rosterOf({ telegram: PEOPLE, slack: PEOPLE, each: 0 })

async function openPlace(workspace: string): Promise<Place> {
  const server = process.env['TEST_DATABASE_URL']
  return server ? onPostgres(server, workspace) : onPGlite(workspace)
}

async function onPostgres(server: string, workspace: string): Promise<Place> {
  const database = await emptyDatabase()
  await fill(database, roster(), workspace)
  const [row] = await database.prisma.$queryRaw<{ name: string }[]>`select current_database() as name`
  const url = new URL(server)
  url.pathname = `/${row?.name}`
  return { env: { DATABASE_URL: url.href }, look: (work) => work(database), close: async () => undefined }
}

async function onPGlite(workspace: string): Promise<Place> {
  const folder = temporaryFolder()
  const look: Place['look'] = async (work) => {
    const database = await openDatabase({ folder: folder.path })
    try {
      return await work(database)
    } finally {
      await database.close()
    }
  }
  await look(async (database) => {
    await database.migrate()
    await fill(database, roster(), workspace)
  })
  return { env: { DATA_DIR: folder.path }, look, close: async () => folder.remove() }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
