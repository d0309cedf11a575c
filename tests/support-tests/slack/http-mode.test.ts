import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSlackStandIn, type SlackStandIn } from '../../support/slack/slack-stand-in.ts'
import { startHttpApp, type TestApp } from './bolt-app.ts'
import { people, rooms } from './helpers.ts'

let slack: SlackStandIn
let app: TestApp

beforeEach(async () => {
  slack = await startSlackStandIn({ users: people, channels: rooms })
  app = await startHttpApp(slack)
})

afterEach(async () => {
  await app.stop()
  await slack.stop()
  await slack.stop()
})

const ask = (text: string) => slack.command({ command: '/deal', text, user: 'U1', channel: 'C1' })

test('Bolt accepts the signature of a command and its answer is seen by one person', async () => {
  const text = 'Żółć & <b> + 100% "ok" \n😀'
  expect(await ask(text)).toMatchObject({ status: 200 })
  expect(app.seen[0]?.body).toMatchObject({ command: '/deal', text, user_id: 'U1', channel_name: 'sales' })
  expect(slack.lastAnswer('U1')).toMatchObject({ via: 'ack', visibleTo: 'user', shown: 'choose\n[Approve]' })
  expect(slack.answersTo('U2')).toEqual([])
})

test('an acknowledgement of bare text is a message too', async () => {
  await slack.command({ command: '/plain', text: '', user: 'U1', channel: 'C1' })
  expect(slack.lastAnswer()).toMatchObject({ via: 'ack', text: 'just text' })
})

test.each([
  ['a wrong secret', { secret: 'other' }],
  ['a wrong signature', { signature: `v0=${'0'.repeat(64)}` }],
  ['no signature', { signature: null }],
  ['another version', { signature: `v1=${'0'.repeat(64)}` }],
  ['a timestamp six minutes old', { timestamp: Math.floor(Date.now() / 1000) - 360 }],
  ['a timestamp that is no number', { timestamp: 'soon' }],
])('Bolt refuses %s', async (_name, options) => {
  const contentType = 'application/x-www-form-urlencoded'
  expect(await slack.post('command=%2Fdeal&text=x', { contentType, ...options })).toMatchObject({
    status: 401,
  })
  expect(app.seen).toEqual([])
})

test('a raw body with a good signature gets as far as the parser', async () => {
  expect(await slack.post('{"broken"')).toMatchObject({ status: 400 })
})

test('a button is pressed by its label and the response_url replaces the message', async () => {
  await ask('x')
  expect(await slack.press({ label: 'Approve', user: 'U1' })).toMatchObject({ status: 200 })
  await expect.poll(() => slack.lastAnswer('U1')?.shown).toBe('approved')
  expect(slack.lastAnswer()).toMatchObject({ via: 'response_url', replaces: slack.answers[0]?.ts })
  expect(app.seen[1]?.body).toMatchObject({
    type: 'block_actions',
    actions: [{ action_id: 'yes', value: '1' }],
  })
  expect(app.seen[1]?.body).not.toHaveProperty('message')
  await expect(slack.press({ label: 'Approve', user: 'U1' })).rejects.toThrow('nothing to press')
})

test('nobody else can press a button on an ephemeral message', async () => {
  await ask('x')
  await expect(slack.press({ message: slack.lastAnswer(), label: 'Approve', user: 'U2' })).rejects.toThrow(
    'does not see',
  )
})

test('a form is filled in, refused with an error at its field, and accepted', async () => {
  await ask('modal')
  const view = slack.lastAnswer('U1')?.view
  await expect(slack.submit(view, {}, 'U1')).rejects.toThrow('"amount" is required')
  await slack.submit(view, { amount: '0' }, 'U1')
  expect(slack.lastAnswer('U1')?.shown).toContain('must be above zero')
  expect(slack.views.top('U1')?.id).toBe(view?.['id'])
  await slack.submit(view, { amount: { amount: '12' } }, 'U1')
  expect(slack.views.top('U1')).toBeUndefined()
  expect(slack.problems).toEqual([])
})

test('options of an external menu are loaded and checked', async () => {
  await ask('modal')
  const found = await slack.options({ actionId: 'who', value: 'Bo', user: 'U1' })
  expect(JSON.parse(found.body)).toMatchObject({ options: [{ value: 'x' }] })
  await slack.options({ actionId: 'who', value: 'x'.repeat(76), user: 'U1' })
  expect(slack.refused.map((refusal) => refusal.error)).toEqual(['invalid_options'])
})

test('events arrive as JSON with the headers of a retry', async () => {
  const retry = { num: 2, reason: 'http_timeout' }
  const event = { type: 'app_mention', user: 'U1', channel: 'C2', text: '<@U0KAMERTON> hi' }
  expect(await slack.event(event, { eventId: 'Ev1', retry })).toMatchObject({ status: 200 })
  expect(app.seen[0]).toMatchObject({
    what: 'event retry 2',
    body: { event_id: 'Ev1', is_ext_shared_channel: true },
  })
  await slack.directMessage('U1', 'hello')
  expect(app.seen[1]?.body['event']).toMatchObject({ channel_type: 'im', text: 'hello', user: 'U1' })
})

test('a command nobody answers is a problem and, after three seconds, a timeout', async () => {
  const delivery = await slack.command({ command: '/unknown', text: '', user: 'U1', channel: 'C1' })
  expect(delivery.status).toBe(404)
  expect(slack.timeouts.map((timeout) => timeout.what)).toEqual(['/unknown'])
  expect(slack.problems).toEqual(['/unknown: acknowledged with 404'])
})

test('a target that is not there is an answer with status 0', async () => {
  slack.setTarget('http://127.0.0.1:9/slack/events')
  expect(await ask('x')).toMatchObject({ status: 0 })
})
