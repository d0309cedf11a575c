// The least that anybody could do for Telegram: telegraf's webhook, a statement, one message.
import { createServer } from 'node:http'
import { Telegraf } from 'telegraf'
import { nameKey } from '../../src/domain/accounts/name-key.ts'
import { CARD_TEXT } from './blocks.ts'
import { openFloor } from './database.ts'
import { CARD } from './sql.ts'

const database = await openFloor()
const bot = new Telegraf(process.env['TELEGRAM_BOT_TOKEN'] ?? '', {
  telegram: { apiRoot: process.env['TELEGRAM_API_ROOT'] ?? '', webhookReply: false },
})
bot.botInfo = { id: 1, is_bot: true, first_name: 'floor', username: 'floor_bot' } as NonNullable<
  typeof bot.botInfo
>

bot.command('account', async (context) => {
  const who = ['TELEGRAM', '', String(context.from.id)]
  const card = await database.ask<{ facts: { name: string } }>('card', CARD, [
    ...who,
    nameKey(context.payload),
  ])
  await context.reply(`<b>${card?.facts.name ?? ''}</b>\n${CARD_TEXT}`, { parse_mode: 'HTML' })
})

// The way in that telegraf documents; the secret is compared in constant time by it, too.
const webhook = bot.webhookCallback('/telegram/webhook', {
  secretToken: process.env['TELEGRAM_WEBHOOK_SECRET'] ?? '',
})
createServer((request, response) => void webhook(request, response)).listen(
  Number(process.env['PORT']),
  '127.0.0.1',
  () => process.stdout.write(`ready on ${process.env['PORT']}\n`),
)
