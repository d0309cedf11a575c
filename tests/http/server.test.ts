import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readyz } from '../../src/http/health.ts'
import { answer, createHttpServer, type HttpServer } from '../../src/http/server.ts'

let server: HttpServer
let address: URL
const errors: unknown[] = []

beforeEach(async () => {
  errors.length = 0
  const routes = new Map([
    ['/here', (_request: unknown, response: Parameters<typeof answer>[0]) => answer(response, 200, 'here\n')],
    ['/broken', () => Promise.reject(new Error('inside'))],
    [
      '/readyz',
      readyz([
        { name: 'good', check: () => null },
        { name: 'bad', check: () => Promise.reject(new Error('secret')) },
      ]),
    ],
  ])
  server = createHttpServer(
    routes,
    (_request, response) => answer(response, 404, 'not found\n'),
    (error) => errors.push(error),
  )
  address = new URL(await server.start('127.0.0.1', 0))
})

afterEach(() => server.stop())

/** The first line of the answer to a request target that no client library would send. */
function statusOf(target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(address.port), address.hostname, () =>
      socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
    )
    let text = ''
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
    socket.on('end', () => resolve(text.split('\r\n', 1)[0] ?? ''))
    socket.on('error', reject)
  })
}

describe('the server', () => {
  it.each(['//', '/\\', '///x', '*', 'http://', '/%', '/%ff', '?', '//@', 'http://[::'])(
    'survives the target %s',
    async (target) => {
      expect(await statusOf(target)).toMatch(/^HTTP\/1\.1 (404|400) /)
      expect(await statusOf('/here?x=1')).toContain('200')
      expect(errors).toEqual([])
    },
  )

  it('says nothing about why a route failed', async () => {
    const response = await fetch(new URL('/broken', address))
    expect([response.status, await response.text()]).toEqual([500, ''])
    expect(errors).toHaveLength(1)
  })

  it('is not ready while one part is not, and names the part alone', async () => {
    const response = await fetch(new URL('/readyz', address))
    expect([response.status, await response.text()]).toEqual([503, 'bad: does not answer\n'])
  })

  it('stops although a connection is open, twice if need be', async () => {
    await fetch(new URL('/here', address))
    await server.stop()
    await server.stop()
    await expect(fetch(new URL('/here', address))).rejects.toThrow('fetch failed')
  })
})
