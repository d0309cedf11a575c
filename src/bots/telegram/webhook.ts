import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Journal } from '../../commands/kit/invocation.ts'
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
  const body = await bodyOf(request)
  if (body === null) return 413
  const update = parsed(body)
  if (updateIdOf(update) === null) return 400
  await parts.intake.accept([update])
  return 200
}

/** Compares digests: equally long, and in constant time. */
function isSame(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret))
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Null when it is too long. Decoded as a whole, because a letter may be spread over two chunks. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > LONGEST_BODY) return null
  const { promise, resolve, reject } = Promise.withResolvers<string | null>()
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > LONGEST_BODY) resolve(null)
    else chunks.push(chunk)
  })
  request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
  request.on('error', reject)
  request.on('close', () => reject(new Error('the sender went away')))
  return promise
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
