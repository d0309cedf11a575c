import { randomBytes, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { isJson, parseJson, record, str, type Json } from './json.ts'
import type { Delivery } from './signed-sender.ts'
import { acceptSocket, refuseSocket, type ServerSocket } from './websocket.ts'

export interface Envelope {
  type: 'slash_commands' | 'interactive' | 'events_api'
  payload: Json
  acceptsResponse: boolean
  retry?: { num: number; reason: string }
}

interface Pending {
  socket: ServerSocket
  envelope: Envelope
  settle: (status: number, body: string) => void
}

interface Settings {
  appId: string
  pingEveryMs: number
  giveUpMs: number
  problem: (text: string) => void
}

const maxConnections = 10

/** Slack's end of Socket Mode: tickets, hello, envelopes and their acknowledgements, forced refreshes. */
export class SocketMode {
  readonly sockets: ServerSocket[] = []
  readonly #settings: Settings
  readonly #tickets = new Set<string>()
  readonly #leaving = new WeakSet<ServerSocket>()
  readonly #pending = new Map<string, Pending>()
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #waiting: (() => void)[] = []
  readonly #pings: NodeJS.Timeout
  #turn = 0
  #stopped = false

  constructor(settings: Settings) {
    this.#settings = settings
    this.#pings = setInterval(() => {
      for (const socket of this.sockets) socket.ping()
    }, settings.pingEveryMs)
    this.#pings.unref()
  }

  url(port: number): string {
    const ticket = randomBytes(16).toString('hex')
    this.#tickets.add(ticket)
    return `ws://127.0.0.1:${port}/link/?ticket=${ticket}&app_id=${this.#settings.appId}`
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://slack').searchParams.get('ticket') ?? ''
    // A ticket opens one connection; the next one needs another apps.connections.open.
    if (!this.#tickets.delete(ticket)) return refuseSocket(stream, '401 Unauthorized')
    const socket = acceptSocket(request, stream, head)
    if (!socket) return
    if (this.sockets.length >= maxConnections) return this.#tooMany(socket)
    socket.onMessage = (text) => this.#receive(text)
    socket.onClose = () => this.#closed(socket)
    this.sockets.push(socket)
    socket.send(JSON.stringify(this.#hello()))
    socket.ping()
    for (const wake of this.#waiting.splice(0)) wake()
  }

  /** Resolves once the app holds this many connections. */
  async connected(count: number): Promise<void> {
    while (this.sockets.length < count) {
      if (this.#stopped) throw new Error('the stand-in stopped before the app connected')
      await new Promise<void>((wake) => this.#waiting.push(wake))
    }
  }

  send(envelope: Envelope): Promise<Delivery> {
    const startedAt = performance.now()
    const open = this.sockets.filter((socket) => socket.open && !this.#leaving.has(socket))
    const socket = open[this.#turn % Math.max(open.length, 1)]
    this.#turn += 1
    return new Promise((resolve) => {
      const settle = (status: number, body: string) =>
        resolve({ status, body, headers: {}, ms: performance.now() - startedAt })
      if (!socket) return settle(0, 'no open connection')
      this.#deliver(socket, envelope, settle)
    })
  }

  /** Asks the app to connect again, as Slack does every few hours; through these nothing more comes. */
  disconnect(
    reason: 'warning' | 'refresh_requested' | 'link_disabled' = 'refresh_requested',
    which: readonly ServerSocket[] = this.sockets,
  ): void {
    const message = JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'stand-in' } })
    for (const socket of which) {
      this.#leaving.add(socket)
      socket.send(message)
    }
  }

  /** Cuts the connections without a close frame. */
  drop(): void {
    for (const socket of this.sockets.slice()) socket.destroy()
  }

  freeze(frozen = true): void {
    for (const socket of this.sockets) socket.frozen = frozen
  }

  stop(): void {
    clearInterval(this.#pings)
    for (const timer of this.#timers) clearTimeout(timer)
    for (const pending of this.#pending.values()) pending.settle(0, 'the stand-in stopped')
    this.#pending.clear()
    this.#stopped = true
    for (const wake of this.#waiting.splice(0)) wake()
    this.drop()
  }

  #deliver(socket: ServerSocket, envelope: Envelope, settle: Pending['settle']): void {
    const id = randomUUID()
    const timer = setTimeout(() => finish(0, 'no acknowledgement'), this.#settings.giveUpMs)
    this.#timers.add(timer)
    const finish = (status: number, body: string) => {
      clearTimeout(timer)
      this.#timers.delete(timer)
      this.#pending.delete(id)
      settle(status, body)
    }
    this.#pending.set(id, { socket, envelope, settle: finish })
    socket.send(JSON.stringify(wire(id, envelope)))
  }

  #receive(text: string): void {
    const message = record(parseJson(text))
    const pending = this.#pending.get(str(message['envelope_id']))
    if (!pending)
      return this.#settings.problem(`socket mode: acknowledged an unknown or settled envelope: ${text}`)
    const payload = message['payload']
    const filled = isJson(payload) && Object.keys(payload).length > 0
    if (filled && !pending.envelope.acceptsResponse) {
      this.#settings.problem('socket mode: a payload in the acknowledgement of an envelope that takes none')
    }
    pending.settle(200, filled ? JSON.stringify(payload) : '')
  }

  #closed(socket: ServerSocket): void {
    const index = this.sockets.indexOf(socket)
    if (index >= 0) this.sockets.splice(index, 1)
    for (const pending of this.#pending.values()) {
      if (pending.socket === socket) pending.settle(0, 'connection closed')
    }
  }

  #tooMany(socket: ServerSocket): void {
    socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }))
    socket.close()
  }

  #hello(): Json {
    return {
      type: 'hello',
      num_connections: this.sockets.length,
      connection_info: { app_id: this.#settings.appId },
      debug_info: {
        host: 'stand-in',
        build_number: 1,
        approximate_connection_time: 3600,
      },
    }
  }
}

function wire(id: string, envelope: Envelope): Json {
  const { type, payload, acceptsResponse, retry } = envelope
  const retries =
    type === 'events_api' ? { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' } : {}
  return { envelope_id: id, type, payload, accepts_response_payload: acceptsResponse, ...retries }
}
