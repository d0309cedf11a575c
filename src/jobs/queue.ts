import { type ConstructorOptions, fromPglite, PgBoss, type PGliteLike } from 'pg-boss'
import type { Journal } from '../commands/kit/invocation.ts'
import { type PersonId, PLATFORMS, type Platform } from '../domain/shared/actor.ts'

type Serve = (people: readonly PersonId[], platform: Platform | null) => Promise<void>

/** Connections to PostgreSQL, which are closed when the queue stops, or a PGlite, which is not. */
export type QueuePlace =
  | (NonNullable<ConstructorOptions['db']> & { close(): Promise<void> })
  | Readonly<{ pglite: PGliteLike }>

/** Carries people to whoever has time for them; that somebody has something due stands in the notices alone. */
export type Queue = Readonly<{
  /** Throws when the database is away; may be tried again. */
  start(serve: Serve): Promise<void>
  isRunning(): boolean
  /** Somebody who is queued or served already stays that once. */
  add(platform: Platform | null, people: readonly PersonId[]): Promise<void>
  /** Takes nothing more and waits for what is under way, but not for ever. */
  stop(): Promise<void>
}>

/** One line for each platform, so that a slow one holds up nobody else; the last is for those who have none. */
const LINES: readonly (Platform | null)[] = [...PLATFORMS, null]
const nameOf = (platform: Platform | null): string => `deliver-${(platform ?? 'nowhere').toLowerCase()}`

/**
 * How many are served at a time: as many as can be given their turn within the nine seconds that a push waits for it.
 * Slack takes five a second of a workspace, Telegram thirty of a bot.
 */
const AT_A_TIME: Readonly<Record<Platform | 'nowhere', number>> = {
  SLACK: 20,
  TELEGRAM: 100,
  CONSOLE: 100,
  nowhere: 100,
}
const WORKERS = 2

const STOP_MS = 3_000
const LOG_EVERY_MS = 10_000

/** The dead are found by their heartbeat, within fifteen seconds. */
const QUEUE = {
  policy: 'exclusive',
  notify: true,
  retryLimit: 0,
  heartbeatSeconds: 10,
  expireInSeconds: 120,
  retentionSeconds: 3_600,
  deleteAfterSeconds: 60,
} as const

const WORK = {
  pollingIntervalSeconds: 1,
  notifyPollingIntervalSeconds: 2,
  burstWhenBatchFull: true,
  localConcurrency: WORKERS,
} as const

const BOSS: ConstructorOptions = {
  schema: 'pgboss',
  schedule: false,
  useListenNotify: true,
  registerInstance: false,
  superviseIntervalSeconds: 5,
  monitorIntervalSeconds: 5,
  maintenanceIntervalSeconds: 60,
  openTelemetry: { enabled: false },
}

/** `hasSchema`: a role that may not make schemas was given the one it needs, and is not to ask for it again. */
export function createQueue(
  place: QueuePlace,
  journal: Journal,
  hasSchema: () => Promise<boolean> = async () => false,
): Queue {
  let running: PgBoss | null = null
  let starting: Promise<void> | null = null
  const complain = quietly(journal)

  async function begin(serve: Serve): Promise<void> {
    const boss = new PgBoss({ ...BOSS, ...driverOf(place), createSchema: !(await hasSchema()) })
    boss.on('error', complain)
    boss.on('warning', ({ message }) => journal.debug({ message }, 'the queue warns'))
    try {
      await boss.start()
      for (const line of LINES) await openLine(boss, line, serve)
      running = boss
    } catch (error) {
      await boss.stop({ graceful: false }).catch(() => undefined)
      throw error
    }
  }

  return {
    start(serve) {
      starting ??= begin(serve).finally(() => (starting = null))
      return starting
    },

    isRunning: () => running !== null,

    async add(platform, people) {
      if (people.length === 0) return
      const jobs = people.map((personId) => ({ singletonKey: personId, data: { personId } }))
      await running?.insert(nameOf(platform), jobs)
    },

    async stop() {
      await starting?.catch(() => undefined)
      const boss = running
      running = null
      await boss?.stop({ graceful: true, timeout: STOP_MS })
      if ('close' in place) await place.close()
    },
  }
}

const driverOf = (place: QueuePlace): ConstructorOptions =>
  'pglite' in place ? { db: fromPglite(place.pglite), backend: 'pglite' } : { db: place }

async function openLine(boss: PgBoss, platform: Platform | null, serve: Serve): Promise<void> {
  const name = nameOf(platform)
  await boss.createQueue(name, QUEUE)
  const batchSize = AT_A_TIME[platform ?? 'nowhere']
  await boss.work<{ personId: string }>(name, { ...WORK, batchSize }, (jobs) =>
    serve(
      jobs.map(({ data }) => data.personId),
      platform,
    ),
  )
}

/** While the database is away every worker complains each second; once in a while is enough. */
function quietly(journal: Journal): (error: unknown) => void {
  let last = -Infinity
  return (error) => {
    if (performance.now() - last < LOG_EVERY_MS) return
    last = performance.now()
    journal.warn({ err: error }, 'the queue fails')
  }
}
