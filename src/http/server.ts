import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Route = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

export type HttpServer = Readonly<{
  /** Resolves with the address it listens on. */
  start(host: string, port: number): Promise<string>
  stop(): Promise<void>
}>

/** How long answers on their way may take after the last request was taken. */
const DRAIN_MS = 3_000

/**
 * The one server: exact paths first, then the rest. Bodies reach the routes unread, because Slack's signature is over
 * the raw bytes. A route that throws answers 500 without a word about why.
 */
export function createHttpServer(
  routes: ReadonlyMap<string, Route>,
  rest: Route,
  onError: (error: unknown) => void,
): HttpServer {
  const server = createServer((request, response) => {
    // Cut by hand: URL throws on targets such as `//`, which anybody can send.
    const [path = '/'] = (request.url ?? '/').split('?', 1)
    const route = routes.get(path) ?? rest
    void run(route, request, response, onError)
  })
  server.headersTimeout = 15_000
  server.requestTimeout = 30_000
  return { start: (host, port) => listen(server, host, port, onError), stop: () => close(server) }
}

async function run(
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
  onError: (error: unknown) => void,
) {
  try {
    await route(request, response)
  } catch (error) {
    onError(error)
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
    response.end()
  }
}

function listen(
  server: Server,
  host: string,
  port: number,
  onError: (error: unknown) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      // A connection that the system could not hand over ends nothing else.
      server.on('error', onError)
      const { address, port: bound, family } = server.address() as AddressInfo
      resolve(`http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`)
    })
  })
}

/** Streams of the console never end by themselves, so what is left after a while is cut. */
async function close(server: Server): Promise<void> {
  if (!server.listening) return
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  await closed
  clearTimeout(cut)
}

export function answer(
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' })
  response.end(text)
}
