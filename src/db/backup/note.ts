import type { PrismaClient } from '../../../prisma/generated/client.ts'
import { type Head, rowsIn } from '../../backups/layout.ts'
import { writeAudit } from '../audit.ts'

/** A backup takes everything along: that it was made stands in the audit log, though not in its own copy. */
export async function noteBackup(prisma: PrismaClient, name: string, head: Head): Promise<void> {
  await writeAudit(prisma, {
    actorId: null,
    channel: 'cli',
    action: 'backup',
    subject: name,
    after: { rows: rowsIn(head), made: head.made },
  })
}
