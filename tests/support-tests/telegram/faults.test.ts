import { afterEach, describe, expect, test } from 'vitest'
import {
  startTelegramStandIn,
  type TelegramStandIn,
  type TelegramStandInOptions,
} from '../../support/telegram/telegram-stand-in.ts'
import { ANNA, callApi } from './api-client.ts'

let standIn: TelegramStandIn

afterEach(() => standIn.stop())

async function start(options: TelegramStandInOptions = {}): Promise<void> {
  standIn = await startTelegramStandIn(options)
  standIn.meet(ANNA)
}

const send = (text: string, chatId = ANNA.id) => callApi(standIn, 'sendMessage', { chat_id: chatId, text })

describe('a scripted fault', () => {
  test('answers with the status once and then is over', async () => {
    await start()
    standIn.failNext('sendMessage', { status: 502 })
    expect(await send('x')).toEqual({ ok: false, error_code: 502, description: 'Bad Gateway' })
    expect((await send('x')).ok).toBe(true)
  })

  test('may be HTML, as from a proxy', async () => {
    await start()
    standIn.failNext('getMe', { status: 200, html: '<html>hello</html>' })
    const reply = await fetch(`${standIn.apiRoot}/bot${standIn.token}/getMe`)
    expect(reply.headers.get('content-type')).toBe('text/html')
    expect(await reply.text()).toBe('<html>hello</html>')
  })

  test('may drop the connection before or after the message was delivered', async () => {
    await start()
    standIn.failNext('sendMessage', { dropConnection: true })
    await expect(send('lost')).rejects.toThrow('fetch failed')
    expect(standIn.messages(ANNA.id)).toEqual([])
    standIn.failNext('sendMessage', { dropConnection: true, afterDelivery: true })
    await expect(send('delivered')).rejects.toThrow('fetch failed')
    expect(standIn.lastMessage(ANNA.id)?.text).toBe('delivered')
  })

  test('may leave the caller without an answer for ever', async () => {
    await start()
    standIn.failNext('*', { halfOpen: true })
    const waiting = callApi(standIn, 'getUpdates', { timeout: 0 }, AbortSignal.timeout(30))
    await expect(waiting).rejects.toThrow('timeout')
  })

  test('of 429 is remembered, and a message inside its wait is a violation', async () => {
    let clock = 0
    await start({ now: () => clock })
    standIn.failNext('sendMessage', { retryAfter: 5 })
    expect((await send('x')).parameters).toEqual({ retry_after: 5 })
    clock = 4999
    await send('too early')
    expect(standIn.rateViolations).toEqual([{ chatId: ANNA.id, at: 4999, leftMs: 1 }])
    clock = 5000
    await send('in time')
    expect(standIn.rateViolations).toHaveLength(1)
  })
})

describe('the rates', () => {
  test('let one message per second into a chat', async () => {
    let clock = 0
    await start({ now: () => clock, rates: true })
    expect((await send('1')).ok).toBe(true)
    const second = await send('2')
    expect(second).toMatchObject({ error_code: 429, description: 'Too Many Requests: retry after 1' })
    clock = 1000
    expect((await send('3')).ok).toBe(true)
  })

  test('let thirty messages per second out in all', async () => {
    await start({ now: () => 0, rates: { perSecond: 30 }, openChats: true })
    const replies = await Promise.all(Array.from({ length: 31 }, (_, n) => send('x', 1000 + n)))
    expect(replies.filter((reply) => reply.ok)).toHaveLength(30)
  })

  test('let twenty messages per minute into a group', async () => {
    let clock = 0
    await start({ now: () => clock, rates: { perGroupPerMinute: 20 }, openChats: true })
    for (let n = 0; n < 20; n += 1) expect((await send('x', -100)).ok).toBe(true)
    clock = 10_000
    expect((await send('x', -100)).parameters).toEqual({ retry_after: 50 })
  })
})
