import { Prisma } from '../../prisma/generated/client.ts'
import { UnavailableError } from '../domain/shared/errors.ts'

/** What the driver adapters call a database that cannot be reached, has closed the connection or takes too long. */
const KINDS = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TlsConnectionError',
])
/** SQLSTATE classes 08 (connection), 53 (resources), 57P (shutdown, crash), and query_canceled. */
const STATES = /^(08|53|57P|57014)/
/** Prisma's own: unreachable, timed out, closed, no connection free, transaction could not start or ran out of time. */
const CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'])

/** Tells "the database is away" apart from "we made a mistake": only the first is worth trying again. */
export async function orUnavailable<Result>(work: Promise<Result>, what = 'the database'): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw isAway(error) ? new UnavailableError(what, error) : error
  }
}

/** What the driver itself says when a connection breaks in mid-question; Prisma hands it on as it is. */
const BROKEN =
  /^Connection terminated|^Client has encountered a connection error|timeout exceeded when trying to connect/
const BROKEN_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
])

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) {
    const code = 'code' in error ? String(error.code) : ''
    return BROKEN.test(error.message) || BROKEN_CODES.has(code) || STATES.test(code)
  }
  if (CODES.has(error.code)) return true
  const adapter = error.meta?.['driverAdapterError'] as
    | { cause?: { kind?: string; originalCode?: string } }
    | undefined
  const cause = adapter?.cause
  return KINDS.has(cause?.kind ?? '') || STATES.test(cause?.originalCode ?? '')
}
