import { TelegramError } from 'telegraf'
import { afterEach, describe, expect, test } from 'vitest'
import { createAcknowledgements } from '../../../src/bots/telegram/acknowledgements.ts'
import type { TelegramClient } from '../../../src/bots/telegram/client.ts'
import type { Invocation } from '../../../src/commands/kit/invocation.ts'
import { plain, type View } from '../../../src/commands/kit/view.ts'
import {
  ANNA,
  BORIS,
  clearStage,
  echo,
  GROUP,
  listeningJournal,
  setStage,
  settled,
  until,
  userOf,
  words,
} from './stage.ts'
import { virtualClock } from './virtual-clock.ts'

afterEach(clearStage)

const withButton = (args: Record<string, string>, title = 'card'): View => [
  { kind: 'text', text: plain(title) },
  { kind: 'buttons', buttons: [{ label: plain('Open'), command: 'account', args, style: 'primary' }] },
]

/** A line gets a card with one button, a press the words of what was pressed. */
const card = (args: Record<string, string>) => (invocation: Invocation) =>
  invocation.act.kind === 'line' ? withButton(args) : echo(invocation)

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

  test('E-02 that failed leaves its message as it is, to be pressed again', async () => {
    let isAway = true
    const { telegram } = await setStage({
      script: (invocation) =>
        invocation.act.kind === 'press' && isAway
          ? { failed: words('not now') }
          : card({ id: '1' })(invocation),
    })
    telegram.say(ANNA, 'Acme')
    const message = await telegram.waitForMessage(ANNA.id)
    telegram.press(ANNA, 'Open')
    const word = await telegram.waitForMessage(ANNA.id)
    expect(word.text).toBe('not now')
    expect(message.keyboard).toHaveLength(1)
    isAway = false
    telegram.press(ANNA, 'Open', { message })
    await until(() => message.text.startsWith('pressed account'))
    expect(telegram.messages(ANNA.id)).toHaveLength(2)
  })

  test('D-08 that changes nothing is a success', async () => {
    const stage = await setStage({ script: () => withButton({ id: '1' }) })
    stage.telegram.say(ANNA, 'Acme')
    await stage.telegram.waitForMessage(ANNA.id)
    const { update } = stage.telegram.press(ANNA, 'Open')
    await settled(stage, update.update_id)
    expect(stage.telegram.messages(ANNA.id)).toHaveLength(1)
    expect(stage.journal.entries.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([])
  })

  test.each(['inaccessible', 'deleted'])(
    'D-08 on a message that is %s is answered with a new one',
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

  test('D-06 whose acknowledgement is told to wait is acknowledged then, and not before', async () => {
    const stage = await setStage({ script: card({}) })
    stage.telegram.say(ANNA, 'Acme')
    await stage.telegram.waitForMessage(ANNA.id)
    stage.telegram.failNext('answerCallbackQuery', { retryAfter: 3 })
    const { update, callbackQueryId } = stage.telegram.press(ANNA, 'Open')
    await settled(stage, update.update_id)
    expect(stage.telegram.answersToCallbacks).toMatchObject([{ callbackQueryId }])
    const [refused, taken] = stage.telegram.calls.filter(({ method }) => method === 'answerCallbackQuery')
    expect((taken?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(3_000)
  })

  test('D-06 whose acknowledgement is told to wait for minutes does its work unacknowledged', async () => {
    const stage = await setStage({ script: card({}) })
    stage.telegram.say(ANNA, 'Acme')
    await stage.telegram.waitForMessage(ANNA.id)
    stage.telegram.failNext('answerCallbackQuery', { retryAfter: 600 })
    const { update } = stage.telegram.press(ANNA, 'Open')
    expect((await stage.telegram.waitForMessage(ANNA.id)).text).toMatch(/^pressed/)
    await settled(stage, update.update_id)
    expect(stage.telegram.calls.filter(({ method }) => method === 'answerCallbackQuery')).toHaveLength(1)
  })

  test('D-06 of another person is not even tried to be acknowledged before that time', async () => {
    const stage = await setStage({ script: card({}) })
    for (const person of [ANNA, BORIS]) {
      stage.telegram.say(person, 'Acme')
      await stage.telegram.waitForMessage(person.id)
    }
    stage.telegram.failNext('answerCallbackQuery', { retryAfter: 600 })
    for (const person of [ANNA, BORIS])
      await settled(stage, stage.telegram.press(person, 'Open').update.update_id)
    expect(stage.telegram.calls.filter(({ method }) => method === 'answerCallbackQuery')).toHaveLength(1)
  })

  test('D-06 of another person waits as well when that time is short', async () => {
    const clock = virtualClock()
    const calls: string[] = []
    const callApi = async (_method: string, { callback_query_id: id }: { callback_query_id: string }) => {
      calls.push(`${id} at ${clock.now()}`)
      const tooMany = { error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 3 } }
      if (calls.length === 1) throw new TelegramError(tooMany)
      return true
    }
    const taps = createAcknowledgements({
      client: { callApi } as unknown as TelegramClient,
      journal: listeningJournal(),
      clock,
      withinMs: 60_000,
      signal: new AbortController().signal,
    })
    for (const id of ['first', 'second']) taps.expect(id)
    const first = taps.answer('first')
    await clock.runTo(1_000)
    const second = taps.answer('second')
    await clock.runTo(2_999)
    expect(calls).toEqual(['first at 0'])
    await clock.runTo(3_000)
    expect([await first, await second]).toEqual([true, true])
    expect(calls.slice(1)).toEqual(['first at 3000', 'second at 3000'])
  })

  test('D-10 is answered within two seconds although the work takes longer, and also when it fails', async () => {
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

  test('D-08 that came too late to be acknowledged does its work', async () => {
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

  test('D-10 in a group is acknowledged and does nothing', async () => {
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
