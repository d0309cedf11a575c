import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CHANNEL } from './orders.ts'
import { WORKSPACE } from '../data/fill.ts'

/** Slack's and Telegram's side of the wire, made for load: they believe what they are told. */
export type Platforms = Readonly<{
  address: string
  /** Resolves with what was sent to this response_url or into this chat. */
  heard(place: string): Promise<string>
  forget(place: string): void
  /** How often each reminder came, by its words. */
  reminders: Map<string, number>
}>

const SLACK: Readonly<Record<string, object>> = {
  'auth.test': { ok: true, team_id: WORKSPACE, user_id: 'UBOT', bot_id: 'B1' },
  'conversations.info': { ok: true, channel: { id: CHANNEL, is_channel: true } },
}
const ME = { id: 1, is_bot: true, first_name: 'bench', username: 'bench_bot' }
const REMINDER = /send the quote r\d+/g

export async function startPlatforms(): Promise<Platforms> {
  const waiting = new Map<string, (text: string) => void>()
  const reminders = new Map<string, number>()
  let messages = 0
  const arrived = (place: string, text: string) => {
    for (const [words] of text.matchAll(REMINDER)) reminders.set(words, (reminders.get(words) ?? 0) + 1)
    waiting.get(place)?.(text)
    waiting.delete(place)
  }
  const telegram = (method: string, body: string): unknown => {
    if (method === 'getMe') return ME
    if (method !== 'sendMessage') return true
    const { chat_id, text } = JSON.parse(body) as Readonly<{ chat_id: string | number; text: string }>
    arrived(String(chat_id), text)
    return { message_id: (messages += 1), date: 0, chat: { id: Number(chat_id), type: 'private' }, text: '' }
  }
  const answerTo = (path: string, body: string): unknown => {
    const [, first = '', second = ''] = path.split('/')
    // Everybody is a member.
    if (second === 'users.info')
      return { ok: true, user: { id: new URLSearchParams(body).get('user'), team_id: WORKSPACE } }
    if (first === 'api') return SLACK[second] ?? { ok: true }
    if (first === 'respond') return arrived(second, body)
    return { ok: true, result: telegram(second, body) }
  }
  const server = createServer((request, response) => void serve(request, response, answerTo))
  // A connection that one side keeps open must not be closed under its hands.
  server.keepAliveTimeout = 120_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}`,
    heard: (place) => new Promise((resolve) => waiting.set(place, resolve)),
    forget: (place) => void waiting.delete(place),
    reminders,
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  answerTo: (path: string, body: string) => unknown,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const answer = JSON.stringify(answerTo(request.url ?? '', Buffer.concat(chunks).toString()) ?? 'ok')
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) })
  response.end(answer)
}
