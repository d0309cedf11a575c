import { beforeEach, describe, expect, it } from 'vitest'
import { holdsEntry, verifyAudit, writeAudit } from '../../src/db/audit.ts'
import type { Database } from '../../src/db/client.ts'
import { emptyDatabase } from '../support/database.ts'

let database: Database

beforeEach(async () => {
  database = await emptyDatabase()
  for (const subject of ['one', 'two', 'three']) {
    await writeAudit(database.prisma, {
      actorId: null,
      channel: 'cli',
      action: 'test',
      subject,
      after: { subject },
    })
  }
})

/** As somebody with every right on the server would: past the guard. */
async function pastTheGuard(
  act: (tx: Parameters<Parameters<Database['prisma']['$transaction']>[0]>[0]) => Promise<unknown>,
) {
  await database.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`alter table audit_entries disable trigger audit_entries_append_only`
    await act(tx)
    await tx.$executeRaw`alter table audit_entries enable trigger audit_entries_append_only`
  })
}

describe('the audit log', () => {
  it('is numbered and chained by the database itself', async () => {
    const entries = await database.prisma.auditEntry.findMany({ orderBy: { seq: 'asc' } })
    expect(entries.map(({ seq }) => seq)).toEqual([1n, 2n, 3n])
    expect(entries.map(({ prevHash }) => prevHash)).toEqual(['', entries[0]?.hash, entries[1]?.hash])
    expect(await verifyAudit(database.prisma)).toMatchObject({ entries: 3, broken: null })
  })

  it('refuses every change', async () => {
    const { auditEntry } = database.prisma
    await expect(auditEntry.updateMany({ data: { subject: 'x' } })).rejects.toThrow('append-only')
    await expect(auditEntry.deleteMany()).rejects.toThrow('append-only')
    await expect(database.prisma.$executeRaw`truncate audit_entries`).rejects.toThrow('append-only')
  })

  it('cut off at its end is found by what was noted elsewhere', async () => {
    const { head } = await verifyAudit(database.prisma)
    if (!head) throw new Error('there are entries')
    expect(head.seq).toBe(3)
    expect(await holdsEntry(database.prisma, head)).toBe(true)
    await pastTheGuard((tx) => tx.auditEntry.deleteMany({ where: { seq: 3 } }))
    expect(await verifyAudit(database.prisma)).toMatchObject({ entries: 2, broken: null })
    expect(await holdsEntry(database.prisma, head)).toBe(false)
  })

  it('shows which entry was altered, and where one is missing', async () => {
    await pastTheGuard((tx) => tx.auditEntry.updateMany({ where: { seq: 2 }, data: { subject: 'altered' } }))
    expect(await verifyAudit(database.prisma)).toMatchObject({ entries: 3, broken: 2 })
    await pastTheGuard((tx) => tx.auditEntry.deleteMany({ where: { seq: 2 } }))
    expect(await verifyAudit(database.prisma)).toMatchObject({ entries: 2, broken: 3 })
  })
})
