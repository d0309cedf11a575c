import { afterEach, describe, expect, test } from 'vitest'
import type { Shared } from '../../support/telegram/telegram-stand-in.ts'
import { ANNA, BORIS, clearStage, echo, GROUP, setStage, settled, until, userOf } from './stage.ts'

afterEach(clearStage)

describe('C-17 a line', () => {
  test.each([
    ['/account Acme', '/account Acme'],
    ['/account@Kamerton_Test_Bot Acme', '/account Acme'],
    ['/start@kamerton_test_bot ABCDE', '/start ABCDE'],
    ['just a name', 'just a name'],
    ['mail@example.com', 'mail@example.com'],
  ])('%s is taken as %s', async (typed, heard) => {
    const { telegram, dispatcher } = await setStage()
    telegram.say(ANNA, typed)
    await telegram.waitForMessage(ANNA.id)
    expect(dispatcher.heard[0]?.act).toEqual({ kind: 'line', text: heard })
  })

  test('a command for another bot is not ours', async () => {
    const stage = await setStage()
    const { update } = stage.telegram.say(ANNA, '/account@OtherBot Acme')
    await settled(stage, update.update_id)
    expect(stage.dispatcher.heard).toEqual([])
    expect(stage.telegram.messages(ANNA.id)).toEqual([])
  })

  test('a repeat is answered with silence', async () => {
    const stage = await setStage({ script: () => ({ kind: 'repeat' }) })
    const { update } = stage.telegram.say(ANNA, 'again')
    await settled(stage, update.update_id)
    expect(stage.telegram.messages(ANNA.id)).toEqual([])
  })

  test('a form that nobody asks step by step is logged and apologised for', async () => {
    const form = {
      command: 'x',
      form: { title: 'settings.form', submit: 'settings.save', fields: [] },
      values: {},
      errors: {},
    } as const
    const { telegram, journal } = await setStage({ script: () => ({ kind: 'form', form }) })
    telegram.say(ANNA, 'x')
    expect((await telegram.waitForMessage(ANNA.id)).text).toMatch(/Something went wrong on my side/)
    expect(journal.entries.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  test('work that fails is tried three times, then apologised for and finished', async () => {
    const stage = await setStage({ script: () => Promise.reject(new Error('the dialogues are away')) })
    const { update } = stage.telegram.say(BORIS, 'x')
    expect((await stage.telegram.waitForMessage(BORIS.id)).text).toMatch(/^🔴 Сбой на моей стороне/)
    await settled(stage, update.update_id)
    expect(stage.dispatcher.heard).toHaveLength(3)
    expect(stage.journal.entries.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  test('work that succeeds at the second try is answered once', async () => {
    let tries = 0
    const { telegram } = await setStage({
      script: (invocation) => (++tries === 1 ? Promise.reject(new Error('once')) : echo(invocation)),
    })
    telegram.say(ANNA, 'x')
    expect((await telegram.waitForMessage(ANNA.id)).text).toBe('heard x')
  })

  test('the journal tells what became of an answer', async () => {
    const { telegram, journal } = await setStage()
    telegram.say(ANNA, 'x')
    const sent = () => journal.entries.filter(({ text }) => text === 'answer sent')
    await until(() => sent().length > 0)
    expect(sent()).toMatchObject([{ level: 'debug', facts: { outcome: 'sent', messages: 1 } }])
  })
})

describe('what is not a command', () => {
  test('C-17 a forwarded command runs nothing, and its sender hears why', async () => {
    const { telegram, dispatcher } = await setStage()
    telegram.say(BORIS, '/account Acme', { forwarded: true })
    expect((await telegram.waitForMessage(BORIS.id)).text).toMatch(
      /^Пересланное сообщение я не принимаю за ваш собственный отчёт/,
    )
    expect(dispatcher.heard).toEqual([])
  })

  test.each<Shared>([{ kind: 'sticker' }, { kind: 'animation', bytes: 900, name: 'dance.mp4' }])(
    'a $kind is answered with what can be sent',
    async (shared) => {
      const { telegram, dispatcher } = await setStage()
      telegram.share(ANNA, shared)
      expect((await telegram.waitForMessage(ANNA.id)).text).toMatch(/^I can do nothing with this kind/)
      expect(dispatcher.heard).toEqual([])
    },
  )

  test.each<Shared>([
    { kind: 'location', latitude: 55.7, longitude: 37.6 },
    { kind: 'contact', firstName: 'Olga', phone: '+79990000000' },
    { kind: 'photo', bytes: 90_000 },
  ])('C-19 a forwarded $kind is nobody’s own either', async (shared) => {
    const { telegram, dispatcher } = await setStage()
    telegram.share(ANNA, shared, { forwarded: true })
    expect((await telegram.waitForMessage(ANNA.id)).text).toMatch(/^I do not take a forwarded message/)
    expect(dispatcher.heard).toEqual([])
  })

  test('is answered as the settings say where Telegram names no language', async () => {
    const defaults = { language: 'ru', timeZone: 'Europe/Moscow', currency: 'RUB' } as const
    const { telegram } = await setStage({ parts: { defaults } })
    telegram.say({ id: 503, firstName: 'X' }, 'x', { forwarded: true })
    telegram.say(ANNA, 'x', { forwarded: true })
    expect((await telegram.waitForMessage(503)).text).toMatch(/^Пересланное/)
    expect((await telegram.waitForMessage(ANNA.id)).text).toMatch(/^[A-Z]/)
  })

  test('a forwarded album is refused once', async () => {
    const stage = await setStage()
    const album = { forwarded: true, fields: { media_group_id: 'album' } }
    const said = Array.from({ length: 10 }, () =>
      stage.telegram.share(ANNA, { kind: 'photo', bytes: 90_000 }, album),
    )
    await settled(stage, said.at(-1)?.update.update_id ?? 0)
    expect(stage.telegram.messages(ANNA.id)).toHaveLength(1)
  })

  test('a service message is passed over', async () => {
    const stage = await setStage()
    const { telegram } = stage
    telegram.raw({
      message: {
        message_id: 1,
        date: 1,
        from: userOf(ANNA),
        chat: { id: ANNA.id, type: 'private' },
        pinned_message: {},
      },
    })
    const { update } = telegram.say(ANNA, 'after')
    await telegram.waitForMessage(ANNA.id)
    await settled(stage, update.update_id)
    expect(telegram.messages(ANNA.id)).toHaveLength(1)
  })

  test('D-07 a group is told once an hour where the assistant works, and nothing more', async () => {
    const stage = await setStage()
    const { telegram, clock, dispatcher } = stage
    telegram.say(ANNA, '/account Acme', { chat: GROUP })
    expect((await telegram.waitForMessage(GROUP.id)).text).toBe(
      'I answer in a private chat only, where nobody else reads along. Write to me at @kamerton_test_bot.',
    )
    const { update } = telegram.say(BORIS, '/account Acme', { chat: GROUP })
    await settled(stage, update.update_id)
    expect(telegram.messages(GROUP.id)).toHaveLength(1)
    clock.at += 3_600_000
    telegram.say(BORIS, '/account@kamerton_test_bot Acme', { chat: GROUP })
    await telegram.waitForMessage(GROUP.id)
    expect(dispatcher.heard).toEqual([])
  })

  test('talk in a group is not answered at all', async () => {
    const stage = await setStage({ standIn: { privacy: false } })
    stage.telegram.meet(ANNA, GROUP)
    const { update } = stage.telegram.say(ANNA, 'how is Acme doing', { chat: GROUP })
    await settled(stage, update.update_id)
    expect(stage.telegram.messages(GROUP.id)).toEqual([])
  })
})

describe('a person who blocks the bot', () => {
  test('D-09 is written down, not tried again, and answered once they are back', async () => {
    const stage = await setStage()
    const { telegram, journal } = stage
    telegram.meet(ANNA)
    await settled(stage, telegram.block(ANNA).update_id)
    expect(journal.entries).toContainEqual({
      level: 'info',
      facts: { chat: '501' },
      text: 'blocked by its person',
    })
    telegram.unblock(ANNA)
    telegram.say(ANNA, 'back')
    expect((await telegram.waitForMessage(ANNA.id)).text).toBe('heard back')
  })

  test('D-09 is told of to the core when they let the bot in again, and nobody is answered', async () => {
    const stage = await setStage()
    stage.telegram.meet(ANNA)
    await settled(stage, stage.telegram.block(ANNA).update_id)
    expect(stage.dispatcher.heard).toEqual([])
    await settled(stage, stage.telegram.unblock(ANNA).update_id)
    expect(stage.dispatcher.heard).toMatchObject([
      { identity: { externalId: '501' }, chat: '501', act: { kind: 'event', event: 'back', values: {} } },
    ])
    expect(stage.telegram.messages(ANNA.id)).toEqual([])
  })

  test('D-09 while an answer is under way costs one try', async () => {
    const stage = await setStage()
    stage.telegram.meet(ANNA)
    stage.telegram.forbid(ANNA.id, 'bot was blocked by the user')
    const { update } = stage.telegram.say(ANNA, 'x')
    await settled(stage, update.update_id)
    expect(stage.telegram.calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(1)
  })
})

test('a sentence of the adapter speaks the language of a person it knows', async () => {
  const stage = await setStage()
  const known = {
    id: 'anna',
    name: 'Anna',
    email: 'a@b',
    role: 'KAM',
    sight: [],
    preferredChat: null,
    linked: [],
    language: 'ru',
    timeZone: 'UTC',
    currency: 'RUB',
  } as const
  Object.assign(stage.dispatcher, { whoIs: async () => known })
  stage.telegram.say(ANNA, 'x', { forwarded: true })
  expect((await stage.telegram.waitForMessage(ANNA.id)).text).toMatch(/^Пересланное/)
})
