import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { WORKSPACE } from '../data/fill.ts'
import { CHANNEL, SIGNING_SECRET, TELEGRAM_SECRET } from './orders.ts'
import type { Platforms } from './platforms.ts'
import type { Question } from './questions.ts'

/** Slack keeps connections open, and so does whatever stands before a webhook; anew for each slice, for servers close what idles. */
let agent = new Agent({ keepAlive: true, maxSockets: 32 })
export function renewConnections(): void {
  agent.destroy()
  agent = new Agent({ keepAlive: true, maxSockets: 32 })
}
const GIVE_UP_MS = 20_000

type Asked<Kind extends Question['kind']> = Extract<Question, { kind: Kind }>
type Way = Readonly<{ url: string; platforms: Platforms; key: string }>

/** Sends it and resolves with the answer's whole text once it is there. */
export function ask(question: Question, way: Way): Promise<string> {
  switch (question.kind) {
    case 'command':
      return typed(question, way)
    case 'press':
      return press(question, way)
    case 'telegram':
      return update(question, way)
  }
}

/** What takes longer is acknowledged by a word or by nothing; the answer follows by the address that came along. */
async function typed(question: Asked<'command'>, way: Way): Promise<string> {
  const later = way.platforms.heard(way.key)
  const answer = await signed(way.url, commandForm(question, way))
  if (answer === '' || answer.includes('One moment')) return later
  way.platforms.forget(way.key)
  return answer
}

const commandForm = ({ user, command, text }: Asked<'command'>, { platforms, key }: Way) =>
  new URLSearchParams({
    token: 'old',
    team_id: WORKSPACE,
    team_domain: 'bench',
    channel_id: CHANNEL,
    channel_name: 'sales',
    user_id: user,
    user_name: user,
    command,
    text,
    api_app_id: 'A1',
    is_enterprise_install: 'false',
    response_url: `${platforms.address}/respond/${key}`,
    trigger_id: key,
  }).toString()

async function press({ user, args }: Asked<'press'>, { url, platforms, key }: Way): Promise<string> {
  const payload = {
    type: 'block_actions',
    user: { id: user, username: user, team_id: WORKSPACE },
    api_app_id: 'A1',
    token: 'old',
    container: { type: 'message', message_ts: '1.1', channel_id: CHANNEL, is_ephemeral: true },
    trigger_id: key,
    team: { id: WORKSPACE, domain: 'bench' },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: CHANNEL, name: 'sales' },
    response_url: `${platforms.address}/respond/${key}`,
    actions: [
      {
        type: 'button',
        action_id: 'b0',
        block_id: 'x',
        value: JSON.stringify({ command: 'discount-approve', args }),
        action_ts: '1.2',
      },
    ],
  }
  const heard = platforms.heard(key)
  await signed(url, new URLSearchParams({ payload: JSON.stringify(payload) }).toString())
  return heard
}

async function update({ user, text }: Asked<'telegram'>, { url, platforms, key }: Way): Promise<string> {
  const from = { id: user, is_bot: false, first_name: 'S', language_code: 'en' }
  const message = {
    message_id: 1,
    from,
    chat: { id: user, type: 'private', first_name: 'S' },
    date: Math.floor(Date.now() / 1_000),
    text,
    entities: [{ type: 'bot_command', offset: 0, length: '/account'.length }],
  }
  const heard = platforms.heard(String(user))
  const body = JSON.stringify({ update_id: Number(key), message })
  await post(url, body, {
    'content-type': 'application/json',
    'x-telegram-bot-api-secret-token': TELEGRAM_SECRET,
  })
  return heard
}

function signed(url: string, body: string): Promise<string> {
  const stamp = String(Math.floor(Date.now() / 1_000))
  const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${stamp}:${body}`).digest('hex')
  return post(url, body, {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': stamp,
    'x-slack-signature': `v0=${signature}`,
  })
}

function post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve, reject) => {
    const all = { ...headers, 'content-length': String(Buffer.byteLength(body)) }
    const outgoing = request(
      url,
      { method: 'POST', agent, headers: all, timeout: GIVE_UP_MS },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          if (incoming.statusCode === 200) resolve(text)
          else reject(new Error(`HTTP ${incoming.statusCode}: ${text.slice(0, 200)}`))
        })
      },
    )
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${GIVE_UP_MS} ms`)))
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
