import pg, { type Pool, type PoolClient } from 'pg'
import { Prisma } from '../../prisma/generated/client.ts'
import { UnavailableError } from '../domain/shared/errors.ts'
import type { Queries } from './queries.ts'
import type { statementNames } from './statement-names.ts'

type Names = ReturnType<typeof statementNames>
type Asked = Readonly<{
  text: string
  values: unknown[]
  name?: string
  types: typeof types
  /** In milliseconds; then the connection is given up. Unknown to the driver's types. */
  query_timeout?: number
}>
type Connection = Readonly<{
  query(asked: Asked): Promise<Readonly<{ rows: unknown[]; rowCount: number | null; command: string }>>
}>

/**
 * Raw statements past Prisma, whose own way turns every value over several times and doubles what a short question costs
 * this process; what it gives back is made the same way here.
 */
export function directQueries(connection: Connection, names: Names): Queries {
  const ask = (query: TemplateStringsArray | Prisma.Sql, values: readonly unknown[]) => {
    const { text, values: given } = 'text' in query ? query : Prisma.sql(query, ...values)
    const name = names({ sql: text, args: given })
    return connection.query({ ...(name ? { name } : {}), text, values: given.map(sent), types })
  }
  return {
    $queryRaw: async <Rows>(query: TemplateStringsArray | Prisma.Sql, ...values: readonly unknown[]) =>
      (await ask(query, values)).rows as Rows,
    $executeRaw: async (query, ...values) => (await ask(query, values)).rowCount ?? 0,
  }
}

/**
 * Work that holds together, on a connection of its own. Whatever throws leaves nothing behind; what takes longer than
 * `longestMs` is given up, so that a stuck question does not hold the rest.
 */
export function directTransactions(pool: Pool, names: Names, longestMs: number) {
  return async <Result>(work: (tx: Queries) => Promise<Result>): Promise<Result> => {
    const client = await pool.connect()
    const held = holding(client, longestMs)
    try {
      await held.query(BEGIN)
      const result = await work(directQueries(held, names))
      // Where a statement failed and nobody minded, PostgreSQL takes everything back and calls that an end, too.
      const { command } = await held.query(COMMIT)
      if (command !== 'COMMIT') throw new Error('a transaction went on after a statement of it had failed')
      return result
    } catch (error) {
      await held.query(ROLLBACK).catch(held.giveUp)
      throw error
    } finally {
      held.release()
    }
  }
}

/** What asks after the end, or too late, must not reach a connection that somebody else has by then. */
function holding(client: PoolClient, longestMs: number) {
  let over = false
  let broken: Error | undefined
  const giveUp = (error: Error) => {
    broken = error
    release()
  }
  const late = setTimeout(() => giveUp(new Error(`a transaction took ${longestMs} ms`)), longestMs)
  client.on('error', giveUp)
  function release(): void {
    if (over) return
    over = true
    clearTimeout(late)
    client.off('error', giveUp)
    // One that is broken is ended once nothing is under way on it, or that has taken too long as well.
    client.release(broken)
  }
  return {
    giveUp,
    release,
    query: async (asked: Asked) => {
      if (over) throw new UnavailableError('the database', broken)
      const limited: Asked = { ...asked, query_timeout: longestMs }
      return client.query(limited)
    },
  }
}

function sent(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(sent)
  return Prisma.Decimal.isDecimal(value) ? value.toString() : value
}

type Parser = (text: string) => unknown

/** By the numbers of PostgreSQL's types, as Prisma gives their values; the others are the same in both. */
const PARSERS: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  [20, BigInt],
  [1700, (text) => new Prisma.Decimal(text)],
  [1082, (text) => new Date(`${text}T00:00:00Z`)],
  // The session's time zone is UTC.
  [1114, (text) => new Date(`${text.replace(' ', 'T')}Z`)],
  [1184, (text) => new Date(text.replace(' ', 'T').replace(/\+00$/, 'Z'))],
])

const types = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    (format === 'text' && PARSERS.get(type)) || pg.types.getTypeParser(type, format),
}

const plainly = (text: string): Asked => ({ text, values: [], types })
const [BEGIN, COMMIT, ROLLBACK] = [plainly('begin'), plainly('commit'), plainly('rollback')]
