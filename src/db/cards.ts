import { Prisma, type PrismaClient } from '../../prisma/generated/client.ts'
import type { ChatIdentity } from '../domain/identity/person.ts'
import {
  type About,
  CARD_KINDS,
  type Cards,
  type Copy,
  type CopySettled,
  type MessagePlace,
} from '../domain/notices/cards.ts'
import type { Platform } from '../domain/shared/actor.ts'
import { userIdOf } from './actors.ts'
import { isoOf, timestamp } from './instants.ts'
import { orUnavailable } from './unavailable.ts'

const { sql } = Prisma

/** What changed before this is not looked at: every second would be too often for all that ever was. */
const FOLLOWED_MS = 3 * 86_400_000
/** Longer than an edit may take, so that no two are under way for one message and the older one lands last. */
export const LEASE_MS = 25_000

export function cards(prisma: PrismaClient, newId: () => string): Cards {
  const run = async (statement: Prisma.Sql) => {
    await orUnavailable(prisma.$executeRaw`${statement}`)
  }
  return {
    async stale(open, most, now) {
      const rows = await orUnavailable(prisma.$queryRaw<CopyRow[]>`${leasing(open, most, now)}`)
      return rows.map(copyOf)
    },
    settle: (settled, now) => run(settling(settled, now)),
    note: (whose, place, about, now) => run(noting({ whose, place, about, now, id: newId() })),
    forget: (whose, place) =>
      run(
        sql`update notices n set message = null where ${isShownTo(userIdOf(whose), whose.platform, place)}`,
      ),
  }
}

type CopyRow = Omit<Copy, 'place' | 'identity' | 'leasedUntil'> &
  Readonly<{
    chat: string
    message: string
    workspace: string | null
    externalId: string | null
    leasedUntil: string
  }>

function copyOf({ chat, message, workspace, externalId, leasedUntil, ...row }: CopyRow): Copy {
  const { platform } = row
  const identity = workspace !== null && externalId !== null ? { platform, workspace, externalId } : null
  return { ...row, place: { chat, message }, identity, leasedUntil: new Date(leasedUntil) }
}

/** From the few requests that changed lately to their copies, never through all that was ever sent. */
function leasing(open: readonly Platform[], most: number, now: Date): Prisma.Sql {
  const until = new Date(now.getTime() + LEASE_MS)
  return sql`
    with chosen as (
      select n.id from discount_requests r join notices n on n.subject = r.id
      where r.changed_at > ${timestamp(new Date(now.getTime() - FOLLOWED_MS))} and n.number < r.version
        and n.state = 'SENT' and n.kind = any(${[...CARD_KINDS]}::text[]) and n.message <> ''
        and n.platform::text = any(${[...open]}::text[]) and n.try_at <= ${timestamp(now)}
      order by n.try_at, n.id limit ${most} for update of n skip locked),
    leased as (
      update notices n set try_at = ${timestamp(until)} from chosen where n.id = chosen.id returning n.*)
    select n.id, n.person_id as "personId", n.subject, n.platform, n.chat, n.message, n.tries,
      ${isoOf(sql`n.try_at`)} as "leasedUntil",
      case when n.platform = 'CONSOLE' then '' else i.workspace end as workspace,
      case when n.platform = 'CONSOLE' then n.person_id else i.external_id end as "externalId"
    from leased n left join identities i on i.user_id = n.person_id and i.platform = n.platform`
}

/** The clocks of two machines differ a little, and no row may be tried before it is due. */
const notEarly = (at: Date): Prisma.Sql => sql`greatest(due_at, ${timestamp(at)})`

/**
 * Whoever touched the copy meanwhile moved its time, so an outcome that is out of date finds nothing to write. Its edit may
 * have landed over theirs all the same: nobody knows which version is shown, so it is edited once more.
 */
function settling(settled: CopySettled, now: Date): Prisma.Sql {
  return sql`
    with untouched as (
      update notices set ${changeBy(settled, now)}
      where id = ${settled.id} and state = 'SENT' and try_at = ${timestamp(settled.leasedUntil)} returning id)
    update notices set number = 0
    where id = ${settled.id} and state = 'SENT' and not exists (select 1 from untouched)`
}

function changeBy(settled: CopySettled, now: Date): Prisma.Sql {
  switch (settled.kind) {
    case 'shown':
      return sql`number = greatest(number, ${settled.version}), try_at = ${notEarly(now)}, tries = 0, error = null`
    case 'later':
      return sql`try_at = ${notEarly(settled.tryAt)}, tries = ${settled.tries}`
    case 'gone':
      return sql`message = null, error = ${settled.reason}`
  }
}

type Noted = Readonly<{ whose: ChatIdentity; place: MessagePlace; about: About; now: Date; id: string }>

/** A message is one copy: one that was pushed stays the row it is, however often its buttons are pressed. */
function noting({ whose, place, about, now, id }: Noted): Prisma.Sql {
  const { platform } = whose
  const { chat, message } = place
  const { subject, version } = about
  const key = `copy:${platform}:${chat}:${message}`
  return sql`
    with person as (select id from users where id = ${userIdOf(whose)}),
    known as (
      update notices n set subject = ${subject}, number = ${version}, try_at = ${notEarly(now)}, tries = 0, error = null
      where ${isShownTo(sql`(select id from person)`, platform, place)} returning n.id)
    insert into notices (id, key, person_id, kind, subject, number, due_at, try_at, state, platform, chat, message, sent_at)
    select ${id}, ${key}, person.id, 'discount', ${subject}, ${version}, ${timestamp(now)}, ${timestamp(now)}, 'SENT',
      ${platform}::platform, ${chat}, ${message}, ${timestamp(now)}
    from person where not exists (select 1 from known)
    on conflict (key) do update
    set person_id = excluded.person_id, subject = excluded.subject, number = excluded.number,
      try_at = greatest(notices.due_at, excluded.try_at),
      message = excluded.message, tries = 0, error = null`
}

const isShownTo = (
  person: Prisma.Sql,
  platform: Platform,
  { chat, message }: MessagePlace,
): Prisma.Sql => sql`
  n.person_id = ${person} and n.state = 'SENT' and n.kind = any(${[...CARD_KINDS]}::text[])
  and n.platform = ${platform}::platform and n.chat = ${chat} and n.message = ${message}`
