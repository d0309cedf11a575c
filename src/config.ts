import { join } from 'node:path'
import { z } from 'zod'
import { DEFAULT_MOST } from './domain/identity/allowance.ts'
import { isCurrency, isTimeZone } from './domain/identity/person.ts'
import { LANGUAGES } from './domain/shared/actor.ts'

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

const url = (protocols: string) => z.string().regex(new RegExp(`^(${protocols})://[^\\s/]+`))
const secret = (pattern: RegExp) => z.string().regex(pattern)

/** A password with a bare `#`, `/` or `%` makes another address of it: such signs are written as %23, %2F, %25. */
function isReadableUrl(text: string): boolean {
  try {
    const { password } = new URL(text)
    return decodeURIComponent(password) !== undefined
  } catch {
    return false
  }
}

/**
 * Every setting with what a right value looks like. The description is what an operator reads when the value is wrong;
 * the value itself is never repeated for a secret.
 */
export const SETTINGS = {
  DATABASE_URL: url('postgres|postgresql')
    .refine(isReadableUrl)
    .optional()
    .describe('postgres://user:password@host:5432/database, with signs in the password written as %23'),
  DATA_DIR: z.string().min(1).default('./data').describe('a folder that this process may write to'),
  HOST: z.string().min(1).default('127.0.0.1').describe('an address to listen on, such as 127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000).describe('a port from 0 to 65535'),
  SLACK_BOT_TOKEN: secret(/^xoxb-\S+$/)
    .optional()
    .describe('a bot token that begins with xoxb-'),
  SLACK_APP_TOKEN: secret(/^xapp-\S+$/)
    .optional()
    .describe('an app-level token that begins with xapp-'),
  SLACK_SIGNING_SECRET: secret(/^\S{8,}$/)
    .optional()
    .describe('the signing secret from “Basic Information”'),
  SLACK_API_URL: url('https?').default('https://slack.com/api/').describe('an https address'),
  TELEGRAM_BOT_TOKEN: secret(/^\d+:[\w-]{10,}$/)
    .optional()
    .describe('digits, a colon and letters, from @BotFather'),
  TELEGRAM_API_ROOT: url('https?').default('https://api.telegram.org').describe('an https address'),
  TELEGRAM_WEBHOOK_URL: url('https?').optional().describe('the public https address of /telegram/webhook'),
  TELEGRAM_WEBHOOK_SECRET: secret(/^[\w-]{16,256}$/)
    .optional()
    .describe('16 to 256 of A–Z a–z 0–9 _ -'),
  AUDIT_ANCHOR_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('a file that this process may append to, best on another disk'),
  CONSOLE: z.enum(['demo', 'off']).optional().describe('demo or off'),
  DEFAULT_LANGUAGE: z.enum(LANGUAGES).default('en').describe('en or ru'),
  DEFAULT_TIME_ZONE: z
    .string()
    .refine(isTimeZone)
    .default('UTC')
    .describe('an IANA time zone such as Europe/Moscow'),
  DEFAULT_CURRENCY: z.string().refine(isCurrency).default('EUR').describe('an ISO 4217 currency such as EUR'),
  MESSAGES_PER_PERSON: z.coerce
    .number()
    .int()
    .min(1)
    .default(DEFAULT_MOST)
    .describe('a number from 1 up, of messages within thirty seconds'),
  LOG_LEVEL: z.enum(LEVELS).default('info').describe(LEVELS.join(', ')),
} as const

type SettingName = keyof typeof SETTINGS

const SECRET: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'TELEGRAM_BOT_TOKEN',
  'TELEGRAM_WEBHOOK_SECRET',
])

export type Config = Readonly<{
  database: Readonly<{ url: string } | { folder: string }>
  host: string
  port: number
  slack: Readonly<{ botToken: string; appToken?: string; signingSecret?: string; apiUrl: string }> | null
  telegram: Readonly<{
    token: string
    apiRoot: string
    webhook?: Readonly<{ url: string; secret: string }>
  }> | null
  /** `null`: not said, so it is on only when there is no platform and no real data. */
  console: 'demo' | 'off' | null
  defaults: Readonly<{ language: 'en' | 'ru'; timeZone: string; currency: string }>
  /** How many messages of one person are answered within thirty seconds. */
  messagesPerPerson: number
  logLevel: (typeof LEVELS)[number]
  /** Where the end of the audit log is noted now and then, outside of the database; null for the log lines alone. */
  anchorFile: string | null
  /** What must never appear in a log line, whatever way it got there. */
  secrets: readonly string[]
}>

/** All mistakes at once, one line each: the name, what it got, what is right. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** Pure: the caller hands the environment in. An empty value counts as not set. */
export function loadConfig(env: Environment): Config {
  const given = Object.fromEntries(
    Object.keys(SETTINGS).map((name) => [name, env[name]?.trim() || undefined]),
  )
  const parsed = z.object(SETTINGS).safeParse(given)
  const problems = parsed.success
    ? missingCompanions(parsed.data)
    : parsed.error.issues.map((issue) => problemOf(issue, given))
  if (!parsed.success || problems.length > 0) throw new ConfigError([...new Set(problems)])
  return configOf(parsed.data)
}

type Values = z.infer<z.ZodObject<typeof SETTINGS>>

function problemOf(issue: z.core.$ZodIssue, given: Environment): string {
  const name = String(issue.path[0]) as SettingName
  const value = SECRET.has(name)
    ? `a value of ${given[name]?.length ?? 0} characters`
    : JSON.stringify(given[name])
  return `${name}: got ${value}, expected ${SETTINGS[name].description ?? 'another value'}`
}

/** Settings that are of no use alone. */
function missingCompanions(values: Values): string[] {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, TELEGRAM_BOT_TOKEN } = values
  const { TELEGRAM_WEBHOOK_URL, TELEGRAM_WEBHOOK_SECRET } = values
  const rules: readonly (readonly [boolean, string])[] = [
    [
      Boolean(SLACK_BOT_TOKEN) && !SLACK_APP_TOKEN && !SLACK_SIGNING_SECRET,
      'SLACK_BOT_TOKEN: got no way in, expected SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside it',
    ],
    [
      !SLACK_BOT_TOKEN && Boolean(SLACK_APP_TOKEN ?? SLACK_SIGNING_SECRET),
      'SLACK_BOT_TOKEN: got nothing, expected a bot token beside the other Slack settings',
    ],
    [
      Boolean(TELEGRAM_WEBHOOK_URL) !== Boolean(TELEGRAM_WEBHOOK_SECRET),
      'TELEGRAM_WEBHOOK_SECRET: got only one of the two, expected TELEGRAM_WEBHOOK_URL and TELEGRAM_WEBHOOK_SECRET together',
    ],
    [
      !TELEGRAM_BOT_TOKEN && Boolean(TELEGRAM_WEBHOOK_URL),
      'TELEGRAM_BOT_TOKEN: got nothing, expected a bot token beside the webhook settings',
    ],
  ]
  return rules.filter(([broken]) => broken).map(([, problem]) => problem)
}

function configOf(values: Values): Config {
  return {
    database: values.DATABASE_URL ? { url: values.DATABASE_URL } : { folder: values.DATA_DIR },
    host: values.HOST,
    port: values.PORT,
    slack: slackOf(values),
    telegram: telegramOf(values),
    console: values.CONSOLE ?? null,
    defaults: {
      language: values.DEFAULT_LANGUAGE,
      timeZone: values.DEFAULT_TIME_ZONE,
      currency: values.DEFAULT_CURRENCY,
    },
    messagesPerPerson: values.MESSAGES_PER_PERSON,
    logLevel: values.LOG_LEVEL,
    anchorFile:
      values.AUDIT_ANCHOR_FILE ?? (values.DATABASE_URL ? null : join(values.DATA_DIR, 'audit-anchors.txt')),
    secrets: secretsOf(values),
  }
}

function slackOf(values: Values): Config['slack'] {
  if (!values.SLACK_BOT_TOKEN) return null
  return {
    botToken: values.SLACK_BOT_TOKEN,
    ...(values.SLACK_APP_TOKEN ? { appToken: values.SLACK_APP_TOKEN } : {}),
    ...(values.SLACK_SIGNING_SECRET ? { signingSecret: values.SLACK_SIGNING_SECRET } : {}),
    apiUrl: values.SLACK_API_URL,
  }
}

function telegramOf(values: Values): Config['telegram'] {
  const {
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_WEBHOOK_URL: webhookUrl,
    TELEGRAM_WEBHOOK_SECRET: webhookSecret,
  } = values
  if (!token) return null
  const webhook = webhookUrl && webhookSecret ? { webhook: { url: webhookUrl, secret: webhookSecret } } : {}
  return { token, apiRoot: values.TELEGRAM_API_ROOT, ...webhook }
}

/**
 * The tokens, that half of Telegram's which alone is secret, and the passwords inside addresses, as they are written and
 * as they are meant.
 */
function secretsOf(values: Values): string[] {
  const tokens = [...SECRET]
    .filter((name) => name !== 'DATABASE_URL')
    .map((name) => values[name as SettingName])
  const { DATABASE_URL, SLACK_API_URL, TELEGRAM_API_ROOT, TELEGRAM_WEBHOOK_URL, TELEGRAM_BOT_TOKEN } = values
  const passwords = [DATABASE_URL, SLACK_API_URL, TELEGRAM_API_ROOT, TELEGRAM_WEBHOOK_URL].flatMap(
    (address) => {
      if (!address || !URL.canParse(address)) return []
      const { password, searchParams } = new URL(address)
      return [password, searchParams.get('password') ?? '']
    },
  )
  return [...tokens, TELEGRAM_BOT_TOKEN?.split(':')[1], ...passwords, ...passwords.map(decoded)].filter(
    (value): value is string => typeof value === 'string' && value.length > 3,
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
