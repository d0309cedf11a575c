import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { loadConfig } from '../../src/config.ts'
import { cleanUp } from '../../src/db/clean-up.ts'
import type { Database } from '../../src/db/client.ts'
import { addClients, addTeam, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { linkTelegram, slackId, telegramId } from '../support/doors.ts'
import { figure, rounds } from '../support/figures.ts'
import { noteJournal } from '../support/journal.ts'
import { type SlackStandIn, startSlackStandIn } from '../support/slack/slack-stand-in.ts'
import { startTelegramStandIn, type TelegramStandIn } from '../support/telegram/telegram-stand-in.ts'

const SECRET = 'a-secret-of-the-webhook'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const ANNA = { id: telegramId('anna'), firstName: 'Anna', languageCode: 'en' }

let database: Database
let slack: SlackStandIn
let telegram: TelegramStandIn
let journal: ReturnType<typeof noteJournal>
const running: { app: App; address: string }[] = []

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  await linkTelegram(database)
  // Bolt reads the clock itself when it checks a signature.
  vi.useFakeTimers({ now: NOW, toFake: ['Date'], shouldAdvanceTime: true })
  journal = noteJournal()
  slack = await startSlackStandIn({
    users: ['anna', 'boris'].map((id) => ({ id: slackId(id), email: `${id}@example.com` })),
  })
  telegram = await startTelegramStandIn()
})
afterEach(async () => {
  vi.useRealTimers()
  await Promise.all(running.splice(0).map(({ app }) => app.stop()))
  await Promise.all([slack.stop(), telegram.stop()])
})

/** One process of several on this database, behind both platforms. */
async function startOne(): Promise<string> {
  const config = loadConfig({
    PORT: '0',
    CONSOLE: 'off',
    SLACK_BOT_TOKEN: slack.identity.botToken,
    SLACK_SIGNING_SECRET: slack.identity.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    TELEGRAM_WEBHOOK_URL: 'https://bot.example.com/telegram/webhook',
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    // One person stands for a hundred.
    MESSAGES_PER_PERSON: '1000',
  })
  const shared = { ...database, close: async () => undefined }
  const app = await createApp(config, { database: shared, journal, jobs: 'off' })
  const { address } = await app.start()
  running.push({ app, address })
  slack.setTarget(`${address}/slack/events`)
  return address
}

let told = 0
let channel = ''
/** A new direct message that changes something, as Slack tells of it. */
function promise() {
  told += 1
  const ts = `${Math.floor(NOW.getTime() / 1_000)}.${String(told).padStart(6, '0')}`
  const text = `/followup acme 27.11.2026 10:00 promise ${told}`
  const event = { type: 'message', channel_type: 'im', user: slackId('anna'), text, ts, event_ts: ts }
  return { event: { ...event, channel }, eventId: `Ev${told}` }
}

/** Anna is known, and her channel too. */
async function meetAnna(): Promise<void> {
  await slack.directMessage(slackId('anna'), '/followups')
  await vi.waitUntil(() => slack.answersTo(slackId('anna')).length > 0, 20_000)
  const row = await database.prisma.inboundUpdate.findFirstOrThrow({ where: { platform: 'SLACK' } })
  channel = row.chat
}

type Told = ReturnType<typeof promise>
const deliver = ({ event, eventId }: Told, num = 0) =>
  slack.event(event, { eventId, ...(num > 0 ? { retry: { num, reason: 'http_timeout' } } : {}) })

/** All that was taken is worked off; then how many promises there are, and entries of the log about them. */
async function settled(): Promise<readonly [number, number]> {
  await vi.waitFor(async () => {
    const { prisma } = database
    const open = await prisma.$queryRaw<unknown[]>`select 1 from inbound_updates where payload is not null`
    expect(open).toEqual([])
  }, 20_000)
  return [
    await database.prisma.followUp.count(),
    await database.prisma.auditEntry.count({ where: { action: 'followup.add' } }),
  ]
}

describe('an event of Slack', () => {
  it('A-03 that comes four times within five minutes is done once, and confirmed each time', async () => {
    await startOne()
    await meetAnna()
    const one = promise()
    const statuses: number[] = []
    for (const [num, after] of [0, 1_000, MINUTE, 5 * MINUTE].entries()) {
      vi.setSystemTime(NOW.getTime() + after)
      statuses.push((await deliver(one, num)).status)
      expect(await settled()).toEqual([1, 1])
    }
    expect(statuses).toEqual([200, 200, 200, 200])
    figure('A-03', '4 deliveries, 4 × 200, 1 effect')
  })

  it('A-04 that comes again after an hour, a day and nearly two is done once, though old keys are cleaned up', async () => {
    await startOne()
    await meetAnna()
    const one = promise()
    for (const after of [0, HOUR, 24 * HOUR, 48 * HOUR]) {
      const now = new Date(NOW.getTime() + after)
      vi.setSystemTime(now)
      await cleanUp(database.prisma, now)
      expect((await deliver(one, after === 0 ? 0 : 1)).status).toBe(200)
      expect(await settled()).toEqual([1, 1])
    }
    figure('A-04', 'known after 1, 24 and 48 hours: 1 effect')
  })

  it('A-05 that two processes get at the same moment is done once', async () => {
    const [first, second] = [await startOne(), await startOne()]
    await meetAnna()
    const count = rounds(10, 100)
    for (let round = 1; round <= count; round += 1) {
      const one = promise()
      slack.setTarget(`${first}/slack/events`)
      const here = deliver(one)
      slack.setTarget(`${second}/slack/events`)
      const there = deliver(one)
      expect((await Promise.all([here, there])).map(({ status }) => status)).toEqual([200, 200])
      expect(await settled()).toEqual([round, round])
    }
    figure('A-05', `${count} rounds, 1 effect each`)
  }, 600_000)

  it.each([1, 2, 3])('A-06 of which the %i. repetition is the first to arrive is done', async (num) => {
    await startOne()
    await meetAnna()
    expect((await deliver(promise(), num)).status).toBe(200)
    expect(await settled()).toEqual([1, 1])
  })
})

describe('an update of Telegram', () => {
  const post = (address: string, update: object) =>
    fetch(`${address}/telegram/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET },
      body: JSON.stringify(update),
    })
  const from = { id: ANNA.id, is_bot: false, first_name: 'Anna', language_code: 'en' }
  const chat = { id: ANNA.id, type: 'private' }
  const message = (id: number, text: string) => ({
    update_id: id,
    message: { message_id: id, date: Math.floor(NOW.getTime() / 1_000), from, chat, text },
  })

  it('C-11 that comes twice at the same moment, also to two processes, is done once', async () => {
    const addresses = [await startOne(), await startOne()]
    telegram.meet(ANNA)
    const count = rounds(10, 100)
    for (let round = 1; round <= count; round += 1) {
      const update = message(1_000 + round, `/followup acme 27.11.2026 10:00 promise ${round}`)
      const answers = await Promise.all([...addresses, ...addresses].map((address) => post(address, update)))
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      expect(await settled()).toEqual([round, round])
    }
    figure('C-11', `${count} rounds of 4 deliveries to 2 processes, 1 effect each`)
  }, 600_000)

  it.each([
    ['the press first', true],
    ['the line first', false],
  ])('C-14 beside another of the same chat leads to the same: %s', async (_name, isPressFirst) => {
    const address = await startOne()
    telegram.meet(ANNA)
    await post(address, message(1, '/followup acme 27.11.2026 10:00 send the quote'))
    await settled()
    const card = await telegram.waitForMessage(ANNA.id)
    const undo = card.keyboard.flat().find(({ text }) => text === 'Undo')
    const data = undo?.callback_data
    expect(data).toBeTruthy()
    const pressed = {
      update_id: isPressFirst ? 2 : 3,
      callback_query: {
        id: '77',
        from,
        chat_instance: '1',
        data,
        message: { message_id: card.messageId, date: 1, chat, text: 'card' },
      },
    }
    const line = message(isPressFirst ? 3 : 2, '/followup acme 30.11.2026 10:00 call them')
    for (const update of isPressFirst ? [pressed, line] : [line, pressed]) await post(address, update)
    await settled()
    // What was pressed is undone and what was said is kept, whichever came first.
    const rows = await database.prisma.followUp.findMany()
    expect(rows.map(({ what, status }) => [what, status])).toEqual([['call them', 'OPEN']])
  })
})
