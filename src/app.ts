import { randomInt } from 'node:crypto'
import type { Bot, Push } from './bots/ports.ts'
import { createConsole } from './bots/web/console.ts'
import { welcome } from './commands/identity/link.ts'
import type { Command } from './commands/kit/command.ts'
import { createDispatcher } from './commands/kit/dispatcher.ts'
import type { Dispatcher, Journal } from './commands/kit/invocation.ts'
import type { UnitOfWork } from './commands/kit/unit-of-work.ts'
import { allCommands } from './commands/registry.ts'
import { type Clock, createClock } from './clock.ts'
import { type Config, ConfigError } from './config.ts'
import { consoleWanted, LOOPBACK } from './console-policy.ts'
import { cards } from './db/cards.ts'
import { type Database, openDatabase } from './db/client.ts'
import { layDemo } from './db/demo.ts'
import { newId } from './db/new-id.ts'
import { holdsRealData, personas } from './db/personas.ts'
import { databaseTime } from './db/time.ts'
import { orUnavailable } from './db/unavailable.ts'
import { unitOfWork } from './db/unit-of-work.ts'
import type { Platform } from './domain/shared/actor.ts'
import { dayIn } from './domain/shared/day.ts'
import { doorsOf } from './doors.ts'
import { HOLIDAYS } from './holidays.ts'
import { createHttpServer, type HttpServer } from './http/server.ts'
import type { SideDoor } from './http/side-door.ts'
import type { Words } from './jobs/delivery-parts.ts'
import type { Jobs } from './jobs/jobs.ts'
import { createLogger } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { type Reached, watchedUnit } from './moments.ts'
import { createNotices } from './notices.ts'
import { botsOf } from './platforms.ts'
import { openSideDoorOf, type Reachable, restOf, routesOf } from './routes.ts'
import { createUpkeep, type Upkeep } from './upkeep.ts'

export type App = Readonly<{
  /** Opens everything; resolves with what an operator wants to know. A second call is an error. */
  start(): Promise<Started>
  /** In reverse order, each part bounded in time; safe to call twice. */
  stop(): Promise<void>
  /** Brings out every notice that is due now, without waiting for the queue; only between start and stop. */
  deliverDue(): Promise<void>
  /** The one door, as the adapters see it; `dialogues` is for chats that have no forms. */
  dispatcher: Dispatcher
  dialogues: Dispatcher
  database: Database
  commands: readonly Command[]
}>

type Started = Readonly<{
  address: string
  console: boolean
  bots: readonly string[]
  notes: readonly string[]
}>

/** The ports that a test replaces. Without jobs nothing goes out unasked but by `deliverDue`. */
export type Overrides = Partial<
  Readonly<{
    /** Whatever it says counts, also against the database. */
    now(): Date
    /** The clock of the machine, in milliseconds; it may be wrong. */
    system(): number
    database: Database
    journal: Journal
    jobs: 'off' | Readonly<{ tickMs: number }>
    words: Words
    pushes: ReadonlyMap<Platform, Push>
    reached: Reached
  }>
>

/** Twice what a transaction may take. */
const LONGEST_STATEMENT_MS = 30_000
/** Whatever hangs; the process itself ends within the ten seconds that were promised. */
const PART_STOP_MS = 4_000

/** Builds all parts and knows them all; nobody else does. The database is opened and migrated here. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const journal: Journal =
    overrides.journal ??
    createLogger({ level: config.logLevel, secrets: config.secrets, pretty: process.stdout.isTTY })
  const database =
    overrides.database ?? (await openDatabase(config.database, { longestMs: LONGEST_STATEMENT_MS }))
  await orUnavailable(database.migrate(), placeOf(config))
  const clock = createClock({ journal, ...(overrides.system ? { system: overrides.system } : {}) })
  await compareClocks({ clock, database, config })
  const now = overrides.now ?? clock.now

  const metrics = createMetrics()
  const telegramName: { current: string | null } = { current: null }
  const bot = config.telegram ? { name: () => telegramName.current } : null
  const commands = allCommands({ bot, random: (limit) => randomInt(limit) })
  const { defaults } = config
  const { reached } = overrides
  const work = watchedUnit(unitOfWork(database, defaults), reached)
  const core = createDispatcher({
    commands,
    unitOfWork: work,
    welcome,
    calendar: HOLIDAYS,
    now,
    newId,
    journal,
    defaults,
  })
  const doors = doorsOf({ core, config, database, metrics, journal, now, reached })
  const { dispatcher, dialogues } = doors
  const parts: Parts = {
    config,
    clock,
    now,
    journal,
    database,
    commands,
    doors,
    telegramName,
    metrics,
    work,
    overrides,
  }
  return { ...lifeOf(parts), dispatcher, dialogues, database, commands }
}

const compareClocks = ({ clock, database, config }: Pick<Parts, 'clock' | 'database' | 'config'>) =>
  clock.compare(() => orUnavailable(databaseTime(database.reads), placeOf(config)))

/** Where the database is, for an operator: never with its password. */
export function placeOf({ database }: Config): string {
  if ('folder' in database) return `the database in ${database.folder}`
  const { hostname, port } = new URL(database.url)
  return `the database at ${hostname}:${port || 5432}`
}

type Parts = Readonly<{
  config: Config
  clock: Clock
  now(): Date
  journal: Journal
  database: Database
  commands: readonly Command[]
  doors: ReturnType<typeof doorsOf>
  telegramName: { current: string | null }
  metrics: ReturnType<typeof createMetrics>
  work: UnitOfWork
  overrides: Overrides
}>

type Running = Readonly<{
  jobs: Jobs
  bots: readonly Bot[]
  server: HttpServer
  sideDoor: SideDoor | null
  console: Console | null
  upkeep: Upkeep
}>
type Console = ReturnType<typeof createConsole>

function lifeOf(parts: Parts): Pick<App, 'start' | 'stop' | 'deliverDue'> {
  let running: Running | null = null
  let stopped: Promise<void> | null = null
  return {
    async start() {
      const { config, journal, database, now, overrides } = parts
      const wanted = consoleWanted(config, await holdsRealData(database.prisma))
      if (wanted.open) await layDemo(database.prisma, dayIn(config.defaults.timeZone, now()), now())
      // Slack signs by the true time, which a machine knows better than a database that is wrong.
      const bots = botsOf({
        ...parts,
        ...parts.doors.fromOutside,
        now: overrides.now ?? (() => new Date()),
        reached: overrides.reached,
      })
      const console = wanted.open ? consoleOf(parts) : null
      const jobs = jobsOf(parts, bots, console)
      const queue = parts.overrides.jobs === 'off' ? null : jobs
      const server = createHttpServer(routesOf(parts, bots, queue), restOf(console), (error) =>
        journal.error({ err: error }, 'http'),
      )
      const address = await server.start(config.host, config.port).catch(portTaken(config))
      const sideDoor = overrides.database ? null : await openSideDoorOf(parts)
      const anchorFile = overrides.database ? null : config.anchorFile
      const { prisma } = database
      const upkeep = createUpkeep({
        prisma,
        anchorFile,
        journal,
        now,
        compareClocks: () => compareClocks(parts),
      })
      running = { jobs, bots: bots.map(({ bot }) => bot), server, sideDoor, console, upkeep }
      await upkeep.start()
      for (const { bot } of bots) await bot.start()
      if (parts.overrides.jobs !== 'off') jobs.start()
      return {
        address,
        console: console !== null,
        bots: bots.map(({ bot }) => bot.name),
        notes: wanted.notes,
      }
    },
    stop() {
      stopped ??= stopAll(parts, running)
      return stopped
    },
    async deliverDue() {
      await running?.jobs.deliverDue()
    },
  }
}

const portTaken =
  ({ host, port }: Config) =>
  (error: NodeJS.ErrnoException): never => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new ConfigError([`PORT: got ${port}, which another program on ${host} uses, expected a free one`])
  }

/** First no new work, then what is on its way, the database last and in any case. */
async function stopAll({ database, journal }: Parts, running: Running | null): Promise<void> {
  const bounded = async (name: string, stop: () => Promise<void>) => {
    const { promise: late, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(() => {
      journal.warn({ part: name }, 'does not stop in time')
      resolve()
    }, PART_STOP_MS)
    const stopped = stop().catch((error: unknown) => journal.error({ err: error, part: name }, 'stops badly'))
    await Promise.race([stopped, late])
    clearTimeout(timer)
  }
  if (running) {
    await bounded('queue', () => running.jobs.stop())
    running.console?.close()
    const bots = running.bots.map((bot) => bounded(bot.name, () => bot.stop()))
    const sideDoor = bounded('side door', async () => running.sideDoor?.close())
    await Promise.all([...bots, sideDoor, bounded('http', () => running.server.stop())])
    await bounded('upkeep', () => running.upkeep.stop())
  }
  await bounded('database', () => database.close())
  journal.info({}, 'stopped')
}

function consoleOf({ config, doors: { dispatcher }, database, commands, journal, now }: Parts): Console {
  const people = { personas: () => personas(database.prisma, config.defaults.language) }
  return createConsole({
    defaults: config.defaults,
    cards: cards(database.prisma, newId),
    dispatcher,
    people,
    commands,
    journal,
    now,
    newId,
    allowedHosts: LOOPBACK,
  })
}

function jobsOf(parts: Parts, bots: readonly Reachable[], console: Console | null): Jobs {
  const { config, database, journal, metrics, now, overrides, work } = parts
  const { jobs, words } = overrides
  const pushes = new Map(bots.map(({ platform, bot }) => [platform, bot.push]))
  const edits = new Map(bots.map(({ platform, bot }) => [platform, bot.edit]))
  if (console) pushes.set('CONSOLE', console.push)
  if (console) edits.set('CONSOLE', console.edit)
  return createNotices({
    database,
    work,
    pushes: overrides.pushes ?? pushes,
    edits,
    defaults: config.defaults,
    journal,
    meter: metrics.notices,
    now,
    words,
    reached: overrides.reached,
    tickMs: jobs === 'off' ? undefined : jobs?.tickMs,
  })
}
