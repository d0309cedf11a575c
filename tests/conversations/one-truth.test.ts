import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { History } from '../../src/bots/web/protocol.ts'
import { plain, type View } from '../../src/commands/kit/view.ts'
import type { Database } from '../../src/db/client.ts'
import type { Words } from '../../src/jobs/delivery-parts.ts'
import { plan, testWords } from '../jobs/stage.ts'
import { addClients, addTeam, NOW } from '../support/clients.ts'
import { addRequest, moveTo } from '../support/copies.ts'
import { emptyDatabase } from '../support/database.ts'
import { type House, linkTelegram, openHouse, slackId, telegramId } from '../support/doors.ts'

const ASKED = 'May Acme have 12 %?'
const OUTCOME = 'Granted by Dana'
/** A tick and an edit: about two seconds, five were promised. The limit is there to end what hangs, not to measure. */
const LIMIT_MS = 20_000

const asked: View = [
  { kind: 'text', text: plain(ASKED) },
  { kind: 'buttons', buttons: [{ label: plain('Approve'), command: 'account', args: { id: 'acme' } }] },
]

/** The first version asks, every later one is the outcome. */
const words: Words = {
  ...testWords().words,
  composeAll: async (_context, batch) => new Map(batch.map(({ notice }) => [notice.id, asked])),
  composeCard: async (_context, { subject }) => {
    const { version } = await database.prisma.discountRequest.findUniqueOrThrow({ where: { id: subject } })
    return { version, view: version === 1 ? asked : [{ kind: 'text', text: plain(OUTCOME) }] }
  },
}

let database: Database
let house: House

beforeAll(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  await linkTelegram(database)
  await database.prisma.user.update({ where: { id: 'max' }, data: { preferredChat: 'SLACK' } })
  await database.prisma.user.update({ where: { id: 'boris' }, data: { preferredChat: 'TELEGRAM' } })
  await database.prisma.identity.deleteMany({ where: { userId: 'vera' } })
  house = await openHouse(database, NOW, { jobs: { tickMs: 1_000 }, words })
  await house.slack.directMessage(slackId('max'), 'hello')
  await vi.waitUntil(() => house.slack.answersTo(slackId('max')).length > 0, 20_000)
  house.telegram.say({ id: telegramId('boris'), firstName: 'boris', languageCode: 'en' }, 'hello')
  await house.telegram.waitForMessage(telegramId('boris'))
})
afterAll(() => house.close())

const inSlack = () => house.slack.answersTo(slackId('max')).at(-1)
const inTelegram = () => house.telegram.lastMessage(telegramId('boris'))

/** The first event of a stream tells everything that is in the thread. */
async function atConsole(): Promise<string> {
  const leaving = new AbortController()
  const response = await fetch(`${house.address}/api/stream?as=vera`, { signal: leaving.signal })
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.includes('\n\n')) break
  }
  leaving.abort()
  const data = /^data: (.*)$/m.exec(text)?.[1] ?? '{"threads":{}}'
  const { threads } = JSON.parse(data) as History
  return JSON.stringify(threads['vera']?.at(-1)?.card ?? null)
}

it('a card in Slack, Telegram and at the console becomes the outcome everywhere by itself, and has no buttons any more', async () => {
  await addRequest(database, 'q1')
  const notices = ['max', 'boris', 'vera'].map((personId) => ({
    key: `approval:q1:${personId}`,
    personId,
    kind: 'approval' as const,
    subject: 'q1',
    number: 1,
    dueAt: NOW,
  }))
  await plan(database, ...notices)
  await vi.waitFor(async () => {
    expect(inSlack()?.shown).toContain(ASKED)
    expect(inTelegram()?.text).toContain(ASKED)
    expect(await atConsole()).toContain(ASKED)
  }, 40_000)
  await vi.waitFor(async () => {
    const sent = await database.prisma.notice.count({ where: { kind: 'approval', state: 'SENT' } })
    expect(sent).toBe(3)
  }, 20_000)
  const pushed = inSlack()?.ts

  await moveTo(database, 'q1', 2, new Date())
  await vi.waitFor(
    async () => {
      expect(inSlack()).toMatchObject({ via: 'chat.update', replaces: pushed, shown: OUTCOME })
      expect(inTelegram()).toMatchObject({ text: OUTCOME, keyboard: [] })
      expect(await atConsole()).toContain(OUTCOME)
    },
    { timeout: LIMIT_MS, interval: 50 },
  )
  expect(await atConsole()).not.toContain('buttons')
  expect(house.slack.problems).toEqual([])
  expect(house.telegram.rateViolations).toEqual([])
})
