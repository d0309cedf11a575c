import { afterEach, describe, expect, test } from 'vitest'
import { createTelegramBot } from '../../../src/bots/telegram/adapter.ts'
import { plain, say, type View } from '../../../src/commands/kit/view.ts'
import type { Reader } from '../../../src/domain/shared/actor.ts'
import { ANNA, BORIS, clearStage, freePort, onClear, setStage, type Stage, until, words } from './stage.ts'
import { virtualClock } from './virtual-clock.ts'
import { wanted } from '../../support/wanted.ts'

afterEach(clearStage)

const READER: Reader = { language: 'en', timeZone: 'Europe/Moscow', currency: 'EUR' }
const identity = (id: number | string) =>
  ({ platform: 'TELEGRAM', workspace: '', externalId: String(id) }) as const
const toAnna = identity(ANNA.id)

async function setUp(options: Parameters<typeof setStage>[0] = {}) {
  const stage = await setStage(options)
  stage.telegram.meet(ANNA)
  stage.telegram.meet(BORIS)
  const sent = () => stage.telegram.calls.filter(({ method }) => method === 'sendMessage')
  const push = (view: View = words('due'), to = toAnna) => stage.bot.push(to, READER, view, wanted)
  const textsOf = (chat: number) => stage.telegram.messages(chat).map(({ text }) => text)
  return { ...stage, stage, sent, push, textsOf }
}

/** As many lines as fill three messages. */
const long: View = [
  {
    kind: 'list',
    items: Array.from({ length: 110 }, (_, index) => ({ text: plain(`${index} ${'x'.repeat(80)}`) })),
  },
]
const withButton = (args: Record<string, string>): View => [
  { kind: 'text', text: plain('due') },
  { kind: 'buttons', buttons: [{ label: plain('Done'), command: 'follow-up-done', args }] },
]

describe('a message that nobody asked for', () => {
  test('arrives, and is named by its chat and its number', async () => {
    const { push, telegram, textsOf } = await setUp()
    const pushed = await push()
    expect(textsOf(ANNA.id)).toEqual(['due'])
    const message = String(telegram.lastMessage(ANNA.id)?.messageId)
    expect(pushed).toEqual({ kind: 'sent', chat: '501', message })
  })

  test('is not sent when nobody wants it any more by the time its turn comes, and asked about once', async () => {
    const { bot, sent } = await setUp()
    let asked = 0
    const begin = (isWanted: boolean) => async () => {
      asked += 1
      return isWanted
    }
    expect(await bot.push(toAnna, READER, long, begin(false))).toEqual({ kind: 'unwanted' })
    expect([sent().length, asked]).toEqual([0, 1])
    expect(await bot.push(toAnna, READER, withButton({ id: 'f1' }), begin(true))).toMatchObject({
      kind: 'sent',
    })
    expect([sent().length, asked]).toEqual([1, 2])
  })

  test('speaks the language of its reader', async () => {
    const { bot, textsOf } = await setUp()
    await bot.push(
      toAnna,
      { ...READER, language: 'ru' },
      [{ kind: 'text', text: say('form.cancelled') }],
      wanted,
    )
    expect(textsOf(ANNA.id)).toEqual(['Вышли. Ничего не изменилось.'])
  })

  test('carries buttons that work for its reader and for nobody else', async () => {
    const { push, telegram, dispatcher } = await setUp()
    const args = { id: 'f'.repeat(80) }
    await push(withButton(args))
    const [message] = telegram.messages(ANNA.id)
    telegram.press(BORIS, 'Done', message ? { message } : {})
    telegram.press(ANNA, 'Done')
    await telegram.waitForMessage(ANNA.id)
    expect(dispatcher.heard.map(({ act, identity: { externalId } }) => [externalId, act])).toEqual([
      ['501', { kind: 'press', command: 'follow-up-done', args }],
    ])
  })

  test('that is long comes in several messages, in order, and is named by the last', async () => {
    const { push, telegram } = await setUp()
    const pushed = await push(long)
    const messages = telegram.messages(ANNA.id)
    expect(messages).toHaveLength(3)
    expect(messages.map(({ text }) => /^• (\d+)/.exec(text)?.[1])).toEqual([
      '0',
      expect.any(String),
      expect.any(String),
    ])
    expect(pushed).toEqual({ kind: 'sent', chat: '501', message: String(messages.at(-1)?.messageId) })
  })

  test('whose second part fails counts as sent, and the log says so', async () => {
    const { bot, telegram, journal } = await setUp()
    const pushing = bot.push(toAnna, READER, long, wanted)
    await telegram.waitForMessage(ANNA.id)
    telegram.failNext('sendMessage', { dropConnection: true })
    expect(await pushing).toEqual({ kind: 'sent', chat: '501', message: '1' })
    expect(journal.entries).toContainEqual({
      level: 'warn',
      facts: { of: 3, arrived: 1 },
      text: 'only a part of a message arrived',
    })
  })

  test('with nothing to say is refused', async () => {
    const { push, sent } = await setUp()
    expect(await push([])).toMatchObject({ kind: 'refused' })
    expect(sent()).toEqual([])
  })

  test('a hundred of them, with answers between them, keep to the published rates', async () => {
    const { bot, telegram } = await setUp({ standIn: { rates: true, openChats: true } })
    for (let count = 0; count < 100; count += 1) {
      const pushed = await bot.push(identity(1_000 + count), READER, words('due'), wanted)
      expect(pushed.kind).toBe('sent')
      if (count % 10 > 0) continue
      telegram.say({ id: 600 + count }, 'now')
      await telegram.waitForMessage(600 + count)
    }
    expect(telegram.calls.filter(({ error }) => error)).toEqual([])
    expect(telegram.rateViolations).toEqual([])
  })
})

describe('what became of it', () => {
  test('D-06 is “later” for as long as Telegram says, and meanwhile the chat is left alone', async () => {
    const { push, telegram, sent, textsOf } = await setUp()
    telegram.failNext('sendMessage', { retryAfter: 60 })
    expect(await push()).toMatchObject({ kind: 'later', afterMs: 60_000 })
    const again = await push()
    expect(again.kind === 'later' && again.afterMs).toBeGreaterThan(50_000)
    expect(sent()).toHaveLength(1)
    expect(await push(words('other'), identity(BORIS.id))).toMatchObject({ kind: 'sent' })
    expect(textsOf(BORIS.id)).toEqual(['other'])
    expect(telegram.rateViolations).toEqual([])
  })

  test('D-06 is “later” for everybody once Telegram refuses two chats in a row; answers still go out', async () => {
    const { push, telegram, sent } = await setUp({ standIn: { openChats: true } })
    telegram.failNext('sendMessage', { retryAfter: 30, times: 2 })
    await push()
    await push(words('due'), identity(BORIS.id))
    const third = await push(words('due'), identity(777))
    expect(third.kind === 'later' && third.afterMs).toBeGreaterThan(25_000)
    expect(sent()).toHaveLength(2)
    telegram.say({ id: 778 }, 'hello')
    expect((await telegram.waitForMessage(778)).text).toBe('heard hello')
  })

  test.each(['bot was blocked by the user', 'user is deactivated'])('is “gone” when %s', async (reason) => {
    const { push, telegram, sent } = await setUp()
    telegram.forbid(ANNA.id, reason)
    expect(await push()).toEqual({ kind: 'gone', reason: `403: Forbidden: ${reason}` })
    expect(sent()).toHaveLength(1)
  })

  test('is “gone” where no chat was ever opened', async () => {
    const { push } = await setUp()
    expect(await push(words('due'), identity(999))).toEqual({
      kind: 'gone',
      reason: '400: Bad Request: chat not found',
    })
  })

  test('D-09 a person who was gone is reached again by a push and by an answer', async () => {
    const { push, telegram, textsOf } = await setUp()
    telegram.forbid(ANNA.id, 'bot was blocked by the user')
    await push()
    telegram.unblock(ANNA)
    expect(await push()).toMatchObject({ kind: 'sent' })
    telegram.say(ANNA, 'back')
    await telegram.waitForMessage(ANNA.id)
    expect(textsOf(ANNA.id)).toEqual(['due', 'heard back'])
  })

  test('is “later” when Telegram cannot be reached: nothing has left', async () => {
    const { telegram, parts } = await setUp({ start: false })
    const away = { token: telegram.token, apiRoot: `http://127.0.0.1:${await freePort()}` }
    const bot = createTelegramBot({ ...parts, config: away })
    onClear(() => bot.stop())
    expect(await bot.push(toAnna, READER, words('due'), wanted)).toMatchObject({
      kind: 'later',
      afterMs: 5_000,
    })
  })

  test('is “later” when Telegram itself says that it failed', async () => {
    const { push, telegram, textsOf } = await setUp()
    telegram.failNext('sendMessage', { status: 500 })
    expect(await push()).toMatchObject({ kind: 'later', afterMs: 5_000 })
    expect(textsOf(ANNA.id)).toEqual([])
  })

  test('is “later” while the token is wrong', async () => {
    const { push, telegram } = await setUp()
    telegram.rotateToken('7000000001:another')
    expect(await push()).toMatchObject({ kind: 'later', afterMs: 60_000 })
  })

  test.each([
    ['the connection breaks', { dropConnection: true, afterDelivery: true }],
    ['no answer comes', { halfOpen: true, afterDelivery: true }],
    ['a proxy answers in its place', { status: 502, html: '<html>Bad Gateway</html>', afterDelivery: true }],
  ])('is “unclear” when %s, and it is not sent again', async (_name, fault) => {
    const { push, telegram, textsOf, sent } = await setUp({ parts: { limits: { callMs: 300 } } })
    telegram.failNext('sendMessage', fault)
    expect(await push()).toEqual({ kind: 'unclear' })
    expect([textsOf(ANNA.id), sent().length]).toEqual([['due'], 1])
  })

  test('D-05 is “unclear” in time, even when the call goes on for longer', async () => {
    const { push, telegram } = await setUp({ parts: { limits: { callMs: 1_000, answerMs: 50 } } })
    telegram.failNext('sendMessage', { halfOpen: true })
    expect(await push()).toEqual({ kind: 'unclear' })
  })

  test('is “sent” as plain text when Telegram refuses the markup', async () => {
    const { push, telegram, journal, sent } = await setUp()
    const description = "Bad Request: can't parse entities: Unsupported start tag"
    telegram.failNext('sendMessage', { status: 400, body: { ok: false, error_code: 400, description } })
    expect(await push(words('a < b'))).toMatchObject({ kind: 'sent' })
    expect(sent().map(({ params }) => [params['text'], params['parse_mode']])).toEqual([
      ['a &lt; b', 'HTML'],
      ['a < b', undefined],
    ])
    expect(journal.entries.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  test('is “later” when the time is up before the plain text, which is then not sent at all', async () => {
    const clock = virtualClock()
    const { push, telegram, sent, bot } = await setUp({ parts: { clock, limits: { answerMs: 50 } } })
    const description = "Bad Request: can't parse entities"
    telegram.failNext('sendMessage', { status: 400, body: { ok: false, error_code: 400, description } })
    expect(await push()).toMatchObject({ kind: 'later' })
    await clock.runTo(8_000)
    await bot.stop()
    expect(sent()).toHaveLength(1)
  })

  test('is “refused” when Telegram will never take it', async () => {
    const { push, telegram } = await setUp()
    const description = 'Bad Request: message is too long'
    telegram.failNext('sendMessage', { status: 400, body: { ok: false, error_code: 400, description } })
    expect(await push()).toEqual({ kind: 'refused', reason: `400: ${description}` })
  })

  test('is “later” when the tokens of its buttons cannot be kept', async () => {
    const { push, tokens, sent } = await setUp()
    Object.assign(tokens, { save: () => Promise.reject(new Error('the database is away')) })
    expect(await push(withButton({ id: 'f'.repeat(80) }))).toMatchObject({ kind: 'later' })
    expect(sent()).toEqual([])
  })

  test('is known before the assistant has stopped, when it was on its way', async () => {
    const { push, bot, telegram, sent } = await setUp()
    telegram.failNext('sendMessage', { status: 500 })
    const pushing = push()
    await until(() => sent().length === 1)
    await bot.stop()
    const known = await Promise.race([pushing, Promise.resolve('not yet')])
    expect(known).toMatchObject({ kind: 'later', afterMs: 5_000 })
  })

  test('is “unclear” when Telegram is still silent about it at the end of a stop', async () => {
    const { push, bot, telegram, sent } = await setUp({ parts: { limits: { stopMs: 50 } } })
    telegram.failNext('sendMessage', { halfOpen: true })
    const pushing = push()
    await until(() => sent().length === 1)
    await bot.stop()
    expect(await pushing).toEqual({ kind: 'unclear' })
  })

  test('is “later” when it still waits while the assistant stops', async () => {
    const { push, bot, telegram, sent, stage } = await setUp({ parts: { clock: virtualClock() } })
    telegram.failNext('sendMessage', { retryAfter: 3 })
    await push()
    const pushing = push()
    await bot.stop()
    expect(await pushing).toMatchObject({ kind: 'later' })
    expect([sent().length, stage.bot.health()]).toEqual([1, null])
  })

  test('is “later” once the assistant stops', async () => {
    const { push, bot, sent } = await setUp()
    await bot.stop()
    expect(await push()).toMatchObject({ kind: 'later' })
    expect(sent()).toEqual([])
  })
})

describe('beside answers in the same chat', () => {
  const answering = async (stage: Stage) => {
    stage.telegram.say(ANNA, 'x')
    await until(() => stage.telegram.calls.some(({ method }) => method === 'sendMessage'))
  }

  test('it is “later” when the answer under way takes too long, and has not been sent', async () => {
    const { stage, push, telegram, sent } = await setUp({ parts: { limits: { callMs: 1_000 } } })
    telegram.failNext('sendMessage', { halfOpen: true })
    await answering(stage)
    expect(await push()).toMatchObject({ kind: 'later' })
    expect(sent()).toHaveLength(1)
  })

  test('it does not come between the parts of a long answer', async () => {
    const { stage, push, textsOf } = await setUp({
      script: () => long,
      parts: { limits: { turnMs: 600_000 } },
    })
    await answering(stage)
    expect(await push()).toMatchObject({ kind: 'sent' })
    expect(textsOf(ANNA.id)).toHaveLength(4)
    expect(textsOf(ANNA.id).at(-1)).toBe('due')
  })
})
