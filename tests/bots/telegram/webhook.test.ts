import { afterEach, describe, expect, test } from 'vitest'
import { ANNA, clearStage, memoryInbox, SECRET, setStage, until } from './stage.ts'

afterEach(clearStage)

const hello = (updateId: number, text = 'hello') => ({
  update_id: updateId,
  message: {
    message_id: 1,
    date: 1,
    from: { id: ANNA.id, is_bot: false, first_name: 'Anna', language_code: 'en' },
    chat: { id: ANNA.id, type: 'private' },
    text,
  },
})

describe('a webhook', () => {
  test('is registered with its secret and the kinds we read, and answers what people write', async () => {
    const { telegram } = await setStage({ webhook: true })
    telegram.say(ANNA, 'hello')
    expect((await telegram.waitForMessage(ANNA.id)).text).toBe('heard hello')
    const set = telegram.calls.find(({ method }) => method === 'setWebhook')
    expect(set?.params).toMatchObject({
      secret_token: SECRET,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    })
    expect(set?.params).not.toHaveProperty('drop_pending_updates')
    expect(telegram.calls.some(({ method }) => method === 'getUpdates')).toBe(false)
  })

  test('an address that Telegram refuses stops the start with one clear line', async () => {
    const { telegram, bot } = await setStage({ webhook: true, start: false })
    const description = 'Bad Request: bad webhook: HTTPS url must be provided for webhook'
    telegram.failNext('setWebhook', { status: 400, body: { ok: false, error_code: 400, description } })
    await expect(bot.start()).rejects.toThrow(
      /^TELEGRAM_WEBHOOK_URL: Telegram refuses it: Bad Request: bad webhook/,
    )
  })

  test('C-10 is answered only when the update is stored; what failed comes again and is answered once', async () => {
    const inbox = memoryInbox()
    const { telegram } = await setStage({ webhook: true, inbox })
    inbox.fail.store = 2
    telegram.say(ANNA, 'hello')
    await telegram.waitForMessage(ANNA.id)
    expect(telegram.deliveries.map(({ status }) => status)).toEqual([500, 500, 200])
    expect(telegram.messages(ANNA.id)).toHaveLength(1)
  })

  test('the same update twice at the same moment is answered once', async () => {
    const { telegram, dispatcher, inbox } = await setStage({ webhook: true })
    telegram.meet(ANNA)
    const answers = await Promise.all([telegram.post(hello(7)), telegram.post(hello(7))])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    await until(() => inbox.rows.get('7')?.done === true)
    expect(dispatcher.heard).toHaveLength(1)
  })

  test('C-09 a body cut in the middle of a letter arrives whole', async () => {
    const { telegram, dispatcher } = await setStage({ webhook: true })
    telegram.meet(ANNA)
    const body = Buffer.from(JSON.stringify(hello(8, 'Привет 👋 мир')))
    const wave = body.indexOf(Buffer.from('👋'))
    const cuts = [body.indexOf(Buffer.from('П')) + 1, wave + 1, wave + 2, wave + 3]
    expect((await telegram.post(body, { chunks: cuts })).status).toBe(200)
    await telegram.waitForMessage(ANNA.id)
    expect(dispatcher.heard[0]?.act).toEqual({ kind: 'line', text: 'Привет 👋 мир' })
  })

  test('C-09 a body that comes byte by byte arrives whole', async () => {
    const { telegram, dispatcher } = await setStage({ webhook: true })
    telegram.meet(ANNA)
    const body = Buffer.from(JSON.stringify(hello(9, 'Привет 👋')))
    const first = body.indexOf(Buffer.from('П'))
    const cuts = Array.from({ length: body.length - first }, (_, index) => first + index)
    expect((await telegram.post(body, { chunks: cuts })).status).toBe(200)
    await telegram.waitForMessage(ANNA.id)
    expect(dispatcher.heard[0]?.act).toMatchObject({ text: 'Привет 👋' })
  })

  test.each([
    ['a wrong secret', { secret: 'wrong' }, hello(1), 403],
    ['a secret that begins right', { secret: `${SECRET}x` }, hello(1), 403],
    ['the word undefined', { secret: 'undefined' }, hello(1), 403],
    ['no secret', { secret: null }, hello(1), 401],
    ['an empty secret', { secret: '' }, hello(1), 403],
    ['another method', { method: 'PUT' }, hello(1), 405],
    ['a page that is asked for', { method: 'GET' }, '', 405],
    ['null', {}, 'null', 400],
    ['a list', {}, '[]', 400],
    ['half a JSON', {}, '{"update_id":', 400],
    ['nothing', {}, '', 400],
    ['an update without a number', {}, '{"message":{}}', 400],
    ['two mebibytes', {}, 'x'.repeat(2 * 1024 * 1024), 413],
  ])('C-09 %s is refused and runs nothing', async (_name, options, body, status) => {
    const { telegram, inbox, dispatcher } = await setStage({ webhook: true })
    expect((await telegram.post(body, options)).status).toBe(status)
    expect([inbox.rows.size, dispatcher.heard.length]).toEqual([0, 0])
  })

  test('C-09 two mebibytes that did not announce themselves are refused too', async () => {
    const { address, telegram, inbox } = await setStage({ webhook: true })
    const sent = await fetch(address, {
      method: 'POST',
      headers: { 'x-telegram-bot-api-secret-token': SECRET },
      body: new Blob(['x'.repeat(2 * 1024 * 1024)]).stream(),
      duplex: 'half',
    })
    expect([sent.status, inbox.rows.size, telegram.refused.length]).toEqual([413, 0, 0])
  })

  test('exactly one mebibyte is still read', async () => {
    const { telegram } = await setStage({ webhook: true })
    const update = JSON.stringify({ update_id: 5, x: '' })
    const body = update.replace('""', `"${'x'.repeat(1024 * 1024 - update.length)}"`)
    expect(Buffer.byteLength(body)).toBe(1024 * 1024)
    expect((await telegram.post(body)).status).toBe(200)
  })

  test('there is no such address while updates are polled', async () => {
    const { telegram, address } = await setStage()
    expect((await telegram.post(hello(1), { url: address, secret: SECRET })).status).toBe(404)
  })

  test('after a stop Telegram keeps what it has', async () => {
    const { telegram, bot, inbox } = await setStage({ webhook: true })
    await bot.stop()
    expect((await telegram.post(hello(1))).status).toBe(503)
    expect(inbox.rows.size).toBe(0)
  })

  test('what arrives before the start is answered after what an earlier run left', async () => {
    const inbox = memoryInbox()
    const { telegram, bot, address, dispatcher } = await setStage({ webhook: true, inbox, start: false })
    telegram.meet(ANNA)
    await inbox.store('TELEGRAM', [{ key: '1', chat: '501', payload: hello(1, 'older') }])
    expect((await telegram.post(hello(2, 'newer'), { url: address, secret: SECRET })).status).toBe(200)
    expect(dispatcher.heard).toEqual([])
    await bot.start()
    await telegram.waitForMessage(ANNA.id, ({ text }) => text === 'heard newer')
    expect(telegram.messages(ANNA.id).map(({ text }) => text)).toEqual(['heard older', 'heard newer'])
  })
})
