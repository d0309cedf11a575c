import { createHmac } from 'node:crypto'
import { request, type IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'

export interface Delivery {
  /** 0 when nothing came back at all. */
  status: number
  body: string
  ms: number
  headers: IncomingHttpHeaders
}

export interface SignedRequest {
  url: string
  body: string | Buffer
  contentType: string
  secret: string
  /** Seconds since 1970, as in the header; any text is allowed for bad-input tests. */
  timestamp: string
  /** Replaces the computed signature; null leaves the header out. */
  signature?: string | null
  headers?: Record<string, string>
  giveUpMs: number
}

function signatureOf(secret: string, timestamp: string, body: string | Buffer): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`
}

function headersOf(spec: SignedRequest): Record<string, string> {
  const signature =
    spec.signature === undefined ? signatureOf(spec.secret, spec.timestamp, spec.body) : spec.signature
  return {
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    accept: 'application/json,*/*',
    'content-type': spec.contentType,
    'content-length': String(Buffer.byteLength(spec.body)),
    'x-slack-request-timestamp': spec.timestamp,
    ...(signature === null ? {} : { 'x-slack-signature': signature }),
    ...spec.headers,
  }
}

async function read(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

/** Sends one request the way Slack does and never rejects: a dead target is an answer too. */
export function sendSigned(spec: SignedRequest, signal: AbortSignal): Promise<Delivery> {
  const startedAt = performance.now()
  const result = (status: number, body: string, headers: IncomingHttpHeaders = {}): Delivery => ({
    status,
    body,
    headers,
    ms: performance.now() - startedAt,
  })
  return new Promise((resolve) => {
    // A connection of its own each time: the app under test must be able to close at once.
    const outgoing = request(
      spec.url,
      { method: 'POST', headers: headersOf(spec), agent: false, signal },
      (incoming) => {
        read(incoming).then(
          (body) => resolve(result(incoming.statusCode ?? 0, body, incoming.headers)),
          () => resolve(result(0, '')),
        )
      },
    )
    outgoing.setTimeout(spec.giveUpMs, () => outgoing.destroy())
    outgoing.on('error', (error) => resolve(result(0, error.message)))
    outgoing.on('close', () => resolve(result(0, 'connection closed')))
    outgoing.end(spec.body)
  })
}
