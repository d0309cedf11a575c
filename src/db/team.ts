import { Prisma } from '../../prisma/generated/client.ts'
import type { Span, TeamStore, TeamWeek } from '../domain/notices/team.ts'
import type { PersonId, Sight } from '../domain/shared/actor.ts'
import { addDays, type Day, type Moment } from '../domain/shared/day.ts'
import type { Queries } from './queries.ts'
import { visible } from './sight.ts'

const { sql } = Prisma

const SHOWN = 10
/** Undone for so long, a promise is its manager's business too. */
const OVERDUE_DAYS = 3
const ENDING_DAYS = 30
/** Without a meeting for so long, a key account is silent. */
const SILENT_DAYS = { A: 30, B: 60 } as const

export function teamStore(db: Queries): TeamStore {
  return {
    async week(reader, sight, at) {
      const [row] = await db.$queryRaw<{ week: TeamWeek }[]>`
        select jsonb_build_object(
          'broken', ${many(broken(reader, sight, at))}, 'silent', ${many(silent(sight, at))},
          'won', ${many(closed('WON', sight, at))}, 'lost', ${many(closed('LOST', sight, at))},
          'ending', ${many(ending(sight, at.today))}) as week`
      if (!row) throw new Error('the week gave no row')
      return row.week
    },

    async lastPage(person) {
      const [row] = await db.$queryRaw<{ week: Day | null }[]>`
        select max(subject) as week from notices where person_id = ${person} and kind = 'weekly' and state = 'SENT'`
      return row?.week ?? null
    },

    async leads(person) {
      const rows = await db.$queryRaw<unknown[]>`
        select 1 from users where manager_id = ${person} and active limit 1`
      return rows.length > 0
    },

    openPromisesOf: (people) => db.$queryRaw`
      select u.id, u.name, u.manager_id as "managerId", u.active,
        exists (select 1 from identities i where i.user_id = u.id and i.blocked_at is null) as reachable,
        (select count(*)::int from follow_ups f
        where f.owner_id = u.id and f.status = 'OPEN' and f.promised_by = 'US') as open
      from users u where u.id = any(${[...people]}::text[])`,
  }
}

/** The first rows in the order of their `place`, and how many there are. */
const many = (rows: Prisma.Sql): Prisma.Sql => sql`(
  select jsonb_build_object(
    'rows', coalesce(jsonb_agg(row order by place) filter (where place <= ${SHOWN}), '[]'), 'total', count(*)::int)
  from (${rows}) listed)`

/** Those of the last days first: the older ones were in an earlier digest. */
function broken(reader: PersonId, sight: Sight, { today, since }: Span): Prisma.Sql {
  const ofTeam = sight === 'all' ? sql`true` : sql`f.owner_id = any(${[...sight]}::text[])`
  const recent = addDays(since, 1 - OVERDUE_DAYS)
  return sql`
    select row_number() over (order by f.due_on < ${recent}::date, f.due_on, f.created_at, f.id) as place,
      jsonb_build_object('what', f.what, 'owner', o.name, 'dueOn', f.due_on,
        'account', case when ${visible(sight)} then a.name end) as row
    from follow_ups f join users o on o.id = f.owner_id left join accounts a on a.id = f.account_id
    where f.status = 'OPEN' and f.promised_by = 'US' and f.due_on <= ${addDays(today, -OVERDUE_DAYS)}::date
      and f.owner_id <> ${reader} and ${ofTeam}`
}

/** Where nobody was ever met, nothing has fallen silent. */
function silent(sight: Sight, { now, today }: Moment): Prisma.Sql {
  const since = (tier: keyof typeof SILENT_DAYS) => sql`
    (a.tier = ${tier}::tier and met.last_on < ${addDays(today, -SILENT_DAYS[tier])}::date)`
  return sql`
    select row_number() over (order by a.tier, met.last_on, a.name, a.id) as place,
      jsonb_build_object('id', a.id, 'name', a.name, 'tier', a.tier, 'lastMetOn', met.last_on, 'owner', o.name) as row
    from accounts a left join users o on o.id = a.owner_id
    cross join lateral (select max(day) as last_on from meetings where account_id = a.id and status = 'HELD') met
    where a.tier in ('A', 'B') and ${visible(sight)} and (${since('A')} or ${since('B')})
      and not exists (select 1 from meetings m where m.account_id = a.id and m.status = 'PLANNED'
        and case when m.starts_at is null then m.day >= ${today}::date else m.starts_at >= ${now} end)`
}

/** Not yet those of today, for more may follow: they are in the next page. */
const closed = (outcome: 'WON' | 'LOST', sight: Sight, { today, since }: Span): Prisma.Sql => sql`
  select row_number() over (order by d.amount desc nulls last, d.closed_on desc, d.id) as place,
    jsonb_build_object('account', a.name, 'title', d.title, 'closedOn', d.closed_on,
      'amount', case when d.amount is null then null
        else jsonb_build_object('amount', d.amount::text, 'currency', d.currency) end) as row
  from deals d join accounts a on a.id = d.account_id
  where d.outcome = ${outcome}::deal_outcome
    and d.closed_on >= ${since}::date and d.closed_on < ${today}::date and ${visible(sight)}`

const ending = (sight: Sight, today: Day): Prisma.Sql => sql`
  select row_number() over (order by c.ends_on, a.name, c.id) as place,
    jsonb_build_object('account', a.name, 'number', c.number, 'endsOn', c.ends_on) as row
  from contracts c join accounts a on a.id = c.account_id
  where not c.auto_renews and c.ends_on between ${today}::date and ${addDays(today, ENDING_DAYS)}::date
    and ${visible(sight)}`
