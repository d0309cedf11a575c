import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Act, Invocation } from '../../src/commands/kit/invocation.ts'
import type { Database } from '../../src/db/client.ts'
import { newId } from '../../src/db/new-id.ts'
import { createCore, readReply } from '../support/core.ts'
import { emptyDatabase } from '../support/database.ts'
import { slackId, telegramId } from '../support/doors.ts'
import { figure, rounds } from '../support/figures.ts'
import { startTelegramStandIn, type TelegramStandIn } from '../support/telegram/telegram-stand-in.ts'
import { filled, isAbout, plainly, stateOf } from './cells.ts'
import type { Asked } from './doors.ts'
import { ROWS } from './table.ts'
import { openTargets, TARGETS } from './targets.ts'
import { openTelegram } from './telegram.ts'
import { layHouse, SECRETS } from './world.ts'

const HOME = 'T0HOME'
const ANNA = { slack: slackId('anna'), telegram: String(telegramId('anna')) }

let database: Database
let core: ReturnType<typeof createCore>

beforeAll(async () => {
  database = await emptyDatabase()
  await layHouse(database)
  core = createCore(database)
  const people = await database.prisma.user.findMany({ select: { id: true } })
  await database.prisma.identity.createMany({
    data: people.flatMap(({ id: userId }) => [
      { id: `t-${userId}`, userId, platform: 'TELEGRAM' as const, externalId: String(telegramId(userId)) },
      { id: `s-${userId}`, userId, platform: 'SLACK' as const, workspace: HOME, externalId: slackId(userId) },
    ]),
  })
})

type Identity = Invocation['identity']

/** Who is not Anna, however much of their identity is hers; and people who see other accounts. */
const IDENTITIES: readonly Identity[] = [
  { platform: 'SLACK', workspace: 'T0OTHER', externalId: ANNA.slack },
  { platform: 'SLACK', workspace: '', externalId: ANNA.slack },
  { platform: 'SLACK', workspace: HOME, externalId: ANNA.telegram },
  { platform: 'SLACK', workspace: HOME, externalId: ANNA.slack.toLowerCase() },
  { platform: 'SLACK', workspace: HOME, externalId: 'anna' },
  { platform: 'TELEGRAM', workspace: '', externalId: ANNA.slack },
  { platform: 'TELEGRAM', workspace: HOME, externalId: ANNA.telegram },
  { platform: 'TELEGRAM', workspace: '', externalId: `-100${ANNA.telegram}` },
  { platform: 'TELEGRAM', workspace: '', externalId: `${ANNA.telegram} ` },
  { platform: 'CONSOLE', workspace: '', externalId: ANNA.slack },
  { platform: 'CONSOLE', workspace: '', externalId: 'ANNA' },
  ...['vera', 'mona', 'ned'].flatMap((id): Identity[] => [
    { platform: 'SLACK', workspace: HOME, externalId: slackId(id) },
    { platform: 'TELEGRAM', workspace: '', externalId: String(telegramId(id)) },
    { platform: 'CONSOLE', workspace: '', externalId: id },
  ]),
]

/** Where Anna talks, and where two groups do. */
const CHATS = [ANNA.telegram, ANNA.slack, 'anna', 'C1', 'D0ANNA', '-1001', '-1002'] as const

const actOf = (asked: Asked): Act =>
  'line' in asked
    ? { kind: 'line', text: asked.line }
    : 'press' in asked
      ? { kind: 'press', command: asked.command, args: asked.press }
      : { kind: 'submit', command: asked.command, values: asked.form }

describe('H-07 calls with the ids of others', () => {
  it('read and change nothing of the account that they name', {
    timeout: rounds(60_000, 1_800_000),
  }, async () => {
    const targets = await openTargets(database)
    // One of each, as it stands in the talk of those whose it is; with a question open in Anna’s own chat.
    const laid = new Map<string, string>()
    for (const target of TARGETS) laid.set(target, await targets[target]())
    const about = ROWS.filter(({ by, isSilent }) => isAbout(by) && !isSilent)
    const asks = await Promise.all(about.map((row) => filled(row, async (target) => laid.get(target) ?? '')))
    const ofOthers = fc.constantFrom(...asks.filter((_, at) => about[at]?.cells.colleague !== 'yes'))
    const open = {
      kind: 'press',
      command: 'discount',
      args: { draft: laid.get('draft:discount') ?? '' },
    } as const
    const begun = await core.dialogues.dispatch({
      channel: 'telegram',
      identity: { platform: 'TELEGRAM', workspace: '', externalId: ANNA.telegram },
      key: newId(),
      chat: ANNA.telegram,
      audience: 'asker',
      act: open,
    })
    expect(readReply(begun)).toContain('Reason')
    const before = await stateOf(database, ['drafts'])
    let calls = 0
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...IDENTITIES),
        fc.constantFrom(...CHATS),
        fc.oneof(
          { arbitrary: ofOthers.map(actOf), weight: 20 },
          {
            arbitrary: fc.constant<Act>({
              kind: 'press',
              command: 'dialogue',
              args: { step: '0', do: 'skip' },
            }),
            weight: 1,
          },
        ),
        async (identity, chat, act) => {
          calls += 1
          const audience = 'asker'
          const reply = await core.dialogues.dispatch({
            channel: 'x',
            identity,
            key: newId(),
            chat,
            audience,
            act,
          })
          expect(plainly(readReply(reply))).not.toMatch(SECRETS)
        },
      ),
      { numRuns: rounds(120, 10_000) },
    )
    const owned = "owner_id <> 'anna'"
    await database.prisma.$executeRawUnsafe(`delete from drafts where ${owned}`)
    expect(await stateOf(database, ['drafts'])).toBe(before)
    figure(
      'H-07',
      `${calls} calls with swapped workspaces, accounts, chats and ids: 0 cross reads, nothing changed`,
    )
  })
})

/** What was stored is worked on: its payload goes then. */
async function isDone(): Promise<boolean> {
  const kept = await database.prisma.$queryRaw<unknown[]>`
    select key from inbound_updates where platform = 'TELEGRAM' and payload is not null`
  return kept.length === 0
}

describe('H-07 groups in Telegram', () => {
  let telegram: TelegramStandIn
  let close: () => Promise<void>

  beforeAll(async () => {
    telegram = await startTelegramStandIn({ privacy: false })
    close = await openTelegram(telegram, database, core)
  })
  afterAll(() => close())

  it('are told where to write, once, and nothing of any account, whoever writes or presses there', async () => {
    const groups = [-1001, -1002].map((id) => ({ id, type: 'supergroup' as const, title: `Group ${id}` }))
    const vera = { id: telegramId('vera'), firstName: 'Vera', languageCode: 'en' }
    const anna = { id: telegramId('anna'), firstName: 'Anna', languageCode: 'en' }
    for (const chat of groups) {
      telegram.say(anna, '/account Zanzibar Copper Works', { chat })
      expect((await telegram.waitForMessage(chat.id)).text).toContain('private chat')
      const said = [
        telegram.say(anna, 'Zanzibar Copper Works', { chat }),
        telegram.say(vera, `/account Qubricon`, { chat }),
        telegram.say(anna, `/start@${telegram.botUsername} ABCDEFGH23`, { chat }),
      ]
      const pressed = telegram.pressData(vera, 'account?id=copper', { chat })
      await telegram.waitForConfirmed(pressed.update)
      for (const { update } of said) await telegram.waitForConfirmed(update)
      await vi.waitUntil(isDone, { timeout: 20_000, interval: 5 })
      expect(telegram.messages(chat.id)).toHaveLength(1)
      expect(telegram.messages(chat.id)[0]?.text).not.toMatch(SECRETS)
    }
  })
})
