import { Prisma } from '../../prisma/generated/client.ts'
import type { Ahead, Received, Update } from '../commands/kit/unit-of-work.ts'
import type { AccountFacts } from '../domain/accounts/account.ts'
import type { ChatIdentity } from '../domain/identity/person.ts'
import { type Hours, USUAL_HOURS } from '../domain/identity/hours.ts'
import { TREE_PASSES_TO } from '../domain/identity/absence.ts'
import type { Actor, Language, Platform, Reader, Role, Sight } from '../domain/shared/actor.ts'
import { SEES_ALL } from '../domain/shared/actor.ts'
import { dayIn } from '../domain/shared/day.ts'
import type { Queries } from './queries.ts'
import { chosenBy, onlyOne, readingAhead } from './read-ahead.ts'

const { sql } = Prisma

export type HoursRow = Readonly<{ [Name in Exclude<keyof Hours, 'workDays'>]: string | null }> &
  Readonly<{ workDays: readonly number[] }>

export type ActorRow = HoursRow &
  Readonly<{
    id: string
    name: string
    email: string
    role: Role
    language: Language | null
    timeZone: string | null
    currency: string | null
    preferredChat: Platform | null
    linked: readonly Platform[]
    standsFor: readonly string[]
    people: readonly string[]
  }>

/** Who writes is seen at most so often: more often would only cost writes. */
const SEEN_EVERY_MS = 60_000

type ReceivedRow = Readonly<{
  fresh: boolean
  done: boolean | null
  actor: ActorRow | null
  ahead: readonly AccountFacts[] | null
}>

/**
 * Notes the update's key and reads its sender in one statement. Whoever writes can be reached again, and what was parked
 * for them waits for its turn.
 *
 * It does not wait for the disk: a server that falls over within that moment forgets the last keys, and with them only
 * what changed nothing. A write closes its key, or notes it again, in a transaction of its own, and waits for the disk.
 */
export async function receiveUpdate(
  db: Queries,
  update: Update,
  now: Date,
  defaults: Reader,
  asked: Ahead | null = null,
): Promise<Received> {
  const { platform } = update.identity
  const actorRow = actorJson(userIdOf(update.identity), now, defaults)
  const chosen = asked && chosenBy(asked.account)
  // Where most of the company is. For whoever has another day it is asked again.
  const at = { now, today: dayIn(defaults.timeZone, now) }
  const reading = chosen && readingAhead(chosen, actorRow, at, defaults.timeZone)
  const [row] = await db.$queryRaw<ReceivedRow[]>`
    with noted as (
      insert into inbound_updates (platform, key, chat, received_at)
      values (${platform}::platform, ${update.key}, ${update.chat}, ${now}) on conflict do nothing returning key),
    seen as (
      update identities set last_seen_at = ${now}::timestamptz, blocked_at = null
      where ${isIdentity(update.identity)} and (blocked_at is not null or last_seen_at is null
        or last_seen_at < ${new Date(now.getTime() - SEEN_EVERY_MS)}::timestamptz)),
    woken as (
      update notices set state = 'WAITING'
      where state = 'PARKED'
        and person_id in (select user_id from identities where ${isIdentity(update.identity)} and blocked_at is not null))
    ${reading ? sql`, ${reading}` : Prisma.empty}
    select exists (select 1 from noted) as fresh,
      ${update.stored ? sql`(select done_at is not null from inbound_updates where platform = ${platform}::platform and key = ${update.key})` : sql`null::boolean`} as done,
      ${reading ? sql`(select actor from asker)` : actorRow} as actor,
      ${reading ? sql`(select coalesce(jsonb_agg(facts), '[]') from ahead)` : sql`null::jsonb`} as ahead,
      set_config('synchronous_commit', 'off', true) as commit`
  if (!row) throw new Error('the receiving statement gave no row')
  // What the adapter stored itself is known already and yet not done: its worker is only now at it.
  const repeat = update.stored ? row.done === true : !row.fresh
  const actor = row.actor && actorOf(row.actor, platform, defaults)
  const ahead = actor && asked && row.ahead && { facts: onlyOne(row.ahead), asked, sight: actor.sight, at }
  return { repeat, actor, ahead }
}

export async function identifyActor(
  db: Queries,
  identity: ChatIdentity,
  now: Date,
  defaults: Reader,
): Promise<Actor | null> {
  const [row] = await db.$queryRaw<
    { actor: ActorRow | null }[]
  >`select ${actorJson(userIdOf(identity), now, defaults)} as actor`
  return row?.actor ? actorOf(row.actor, identity.platform, defaults) : null
}

/** The console has no log-in: its personas are users, by their id. */
export function userIdOf(identity: ChatIdentity): Prisma.Sql {
  if (identity.platform === 'CONSOLE') return sql`${identity.externalId}`
  return sql`(select user_id from identities where ${isIdentity(identity)})`
}

export const isIdentity = ({ platform, workspace, externalId }: ChatIdentity): Prisma.Sql => sql`
  platform = ${platform}::platform and workspace = ${workspace} and external_id = ${externalId}`

/** The active user with everyone they answer for: themselves, whom they substitute today, and those below one who leads. */
export function actorJson(id: Prisma.Sql, now: Date, defaults: Reader): Prisma.Sql {
  return sql`(
    with recursive
    me as (select * from users where id = ${id} and active),
    principals as (
      select id, role from me
      union
      select absent.id, absent.role from absences x
      join me on me.id = x.substitute_id
      join users absent on absent.id = x.user_id and absent.active
      where (${now}::timestamptz at time zone coalesce(absent.time_zone, ${defaults.timeZone}))::date
        between x.starts_on and x.ends_on),
    people as (
      select p.id, (p.id = me.id and p.role in ('MANAGER', 'DIRECTOR')) or (p.id <> me.id and ${treePasses}) as leads
      from principals p cross join me
      union
      select below.id, true from users below join people above on below.manager_id = above.id and above.leads)
    select jsonb_build_object(
      'id', me.id, 'name', me.name, 'email', me.email, 'role', me.role, 'language', me.language,
      'timeZone', me.time_zone, 'currency', me.currency, 'preferredChat', me.preferred_chat,
      'workFrom', me.work_from, 'workTo', me.work_to, 'workDays', to_jsonb(me.work_days),
      'quietFrom', me.quiet_from, 'quietTo', me.quiet_to, 'digestAt', me.digest_at, 'country', me.country,
      'standsFor', (select coalesce(jsonb_agg(id order by id), '[]') from principals where id <> me.id),
      'linked', (select coalesce(jsonb_agg(platform order by platform), '[]') from identities where user_id = me.id),
      'people', (select jsonb_agg(distinct id) from people))
    from me)`
}

/** The rule of TREE_PASSES_TO, for an absent one `p` and the substitute `me`. */
const treePasses = sql`me.role::text = any(case p.role
  when 'MANAGER' then ${[...TREE_PASSES_TO.MANAGER]}::text[]
  when 'DIRECTOR' then ${[...TREE_PASSES_TO.DIRECTOR]}::text[]
  else '{}'::text[] end)`

export function hoursOf(row: HoursRow): Hours {
  return {
    workFrom: row.workFrom ?? USUAL_HOURS.workFrom,
    workTo: row.workTo ?? USUAL_HOURS.workTo,
    workDays: row.workDays.length > 0 ? row.workDays : USUAL_HOURS.workDays,
    quietFrom: row.quietFrom ?? USUAL_HOURS.quietFrom,
    quietTo: row.quietTo ?? USUAL_HOURS.quietTo,
    digestAt: row.digestAt === 'OFF' ? null : (row.digestAt ?? USUAL_HOURS.digestAt),
    country: row.country,
  }
}

/** `on` is where they are just now, if anywhere: they can be reached there. */
export function actorOf(row: ActorRow, on: Platform | null, defaults: Reader): Actor {
  const { people, linked } = row
  // Standing in for one who sees everything does not: see TREE_PASSES_TO.
  const sight: Sight = SEES_ALL.includes(row.role) ? 'all' : people
  const here = on === null || linked.includes(on) ? linked : [...linked, on]
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    preferredChat: row.preferredChat,
    standsFor: row.standsFor,
    answersFor: people,
    hours: hoursOf(row),
    language: row.language ?? defaults.language,
    timeZone: row.timeZone ?? defaults.timeZone,
    currency: row.currency ?? defaults.currency,
    linked: here,
    sight,
  }
}
