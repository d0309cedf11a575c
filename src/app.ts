import { randomInt } from 'node:crypto'
import type { Bot, Push } from './bots/ports.ts'
import { createSlackBot } from './bots/slack/slack-bot.ts'
import { createTelegramBot } from './bots/telegram/adapter.ts'
import { createConsole } from './bots/web/console.ts'
import { welcome } from './commands/identity/link.ts'
import type { Command } from './commands/kit/command.ts'
import { withDialogues } from './commands/kit/dialogue.ts'
import { createDispatcher } from './commands/kit/dispatcher.ts'
import type { Dispatcher, Journal } from './commands/kit/invocation.ts'
import type { UnitOfWork } from './commands/kit/unit-of-work.ts'
import { allCommands } from './commands/registry.ts'
import { type Config, ConfigError } from './config.ts'
import { consoleWanted, LOOPBACK } from './console-policy.ts'
import { cards } from './db/cards.ts'
import { cleanUp } from './db/clean-up.ts'
import { type Database, openDatabase } from './db/client.ts'
import { layDemo } from './db/demo.ts'
import { dialogueStore } from './db/dialogues.ts'
import { buttonTokens, inbox } from './db/inbox.ts'
import { newId } from './db/new-id.ts'
import { holdsRealData, personas } from './db/personas.ts'
import { orUnavailable } from './db/unavailable.ts'
import { unitOfWork } from './db/unit-of-work.ts'
import type { Platform } from './domain/shared/actor.ts'
import { dayIn } from './domain/shared/day.ts'
import { HOLIDAYS } from './holidays.ts'
import { createHttpServer, type HttpServer } from './http/server.ts'
import type { Words } from './jobs/delivery-parts.ts'
import type { Jobs } from './jobs/jobs.ts'
import { createLogger } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { createNotices } from './notices.ts'
import { type Reachable, restOf, routesOf } from './routes.ts'

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
    now(): Date
    database: Database
    journal: Journal
    jobs: 'off' | Readonly<{ tickMs: number }>
    words: Words
    pushes: ReadonlyMap<Platform, Push>
  }>
>

const CLEAN_UP_EVERY_MS = 3_600_000
/** Whatever hangs; the process itself ends within the ten seconds that were promised. */
const PART_STOP_MS = 4_000

/** Builds all parts and knows them all; nobody else does. The database is opened and migrated here. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const now = overrides.now ?? (() => new Date())
  const journal: Journal =
    overrides.journal ??
    createLogger({ level: config.logLevel, secrets: config.secrets, pretty: process.stdout.isTTY })
  const database = overrides.database ?? (await openDatabase(config.database))
  await orUnavailable(database.migrate(), placeOf(config))

  const metrics = createMetrics()
  const telegramName: { current: string | null } = { current: null }
  const bot = config.telegram ? { name: () => telegramName.current } : null
  const commands = allCommands({ bot, random: (limit) => randomInt(limit) })
  const { defaults } = config
  const work = unitOfWork(database.prisma, defaults, database.reads)
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
  const questions = { inner: core, dialogues: dialogueStore(database.prisma), now, newId, journal, defaults }
  // Counted outermost, so that a question of a dialogue is an answer too.
  const dispatcher = metrics.counting(core)
  const dialogues = metrics.counting(withDialogues(questions))
  const parts: Parts = {
    config,
    now,
    journal,
    database,
    commands,
    dispatcher,
    dialogues,
    telegramName,
    metrics,
    work,
    overrides,
  }
  return { ...lifeOf(parts), dispatcher, dialogues, database, commands }
}

/** Where the database is, for an operator: never with its password. */
export function placeOf({ database }: Config): string {
  if ('folder' in database) return `the database in ${database.folder}`
  const { hostname, port } = new URL(database.url)
  return `the database at ${hostname}:${port || 5432}`
}

type Parts = Readonly<{
  config: Config
  now(): Date
  journal: Journal
  database: Database
  commands: readonly Command[]
  dispatcher: Dispatcher
  dialogues: Dispatcher
  telegramName: { current: string | null }
  metrics: ReturnType<typeof createMetrics>
  work: UnitOfWork
  overrides: Overrides
}>

type Running = Readonly<{
  jobs: Jobs
  bots: readonly Bot[]
  server: HttpServer
  console: Console | null
  cleaning: NodeJS.Timeout
}>
type Console = ReturnType<typeof createConsole>

function lifeOf(parts: Parts): Pick<App, 'start' | 'stop' | 'deliverDue'> {
  let running: Running | null = null
  let stopped: Promise<void> | null = null
  return {
    async start() {
      const { config, journal, database, now } = parts
      const wanted = consoleWanted(config, await holdsRealData(database.prisma))
      if (wanted.open) await layDemo(database.prisma, dayIn(config.defaults.timeZone, now()), now())
      const bots = botsOf(parts)
      const console = wanted.open ? consoleOf(parts) : null
      const jobs = jobsOf(parts, bots, console)
      const queue = parts.overrides.jobs === 'off' ? null : jobs
      const server = createHttpServer(routesOf(parts, bots, queue), restOf(console), (error) =>
        journal.error({ err: error }, 'http'),
      )
      const address = await server.start(config.host, config.port).catch(portTaken(config))
      const cleaning = setInterval(
        () => void cleanUp(database.prisma, now()).catch(warn(journal)),
        CLEAN_UP_EVERY_MS,
      )
      cleaning.unref()
      running = { jobs, bots: bots.map(({ bot }) => bot), server, console, cleaning }
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

const warn = (journal: Journal) => (error: unknown) => journal.warn({ err: error }, 'clean-up failed')

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
    clearInterval(running.cleaning)
    await bounded('queue', () => running.jobs.stop())
    running.console?.close()
    const bots = running.bots.map((bot) => bounded(bot.name, () => bot.stop()))
    await Promise.all([...bots, bounded('http', () => running.server.stop())])
  }
  await bounded('database', () => database.close())
  journal.info({}, 'stopped')
}

function consoleOf({ config, dispatcher, database, commands, journal, now }: Parts): Console {
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
    tickMs: jobs === 'off' ? undefined : jobs?.tickMs,
  })
}

function botsOf(parts: Parts): Reachable[] {
  const { config, dispatcher, dialogues, journal, commands, now, database, telegramName } = parts
  const bots: Reachable[] = []
  const copies = cards(database.prisma, newId)
  if (config.slack) {
    const bot = createSlackBot({
      config: config.slack,
      defaults: config.defaults,
      dispatcher,
      cards: copies,
      journal,
      commands,
      now,
    })
    bots.push({
      bot,
      platform: 'SLACK',
      path: '/slack/events',
      route: (request, response) => bot.handleRequest(request, response),
    })
  }
  if (config.telegram) {
    const bot = createTelegramBot({
      config: config.telegram,
      defaults: config.defaults,
      dispatcher: dialogues,
      inbox: inbox(database.prisma),
      tokens: buttonTokens(database.prisma),
      cards: copies,
      journal,
      commands,
      now,
      onUsername: (name) => (telegramName.current = name),
    })
    bots.push({
      bot,
      platform: 'TELEGRAM',
      path: '/telegram/webhook',
      route: (request, response) => bot.handleWebhook(request, response),
    })
  }
  return bots
}
