import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createResponder } from '../../../src/bots/slack/responder.ts'

let server: Server
let url: string
let posts: number
let answer: (response: ServerResponse) => void

beforeEach(async () => {
  posts = 0
  answer = (response) => response.end('ok')
  server = createServer((_request, response) => {
    posts += 1
    answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const responder = (timeoutMs = 10_000) => createResponder(url, url, timeoutMs)
const message = { text: 'x', blocks: [] }

test('B-07 an address is used five times and no sixth', async () => {
  const { respond } = responder()
  const taken: boolean[] = []
  for (let use = 0; use < 7; use += 1) taken.push(await respond(message, { replace: false }))
  expect(taken).toEqual([true, true, true, true, true, false, false])
  expect(posts).toBe(5)
})

test.each([404, 500, 302])('B-07 an address that says %i did not take it', async (status) => {
  answer = (response) => response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end()
  expect(await responder().respond(message, { replace: false })).toBe(false)
  expect(posts).toBe(1)
})

test('B-07 an address that never answers is given up', async () => {
  answer = () => undefined
  expect(await responder(50).respond(message, { replace: false })).toBe(false)
})

test('B-07 an address that says “not now” is not asked again', async () => {
  answer = (response) => response.writeHead(429, { 'retry-after': '30' }).end()
  const { respond } = responder()
  expect([await respond(message, { replace: false }), await respond(message, { replace: false })]).toEqual([
    false,
    false,
  ])
  expect(posts).toBe(1)
})
