import { randomBytes } from 'node:crypto'
import { ApiError } from './api-error.ts'
import { flag, str, type Json } from './json.ts'
import type { StoredMessage } from './timeline.ts'
import { accept, refuse, type World } from './world.ts'

interface Source {
  user: string
  channel: string
  /** The message that was clicked; a command has none. */
  original: StoredMessage | null
}

interface Issued extends Source {
  at: number
  uses: number
}

const lifetimeMs = 30 * 60 * 1000
const maxUses = 5

export class ResponseUrls {
  readonly #world: World
  readonly #issued = new Map<string, Issued>()

  constructor(world: World) {
    this.#world = world
  }

  issue(kind: 'commands' | 'actions', source: Source): string {
    const path = `/${kind}/${this.#world.identity.teamId}/${randomBytes(12).toString('hex')}`
    this.#issued.set(path, { ...source, at: this.#world.now(), uses: 0 })
    return `${this.#world.baseUrl()}${path}`
  }

  /** Answers as Slack does: the word ok, or an error with HTTP 404 (spent) or 400 (bad payload). */
  handle(path: string, payload: unknown): { status: number; body: string } {
    const issued = this.#issued.get(path)
    if (!issued) return refusal(404, 'no_such_url')
    if (this.#world.now() - issued.at > lifetimeMs) return refusal(404, 'expired_url')
    if (issued.uses >= maxUses) return refusal(404, 'used_url')
    issued.uses += 1
    try {
      applyReply(this.#world, 'response_url', issued, payload)
      return { status: 200, body: 'ok' }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return refusal(400, error.code)
    }
  }
}

function refusal(status: number, error: string): { status: number; body: string } {
  return { status, body: JSON.stringify({ ok: false, error }) }
}

const replyKeys = ['text', 'blocks', 'attachments', 'mrkdwn']

/** A message in an acknowledgement and one sent to a response_url follow the same rules. */
export function applyReply(world: World, via: 'ack' | 'response_url', source: Source, body: unknown): void {
  const payload: Json = typeof body === 'string' ? { text: body } : toObject(world, via, body)
  const original = source.original ? world.timeline.messages.get(source.original.ts) : undefined
  if (flag(payload['delete_original'])) {
    if (original) world.timeline.remove(via, original)
    else world.problems.push(`${via}: delete_original without a message to delete`)
    return
  }
  const content = Object.fromEntries(Object.entries(payload).filter(([key]) => replyKeys.includes(key)))
  accept(world, 'message', content, via)
  const replace = flag(payload['replace_original'])
  if (replace && !original) world.problems.push(`${via}: replace_original without a message to replace`)
  show(world, via, source, payload, replace ? original : undefined)
}

function toObject(world: World, via: string, body: unknown): Json {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body }
  refuse(world, via, 'invalid_payload', ['the payload is no JSON object'], {})
  throw new ApiError('invalid_payload')
}

function show(
  world: World,
  via: 'ack' | 'response_url',
  source: Source,
  payload: Json,
  replaced: StoredMessage | undefined,
): void {
  const inChannel = payload['response_type'] === 'in_channel'
  if (replaced?.onlyFor && inChannel) {
    world.problems.push(`${via}: an ephemeral message cannot be made visible to the channel`)
  }
  const message: StoredMessage = {
    ts: replaced?.ts ?? world.timeline.nextTs(),
    channel: source.channel,
    onlyFor: replaced ? replaced.onlyFor : inChannel ? null : source.user,
    text: str(payload['text']),
    blocks: world.timeline.named(payload['blocks']),
    threadTs: str(payload['thread_ts']) || null,
    metadata: null,
  }
  world.timeline.show(via, message, replaced?.ts ?? null)
}
