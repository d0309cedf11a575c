import { createServer, type Socket } from 'node:net'
import { CANARY, DATABASE_ECHO, ECHO, page, SLACK_ECHO, TELEGRAM_ECHO } from './canaries.ts'
import type { Platforms } from './stage.ts'

/** A start that fails; `lines` is what an operator may read of it. */
export type Start = Readonly<{
  name: string
  env?: Readonly<Record<string, string>>
  begun?: (platforms: Platforms) => void
  code: number
  says: RegExp
}>

const refusal = (code: number, description: string) => ({
  status: code,
  body: { ok: false, error_code: code, description: `${description} ${TELEGRAM_ECHO}` },
})

/** Platforms that refuse us. These need a database first. */
export const REFUSED: readonly Start[] = [
  {
    name: 'C-07 a Telegram token that is not known',
    begun: ({ telegram }) => telegram.failNext('getMe', refusal(401, 'Unauthorized')),
    code: 1,
    says: /TELEGRAM_BOT_TOKEN: Telegram does not know this token/,
  },
  {
    name: 'an answer of Slack that is no code and quotes the token',
    begun: ({ slack }) => slack.failNext('auth.test', { error: `invalid_auth ${SLACK_ECHO}` }),
    code: 1,
    says: /Slack does not answer: no_answer/,
  },
  {
    name: 'a page in place of Slack',
    begun: ({ slack }) => slack.failNext('auth.test', { status: 200, body: page(SLACK_ECHO) }, 5),
    code: 1,
    says: /Slack does not answer: no_answer/,
  },
  {
    name: 'a Slack app token that is refused',
    begun: ({ slack }) => slack.failNext('apps.connections.open', { error: 'invalid_auth' }, 4),
    code: 1,
    says: /Slack refuses SLACK_APP_TOKEN: invalid_auth/,
  },
  {
    name: 'a webhook that Telegram refuses',
    env: {
      TELEGRAM_WEBHOOK_URL: 'https://bot.example.com/telegram/webhook',
      TELEGRAM_WEBHOOK_SECRET: CANARY.webhook,
    },
    begun: ({ telegram }) => telegram.failNext('setWebhook', refusal(400, 'bad webhook')),
    code: 1,
    says: /TELEGRAM_WEBHOOK_URL: Telegram refuses it/,
  },
]

const thrower = (how: string) =>
  `--import data:text/javascript,${encodeURIComponent(
    `const e = () => new Error('broke on ' + ${JSON.stringify(ECHO)}, { cause: { token: process.env.SLACK_BOT_TOKEN, deep: [{ url: process.env.DATABASE_URL }] } });${how}`,
  )}`

const THROWN: readonly Start[] = [
  {
    name: 'an exception that nobody foresaw',
    env: { NODE_OPTIONS: thrower('setTimeout(() => { throw e() }, 0)') },
    code: 1,
    says: /uncaught exception/,
  },
  {
    name: 'a rejection that nobody foresaw, and then a database that is away',
    env: { NODE_OPTIONS: thrower('setTimeout(() => void Promise.reject(e()), 0)') },
    code: 1,
    says: /unhandled rejection/,
  },
]

export const WRONG_SETTINGS: Readonly<Record<string, string>> = {
  DATABASE_URL: `mysql://kamerton:${encodeURIComponent(CANARY.database)}@127.0.0.1/x`,
  SLACK_BOT_TOKEN: CANARY.slackBot.replace('xoxb-', 'xoxp-'),
  SLACK_APP_TOKEN: CANARY.slackApp.replace('xapp', 'app'),
  SLACK_SIGNING_SECRET: `${CANARY.slackSigning} ${CANARY.slackSigning}`,
  SLACK_API_URL: `ftp://kamerton:${encodeURIComponent(CANARY.database)}@gateway/`,
  TELEGRAM_BOT_TOKEN: `bot${CANARY.telegram}`,
  TELEGRAM_API_ROOT: `api.telegram.org/bot${CANARY.telegram}`,
  TELEGRAM_WEBHOOK_URL: `//hooks.slack.com/commands/T0HOME/1/${CANARY.response}`,
  TELEGRAM_WEBHOOK_SECRET: `${CANARY.webhook}!`,
  LOG_LEVEL: CANARY.slackBot,
}

/** The packets with which a PostgreSQL refuses, as far as a client reads them. */
const refusing = (message: string): Buffer => {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C28P01\0M${message}\0\0`)
  const length = Buffer.alloc(4)
  length.writeInt32BE(fields.length + 4)
  return Buffer.concat([Buffer.from('E'), length, fields])
}

type Server = Readonly<{ port: number; stop(): Promise<void> }>

async function databaseThat(answers: (socket: Socket) => void): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => answers(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const ANSWERS: readonly (readonly [string, (socket: Socket) => void])[] = [
  ['that hangs up', (socket) => socket.destroy()],
  ['that is a web server', (socket) => socket.end(`HTTP/1.1 400 Bad Request\r\n\r\n${page(DATABASE_ECHO)}`)],
  [
    'that refuses the password and quotes it',
    (socket) => socket.end(refusing(`password "${CANARY.database}" of ${DATABASE_ECHO} is wrong`)),
  ],
]

const urlAt = (port: number) =>
  `postgres://kamerton:${encodeURIComponent(CANARY.database)}@127.0.0.1:${port}/kamerton`

/** What fails before or at the database, and needs nothing else. */
export async function earlyStarts(): Promise<Readonly<{ starts: readonly Start[]; stop(): Promise<void> }>> {
  const servers = await Promise.all(ANSWERS.map(([, answers]) => databaseThat(answers)))
  const away = { DATABASE_URL: urlAt(1) }
  const starts: Start[] = [
    { name: 'settings that are all wrong', env: WRONG_SETTINGS, code: 2, says: /LOG_LEVEL: got/ },
    { name: 'a database that is not there', env: away, code: 1, says: /does not answer/ },
    ...THROWN.map((start) => ({ ...start, env: { ...away, ...start.env } })),
    ...ANSWERS.map(([name], index) => ({
      name: `a database ${name}`,
      env: { DATABASE_URL: urlAt(servers[index]?.port ?? 0) },
      code: 1,
      says: /./,
    })),
  ]
  return { starts, stop: async () => void (await Promise.all(servers.map((server) => server.stop()))) }
}
