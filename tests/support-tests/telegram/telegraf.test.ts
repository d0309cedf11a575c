import { Telegram, type TelegramError, Telegraf } from 'telegraf'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTelegramStandIn, type TelegramStandIn } from '../../support/telegram/telegram-stand-in.ts'
import { ANNA } from './api-client.ts'

let standIn: TelegramStandIn
let telegram: Telegram

beforeEach(async () => {
  standIn = await startTelegramStandIn()
  standIn.meet(ANNA)
  telegram = new Telegram(standIn.token, { apiRoot: standIn.apiRoot })
})

afterEach(() => standIn.stop())

describe('the real telegraf client', () => {
  test('talks to the stand-in in the words of the real API', async () => {
    expect(await telegram.getMe()).toMatchObject({ id: standIn.botId, username: standIn.botUsername })
    const reply_markup = { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] }
    const sent = await telegram.sendMessage(ANNA.id, '<b>hi</b>', { parse_mode: 'HTML', reply_markup })
    expect(sent).toMatchObject({ text: 'hi', chat: { id: ANNA.id } })
    await telegram.editMessageText(ANNA.id, sent.message_id, undefined, 'there')
    expect(standIn.lastMessage(ANNA.id)?.text).toBe('there')
    await telegram.setMyCommands([{ command: 'help', description: 'Help' }], { language_code: 'en' })
    expect(standIn.commands({ type: 'default' }, 'en')).toHaveLength(1)
    await telegram.sendChatAction(ANNA.id, 'typing')
    expect(standIn.chatActions).toHaveLength(1)
  })

  test('sends files as multipart and reads them back', async () => {
    const bytes = Buffer.from('deal;сумма\r\n\r\n--1;2')
    const file = { source: bytes, filename: 'deals.csv' }
    const sent = await telegram.sendDocument(ANNA.id, file, { caption: 'report' })
    expect(standIn.lastMessage(ANNA.id)).toMatchObject({ kind: 'document', text: 'report', file: { bytes } })
    const link = await telegram.getFileLink(sent.document.file_id)
    expect(Buffer.from(await (await fetch(link)).arrayBuffer())).toEqual(bytes)
    await telegram.sendPhoto(ANNA.id, sent.document.file_id)
    expect(standIn.lastMessage(ANNA.id)?.kind).toBe('photo')
  })

  test('reports errors with code, description and parameters', async () => {
    const failed = telegram.sendMessage(ANNA.id, 'a <b', { parse_mode: 'HTML' })
    await expect(failed).rejects.toMatchObject({
      code: 400,
      description: "Bad Request: can't parse entities: Unclosed start tag at byte offset 2",
    })
    standIn.failNext('sendMessage', { retryAfter: 7 })
    const error = await telegram.sendMessage(ANNA.id, 'x').catch((reason: TelegramError) => reason)
    expect(error).toMatchObject({ code: 429, parameters: { retry_after: 7 } })
  })

  test('leaks the token when the answer is not JSON', async () => {
    standIn.failNext('sendMessage', { status: 404, html: '<html>' })
    await expect(telegram.sendMessage(ANNA.id, 'x')).rejects.toThrow(standIn.token)
  })

  test('gives up a half-open call by its signal', async () => {
    standIn.failNext('getUpdates', { halfOpen: true })
    const signal = AbortSignal.timeout(30)
    // telegraf names the type of the abort-controller package, which is the same thing.
    const options = { signal } as unknown as Parameters<Telegram['callApi']>[2] & object
    const poll = telegram.callApi('getUpdates', { timeout: 50 }, options)
    await expect(poll).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('runs a whole bot by long polling', async () => {
    const bot = new Telegraf(standIn.token, { telegram: { apiRoot: standIn.apiRoot } })
    const ask = { reply_markup: { inline_keyboard: [[{ text: 'Sure', callback_data: 'sure' }]] } }
    bot.start((context) => context.reply('Really?', ask))
    bot.action('sure', async (context) => {
      await context.answerCbQuery('done')
      await context.editMessageText('Done')
    })
    const running = bot.launch()
    standIn.say(ANNA, '/start')
    await standIn.waitForMessage(ANNA.id, (message) => message.text === 'Really?')
    standIn.press(ANNA, 'Sure')
    await standIn.waitForMessage(ANNA.id, (message) => message.text === 'Done')
    expect(standIn.answersToCallbacks).toMatchObject([{ text: 'done' }])
    bot.stop()
    await running
    expect(standIn.refused).toEqual([])
  })
})
