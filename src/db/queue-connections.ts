import { setTimeout as pause } from 'node:timers/promises'
import { Client, Pool } from 'pg'
import { heard } from './heard.ts'

const CONNECT_MS = 5_000
const AGAIN_MS = 1_000
/** Whoever listens says nothing, so that only the system finds out that the other end is gone. */
const QUIET_MS = 10_000

/**
 * How the queue reaches PostgreSQL: what `pg-boss` wants of a database, and the end of it. A pool of its own, small, as what
 * it does is short and the answers to people come first; and the connection that listens. That of `pg-boss` takes every ear
 * off before it is closed, and a server that ends it in that moment would end the process.
 */
export function queueConnections(url: string, longestMs = 30_000) {
  const settings = {
    connectionString: url,
    application_name: 'kamerton queue',
    connectionTimeoutMillis: CONNECT_MS,
    // A server that is gone without a word is not waited for.
    query_timeout: longestMs,
  }
  const pool = new Pool({ ...settings, max: 3, onConnect: heard })
  // Of a connection that breaks while nobody uses it; the pool makes another one.
  pool.on('error', () => undefined)
  return {
    executeSql: (text: string, values?: unknown[]): Promise<{ rows: unknown[] }> => pool.query(text, values),
    /** Rejects when the first connection fails; one that breaks later is made again until it is closed. */
    listen: (channel: string, onNotification: (payload: string) => void, onReconnect: () => void) =>
      listen(
        () => new Client({ ...settings, keepAlive: true, keepAliveInitialDelayMillis: QUIET_MS }),
        channel,
        onNotification,
        onReconnect,
      ),
    close: async () => {
      if (!pool.ending) await pool.end()
    },
  }
}

async function listen(
  make: () => Client,
  channel: string,
  onNotification: (payload: string) => void,
  onReconnect: () => void,
): Promise<Readonly<{ close(): Promise<void> }>> {
  const over = new AbortController()
  let current = await open()
  onReconnect()

  async function open(): Promise<Client> {
    const client = make()
    heard(client)
    client.on('notification', ({ payload }) => {
      if (payload !== undefined && !over.signal.aborted) onNotification(payload)
    })
    try {
      await client.connect()
      await client.query(`listen ${client.escapeIdentifier(channel)}`)
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
    client.once('end', () => void again())
    return client
  }

  async function again(): Promise<void> {
    while (!over.signal.aborted) {
      await pause(AGAIN_MS, undefined, { signal: over.signal }).catch(() => undefined)
      if (over.signal.aborted) return
      const next = await open().catch(() => null)
      if (!next) continue
      current = next
      if (over.signal.aborted) await current.end()
      else onReconnect()
      return
    }
  }

  return {
    async close() {
      over.abort()
      await current.end().catch(() => undefined)
    },
  }
}
