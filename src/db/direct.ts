import pg, { type Pool } from 'pg'
import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts'
import type { statementNames } from './statement-names.ts'

type Names = ReturnType<typeof statementNames>

/**
 * The same client, whose raw questions go straight to its pool. Prisma's own way turns every value over several times and
 * doubles what a short question costs this process; what it gives back is made the same way here. For reading outside of
 * transactions: inside of one a question must find what the transaction wrote.
 */
export function readingDirectly(prisma: PrismaClient, pool: Pool, names: Names): PrismaClient {
  const $queryRaw = async (strings: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) => {
    const { text, values: given } = 'text' in strings ? strings : Prisma.sql(strings, ...values)
    const name = names({ sql: text, args: given })
    const { rows } = await pool.query({ ...(name ? { name } : {}), text, values: given.map(sent), types })
    return rows as unknown
  }
  return new Proxy(prisma, {
    get: (client, property) => (property === '$queryRaw' ? $queryRaw : Reflect.get(client, property, client)),
  })
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
