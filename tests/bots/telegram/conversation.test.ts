import { afterEach, describe, expect, test } from 'vitest'
import type { Invocation } from '../../../src/commands/kit/invocation.ts'
import { plain, type View } from '../../../src/commands/kit/view.ts'
import { ANNA, BORIS, clearStage, echo, setStage, type Stage, until } from './stage.ts'

afterEach(clearStage)

const GROUP = { id: -100_77, type: 'supergroup', title: 'Sales' } as const

const withButton = (args: Record<string, string>, title = 'card'): View => [
  { kind: 'text', text: plain(title) },
  { kind: 'buttons', buttons: [{ label: plain('Open'), command: 'account', args, style: 'primary' }] },
]

/** A line gets a card with one button, a press the words of what was pressed. */
const card = (args: Record<string, string>) => (invocation: Invocation) =>
  invocation.act.kind === 'line' ? withButton(args) : echo(invocation)

/** Waits for everything sent so far to be worked off. */
async function settled({ inbox, telegram }: Stage, updateId: number): Promise<void> {
  await telegram.waitForConfirmed(updateId)
  await until(() => inbox.rows.get(String(updateId))?.done === true)
}

describe('a line', () => {
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

  test('tells the metrics what became of an answer', async () => {
    const sent: unknown[] = []
    const { telegram } = await setStage({ parts: { onSent: (one) => sent.push(one) } })
    telegram.say(ANNA, 'x')
    await telegram.waitForMessage(ANNA.id)
    await until(() => sent.length > 0)
    expect(sent).toMatchObject([{ chat: '501', outcome: 'sent', messages: 1 }])
  })
})

describe('what is not a command', () => {
  test('an edited command runs nothing', async () => {
    const stage = await setStage()
    const { update } = stage.telegram.say(ANNA, '/account Acme', { editOf: 3 })
    await settled(stage, update.update_id)
    expect(stage.dispatcher.heard).toEqual([])
    expect(stage.telegram.messages(ANNA.id)).toEqual([])
  })

  test('a forwarded command runs nothing, and its sender hears why', async () => {
    const { telegram, dispatcher } = await setStage()
    telegram.say(BORIS, '/account Acme', { forwarded: true })
    expect((await telegram.waitForMessage(BORIS.id)).text).toMatch(
      /^Пересланное сообщение для меня не команда/,
    )
    expect(dispatcher.heard).toEqual([])
  })

  test.each([
    ['a location', { location: { latitude: 1, longitude: 2 } }],
    ['a contact of somebody else', { contact: { user_id: 1, phone_number: '1', first_name: 'X' } }],
    ['a voice note', { voice: { file_id: 'v', file_unique_id: 'v', duration: 1 } }],
    ['a photo with a command below it', { photo: [], caption: '/account Acme' }],
  ])('%s is answered with what can be done today', async (_name, fields) => {
    const { telegram, dispatcher } = await setStage()
    telegram.raw({
      message: {
        message_id: 1,
        date: 1,
        from: userOf(ANNA),
        chat: { id: ANNA.id, type: 'private' },
        ...fields,
      },
    })
    telegram.meet(ANNA)
    expect((await telegram.waitForMessage(ANNA.id)).text).toMatch(/^For now I read text only/)
    expect(dispatcher.heard).toEqual([])
  })

  test('an album of photos is answered once', async () => {
    const stage = await setStage()
    stage.telegram.meet(ANNA)
    const photo = {
      from: userOf(ANNA),
      chat: { id: ANNA.id, type: 'private' },
      date: 1,
      photo: [],
      media_group_id: 'album',
    }
    const updates = Array.from({ length: 10 }, (_, index) =>
      stage.telegram.raw({ message: { message_id: index, ...photo } }),
    )
    await settled(stage, updates.at(-1)?.update_id ?? 0)
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

  test('a group is told once an hour where the assistant works, and nothing more', async () => {
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

describe('a press', () => {
  test('replaces the message it sits on and stops the spinner', async () => {
    const { telegram, dispatcher } = await setStage({ script: card({ id: 'abc' }) })
    telegram.say(ANNA, 'Acme')
    const message = await telegram.waitForMessage(ANNA.id)
    expect(message.keyboard).toEqual([[{ text: 'Open', callback_data: 'account?id=abc', style: 'primary' }]])
    const { callbackQueryId } = telegram.press(ANNA, 'Open')
    await telegram.waitForMessage(ANNA.id)
    expect(telegram.messages(ANNA.id)).toHaveLength(1)
    expect(message).toMatchObject({ text: 'pressed account {"id":"abc"}', keyboard: [] })
    expect(dispatcher.heard[1]).toMatchObject({
      act: { kind: 'press', command: 'account', args: { id: 'abc' } },
      chat: '501',
    })
    await until(() => telegram.answersToCallbacks.length > 0)
    expect(telegram.answersToCallbacks).toMatchObject([{ callbackQueryId, text: '', showAlert: false }])
  })

  test('that changes nothing is a success', async () => {
    const stage = await setStage({ script: () => withButton({ id: '1' }) })
    stage.telegram.say(ANNA, 'Acme')
    await stage.telegram.waitForMessage(ANNA.id)
    const { update } = stage.telegram.press(ANNA, 'Open')
    await settled(stage, update.update_id)
    expect(stage.telegram.messages(ANNA.id)).toHaveLength(1)
    expect(stage.journal.entries.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([])
  })

  test.each(['inaccessible', 'deleted'])(
    'on a message that is %s is answered with a new one',
    async (how) => {
      const { telegram } = await setStage({ script: card({ id: '1' }) })
      telegram.say(ANNA, 'Acme')
      const message = await telegram.waitForMessage(ANNA.id)
      const options = how === 'inaccessible' ? { message, inaccessible: true } : { message }
      telegram.press(ANNA, 'Open', options)
      if (how === 'deleted') message.deleted = true
      const answer = await telegram.waitForMessage(ANNA.id)
      expect(answer.messageId).not.toBe(message.messageId)
      expect(answer.text).toMatch(/^pressed account/)
    },
  )

  test('an answer of several messages replaces one and adds the others', async () => {
    const long: View = [{ kind: 'text', text: plain('word '.repeat(1_500)) }]
    const stage = await setStage({ script: ({ act }) => (act.kind === 'line' ? withButton({}) : long) })
    stage.telegram.say(ANNA, 'Acme')
    const first = await stage.telegram.waitForMessage(ANNA.id)
    const { update } = stage.telegram.press(ANNA, 'Open')
    await settled(stage, update.update_id)
    expect(stage.telegram.messages(ANNA.id)).toHaveLength(2)
    expect(first.edits).toHaveLength(1)
  })

  test('is answered within two seconds although the work takes longer, and also when it fails', async () => {
    const hanging = Promise.withResolvers<void>()
    const stage = await setStage({
      script: async ({ act }) => {
        if (act.kind === 'line') return withButton({})
        await hanging.promise
        throw new Error('failed after all')
      },
      parts: { limits: { acknowledgeMs: 20 } },
    })
    stage.telegram.say(ANNA, 'Acme')
    await stage.telegram.waitForMessage(ANNA.id)
    const { callbackQueryId, update } = stage.telegram.press(ANNA, 'Open')
    await until(() => stage.telegram.answersToCallbacks.length > 0)
    hanging.resolve()
    await settled(stage, update.update_id)
    expect(stage.telegram.answersToCallbacks).toMatchObject([{ callbackQueryId }])
    expect(stage.telegram.lastMessage(ANNA.id)?.text).toMatch(/Something went wrong/)
  })

  test('that came too late to be acknowledged does its work', async () => {
    const { telegram, journal } = await setStage({ script: card({}) })
    telegram.say(ANNA, 'Acme')
    await telegram.waitForMessage(ANNA.id)
    telegram.failNext('answerCallbackQuery', {
      body: {
        ok: false,
        error_code: 400,
        description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
      },
      status: 400,
    })
    telegram.press(ANNA, 'Open')
    expect((await telegram.waitForMessage(ANNA.id)).text).toMatch(/^pressed/)
    expect(journal.entries.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([])
  })

  test('in a group is acknowledged and does nothing', async () => {
    const stage = await setStage()
    stage.telegram.meet(ANNA, GROUP)
    const query = { id: '77', from: userOf(ANNA), chat_instance: 'x', data: 'account?id=1' }
    const message = { message_id: 5, date: 1, chat: { id: GROUP.id, type: 'supergroup' } }
    const update = stage.telegram.raw({ callback_query: { ...query, message } })
    await settled(stage, update.update_id)
    expect(stage.dispatcher.heard).toEqual([])
    expect(stage.telegram.calls.some(({ method }) => method === 'answerCallbackQuery')).toBe(true)
  })
})

describe('a button that does not fit into 64 bytes', () => {
  const long = { name: 'Очень длинное название организации', id: '018f3c1e-9a2b-7c3d-8e4f-5a6b7c8d9e0f' }

  test('carries a token of its owner that is good for thirty days', async () => {
    const { telegram, tokens, clock, dispatcher } = await setStage({ script: card(long) })
    telegram.say(ANNA, 'Acme')
    const { keyboard } = await telegram.waitForMessage(ANNA.id)
    expect(keyboard[0]?.[0]?.callback_data).toBe('~token-1')
    const [saved] = tokens.saved.values()
    expect(saved).toMatchObject({ owner: '501', command: 'account', args: long })
    expect(saved?.expiresAt.getTime()).toBe(clock.at + 30 * 86_400_000)
    telegram.press(ANNA, 'Open')
    await telegram.waitForMessage(ANNA.id)
    expect(dispatcher.heard[1]?.act).toEqual({ kind: 'press', command: 'account', args: long })
  })

  test('is refused by an alert when somebody else presses it', async () => {
    const stage = await setStage({ script: card(long) })
    const { telegram, dispatcher } = stage
    telegram.say(ANNA, 'Acme')
    await telegram.waitForMessage(ANNA.id)
    telegram.meet(BORIS)
    const { update } = telegram.pressData(BORIS, '~token-1')
    await settled(stage, update.update_id)
    expect(telegram.answersToCallbacks).toMatchObject([
      { text: 'Эта кнопка была для другого человека.', showAlert: true },
    ])
    expect(dispatcher.heard).toHaveLength(1)
  })

  test.each(['~unknown', '~', 'no-such-command', '?', ''])(
    '%j asks the dispatcher for a command it does not have',
    async (data) => {
      const stage = await setStage()
      stage.telegram.meet(ANNA)
      const { update } = stage.telegram.pressData(ANNA, data)
      await settled(stage, update.update_id)
      expect(stage.dispatcher.heard).toMatchObject([{ act: { kind: 'press', args: {} } }])
    },
  )

  test('leaves the words when the database cannot make it', async () => {
    const { telegram, tokens } = await setStage({
      script: card(long),
      parts: { tokens: { save: () => Promise.reject(new Error('away')), find: async () => null } },
    })
    telegram.say(ANNA, 'Acme')
    expect(await telegram.waitForMessage(ANNA.id)).toMatchObject({ text: 'card', keyboard: [] })
    expect(tokens.saved.size).toBe(0)
  })
})

describe('a person who blocks the bot', () => {
  test('is written down, not tried again, and answered once they are back', async () => {
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

  test('while an answer is under way costs one try', async () => {
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

const userOf = ({ id, firstName, languageCode }: typeof ANNA) => ({
  id,
  is_bot: false,
  first_name: firstName,
  language_code: languageCode,
})
