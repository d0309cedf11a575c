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

/** What the server ends so that others may go on: a deadlock, two changes that cannot both be true. */
const YIELDED = /^(40001|40P01)/

/** The same may pass a moment later: the database was away, or let another one pass first. */
export function isWorthAnotherTry(error: unknown): boolean {
  if (error instanceof UnavailableError) return true
  if (!(error instanceof Error)) return false
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return YIELDED.test(codeOf(error))
  return error.code === 'P2034' || YIELDED.test(stateOf(error))
}

/** What the driver itself says when a connection breaks in mid-question; Prisma hands it on as it is. */
const BROKEN =
  /^Connection terminated|^Client has encountered a connection error|timeout exceeded when trying to connect|^Query read timeout|^Cannot use a pool after calling end/
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
    const code = codeOf(error)
    return BROKEN.test(error.message) || BROKEN_CODES.has(code) || STATES.test(code)
  }
  if (CODES.has(error.code)) return true
  return KINDS.has(causeOf(error)?.kind ?? '') || STATES.test(stateOf(error))
}

type Known = Prisma.PrismaClientKnownRequestError

const causeOf = ({ meta }: Known) =>
  (meta?.['driverAdapterError'] as { cause?: { kind?: string; originalCode?: string } } | undefined)?.cause

/** Of the driver's own errors: SQLSTATE, or what the system calls it. */
const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '')

/** SQLSTATE, when the server gave one. */
const stateOf = (error: Known): string => causeOf(error)?.originalCode ?? ''
