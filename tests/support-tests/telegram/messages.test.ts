import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTelegramStandIn, type TelegramStandIn } from '../../support/telegram/telegram-stand-in.ts'
import { ANNA, callApi } from './api-client.ts'

const GROUP = { id: -100500, type: 'supergroup', title: 'Sales' } as const
const KEYBOARD = {
  inline_keyboard: [
    [
      { text: 'Yes', callback_data: 'y' },
      { text: 'Site', url: 'https://a.ru' },
    ],
  ],
}

let standIn: TelegramStandIn
let clock = 1_000_000_000_000

beforeEach(async () => {
  clock = 1_000_000_000_000
  standIn = await startTelegramStandIn({ now: () => clock })
  standIn.meet(ANNA)
})

afterEach(() => standIn.stop())

const send = (text: string, more: Record<string, unknown> = {}) =>
  callApi(standIn, 'sendMessage', { chat_id: ANNA.id, text, ...more })

async function sendId(text: string, more: Record<string, unknown> = {}): Promise<number> {
  return ((await send(text, more)).result as { message_id: number }).message_id
}

const edit = (method: string, messageId: number, more: Record<string, unknown>) =>
  callApi(standIn, method, { chat_id: ANNA.id, message_id: messageId, ...more })

describe('a message of the bot', () => {
  test('is kept as plain text, as source and with its keyboard', async () => {
    await send('<b>1 &lt; 2</b>', { parse_mode: 'HTML', reply_markup: KEYBOARD })
    expect(standIn.lastMessage(ANNA.id)).toMatchObject({
      text: '1 < 2',
      html: '<b>1 &lt; 2</b>',
      entities: [{ type: 'bold', offset: 0, length: 5 }],
      keyboard: KEYBOARD.inline_keyboard,
      date: 1_000_000_000,
    })
  })

  test('keeps its edits, and loses its keyboard by an edit without one', async () => {
    const id = await sendId('one', { reply_markup: KEYBOARD })
    expect((await edit('editMessageText', id, { text: 'two' })).ok).toBe(true)
    const message = standIn.lastMessage(ANNA.id)
    expect(message).toMatchObject({ text: 'two', keyboard: [] })
    expect(message?.edits.map((change) => change.text)).toEqual(['two'])
    expect((await edit('editMessageText', id, { text: 'three', reply_markup: KEYBOARD })).ok).toBe(true)
  })

  test('is not modified by the same content', async () => {
    const id = await sendId('<b>one</b>', { parse_mode: 'HTML', reply_markup: KEYBOARD })
    const same = { text: '<strong>one</strong>', parse_mode: 'HTML', reply_markup: KEYBOARD }
    const reply = await edit('editMessageText', id, same)
    expect(reply.description).toContain('Bad Request: message is not modified')
    const keys = await edit('editMessageReplyMarkup', id, { reply_markup: KEYBOARD })
    expect(keys.description).toContain('message is not modified')
    expect(standIn.refused).toEqual([])
  })

  test('cannot be edited when it is gone, never was, or is not the bot’s', async () => {
    const id = await sendId('one')
    const said = standIn.say(ANNA, 'mine')
    await edit('deleteMessage', id, {})
    const gone = await edit('editMessageText', id, { text: 'two' })
    expect(gone.description).toBe('Bad Request: message to edit not found')
    expect((await edit('editMessageText', 999, { text: 'x' })).description).toContain('to edit not found')
    const foreign = await edit('editMessageText', said.messageId, { text: 'x' })
    expect(foreign.description).toBe("Bad Request: message can't be edited")
    expect(standIn.messages(ANNA.id)).toEqual([])
    expect(standIn.messages(ANNA.id, { withDeleted: true })).toHaveLength(1)
  })

  test('with a reply keyboard can never be edited', async () => {
    const id = await sendId('one', { reply_markup: { force_reply: true } })
    const reply = await edit('editMessageText', id, { text: 'two' })
    expect(reply.description).toBe("Bad Request: message can't be edited")
  })

  test('cannot be deleted twice or after 48 hours', async () => {
    const [first, second] = [await sendId('one'), await sendId('two')]
    expect((await edit('deleteMessage', first, {})).ok).toBe(true)
    expect((await edit('deleteMessage', first, {})).description).toContain('message to delete not found')
    clock += 48 * 3_600_000 + 1
    expect((await edit('deleteMessage', second, {})).description).toContain("message can't be deleted")
  })

  test('answers a message only when that exists', async () => {
    const said = standIn.say(ANNA, 'question')
    const good = await send('answer', { reply_parameters: { message_id: said.messageId } })
    expect(good.ok).toBe(true)
    expect(standIn.lastMessage(ANNA.id)?.replyTo).toBe(said.messageId)
    const bad = await send('answer', { reply_parameters: { message_id: 999 } })
    expect(bad.description).toBe('Bad Request: message to be replied not found')
  })

  test('does not reach strangers, those who blocked the bot, and migrated groups', async () => {
    const stranger = await callApi(standIn, 'sendMessage', { chat_id: 999, text: 'x' })
    expect(stranger.description).toBe('Bad Request: chat not found')
    standIn.block(ANNA)
    expect(await send('x')).toEqual({
      ok: false,
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    })
    standIn.unblock(ANNA)
    expect((await send('x')).ok).toBe(true)
    standIn.meet(ANNA, { id: -5, type: 'group', title: 'Old' })
    standIn.migrate(ANNA, -5, -100777)
    const moved = await callApi(standIn, 'sendMessage', { chat_id: -5, text: 'x' })
    expect(moved.parameters).toEqual({ migrate_to_chat_id: -100777 })
  })
})

describe('waiting for a message', () => {
  test('ends as soon as it comes, and each message is returned once', async () => {
    const first = standIn.waitForMessage(ANNA.id)
    await send('one')
    await send('two')
    expect((await first).text).toBe('one')
    expect((await standIn.waitForMessage(ANNA.id)).text).toBe('two')
  })

  test('sees edits, and skips what came before the last act of the user', async () => {
    const id = await sendId('before')
    standIn.say(ANNA, 'go')
    await send('answer')
    expect((await standIn.waitForMessage(ANNA.id)).text).toBe('answer')
    const card = standIn.waitForMessage(ANNA.id)
    await edit('editMessageText', id, { text: 'after' })
    expect(await card).toMatchObject({ messageId: id, text: 'after' })
  })

  test('fails with the texts of the chat when nothing comes', async () => {
    await send('other')
    const waiting = standIn.waitForMessage(ANNA.id, (message) => message.text === 'x', { timeoutMs: 10 })
    await expect(waiting).rejects.toThrow('no such message in chat 501; it has: ["other"]')
  })
})

describe('a tap', () => {
  test('finds the button by its label and may be answered for 150 s', async () => {
    await send('sure?', { reply_markup: KEYBOARD })
    const { update, callbackQueryId } = standIn.press(ANNA, 'Yes')
    expect(update['callback_query']).toMatchObject({
      data: 'y',
      from: { id: 501 },
      message: { text: 'sure?' },
    })
    const params = { callback_query_id: callbackQueryId, text: 'a'.repeat(200), show_alert: true }
    clock += 150_000
    expect((await callApi(standIn, 'answerCallbackQuery', params)).ok).toBe(true)
    expect(standIn.answersToCallbacks).toMatchObject([{ callbackQueryId, showAlert: true }])
    clock += 1
    const late = await callApi(standIn, 'answerCallbackQuery', params)
    expect(late.description).toBe(
      'Bad Request: query is too old and response timeout expired or query ID is invalid',
    )
    const long = await callApi(standIn, 'answerCallbackQuery', { ...params, text: 'a'.repeat(201) })
    expect(long.description).toBe('Bad Request: MESSAGE_TOO_LONG')
  })

  test('is impossible on absent, ambiguous and link buttons', async () => {
    expect(() => standIn.press(ANNA, 'Yes')).toThrow('no message with a keyboard')
    await send('sure?', { reply_markup: KEYBOARD })
    expect(() => standIn.press(ANNA, 'No')).toThrow('no button for No among ["Yes","Site"]')
    expect(() => standIn.press(ANNA, /./)).toThrow('2 buttons')
    expect(() => standIn.press(ANNA, 'Site')).toThrow('"Site" is not a callback button')
  })
})

describe('a message of a user', () => {
  test('marks commands and carries the language and the date', () => {
    const { update } = standIn.say(ANNA, 'see /deal_5@kamerton_test_bot or a/b')
    expect(update['message']).toMatchObject({
      date: 1_000_000_000,
      from: { id: 501, language_code: 'ru' },
      chat: { id: 501, type: 'private' },
      entities: [{ type: 'bot_command', offset: 4, length: 25 }],
    })
  })

  test('may be forwarded, edited or a file', () => {
    const said = standIn.say(ANNA, '/start', { forwarded: true })
    expect(said.update['message']).toHaveProperty('forward_origin')
    const edited = standIn.say(ANNA, '/start', { editOf: said.messageId })
    expect(edited.update['edited_message']).toMatchObject({ message_id: said.messageId })
    const file = standIn.sendFile(ANNA, { name: 'deals.csv', bytes: Buffer.from('a;b') })
    expect(file.update['message']).toMatchObject({ document: { file_name: 'deals.csv', file_size: 3 } })
  })

  test('in a group reaches the bot only as a command for it or a reply to it', async () => {
    const hears = (text: string, replyTo?: number) =>
      standIn.say(ANNA, text, { chat: GROUP, ...(replyTo === undefined ? {} : { replyTo }) }).delivered
    expect(hears('just talk')).toBe(false)
    expect(hears('/help@OtherBot')).toBe(false)
    expect(hears('/help')).toBe(true)
    expect(hears('/help@Kamerton_Test_Bot')).toBe(true)
    await callApi(standIn, 'sendMessage', { chat_id: GROUP.id, text: 'question' })
    expect(hears('an answer', standIn.lastMessage(GROUP.id)?.messageId)).toBe(true)
  })
})
