import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Journal } from '../../commands/kit/invocation.ts'
import { parsed } from '../json.ts'
import { readBody } from '../request-body.ts'
import { reasonOf } from './failures.ts'
import { type Intake, updateIdOf } from './intake.ts'

const LONGEST_BODY = 1024 * 1024
const SECRET_HEADER = 'x-telegram-bot-api-secret-token'

type Parts = Readonly<{
  /** Null while updates are polled: then there is no such address. */
  secret: string | null
  intake: Intake
  journal: Journal
  isStopping(): boolean
}>

export type WebhookHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Answers 200 only when the update is stored; any other answer makes Telegram bring it again. */
export function createWebhook(parts: Parts): WebhookHandler {
  return async (request, response) => {
    const status = await statusOf(parts, request).catch((error: unknown) => {
      parts.journal.error({ reason: reasonOf(error) }, 'an update could not be stored')
      return 500
    })
    if (status === 405) response.setHeader('allow', 'POST')
    // A refused body is read to its end, or the caller would see a broken connection and no answer.
    request.resume()
    if (!response.headersSent && !response.destroyed) response.writeHead(status).end()
  }
}

async function statusOf(parts: Parts, request: IncomingMessage): Promise<number> {
  if (parts.secret === null) return 404
  if (request.method !== 'POST') return 405
  const given = request.headers[SECRET_HEADER]
  if (typeof given !== 'string') return 401
  if (!isSame(given, parts.secret)) return 403
  if (parts.isStopping()) return 503
  const body = await readBody(request, LONGEST_BODY)
  if (body === 'too long') return 413
  if (body === 'broken off') throw new Error('the sender went away')
  const update = parsed(body.toString())
  if (updateIdOf(update) === null) return 400
  await parts.intake.accept([update])
  return 200
}

/** Compares digests: equally long, and in constant time. */
function isSame(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret))
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
