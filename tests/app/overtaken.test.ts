import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { loadConfig } from '../../src/config.ts'
import type { Database } from '../../src/db/client.ts'
import { addClients, addTeam, emailOf } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { figure, rounds } from '../support/figures.ts'
import { noteJournal } from '../support/journal.ts'
import { type SlackStandIn, startSlackStandIn } from '../support/slack/slack-stand-in.ts'

const ANNA = 'U0ANNA'

let database: Database
let app: App
let slack: SlackStandIn

beforeAll(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  slack = await startSlackStandIn({ users: [{ id: ANNA, email: emailOf('anna') }] })
  const { botToken, signingSecret } = slack.identity
  const config = loadConfig({
    PORT: '0',
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: slack.apiUrl,
  })
  const journal = noteJournal()
  app = await createApp(config, { database: { ...database, close: async () => undefined }, journal })
  slack.setTarget(`${(await app.start()).address}/slack/events`)
})

afterAll(async () => {
  await app.stop()
  await slack.stop()
})

function ordersOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length <= 1) return [items]
  return items.flatMap((item, at) => ordersOf(items.toSpliced(at, 1)).map((rest) => [item, ...rest]))
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** A direct message of a while ago, and its edit of just now. */
function editedMessage(number: number, agoMs: number, [before, after]: readonly [string, string]) {
  const channel = slack.directory.directMessage(ANNA).id
  const tsOf = (at: number) => `${Math.floor(at / 1_000)}.${String(number).padStart(6, '0')}`
  const ts = tsOf(Date.now() - agoMs)
  const edited = { user: ANNA, ts: tsOf(Date.now()) }
  return [
    { type: 'message', channel, channel_type: 'im', user: ANNA, text: before, ts },
    {
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      channel,
      channel_type: 'im',
      message: { type: 'message', user: ANNA, ts, text: after, edited },
      previous_message: { type: 'message', user: ANNA, ts, text: before },
    },
  ]
}

/** What Slack may tell of one message, each by an event of its own, with words by which its meeting is found. */
function eventsAbout(number: number) {
  const said = (words: string) => `/meeting acme yesterday discussed ${words} lot${number}z`
  const member = { user: ANNA, channel: 'C1', channel_type: 'C' }
  return [
    ...editedMessage(number, MINUTE_MS, [said('prices'), said('terms')]),
    { type: 'member_joined_channel', ...member },
    { type: 'member_left_channel', ...member },
  ]
}

/** What Slack has an acknowledgement for and is not done yet. */
const underWay = async (): Promise<number> => {
  const rows = await database.prisma.inboundUpdate.findMany({ select: { payload: true } })
  return rows.filter(({ payload }) => payload !== null).length
}

const meetingsAbout = (number: number) =>
  database.prisma.meeting.findMany({
    where: { notes: { contains: `lot${number}z` } },
    select: { notes: true },
  })

describe('A-07 what Slack tells of a message in another order than it happened', () => {
  it('ends in one meeting with the newest words, in every order', async () => {
    const orders = ordersOf([0, 1, 2, 3])
    for (const [number, order] of orders.entries()) {
      const events = eventsAbout(number)
      for (const at of order) {
        const event = events[at]
        const delivered = event && (await slack.event(event))
        expect(delivered?.status).toBe(200)
        await vi.waitFor(async () => expect(await underWay()).toBe(0), 20_000)
      }
      await vi.waitFor(
        async () => expect(await meetingsAbout(number)).toEqual([{ notes: `discussed terms lot${number}z` }]),
        20_000,
      )
    }
    figure('A-07', `${orders.length} orders of four events: each ends in one meeting with the newest words`)
  })

  it('ends the same when both come in the same moment', async () => {
    const numbers = Array.from({ length: rounds(25, 200) }, (_, at) => 100 + at)
    for (const number of numbers) {
      const [message = {}, edit = {}] = eventsAbout(number)
      await Promise.all((number % 2 === 0 ? [message, edit] : [edit, message]).map((one) => slack.event(one)))
      await vi.waitFor(async () => expect(await underWay()).toBe(0), 20_000)
      expect([number, await meetingsAbout(number)]).toEqual([
        number,
        [{ notes: `discussed terms lot${number}z` }],
      ])
    }
    figure('A-07', `a message and its edit in the same moment, ${numbers.length} times: the newest words`)
  })
})

describe('what is edited days after it was written', () => {
  it('is read as on the day it was written', async () => {
    const said = (hour: number) => `/meeting acme yesterday at ${hour}:00 discussed prices lot900z`
    const [message = {}, edit = {}] = editedMessage(900, 3 * DAY_MS, [said(15), said(16)])
    const startOf = async () => {
      const where = { notes: { contains: 'lot900z' } }
      return (await database.prisma.meeting.findFirst({ where }))?.startsAt?.getTime()
    }
    await slack.event(message)
    await expect.poll(startOf, { timeout: 20_000 }).toBeDefined()
    const before = Number(await startOf())
    await slack.event(edit)
    await expect.poll(startOf, { timeout: 20_000 }).not.toBe(before)
    expect(await startOf()).toBe(before + 60 * MINUTE_MS)
  })
})
