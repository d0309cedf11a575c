import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { isJson, parseJson, type Json } from './json.ts'
import type { ResponseUrls } from './response-url.ts'
import type { ApiReply, WebApi } from './web-api.ts'
import type { World } from './world.ts'

interface Parts {
  world: World
  api: WebApi
  urls: ResponseUrls
}

/** The HTTP side of the stand-in: Web API, response_url and file uploads on one local port. */
export class HttpServer {
  readonly server: Server
  readonly #parts: Parts
  readonly #connections = new Set<Socket>()
  readonly #timers = new Set<NodeJS.Timeout>()

  constructor(parts: Parts) {
    this.#parts = parts
    this.server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        parts.world.problems.push(`the stand-in itself failed: ${String(error)}`)
        response.writeHead(500).end()
      })
    })
    this.server.on('connection', (socket) => {
      this.#connections.add(socket)
      socket.on('close', () => this.#connections.delete(socket))
    })
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    const address = this.server.address()
    return typeof address === 'object' && address ? address.port : 0
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer)
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()))
    for (const socket of this.#connections) socket.destroy()
    await closed
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    const path = new URL(request.url ?? '/', 'http://slack').pathname
    if (path.startsWith('/api/')) return this.#api(path.slice(5), request, response, body)
    if (path.startsWith('/upload/')) return this.#upload(path.slice(8), response, body)
    return this.#responseUrl(path, response, body)
  }

  #api(method: string, request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const args = argumentsOf(request.headers['content-type'] ?? '', body.toString('utf8'))
    const reply = this.#parts.api.handle(method, args, request.headers.authorization ?? '')
    this.#send(response, reply, 'application/json; charset=utf-8')
  }

  #responseUrl(path: string, response: ServerResponse, body: Buffer): void {
    const { api, urls, world } = this.#parts
    const payload = parseJson(body.toString('utf8'))
    const failure = api.takeFailure('response_url')
    const done = failure && !failure.afterDoing ? { status: 500, body: '' } : urls.handle(path, payload)
    const reply: ApiReply = {
      status: failure?.status ?? done.status,
      body: failure?.body ?? done.body,
      headers: failure?.headers ?? {},
      hangUp: failure?.hangUp === true,
      delayMs: failure?.delayMs ?? 0,
    }
    const parsed = parseJson(reply.body)
    const logged = isJson(parsed) ? parsed : { body: reply.body }
    const args = isJson(payload) ? payload : {}
    api.calls.push({ method: 'response_url', args, at: world.now(), status: reply.status, answer: logged })
    this.#send(response, reply, 'text/plain')
  }

  #upload(id: string, response: ServerResponse, body: Buffer): void {
    const file = this.#parts.world.files.get(id)
    if (file) file.body = body
    response.writeHead(file ? 200 : 404).end(file ? `OK - ${body.length}` : '')
  }

  #send(response: ServerResponse, reply: ApiReply, type: string): void {
    if (reply.delayMs <= 0) return answer(response, reply, type)
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      answer(response, reply, type)
    }, reply.delayMs)
    this.#timers.add(timer)
  }
}

function answer(response: ServerResponse, reply: ApiReply, type: string): void {
  if (reply.hangUp) response.destroy()
  else response.writeHead(reply.status, { 'content-type': type, ...reply.headers }).end(reply.body)
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

function argumentsOf(contentType: string, body: string): Json {
  if (!contentType.startsWith('application/json')) return Object.fromEntries(new URLSearchParams(body))
  const parsed = parseJson(body)
  return isJson(parsed) ? parsed : {}
}
