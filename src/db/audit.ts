import type { PrismaClient } from '../../prisma/generated/client.ts'
import type { AuditRecord } from '../domain/shared/audit.ts'

export type AuditCheck = Readonly<{
  entries: number
  /** The number of the first entry that does not fit, or null. */
  broken: number | null
  /** What to keep elsewhere: with it a later check finds that the end was cut off. */
  head: Readonly<{ seq: number; hash: string }> | null
}>

/** Walks the chain inside the database. */
export async function verifyAudit(prisma: PrismaClient): Promise<AuditCheck> {
  const [row] = await prisma.$queryRaw<{ entries: number; broken: number | null }[]>`
    select count(*)::int as entries, (min(seq) filter (where not sound))::int as broken from (
      select seq, hash = encode(sha256(convert_to(audit_entry_text(e), 'UTF8')), 'hex')
        and prev_hash = coalesce(lag(hash) over chain, '') and seq = coalesce(lag(seq) over chain, 0) + 1 as sound
      from audit_entries e window chain as (order by seq)) checked`
  const last = await prisma.auditEntry.findFirst({ orderBy: { seq: 'desc' } })
  const head = last && { seq: Number(last.seq), hash: last.hash }
  return { entries: row?.entries ?? 0, broken: row?.broken ?? null, head }
}

/** Whether an entry that was noted elsewhere still stands there: false when it was cut off or rewritten. */
export async function holdsEntry(
  prisma: PrismaClient,
  { seq, hash }: NonNullable<AuditCheck['head']>,
): Promise<boolean> {
  return (await prisma.auditEntry.findFirst({ where: { seq: BigInt(seq), hash } })) !== null
}

type Executes = Pick<PrismaClient, '$executeRaw'>

/** The row is numbered and chained by a trigger, so only its content is given. */
export async function writeAudit(db: Executes, record: AuditRecord): Promise<void> {
  const { actorId, onBehalfOf = null, channel, action, subject, before, after } = record
  const json = (value: AuditRecord['before']) => (value === undefined ? null : JSON.stringify(value))
  await db.$executeRaw`
    insert into audit_entries (actor_id, on_behalf_of, channel, action, subject, before, after)
    values (${actorId}, ${onBehalfOf}, ${channel}, ${action}, ${subject}, ${json(before)}::jsonb, ${json(after)}::jsonb)`
}
