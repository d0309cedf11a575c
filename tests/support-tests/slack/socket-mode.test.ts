import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSlackStandIn, type SlackStandIn } from '../../support/slack/slack-stand-in.ts'
import { startSocketApp, type TestApp } from './bolt-app.ts'
import { people, rooms } from './helpers.ts'

let slack: SlackStandIn
let app: TestApp

beforeEach(async () => {
  slack = await startSlackStandIn({ mode: 'socket', users: people, channels: rooms, giveUpMs: 500 })
  app = await startSocketApp(slack)
  await slack.sockets.connected(1)
})

afterEach(async () => {
  await app.stop()
  await slack.stop()
})

const ask = (text: string) => slack.command({ command: '/deal', text, user: 'U1', channel: 'C1' })

test('a command goes through the socket and its answer comes back in the acknowledgement', async () => {
  expect(await ask('żółć 😀')).toMatchObject({ status: 200 })
  expect(app.seen[0]?.body).toMatchObject({ command: '/deal', text: 'żółć 😀' })
  expect(slack.lastAnswer('U1')).toMatchObject({ via: 'ack', shown: 'choose\n[Approve]' })
})

test('frames of every length arrive whole', async () => {
  for (const length of [10, 200, 70_000]) {
    await ask('x'.repeat(length))
    expect(slack.lastAnswer()?.text).toBe(`got ${length}`)
  }
})

test('buttons, forms and events use the same calls as over HTTP', async () => {
  await ask('x')
  await slack.press({ actionId: 'yes', user: 'U1' })
  await expect.poll(() => slack.lastAnswer('U1')?.shown).toBe('approved')
  await ask('modal')
  await slack.submit(null, { amount: '3' }, 'U1')
  await slack.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: 'hi' })
  await expect
    .poll(() => app.seen.map((seen) => seen.what))
    .toEqual(['command', 'action', 'command', 'view', 'event retry 0'])
  expect(slack.problems).toEqual([])
})

test('what nobody acknowledges hangs until the stand-in gives up', async () => {
  const delivery = await slack.command({ command: '/unknown', text: '', user: 'U1', channel: 'C1' })
  expect(delivery).toMatchObject({ status: 0, body: 'no acknowledgement' })
})

test('the app connects again after a requested refresh', async () => {
  slack.sockets.disconnect('refresh_requested')
  await expect.poll(() => slack.sockets.sockets.length).toBe(0)
  expect(await ask('x')).toMatchObject({ status: 0, body: 'no open connection' })
  await slack.sockets.connected(1)
  expect(await ask('x')).toMatchObject({ status: 200 })
})

test('a dropped connection is found and replaced', async () => {
  slack.sockets.drop()
  await expect.poll(() => slack.sockets.sockets.length).toBe(0)
  await slack.sockets.connected(1)
  expect(await ask('x')).toMatchObject({ status: 200 })
})

test('a ticket opens one connection only', async () => {
  const response = await fetch(`${slack.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.identity.appToken}` },
  })
  const { url } = (await response.json()) as { url: string }
  const open = () =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(url)
      socket.addEventListener('message', ({ data }) => {
        resolve(JSON.parse(String(data)).type)
        socket.close()
      })
      socket.addEventListener('error', () => resolve('refused'))
    })
  expect([await open(), await open()]).toEqual(['hello', 'refused'])
})
