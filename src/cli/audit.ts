import { holdsEntry, verifyAudit } from '../db/audit.ts'
import { type CliIo, EXIT, UsageError } from './io.ts'

const USAGE = 'audit: expected: audit verify [--anchor <number>:<hash>]'

/** `audit verify`; the anchor is what an earlier run printed and somebody kept outside the database. */
export async function auditCommand(
  [verb, option, value = '', ...rest]: readonly string[],
  io: CliIo,
): Promise<number> {
  const anchor = /^(\d{1,15}):([0-9a-f]{64})$/.exec(value)
  if (verb !== 'verify' || rest.length > 0 || (option !== undefined && (option !== '--anchor' || !anchor))) {
    throw new UsageError(USAGE)
  }
  const { prisma } = io.database
  const { entries, broken, head } = await verifyAudit(prisma)
  if (broken !== null) {
    io.err(
      `the audit log is broken at entry ${broken} of ${entries}: it was altered, or an entry before it was removed`,
    )
    return EXIT.refused
  }
  const [, seq = '', hash = ''] = anchor ?? []
  if (anchor && !(await holdsEntry(prisma, { seq: Number(seq), hash }))) {
    io.err(`the audit log was cut or rewritten: entry ${seq} is not the one that was noted`)
    return EXIT.refused
  }
  io.out(`the audit log is whole: ${entries} entries`)
  if (head)
    io.out(
      `to find out later whether its end was cut off, keep this outside the database: --anchor ${head.seq}:${head.hash}`,
    )
  return EXIT.ok
}
