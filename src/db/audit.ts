import type { PrismaClient } from '../../prisma/generated/client.ts'
import type { AuditRecord } from '../domain/shared/audit.ts'
import type { Queries } from './queries.ts'

/** An entry of the log by its number and hash: noted elsewhere, it vouches for all entries up to it. */
export type AuditHead = Readonly<{ seq: number; hash: string }>

/**
 * `altered`: its content is not what its hash was made of. `missing`: entries before it are gone. `unlinked`: it is
 * whole, but the entry before it is not the one that it followed: that one was rewritten together with its hash.
 */
export type Fault = Readonly<{ seq: number; what: (typeof FAULTS)[number] }>

export type AuditCheck = Readonly<{
  entries: number
  /** How many were emptied by an erasure of personal data, each named by a later entry. */
  erased: number
  /** The first entry that does not fit, or null. */
  broken: Fault | null
  /** What to keep elsewhere: with it a later check finds that the end was cut off. */
  head: AuditHead | null
}>

const FAULTS = ['altered', 'missing', 'unlinked'] as const

type Row = Readonly<{ entries: number; erased: number; seq: number | null; fault: number | null }>

/**
 * Walks the chain inside the database, one row after another: neither it nor we hold more than two at a time.
 * An emptied entry has no content that a hash could be made of again, and holds when a later entry says that it was
 * emptied. What remains is vouched for by its own hash; in entries of versions that had none of the content, only by
 * that later entry.
 */
export async function verifyAudit(prisma: PrismaClient): Promise<AuditCheck> {
  const [row] = await prisma.$queryRaw<Row[]>`
    with emptied as materialized (
      select one ->> 'seq' as seq, one ->> 'rest' as rest, by.seq as by from audit_entries by
      cross join lateral jsonb_path_query(by.after, '$.entries[*]') one where by.action = 'audit.erase'),
    walked as (
      select e.seq, made.whole,
        not made.whole and num_nonnulls(e.before, e.after, e.salt) = 0 and case when not made.whole then exists (
          select 1 from emptied x where x.seq = e.seq::text and x.by > e.seq
            and case when made.old then x.rest = made.hash else made.hash = e.hash end) end as erased,
        -- In the text of an entry these stand for "nobody" and would not be told apart from it.
        e.actor_id is not distinct from '-' or e.on_behalf_of is not distinct from '-' as disguised,
        e.seq = coalesce(lag(e.seq) over chain, 0) + 1 as next,
        e.prev_hash = coalesce(lag(e.hash) over chain, '') as linked
      from audit_entries e
      cross join lateral (select e.hash not like 'v2-%' as old) rule
      cross join lateral (select case when old then encode(sha256(convert_to(audit_entry_text(e), 'UTF8')), 'hex')
        else audit_entry_hash(e) end as hash) sealed
      cross join lateral (select old, sealed.hash, sealed.hash = e.hash
        and (old or coalesce(e.content_hash = audit_content_hash(e), false)) as whole) made
      window chain as (order by e.seq)),
    judged as (
      select seq, erased, case
        when disguised or not (whole or erased) then 0
        when not next then 1
        when not linked then 2 end as fault
      from walked)
    select entries, erased, first[1]::int as seq, first[2]::int as fault from (
      select count(*)::int as entries, (count(*) filter (where erased))::int as erased,
        min(array[seq, fault]) filter (where fault is not null) as first
      from judged) found`
  const { entries = 0, erased = 0, seq = null, fault = null } = row ?? {}
  const what = fault === null ? undefined : FAULTS[fault]
  return { entries, erased, broken: seq && what ? { seq, what } : null, head: await auditHead(prisma) }
}

export async function auditHead(prisma: Pick<PrismaClient, 'auditEntry'>): Promise<AuditHead | null> {
  const last = await prisma.auditEntry.findFirst({
    orderBy: { seq: 'desc' },
    select: { seq: true, hash: true },
  })
  return last && { seq: Number(last.seq), hash: last.hash }
}

/** The first of these, as they were noted elsewhere, that does not stand there any more; null when all do. */
export async function firstMissing(
  prisma: Pick<PrismaClient, '$queryRaw'>,
  noted: readonly AuditHead[],
): Promise<AuditHead | null> {
  const [row] = await prisma.$queryRaw<AuditHead[]>`
    select noted.seq::int as seq, noted.hash
    from unnest(${noted.map(({ seq }) => seq)}::bigint[], ${noted.map(({ hash }) => hash)}::text[]) noted(seq, hash)
    where not exists (select 1 from audit_entries e where e.seq = noted.seq and e.hash = noted.hash)
    order by noted.seq limit 1`
  return row ?? null
}

export const writeAudit = (db: Queries, record: AuditRecord): Promise<void> => writeAudits(db, [record])

/** The rows are numbered and chained by a trigger, one after another, so only their content is given. */
export async function writeAudits(db: Queries, records: readonly AuditRecord[]): Promise<void> {
  if (records.length === 0) return
  const text = (value: AuditRecord['before']) => (value === undefined ? null : JSON.stringify(value))
  const rows = records.map((record, at) => ({
    at,
    actor_id: record.actorId,
    on_behalf_of: record.onBehalfOf ?? null,
    channel: record.channel,
    action: record.action,
    subject: record.subject,
    before: text(record.before),
    after: text(record.after),
  }))
  await db.$executeRaw`
    insert into audit_entries (actor_id, on_behalf_of, channel, action, subject, before, after)
    select actor_id, on_behalf_of, channel, action, subject, before::jsonb, after::jsonb
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as written(at int, actor_id text, on_behalf_of text,
      channel text, action text, subject text, before text, after text)
    order by at`
}
