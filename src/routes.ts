import { getRequestListener } from '@hono/node-server'
import type { Bot } from './bots/ports.ts'
import type { Console } from './bots/web/console.ts'
import type { Database } from './db/client.ts'
import type { Platform } from './domain/shared/actor.ts'
import { healthz, type Part, readyz } from './http/health.ts'
import { answer, type Route } from './http/server.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Metrics } from './metrics.ts'

/** A bot, whom it reaches, and where its platform calls. */
export type Reachable = Readonly<{ bot: Bot; platform: Platform; path: string; route: Route }>

/** What has an address of its own. Without jobs there is no queue to ask for its health. */
export function routesOf(
  { database, metrics }: Readonly<{ database: Database; metrics: Metrics }>,
  bots: readonly Reachable[],
  queue: Pick<Jobs, 'health'> | null,
): ReadonlyMap<string, Route> {
  const ready: Part[] = [
    { name: 'database', check: () => database.ping() },
    ...(queue ? [{ name: 'queue', check: () => queue.health() }] : []),
    ...bots.map(({ bot }) => ({ name: bot.name, check: () => bot.health() })),
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
