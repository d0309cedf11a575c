import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { allCommands } from '../../src/commands/registry.ts'
import type { Journal } from '../../src/commands/kit/invocation.ts'
import { type Console, createConsole } from '../../src/bots/web/console.ts'
import { PERSONAS, type Scripted, scriptedDispatcher } from './scripted-dispatcher.ts'

const silent: Journal = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent }

/** The registry's own declarations; nothing here runs them. */
export const COMMANDS = allCommands({ bot: () => null, random: () => 0 } as never)

export type Running = Readonly<{
  url: string
  port: number
  dispatcher: Scripted
  push: Console['push']
  stop(): Promise<void>
}>

/** The console on a real port of this machine, with a scripted dispatcher behind it. */
export async function startServer(port = 0, dispatcher: Scripted = scriptedDispatcher()): Promise<Running> {
  const app: Console = createConsole({
    dispatcher,
    people: { personas: () => Promise.resolve(PERSONAS) },
    commands: COMMANDS,
    journal: silent,
    now: () => new Date(),
    newId: randomUUID,
    allowedHosts: ['127.0.0.1'],
  })
  const listener = getRequestListener((request) => app.fetch(request))
  const server = createServer((request, response) => void listener(request, response))
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, '127.0.0.1', resolve)
  await promise
  const taken = (server.address() as AddressInfo).port
  const url = `http://127.0.0.1:${taken}/`
  return { url, port: taken, dispatcher, push: app.push, stop: () => stop(server, app) }
}

function stop(server: Server, app: Console): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  app.close()
  server.close(() => resolve())
  server.closeAllConnections()
  return promise
}
