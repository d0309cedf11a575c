import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Button, plain, show, type View } from '../../../src/commands/kit/view.ts'
import type { ChatIdentity } from '../../../src/domain/identity/person.ts'
import { english, gate, openForm, type Stage, startStage, text } from './harness.ts'
import { wanted } from '../../support/wanted.ts'

let stage: Stage

beforeEach(async () => {
  stage = await startStage({ standIn: { limitMessages: true } })
})

afterEach(async () => {
  await stage.close()
})

const ada: ChatIdentity = { platform: 'SLACK', workspace: 'T0HOME', externalId: 'U1' }
const done: Button = { label: plain('Done'), command: 'followup-done', args: { id: 'f1' } }
const reminder: View = [text('Call <Acme> & ask about <!channel>'), { kind: 'buttons', buttons: [done] }]
const push = (to = ada, view = reminder) => stage.bot.push(to, english, view, wanted)
const shown = () => stage.slack.lastAnswer('U1')
const posts = () => stage.slack.calls.filter(({ method }) => method === 'chat.postMessage')

test('B-16 what nobody asked for comes as a direct message that says everything in its text, too', async () => {
  const pushed = await push()
  expect(pushed).toEqual({ kind: 'sent', chat: 'D1', message: shown()?.ts })
  expect(shown()).toMatchObject({
    via: 'chat.postMessage',
    channel: 'D1',
    text: 'Call &lt;Acme&gt; &amp; ask about &lt;!channel&gt;',
  })
  expect(posts()[0]?.args).toMatchObject({ channel: 'U1', unfurl_links: 'false', unfurl_media: 'false' })
  expect(stage.slack.mentions).toEqual([])
  expect(stage.slack.problems).toEqual([])
})

test('its buttons work, and the answer takes its place', async () => {
  const pushed = await push()
  await stage.slack.press({ label: 'Done', user: 'U1' })
  await expect.poll(() => shown()?.shown).toBe('echo press followup-done')
  expect(shown()?.replaces).toBe(pushed.kind === 'sent' ? pushed.message : null)
  expect(stage.dispatcher.asked[0]?.act).toEqual({
    kind: 'press',
    command: 'followup-done',
    args: { id: 'f1' },
  })
})

test('a button of it that needs a form opens its window first when the database is slow', async () => {
  const drop: Button = { label: plain('Not relevant'), command: 'log', args: { id: 'f1' } }
  await push(ada, [text('Call Acme'), { kind: 'buttons', buttons: [drop] }])
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return openForm({ values: { followUp: { value: 'f1', label: plain('f1') } } })
  }
  await stage.slack.press({ label: 'Not relevant', user: 'U1' })
  await expect.poll(() => shown()?.shown).toContain('One moment')
  slow.open()
  await expect.poll(() => stage.slack.views.top('U1')?.view['callback_id']).toBe('form')
  expect(stage.slack.problems).toEqual([])
})

test('a view beyond all limits is cut and says so', async () => {
  const long: View = Array.from({ length: 300 }, (_, index) => text(`${index} ${'word '.repeat(200)}`))
  expect(await push(ada, long)).toMatchObject({ kind: 'sent' })
  expect(shown()?.shown).toContain('did not fit')
  expect(stage.slack.problems).toEqual([])
})

test.each(['U4', 'U404'])('a bot and somebody who is not there cannot be reached: %s', async (externalId) => {
  expect(await push({ ...ada, externalId })).toMatchObject({ kind: 'gone' })
  expect(stage.slack.answers).toEqual([])
})

test.each([
  ['channel_not_found', 'gone'],
  ['user_not_found', 'gone'],
  ['user_disabled', 'gone'],
  ['messages_tab_disabled', 'gone'],
  ['cannot_dm_bot', 'gone'],
  ['account_inactive', 'gone'],
  ['invalid_blocks', 'refused'],
  ['msg_blocks_too_long', 'refused'],
  ['is_archived', 'gone'],
  ['not_in_channel', 'gone'],
])('B-11 Slack says %s: %s, after one try', async (error, kind) => {
  stage.slack.failNext('chat.postMessage', { error })
  expect(await push()).toMatchObject({ kind })
  expect(posts()).toHaveLength(1)
})

test.each(['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable'])(
  'B-10 Slack says %s: unclear, after one try',
  async (error) => {
    stage.slack.failNext('chat.postMessage', { error, afterDoing: true })
    expect(await push()).toEqual({ kind: 'unclear' })
    expect(posts()).toHaveLength(1)
  },
)

test.each(['invalid_auth', 'token_revoked', 'missing_scope', 'restricted_action', 'never_heard_of'])(
  'B-11 %s is the installation’s trouble, not the person’s: much later',
  async (error) => {
    stage.slack.failNext('chat.postMessage', { error })
    expect(await push()).toEqual({ kind: 'later', afterMs: 600_000, reason: error })
  },
)

test('B-11 a revoked token is told by the health, too', async () => {
  stage.slack.failNext('chat.postMessage', { error: 'token_revoked' })
  await push()
  expect(stage.bot.health()).toContain('token_revoked')
})

test('B-11 an inactive account is nobody’s leaving when the token itself is inactive', async () => {
  stage.slack.failNext('chat.postMessage', { error: 'account_inactive' })
  stage.slack.failNext('auth.test', { error: 'account_inactive' })
  expect(await push()).toMatchObject({ kind: 'later', afterMs: 600_000 })
  expect(stage.bot.health()).toContain('account_inactive')
})

test('B-08 a limit is told with the time that Slack named, and the next one does not even try', async () => {
  stage.slack.failNext('chat.postMessage', { retryAfter: 30 })
  expect(await push()).toMatchObject({ kind: 'later', afterMs: 30_000 })
  const again = await push()
  expect(again.kind === 'later' ? again.afterMs : 0).toBeGreaterThan(25_000)
  expect(posts()).toHaveLength(1)
  expect(stage.slack.problems).toEqual([])
})

test('B-10 a lost answer is unclear: the message may be there', async () => {
  stage.slack.failNext('chat.postMessage', { afterDoing: true, hangUp: true })
  expect(await push()).toEqual({ kind: 'unclear' })
  expect(stage.slack.answersTo('U1')).toHaveLength(1)
})

test('B-10 an error of the server is unclear; a gateway that refuses is not', async () => {
  stage.slack.failNext('chat.postMessage', { status: 502, body: 'bad gateway' })
  expect(await push()).toEqual({ kind: 'unclear' })
  stage.slack.failNext('chat.postMessage', { status: 403, body: 'proxy' })
  expect(await push()).toMatchObject({ kind: 'later' })
})

test('with no Slack at the other end it is certain that nothing was sent', async () => {
  await stage.slack.stop()
  expect(await push()).toMatchObject({ kind: 'later', reason: 'ECONNREFUSED' })
})

test('somebody of another workspace cannot be reached with this token', async () => {
  expect(await push({ ...ada, workspace: 'T0OTHER' })).toMatchObject({ kind: 'gone' })
  expect(posts()).toEqual([])
})

test('what nobody wants any more when its turn has come is not sent', async () => {
  const asked: string[] = []
  await push()
  const second = stage.bot.push(ada, english, reminder, async () => {
    asked.push(`after ${posts().length}`)
    return false
  })
  expect(await second).toEqual({ kind: 'unwanted' })
  expect(asked).toEqual(['after 1'])
  expect(posts()).toHaveLength(1)
})

test('B-08 begins when its turn has come: an answer asked for since, limited or not, comes after it', async () => {
  stage.dispatcher.script = () => show([text('answer')])
  const pushed = await stage.bot.push(ada, english, reminder, async () => {
    await stage.slack.directMessage('U1', 'Acme')
    await expect.poll(() => stage.dispatcher.asked).toHaveLength(1)
    return true
  })
  expect(pushed).toMatchObject({ kind: 'sent' })
  await expect.poll(() => stage.slack.answersTo('U1')).toHaveLength(2)
  expect(stage.slack.answersTo('U1').map(({ shown: words }) => words.split('\n')[0])).toEqual([
    'Call <Acme> & ask about <!channel>',
    'answer',
  ])
})

test('a stopped adapter sends nothing', async () => {
  await stage.bot.stop()
  expect(await push()).toMatchObject({ kind: 'later', reason: 'not running' })
  expect(posts()).toEqual([])
})

test('an answer and a push in one direct message keep their order and their distance', async () => {
  stage.slack.failNext('chat.postMessage', { delayMs: 300, afterDoing: true })
  stage.dispatcher.script = () => show([text('answer')])
  await stage.slack.directMessage('U1', 'Acme')
  await expect.poll(posts).toHaveLength(1)
  expect(await push()).toMatchObject({ kind: 'sent' })
  expect(stage.slack.answersTo('U1').map(({ shown: words }) => words.split('\n')[0])).toEqual([
    'answer',
    'Call <Acme> & ask about <!channel>',
  ])
  expect(stage.slack.problems).toEqual([])
})
