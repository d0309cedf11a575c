import { Prisma } from '../../prisma/generated/client.ts'
import type {
  Amendment,
  Attachment,
  Attendee,
  Meeting,
  MeetingChanges,
  MeetingStore,
  MessageRef,
  NewMeeting,
} from '../domain/meetings/meeting.ts'
import { changedOf, eachOnce, sameName } from './meeting-changes.ts'
import { isoOf, timestamp } from './instants.ts'
import type { Queries } from './queries.ts'
import { visible } from './sight.ts'

const { sql } = Prisma

export function meetingStore(db: Queries, newId: () => string): MeetingStore {
  return {
    async add(meeting, source, at) {
      const id = newId()
      const [added] = await db.$queryRaw<{ meeting: Meeting }[]>`
        with m as (${insertedMeeting(id, meeting, at ?? null)} returning *),
          people as (${insertedAttendees(id, meeting.attendees)} returning *)
          ${source ? sql`, source as (${insertedSource(id, source)})` : Prisma.empty}
        select ${meetingOf(sql`people`)} as meeting from m ${aboutMeeting}`
      if (!added) throw new Error('a meeting was not written')
      return added.meeting
    },

    async oneByOne(person) {
      await db.$queryRaw`select id from users where id = ${person} for no key update`
    },

    find: (id, sight) => first(db, sql`m.id = ${id} and ${visible(sight)}`),

    bySource: ({ platform, chat, message }, sight) =>
      first(
        db,
        sql`m.id = (select meeting_id from message_refs
          where platform = ${platform}::platform and chat = ${chat} and message = ${message}) and ${visible(sight)}`,
      ),

    // What came out of a file was not written down by hand.
    latestBy: (author, since) =>
      first(
        db,
        sql`m.author_id = ${author} and m.external_id is null and m.status <> 'CANCELLED' and m.created_at >= ${timestamp(since)}`,
        sql`m.created_at desc, m.id desc`,
      ),

    async amend(id, changes, by) {
      const locked = await db.$queryRaw<unknown[]>`select id from meetings where id = ${id} for update`
      if (locked.length === 0) return null
      const changed = changedOf(await one(db, id), changes)
      if (!changed) return null
      const { before, after } = changed
      await updateMeeting(db, id, after)
      if (after.attendees) {
        await db.$executeRaw`delete from meeting_attendees where meeting_id = ${id}`
        await db.$executeRaw`${insertedAttendees(id, after.attendees)}`
      }
      await db.$executeRaw`
        insert into meeting_amendments (id, meeting_id, author_id, at, channel, before, after)
        values (${newId()}, ${id}, ${by.author}, ${amendedAt(id, by.at)}, ${by.channel},
          ${JSON.stringify(before)}::jsonb, ${JSON.stringify(after)}::jsonb)`
      return one(db, id)
    },

    async setStatus(id, from, to) {
      const changed = await db.$executeRaw`
        update meetings set status = ${to}::meeting_status where id = ${id} and status = ${from}::meeting_status`
      return changed > 0
    },

    amendments: (id) => db.$queryRaw<Amendment[]>`
      select ${isoOf(sql`x.at`)} as at, u.name as author, x.channel, x.before, x.after
      from meeting_amendments x left join users u on u.id = x.author_id
      where x.meeting_id = ${id} order by x.at, x.id`,

    async attach(id, by, at, file) {
      await db.$executeRaw`
        insert into attachments
          (id, meeting_id, author_id, platform, file_id, kind, name, mime_type, bytes, caption, added_at)
        values (${newId()}, ${id}, ${by}, ${file.platform}::platform, ${file.fileId}, ${file.kind}::attachment_kind,
          ${file.name}, ${file.mimeType}, ${file.bytes}, ${file.caption}, ${timestamp(at)})`
    },

    attachments: (id) => db.$queryRaw<Attachment[]>`
      select platform::text, file_id as "fileId", kind::text, name, mime_type as "mimeType", bytes, caption
      from attachments where meeting_id = ${id} order by added_at, id`,

    between: (authors, from, to) =>
      list(
        db,
        sql`m.author_id = any(${[...authors]}::text[]) and m.status in ('PLANNED', 'HELD')
          and m.day between ${from}::date and ${to}::date`,
        sql`m.day, m.starts_at nulls last, m.id`,
      ),

    withoutOutcome: (author, { now, today }, limit) =>
      list(
        db,
        sql`m.author_id = ${author} and m.status = 'PLANNED'
          and case when m.starts_at is null then m.day < ${today}::date else m.starts_at < ${timestamp(now)} end`,
        sql`m.day desc, m.starts_at desc nulls last, m.id desc`,
        limit,
      ),

    contacts: (accountId) => db.$queryRaw`
      select id, name, language from contacts where account_id = ${accountId} order by name, id`,

    addContact: (accountId, contact) => addContact(db, accountId, contact, newId),
  }
}

/** What a statement has only now written is not in the tables for it, so `attendees` may be its own. */
const meetingOf = (attendees: Prisma.Sql) => sql`jsonb_build_object(
  'id', m.id, 'account', jsonb_build_object('id', a.id, 'name', a.name),
  'author', case when u.id is null then null else jsonb_build_object('id', u.id, 'name', u.name) end,
  'status', m.status, 'kind', m.kind, 'day', m.day, 'startsAt', ${isoOf(sql`m.starts_at`)},
  'endsAt', ${isoOf(sql`m.ends_at`)}, 'mood', m.mood, 'notes', m.notes, 'said', m.said,
  'attendees', (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'contactId', contact_id) order by name), '[]')
    from ${attendees} where meeting_id = m.id),
  'amendments', (select count(*)::int from meeting_amendments where meeting_id = m.id),
  'attachments', (select count(*)::int from attachments where meeting_id = m.id),
  'createdAt', ${isoOf(sql`m.created_at`)})`

const aboutMeeting = sql`join accounts a on a.id = m.account_id left join users u on u.id = m.author_id`

/** `chosen` speaks of the meeting `m` and its account `a`. */
async function list(db: Queries, chosen: Prisma.Sql, order: Prisma.Sql, limit?: number): Promise<Meeting[]> {
  const rows = await db.$queryRaw<{ meeting: Meeting }[]>`
    select ${meetingOf(sql`meeting_attendees`)} as meeting from meetings m ${aboutMeeting}
    where ${chosen} order by ${order} limit ${limit ?? null}::int`
  return rows.map(({ meeting }) => meeting)
}

async function first(db: Queries, chosen: Prisma.Sql, order = sql`m.id`): Promise<Meeting | null> {
  const [meeting] = await list(db, chosen, order, 1)
  return meeting ?? null
}

async function one(db: Queries, id: string): Promise<Meeting> {
  const meeting = await first(db, sql`m.id = ${id}`)
  if (!meeting) throw new Error(`meeting ${id} is gone`)
  return meeting
}

/** Without a time of its own a row is as old as the database's clock says. */
function insertedMeeting(id: string, meeting: NewMeeting, at: Date | null): Prisma.Sql {
  return sql`
    insert into meetings
      (id, account_id, author_id, kind, status, day, starts_at, ends_at, mood, notes, said, created_at)
    values (${id}, ${meeting.accountId}, ${meeting.authorId}, ${meeting.kind}::meeting_kind,
      ${meeting.status}::meeting_status, ${meeting.day}::date, ${timestamp(meeting.startsAt)},
      ${timestamp(meeting.endsAt)}, ${meeting.mood}::mood, ${meeting.notes}, ${meeting.said},
      coalesce(${timestamp(at)}, now()))`
}

function insertedAttendees(id: string, attendees: readonly Attendee[]): Prisma.Sql {
  const people = eachOnce(attendees)
  return sql`
    insert into meeting_attendees (meeting_id, name, contact_id)
    select ${id}, name, "contactId"
    from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) n (name text, "contactId" text)`
}

const insertedSource = (id: string, { platform, chat, message }: MessageRef) => sql`
  insert into message_refs (platform, chat, message, meeting_id)
  values (${platform}::platform, ${chat}, ${message}, ${id}) on conflict do nothing`

async function updateMeeting(db: Queries, id: string, after: MeetingChanges): Promise<void> {
  const columns: Prisma.Sql[] = []
  if (after.kind !== undefined) columns.push(sql`kind = ${after.kind}::meeting_kind`)
  if (after.status !== undefined) columns.push(sql`status = ${after.status}::meeting_status`)
  if (after.day !== undefined) columns.push(sql`day = ${after.day}::date`)
  if (after.startsAt !== undefined) columns.push(sql`starts_at = ${timestamp(after.startsAt)}`)
  if (after.endsAt !== undefined) columns.push(sql`ends_at = ${timestamp(after.endsAt)}`)
  if (after.mood !== undefined) columns.push(sql`mood = ${after.mood}::mood`)
  if (after.notes !== undefined) columns.push(sql`notes = ${after.notes}`)
  if (after.said !== undefined) columns.push(sql`said = ${after.said}`)
  if (columns.length > 0) await db.$executeRaw`update meetings set ${Prisma.join(columns)} where id = ${id}`
}

/** Who waited for the row may have spoken before the one they waited for: amendments stand in the order in which they were made. */
const amendedAt = (id: string, at: Date) => sql`greatest(${timestamp(at)},
  (select max(at) + interval '1 millisecond' from meeting_amendments where meeting_id = ${id}))`

/** Of two at once the second waits for the account's row and then finds the contact of the first. */
async function addContact(
  db: Queries,
  accountId: string,
  { name, phone }: Readonly<{ name: string; phone: string | null }>,
  newId: () => string,
): Promise<string> {
  await db.$queryRaw`select id from accounts where id = ${accountId} for no key update`
  const [known] = await db.$queryRaw<{ id: string }[]>`
    select id from contacts where account_id = ${accountId} and ${sameName(sql`name`, sql`${name}`)}
    order by verified desc, id limit 1`
  const id = known?.id ?? newId()
  if (known) {
    await db.$executeRaw`
      update contacts set phone = ${phone} where id = ${id} and not verified and phone is null and ${phone}::text is not null`
  } else {
    await db.$executeRaw`
      insert into contacts (id, account_id, name, phone, verified) values (${id}, ${accountId}, ${name}, ${phone}, false)`
  }
  await db.$executeRaw`
    update meeting_attendees x set contact_id = ${id}
    where x.contact_id is null and ${sameName(sql`x.name`, sql`${name}`)}
      and exists (select 1 from meetings m where m.id = x.meeting_id and m.account_id = ${accountId})`
  return id
}
