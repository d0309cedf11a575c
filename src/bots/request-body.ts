import type { IncomingMessage } from 'node:http'

/**
 * The whole body as bytes, because a letter may be spread over two chunks. One that is too long is not read further:
 * whoever wants to see it to its end resumes the request.
 */
export function readBody(
  request: IncomingMessage,
  most: number,
): Promise<Buffer | 'too long' | 'broken off'> {
  if (Number(request.headers['content-length'] ?? 0) > most) return Promise.resolve('too long')
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    const keep = (chunk: Buffer): void => {
      length += chunk.length
      if (length <= most) return void chunks.push(chunk)
      request.off('data', keep)
      request.pause()
      resolve('too long')
    }
    request.on('data', keep)
    request.once('end', () => resolve(Buffer.concat(chunks)))
    request.once('error', () => resolve('broken off'))
    request.once('close', () => resolve('broken off'))
  })
}
