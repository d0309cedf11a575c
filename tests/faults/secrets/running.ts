import type { Fault } from '../../support/telegram/telegram-stand-in.ts'
import { CANARY, page, SLACK_ECHO, TELEGRAM_ECHO } from './canaries.ts'
import { slackIdOf, type Stage } from './stage.ts'

/** One thing that goes wrong while the program runs; resolves when it has gone wrong. */
export type Script = Readonly<{ name: string; run(stage: Stage): Promise<void> }>

const telegramRefusal = (code: number, description = TELEGRAM_ECHO): Fault => ({
  status: code,
  body: { ok: false, error_code: code, description },
})

/** Somebody writes to the bot, and this method fails on the way. */
const telegram = (name: string, method: string, fault: Fault, line = '/today'): Script => ({
  name: `Telegram ${method}: ${name}`,
  async run({ telegram: standIn, anybody, until }) {
    const calls = () => standIn.calls.filter((call) => call.method === method).length
    const before = calls()
    standIn.failNext(method, fault)
    standIn.say(anybody().telegram, line)
    await until(() => calls() > before + (method === 'getUpdates' ? 1 : 0))
  },
})

const TELEGRAM: readonly Script[] = [
  telegram('a page with status 200', 'getUpdates', { html: page(TELEGRAM_ECHO), status: 200 }),
  telegram('a page with status 404', 'getUpdates', { html: page(TELEGRAM_ECHO), status: 404 }),
  telegram('a page with status 502', 'getUpdates', { html: page(TELEGRAM_ECHO), status: 502 }),
  telegram('a broken connection', 'getUpdates', { dropConnection: true }),
  telegram('a refusal that quotes the request', 'getUpdates', telegramRefusal(400)),
  telegram('an error of its own', 'getUpdates', telegramRefusal(500)),
  telegram('too many', 'getUpdates', { retryAfter: 1 }),
  telegram('a page with status 200', 'sendMessage', { html: page(TELEGRAM_ECHO), status: 200 }),
  telegram('a page with status 502', 'sendMessage', { html: page(TELEGRAM_ECHO), status: 502 }),
  telegram('a refusal that quotes the request', 'sendMessage', telegramRefusal(400)),
  telegram(
    'markup that does not parse',
    'sendMessage',
    telegramRefusal(400, `can't parse entities: ${TELEGRAM_ECHO}`),
  ),
  telegram(
    'a chat that is not found',
    'sendMessage',
    telegramRefusal(400, `chat not found: ${TELEGRAM_ECHO}`),
  ),
  telegram('somebody who has blocked us', 'sendMessage', telegramRefusal(403)),
  telegram('an error of its own', 'sendMessage', telegramRefusal(500)),
  telegram('a broken connection', 'sendMessage', { dropConnection: true }),
  telegram('an answer that is lost', 'sendMessage', { dropConnection: true, afterDelivery: true }),
  telegram('an answer that is no object', 'sendMessage', { status: 200, body: [TELEGRAM_ECHO] }),
]

type SlackFault = Parameters<Stage['slack']['failNext']>[1]

const SLACK_FAULTS: readonly (readonly [string, SlackFault])[] = [
  ['an error that quotes the token', { error: `invalid_auth ${SLACK_ECHO}` }],
  ['a page with status 200', { status: 200, body: page(SLACK_ECHO) }],
  ['a page with status 502', { status: 502, body: page(SLACK_ECHO) }],
  ['a broken connection', { hangUp: true }],
  [
    'too many, and no number for how long',
    { status: 429, retryAfter: SLACK_ECHO.slice(0, 60), body: page(SLACK_ECHO) },
  ],
]

const channelOf = (index: number) => `C${index % 9}`

/** The same five faults at each way out: a window, a message, the Home tab, the check of a channel, of a person. */
const SLACK: readonly Script[] = SLACK_FAULTS.flatMap(([name, fault], index) => {
  const script = (method: string, act: (stage: Stage) => Promise<unknown>): Script => ({
    name: `Slack ${method}: ${name}`,
    async run(stage) {
      const calls = () => stage.slack.calls.filter((call) => call.method === method).length
      const before = calls()
      stage.slack.failNext(method, fault)
      await act(stage)
      await stage.until(() => calls() > before)
    },
  })
  return [
    script('views.open', ({ slack, anybody }) =>
      slack.command({ command: '/meeting', text: '', user: anybody().slack, channel: 'C0' }),
    ),
    script('chat.postMessage', ({ slack, anybody }) => slack.directMessage(anybody().slack, '/today')),
    script('views.publish', ({ slack, anybody }) => {
      const { slack: user } = anybody()
      return slack.event({ type: 'app_home_opened', user, tab: 'home', channel: 'D1' })
    }),
    script('conversations.info', ({ slack, anybody }) =>
      slack.command({
        command: '/account',
        text: 'acme',
        user: anybody().slack,
        channel: channelOf(index + 1),
      }),
    ),
    script('users.info', ({ slack }) =>
      slack.command({
        command: '/account',
        text: 'acme',
        user: slackIdOf(`guest${(index % 2) + 1}`),
        channel: 'C0',
      }),
    ),
  ]
})

const form = 'application/x-www-form-urlencoded'

/** A press whose answer goes to an address that we make up: whoever has such an address may write with it. */
const press = (name: string, fault: SlackFault | null): Script => ({
  name: `Slack response_url: ${name}`,
  async run({ slack, anybody, until }) {
    const url = `${slack.apiUrl.replace('/api/', '')}/actions/T0HOME/7100000001/${CANARY.response}`
    const payload = {
      type: 'block_actions',
      team: { id: 'T0HOME' },
      user: { id: anybody().slack, team_id: 'T0HOME' },
      api_app_id: 'A0KAMERTON',
      channel: { id: 'C0' },
      container: { type: 'message', channel_id: 'C0', message_ts: '1.1', is_ephemeral: true },
      trigger_id: crypto.randomUUID(),
      response_url: url,
      actions: [{ type: 'button', action_id: 'gone', block_id: 'b', value: 'gone', action_ts: '1.1' }],
    }
    const calls = () => slack.calls.filter(({ method }) => method === 'response_url').length
    const before = calls()
    if (fault) slack.failNext('response_url', fault)
    await slack.post(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), {
      contentType: form,
    })
    await until(() => calls() > before)
  },
})

/** Requests to our own door that are refused. */
const request = (name: string, send: (stage: Stage) => Promise<unknown>): Script => ({
  name: `a request: ${name}`,
  run: async (stage) => void (await send(stage)),
})

const REQUESTS: readonly Script[] = [
  press('it is used up', null),
  press('an error with a page', { status: 500, body: page(SLACK_ECHO) }),
  press('a broken connection', { hangUp: true }),
  press('a redirect', { status: 302, headers: { location: `http://127.0.0.1:9/${CANARY.response}` } }),
  request('a wrong signature over secrets', ({ slack }) => slack.post(SLACK_ECHO, { secret: 'wrong' })),
  request('a good signature over a body that is none', ({ slack }) => slack.post(`{"event":"${SLACK_ECHO}`)),
  request('an event with a token in each field', ({ slack }) =>
    slack.post(JSON.stringify({ type: 'event_callback', token: SLACK_ECHO, event: { type: SLACK_ECHO } })),
  ),
  request('an address with secrets', ({ address }) =>
    fetch(`${address}/slack/events?token=${encodeURIComponent(SLACK_ECHO)}`),
  ),
  request('a header with secrets', ({ address }) =>
    fetch(`${address}/metrics`, { headers: { authorization: `Bearer ${CANARY.slackBot}` } }),
  ),
  {
    name: 'Slack: the connection is cut and the next one refused with a quote of the token',
    async run({ slack, until }) {
      const opened = () => slack.calls.filter(({ method }) => method === 'apps.connections.open').length
      const before = opened()
      slack.failNext('apps.connections.open', { error: `internal_error ${SLACK_ECHO}` })
      slack.failNext('apps.connections.open', { status: 502, body: page(SLACK_ECHO) })
      slack.sockets.drop()
      await until(() => opened() >= before + 2)
    },
  },
]

/** Ordered so that whoever fails last is tried last: Telegram's polling waits longer after each failure. */
export const RUNNING: readonly Script[] = [...SLACK, ...REQUESTS, ...TELEGRAM]
