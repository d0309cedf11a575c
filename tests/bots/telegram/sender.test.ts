import { inspect } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { TelegramClient } from '../../../src/bots/telegram/client.ts'
import { createPace } from '../../../src/bots/telegram/pace.ts'
import { createChatLanes } from '../../../src/bots/telegram/chat-lanes.ts'
import type { Outgoing } from '../../../src/bots/telegram/outgoing.ts'
import { createSender } from '../../../src/bots/telegram/sender.ts'
import {
  startTelegramStandIn,
  type TelegramStandInOptions,
} from '../../support/telegram/telegram-stand-in.ts'
import { figure } from '../../support/figures.ts'
import { ANNA, BORIS, clearStage, freePort, jumpingClock, listeningJournal, onClear } from './stage.ts'

afterEach(clearStage)

const message = (text: string): Outgoing => ({ html: text, text, keyboard: [] })
const signal = new AbortController().signal

/** One message at a time, as most answers are. */
function senderOf(
  client: TelegramClient,
  clock: ReturnType<typeof jumpingClock>,
  journal: ReturnType<typeof listeningJournal>,
) {
  const pace = createPace(clock)
  const lanes = createChatLanes(pace.stir)
  const sender = createSender({ client, pace, lanes, clock, journal, signal })
  return {
    ...sender,
    send: async (chat: string, one: Outgoing) => (await sender.show(chat, [one], null)).outcome,
    edit: async (chat: string, id: number, one: Outgoing) => (await sender.show(chat, [one], id)).outcome,
  }
}

async function setUp(options: TelegramStandInOptions = {}, timeoutMs = 5_000) {
  const clock = jumpingClock()
  const telegram = await startTelegramStandIn({ now: clock.now, ...options })
  onClear(() => telegram.stop())
  telegram.meet(ANNA)
  telegram.meet(BORIS)
  const journal = listeningJournal()
  const client = new TelegramClient({ token: telegram.token, apiRoot: telegram.apiRoot, timeoutMs, signal })
  const sender = senderOf(client, clock, journal)
  const textsOf = (chat: number) => telegram.messages(chat).map(({ text }) => text)
  return { telegram, sender, clock, journal, client, textsOf }
}

const tokenIn = (text: unknown, token: string) => JSON.stringify(text).includes(token.split(':')[1] ?? '')

describe('sending', () => {
  test('keeps the order of one chat', async () => {
    const { sender, textsOf } = await setUp()
    await Promise.all(['1', '2', '3', '4'].map((text) => sender.send('501', message(text))))
    expect(textsOf(501)).toEqual(['1', '2', '3', '4'])
  })

  test('lets a few messages of a chat through at once and the rest one a second', async () => {
    const { sender, clock } = await setUp()
    const began = clock.at
    for (let count = 0; count < 4; count += 1) await sender.send('501', message('x'))
    expect(clock.at - began).toBe(0)
    for (let count = 0; count < 3; count += 1) await sender.send('501', message('x'))
    expect(clock.at - began).toBeGreaterThanOrEqual(3_000)
  })

  test('goes out at thirty a second overall', async () => {
    const { sender, clock, telegram } = await setUp({ openChats: true })
    const began = clock.at
    for (let chat = 1; chat <= 90; chat += 1) await sender.send(String(chat), message('x'))
    expect(clock.at - began).toBeGreaterThanOrEqual(1_990)
    expect(clock.at - began).toBeLessThanOrEqual(2_100)
    expect(telegram.calls).toHaveLength(90)
  })

  test('keeps to the published rates without a single message too early', async () => {
    const { sender, telegram, textsOf } = await setUp({ rates: true })
    await Promise.all(Array.from({ length: 8 }, (_, index) => sender.send('501', message(`${index}`))))
    expect(textsOf(501)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
    expect(telegram.rateViolations).toEqual([])
  })

  test('shows no preview of an address in somebody’s words', async () => {
    const { sender, telegram } = await setUp()
    await sender.send('501', message('https://example.com'))
    expect(telegram.calls[0]?.params['link_preview_options']).toEqual({ is_disabled: true })
  })
})

describe('when Telegram asks to wait', () => {
  test('the chat waits that long, the message arrives once, and other chats go on', async () => {
    const { sender, telegram, clock, textsOf } = await setUp()
    telegram.failNext('sendMessage', { retryAfter: 60 })
    const began = clock.at
    await Promise.all([sender.send('501', message('late')), sender.send('502', message('at once'))])
    expect([textsOf(501), textsOf(502)]).toEqual([['late'], ['at once']])
    expect(clock.at - began).toBeGreaterThanOrEqual(60_000)
    expect(telegram.rateViolations).toEqual([])
  })

  test('again and again, the message is given up at last', async () => {
    const { sender, telegram, journal } = await setUp()
    telegram.failNext('sendMessage', { retryAfter: 1, times: 20 })
    expect(await sender.send('501', message('x'))).toBe('failed')
    expect(telegram.calls).toHaveLength(6)
    expect(journal.entries.at(-1)).toMatchObject({ level: 'error' })
  })

  test.each([
    ['nothing', {}],
    ['no number', { parameters: { retry_after: 'soon' } }],
    ['a time that is over', { parameters: { retry_after: -5 } }],
    ['no time at all', { parameters: { retry_after: 0 } }],
    ['an odd shape', { parameters: [] }],
  ])('D-06 with %s for a time, thirty seconds are taken', async (_what, more) => {
    const { sender, telegram, clock } = await setUp()
    telegram.failNext('sendMessage', {
      status: 429,
      body: { ok: false, error_code: 429, description: 'Too Many Requests', ...more },
    })
    const began = clock.at
    expect(await sender.send('501', message('x'))).toBe('sent')
    expect(clock.at - began).toBeGreaterThanOrEqual(30_000)
  })

  test('D-06 by a page of whoever stands before it, nothing was delivered: it is obeyed like any other', async () => {
    const { sender, telegram, clock, textsOf } = await setUp()
    telegram.failNext('sendMessage', { status: 429, html: '<html>slow down</html>' })
    const began = clock.at
    expect(await sender.send('501', message('x'))).toBe('sent')
    expect(clock.at - began).toBeGreaterThanOrEqual(30_000)
    expect(textsOf(501)).toEqual(['x'])
  })

  test.each([1, 60, 3_600])(
    'D-06 for %i s, it waits so long, and what comes after it too',
    async (seconds) => {
      const { sender, telegram, clock, textsOf } = await setUp()
      telegram.failNext('sendMessage', { retryAfter: seconds })
      const began = clock.at
      const both = [sender.send('501', message('1')), sender.send('501', message('2'))]
      const other = await sender.send('502', message('at once'))
      const otherMs = clock.at - began
      expect([other, ...(await Promise.all(both))]).toEqual(['sent', 'sent', 'sent'])
      expect(clock.at - began).toBeGreaterThanOrEqual(seconds * 1_000)
      expect(textsOf(501)).toEqual(['1', '2'])
      expect(telegram.rateViolations).toEqual([])
      figure('D-06', `retry_after ${seconds} s: another chat answered after ${otherMs} ms`)
    },
  )
})

describe('when it fails', () => {
  test('a server error in JSON is tried again', async () => {
    const { sender, telegram, textsOf } = await setUp()
    telegram.failNext('sendMessage', { status: 502, times: 2 })
    expect(await sender.send('501', message('x'))).toBe('sent')
    expect(textsOf(501)).toEqual(['x'])
  })

  test.each([
    ['the connection breaks', { dropConnection: true, afterDelivery: true }],
    ['a proxy answers in its place', { status: 502, html: '<html>Bad Gateway</html>', afterDelivery: true }],
    ['a page comes with status 200', { status: 200, html: '<html>log in</html>', afterDelivery: true }],
    ['no answer comes', { halfOpen: true, afterDelivery: true }],
  ])(
    'D-05 after delivery because %s, nobody sees it twice and no log shows the token',
    async (_name, fault) => {
      const { sender, telegram, journal, textsOf } = await setUp({}, 500)
      telegram.failNext('sendMessage', fault)
      expect(await sender.send('501', message('x'))).toBe('unclear')
      expect(textsOf(501)).toEqual(['x'])
      expect(journal.entries).toMatchObject([{ level: 'warn' }])
      expect(tokenIn(journal.entries, telegram.token)).toBe(false)
    },
  )

  test('D-05 an edit may be done twice, so it is tried again', async () => {
    const { sender, telegram, textsOf } = await setUp()
    await sender.send('501', message('before'))
    telegram.failNext('editMessageText', { dropConnection: true, afterDelivery: true })
    expect(await sender.edit('501', telegram.lastMessage(501)?.messageId ?? 0, message('after'))).toBe('sent')
    expect(textsOf(501)).toEqual(['after'])
  })

  test('D-05 a server that is not there is tried again, because nothing has left', async () => {
    const port = await freePort()
    const clock = jumpingClock()
    const journal = listeningJournal()
    const token = '7000000001:CanaryTokenThatMustNotLeak'
    const client = new TelegramClient({ token, apiRoot: `http://127.0.0.1:${port}`, timeoutMs: 500, signal })
    const sender = senderOf(client, clock, journal)
    const began = clock.at
    expect(await sender.send('501', message('x'))).toBe('failed')
    expect(clock.at - began).toBeGreaterThan(10_000)
    expect(journal.entries).toMatchObject([
      { level: 'error', facts: { reason: 'sendMessage: ECONNREFUSED' } },
    ])
  })

  test('D-09 a blocked chat costs one call, and none until its person is back', async () => {
    const { sender, telegram } = await setUp()
    telegram.forbid(501, 'bot was blocked by the user')
    expect(await sender.send('501', message('x'))).toBe('blocked')
    expect(await sender.send('501', message('x'))).toBe('blocked')
    expect(telegram.calls).toHaveLength(1)
    sender.unblock('501')
    expect(await sender.send('501', message('x'))).toBe('blocked')
    expect(telegram.calls).toHaveLength(2)
  })

  test('D-09 what waits behind the message that was refused is not sent', async () => {
    const { sender, telegram } = await setUp()
    telegram.forbid(501, 'bot was blocked by the user')
    const all = await Promise.all(['1', '2', '3'].map((text) => sender.send('501', message(text))))
    expect(all).toEqual(['blocked', 'blocked', 'blocked'])
    expect(telegram.calls).toHaveLength(1)
  })

  test('a chat that is not there is an error of one call', async () => {
    const { sender, telegram, journal } = await setUp()
    expect(await sender.send('999', message('x'))).toBe('failed')
    expect(telegram.calls).toHaveLength(1)
    expect(journal.entries.at(-1)?.facts).toEqual({ reason: '400: Bad Request: chat not found' })
  })

  test('markup that Telegram refuses goes out as plain text and leaves an error in the log', async () => {
    const { sender, telegram, journal, textsOf } = await setUp()
    expect(await sender.send('501', { html: '<x>a</x>', text: 'a <b>', keyboard: [] })).toBe('sent')
    expect(textsOf(501)).toEqual(['a <b>'])
    expect(journal.entries).toMatchObject([{ level: 'error' }])
    expect(telegram.refused).toHaveLength(1)
  })
})

describe('an error of the client', () => {
  test.each([
    ['HTML with status 200', { status: 200, html: '<html>hi</html>' }],
    ['HTML with status 404', { status: 404, html: '<html>hi</html>' }],
    ['an error in JSON', { status: 400, body: { ok: false, error_code: 400, description: 'Bad Request' } }],
    ['a broken connection', { dropConnection: true }],
    ['no answer', { halfOpen: true }],
  ])('for %s holds neither the token nor what was sent', async (_name, fault) => {
    const { client, telegram } = await setUp({}, 60)
    telegram.failNext('sendMessage', fault)
    const error = await client.sendMessage(501, 'a secret of the trade').catch((reason: Error) => reason)
    expect(error).toBeInstanceOf(Error)
    const shown = inspect(error, { depth: 9, showHidden: true })
    expect(tokenIn(shown, telegram.token)).toBe(false)
    expect(shown).not.toContain('a secret of the trade')
  })

  test('for an address that is none does not hold the token either', async () => {
    const token = '7000000001:CanaryTokenThatMustNotLeak'
    const client = new TelegramClient({ token, apiRoot: 'not an address', timeoutMs: 50, signal })
    const failed = await client.getMe().catch((reason: unknown) => inspect(reason, { depth: 9 }))
    expect(failed).toContain('TransportError')
    expect(tokenIn(failed, token)).toBe(false)
  })
})
