import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createPGlite, openDatabase } from '../src/db/client.ts'
import { fill } from './data/fill.ts'
import { copyOf, drop, withClient } from './data/postgres.ts'
import { addRequests } from './data/requests.ts'
import { measure, type Measured, type Plan, type Target } from './measure.ts'
import type { Options } from './options.ts'
import { type Child, type Load, type Place, startFloor, startKamerton } from './processes.ts'

/** Below what Telegram lets a bot say; the program keeps to it, so its throughput there is Telegram's. */
const TELEGRAM_PER_SECOND = 25
const IN_FLIGHT = [1, 16]
/** Each click takes a request of its own away. */
const CLICKS = 150

const requestsFor = ({ slices }: Options) => (slices + 1) * CLICKS * IN_FLIGHT.length * 2

export const addressOf = ({ port }: Pick<Child, 'port'>): string => `http://127.0.0.1:${port}`

/** Everything that people ask, on one size of PostgreSQL. */
export async function onPostgres(
  load: Load,
  options: Options,
  accounts: number,
  tell: Tell,
): Promise<Measured[]> {
  const copy = await copyOf(accounts)
  try {
    // Not before they are needed: cards of accounts with requests are longer.
    const prepareClicks = async () => {
      const database = await openDatabase({ url: copy.url })
      await addRequests(database, requestsFor(options))
      await database.close()
    }
    return await withClient(copy.url, async (client) => {
      const measured = await onPlace({ load, options, place: copy, accounts, client, tell, prepareClicks })
      await checkWritten(client, measured)
      return measured
    })
  } finally {
    await drop(copy.name)
  }
}

/** PGlite serves one process: each side has its own copy of the folder, and they take turns. */
export async function onPGlite(
  load: Load,
  options: Options,
  accounts: number,
  tell: Tell,
): Promise<Measured[]> {
  const folder = await liteFolder(accounts)
  const copies = await mkdtemp(join(tmpdir(), 'kamerton-bench-'))
  try {
    const places = {
      floor: join(copies, 'floor'),
      telegram: join(copies, 'telegram'),
      kamerton: join(copies, 'kamerton'),
    }
    for (const place of Object.values(places)) await cp(folder, place, { recursive: true })
    const database = await openDatabase({ folder: places.kamerton })
    // Thousands of fresh requests are work for every tick: only where clicks are measured.
    if (options.runs.includes('click')) await addRequests(database, requestsFor(options))
    await database.close()
    await rm(places.floor, { recursive: true })
    await cp(places.kamerton, places.floor, { recursive: true })
    const sides = { floor: { folder: places.floor }, telegram: { folder: places.telegram } }
    return await onPlace({
      load,
      options,
      place: { folder: places.kamerton },
      accounts,
      client: null,
      tell,
      sides,
    })
  } finally {
    await rm(copies, { recursive: true, force: true })
  }
}

/** Made once and kept in the cache. */
export async function liteFolder(accounts: number): Promise<string> {
  const folder = join(import.meta.dirname, '..', '.cache', `bench-pglite-${accounts}`)
  if (existsSync(folder)) return folder
  const building = `${folder}-building`
  await rm(building, { recursive: true, force: true })
  await mkdir(building, { recursive: true })
  const lite = await createPGlite(join(building, 'pglite'))
  const database = await openDatabase({ pglite: lite })
  await database.migrate()
  await fill({ run: (sql) => lite.exec(sql), rows: (sql, values) => lite.query(sql, [...values]) }, accounts)
  await database.close()
  await cp(building, folder, { recursive: true })
  await rm(building, { recursive: true })
  return folder
}

export type Tell = (measured: Measured) => void

type Scene = Readonly<{
  load: Load
  options: Options
  /** The program's. */
  place: Place
  accounts: number
  client: pg.Client | null
  tell: Tell
  sides?: Readonly<{ floor: Place; telegram: Place }>
  prepareClicks?(): Promise<void>
}>

async function onPlace(scene: Scene): Promise<Measured[]> {
  const { load, options, place, accounts, client, tell, sides } = scene
  const running: Child[] = []
  const started = async (child: Promise<Child>) => {
    running.push(await child)
    return child
  }
  try {
    const kamerton = await started(startKamerton(place, load.address))
    const slack = await started(startFloor('slack', sides?.floor ?? place, load.address))
    const telegram = await started(startFloor('telegram', sides?.telegram ?? place, load.address))
    const target = (side: Target['side'], child: Child): Target => ({
      side,
      url: addressOf(child),
      pids: [child.pid],
    })
    const results: Measured[] = []
    let clicksAreReady = false
    for (const plan of plansFor(options, accounts, client === null ? 'pglite' : 'postgresql')) {
      if (plan.run === 'click' && !clicksAreReady) await scene.prepareClicks?.()
      clicksAreReady ||= plan.run === 'click'
      const floor = plan.run === 'telegram' ? telegram : slack
      const measured = await measure({ load, client }, plan, [
        target('floor', floor),
        target('kamerton', kamerton),
      ])
      results.push(measured)
      tell(measured)
    }
    return results
  } finally {
    await Promise.all(running.map((child) => child.stop()))
  }
}

function plansFor(
  { runs, slices, ms }: Options,
  accounts: number,
  database: Measured['database'],
): readonly Plan[] {
  return runs.flatMap((run) =>
    IN_FLIGHT.map((inFlight) => ({
      run,
      database,
      accounts,
      inFlight,
      slices,
      ms,
      ...(run === 'click' ? { most: CLICKS } : {}),
      ...(run === 'telegram' ? { perSecond: TELEGRAM_PER_SECOND } : {}),
    })),
  )
}

/** What was answered must also have been written, each once; the rounds that warm up are not among the answers. */
async function checkWritten(client: pg.Client, measured: readonly Measured[]): Promise<void> {
  for (const [run, action] of [
    ['meeting', 'meeting.log'],
    ['click', 'discount.approve'],
  ] as const) {
    const mine = measured.filter((one) => one.run === run)
    const answered = mine.reduce((sum, { floor, kamerton }) => sum + floor.answers + kamerton.answers, 0)
    const { rows } = await client.query<{ count: number; subjects: number }>(
      'select count(*)::int as count, count(distinct subject)::int as subjects from audit_entries where action = $1',
      [action],
    )
    const [written = { count: 0, subjects: 0 }] = rows
    if (written.count < answered || written.subjects !== written.count)
      throw new Error(`${run}: ${answered} answers, but ${written.count} entries about ${written.subjects}`)
  }
}
