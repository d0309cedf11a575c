import { verifyAudit } from '../db/audit.ts'
import { type CliIo, EXIT, UsageError } from './io.ts'

export async function auditCommand([verb]: readonly string[], io: CliIo): Promise<number> {
  if (verb !== 'verify') throw new UsageError('audit: expected: audit verify')
  const { entries, broken } = await verifyAudit(io.database.prisma)
  if (broken === null) {
    io.out(`the audit log is whole: ${entries} entries`)
    return EXIT.ok
  }
  io.err(
    `the audit log is broken at entry ${broken} of ${entries}: it was altered, or an entry before it was removed`,
  )
  return EXIT.refused
}
