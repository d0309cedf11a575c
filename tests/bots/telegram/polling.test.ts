import { afterEach, describe, expect, test } from 'vitest'
import { createTelegramBot } from '../../../src/bots/telegram/adapter.ts'
import type { Inbox } from '../../../src/bots/ports.ts'
import { ANNA, BORIS, clearStage, echo, memoryInbox, onClear, setStage, until, words } from './stage.ts'
import { wanted } from '../../support/wanted.ts'

afterEach(clearStage)

const READER = { language: 'en', timeZone: 'UTC', currency: 'EUR' } as const
const gate = () => Promise.withResolvers<void>()

describe('polling', () => {
  test('an update becomes an invocation with everything the dispatcher needs', async () => {
    const { telegram, dispatcher } = await setStage()
    const { update } = telegram.say(BORIS, 'Ромашка')
    expect((await telegram.waitForMessage(BORIS.id)).text).toBe('heard Ромашка')
    expect(dispatcher.heard).toEqual([
      {
        channel: 'telegram',
        identity: { platform: 'TELEGRAM', workspace: '', externalId: '502' },
        key: String(update.update_id),
        stored: true,
        chat: '502',
        audience: 'asker',
        act: { kind: 'line', text: 'Ромашка' },
        saidAt: new Date('2026-11-23T11:30:00Z'),
        message: '1',
        hint: { language: 'ru' },
      },
    ])
  })

  test('speaks English to any other language, and leaves it to the installation when Telegram does not say', async () => {
    const { telegram, dispatcher } = await setStage()
    telegram.say({ id: 7, languageCode: 'de' }, 'a')
    await telegram.waitForMessage(7)
    telegram.say({ id: 8 }, 'b')
    await telegram.waitForMessage(8)
    expect(dispatcher.heard.map(({ hint }) => hint)).toEqual([{ language: 'en' }, undefined])
  })

  test('nothing is confirmed before it is stored', async () => {
    const inbox = memoryInbox()
    const storing = gate()
    const slow: Inbox = {
      ...inbox,
      store: async (...given) => (await storing.promise, inbox.store(...given)),
    }
    const { telegram } = await setStage({ inbox, parts: { inbox: slow } })
    const { update } = telegram.say(ANNA, 'hello')
    await until(() => !telegram.polling)
    expect(telegram.confirmedOffset).toBeLessThanOrEqual(update.update_id)
    storing.resolve()
    await telegram.waitForConfirmed(update)
    expect(inbox.rows.get(String(update.update_id))).toMatchObject({ chat: '501', payload: update })
  })

  test('what could not be stored is asked for again, and answered once', async () => {
    const { telegram, inbox, bot } = await setStage()
    inbox.fail.store = 2
    const { update } = telegram.say(ANNA, 'hello')
    await telegram.waitForMessage(ANNA.id)
    await telegram.waitForConfirmed(update)
    expect(telegram.messages(ANNA.id)).toHaveLength(1)
    expect(bot.health()).toBeNull()
  })

  test('what was stored while the answer of the database was lost is answered all the same', async () => {
    const { telegram, inbox } = await setStage()
    inbox.fail.storeAfterwards = 1
    telegram.say(ANNA, 'hello')
    expect((await telegram.waitForMessage(ANNA.id)).text).toBe('heard hello')
    expect(telegram.messages(ANNA.id)).toHaveLength(1)
  })

  test('C-03 fifty messages of one chat are answered in order, one at a time', async () => {
    let atOnce = 0
    let most = 0
    const { telegram } = await setStage({
      start: false,
      script: async ({ act }) => {
        most = Math.max(most, ++atOnce)
        await new Promise(setImmediate)
        atOnce -= 1
        return words(act.kind === 'line' ? act.text : '')
      },
    }).then(async (stage) => {
      for (let index = 0; index < 50; index += 1) stage.telegram.say(ANNA, `${index}`)
      await stage.bot.start()
      return stage
    })
    await telegram.waitForMessage(ANNA.id, ({ text }) => text === '49')
    expect(telegram.messages(ANNA.id).map(({ text }) => text)).toEqual(
      Array.from({ length: 50 }, (_, index) => `${index}`),
    )
    expect(most).toBe(1)
  })

  test('C-02 one of a hundred whose work fails is tried three times and ended with an apology, the others are answered', async () => {
    const stage = await setStage({
      start: false,
      script: (invocation) => {
        if (invocation.chat === '57') throw new Error('of all updates this one')
        return echo(invocation)
      },
    })
    const { telegram, inbox, dispatcher } = stage
    for (let chat = 1; chat <= 100; chat += 1) telegram.say({ id: chat, languageCode: 'en' }, `${chat}`)
    await stage.bot.start()
    await until(() => inbox.rows.size === 100 && [...inbox.rows.values()].every(({ done }) => done))
    const texts = Array.from({ length: 100 }, (_, index) =>
      telegram.messages(index + 1).map(({ text }) => text),
    )
    expect(texts.flatMap((all, index) => (index === 56 ? [] : all))).toHaveLength(99)
    expect(texts[56]).toEqual([expect.stringMatching(/Something went wrong on my side/)])
    expect(dispatcher.heard.filter(({ chat }) => chat === '57')).toHaveLength(3)
  })

  test('C-04 a chat whose answer takes long holds up no other', async () => {
    const long = gate()
    const { telegram } = await setStage({
      script: async (invocation) => {
        if (invocation.chat === '501') await long.promise
        return echo(invocation)
      },
    })
    telegram.say(ANNA, 'slow')
    telegram.say(BORIS, 'quick')
    await telegram.waitForMessage(BORIS.id)
    expect(telegram.messages(ANNA.id)).toEqual([])
    long.resolve()
    await telegram.waitForMessage(ANNA.id)
  })

  test('C-04 a chat in which a thousand messages wait holds up no other', async () => {
    const long = gate()
    const { telegram } = await setStage({
      script: async (invocation) => {
        if (invocation.chat === '501') await long.promise
        return echo(invocation)
      },
    })
    for (let index = 0; index < 1_000; index += 1) telegram.say(ANNA, `${index}`)
    telegram.say(BORIS, 'quick')
    expect((await telegram.waitForMessage(BORIS.id)).text).toBe('heard quick')
    long.resolve()
  })

  test('an update that is delivered again is answered once', async () => {
    const { telegram, dispatcher } = await setStage()
    const { update } = telegram.say(ANNA, 'once')
    await telegram.waitForMessage(ANNA.id)
    telegram.raw(update)
    telegram.say(ANNA, 'twice')
    await telegram.waitForMessage(ANNA.id, ({ text }) => text === 'heard twice')
    expect(dispatcher.heard.map(({ act }) => act)).toEqual([
      { kind: 'line', text: 'once' },
      { kind: 'line', text: 'twice' },
    ])
  })

  test('C-01 what was stored and not finished before a crash is answered first, in its order', async () => {
    const inbox = memoryInbox()
    const { telegram, bot, dispatcher } = await setStage({ inbox, start: false })
    const left = [telegram.say(ANNA, 'first'), telegram.say(ANNA, 'second')]
    await inbox.store(
      'TELEGRAM',
      left.map(({ update }) => ({ key: String(update.update_id), chat: '501', payload: update })),
    )
    telegram.say(ANNA, 'third')
    await bot.start()
    await telegram.waitForMessage(ANNA.id, ({ text }) => text === 'heard third')
    expect(telegram.messages(ANNA.id).map(({ text }) => text)).toEqual([
      'heard first',
      'heard second',
      'heard third',
    ])
    expect(dispatcher.heard).toHaveLength(3)
    await until(() => [...inbox.rows.values()].every(({ done }) => done))
  })

  test('a stop in the middle of the work leaves the update to the next run', async () => {
    const inbox = memoryInbox()
    const hanging = gate()
    const first = await setStage({
      inbox,
      script: async () => (await hanging.promise, words('too late')),
      parts: { limits: { stopMs: 20 } },
    })
    first.telegram.say(ANNA, 'hello')
    await until(() => first.dispatcher.heard.length === 1)
    await first.bot.stop()
    hanging.resolve()
    expect([...inbox.rows.values()].map(({ done }) => done)).toEqual([false])

    const second = createTelegramBot({
      ...first.parts,
      dispatcher: {
        ...first.dispatcher,
        dispatch: async () => ({
          updateId: 'u',
          reader: { language: 'en', timeZone: 'UTC', currency: 'EUR' },
          known: true,
          answer: { kind: 'view', view: words('at last') },
        }),
      },
    })
    onClear(() => second.stop())
    await second.start()
    await first.telegram.waitForMessage(ANNA.id, ({ text }) => text === 'at last', { sinceStart: true })
    expect(first.telegram.messages(ANNA.id)).toHaveLength(1)
  })

  test('an answered update that could not be marked as finished is not answered again', async () => {
    const { telegram, inbox } = await setStage()
    inbox.fail.finish = 1
    telegram.say(ANNA, 'one')
    await telegram.waitForMessage(ANNA.id)
    inbox.fail.storeAfterwards = 1
    telegram.say(ANNA, 'two')
    await telegram.waitForMessage(ANNA.id, ({ text }) => text === 'heard two')
    await until(() => [...inbox.rows.values()].every(({ done }) => done))
    expect(telegram.messages(ANNA.id)).toHaveLength(2)
  })

  test('an answered update is marked as finished at the end at the latest', async () => {
    const { telegram, inbox, bot } = await setStage()
    inbox.fail.finish = 1
    telegram.say(ANNA, 'one')
    await telegram.waitForMessage(ANNA.id)
    await until(() => inbox.fail.finish === 0)
    expect(await inbox.unfinished()).toHaveLength(1)
    await bot.stop()
    expect(await inbox.unfinished()).toEqual([])
  })
})

describe('trouble', () => {
  test('C-06 another instance that polls is stood by for, said once, and over when it is gone', async () => {
    const { telegram, bot, clock, journal } = await setStage({ start: false })
    telegram.failNext('getUpdates', { status: 409, times: 3 })
    const began = clock.at
    await bot.start()
    await until(() => bot.health() !== null)
    expect(bot.health()).toBe('409 another instance polls')
    telegram.say(ANNA, 'hello')
    await telegram.waitForMessage(ANNA.id)
    await until(() => bot.health() === null)
    expect(clock.at - began).toBeGreaterThanOrEqual(15_000)
    expect(journal.entries.filter(({ text }) => text === 'telegram has trouble')).toHaveLength(1)
  })

  test('C-07 a token that is withdrawn ends the polling with a word on what to do', async () => {
    const { telegram, bot } = await setStage()
    telegram.rotateToken('7000000001:another')
    telegram.say(ANNA, 'hello')
    await until(() => bot.health() !== null)
    expect(bot.health()).toMatch(/401 the token is no longer valid/)
    expect(telegram.polling).toBe(false)
  })

  test.each([
    ['an HTML page', { html: '<html>moved</html>', status: 200 }],
    ['an HTML 404', { html: '<html>nothing here</html>', status: 404 }],
    ['an HTML 502', { html: '<html>bad gateway</html>', status: 502 }],
    ['a broken connection', { dropConnection: true }],
    ['a 500', { status: 500 }],
    ['a 429', { retryAfter: 3 }],
  ])('C-08 %s in place of updates is borne, and the token is in no log', async (_name, fault) => {
    const { telegram, bot, journal } = await setStage({ start: false })
    telegram.failNext('getUpdates', { ...fault, times: 2 })
    await bot.start()
    telegram.say(ANNA, 'hello')
    await telegram.waitForMessage(ANNA.id)
    await until(() => bot.health() === null)
    expect(JSON.stringify(journal.entries)).not.toContain(telegram.token.split(':')[1])
  })

  test('C-05 a poll that says nothing is ended and begun anew', async () => {
    const { telegram, bot } = await setStage({ start: false, parts: { limits: { pollMs: 40 } } })
    telegram.failNext('getUpdates', { halfOpen: true })
    await bot.start()
    telegram.say(ANNA, 'hello')
    expect((await telegram.waitForMessage(ANNA.id)).text).toBe('heard hello')
  })
})

describe('start and stop', () => {
  test('C-07 a wrong token stops the start with one clear line that does not hold it', async () => {
    const { telegram, bot } = await setStage({ start: false })
    const token = telegram.token
    telegram.rotateToken('7000000001:another')
    const failed = await bot.start().catch((error: unknown) => error)
    expect(String(failed)).toMatch(/^Error: TELEGRAM_BOT_TOKEN: Telegram does not know this token/)
    expect(String(failed)).not.toContain(token.split(':')[1])
  })

  test('D-12 a new token is taken by a restart, and nothing that came in between is lost or answered twice', async () => {
    const { telegram, bot, parts, inbox } = await setStage()
    telegram.say(ANNA, 'before')
    await telegram.waitForMessage(ANNA.id)
    telegram.rotateToken('7000000001:TheNewTokenOfThisBot')
    telegram.say(ANNA, 'meanwhile')
    await until(() => bot.health() !== null)
    telegram.meet(BORIS)
    const boris = { platform: 'TELEGRAM', workspace: '', externalId: '502' } as const
    expect(await bot.push(boris, READER, words('due'), wanted)).toMatchObject({
      kind: 'later',
      afterMs: 60_000,
    })
    await bot.stop()
    const next = createTelegramBot({ ...parts, config: { ...parts.config, token: telegram.token } })
    onClear(() => next.stop())
    await next.start()
    await telegram.waitForMessage(ANNA.id, ({ text }) => text === 'heard meanwhile')
    expect(await next.push(boris, READER, words('due'), wanted)).toMatchObject({ kind: 'sent' })
    await until(() => [...inbox.rows.values()].every(({ done }) => done))
    expect(telegram.messages(ANNA.id).map(({ text }) => text)).toEqual(['heard before', 'heard meanwhile'])
  })

  test('a network that is down does not: the work begins when it is back', async () => {
    const { telegram, bot } = await setStage({ start: false })
    telegram.failNext('getMe', { dropConnection: true, times: 3 })
    await bot.start()
    expect(bot.health()).toMatch(/^getMe: /)
    telegram.say(ANNA, 'hello')
    await telegram.waitForMessage(ANNA.id)
    expect(bot.health()).toBeNull()
  })

  test('D-06 when Telegram asks to wait at the start, the start waits so long', async () => {
    const { telegram, bot } = await setStage({ start: false })
    telegram.failNext('deleteWebhook', { retryAfter: 60 })
    await bot.start()
    telegram.say(ANNA, 'hello')
    await telegram.waitForMessage(ANNA.id)
    const [refused, taken] = telegram.calls.filter(({ method }) => method === 'deleteWebhook')
    expect((taken?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(60_000)
  })

  test('a webhook of before is taken down without throwing away what waits', async () => {
    const { telegram, bot } = await setStage({
      start: false,
      standIn: { webhook: { url: 'http://127.0.0.1:9/gone' } },
    })
    telegram.say(ANNA, 'waited')
    await bot.start()
    await telegram.waitForMessage(ANNA.id)
    expect(telegram.webhookUrl).toBeUndefined()
    expect(telegram.calls.filter(({ params }) => 'drop_pending_updates' in params)).toEqual([])
  })

  test('says what it is called', async () => {
    const names: string[] = []
    const { bot } = await setStage({ start: false, parts: { onUsername: (name) => names.push(name) } })
    expect(names).toEqual([])
    await bot.start()
    expect(names).toEqual(['kamerton_test_bot'])
  })

  test('stop ends the poll and may be called twice, also before a start', async () => {
    const { telegram, bot } = await setStage()
    await until(() => telegram.polling)
    await Promise.all([bot.stop(), bot.stop()])
    await until(() => !telegram.polling)
    const idle = await setStage({ start: false })
    await idle.bot.stop()
    expect([telegram.polling, idle.telegram.calls]).toEqual([false, []])
  })
})
