import { randomBytes, timingSafeEqual } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { answer, createHttpServer, type Route } from './server.ts'

/** A way to a running process for whoever may read its data folder, and from this machine only. */
export type SideDoor = Readonly<{ close(): Promise<void> }>

type Key = Readonly<{ address: string; token: string }>

const keyIn = (folder: string) => join(folder, 'side-door.json')

/** A server of its own on loopback, on a port that nobody chose, whose key lies in the folder, for its owner alone. */
export async function openSideDoor(
  folder: string,
  routes: ReadonlyMap<string, Route>,
  onError: (error: unknown) => void,
): Promise<SideDoor> {
  const token = randomBytes(32).toString('hex')
  const guarded = [...routes].map(([path, route]): [string, Route] => [
    path,
    (request, response) => {
      if (isToken(request.headers.authorization, token)) return route(request, response)
      answer(response, 401, 'not for you\n')
    },
  ])
  const none: Route = (_request, response) => answer(response, 404, 'not found\n')
  const server = createHttpServer(new Map(guarded), none, onError)
  const address = await server.start('127.0.0.1', 0)
  const key: Key = { address, token }
  // Under another name first: nobody reads half a key.
  const draft = `${keyIn(folder)}.${process.pid}`
  await writeFile(draft, JSON.stringify(key), { mode: 0o600 })
  await rename(draft, keyIn(folder))
  return {
    async close() {
      await rm(keyIn(folder), { force: true })
      await server.stop()
    },
  }
}

function isToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '')
  const right = Buffer.from(`Bearer ${token}`)
  return given.length === right.length && timingSafeEqual(given, right)
}

/** Asks the process that works in this folder; throws when it has no such door. */
export async function askAtSideDoor(folder: string, path: string): Promise<Response> {
  const { address, token } = JSON.parse(await readFile(keyIn(folder), 'utf8')) as Key
  return fetch(`${address}${path}`, { headers: { authorization: `Bearer ${token}` } })
}
