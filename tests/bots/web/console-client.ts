import { randomUUID } from 'node:crypto'
import type { Journal } from '../../../src/commands/kit/invocation.ts'
import { type Console, type ConsoleParts, createConsole } from '../../../src/bots/web/console.ts'
import type { Act, Card, Change, Exchange, History } from '../../../src/bots/web/protocol.ts'
import { PERSONAS, type Scripted, scriptedDispatcher } from '../../browser/scripted-dispatcher.ts'
import { COMMANDS } from '../../browser/scripted-server.ts'

export const HOST = '127.0.0.1:3000'

export type Client = Readonly<{
  console: Console
  dispatcher: Scripted
  /** What was written as an error. */
  errors: object[]
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  act(persona: string, act: Act, extra?: Readonly<{ key?: string; on?: string }>): Promise<Exchange>
  events(query: string, headers?: Record<string, string>): Promise<Events>
}>

/** Calls the console's handler as a browser on its own page would. */
export function clientOf(changed: Partial<ConsoleParts> = {}): Client {
  const dispatcher = scriptedDispatcher()
  const errors: object[] = []
  const journal: Journal = {
    debug() {},
    info() {},
    warn() {},
    error: (facts) => void errors.push(facts),
    child: () => journal,
  }
  const console = createConsole({
    dispatcher,
    people: { personas: () => Promise.resolve(PERSONAS) },
    commands: COMMANDS,
    journal,
    now: () => new Date('2026-11-23T12:00:00Z'),
    newId: randomUUID,
    allowedHosts: [HOST],
    ...changed,
  })
  const get = async (path: string, headers: Record<string, string> = {}) =>
    console.fetch(new Request(`http://${HOST}${path}`, { headers: { host: HOST, ...headers } }))
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const usual = { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/json' }
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return console.fetch(
      new Request(`http://${HOST}${path}`, { method: 'POST', headers: { ...usual, ...headers }, body: text }),
    )
  }
  return {
    console,
    dispatcher,
    errors,
    get,
    post,
    async act(persona, act, extra = {}) {
      const response = await post(`/api/people/${persona}/acts`, { key: randomUUID(), act, ...extra })
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
      return (await response.json()) as Exchange
    },
    events: async (query, headers) => eventsOf(await get(`/api/stream?${query}`, headers)),
  }
}

export const line = (text: string): Act => ({ kind: 'line', text })

/** The strings of a card, wherever they stand in it. */
export function wordsOf(card: Card | null): string[] {
  const words: string[] = []
  JSON.stringify(card, (_, value: unknown) => {
    if (typeof value === 'string') words.push(value)
    return value
  })
  return words
}

type StreamEvent = Readonly<{ event: string; id: string; data: History & Change }>
type Events = Readonly<{
  response: Response
  next(): Promise<StreamEvent | null>
  leave(): Promise<void>
}>

/** Reads server-sent events one by one; null at the end of the stream. */
function eventsOf(response: Response): Events {
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader()
  const decoder = new TextDecoder()
  let waiting = ''
  const next = async (): Promise<StreamEvent | null> => {
    const end = waiting.indexOf('\n\n')
    if (end < 0) {
      const { value, done } = await reader.read()
      if (done) return null
      waiting += decoder.decode(value, { stream: true })
      return next()
    }
    const lines = waiting.slice(0, end).split('\n')
    waiting = waiting.slice(end + 2)
    const valueOf = (name: string) => lines.find((one) => one.startsWith(`${name}: `))?.slice(name.length + 2)
    const data = valueOf('data')
    if (!data) return next()
    return {
      event: valueOf('event') ?? '',
      id: valueOf('id') ?? '',
      data: JSON.parse(data) as History & Change,
    }
  }
  return { response, next, leave: () => reader.cancel() }
}
