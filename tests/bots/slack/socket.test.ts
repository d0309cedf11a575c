import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { SLACK_LIMITS } from '../../../src/bots/slack/limits.ts'
import { createSlackBot } from '../../../src/bots/slack/slack-bot.ts'
import { plain, show } from '../../../src/commands/kit/view.ts'
import { figure, rounds } from '../../support/figures.ts'
import { memoryInbox } from '../telegram/stage.ts'
import { commands, gate, notingJournal, ScriptedDispatcher, type Stage, startStage, text } from './harness.ts'

let stage: Stage

afterEach(async () => {
  await stage.close()
})

const start = async (options: Parameters<typeof startStage>[0] = {}) => {
  stage = await startStage({ mode: 'socket', ...options })
}
const ask = () => stage.slack.command({ command: '/account', text: 'Acme', user: 'U1', channel: 'C1' })

test('commands, presses, forms and events go through the socket as they do over HTTP', async () => {
  await start()
  expect(stage.bot.health()).toBeNull()
  await ask()
  expect(stage.slack.lastAnswer('U1')).toMatchObject({
    via: 'ack',
    visibleTo: 'user',
    shown: 'echo /account Acme',
  })
  await stage.slack.event({ type: 'app_mention', user: 'U1', channel: 'C1', text: '<@U0KAMERTON> Acme' })
  await expect.poll(() => stage.slack.lastAnswer('U1')?.shown).toBe('echo Acme')
  await stage.slack.event({ type: 'app_home_opened', user: 'U1', tab: 'home' })
  await expect.poll(() => stage.slack.views.home('U1')).toBeDefined()
  await stage.slack.press({ label: 'Your settings', user: 'U1' })
  await expect.poll(() => stage.slack.lastAnswer('U1')?.shown).toContain('press settings')
  expect(stage.slack.problems).toEqual([])
})

test('A-18 what comes through the socket while the process stops is neither acknowledged nor kept', async () => {
  const inbox = memoryInbox()
  await start({ inbox })
  const working = gate()
  stage.dispatcher.script = async () => (await working.opened, show([text('done')]))
  await stage.slack.directMessage('U1', 'before')
  await expect.poll(() => stage.dispatcher.asked).toHaveLength(1)
  const stopping = stage.bot.stop()
  const late = stage.slack.directMessage('U1', 'too late')
  await pause(50)
  working.open()
  await stopping
  expect((await late).status).not.toBe(200)
  expect([...inbox.rows.values()].map(({ done }) => done)).toEqual([true])
})

test('A-14 there are two connections, and both are back when Slack renews them at the same moment', async () => {
  await start({ limits: { reconnectMs: 50 } })
  expect(stage.slack.sockets.sockets).toHaveLength(2)
  stage.slack.sockets.disconnect('refresh_requested')
  await expect
    .poll(() => stage.slack.calls.filter(({ method }) => method === 'apps.connections.open'), {
      timeout: 10_000,
    })
    .toHaveLength(4)
  await stage.slack.sockets.connected(2)
  await expect.poll(() => stage.bot.health()).toBeNull()
  expect(await ask()).toMatchObject({ status: 200 })
})

test('A-14 while Slack renews one connection, presses get through the other, and none loses its acknowledgement', async () => {
  const inbox = memoryInbox()
  // Some are under way when the connection ends.
  const store: typeof inbox.store = async (...given) => {
    await pause(Math.random() * 40)
    return inbox.store(...given)
  }
  await start({ inbox: { ...inbox, store } })
  const button = { label: plain('Again'), command: 'account-deals', args: {} }
  stage.dispatcher.script = () => show([text('card'), { kind: 'buttons', buttons: [button] }])
  await ask()
  const { sockets, calls } = stage.slack
  const opened = () => calls.filter(({ method }) => method === 'apps.connections.open').length
  const presses: Promise<{ status: number }>[] = []
  const renewals = rounds(2, 20)
  for (let renewed = 0; renewed <= renewals; renewed += 1) {
    // Fifty a second, until both are there again.
    const until = presses.length + 25
    while (presses.length < until || opened() < 2 + renewed || sockets.sockets.length !== 2) {
      presses.push(stage.slack.press({ label: 'Again', user: 'U1' }))
      await pause(20)
    }
    if (renewed < renewals) sockets.disconnect('refresh_requested', sockets.sockets.slice(0, 1))
  }
  const failed = (await Promise.all(presses)).filter(({ status }) => status !== 200)
  figure(
    'A-14',
    `${presses.length} presses during ${renewals} renewals, ${failed.length} without acknowledgement`,
  )
  expect(failed).toEqual([])
  expect(stage.slack.problems).toEqual([])
}, 120_000)

test('A-15 connections that died without a word are noticed and opened again', async () => {
  await start()
  const { sockets, calls } = stage.slack
  const opened = () => calls.filter(({ method }) => method === 'apps.connections.open').length
  sockets.freeze()
  const began = performance.now()
  await expect.poll(opened, { timeout: 35_000 }).toBe(4)
  figure('A-15', `noticed and opened again after ${((performance.now() - began) / 1_000).toFixed(1)} s`)
  await expect.poll(() => sockets.sockets.filter(({ frozen }) => !frozen).length).toBe(2)
  expect(stage.bot.health()).toBeNull()
  for (const gone of sockets.sockets.filter(({ frozen }) => frozen)) gone.destroy()
  await expect.poll(() => sockets.sockets.length).toBe(2)
  expect(await ask()).toMatchObject({ status: 200 })
})

test('A-17 where Slack has too many connections, they are asked for one after the other and never in a storm', async () => {
  const reconnectMs = 200
  await start({ limits: { reconnectMs } })
  const { sockets, calls } = stage.slack
  const opens = () => calls.filter(({ method }) => method === 'apps.connections.open').map(({ at }) => at)
  const others: WebSocket[] = []
  const occupy = async () => {
    const headers = { authorization: `Bearer ${stage.slack.identity.appToken}` }
    const answer = await fetch(`${stage.slack.apiUrl}apps.connections.open`, { method: 'POST', headers })
    others.push(new WebSocket(((await answer.json()) as { url: string }).url))
  }
  for (let place = 3; place <= 10; place += 1) await occupy()
  await sockets.connected(10)
  for (const mine of sockets.sockets.slice(0, 2)) mine.destroy()
  await expect.poll(() => sockets.sockets.length).toBe(8)
  await Promise.all([occupy(), occupy()])
  const before = opens().length
  await expect.poll(() => opens().length, { timeout: 20_000 }).toBe(before + 6)
  const [first = 0, , , , , last = 0] = opens().slice(before)
  // Two that did not know of each other would take half of it.
  expect(last - first).toBeGreaterThan(5 * reconnectMs * 0.75)
  expect(60_000 / SLACK_LIMITS.reconnectMs).toBeLessThanOrEqual(12)
  for (const other of others) other.close()
  await expect.poll(() => stage.bot.health(), { timeout: 20_000 }).toBeNull()
  await expect.poll(() => sockets.sockets.length, { timeout: 20_000 }).toBe(2)
  figure(
    'A-17',
    `six opened in ${last - first} ms, one in ${reconnectMs} ms allowed; 12 a minute with the usual 5 s`,
  )
}, 60_000)

test.each([
  ['an error of Slack', { status: 503, body: 'down' }],
  ['a page in place of an answer', { status: 200, body: '<html>moved</html>' }],
  ['a refusal that passes', { error: 'internal_error' }],
  ['a limit', { retryAfter: 1 }],
  ['no connection at all', { hangUp: true }],
])(
  'A-16 while connections cannot be opened because of %s, it goes on trying',
  async (_what, failure) => {
    await start()
    stage.slack.failNext('apps.connections.open', failure, 4)
    stage.slack.sockets.drop()
    const opened = () => stage.slack.calls.filter(({ method }) => method === 'apps.connections.open').length
    await expect.poll(opened, { timeout: 20_000 }).toBe(2 + 4 + 2)
    await stage.slack.sockets.connected(2)
    await expect.poll(() => stage.bot.health()).toBeNull()
    expect(await ask()).toMatchObject({ status: 200 })
    expect(stage.slack.problems).toEqual([])
  },
  20_000,
)

test('A-15 a connection that stays away for half a minute shows in the health', async () => {
  let time = Date.now()
  await start({ now: () => new Date(time), limits: { reconnectMs: 60_000 } })
  stage.slack.sockets.drop()
  await expect.poll(() => stage.slack.sockets.sockets.length).toBe(0)
  time += 29_000
  expect(stage.bot.health()).toBeNull()
  time += 2_000
  expect(stage.bot.health()).toMatch(/^no Slack connection for 3\d s$/)
})

test('A-16 a wrong app token ends the start with one line and without the token', async () => {
  await start()
  const bot = createSlackBot({
    config: {
      botToken: stage.slack.identity.botToken,
      appToken: 'xapp-wrong-secret',
      apiUrl: stage.slack.apiUrl,
    },
    dispatcher: new ScriptedDispatcher(),
    journal: notingJournal([]),
    commands,
    now: () => new Date(),
  })
  await expect(bot.start()).rejects.toThrow(/^Slack refuses SLACK_APP_TOKEN: invalid_auth$/)
  await bot.stop()
})

test('stopping waits for what is under way', async () => {
  await start()
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return show([text('late')])
  }
  await ask()
  const stopped = stage.bot.stop()
  slow.open()
  await stopped
  expect(stage.slack.lastAnswer('U1')?.shown).toBe('late')
  await expect.poll(() => stage.slack.sockets.sockets.length).toBe(0)
})

test('stopping does not wait for ever', async () => {
  await start({ limits: { drainMs: 50 } })
  stage.dispatcher.script = () => new Promise(() => undefined)
  await ask()
  await stage.bot.stop()
  await stage.bot.stop()
  expect(stage.bot.health()).toBe('not running')
})

test('neither tokens nor what people write appear in the journal', async () => {
  await start()
  await ask()
  stage.slack.failNext('response_url', { status: 500, body: '' })
  stage.slack.failNext('chat.postEphemeral', { error: 'channel_not_found' })
  stage.slack.sockets.drop()
  await stage.slack.sockets.connected(2)
  const written = JSON.stringify(stage.notes)
  for (const secret of [stage.slack.identity.botToken, stage.slack.identity.appToken, 'ticket=', 'Acme']) {
    expect(written).not.toContain(secret)
  }
  expect(stage.notes.filter(({ level }) => level === 'debug')).toEqual([])
})
