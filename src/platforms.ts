import { createSlackBot } from './bots/slack/slack-bot.ts'
import { createTelegramBot } from './bots/telegram/adapter.ts'
import type { Command } from './commands/kit/command.ts'
import type { Dispatcher, Journal } from './commands/kit/invocation.ts'
import type { Config } from './config.ts'
import { cards } from './db/cards.ts'
import type { Database } from './db/client.ts'
import { buttonTokens, inbox } from './db/inbox.ts'
import { newId } from './db/new-id.ts'
import { type Reached, watched } from './moments.ts'
import type { Reachable } from './routes.ts'

type BotParts = Readonly<{
  config: Config
  dispatcher: Dispatcher
  /** For chats that have no forms. */
  dialogues: Dispatcher
  journal: Journal
  commands: readonly Command[]
  database: Database
  telegramName: { current: string | null }
  now(): Date
  reached: Reached | undefined
}>

/** The bots that the settings ask for, each with the address that it is reached at. */
export function botsOf(parts: BotParts): Reachable[] {
  const { config, dispatcher, dialogues, journal, commands, now, database, telegramName, reached } = parts
  const bots: Reachable[] = []
  const updates = watched('inbox', inbox(database.prisma), reached)
  const copies = watched('cards', cards(database.prisma, newId), reached)
  if (config.slack) {
    const bot = createSlackBot({
      config: config.slack,
      defaults: config.defaults,
      dispatcher,
      cards: copies,
      inbox: updates,
      journal,
      commands,
      now,
    })
    bots.push({
      bot,
      platform: 'SLACK',
      path: '/slack/events',
      route: (request, response) => bot.handleRequest(request, response),
    })
  }
  if (config.telegram) {
    const bot = createTelegramBot({
      config: config.telegram,
      defaults: config.defaults,
      dispatcher: dialogues,
      inbox: updates,
      tokens: watched('tokens', buttonTokens(database.prisma), reached),
      cards: copies,
      journal,
      commands,
      now,
      onUsername: (name) => (telegramName.current = name),
    })
    bots.push({
      bot,
      platform: 'TELEGRAM',
      path: '/telegram/webhook',
      route: (request, response) => bot.handleWebhook(request, response),
    })
  }
  return bots
}
