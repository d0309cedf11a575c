import { request } from 'node:http'

export interface PostOptions {
  /** The header's value; null leaves the header out. The current webhook's secret when absent. */
  secret?: string | null
  headers?: Record<string, string>
  /** Byte positions at which the body is cut into separately sent pieces. */
  chunks?: readonly number[]
  method?: string
  /** The current webhook address when absent. */
  url?: string
  timeoutMs?: number
}

export interface PostAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** One raw request to the bot's webhook, for input the real sender would never make. */
export function rawPost(
  url: string,
  body: Buffer,
  secret: string | undefined,
  options: PostOptions,
): Promise<PostAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<PostAnswer>()
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'content-length': String(body.length),
  }
  if (secret !== undefined) headers['x-telegram-bot-api-secret-token'] = secret
  const call = request(url, {
    method: options.method ?? 'POST',
    headers: { ...headers, ...options.headers },
    agent: false,
    timeout: options.timeoutMs ?? 30_000,
  })
  call.setNoDelay(true)
  // After an early answer (413) the peer may reset what is still being sent: the answer wins.
  call.on('error', reject)
  call.on('timeout', () => call.destroy(new Error('no answer in time')))
  call.on('response', (response) => {
    const parts: Buffer[] = []
    response.on('data', (part: Buffer) => parts.push(part))
    response.on('error', reject)
    response.on('end', () => {
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: Buffer.concat(parts).toString(),
      })
    })
  })
  writePieces(pieces(body, options.chunks ?? []), call).catch((error: unknown) => reject(error))
  return promise
}

function pieces(body: Buffer, cuts: readonly number[]): Buffer[] {
  const inside = [...new Set(cuts)].filter((cut) => cut > 0 && cut < body.length).toSorted((a, b) => a - b)
  return [0, ...inside].map((from, index) => body.subarray(from, inside[index] ?? body.length))
}

/**
 * A pause keeps the kernel from joining two pieces. The reader may live in this very process, so its event
 * loop also needs several turns: to accept the connection, to read the head, to read the body.
 */
async function timeToRead(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 2))
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** Each piece is flushed and given time to be read before the next one is written. */
async function writePieces(list: Buffer[], call: ReturnType<typeof request>): Promise<void> {
  for (const [index, piece] of list.entries()) {
    if (call.destroyed) return
    if (index > 0) await timeToRead()
    await new Promise((resolve) => call.write(piece, resolve))
  }
  call.end()
}
