import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSlackBot } from '../../src/bots/slack/slack-bot.ts'
import { createConsole } from '../../src/bots/web/console.ts'
import { cards } from '../../src/db/cards.ts'
import type { Database } from '../../src/db/client.ts'
import { inbox } from '../../src/db/inbox.ts'
import { newId } from '../../src/db/new-id.ts'
import { personas } from '../../src/db/personas.ts'
import { createCore } from '../support/core.ts'
import { emailOf } from '../support/clients.ts'
import { slackId, telegramId } from '../support/doors.ts'
import { startSlackStandIn } from '../support/slack/slack-stand-in.ts'
import { startTelegramStandIn } from '../support/telegram/telegram-stand-in.ts'
import { consoleDoor } from './door-console.ts'
import { slackDoor } from './door-slack.ts'
import { telegramDoor } from './door-telegram.ts'
import { terminalDoor } from './door-terminal.ts'
import type { By } from './table.ts'
import { openTelegram } from './telegram.ts'

/** One way in. What comes back is all that the person reads, and null where there is no such way. */
export type Door = Readonly<{
  name: string
  tries(person: string, by: Asked): Promise<string | null>
}>

/** A cell with its targets filled in. */
export type Asked = By & Readonly<{ command: string }>

const HOST = '127.0.0.1:3000'

/** Every adapter over one core and one database, up to the strict stand-ins. */
export async function openDoors(database: Database) {
  const core = createCore(database)
  const { dispatcher, dialogues, commands, journal } = core
  const { prisma } = database
  const users = await prisma.user.findMany({ select: { id: true, email: true } })
  const slack = await startSlackStandIn({
    users: [...users.map(({ id, email }) => ({ id: slackId(id), email })), ...OUTSIDE],
    channels: [{ id: 'C1', name: 'sales' }],
  })
  const telegram = await startTelegramStandIn()
  await prisma.identity.createMany({
    data: users.flatMap(({ id }) => [
      { id: `tg-${id}`, userId: id, platform: 'TELEGRAM' as const, externalId: String(telegramId(id)) },
      {
        id: `sl-${id}`,
        userId: id,
        platform: 'SLACK' as const,
        workspace: slack.identity.teamId,
        externalId: slackId(id),
      },
    ]),
  })
  const { botToken, signingSecret } = slack.identity
  const shared = { journal, commands, cards: cards(prisma, newId) }
  const slackBot = createSlackBot({
    ...shared,
    config: { botToken, signingSecret, apiUrl: slack.apiUrl },
    dispatcher,
    inbox: inbox(prisma),
    now: () => new Date(),
  })
  const server = createServer((request, response) => void slackBot.handleRequest(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  slack.setTarget(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`)
  const closeTelegram = await openTelegram(telegram, database, core)
  const console = createConsole({
    ...shared,
    dispatcher,
    people: { personas: () => personas(prisma, 'en') },
    now: () => core.clock.now,
    newId,
    allowedHosts: [HOST],
  })
  await slackBot.start()
  const slackSide = slackDoor(slack)
  const doors: readonly Door[] = [
    slackSide,
    telegramDoor(telegram, database),
    consoleDoor(console, HOST),
    terminalDoor(dialogues),
  ]
  return {
    ...core,
    doors,
    slack,
    telegram,
    console,
    async close() {
      console.close()
      await Promise.all([slackBot.stop(), closeTelegram()])
      await new Promise((resolve) => server.close(resolve))
      await slack.stop()
    },
  }
}

export type Doors = Awaited<ReturnType<typeof openDoors>>

/** People of the workspace, or near it, whom nobody has added; their addresses would be right. */
const OUTSIDE = [
  { id: slackId('guest'), email: emailOf('vera'), is_email_confirmed: true, is_restricted: true },
  { id: slackId('foreign'), email: emailOf('vera'), team_id: 'T0OTHER', is_stranger: true },
  { id: slackId('bot'), email: emailOf('vera'), is_bot: true },
  { id: slackId('unknown'), email: 'nobody@example.com', is_email_confirmed: true },
]
