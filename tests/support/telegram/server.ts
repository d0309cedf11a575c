import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApiError } from './api-error.ts'
import { type ApiAnswer, carryOut, record } from './dispatch.ts'
import { UPLOAD_MAX } from './limits.ts'
import { type ParsedBody, parseBody } from './params.ts'
import type { CallRecord, Fault, Json } from './types.ts'
import type { World } from './world.ts'

const BODY_MAX = UPLOAD_MAX + 1024 * 1024

export interface RunningServer {
  port: number
  close: () => Promise<void>
}

export async function listen(world: World): Promise<RunningServer> {
  const server = createServer((request, response) => {
    serve(world, request, response).catch((error: unknown) => {
      // A caller that went away is no fault of ours; anything else must not hide.
      if (!response.destroyed)
        sendJson(response, 500, { ok: false, error_code: 500, description: String(error) })
    })
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(0, '127.0.0.1', resolve)
  await promise
  return { port: (server.address() as AddressInfo).port, close: () => close(server) }
}

function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeAllConnections()
  return promise
}

async function serve(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const file = /^\/file\/bot([^/]+)\/files\/(.+)$/.exec(url.pathname)
  if (file !== null) return download(world, response, decodeURIComponent(file[1] ?? ''), file[2] ?? '')
  const path = /^\/bot([^/]+)\/([^/]+)$/.exec(url.pathname)
  const body = await readBody(request)
  if (path === null) return sendError(response, new ApiError(404, 'Not Found'))
  if (decodeURIComponent(path[1] ?? '') !== world.token) {
    return sendError(response, new ApiError(401, 'Unauthorized'))
  }
  if (body === undefined) return sendError(response, new ApiError(413, 'Request Entity Too Large'))
  const parsed = parsedOr(request, body)
  if (parsed instanceof ApiError) return sendError(response, parsed)
  parsed.values = { ...Object.fromEntries(url.searchParams), ...parsed.values }
  return answer(world, path[2] ?? '', parsed, response)
}

function parsedOr(request: IncomingMessage, body: Buffer): ParsedBody | ApiError {
  try {
    return parseBody(request.headers['content-type'] ?? '', body)
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = chunk as Buffer
    size += bytes.length
    // The rest is read and thrown away, so that the caller gets an answer and no reset.
    if (size <= BODY_MAX) chunks.push(bytes)
  }
  return size > BODY_MAX ? undefined : Buffer.concat(chunks)
}

async function answer(
  world: World,
  method: string,
  body: ParsedBody,
  response: ServerResponse,
): Promise<void> {
  const call = record(world, method, body.values)
  const fault = world.faults.take(method)
  watchRates(world, call, fault)
  if (fault !== undefined && fault.afterDelivery !== true) return fail(fault, response)
  const gone = (action: () => void) => {
    response.once('close', action)
  }
  const result = await carryOut(world, call, body, gone)
  if (fault === undefined) sendJson(response, result.status, result.body)
  else fail(fault, response)
}

/** Messages sent inside an announced wait are noted, whoever announced it. */
function watchRates(world: World, call: CallRecord, fault: Fault | undefined): void {
  const chatId = Number(call.params['chat_id'])
  if (!/^(send(?!ChatAction)|edit)/.test(call.method) || !Number.isSafeInteger(chatId)) return
  world.rates.noteIfTooEarly(chatId)
  if (fault?.retryAfter !== undefined) world.rates.announce(chatId, fault.retryAfter)
}

function fail(fault: Fault, response: ServerResponse): void {
  if (fault.halfOpen === true) return
  if (fault.dropConnection === true) {
    response.socket?.destroy()
    return
  }
  if (fault.html !== undefined) {
    response.writeHead(fault.status ?? 502, { 'content-type': 'text/html' }).end(fault.html)
    return
  }
  const made = faultAnswer(fault)
  sendJson(response, made.status, made.body)
}

function faultAnswer(fault: Fault): ApiAnswer {
  const status = fault.status ?? (fault.retryAfter === undefined ? 500 : 429)
  if (fault.body !== undefined) return { status, body: fault.body as Json }
  if (status === 429) {
    const wait = fault.retryAfter ?? 1
    const parameters = { parameters: { retry_after: wait } }
    return { status, body: new ApiError(429, `Too Many Requests: retry after ${wait}`, parameters).body() }
  }
  return { status, body: new ApiError(status, STATUS_CODES[status] ?? 'Error').body() }
}

function download(world: World, response: ServerResponse, token: string, fileId: string): void {
  if (token !== world.token) return sendError(response, new ApiError(401, 'Unauthorized'))
  const file = world.files.get(fileId)
  if (file === undefined) return sendError(response, new ApiError(404, 'Not Found'))
  response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.bytes)
}

function sendError(response: ServerResponse, error: ApiError): void {
  sendJson(response, error.code, error.body())
}

function sendJson(response: ServerResponse, status: number, body: Json): void {
  if (response.destroyed) return
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
  })
  response.end(text)
}
