import type { IncomingMessage, ServerResponse } from 'node:http'
import { parse, type ParsedUrlQuery } from 'node:querystring'
import { isValidSlackRequest } from '@slack/bolt'
import { isJson, parsed } from '../json.ts'
import { readBody } from '../request-body.ts'

export const EVENTS_PATH = '/slack/events'

const MOST_BYTES = 1_048_576
/** Slack's clock and ours may differ by this much. */
const MOST_AHEAD_SECONDS = 60
const REPLAY_MS = 5 * 60_000
const MOST_SIGNATURES = 10_000
const FORM = 'application/x-www-form-urlencoded'

/** A request with its body read, as Bolt's receiver takes it. */
export type ReadRequest = IncomingMessage & { rawBody: Buffer }

export type Guard = Readonly<{
  /** The request when it may be handled; null when it has been answered here. */
  admit(request: IncomingMessage, response: ServerResponse): Promise<ReadRequest | null>
}>

type Verdict = Readonly<{ status: number; headers?: Readonly<Record<string, string>> }> | 'good'

/**
 * Stands before Bolt, which accepts requests from the future and the same one twice, and falls over a body that says
 * `null`.
 */
export function createGuard(signingSecret: string, now: () => Date): Guard {
  const seen = new Map<string, number>()

  const isReplay = (signature: string): boolean => {
    const time = now().getTime()
    for (const [old, until] of seen) {
      if (until > time && seen.size <= MOST_SIGNATURES) break
      seen.delete(old)
    }
    if (seen.has(signature)) return true
    seen.set(signature, time + REPLAY_MS)
    return false
  }

  const judged = (request: IncomingMessage, body: Buffer): Verdict => {
    const text = body.toString()
    const fields = isForm(request) ? parse(text) : null
    if (fields?.['ssl_check'] === '1') return { status: 200 }
    if (!isGenuine(request, text, signingSecret, now())) return { status: 401 }
    if (!isObject(fields, text)) return { status: 400 }
    return isReplay(header(request, 'x-slack-signature')) ? { status: 200 } : 'good'
  }

  return {
    async admit(request, response) {
      const body = await admittedBody(request, response)
      if (!body) return null
      const verdict = judged(request, body)
      if (verdict !== 'good') return answered(response, verdict.status)
      // What we failed to handle must be allowed to come again: Slack's first retry follows at once.
      response.once('close', () => {
        if (response.statusCode >= 500 || !response.writableFinished)
          seen.delete(header(request, 'x-slack-signature'))
      })
      if (isForm(request)) request.headers['content-type'] = FORM
      return Object.assign(request, { rawBody: body })
    },
  }
}

async function admittedBody(request: IncomingMessage, response: ServerResponse): Promise<Buffer | null> {
  const path = (request.url ?? '').split('?', 1)[0]
  if (path !== EVENTS_PATH) return answered(response, 404)
  if (request.method !== 'POST') return answered(response, 405, { allow: 'POST' })
  const body = await readBody(request, MOST_BYTES)
  // The rest is not read: the connection ends with the answer.
  if (body === 'too long') return answered(response, 413, { connection: 'close' })
  if (body === 'broken off') response.destroy()
  return typeof body === 'string' ? null : body
}

function answered(response: ServerResponse, status: number, headers: Record<string, string> = {}): null {
  response.writeHead(status, { 'content-length': '0', ...headers }).end()
  return null
}

const header = (request: IncomingMessage, name: string): string => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : ''
}

/** Bolt compares in constant time; what it lets pass is a time that is still to come. */
function isGenuine(request: IncomingMessage, body: string, signingSecret: string, now: Date): boolean {
  const stamp = header(request, 'x-slack-request-timestamp')
  const signature = header(request, 'x-slack-signature')
  if (!/^\d{1,12}$/.test(stamp) || signature === '') return false
  const seconds = Number(stamp)
  if (seconds > now.getTime() / 1_000 + MOST_AHEAD_SECONDS) return false
  const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': seconds }
  return isValidSlackRequest({ signingSecret, body, headers, nowMilliseconds: now.getTime() })
}

/** Some proxies add a character set, for which Bolt would read the form as JSON. */
const isForm = (request: IncomingMessage): boolean =>
  header(request, 'content-type').split(';', 1)[0]?.trim() === FORM

/** Commands are form fields; interactions are JSON in the field `payload`; events are JSON. */
function isObject(fields: ParsedUrlQuery | null, body: string): boolean {
  if (!fields) return hasSoundEvent(parsed(body))
  const { payload, command } = fields
  return payload === undefined
    ? typeof command === 'string'
    : typeof payload === 'string' && isJson(parsed(payload))
}

const hasSoundEvent = (body: unknown): boolean =>
  isJson(body) && (body['event'] === undefined || isJson(body['event']))
