import { Prisma } from '../../prisma/generated/client.ts'
import type { LinkCode, LinkStore, Tries } from '../domain/identity/linking.ts'
import type { PeopleStore, Person, Settings } from '../domain/identity/person.ts'
import type { Hours } from '../domain/identity/hours.ts'
import type { PersonId, Platform, Reader } from '../domain/shared/actor.ts'
import { type HoursRow, hoursOf, isIdentity } from './actors.ts'
import { hashOf } from './hash.ts'
import { timestamp } from './instants.ts'
import type { Queries } from './queries.ts'

const { sql } = Prisma

export function peopleStore(
  db: Queries,
  newId: () => string,
  defaults: Pick<Reader, 'timeZone'>,
): PeopleStore {
  return {
    byEmail: (email) => person(db, sql`email = ${email}`),
    byId: (id) => person(db, sql`id = ${id}`),

    async linkIdentity(identity, userId) {
      const { platform, workspace, externalId } = identity
      // Of two first contacts in one moment the second finds what the first has written.
      await db.$queryRaw`select id from users where id = ${userId} for no key update`
      const own = sql`user_id = ${userId} and platform = ${platform}::platform`
      const [before] = await chats(db, isIdentity(identity))
      const [here] = await chats(db, own)
      if (before && before.userId !== userId) await leaveChat(db, before)
      if (here && here.externalId !== externalId) await leaveChat(db, here)
      await db.$executeRaw`delete from identities where (${own}) or (${isIdentity(identity)})`
      await db.$executeRaw`
        insert into identities (id, user_id, platform, workspace, external_id)
        values (${newId()}, ${userId}, ${platform}::platform, ${workspace}, ${externalId})`
      return before && before.userId !== userId ? before.userId : null
    },

    async unlinkIdentity(identity) {
      const [found] = await chats(db, isIdentity(identity))
      if (!found) return null
      await leaveChat(db, found)
      await db.$executeRaw`delete from identities where id = ${found.id}`
      return found.userId
    },

    async saveSettings(id, changes) {
      const columns = assignments(changes)
      if (columns.length > 0) await db.$executeRaw`update users set ${Prisma.join(columns)} where id = ${id}`
    },

    async workingTimeOf(id) {
      const [row] = await db.$queryRaw<(HoursRow & Readonly<{ timeZone: string | null }>)[]>`
        select time_zone as "timeZone", work_from as "workFrom", work_to as "workTo", work_days as "workDays",
          quiet_from as "quietFrom", quiet_to as "quietTo", digest_at as "digestAt", country
        from users where id = ${id}`
      return row ? { timeZone: row.timeZone ?? defaults.timeZone, hours: hoursOf(row) } : null
    },
  }
}

async function person(db: Queries, chosen: Prisma.Sql): Promise<Person | null> {
  const [found] = await db.$queryRaw<Person[]>`
    select id, name, email, role::text as role, active from users where ${chosen}`
  return found ?? null
}

type Chat = Readonly<{ id: string; userId: PersonId; platform: Platform; externalId: string }>

const chats = (db: Queries, chosen: Prisma.Sql) => db.$queryRaw<Chat[]>`
  select id, user_id as "userId", platform::text as platform, external_id as "externalId" from identities where ${chosen}`

type Saved = Settings & Hours

type Column = (changes: Partial<Saved>) => Prisma.Sql

const COLUMNS: Readonly<Record<keyof Saved, Column>> = {
  language: ({ language }) => sql`language = ${language}`,
  timeZone: ({ timeZone }) => sql`time_zone = ${timeZone}`,
  currency: ({ currency }) => sql`currency = ${currency}`,
  preferredChat: ({ preferredChat }) => sql`preferred_chat = ${preferredChat}::platform`,
  workFrom: ({ workFrom }) => sql`work_from = ${workFrom}`,
  workTo: ({ workTo }) => sql`work_to = ${workTo}`,
  workDays: ({ workDays = [] }) => sql`work_days = ${[...workDays]}::int[]`,
  quietFrom: ({ quietFrom }) => sql`quiet_from = ${quietFrom}`,
  quietTo: ({ quietTo }) => sql`quiet_to = ${quietTo}`,
  digestAt: ({ digestAt }) => sql`digest_at = ${digestAt ?? 'OFF'}`,
  country: ({ country }) => sql`country = ${country}`,
}

/** Only what is given. */
function assignments(changes: Partial<Saved>): readonly Prisma.Sql[] {
  const names = Object.keys(COLUMNS) as (keyof Saved)[]
  return names.filter((name) => changes[name] !== undefined).map((name) => COLUMNS[name](changes))
}

/** Their chat there is somebody else's, or nobody's: the cards in it are not to be kept true any more. */
async function leaveChat(
  db: Queries,
  { userId, platform }: Pick<Chat, 'userId' | 'platform'>,
): Promise<void> {
  await db.$executeRaw`
    update notices set message = null
    where person_id = ${userId} and platform = ${platform}::platform and message is not null`
}

export function linkStore(db: Queries, newId: () => string): LinkStore {
  return {
    async issue(code, userId, createdAt, expiresAt) {
      await db.$executeRaw`
        insert into link_codes (id, user_id, code_hash, created_at, expires_at)
        values (${newId()}, ${userId}, ${hashOf(code)}, ${timestamp(createdAt)}, ${timestamp(expiresAt)})`
    },

    async issuedSince(userId, since) {
      // Held until the transaction ends: of many who ask at once, each counts those before.
      await db.$queryRaw`select id from users where id = ${userId} for update`
      const [row] = await db.$queryRaw<{ count: number }[]>`
        select count(*)::int as count from link_codes where user_id = ${userId} and created_at >= ${timestamp(since)}`
      return row?.count ?? 0
    },

    async redeem(code, at) {
      const [used] = await db.$queryRaw<LinkCode[]>`
        update link_codes set used_at = ${timestamp(at)} where code_hash = ${hashOf(code)} and used_at is null
        returning user_id as "userId", expires_at as "expiresAt"`
      return used ?? null
    },

    async tries(externalId) {
      await db.$executeRaw`
        insert into link_attempts (platform, external_id) values ('TELEGRAM', ${externalId}) on conflict do nothing`
      const [row] = await db.$queryRaw<Tries[]>`
        select failures, locked_until as "lockedUntil" from link_attempts
        where platform = 'TELEGRAM' and external_id = ${externalId} for update`
      return row ?? { failures: 0, lockedUntil: null }
    },

    async saveTries(externalId, { failures, lockedUntil }) {
      await db.$executeRaw`
        insert into link_attempts (platform, external_id, failures, locked_until)
        values ('TELEGRAM', ${externalId}, ${failures}, ${timestamp(lockedUntil)})
        on conflict (platform, external_id) do update
        set failures = excluded.failures, locked_until = excluded.locked_until`
    },
  }
}
