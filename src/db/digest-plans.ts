import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts'
import type { DigestPlans, DigestReader } from '../domain/notices/planning.ts'
import type { Platform, Reader } from '../domain/shared/actor.ts'
import { type HoursRow, hoursOf } from './actors.ts'
import { timestamp } from './instants.ts'
import { rowsOf } from './notices.ts'
import { isReachable } from './recipients.ts'
import { orUnavailable } from './unavailable.ts'

const { sql } = Prisma

type ReaderRow = HoursRow & Readonly<{ id: string; timeZone: string | null; leads: boolean }>

const TRANSACTION = { maxWait: 5_000, timeout: 60_000 }

export function digestPlans(prisma: PrismaClient, defaults: Reader, newId: () => string): DigestPlans {
  return {
    async renew(open, now, plan) {
      // Reading and reckoning happen outside: on PGlite a transaction holds everything.
      const readers = await orUnavailable(readersOf(prisma, open, defaults))
      const digests = await plan(readers)
      const write = async (tx: Prisma.TransactionClient) => {
        const [lock] = await tx.$queryRaw<{ ours: boolean }[]>`
          select pg_try_advisory_xact_lock(hashtext('kamerton digests')) as ours`
        if (!lock?.ours) return null
        const woken = await tx.$executeRaw`
          update notices n set state = 'WAITING' from users u
          where n.state = 'PARKED' and u.id = n.person_id and u.active and ${isReachable(sql`u.id`, open)}`
        await tx.$executeRaw`
          update notices set state = 'DROPPED' where kind in ('agenda', 'weekly') and state = 'WAITING'
            and due_at > ${timestamp(now)} and not (key = any(${digests.map(({ key }) => key)}::text[]))`
        const planned = await tx.$executeRaw`
          insert into notices (id, key, person_id, kind, subject, number, due_at, try_at)
          select id, key, person_id, kind, subject, number, due_at, due_at from ${rowsOf(digests, newId)}
          on conflict (key) do update
          set due_at = excluded.due_at, try_at = excluded.try_at, state = 'WAITING', tries = 0, error = null
          where notices.state = 'DROPPED' or (notices.state = 'WAITING' and notices.due_at <> excluded.due_at)`
        return { planned, woken }
      }
      return orUnavailable(prisma.$transaction(write, TRANSACTION))
    },
  }
}

async function readersOf(
  prisma: PrismaClient,
  open: readonly Platform[],
  defaults: Reader,
): Promise<DigestReader[]> {
  const rows = await prisma.$queryRaw<ReaderRow[]>`
    select u.id, u.time_zone as "timeZone", u.work_from as "workFrom", u.work_to as "workTo", u.work_days as "workDays",
      u.quiet_from as "quietFrom", u.quiet_to as "quietTo", u.digest_at as "digestAt", u.country,
      exists (select 1 from users b where b.manager_id = u.id and b.active) as leads
    from users u where u.active and ${isReachable(sql`u.id`, open)}`
  return rows.map((row) => ({
    id: row.id,
    timeZone: row.timeZone ?? defaults.timeZone,
    hours: hoursOf(row),
    leads: row.leads,
  }))
}
