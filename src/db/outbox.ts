import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts'
import type { Claimed, DuePerson, Outbox, Parking, Settled } from '../domain/notices/outbox.ts'
import type { PersonId, Platform, Reader } from '../domain/shared/actor.ts'
import { isIdentity } from './actors.ts'
import { isoOf, timestamp } from './instants.ts'
import { rowsOf } from './notices.ts'
import { inOrder, isOpen, recipientsOf } from './recipients.ts'
import { orUnavailable } from './unavailable.ts'

const { sql } = Prisma

/** More are looked through in the next round. */
const MOST_LOOKED_AT = 50_000
const MOST_CLAIMED = 5_000

export function outbox(prisma: PrismaClient, defaults: Reader, newId: () => string): Outbox {
  const run = async (statement: Prisma.Sql) => {
    await orUnavailable(prisma.$executeRaw`${statement}`)
  }
  return {
    due: (open, most, now) => orUnavailable(prisma.$queryRaw<DuePerson[]>`${due(open, most, now)}`),

    async backlog(now) {
      const [row] = await orUnavailable(prisma.$queryRaw<{ count: number }[]>`
        select count(*)::int as count from notices where state = 'WAITING' and try_at <= ${timestamp(now)}`)
      return row?.count ?? 0
    },

    async claim(people, claim, now) {
      const rows = await orUnavailable(prisma.$queryRaw<ClaimedRow[]>`${claiming(people, claim, now)}`)
      return rows
        .map(({ dueAt, ...row }): Claimed => ({ ...row, dueAt: new Date(dueAt) }))
        .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.id < b.id ? -1 : 1))
    },

    recipients: (people, open, now) => orUnavailable(recipientsOf(prisma, people, { open, now, defaults })),

    async begin(ids, claim, now) {
      const rows = await orUnavailable(prisma.$queryRaw<{ id: string }[]>`
        update notices set state = 'SENDING', claimed_at = ${timestamp(now)}
        where id = any(${[...ids]}::text[]) and claim = ${claim} and state in ('CLAIMED', 'SENDING') returning id`)
      return new Set(rows.map(({ id }) => id))
    },

    async settle(settled, claim, now) {
      if (settled.length > 0) await run(settling(settled, claim, now))
    },

    async park(parked, claim, now) {
      if (parked.length > 0) await orUnavailable(parkAll(prisma, { parked, claim, now, newId }))
    },

    block: (identity, now) =>
      run(sql`update identities set blocked_at = ${timestamp(now)}
        where ${isIdentity(identity)} and blocked_at is null`),

    release: (claim, people, tryAt) =>
      run(sql`
        update notices set state = 'WAITING', claim = null, try_at = greatest(try_at, ${timestamp(tryAt)})
        where claim = ${claim} and state = 'CLAIMED'
          and ${people === 'all' ? sql`true` : sql`person_id = any(${[...people]}::text[])`}`),

    renew: (claims, now) =>
      run(sql`update notices set claimed_at = ${timestamp(now)}
        where claim = any(${[...claims]}::text[]) and state = 'CLAIMED'`),

    expire: (before, now) => run(expiring(before, now)),
  }
}

type ClaimedRow = Omit<Claimed, 'dueAt'> & Readonly<{ dueAt: string }>

/**
 * May go out now. What was put off holds back what came after it, so that the order is kept; but not what moves no
 * message, and not for what we cannot put into words ourselves.
 */
const ready = (now: Date): Prisma.Sql => sql`
  n.state = 'WAITING' and n.try_at <= ${timestamp(now)}
  and not exists (select 1 from notices f where f.person_id = n.person_id and f.state in ('CLAIMED', 'SENDING'))
  and not exists (
    select 1 from notices e where n.kind <> 'turn' and e.person_id = n.person_id
      and e.state = 'WAITING' and e.kind <> 'turn' and e.try_at > ${timestamp(now)}
      and e.due_at <= ${timestamp(now)} and (e.due_at, e.id) < (n.due_at, n.id)
      and coalesce(e.error, '') not like 'compose:%')`

function due(open: readonly Platform[], most: number, now: Date): Prisma.Sql {
  const atConsole = open.includes('CONSOLE')
    ? sql`coalesce(
        case when u.preferred_chat = 'CONSOLE' then 'CONSOLE'::platform end, ${firstOf(open)}, 'CONSOLE'::platform)`
    : firstOf(open)
  return sql`
    with waiting as (
      select n.person_id, min(n.try_at) as since
      from (select * from notices where state = 'WAITING' and try_at <= ${timestamp(now)}
        order by try_at limit ${MOST_LOOKED_AT}) n
      where ${ready(now)} group by n.person_id),
    reached as (
      select w.person_id, w.since, ${atConsole} as platform
      from waiting w join users u on u.id = w.person_id),
    ranked as (
      select *, row_number() over (partition by platform order by since, person_id) as place from reached)
    select person_id as "personId", platform from ranked where place <= ${most} order by since, person_id`
}

const firstOf = (open: readonly Platform[]): Prisma.Sql => sql`(
  select i.platform from identities i where i.user_id = u.id and ${isOpen(open)}
  order by ${inOrder(sql`u.preferred_chat`)} limit 1)`

function claiming(people: readonly PersonId[], claim: string, now: Date): Prisma.Sql {
  return sql`
    update notices x set state = 'CLAIMED', claim = ${claim}, claimed_at = ${timestamp(now)}
    from (
      select n.id from notices n where n.person_id = any(${[...people]}::text[]) and ${ready(now)}
      order by n.due_at, n.id limit ${MOST_CLAIMED} for update of n skip locked) chosen
    where x.id = chosen.id
    returning x.id, x.key, x.person_id as "personId", x.kind, x.subject, x.number, ${isoOf(sql`x.due_at`)} as "dueAt",
      x.tries, x.doubts, x.error`
}

/**
 * An answer that came after the claim had run out still counts, as long as nobody claimed the notice anew. What may
 * have arrived is tried once more, and then no more.
 */
function settling(settled: readonly Settled[], claim: string, now: Date): Prisma.Sql {
  return sql`
    update notices n set
      state = case when v.state = 'UNCLEAR' and n.doubts = 0 then 'WAITING'::notice_state else v.state::notice_state end,
      try_at = greatest(n.due_at, coalesce(v."tryAt", n.try_at)), tries = coalesce(v.tries, n.tries),
      doubts = n.doubts + case when v.state = 'UNCLEAR' then 1 else 0 end,
      platform = coalesce(v.platform::platform, n.platform), chat = coalesce(v.chat, n.chat),
      message = coalesce(v.message, n.message), person_id = coalesce(v."shownTo", n.person_id), error = v.error,
      sent_at = case when v.state = 'SENT' then ${timestamp(now)} end,
      claim = case when v.state = 'SENT' then n.claim end
    from jsonb_to_recordset(${JSON.stringify(settled)}::jsonb)
      as v(id text, state text, "tryAt" timestamptz, tries int, platform text, chat text, message text,
        "shownTo" text, error text)
    where n.id = v.id and n.claim = ${claim}
      and (n.state in ('CLAIMED', 'SENDING') or (n.state = 'WAITING' and v.state = 'SENT'))`
}

type ParkingParts = Readonly<{ parked: readonly Parking[]; claim: string; now: Date; newId: () => string }>

/** In one transaction with the word to the manager, which is one for each time that somebody was lost. */
async function parkAll(prisma: PrismaClient, { parked, claim, newId }: ParkingParts): Promise<void> {
  const told = parked.flatMap(({ told: notice }) => notice ?? [])
  const people = JSON.stringify(parked.map(({ personId, withTurns }) => ({ personId, withTurns })))
  await prisma.$transaction([
    prisma.$executeRaw`
      update notices n set state = 'PARKED', claim = null
      from jsonb_to_recordset(${people}::jsonb) as v("personId" text, "withTurns" boolean)
      where n.person_id = v."personId" and (v."withTurns" or n.kind <> 'turn')
        and (n.state = 'WAITING' or (n.claim = ${claim} and n.state in ('CLAIMED', 'SENDING')))`,
    ...(told.length > 0
      ? [
          prisma.$executeRaw`
            insert into notices (id, key, person_id, kind, subject, number, due_at, try_at)
            select id, key, person_id, kind, subject, number, due_at, due_at from ${rowsOf(told, newId)}
            on conflict (key) do nothing`,
        ]
      : []),
  ])
}

/** What was being sent may have arrived. Its claim stays, for the case that whoever sent it is only slow. */
const expiring = (before: Date, now: Date): Prisma.Sql => sql`
  update notices set
    state = case when state = 'SENDING' and doubts > 0 then 'UNCLEAR'::notice_state else 'WAITING'::notice_state end,
    claim = case when state = 'SENDING' then claim end,
    doubts = doubts + case when state = 'SENDING' then 1 else 0 end,
    try_at = case when state = 'SENDING' then greatest(try_at, ${timestamp(now)}) else try_at end
  where state in ('CLAIMED', 'SENDING') and claimed_at < ${timestamp(before)}`
