import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSlackBot } from '../../../src/bots/slack/slack-bot.ts'
import { commands, notingJournal, ScriptedDispatcher, type Stage, startStage } from './harness.ts'

let stage: Stage

beforeEach(async () => {
  stage = await startStage()
})

afterEach(async () => {
  await stage.close()
})

const form = 'application/x-www-form-urlencoded'
const line = 'command=%2Faccount&text=Acme&user_id=U1&channel_id=C1&team_id=T0HOME&trigger_id=1.1'
const seconds = () => Math.floor(Date.now() / 1_000)

test.each([
  ['a wrong secret', { secret: 'other' }],
  ['a wrong signature', { signature: `v0=${'0'.repeat(64)}` }],
  ['no signature', { signature: null }],
  ['an unknown version', { signature: `v1=${'0'.repeat(64)}` }],
  ['an empty signature', { signature: '' }],
  ['a time more than five minutes ago', { timestamp: seconds() - 301 }],
  ['a time more than a minute ahead', { timestamp: seconds() + 63 }],
  ['a time that is no number', { timestamp: 'soon' }],
  ['an infinite time', { timestamp: 'Infinity' }],
])('A-08 %s is refused and runs nothing', async (_what, options) => {
  expect(await stage.slack.post(line, { contentType: form, ...options })).toMatchObject({ status: 401 })
  expect(stage.dispatcher.asked).toEqual([])
})

test('A-08 a body that was changed by one byte is refused and runs nothing', async () => {
  const timestamp = seconds()
  const { signingSecret } = stage.slack.identity
  const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${line}`).digest('hex')}`
  const signed = { contentType: form, timestamp, signature }
  expect(await stage.slack.post(line.replace('Acme', 'Bcme'), signed)).toMatchObject({ status: 401 })
  expect(stage.dispatcher.asked).toEqual([])
  expect(await stage.slack.post(line, signed)).toMatchObject({ status: 200 })
  expect(stage.dispatcher.asked).toHaveLength(1)
})

test('A-09 a good signature over a time an hour ahead is refused and runs nothing', async () => {
  const ahead = { contentType: form, timestamp: seconds() + 3_600 }
  expect(await stage.slack.post(line, ahead)).toMatchObject({ status: 401 })
  expect(stage.dispatcher.asked).toEqual([])
})

test.each([[-299], [0], [58]])('a clock that is %i seconds apart is accepted', async (apart) => {
  expect(await stage.slack.post(line, { contentType: form, timestamp: seconds() + apart })).toMatchObject({
    status: 200,
  })
  expect(stage.dispatcher.asked).toHaveLength(1)
})

test('A-10 the same signed request again is confirmed and runs nothing', async () => {
  const timestamp = seconds()
  const both = await Promise.all([1, 2].map(() => stage.slack.post(line, { contentType: form, timestamp })))
  both.push(await stage.slack.post(line, { contentType: form, timestamp }))
  expect(both.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(both.filter(({ body }) => body === '')).toHaveLength(2)
  expect(stage.dispatcher.asked).toHaveLength(1)
})

test.each([
  ['null', 'null', 'application/json'],
  ['a list', '[]', 'application/json'],
  ['a number', '1', 'application/json'],
  ['broken JSON', '{"type":', 'application/json'],
  ['nothing', '', 'application/json'],
  ['an event that is null', '{"type":"event_callback","event":null}', 'application/json'],
  ['a payload that is null', 'payload=null', form],
  ['two payloads', 'payload=%7B%7D&payload=%7B%7D', form],
  ['a form without a command', 'a=b', form],
])('a well signed body that is %s is refused', async (_what, body, contentType) => {
  const delivery = await stage.slack.post(body, { contentType })
  expect(delivery.status).toBe(400)
  expect(stage.dispatcher.asked).toEqual([])
})

test('a form with a character set is a form', async () => {
  await stage.slack.post(line, { contentType: `${form}; charset=utf-8` })
  expect(stage.dispatcher.asked).toHaveLength(1)
})

test('A-08 a check of the certificate is confirmed and runs nothing, whatever it carries', async () => {
  const body = `ssl_check=1&${line}`
  expect(await stage.slack.post(body, { contentType: form, signature: null })).toMatchObject({
    status: 200,
    body: '',
  })
  expect(stage.dispatcher.asked).toEqual([])
})

test.each(['ssl_check=true', 'ssl_check=1&ssl_check=1', 'ssl_check=01', 'ssl_check'])(
  'A-08 %s is no check of the certificate, and without a signature nothing at all',
  async (check) => {
    const body = `${check}&${line}`
    expect(await stage.slack.post(body, { contentType: form, signature: null })).toMatchObject({
      status: 401,
    })
    expect(stage.dispatcher.asked).toEqual([])
  },
)

test('a body of five megabytes is not taken, and the next request is', async () => {
  const { status } = await stage.slack.post(Buffer.alloc(5 * 1_048_576, 'x'))
  expect([413, 0]).toContain(status)
  expect(await stage.slack.post(line, { contentType: form })).toMatchObject({ status: 200 })
})

test('a long body that does not say its length is not read to its end', async () => {
  const status = await new Promise<number>((resolve) => {
    const sent = request(stage.url, { method: 'POST' }, (response) => {
      resolve(response.statusCode ?? 0)
      sent.destroy()
    })
    sent.on('error', () => resolve(0))
    const chunk = Buffer.alloc(65_536, 'x')
    const more = (): void => {
      if (!sent.destroyed && sent.writable) sent.write(chunk, more)
    }
    more()
  })
  expect([413, 0]).toContain(status)
})

test('one megabyte is taken, one byte more is not', async () => {
  const start = `${line}&filler=`
  const full = start + 'x'.repeat(1_048_576 - start.length)
  expect(await stage.slack.post(full, { contentType: form })).toMatchObject({ status: 200 })
  expect((await stage.slack.post(`${full}x`, { contentType: form })).status).not.toBe(200)
})

test('only POST on the one path is served', async () => {
  expect((await fetch(stage.url)).status).toBe(405)
  expect((await fetch(stage.url.replace('/events', '/other'), { method: 'POST' })).status).toBe(404)
})

test('the challenge of Slack is answered', async () => {
  const body = JSON.stringify({ type: 'url_verification', challenge: 'c1' })
  expect(await stage.slack.post(body)).toMatchObject({ status: 200, body: '{"challenge":"c1"}' })
})

test('an unknown kind of update is confirmed and runs nothing', async () => {
  for (const body of ['{"type":"news"}', '{"type":"event_callback","event":{"type":"weather"}}']) {
    expect((await stage.slack.post(body)).status).toBe(200)
  }
  const shortcut = await stage.slack.shortcut('unknown', 'U1')
  expect(shortcut.status).toBe(200)
  expect(stage.dispatcher.asked).toEqual([])
})

const parts = () => ({
  dispatcher: new ScriptedDispatcher(),
  journal: notingJournal([]),
  commands,
  now: () => new Date(),
})

test.each([
  ['an empty signing secret', { botToken: 'xoxb-1', signingSecret: '', apiUrl: 'http://127.0.0.1:9/api/' }],
  ['a blank signing secret', { botToken: 'xoxb-1', signingSecret: ' ', apiUrl: 'http://127.0.0.1:9/api/' }],
  ['no way in', { botToken: 'xoxb-1', apiUrl: 'http://127.0.0.1:9/api/' }],
  ['an empty token', { botToken: '', appToken: 'xapp-1', apiUrl: 'http://127.0.0.1:9/api/' }],
])('A-08 the adapter refuses %s', (_what, config) => {
  expect(() => createSlackBot({ config, ...parts() })).toThrow(/SLACK_/)
})

test('a wrong bot token ends the start with one line and without the token', async () => {
  const config = { botToken: 'xoxb-wrong-secret', signingSecret: 's', apiUrl: stage.slack.apiUrl }
  const start = createSlackBot({ config, ...parts() }).start()
  await expect(start).rejects.toThrow(/^Slack refuses SLACK_BOT_TOKEN: invalid_auth$/)
})

test('a Slack that is not there ends the start with one line', async () => {
  const config = { botToken: 'xoxb-1', signingSecret: 's', apiUrl: 'http://127.0.0.1:9/api/' }
  await expect(createSlackBot({ config, ...parts() }).start()).rejects.toThrow(/^Slack does not answer: \w+$/)
})

test('after the stop nothing more is taken', async () => {
  await Promise.all([stage.bot.stop(), stage.bot.stop()])
  expect((await stage.slack.post(line, { contentType: form })).status).toBe(503)
  expect(stage.bot.health()).toBe('not running')
})

test('a token that is revoked later shows in the health', async () => {
  expect(stage.bot.health()).toBeNull()
  stage.slack.failNext('conversations.info', { error: 'token_revoked' })
  await stage.slack.command({ command: '/account', text: '', user: 'U1', channel: 'C1' })
  expect(stage.bot.health()).toBe('Slack refuses the token: token_revoked')
  await stage.slack.command({ command: '/account', text: '', user: 'U1', channel: 'C1' })
  expect(stage.bot.health()).toBeNull()
})
