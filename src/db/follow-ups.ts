import { Prisma } from '../../prisma/generated/client.ts'
import type {
  FollowUp,
  FollowUpChanges,
  FollowUpStore,
  NewFollowUp,
  Score,
} from '../domain/follow-ups/follow-up.ts'
import type { Day } from '../domain/shared/day.ts'
import { isoOf, timestamp } from './instants.ts'
import type { Queries } from './queries.ts'
import { visible } from './sight.ts'

const { sql } = Prisma

/** The fact that names the version of the world’s time zones. */
const ZONES = 'time zones'

/** `timeZone` is that of owners who have chosen none. */
export function followUpStore(db: Queries, newId: () => string, timeZone = 'UTC'): FollowUpStore {
  return {
    async add(followUp, at) {
      const [added] = await db.$queryRaw<{ row: FollowUp }[]>`
        with f as (${inserted(newId(), followUp, at ?? null)} returning *)
        select ${followUpOf} as row from f ${peopleOf}`
      if (!added) throw new Error('a follow-up was not written')
      return added.row
    },

    async find(id, sight) {
      const seen =
        sight === 'all'
          ? sql`true`
          : sql`(f.owner_id = any(${[...sight]}::text[])
        or (f.account_id is not null and ${visible(sight, sql`f.account_id`)}))`
      const [found] = await list(db, sql`f.id = ${id} and ${seen}`, 1)
      return found ?? null
    },

    byIds: (ids) => list(db, sql`f.id = any(${[...ids]}::text[])`),

    async save({ id, status, occurrence, reminder }, changes) {
      const columns = assignments(changes)
      const changed = await db.$executeRaw`
        update follow_ups set ${columns.length > 0 ? Prisma.join(columns) : sql`id = id`}
        where id = ${id} and status = ${status}::follow_up_status
          and occurrence = ${occurrence} and reminder = ${reminder}`
      return changed > 0
    },

    async remove(id) {
      await db.$executeRaw`delete from follow_ups where id = ${id}`
    },

    openOf: (owners, until, limit) =>
      list(
        db,
        sql`f.status = 'OPEN' and f.owner_id = any(${[...owners]}::text[])
          and (${until}::date is null or f.due_on <= ${until}::date)`,
        limit,
      ),

    async ownersOfOpen(after, limit) {
      const rows = await db.$queryRaw<{ id: string }[]>`
        select distinct owner_id as id from follow_ups where status = 'OPEN' and owner_id > ${after}
        order by id limit ${limit}`
      return rows.map(({ id }) => id)
    },

    async plannedByZones() {
      const [row] = await db.$queryRaw<{ value: string }[]>`select value from facts where name = ${ZONES}`
      return row?.value ?? null
    },

    async noteZones(version) {
      await db.$executeRaw`insert into facts (name, value) values (${ZONES}, ${version})
        on conflict (name) do update set value = excluded.value`
    },

    openAt: (accountId, limit) => list(db, sql`f.status = 'OPEN' and f.account_id = ${accountId}`, limit),

    ofMeeting: (meetingId) => list(db, sql`f.meeting_id = ${meetingId}`),

    async lockOfMeeting(meetingId) {
      await db.$queryRaw`select id from follow_ups where meeting_id = ${meetingId} order by id for no key update`
    },

    async score(accountId, today) {
      const [row] = await db.$queryRaw<{ score: Readonly<{ ours: Score; theirs: Score }> }[]>`
        select ${scoreOf(sql`${accountId}`, today, timeZone)} as score`
      if (!row) throw new Error('the score gave no row')
      return row.score
    },
  }
}

/**
 * How the promises of an account went, ours and theirs. One that was kept on its day, on the owner's calendar, is kept;
 * later is late. Each past turn of a repeating one counts: done is kept, passed undone is late. What was dropped counts
 * nowhere, and what was undone is no row.
 */
export function scoreOf(accountId: Prisma.Sql, today: Day, timeZone: string): Prisma.Sql {
  const of = (who: 'US' | 'CLIENT') => sql`jsonb_build_object(
    'kept', coalesce(sum(kept) filter (where promised_by = ${who}::promised_by), 0)::int,
    'late', coalesce(sum(late) filter (where promised_by = ${who}::promised_by), 0)::int,
    'overdue', count(*) filter (where promised_by = ${who}::promised_by and open and due_on < ${today}::date)::int,
    'open', count(*) filter (where promised_by = ${who}::promised_by and open and due_on >= ${today}::date)::int)`
  return sql`(
    select jsonb_build_object('ours', ${of('US')}, 'theirs', ${of('CLIENT')})
    from (
      select f.promised_by, f.due_on, f.status = 'OPEN' as open,
        case when f.repeat is not null then f.done_count
          when f.status = 'DONE' and done_on <= f.due_on then 1 else 0 end as kept,
        case when f.repeat is not null then f.missed_count
          when f.status = 'DONE' and done_on > f.due_on then 1 else 0 end as late
      from follow_ups f join users o on o.id = f.owner_id
      cross join lateral (
        select (f.done_at at time zone coalesce(o.time_zone, ${timeZone}))::date as done_on) own
      where f.account_id = ${accountId} and f.status <> 'DROPPED') promises)`
}

const person = (alias: Prisma.Sql) => sql`case when ${alias}.id is null then null
  else jsonb_build_object('id', ${alias}.id, 'name', ${alias}.name) end`

const followUpOf = sql`jsonb_build_object(
  'id', f.id, 'account', case when a.id is null then null else jsonb_build_object('id', a.id, 'name', a.name) end,
  'meetingId', f.meeting_id, 'owner', ${person(sql`o`)}, 'authorId', f.author_id,
  'promisedBy', f.promised_by, 'contactName', f.contact_name, 'what', f.what, 'dueOn', f.due_on, 'dueTime', f.due_time,
  'repeat', f.repeat, 'urgent', f.urgent, 'status', f.status, 'occurrence', f.occurrence, 'reminder', f.reminder,
  'snoozes', f.snoozes, 'snoozedUntil', ${isoOf(sql`f.snoozed_until`)}, 'remindAt', ${isoOf(sql`f.remind_at`)},
  'doneAt', ${isoOf(sql`f.done_at`)}, 'doneBy', ${person(sql`d`)}, 'dropReason', f.drop_reason,
  'doneCount', f.done_count, 'missedCount', f.missed_count, 'createdAt', ${isoOf(sql`f.created_at`)})`

const peopleOf = sql`join users o on o.id = f.owner_id
  left join accounts a on a.id = f.account_id left join users d on d.id = f.done_by_id`

/** By what is due first; on one day those with a time before those that are due at some time of it. */
async function list(db: Queries, chosen: Prisma.Sql, limit?: number): Promise<FollowUp[]> {
  const rows = await db.$queryRaw<{ row: FollowUp }[]>`
    select ${followUpOf} as row from follow_ups f ${peopleOf}
    where ${chosen} order by f.due_on, f.due_time nulls last, f.created_at, f.id limit ${limit ?? null}::int`
  return rows.map(({ row }) => row)
}

/** Without a time of its own a row is as old as the database's clock says. */
function inserted(id: string, followUp: NewFollowUp, at: Date | null): Prisma.Sql {
  const repeat = followUp.repeat && JSON.stringify(followUp.repeat)
  return sql`
    insert into follow_ups (id, account_id, meeting_id, owner_id, author_id, promised_by, contact_name, what, due_on,
      due_time, repeat, urgent, remind_at, created_at)
    values (${id}, ${followUp.accountId}, ${followUp.meetingId}, ${followUp.ownerId}, ${followUp.authorId},
      ${followUp.promisedBy}::promised_by, ${followUp.contactName}, ${followUp.what}, ${followUp.dueOn}::date,
      ${followUp.dueTime}, ${repeat}::jsonb, ${followUp.urgent}, ${timestamp(followUp.remindAt)},
      coalesce(${timestamp(at)}, now()))`
}

type Column = (changes: FollowUpChanges) => Prisma.Sql

const COLUMNS: Readonly<Record<keyof FollowUpChanges, Column>> = {
  promisedBy: ({ promisedBy }) => sql`promised_by = ${promisedBy}::promised_by`,
  contactName: ({ contactName }) => sql`contact_name = ${contactName}`,
  what: ({ what }) => sql`what = ${what}`,
  dueOn: ({ dueOn }) => sql`due_on = ${dueOn}::date`,
  dueTime: ({ dueTime }) => sql`due_time = ${dueTime}`,
  repeat: ({ repeat }) => sql`repeat = ${repeat ? JSON.stringify(repeat) : null}::jsonb`,
  urgent: ({ urgent }) => sql`urgent = ${urgent}`,
  status: ({ status }) => sql`status = ${status}::follow_up_status`,
  occurrence: ({ occurrence }) => sql`occurrence = ${occurrence}`,
  reminder: ({ reminder }) => sql`reminder = ${reminder}`,
  snoozes: ({ snoozes }) => sql`snoozes = ${snoozes}`,
  snoozedUntil: ({ snoozedUntil }) => sql`snoozed_until = ${timestamp(snoozedUntil ?? null)}`,
  remindAt: ({ remindAt }) => sql`remind_at = ${timestamp(remindAt ?? null)}`,
  doneAt: ({ doneAt }) => sql`done_at = ${timestamp(doneAt ?? null)}`,
  doneById: ({ doneById }) => sql`done_by_id = ${doneById}`,
  dropReason: ({ dropReason }) => sql`drop_reason = ${dropReason}`,
  doneCount: ({ doneCount }) => sql`done_count = ${doneCount}`,
  missedCount: ({ missedCount }) => sql`missed_count = ${missedCount}`,
}

function assignments(changes: FollowUpChanges): Prisma.Sql[] {
  const names = Object.keys(COLUMNS) as (keyof FollowUpChanges)[]
  return names.filter((name) => changes[name] !== undefined).map((name) => COLUMNS[name](changes))
}
