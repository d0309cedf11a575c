import { rounds } from '../figures.ts'
import type { Json } from './json.ts'
import { sendSigned, type Delivery } from './signed-sender.ts'
import type { Envelope, SocketMode } from './socket-mode.ts'
import type { World } from './world.ts'

export interface PostOptions {
  secret?: string
  /** Seconds since 1970. */
  timestamp?: number | string
  /** Sent as it is; null leaves the header out. */
  signature?: string | null
  contentType?: string
  headers?: Record<string, string>
  url?: string
}

export interface Timeout {
  what: string
  ms: number
}

export interface Outgoing extends Envelope {
  /** For the log: the command, the action_id, the event type. */
  what: string
}

const ackLimitMs = 3000
/** Beside other tests on a busy machine three seconds say nothing of the program. */
const hungMs = rounds(20_000, ackLimitMs)
const formType = 'application/x-www-form-urlencoded'

/** Carries what users do to the app, over signed HTTP or through a Socket Mode connection. */
export class Transport {
  target = ''
  mode: 'http' | 'socket'
  readonly timeouts: Timeout[] = []
  readonly #world: World
  readonly #sockets: SocketMode
  readonly #giveUpMs: number
  readonly #signingNow: () => number
  readonly #stopped = new AbortController()

  constructor(
    world: World,
    sockets: SocketMode,
    settings: { mode: 'http' | 'socket'; giveUpMs: number; signingNow: () => number },
  ) {
    this.#world = world
    this.#sockets = sockets
    this.mode = settings.mode
    this.#giveUpMs = settings.giveUpMs
    this.#signingNow = settings.signingNow
  }

  /** What took so long that a busy machine is no reason for it. */
  get hung(): readonly Timeout[] {
    return this.timeouts.filter(({ ms }) => ms > hungMs)
  }

  /** True in the result means Slack takes notice of the body: it came in time and with status 200. */
  async deliver(outgoing: Outgoing): Promise<{ delivery: Delivery; valid: boolean }> {
    const delivery = this.mode === 'http' ? await this.#http(outgoing) : await this.#sockets.send(outgoing)
    const { what } = outgoing
    if (delivery.ms > ackLimitMs) this.timeouts.push({ what, ms: delivery.ms })
    const wanted =
      outgoing.type === 'events_api'
        ? delivery.status >= 200 && delivery.status < 300
        : delivery.status === 200
    if (!wanted)
      this.#world.problems.push(`${what}: acknowledged with ${delivery.status} ${delivery.body}`.trim())
    return { delivery, valid: wanted && delivery.ms <= ackLimitMs }
  }

  post(body: string | Buffer, options: PostOptions = {}): Promise<Delivery> {
    const timestamp = String(options.timestamp ?? Math.floor(this.#signingNow() / 1000))
    return sendSigned(
      {
        body,
        timestamp,
        giveUpMs: this.#giveUpMs,
        contentType: options.contentType ?? 'application/json',
        url: options.url ?? this.target,
        secret: options.secret ?? this.#world.identity.signingSecret,
        ...(options.signature === undefined ? {} : { signature: options.signature }),
        ...(options.headers ? { headers: options.headers } : {}),
      },
      this.#stopped.signal,
    )
  }

  stop(): void {
    this.#stopped.abort()
  }

  #http({ type, payload, retry }: Outgoing): Promise<Delivery> {
    if (type === 'events_api') return this.post(JSON.stringify(payload), { headers: retryHeaders(retry) })
    return this.post(type === 'slash_commands' ? form(payload) : form({ payload: JSON.stringify(payload) }), {
      contentType: formType,
    })
  }
}

function retryHeaders(retry: Envelope['retry']): Record<string, string> {
  return retry ? { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason } : {}
}

function form(fields: Json): string {
  return new URLSearchParams(
    Object.entries(fields).map(([key, value]): [string, string] => [key, String(value)]),
  ).toString()
}
