import { Writable } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { backupInto } from './backups/write-backup.ts'
import type { Bot } from './bots/ports.ts'
import type { Console } from './bots/web/console.ts'
import type { Journal } from './commands/kit/invocation.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { noteBackup } from './db/backup/note.ts'
import { takeBackup } from './db/backup/snapshot.ts'
import type { Database } from './db/client.ts'
import type { Platform } from './domain/shared/actor.ts'
import { healthz, type Part, readyz } from './http/health.ts'
import { answer, type Route } from './http/server.ts'
import { openSideDoor, type SideDoor } from './http/side-door.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Metrics } from './metrics.ts'

/** A bot, whom it reaches, and where its platform calls. */
export type Reachable = Readonly<{ bot: Bot; platform: Platform; path: string; route: Route }>

/** What has an address of its own. Without jobs there is no queue to ask for its health. */
export function routesOf(
  { clock, database, metrics }: Readonly<{ clock: Clock; database: Database; metrics: Metrics }>,
  bots: readonly Reachable[],
  queue: Pick<Jobs, 'health'> | null,
): ReadonlyMap<string, Route> {
  const watched = [...(queue ? [{ name: 'queue', health: queue.health }] : []), ...bots.map(({ bot }) => bot)]
  // A machine whose clock is wrong works on by that of the database, so it is no reason to take it away.
  metrics.watch([...watched, { name: 'clock', health: clock.health }])
  const ready: Part[] = [
    { name: 'database', check: () => database.ping() },
    ...watched.map(({ name, health }) => ({ name, check: health })),
  ]
  return new Map<string, Route>([
    ['/healthz', healthz],
    ['/readyz', readyz(ready)],
    [
      '/metrics',
      async (_request, response) => answer(response, 200, await metrics.text(), metrics.contentType),
    ],
    ...bots.map(({ path, route }) => [path, route] as const),
  ])
}

/** Everything else is the console's, when it is open. */
export function restOf(console: Console | null): Route {
  if (!console) return (_request, response) => answer(response, 404, 'not found\n')
  return getRequestListener((request) => console.fetch(request))
}

type Keeping = Readonly<{ config: Config; database: Database; journal: Journal; now(): Date }>

/** Nobody but this process can read its data folder; a PostgreSQL everybody reads for themselves. */
export async function openSideDoorOf({ config, database, journal, now }: Keeping): Promise<SideDoor | null> {
  if (!('folder' in config.database)) return null
  const routes = new Map([['/backup', backupRoute(database, now)]])
  return openSideDoor(config.database.folder, routes, (error) => journal.error({ err: error }, 'side door'))
}

/** It is packed into memory first: whoever takes it slowly must not hold up everybody who writes. */
const backupRoute =
  (database: Database, now: () => Date): Route =>
  async (request, response) => {
    const name = new URLSearchParams(request.url?.split('?', 2)[1]).get('name') ?? 'a backup'
    const packed: Buffer[] = []
    const target = new Writable({ write: (chunk: Buffer, _encoding, done) => done(void packed.push(chunk)) })
    const head = await takeBackup(database, backupInto(target), { now: now() })
    response.writeHead(200, { 'content-type': 'application/gzip' })
    response.end(Buffer.concat(packed))
    await noteBackup(database.prisma, name, head)
  }
