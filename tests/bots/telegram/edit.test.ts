import { afterEach, describe, expect, test } from 'vitest'
import { createTelegramBot } from '../../../src/bots/telegram/adapter.ts'
import { plain, show, type View } from '../../../src/commands/kit/view.ts'
import type { Reader } from '../../../src/domain/shared/actor.ts'
import { brokenCards, cardNotes } from '../../support/card-notes.ts'
import { ANNA, BORIS, clearStage, freePort, onClear, setStage, until, words } from './stage.ts'
import { virtualClock } from './virtual-clock.ts'
import { wanted } from '../../support/wanted.ts'

afterEach(clearStage)

const READER: Reader = { language: 'en', timeZone: 'Europe/Moscow', currency: 'EUR' }
const toAnna = { platform: 'TELEGRAM', workspace: '', externalId: String(ANNA.id) } as const
const withButton = (text: string, args: Readonly<Record<string, string>> = { id: 'q1' }): View => [
  ...words(text),
  { kind: 'buttons', buttons: [{ label: plain('Approve'), command: 'discount-approve', args }] },
]
const outcome = words('Approved by Max & <Dana>')
const about = { subject: 'q1', version: 4 }

async function setUp(options: Parameters<typeof setStage>[0] = {}) {
  const notes = cardNotes()
  const stage = await setStage({ ...options, parts: { cards: notes.cards, ...options.parts } })
  stage.telegram.meet(ANNA)
  stage.telegram.meet(BORIS)
  const edits = () => stage.telegram.calls.filter(({ method }) => method === 'editMessageText')
  const pushed = async (view = withButton('12 % for Acme?')) => {
    const sent = await stage.bot.push(toAnna, READER, view, wanted)
    if (sent.kind !== 'sent') throw new Error(sent.kind)
    return { chat: sent.chat, message: sent.message }
  }
  const edit = (at: Readonly<{ chat: string; message: string }>, view = outcome, to = toAnna) =>
    stage.bot.edit(to, at, READER, view)
  const shown = () => stage.telegram.messages(ANNA.id).map(({ text, keyboard }) => [text, keyboard.length])
  return { ...stage, stage, edits, pushed, edit, shown, noted: notes.noted }
}

describe('editing a card', () => {
  test('puts the outcome in its place, and takes its buttons away', async () => {
    const { pushed, edit, shown } = await setUp()
    expect(await edit(await pushed())).toEqual({ kind: 'done' })
    expect(shown()).toEqual([['Approved by Max & <Dana>', 0]])
  })

  test('gives it buttons that work for its person', async () => {
    const { pushed, edit, telegram, dispatcher } = await setUp()
    await edit(await pushed(), withButton('now 10 %?', { id: 'f'.repeat(80) }))
    telegram.press(ANNA, 'Approve')
    await until(() => dispatcher.heard.length === 1)
    expect(dispatcher.heard[0]?.act).toMatchObject({ args: { id: 'f'.repeat(80) } })
  })

  test('D-08 twice is done once', async () => {
    const { pushed, edit, edits } = await setUp()
    const place = await pushed()
    await edit(place)
    expect(await edit(place)).toEqual({ kind: 'done' })
    expect(edits().map(({ error }) => error !== null && error !== undefined)).toEqual([false, true])
  })

  test('with more than one message can hold shows its first page, without buttons', async () => {
    const { pushed, edit, telegram } = await setUp()
    const items = Array.from({ length: 110 }, (_, index) => ({ text: plain(`${index} ${'x'.repeat(80)}`) }))
    const place = await pushed()
    expect(await edit(place, [{ kind: 'list', items }, ...withButton('end')])).toEqual({ kind: 'done' })
    expect(telegram.messages(ANNA.id)).toMatchObject([
      { text: expect.stringMatching(/^• 0 x/), keyboard: [] },
    ])
  })

  test('D-08 a message that is not there is gone', async () => {
    const { pushed, edit } = await setUp()
    const place = await pushed()
    expect(await edit({ ...place, message: '999' })).toEqual({
      kind: 'gone',
      reason: '400: Bad Request: message to edit not found',
    })
    expect(await edit({ ...place, message: 'e1' })).toMatchObject({ kind: 'gone' })
  })

  test('another chat than that of its person is gone, without asking', async () => {
    const { pushed, edit, edits } = await setUp()
    const place = await pushed()
    expect(await edit({ ...place, chat: String(BORIS.id) })).toEqual({ kind: 'gone', reason: 'another chat' })
    expect(edits()).toEqual([])
  })

  test.each([
    ["400: Bad Request: message can't be edited", 400, "Bad Request: message can't be edited", 'gone'],
    ['400: Bad Request: chat not found', 400, 'Bad Request: chat not found', 'gone'],
    ['403: Forbidden: bot was blocked by the user', 403, 'Forbidden: bot was blocked by the user', 'gone'],
    ['400: Bad Request: message is too long', 400, 'Bad Request: message is too long', 'gone'],
    ['500: Internal Server Error', 500, 'Internal Server Error', 'later'],
  ])('Telegram says %s', async (reason, status, description, kind) => {
    const { pushed, edit, telegram, edits } = await setUp()
    const place = await pushed()
    telegram.failNext('editMessageText', { status, body: { ok: false, error_code: status, description } })
    expect(await edit(place)).toMatchObject({ kind, reason })
    expect(edits()).toHaveLength(1)
  })

  test('D-06 is later for as long as Telegram says, and meanwhile the chat is left alone', async () => {
    const { pushed, edit, edits, telegram } = await setUp()
    const place = await pushed()
    telegram.failNext('editMessageText', { retryAfter: 60 })
    expect(await edit(place)).toMatchObject({ kind: 'later', afterMs: 60_000 })
    const again = await edit(place)
    expect(again.kind === 'later' && again.afterMs).toBeGreaterThan(50_000)
    expect(edits()).toHaveLength(1)
    expect(telegram.rateViolations).toEqual([])
  })

  test.each([
    ['the connection breaks', { dropConnection: true, afterDelivery: true }],
    ['no answer comes', { halfOpen: true, afterDelivery: true }],
  ])('is later when %s: the same again does no harm', async (_name, fault) => {
    const { pushed, edit, telegram, shown } = await setUp({ parts: { limits: { callMs: 300 } } })
    const place = await pushed()
    telegram.failNext('editMessageText', fault)
    expect(await edit(place)).toMatchObject({ kind: 'later' })
    expect(await edit(place)).toEqual({ kind: 'done' })
    expect(shown()).toEqual([['Approved by Max & <Dana>', 0]])
  })

  test('is later when Telegram cannot be reached, and while the token is wrong', async () => {
    const { pushed, edit, telegram, parts } = await setUp()
    const place = await pushed()
    const away = { token: telegram.token, apiRoot: `http://127.0.0.1:${await freePort()}` }
    const bot = createTelegramBot({ ...parts, config: away })
    onClear(() => bot.stop())
    expect(await bot.edit(toAnna, place, READER, outcome)).toMatchObject({ kind: 'later', afterMs: 5_000 })
    telegram.rotateToken('7000000001:another')
    expect(await edit(place)).toMatchObject({ kind: 'later', afterMs: 60_000 })
  })

  test('is later when the tokens of its buttons cannot be kept', async () => {
    const { pushed, edit, edits, tokens } = await setUp()
    const place = await pushed()
    Object.assign(tokens, { save: () => Promise.reject(new Error('the database is away')) })
    expect(await edit(place, withButton('x', { id: 'f'.repeat(80) }))).toMatchObject({ kind: 'later' })
    expect(edits()).toEqual([])
  })

  test('is done as plain text when Telegram refuses the markup', async () => {
    const { pushed, edit, edits, telegram, shown } = await setUp()
    const place = await pushed()
    const description = "Bad Request: can't parse entities: Unsupported start tag"
    telegram.failNext('editMessageText', { status: 400, body: { ok: false, error_code: 400, description } })
    expect(await edit(place)).toEqual({ kind: 'done' })
    expect(edits()).toHaveLength(2)
    expect(shown()).toEqual([['Approved by Max & <Dana>', 0]])
  })

  test('that is given up does not land later on what has been written there since', async () => {
    const clock = virtualClock()
    const { pushed, edit, edits, telegram, bot } = await setUp({ parts: { clock, limits: { answerMs: 50 } } })
    const place = await pushed()
    const description = "Bad Request: can't parse entities"
    telegram.failNext('editMessageText', { status: 400, body: { ok: false, error_code: 400, description } })
    const editing = edit(place)
    await clock.runTo(1_000)
    expect(await editing).toMatchObject({ kind: 'later' })
    await clock.runTo(8_000)
    await bot.stop()
    expect(edits().length).toBeLessThanOrEqual(1)
  })

  test('is later when Telegram is still silent about it at the end of a stop', async () => {
    const { pushed, edit, edits, bot, telegram } = await setUp({ parts: { limits: { stopMs: 50 } } })
    const place = await pushed()
    telegram.failNext('editMessageText', { halfOpen: true })
    const editing = edit(place)
    await until(() => edits().length === 1)
    await bot.stop()
    expect(await editing).toMatchObject({ kind: 'later' })
  })

  test('is later once the assistant stops', async () => {
    const { pushed, edit, bot, edits } = await setUp()
    const place = await pushed()
    await bot.stop()
    expect(await edit(place)).toMatchObject({ kind: 'later' })
    expect(edits()).toEqual([])
  })
})

describe('an answer that is a card', () => {
  test('is noted under the number of its message', async () => {
    const { telegram, noted } = await setUp({ script: () => show(withButton('12 %'), about) })
    telegram.say(ANNA, 'discounts')
    await until(() => noted.length === 1)
    expect(noted).toEqual([`501 501/${telegram.lastMessage(ANNA.id)?.messageId} shows q1 v4`])
  })

  test('in the place of the one that was pressed is noted there', async () => {
    const { telegram, noted, pushed } = await setUp({ script: () => show(words('approved'), about) })
    const { message } = await pushed()
    telegram.press(ANNA, 'Approve')
    await until(() => noted.length > 0)
    expect(noted).toEqual([`501 501/${message} shows q1 v4`])
  })

  test('is noted at once, however long its tap waits to be acknowledged', async () => {
    const { telegram, noted, pushed } = await setUp({
      script: () => show(words('approved'), about),
      parts: { limits: { stopMs: 50 } },
    })
    await pushed()
    telegram.failNext('answerCallbackQuery', { halfOpen: true })
    telegram.press(ANNA, 'Approve')
    await until(() => noted.length > 0)
    expect(telegram.answersToCallbacks).toEqual([])
  })

  test('D-08 that had to come anew because the old one is not there is noted under its own number', async () => {
    const { telegram, noted, pushed } = await setUp({ script: () => show(words('approved'), about) })
    const { message } = await pushed()
    const description = 'Bad Request: message to edit not found'
    telegram.failNext('editMessageText', { status: 400, body: { ok: false, error_code: 400, description } })
    telegram.press(ANNA, 'Approve')
    await until(() => noted.length === 2)
    expect(noted).toEqual([
      `501 501/${Number(message) + 1} shows q1 v4`,
      `501 501/${message} shows something else`,
    ])
  })

  test('gives way to an answer about nothing, and not to a question about it', async () => {
    let asks = true
    const { telegram, noted, pushed, dispatcher } = await setUp({
      script: () =>
        asks
          ? { kind: 'view', view: withButton('Why?'), passing: true }
          : { kind: 'view', view: words('left') },
    })
    const { message } = await pushed()
    telegram.press(ANNA, 'Approve')
    await telegram.waitForMessage(ANNA.id)
    await until(() => telegram.lastMessage(ANNA.id)?.text === 'Why?')
    asks = false
    telegram.press(ANNA, 'Approve')
    await until(() => noted.length > 0)
    expect(dispatcher.heard).toHaveLength(2)
    expect(noted).toEqual([`501 501/${message} shows something else`])
  })

  test('that cannot be noted is there all the same, and the log says so', async () => {
    const { telegram, journal } = await setUp({
      script: () => show(words('12 %'), about),
      parts: { cards: brokenCards },
    })
    telegram.say(ANNA, 'discounts')
    expect((await telegram.waitForMessage(ANNA.id)).text).toBe('12 %')
    await until(() => journal.entries.some(({ text }) => text.startsWith('a card could not be noted')))
  })
})
