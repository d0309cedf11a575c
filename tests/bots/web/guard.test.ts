import { describe, expect, test } from 'vitest'
import { clientOf, HOST, line } from './console-client.ts'

const ACT = { key: '7b8e4a52-6f0d-4b53-9c53-000000000001', act: line('acme') }
const PATH = '/api/people/anna/acts'

const sized = (size: number) => JSON.stringify({ ...ACT, act: line('a'.repeat(size)) })

describe('H-09 who may reach the console', () => {
  test('a foreign name that resolves to this machine is refused with a plain line', async () => {
    const { get, dispatcher } = clientOf()
    for (const host of [
      'evil.example',
      'evil.example:3000',
      '127.0.0.1:3001',
      '127.0.0.1.evil.example:3000',
    ]) {
      const response = await get('/', { host })
      expect(response.status).toBe(403)
      expect(response.headers.get('content-type')).toContain('text/plain')
      expect((await response.text()).split('\n')).toHaveLength(2)
    }
    expect(dispatcher.heard).toEqual([])
  })

  test('a name allowed without a port is served on any port, whatever its case', async () => {
    const { console } = clientOf({ allowedHosts: ['LocalHost'] })
    expect((await console.fetch(new Request('http://localhost:4711/'))).status).toBe(200)
    expect((await console.fetch(new Request('http://localhost.evil.example:4711/'))).status).toBe(403)
  })

  test('an act from another site, or from nobody knows where, never reaches the dispatcher', async () => {
    const { post, dispatcher } = clientOf()
    const foreign: Record<string, string>[] = [
      { origin: 'http://evil.example' },
      { origin: 'http://127.0.0.1:9999' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'not a url' },
    ]
    for (const headers of foreign) expect((await post(PATH, ACT, headers)).status).toBe(403)
    expect(dispatcher.heard).toEqual([])
  })

  test('an act without any word of where it comes from is refused too', async () => {
    const { console } = clientOf()
    const headers = { host: HOST, 'content-type': 'application/json' }
    const request = (extra: Record<string, string>) =>
      new Request(`http://${HOST}${PATH}`, {
        method: 'POST',
        headers: { ...headers, ...extra },
        body: JSON.stringify(ACT),
      })
    expect((await console.fetch(request({}))).status).toBe(403)
    expect((await console.fetch(request({ 'sec-fetch-site': 'same-origin' }))).status).toBe(200)
  })

  test('what an HTML form could send is not taken for an act', async () => {
    const { post, dispatcher } = clientOf()
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
      expect((await post(PATH, ACT, { 'content-type': type })).status).toBe(415)
    }
    expect((await post(PATH, ACT, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(200)
    expect(dispatcher.heard).toHaveLength(1)
  })

  test('another site can neither read nor hold a stream open', async () => {
    const { get } = clientOf()
    expect((await get('/api/stream?as=anna', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await get('/api/start', { 'sec-fetch-site': 'same-site' })).status).toBe(403)
    expect((await get('/', { 'sec-fetch-site': 'cross-site' })).status).toBe(200)
  })

  test('a body over 64 KiB is refused, announced or not, and one just under it is taken', async () => {
    const { post, console } = clientOf()
    expect((await post(PATH, sized(65_536))).status).toBe(413)
    expect((await post(PATH, sized(65_000))).status).toBe(200)
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(sized(70_000)))
        controller.close()
      },
    })
    const headers = { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/json' }
    const streamed = new Request(`http://${HOST}${PATH}`, {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    })
    expect((await console.fetch(streamed)).status).toBe(413)
  })

  test('what is no act is refused without touching the dispatcher', async () => {
    const { post, dispatcher } = clientOf()
    const wrong = [
      '',
      '{',
      '[]',
      'null',
      { key: 'short', act: line('a') },
      { key: ACT.key },
      { ...ACT, act: { kind: 'dance' } },
    ]
    for (const body of wrong) expect((await post(PATH, body)).status).toBe(400)
    const crowd = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`name${index}`, 'x']))
    expect(
      (await post(PATH, { ...ACT, act: { kind: 'press', command: 'account', args: crowd } })).status,
    ).toBe(400)
    expect(dispatcher.heard).toEqual([])
  })

  test('an unknown persona is not found, on every path', async () => {
    const { get, post } = clientOf()
    for (const id of ['nobody', '__proto__', '%00', '..%2f..%2fetc']) {
      expect((await post(`/api/people/${id}/acts`, ACT)).status).toBe(404)
      expect((await post(`/api/people/${id}/leave`, { on: ACT.key })).status).toBe(404)
      expect((await get(`/api/people/${id}/suggest?kind=account&typed=a`)).status).toBe(404)
      expect((await get(`/api/people/${id}/examples`)).status).toBe(404)
      expect((await get(`/api/stream?as=anna&as=${id}`)).status).toBe(404)
    }
    expect((await get('/api/stream')).status).toBe(404)
  })

  test('every answer carries the safe headers, refusals and failures too', async () => {
    const people = { personas: () => Promise.reject(new Error('no database')) }
    const broken = clientOf({ people })
    const { get, post } = clientOf()
    const answers = [
      await get('/'),
      await get('/assets/style.css'),
      await get('/api/start'),
      await get('/nothing'),
      await get('/', { host: 'evil.example' }),
      await post(PATH, ACT, { origin: 'http://evil.example' }),
      await broken.get('/api/start'),
    ]
    for (const { headers } of answers) {
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain("require-trusted-types-for 'script'")
      expect(policy).not.toContain('unsafe')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    }
    expect(answers.at(-1)?.status).toBe(500)
    expect(broken.errors).toHaveLength(1)
  })
})

describe('the page', () => {
  test('only listed files are served, with their types, and 304 when nothing changed', async () => {
    const { get } = clientOf()
    const page = await get('/')
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const html = await page.text()
    for (const [, path = ''] of html.matchAll(/(?:src|href)="([^"]+)"/g))
      expect((await get(path)).status).toBe(200)
    for (const name of ['tsconfig.json', '..%2fconsole.ts', 'toString', '']) {
      expect((await get(`/assets/${name}`)).status).toBe(404)
    }
    const etag = page.headers.get('etag') ?? ''
    expect((await get('/', { 'if-none-match': etag })).status).toBe(304)
  })

  test('it names no other host and runs no code from strings', async () => {
    const { get } = clientOf()
    const names = [...(await (await get('/assets/app.js')).text()).matchAll(/from '\.\/(\w+\.js)'/g)].map(
      ([, name]) => name,
    )
    expect(names.length).toBeGreaterThan(3)
    for (const name of [
      'app.js',
      'board.js',
      'card.js',
      'form.js',
      'dom.js',
      'thread.js',
      'style.css',
      'card.css',
    ]) {
      const text = (await (await get(`/assets/${name}`)).text()).replaceAll('http://www.w3.org/2000/svg', '')
      expect(text).not.toMatch(/https?:\/\/|innerHTML|outerHTML|insertAdjacent|document\.write|eval\(/)
    }
  })
})
