import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTelegramStandIn, type TelegramStandIn } from '../../support/telegram/telegram-stand-in.ts'
import { ANNA, callApi } from './api-client.ts'

const BORIS = { id: 502, firstName: 'Boris' }

interface Received {
  headers: IncomingHttpHeaders
  body: string
  chunks: number
}

let bot: Server
let url = ''
let standIn: TelegramStandIn
let received: Received[] = []
/** Status and body the bot answers with; decides by the text it got. */
let answer: (body: string) => { status: number; body?: string }

beforeEach(async () => {
  received = []
  answer = () => ({ status: 200 })
  bot = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      received.push({ headers: request.headers, body, chunks: chunks.length })
      const { status, body: reply } = answer(body)
      response.writeHead(status).end(reply)
    })
  })
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(bot.address() as AddressInfo).port}/telegram`
})

afterEach(async () => {
  await standIn.stop()
  bot.closeAllConnections()
  await new Promise((resolve) => bot.close(resolve))
})

async function start(backoff: number[] = [0, 1, 1]): Promise<void> {
  standIn = await startTelegramStandIn({ webhook: { url, secret: 'S3cret_-' }, webhookBackoffMs: backoff })
}

const texts = () =>
  received.map(({ body }) => (JSON.parse(body) as { message: { text: string } }).message.text)

describe('the webhook', () => {
  test('gets updates with the secret header', async () => {
    await start()
    await standIn.waitForConfirmed(standIn.say(ANNA, 'привет').update)
    expect(texts()).toEqual(['привет'])
    expect(received[0]?.headers['x-telegram-bot-api-secret-token']).toBe('S3cret_-')
  })

  test('gets an update again until it answers 2xx', async () => {
    await start()
    answer = () => ({ status: received.length < 4 ? 500 : 204 })
    const { update } = standIn.say(ANNA, 'again')
    await standIn.waitForConfirmed(update)
    expect(standIn.deliveries).toMatchObject(
      [500, 500, 500, 204].map((status, n) => ({ updateId: update.update_id, attempt: n + 1, status })),
    )
    const info = await callApi(standIn, 'getWebhookInfo')
    expect(info.result).toMatchObject({
      pending_update_count: 0,
      last_error_message: 'Wrong response from the webhook: 500',
    })
  })

  test('holds back later updates of a failing chat, but not of other chats', async () => {
    await start()
    let broken = true
    answer = (body) => ({ status: broken && body.includes('poison') ? 503 : 200 })
    standIn.say(ANNA, 'poison')
    const second = standIn.say(ANNA, 'second')
    await standIn.waitForConfirmed(standIn.say(BORIS, 'other').update)
    expect(texts()).not.toContain('second')
    broken = false
    await standIn.waitForConfirmed(second.update)
    expect(texts().at(-1)).toBe('second')
  })

  test('counts a dead address as a failure', async () => {
    await start([5])
    bot.closeAllConnections()
    await new Promise((resolve) => bot.close(resolve))
    standIn.say(ANNA, 'nobody home')
    while (standIn.deliveries.length < 2) await new Promise((resolve) => setImmediate(resolve))
    expect(standIn.deliveries.map(({ status }) => status)).toEqual([0, 0])
    // The shared clean-up closes the bot again.
    await new Promise<void>((resolve) => bot.listen(0, resolve))
  })

  test('may answer with a call, which is carried out', async () => {
    await start()
    const body = JSON.stringify({ method: 'sendMessage', chat_id: ANNA.id, text: 'by reply' })
    answer = () => ({ status: 200, body })
    standIn.say(ANNA, 'hello')
    expect((await standIn.waitForMessage(ANNA.id)).text).toBe('by reply')
    expect(standIn.calls).toMatchObject([{ method: 'sendMessage', viaWebhookReply: true }])
  })

  test('can be set and deleted, and pending updates survive both', async () => {
    standIn = await startTelegramStandIn({ routeWebhook: () => url })
    const early = standIn.say(ANNA, 'early')
    const address = 'https://bot.example.com/telegram'
    const reply = await callApi(standIn, 'setWebhook', { url: address, secret_token: 'abc' })
    expect(reply).toMatchObject({ ok: true, description: 'Webhook was set' })
    await standIn.waitForConfirmed(early.update)
    expect(standIn.webhookUrl).toBe(address)
    await callApi(standIn, 'deleteWebhook')
    const late = standIn.say(ANNA, 'late')
    const updates = await callApi(standIn, 'getUpdates')
    expect(updates.result).toMatchObject([{ update_id: late.update.update_id }])
    expect(texts()).toEqual(['early'])
  })

  test('is refused with plain http to the world and with a bad secret', async () => {
    await start()
    const plain = await callApi(standIn, 'setWebhook', { url: 'http://bot.example.com/' })
    expect(plain.description).toBe('Bad Request: bad webhook: An HTTPS URL must be provided for webhook')
    const secret = await callApi(standIn, 'setWebhook', { url, secret_token: 'sp ace' })
    expect(secret.description).toBe('Bad Request: secret token contains unallowed characters')
    const long = await callApi(standIn, 'setWebhook', { url, secret_token: 'a'.repeat(257) })
    expect(long.ok).toBe(false)
  })
})

describe('a raw post', () => {
  test('arrives in the pieces asked for, even inside a character', async () => {
    await start()
    answer = () => ({ status: 201, body: 'seen' })
    const body = JSON.stringify({ text: '👋' })
    const wave = Buffer.from(body).indexOf('👋')
    const reply = await standIn.post(body, { chunks: [wave + 2] })
    expect(reply).toMatchObject({ status: 201, body: 'seen' })
    expect(received).toMatchObject([{ body, chunks: 2 }])
  })

  test('may come byte by byte, and may be too big for the bot', async () => {
    await start()
    const body = JSON.stringify({ text: 'сделка 👋' })
    await standIn.post(body, { chunks: Array.from(Buffer.from(body), (_, at) => at) })
    expect(received).toMatchObject([{ body, chunks: Buffer.byteLength(body) }])
    answer = () => ({ status: 413 })
    expect((await standIn.post(Buffer.alloc(2 * 1024 * 1024, 'a'))).status).toBe(413)
  })

  test('carries another secret, none at all, and other headers', async () => {
    await start()
    await standIn.post({ update_id: 1 }, { secret: 'wrong' })
    await standIn.post({ update_id: 1 }, { secret: null, headers: { 'x-extra': '1' } })
    await standIn.post('not json', { method: 'PUT' })
    const secrets = received.map(({ headers }) => headers['x-telegram-bot-api-secret-token'])
    expect(secrets).toEqual(['wrong', undefined, 'S3cret_-'])
    expect(received[1]?.headers['x-extra']).toBe('1')
    expect(received[2]?.body).toBe('not json')
  })
})
