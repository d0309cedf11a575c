import { afterEach, beforeEach, expect, test } from 'vitest'
import { show } from '../../../src/commands/kit/view.ts'
import { openForm, type Stage, startStage, text } from './harness.ts'

let stage: Stage

beforeEach(async () => {
  stage = await startStage()
})

afterEach(async () => {
  await stage.close()
})

const shown = (user = 'U1') => stage.slack.lastAnswer(user)
const mention = (words: string, fields: object = {}, input: object = {}) =>
  stage.slack.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: words, ...fields }, input)

test('a direct message is a line, and the answer is a message there', async () => {
  await stage.slack.directMessage('U1', 'Johnson &amp; Johnson <https://a.example|a.example>', {
    eventId: 'Ev1',
  })
  await expect
    .poll(() => shown())
    .toMatchObject({
      via: 'chat.postMessage',
      channel: 'D1',
      shown: 'echo Johnson & Johnson a.example',
    })
  expect(stage.dispatcher.asked[0]).toMatchObject({ key: 'Ev1', chat: 'D1', audience: 'asker' })
  expect(stage.slack.calls.at(-1)?.args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' })
})

test('a mention is answered to the asker alone, in the same thread', async () => {
  await mention('<@U0KAMERTON> Acme &lt;!channel&gt;', { thread_ts: '1.000001' })
  await expect
    .poll(() => shown())
    .toMatchObject({
      via: 'chat.postEphemeral',
      visibleTo: 'user',
      user: 'U1',
      channel: 'C1',
      threadTs: '1.000001',
      shown: 'echo Acme <!channel>',
    })
  expect(stage.slack.answersTo('U2')).toEqual([])
  expect(stage.slack.mentions).toEqual([])
  expect(stage.slack.problems).toEqual([])
})

test('B-12 where the asker cannot be shown anything, a mention is answered by a direct message', async () => {
  await mention('<@U0KAMERTON|kamerton> Acme', { channel: 'C4' })
  await expect
    .poll(() => shown())
    .toMatchObject({ via: 'chat.postMessage', channel: 'D1', shown: 'echo Acme' })
})

test('E-15 in a channel that outsiders share, the dispatcher knows it', async () => {
  await mention('<@U0KAMERTON> Acme', { channel: 'C2' })
  await mention('<@U0KAMERTON> Acme', {}, { isExtShared: true })
  await expect
    .poll(() => stage.dispatcher.asked.map(({ audience }) => audience))
    .toEqual(['outsiders', 'outsiders'])
})

test('somebody from another company gets a sentence and no data', async () => {
  await mention('<@U0KAMERTON> Acme', { user: 'U9', channel: 'C2', user_team: 'T0OTHER' })
  await expect.poll(() => shown('U9')?.shown).toContain('people of this company only')
  await stage.slack.directMessage('U9', 'Acme')
  await expect.poll(() => shown('U9')?.via).toBe('chat.postMessage')
  expect(stage.dispatcher.asked).toEqual([])
})

test.each([
  ['from a bot', { bot_id: 'B1' }],
  ['of our own', { user: 'U0KAMERTON' }],
  ['that were edited', { subtype: 'message_changed', user: undefined }],
  ['about somebody who joined', { subtype: 'channel_join' }],
  ['without an author', { user: undefined }],
])('messages %s are no questions', async (_what, fields) => {
  const event = { type: 'message', channel: 'D1', channel_type: 'im', user: 'U1', text: 'Acme', ...fields }
  expect(await stage.slack.event(event)).toMatchObject({ status: 200 })
  await mention('<@U0KAMERTON> Acme', fields)
  expect(stage.dispatcher.asked).toEqual([])
})

test('messages in channels without a mention are no questions', async () => {
  await stage.slack.event({
    type: 'message',
    channel: 'C1',
    channel_type: 'channel',
    user: 'U1',
    text: 'Acme',
  })
  expect(stage.dispatcher.asked).toEqual([])
})

test('a repeated delivery is handed on with the same key and answered once', async () => {
  stage.dispatcher.script = () =>
    stage.dispatcher.asked.length > 1 ? { kind: 'repeat' } : show([text('once')])
  for (const num of [1, 2])
    await mention('Acme', {}, { eventId: 'Ev7', retry: { num, reason: 'http_timeout' } })
  await expect.poll(() => stage.dispatcher.asked.map(({ key }) => key)).toEqual(['Ev7', 'Ev7'])
  await stage.bot.stop()
  expect(stage.slack.answers).toHaveLength(1)
})

test('a form that a message asks for is opened by a press, which asks the same again', async () => {
  stage.dispatcher.script = ({ act }) => (act.kind === 'line' ? openForm() : show([text('no')]))
  await stage.slack.directMessage('U1', '/log')
  await expect.poll(() => shown()?.shown).toContain('[Open the form]')
  await stage.slack.press({ label: 'Open the form', user: 'U1' })
  await expect.poll(() => stage.slack.views.top('U1')?.view['callback_id']).toBe('form')
  expect(stage.dispatcher.asked.map(({ act }) => act)).toEqual(
    [1, 2].map(() => ({ kind: 'line', text: '/log' })),
  )
})

test.each([
  ['deactivated', { deleted: true }],
  ['made a guest', { is_restricted: true }],
  ['made a guest of one channel', { is_ultra_restricted: true }],
])('somebody who is %s is forgotten', async (_what, change) => {
  await stage.slack.event({ type: 'user_change', user: { id: 'U1', team_id: 'T0HOME', ...change } })
  await expect
    .poll(() => stage.dispatcher.forgotten)
    .toEqual([{ platform: 'SLACK', workspace: 'T0HOME', externalId: 'U1' }])
})

test.each([
  ['has another address now', { profile: { email: 'boss@example.com' }, is_email_confirmed: true }, 1],
  [
    'has an unconfirmed address now',
    { profile: { email: 'anna@example.com' }, is_email_confirmed: false },
    1,
  ],
  ['keeps the address', { profile: { email: 'Anna@example.com' }, is_email_confirmed: true }, 0],
])('somebody who %s is introduced anew only if they must be', async (_what, change, times) => {
  stage.dispatcher.person = { email: 'anna@example.com' }
  await stage.slack.event({ type: 'user_change', user: { id: 'U1', team_id: 'T0HOME', ...change } })
  await stage.bot.stop()
  expect(stage.dispatcher.forgotten).toHaveLength(times)
})

test('somebody who only changed their picture is not forgotten', async () => {
  await stage.slack.event({ type: 'user_change', user: { id: 'U1', team_id: 'T0HOME', deleted: false } })
  await stage.bot.stop()
  expect(stage.dispatcher.forgotten).toEqual([])
})

test('a direct message carries when it was sent and the name under which it can be edited', async () => {
  await stage.slack.directMessage('U1', 'Acme')
  await mention('<@U0KAMERTON> Acme', { ts: '1790000000.000100' })
  await expect.poll(() => stage.dispatcher.asked).toHaveLength(2)
  const [direct, mentioned] = stage.dispatcher.asked
  const seconds = Number(direct?.message?.split('.')[0])
  expect(Math.floor(Number(direct?.saidAt) / 1_000)).toBe(seconds)
  expect(mentioned).toMatchObject({ saidAt: new Date(1_790_000_000_000) })
  expect(mentioned?.message).toBeUndefined()
})

async function written(words: string): Promise<string> {
  await stage.slack.directMessage('U1', words)
  await expect.poll(() => stage.dispatcher.asked).toHaveLength(1)
  return stage.dispatcher.asked[0]?.message ?? ''
}

test('an edit of one’s own direct message is told with its new words, as of when it was sent', async () => {
  const ts = await written('met Acme')
  const later = `${Number(ts.split('.')[0]) + 172_800}.000000`
  const words = 'met Acme &amp; Sons <https://a.example|a.example>'
  const message = { type: 'message', user: 'U1', ts, text: words, edited: { user: 'U1', ts: later } }
  await stage.slack.editMessage(ts, words, { message })
  await expect.poll(() => stage.dispatcher.asked).toHaveLength(2)
  expect(stage.dispatcher.asked[1]).toMatchObject({
    act: { kind: 'event', event: 'edit', values: { message: ts, text: 'met Acme & Sons a.example' } },
    chat: 'D1',
    audience: 'asker',
    message: ts,
    saidAt: stage.dispatcher.asked[0]?.saidAt,
  })
  expect(stage.dispatcher.asked[1]?.key).not.toBe(stage.dispatcher.asked[0]?.key)
  await expect.poll(() => shown()?.shown).toBe('echo event edit')
})

test('an edit that leads to nothing is met with silence', async () => {
  const ts = await written('met Acme')
  await expect.poll(() => stage.slack.answers).toHaveLength(1)
  stage.dispatcher.script = () => ({ kind: 'repeat' })
  await stage.slack.editMessage(ts, 'met Acme today')
  await stage.bot.stop()
  expect(stage.slack.answers).toHaveLength(1)
})

test.each([
  ['that only got a preview of a link', 'met Acme', {}],
  ['of ours', 'x', { message: { user: 'U0KAMERTON', bot_id: 'B0KAMERTON', text: 'y', ts: '1.1' } }],
  ['that nobody edited', 'x', { message: { user: 'U1', text: 'y', ts: '1.1' } }],
  ['edited by somebody else', 'x', { message: { user: 'U1', text: 'y', ts: '1.1', edited: { user: 'U2' } } }],
  [
    'that was deleted and left an empty place',
    'x',
    { message: { subtype: 'tombstone', user: 'USLACKBOT', text: 'gone', ts: '1.1' } },
  ],
  ['in a channel', 'x', { channel: 'C1', channel_type: 'channel' }],
])('a message %s is no edit', async (_what, words, fields) => {
  const ts = await written('met Acme')
  await stage.slack.editMessage(ts, words, fields)
  await stage.bot.stop()
  expect(stage.dispatcher.asked).toHaveLength(1)
})
