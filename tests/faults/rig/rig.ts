import { openFaultProxy, type FaultProxy } from '../../support/fault-proxy.ts'
import { type SlackStandIn, startSlackStandIn } from '../../support/slack/slack-stand-in.ts'
import { startTelegramStandIn, type TelegramStandIn } from '../../support/telegram/telegram-stand-in.ts'
import { addPeople, type Crowd, slackUsers } from './crowd.ts'
import { freePort, type Server, startServer } from './server.ts'
import { DATABASE_PASSWORD, openStore, type Store } from './store.ts'

/** What must never be seen anywhere: tests look for each of them. */
export const CANARIES = {
  botToken: 'xoxb-canary-bot-token',
  signingSecret: 'canary-signing-secret',
  telegramToken: '987654:CANARY-telegram-token',
  databasePassword: DATABASE_PASSWORD,
} as const

/** The real program between strict stand-ins, with a fault proxy on every way. */
export type Rig = Readonly<{
  store: Store
  slack: SlackStandIn
  telegram: TelegramStandIn
  crowd: Crowd
  /** On the ways to the two platforms, and to PostgreSQL when there is one. */
  ways: Readonly<{ slack: FaultProxy; telegram: FaultProxy; database: FaultProxy | null }>
  /** Starts the program, or starts it again; `moment` is where it dies once armed. */
  start(env?: Readonly<Record<string, string>>): Promise<Server>
  /** The one that runs now. */
  server(): Server | null
  /** While something goes wrong nobody loses patience. */
  calm: { since: number | null }
  /** When the last process died; what it had claimed is free again a little later. */
  death: { last: Date | null }
  /** All that the processes of this rig have written. */
  written(): string
  close(): Promise<void>
}>

export type RigOptions = Readonly<{ pairs: number; products: number; port?: number }>

export async function openRig({ pairs, products }: RigOptions): Promise<Rig> {
  const store = await openStore()
  const crowd = await store.look((database) => addPeople(database, { pairs, products }))
  const { botToken, signingSecret, telegramToken: token } = CANARIES
  let way: FaultProxy | null = null
  const slack = await startSlackStandIn({
    botToken,
    signingSecret,
    users: slackUsers(crowd),
    channels: [{ id: 'C1', name: 'sales' }],
    publicPort: () => way?.port ?? 0,
  })
  way = await openFaultProxy('127.0.0.1', slack.port)
  const telegram = await startTelegramStandIn({ token, openChats: true })
  const ways = {
    slack: way,
    telegram: await openFaultProxy('127.0.0.1', telegram.port),
    database: await wayToDatabase(store),
  }
  const port = await freePort()
  slack.setTarget(`http://127.0.0.1:${port}/slack/events`)
  const base = {
    ...store.env,
    ...(ways.database ? { DATABASE_URL: through(store.env['DATABASE_URL'] ?? '', ways.database.port) } : {}),
    PORT: String(port),
    CONSOLE: 'off',
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: `http://127.0.0.1:${ways.slack.port}/api/`,
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: `http://127.0.0.1:${ways.telegram.port}`,
  }
  const servers: Server[] = []
  return {
    store,
    slack,
    telegram,
    crowd,
    ways,
    async start(env = {}) {
      const server = await startServer({ ...base, ...env })
      servers.push(server)
      return server
    },
    server: () => servers.at(-1) ?? null,
    calm: { since: Date.now() },
    death: { last: null },
    written: () => servers.map((server) => server.written()).join('\n'),
    async close() {
      await Promise.all(servers.map((server) => server.kill()))
      await Promise.all([slack.stop(), telegram.stop()])
      for (const one of [ways.slack, ways.telegram, ways.database]) await one?.close()
      await store.remove()
    },
  }
}

function wayToDatabase({ env }: Store): Promise<FaultProxy> | null {
  const url = env['DATABASE_URL']
  if (!url) return null
  const { hostname, port } = new URL(url)
  return openFaultProxy(hostname, Number(port || 5432))
}

function through(url: string, port: number): string {
  const changed = new URL(url)
  changed.hostname = '127.0.0.1'
  changed.port = String(port)
  return changed.href
}
