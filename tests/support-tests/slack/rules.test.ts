import { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSlackStandIn, type SlackStandIn } from '../../support/slack/slack-stand-in.ts'
import { startHttpApp, type TestApp } from './bolt-app.ts'
import { actions, button, input, modal, people, rooms, section, silent, textField } from './helpers.ts'

let slack: SlackStandIn
let client: WebClient
let app: TestApp
let now = 1_800_000_000_000

beforeEach(async () => {
  slack = await startSlackStandIn({ users: people, channels: rooms, now: () => now })
  app = await startHttpApp(slack)
  const retryConfig = { retries: 0 }
  client = new WebClient(slack.identity.botToken, { slackApiUrl: slack.apiUrl, retryConfig, logger: silent })
})

afterEach(async () => {
  await app.stop()
  await slack.stop()
})

const refused = (error: string) => expect.objectContaining({ data: expect.objectContaining({ error }) })
const view = modal([input('a', textField('a')), actions(button('More', 'stay'))]) as never
const open = (trigger: string) => client.views.open({ trigger_id: trigger, view })

test('a trigger lives three seconds', async () => {
  const [early, late] = [slack.issueTrigger('U1'), slack.issueTrigger('U1')]
  now += 3000
  await expect(open(early)).resolves.toMatchObject({ ok: true })
  now += 1
  await expect(open(late)).rejects.toEqual(refused('expired_trigger_id'))
})

test('a trigger is exchanged once', async () => {
  const trigger = slack.issueTrigger('U1')
  await open(trigger)
  await expect(open(trigger)).rejects.toEqual(refused('exchanged_trigger_id'))
  await expect(open('1.2.3')).rejects.toEqual(refused('invalid_trigger_id'))
})

test('the fourth modal does not fit on the stack', async () => {
  await open(slack.issueTrigger('U1'))
  const push = () =>
    client.views.push({ trigger_id: slack.issueTrigger('U1', slack.views.top('U1')?.id ?? null), view })
  await push()
  await push()
  expect(slack.views.stack('U1')).toHaveLength(3)
  await expect(push()).rejects.toEqual(refused('push_limit_reached'))
})

test('a push needs a trigger from inside a modal', async () => {
  await slack.command({ command: '/deal', text: 'modal', user: 'U1', channel: 'C1' })
  await expect(client.views.push({ trigger_id: slack.issueTrigger('U1'), view })).rejects.toEqual(
    refused('invalid_trigger_id'),
  )
  await slack.press({ label: 'More', user: 'U1' })
  await expect.poll(() => slack.views.stack('U1').length).toBe(2)
})

test('an old hash is a conflict', async () => {
  const first = (await open(slack.issueTrigger('U1'))).view
  const { id = '', hash = '' } = first ?? {}
  await client.views.update({ view_id: id, hash, view })
  await expect(client.views.update({ view_id: id, hash, view })).rejects.toEqual(refused('hash_conflict'))
  await expect(client.views.update({ view_id: 'V404', view })).rejects.toEqual(refused('not_found'))
})

test('a Home tab has a hash of its own and needs its own surface', async () => {
  const home = { type: 'home', blocks: [section('home')] } as never
  const published = await client.views.publish({ user_id: 'U1', view: home })
  await client.views.publish({ user_id: 'U1', view: home })
  const stale = client.views.publish({ user_id: 'U1', view: home, hash: published.view?.hash ?? '' })
  await expect(stale).rejects.toEqual(refused('hash_conflict'))
  await expect(client.views.publish({ user_id: 'U1', view })).rejects.toEqual(refused('invalid_arguments'))
  expect(slack.lastAnswer('U1')).toMatchObject({ via: 'home', shown: 'home' })
})

test('typed text survives an update only under the same names', async () => {
  const opened = (await open(slack.issueTrigger('U1'))).view?.id ?? ''
  await slack.press({ label: 'More', user: 'U1', values: { a: 'typed' } })
  const top = slack.views.all.get(opened)
  await client.views.update({ view_id: opened, view })
  expect(top?.typed).toEqual({ a: { a: { type: 'plain_text_input', value: 'typed' } } })
  await client.views.update({ view_id: opened, view: modal([input('b', textField('a'))]) as never })
  expect(top?.typed).toEqual({})
})

async function responseUrl(): Promise<string> {
  await slack.command({ command: '/deal', text: 'x', user: 'U1', channel: 'C1' })
  return String(app.seen.at(-1)?.body['response_url'])
}

async function respond(url: string, payload: unknown): Promise<number> {
  return (await fetch(url, { method: 'POST', body: JSON.stringify(payload) })).status
}

test('a response_url works five times', async () => {
  const url = await responseUrl()
  const codes: number[] = []
  for (let i = 0; i < 6; i += 1) codes.push(await respond(url, { text: `${i}` }))
  expect(codes).toEqual([200, 200, 200, 200, 200, 404])
  expect(slack.lastAnswer('U1')?.text).toBe('4')
})

test('a response_url works for thirty minutes', async () => {
  const url = await responseUrl()
  now += 30 * 60_000
  expect(await respond(url, { text: 'in time' })).toBe(200)
  now += 1
  expect(await respond(url, { text: 'late' })).toBe(404)
})

test('a reply is for one person unless it says in_channel', async () => {
  const url = await responseUrl()
  await respond(url, { text: 'mine' })
  expect(slack.answersTo('U2')).toEqual([])
  await respond(url, { text: 'ours', response_type: 'in_channel' })
  expect(slack.lastAnswer('U2')).toMatchObject({ via: 'response_url', text: 'ours', visibleTo: 'channel' })
})

test('a reply over a limit is refused and recorded', async () => {
  expect(await respond(await responseUrl(), { text: 't', blocks: [section('')] })).toBe(400)
  expect(slack.refused).toHaveLength(1)
})

test('a clicked message can be deleted through its response_url', async () => {
  await client.chat.postMessage({
    channel: 'C1',
    text: 't',
    blocks: [actions(button('Go', 'stay', '1'))] as never,
  })
  await slack.press({ actionId: 'stay', user: 'U2' })
  const body = app.seen.at(-1)?.body
  expect(body).toMatchObject({ message: { text: 't' }, channel: { id: 'C1' }, user: { id: 'U2' } })
  expect(await respond(String(body?.['response_url']), { delete_original: true })).toBe(200)
  expect(slack.lastAnswer('U1')).toMatchObject({ deleted: true })
  expect(slack.messages.size).toBe(0)
})
