import { afterEach, expect, test } from 'vitest'
import { createSlackBot } from '../../../src/bots/slack/slack-bot.ts'
import { show } from '../../../src/commands/kit/view.ts'
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

test('there are two connections, and both are back at once when Slack renews them', async () => {
  await start({ limits: { reconnectMs: 50 } })
  expect(stage.slack.sockets.sockets).toHaveLength(2)
  stage.slack.sockets.disconnect('refresh_requested')
  await expect
    .poll(() => stage.slack.calls.filter(({ method }) => method === 'apps.connections.open'))
    .toHaveLength(4)
  await stage.slack.sockets.connected(2)
  await expect.poll(() => stage.bot.health()).toBeNull()
  expect(await ask()).toMatchObject({ status: 200 })
})

test.each([
  ['an error of Slack', { status: 503, body: 'down' }],
  ['a refusal that passes', { error: 'internal_error' }],
  ['a limit', { retryAfter: 1 }],
  ['no connection at all', { hangUp: true }],
])(
  'while connections cannot be opened because of %s, it goes on trying',
  async (_what, failure) => {
    await start()
    stage.slack.failNext('apps.connections.open', failure, 4)
    stage.slack.sockets.drop()
    const opened = () => stage.slack.calls.filter(({ method }) => method === 'apps.connections.open').length
    await expect.poll(opened, { timeout: 10_000 }).toBe(2 + 4 + 2)
    await stage.slack.sockets.connected(2)
    await expect.poll(() => stage.bot.health()).toBeNull()
    expect(await ask()).toMatchObject({ status: 200 })
    expect(stage.slack.problems).toEqual([])
  },
  20_000,
)

test('a connection that stays away for half a minute shows in the health', async () => {
  let time = Date.now()
  await start({ now: () => new Date(time), limits: { reconnectMs: 60_000 } })
  stage.slack.sockets.drop()
  await expect.poll(() => stage.slack.sockets.sockets.length).toBe(0)
  time += 29_000
  expect(stage.bot.health()).toBeNull()
  time += 2_000
  expect(stage.bot.health()).toMatch(/^no Slack connection for 3\d s$/)
})

test('a wrong app token ends the start with one line and without the token', async () => {
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
