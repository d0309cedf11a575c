import type { PrismaClient } from '../../prisma/generated/client.ts'
import type { Session } from './backup/session.ts'
import { timestamp } from './instants.ts'

/** What a held notice has for its error. */
const HELD = 'held: it was due before the restore'

/**
 * After a restore nobody knows what of the past went out before the data was lost: whatever was due by then may have
 * arrived, and is not sent unless somebody asks for it. What moves no message goes on, but the time of a repeating promise
 * that it brings has passed too.
 */
export async function holdOverdue(session: Session, now: Date): Promise<number> {
  const [schema] = await session.rows<{ there: boolean }>(
    `select to_regclass('notices') is not null as there`,
  )
  if (!schema?.there) return 0
  const at = now.toISOString()
  const turning = await session.run(
    `insert into notices (id, key, person_id, kind, subject, number, due_at, try_at, state, error)
     select 'held-' || n.id, kind.name || ':' || f.id || ':' || f.reminder + 1, f.owner_id, kind.name, f.id, f.reminder + 1,
       n.due_at, n.due_at, 'UNCLEAR', $2
     from notices n join follow_ups f on f.id = n.subject,
       lateral (select case f.promised_by when 'US' then 'reminder' else 'chase' end as name) kind
     where n.kind = 'turn' and n.state in ('WAITING', 'CLAIMED', 'PARKED') and n.due_at <= $1::timestamptz
       and f.status = 'OPEN' and f.occurrence = n.number - 1
     on conflict (key) do nothing`,
    [at, HELD],
  )
  const waiting = await session.run(
    `update notices set state = 'UNCLEAR', error = $2, claim = null, claimed_at = null
     where kind <> 'turn' and state in ('WAITING', 'CLAIMED', 'SENDING', 'PARKED') and due_at <= $1::timestamptz`,
    [at, HELD],
  )
  return turning + waiting
}

export type HeldNotices = Readonly<{ kind: string; count: number; people: number; since: Date; until: Date }>

export async function heldNotices(prisma: PrismaClient): Promise<HeldNotices[]> {
  return prisma.$queryRaw<HeldNotices[]>`
    select kind, count(*)::int as count, count(distinct person_id)::int as people, min(due_at) as since, max(due_at) as until
    from notices where state = 'UNCLEAR' and error = ${HELD} group by kind order by kind`
}

/** Sends them after all; what is no longer wanted is found out when its turn comes. Returns how many. */
export async function releaseHeld(prisma: PrismaClient, now: Date): Promise<number> {
  return prisma.$executeRaw`
    update notices set state = 'WAITING', try_at = greatest(due_at, ${timestamp(now)}), error = null, tries = 0, doubts = 0
    where state = 'UNCLEAR' and error = ${HELD}`
}
