import { Prisma } from '../../prisma/generated/client.ts'
import type { ChatIdentity } from '../domain/identity/person.ts'
import type { Recipient } from '../domain/notices/outbox.ts'
import type { PersonId, Platform, Reader } from '../domain/shared/actor.ts'
import { type ActorRow, actorJson, actorOf, type HoursRow, hoursOf } from './actors.ts'
import { isoOf } from './instants.ts'
import type { Queries } from './queries.ts'

const { sql } = Prisma

/** So many substitutes in a row are followed, each for the one before. */
const MOST_STEPS = 3

type BossRow = HoursRow & Readonly<{ id: string; timeZone: string | null }>

type Row = Readonly<{
  personId: string
  name: string
  active: boolean
  manager: BossRow | null
  to: string
  preferred: Platform | null
  actor: ActorRow | null
  channels: readonly ChatIdentity[]
  blockedAt: string | null
}>

/** Everybody of a batch in one statement: their substitute of today, that one's rights, and the ways to reach them. */
export async function recipientsOf(
  db: Queries,
  people: readonly PersonId[],
  asked: Readonly<{ open: readonly Platform[]; now: Date; defaults: Reader }>,
): Promise<ReadonlyMap<PersonId, Recipient>> {
  const { open, now, defaults } = asked
  const rows = await db.$queryRaw<Row[]>`
    select p.id as "personId", p.name, p.active, ${managerJson} as manager, r.id as "to",
      r.preferred_chat as preferred, ${actorJson(sql`r.id`, now, defaults)} as actor,
      ${channelsJson(open)} as channels,
      (select ${isoOf(sql`max(blocked_at)`)} from identities where user_id = p.id) as "blockedAt"
    from users p
    left join users m on m.id = p.manager_id
    join users r on r.id = ${standIn(open, now, defaults)}
    where p.id = any(${[...people]}::text[])`
  return new Map(rows.map((row) => [row.personId, recipientOf(row, open, defaults)]))
}

function recipientOf(row: Row, open: readonly Platform[], defaults: Reader): Recipient {
  const { personId, name, active, manager, to, actor } = row
  const console: ChatIdentity = { platform: 'CONSOLE', workspace: '', externalId: to }
  const atConsole = open.includes('CONSOLE') ? [console] : []
  const channels =
    row.preferred === 'CONSOLE' ? [...atConsole, ...row.channels] : [...row.channels, ...atConsole]
  return {
    personId,
    name,
    active,
    manager: manager && {
      id: manager.id,
      timeZone: manager.timeZone ?? defaults.timeZone,
      hours: hoursOf(manager),
    },
    to: active && actor ? actorOf(actor, null, defaults) : null,
    insteadOf: to === personId ? null : { id: personId, name },
    channels,
    blockedAt: channels.length > 0 ? null : row.blockedAt,
  }
}

const managerJson = sql`case when m.id is null then null else jsonb_build_object(
  'id', m.id, 'timeZone', m.time_zone, 'workFrom', m.work_from, 'workTo', m.work_to, 'workDays', to_jsonb(m.work_days),
  'quietFrom', m.quiet_from, 'quietTo', m.quiet_to, 'digestAt', m.digest_at, 'country', m.country) end`

/** The preferred chat first, then the one they wrote in last. */
export const inOrder = (preferred: Prisma.Sql): Prisma.Sql => sql`
  coalesce(i.platform = ${preferred}, false) desc, i.last_seen_at desc nulls last, i.linked_at desc, i.platform`

export const isOpen = (open: readonly Platform[]): Prisma.Sql => sql`
  i.blocked_at is null and i.platform::text = any(${[...open]}::text[])`

const channelsJson = (open: readonly Platform[]): Prisma.Sql => sql`(
  select coalesce(jsonb_agg(jsonb_build_object('platform', i.platform, 'workspace', i.workspace,
    'externalId', i.external_id) order by ${inOrder(sql`r.preferred_chat`)}), '[]')
  from identities i where i.user_id = r.id and ${isOpen(open)})`

/** True for whoever has a way that is open; at the open console everybody does. */
export const isReachable = (id: Prisma.Sql, open: readonly Platform[]): Prisma.Sql =>
  open.includes('CONSOLE')
    ? sql`true`
    : sql`exists (select 1 from identities i where i.user_id = ${id} and ${isOpen(open)})`

/** Themselves, or the last reachable one of those who stand in for each other today; never in a circle. */
function standIn(open: readonly Platform[], now: Date, defaults: Reader): Prisma.Sql {
  return sql`(
    with recursive chain as (
      select p.id as id, 0 as step, array[p.id] as path
      union all
      select s.id, c.step + 1, c.path || s.id
      from chain c
      cross join lateral (
        select x.substitute_id from absences x join users w on w.id = x.user_id
        where x.user_id = c.id
          and (${now}::timestamptz at time zone coalesce(w.time_zone, ${defaults.timeZone}))::date
            between x.starts_on and x.ends_on
        order by x.starts_on desc, x.id limit 1) away
      join users s on s.id = away.substitute_id and s.active
      where c.step < ${MOST_STEPS} and not s.id = any(c.path))
    select id from chain where step = 0 or (p.active and ${isReachable(sql`chain.id`, open)})
    order by step desc limit 1)`
}
