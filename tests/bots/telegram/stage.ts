import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../../src/bots/telegram/pace.ts'
import {
  createTelegramBot,
  type TelegramBot,
  type TelegramParts,
} from '../../../src/bots/telegram/adapter.ts'
import type { ButtonTokens, Inbox, StoredUpdate, TokenButton } from '../../../src/bots/ports.ts'
import { help } from './commands.ts'
import type { Dispatcher, Invocation, Journal, Reply } from '../../../src/commands/kit/invocation.ts'
import { plain, type View } from '../../../src/commands/kit/view.ts'
import {
  startTelegramStandIn,
  type TelegramStandIn,
  type TelegramStandInOptions,
} from '../../support/telegram/telegram-stand-in.ts'

export const ANNA = { id: 501, firstName: 'Anna', languageCode: 'en' }
export const BORIS = { id: 502, firstName: 'Борис', languageCode: 'ru' }
export const GROUP = { id: -100_77, type: 'supergroup', title: 'Sales' } as const

export const userOf = ({ id, firstName, languageCode }: typeof ANNA) => ({
  id,
  is_bot: false,
  first_name: firstName,
  language_code: languageCode,
})

export const SECRET = 'a-webhook-secret-of-this-test'

export const words = (text: string): View => [{ kind: 'text', text: plain(text) }]

/** Time that passes only when somebody waits, so that a test of a minute takes none. */
export function jumpingClock(start = Date.UTC(2026, 10, 23, 11, 30)): Clock & { at: number } {
  const clock = {
    at: start,
    now: () => clock.at,
    async pause(ms: number, signal: AbortSignal) {
      clock.at += Math.max(ms, 0)
      await new Promise(setImmediate)
      signal.throwIfAborted()
    },
  }
  return clock
}

export type Entry = Readonly<{ level: string; facts: object; text: string }>

export function listeningJournal(): Journal & { entries: Entry[] } {
  const entries: Entry[] = []
  const at = (level: string) => (facts: object, text: string) => void entries.push({ level, facts, text })
  const journal = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
  const whole = { ...journal, entries, child: () => whole }
  return whole
}

/** As the database does it, with a switch for each way to fail. */
export function memoryInbox(): Inbox & {
  unfinished(): Promise<readonly StoredUpdate[]>
  rows: Map<string, StoredUpdate & { done: boolean; heldAt: number }>
  fail: FailingInbox
} {
  const rows = new Map<string, StoredUpdate & { done: boolean; heldAt: number }>()
  const fail: FailingInbox = { store: 0, storeAfterwards: 0, finish: 0, takeUp: 0 }
  return {
    rows,
    fail,
    async store(_platform, updates) {
      if (fail.store > 0) throw new Error(`store fails (${fail.store--})`)
      const fresh = updates.filter(({ key }) => !rows.has(key))
      for (const update of fresh) rows.set(update.key, { ...update, done: false, heldAt: Date.now() })
      if (fail.storeAfterwards > 0) throw new Error(`the answer is lost (${fail.storeAfterwards--})`)
      return fresh.map(({ key }) => key)
    },
    async keep(_platform, update) {
      if (!rows.get(update.key)?.done) rows.set(update.key, { ...update, done: false, heldAt: Date.now() })
    },
    unfinished: async () => [...rows.values()].filter(({ done }) => !done),
    async takeUp(_platform, which) {
      if (fail.takeUp > 0) throw new Error(`take up fails (${fail.takeUp--})`)
      const open = [...rows.values()].filter(({ done }) => !done)
      const wanted = which && 'keys' in which ? open.filter(({ key }) => which.keys.includes(key)) : open
      const before = Date.now() - (which && 'quietMs' in which ? which.quietMs : 0)
      const left = wanted.filter(({ heldAt }) => heldAt <= before)
      for (const row of left) rows.set(row.key, { ...row, heldAt: Date.now() })
      return left
    },
    async hold(_platform, keys) {
      for (const key of keys) {
        const row = rows.get(key)
        if (row) rows.set(key, { ...row, heldAt: Date.now() })
      }
    },
    async finish(_platform, keys) {
      if (fail.finish > 0) throw new Error(`finish fails (${fail.finish--})`)
      for (const key of keys) {
        const row = rows.get(key)
        if (row) row.done = true
      }
    },
  }
}

type FailingInbox = { store: number; storeAfterwards: number; finish: number; takeUp: number }

export function memoryTokens(): ButtonTokens & { saved: Map<string, TokenButton & { expiresAt: Date }> } {
  const saved = new Map<string, TokenButton & { expiresAt: Date }>()
  return {
    saved,
    async save(_platform, button, expiresAt) {
      const known = [...saved].find(
        ([, one]) => JSON.stringify({ ...one, expiresAt: 0 }) === JSON.stringify({ ...button, expiresAt: 0 }),
      )
      const token = known?.[0] ?? `token-${saved.size + 1}`
      saved.set(token, { ...button, expiresAt })
      return token
    },
    async find(_platform, token, now) {
      const found = saved.get(token)
      return found && found.expiresAt > now ? found : null
    },
  }
}

/** `failed`: the word about a failure that changed nothing. */
type Scripted = View | Reply['answer'] | Readonly<{ failed: View }>
export type Script = (invocation: Invocation) => Scripted | Promise<Scripted>

const READER = { language: 'en', timeZone: 'Europe/Moscow', currency: 'RUB' } as const

/** Answers as the script says and remembers what it was asked. */
function scriptedDispatcher(script: Script): Dispatcher & { heard: Invocation[] } {
  const heard: Invocation[] = []
  return {
    heard,
    async dispatch(invocation) {
      heard.push(invocation)
      const given = await script(invocation)
      const failed = 'failed' in given
      const said = failed ? given.failed : given
      const answer = 'kind' in said ? said : ({ kind: 'view', view: said } as const)
      return { updateId: 'upd-1', reader: { ...READER, ...invocation.hint }, answer, known: true, failed }
    },
    whoIs: async () => null,
    suggest: async () => ({ reader: READER, choices: [] }),
    turnedAway: async () => undefined,
    forget: async () => undefined,
  }
}

/** Repeats every line, so that a test sees what went where. */
export const echo: Script = ({ act }) =>
  words(
    act.kind === 'line'
      ? `heard ${act.text}`
      : act.kind === 'event'
        ? `${act.event} ${JSON.stringify(act.values)}`
        : `pressed ${act.command} ${JSON.stringify('args' in act ? act.args : act.values)}`,
  )

type StageOptions = Readonly<{
  script?: Script
  parts?: Partial<TelegramParts>
  standIn?: TelegramStandInOptions
  webhook?: boolean
  inbox?: ReturnType<typeof memoryInbox>
  start?: boolean
}>

export type Stage = Readonly<{
  telegram: TelegramStandIn
  bot: TelegramBot
  inbox: ReturnType<typeof memoryInbox>
  tokens: ReturnType<typeof memoryTokens>
  journal: ReturnType<typeof listeningJournal>
  dispatcher: ReturnType<typeof scriptedDispatcher>
  clock: ReturnType<typeof jumpingClock>
  /** What the adapter is made of, to make a second one that follows the first. */
  parts: TelegramParts
  /** Where the bot listens for webhooks. */
  address: string
}>

const open: (() => Promise<unknown>)[] = []

/** Ends everything that a test began, the latest first. */
export async function clearStage(): Promise<void> {
  for (const close of open.splice(0).toReversed()) await close()
}

export function onClear(close: () => Promise<unknown>): void {
  open.push(close)
}

export async function setStage(options: StageOptions = {}): Promise<Stage> {
  const clock = jumpingClock()
  const server = createServer((request, response) => void bot.handleWebhook(request, response))
  const address = `${await listen(server)}/telegram/webhook`
  onClear(() => closed(server))
  const telegram = await startTelegramStandIn({ now: clock.now, ...options.standIn })
  onClear(() => telegram.stop())

  const inbox = options.inbox ?? memoryInbox()
  const tokens = memoryTokens()
  const journal = listeningJournal()
  const dispatcher = scriptedDispatcher(options.script ?? echo)
  const config = { token: telegram.token, apiRoot: telegram.apiRoot }
  const parts: TelegramParts = {
    config: options.webhook ? { ...config, webhook: { url: address, secret: SECRET } } : config,
    dispatcher,
    inbox,
    tokens,
    journal,
    commands: [help],
    now: () => new Date(clock.at),
    clock,
    ...options.parts,
  }
  const bot = createTelegramBot(parts)
  onClear(() => bot.stop())
  if (options.start !== false) await bot.start()
  return { telegram, bot, inbox, tokens, journal, dispatcher, clock, parts, address }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function closed(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeAllConnections()
  return promise
}

/** A port of this machine where nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Asks again until it is so; the test's own time-out ends it. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate)
}

/** Waits until the update is confirmed to Telegram and worked off. */
export async function settled({ inbox, telegram }: Stage, updateId: number): Promise<void> {
  await telegram.waitForConfirmed(updateId)
  await until(() => inbox.rows.get(String(updateId))?.done === true)
}
