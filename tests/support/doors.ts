import { randomUUID } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { vi } from 'vitest'
import { type App, createApp, type Overrides } from '../../src/app.ts'
import { createTerminal } from '../../src/bots/terminal/adapter.ts'
import type { Exchange } from '../../src/bots/web/protocol.ts'
import { loadConfig } from '../../src/config.ts'
import type { Database } from '../../src/db/client.ts'
import { newId } from '../../src/db/new-id.ts'
import { NOW } from './clients.ts'
import { noteJournal } from './journal.ts'
import { type SlackStandIn, startSlackStandIn } from './slack/slack-stand-in.ts'
import { startTelegramStandIn, type TelegramStandIn } from './telegram/telegram-stand-in.ts'

/** One way in, with a person behind it. Both acts return everything the person reads in answer. */
export type Door = Readonly<{
  name: string
  says(person: string, line: string): Promise<string>
  presses(person: string, label: string): Promise<string>
}>

export type House = Readonly<{
  doors: readonly Door[]
  app: App
  address: string
  slack: SlackStandIn
  telegram: TelegramStandIn
  journal: ReturnType<typeof noteJournal>
  /** The same platforms and database, another process. */
  restart(): Promise<House>
  close(): Promise<void>
}>

/** What was heard on one line: each platform breaks lines and spaces figures in its own way. */
export const flat = (text: string): string => text.replaceAll(/\s+/gu, ' ')

/** Anybody's id becomes one of each platform, always the same. */
export const slackId = (person: string) => `U0${person.toUpperCase()}`
export const telegramId = (person: string) =>
  500 + [...person].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000, 7)

/** The whole program with every door open: the real wire of each platform up to a strict stand-in for it. */
export async function openHouse(database: Database, now = NOW, overrides: Given = {}): Promise<House> {
  // Bolt reads the clock itself when it checks a signature, so the whole process lives on that day.
  vi.useFakeTimers({ now, toFake: ['Date'], shouldAdvanceTime: true })
  const slack = await startSlackStandIn({
    users: (await people(database)).map(({ id, email }) => ({ id: slackId(id), email })),
    channels: [{ id: 'C1', name: 'sales' }],
  })
  return enter(database, { slack, telegram: await startTelegramStandIn() }, overrides)
}

type Platforms = Pick<House, 'slack' | 'telegram'>
type Given = Pick<Overrides, 'jobs' | 'words'>

async function enter(database: Database, platforms: Platforms, overrides: Given): Promise<House> {
  const { slack, telegram } = platforms
  const journal = noteJournal()
  const config = loadConfig({
    PORT: '0',
    CONSOLE: 'demo',
    DEFAULT_TIME_ZONE: 'Europe/Moscow',
    SLACK_BOT_TOKEN: slack.identity.botToken,
    SLACK_SIGNING_SECRET: slack.identity.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
  })
  const shared = { ...database, close: async () => undefined }
  // The time of a test is none of the database’s.
  const now = () => new Date()
  const app = await createApp(config, { now, ...overrides, database: shared, journal })
  const { address } = await app.start()
  slack.setTarget(`${address}/slack/events`)
  return {
    doors: [slackDoor(slack), telegramDoor(telegram), consoleDoor(address), terminalDoor(app)],
    app,
    address,
    slack,
    telegram,
    journal,
    async restart() {
      await app.stop()
      return enter(database, platforms, overrides)
    },
    async close() {
      vi.useRealTimers()
      await app.stop()
      await Promise.all([slack.stop(), telegram.stop()])
    },
  }
}

const people = ({ prisma }: Database) => prisma.user.findMany({ select: { id: true, email: true } })

/** Telegram accounts are linked beforehand; Slack links itself by e-mail. */
export async function linkTelegram(database: Database): Promise<void> {
  const data = (await people(database)).map(({ id }) => ({
    id: `tg-${id}`,
    userId: id,
    platform: 'TELEGRAM' as const,
    externalId: String(telegramId(id)),
  }))
  await database.prisma.identity.createMany({ data })
}

function slackDoor(slack: SlackStandIn): Door {
  const heard = async (user: string, act: () => Promise<unknown>) => {
    const before = slack.answersTo(user).map(({ shown }) => shown)
    await act()
    // After a late acknowledgement the answer comes by the response_url.
    return vi.waitFor(() => {
      const now = slack.answersTo(user)
      const last = now.at(-1)
      const isSame = now.length === before.length && last?.shown === before.at(-1)
      if (!last || isSame || isWorking(last.shown)) throw new Error('no answer yet')
      return last.shown
    }, 30_000)
  }
  return {
    name: 'Slack',
    says(person, line) {
      const user = slackId(person)
      const [, command, text = ''] = /^(\/\S+)\s*(.*)$/s.exec(line) ?? []
      return heard(user, () =>
        command
          ? slack.command({ command, text, user, channel: 'C1' })
          : slack.directMessage(user, asSlackSends(line)),
      )
    },
    presses: (person, label) => heard(slackId(person), () => slack.press({ label, user: slackId(person) })),
  }
}

/** The word that the answer takes a moment, on a machine that is busy. */
const isWorking = (shown: string) => /^(One moment|Минутку, собираю ответ.)/.test(shown)

/** What a person types arrives escaped; only Slack's own tokens come in angle brackets. */
const asSlackSends = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function telegramDoor(telegram: TelegramStandIn): Door {
  const person = (id: string) => ({ id: telegramId(id), firstName: id, languageCode: 'en' })
  return {
    name: 'Telegram',
    async says(id, line) {
      telegram.say(person(id), line)
      return (await telegram.waitForMessage(telegramId(id))).text
    },
    async presses(id, label) {
      telegram.press(telegramId(id), label)
      return (await telegram.waitForMessage(telegramId(id))).text
    },
  }
}

function consoleDoor(address: string): Door {
  const lastExchange = new Map<string, Exchange>()
  const post = async (person: string, act: object, on?: string) => {
    const response = await fetch(`${address}/api/people/${person}/acts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: address },
      body: JSON.stringify({ key: randomUUID(), act, ...(on ? { on } : {}) }),
    })
    const exchange = (await response.json()) as Exchange
    lastExchange.set(person, exchange)
    return wordsOf(exchange)
  }
  return {
    name: 'the console',
    says: (person, text) => post(person, { kind: 'line', text }),
    presses(person, label) {
      const exchange = lastExchange.get(person)
      const button = blocksOf(exchange)
        .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
        .find((one) => one.label === label)
      if (!button) throw new Error(`the console shows no button “${label}”`)
      return post(person, { kind: 'press', command: button.command, args: button.args }, exchange?.id)
    },
  }
}

const blocksOf = (exchange: Exchange | undefined) =>
  exchange?.card?.kind === 'view' ? exchange.card.blocks : []

/** Every string of a card, in order: what the page puts on the screen. */
function wordsOf(exchange: Exchange): string {
  const words: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') words.push(value)
    else if (Array.isArray(value)) value.forEach(walk)
    else if (value && typeof value === 'object') Object.values(value).forEach(walk)
  }
  walk(exchange.card)
  return words.join('\n')
}

function terminalDoor(app: App): Door {
  const talks = new Map<string, ReturnType<typeof openTalk>>()
  const talk = (person: string) => {
    const open = talks.get(person) ?? openTalk(app, person)
    talks.set(person, open)
    return open
  }
  return {
    name: 'the terminal',
    says: (person, line) => talk(person).type(line),
    presses(person, label) {
      const number = new RegExp(`\\[(\\d+)\\] ${label.replaceAll(/[^\p{L}\d ]/gu, '.')}`, 'u').exec(
        talk(person).last(),
      )?.[1]
      if (!number) throw new Error(`the terminal offers no “${label}” in: ${talk(person).last()}`)
      return talk(person).type(number)
    },
  }
}

function openTalk(app: App, persona: string) {
  const input = new PassThrough()
  const output = new PassThrough()
  let written = ''
  let last = ''
  output.on('data', (chunk: Buffer) => (written += chunk.toString()))
  const terminal = createTerminal({
    dispatcher: app.dialogues,
    persona,
    input,
    output,
    now: () => NOW,
    newId,
    columns: 100,
  })
  void terminal.run()
  /** Whatever was said before is complete when the prompt is back. */
  const prompted = () => vi.waitUntil(() => written.endsWith('› '), 30_000)
  return {
    last: () => last,
    async type(line: string) {
      await prompted()
      written = ''
      input.write(`${line}\n`)
      await prompted()
      last = written
      return last
    },
  }
}
