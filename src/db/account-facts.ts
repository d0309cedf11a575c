import { Prisma } from '../../prisma/generated/client.ts'
import type { Sight } from '../domain/shared/actor.ts'
import { addDays, type Day, type Moment, yearEarlier, yearOf } from '../domain/shared/day.ts'
import { scoreOf } from './follow-ups.ts'
import { type SightInSql, visible, visibleRow } from './sight.ts'

/** Contracts that ended longer ago are history, not news. */
const ENDED_DAYS_SHOWN = 90
const LAST_MEETINGS = 3
const CONTACTS_READ = 20
const PROMISES_READ = 4
const DISCOUNTS_READ = 4

const { sql } = Prisma

type Asked = Readonly<{
  at: Moment
  limit: number
  /** Of people who have chosen none. */
  timeZone: string
}> &
  Readonly<{ details: true; sight: Sight | SightInSql } | { details: false; sight: Sight }>

/**
 * One statement for one account or a whole list: every row is one JSON object with the fields of AccountSignals,
 * and with those of AccountFacts when `details` is asked for. `chosen` says which accounts `a`; access is added here,
 * and the limit is inside, so that sums are made only for what is returned.
 */
export function accountsAsJson(chosen: Prisma.Sql, { at, limit, timeZone, ...asked }: Asked): Prisma.Sql {
  return sql`
    select jsonb_build_object(
      'id', a.id, 'name', a.name, 'tier', a.tier,
      'owner', case when o.id is null then null else jsonb_build_object('id', o.id, 'name', o.name) end,
      'ownerAwayUntil', (select max(ends_on) from absences
        where user_id = a.owner_id and ${at.today}::date between starts_on and ends_on),
      'team', (select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name) order by u.name), '[]')
               from account_team_members m join users u on u.id = m.user_id where m.account_id = a.id)
    ) || won.facts || plan.facts || open_deals.facts || overdue.facts || contract.facts || met.facts || broken.facts
      ${asked.details ? sql`|| detail.facts` : Prisma.empty} as facts
    from (select * from accounts a where ${chosen} and ${asked.details ? visibleRow(asked.sight) : visible(asked.sight)} order by tier nulls last, id limit ${limit}) a
    left join users o on o.id = a.owner_id
    ${revenue(at.today)}
    ${yearPlan(at.today)}
    cross join lateral (
      select jsonb_build_object('openDeals', count(*)::int) as facts
      from deals where account_id = a.id and outcome = 'OPEN') open_deals
    ${receivables(at.today)}
    cross join lateral (
      select jsonb_build_object('contractEndsOn', coalesce(
        min(ends_on) filter (where ends_on >= ${at.today}::date and not auto_renews),
        case when bool_and(coalesce(ends_on < ${at.today}::date, false) and not auto_renews) then max(ends_on) end)) as facts
      from contracts where account_id = a.id) contract
    ${meetings(at)}
    cross join lateral (
      select jsonb_build_object('promisesBroken', count(*)::int) as facts
      from follow_ups where account_id = a.id and status = 'OPEN' and promised_by = 'US' and due_on < ${at.today}::date) broken
    ${asked.details ? detail(asked.sight, at, timeZone) : Prisma.empty}
    order by a.tier nulls last, a.id`
}

/** Rows of (currency, amount) as a list of money, the largest first. */
const sums = (column: Prisma.Sql) => sql`coalesce(jsonb_agg(
  jsonb_build_object('amount', ${column}::text, 'currency', currency) order by ${column} desc, currency)
  filter (where ${column} is not null), '[]')`

/** Revenue is what was won, by the day the deal was closed. */
function revenue(today: Day): Prisma.Sql {
  const year = yearOf(today)
  const between = (from: Day, to: Day) =>
    sql`sum(amount) filter (where closed_on between ${from}::date and ${to}::date)`
  return sql`cross join lateral (
    select jsonb_build_object('revenue', jsonb_build_object(
      'thisYear', ${sums(sql`this_year`)}, 'lastYearToDate', ${sums(sql`last_to_date`)},
      'everWon', count(*) > 0)) as facts
    from (
      select currency, ${between(`${year}-01-01`, today)} as this_year,
        ${between(`${year - 1}-01-01`, yearEarlier(today))} as last_to_date
      from deals where account_id = a.id and outcome = 'WON' group by currency) by_currency) won`
}

/** A target that lies within a longer one of the same account is part of it: quarters are not added to their year. */
function yearPlan(today: Day): Prisma.Sql {
  const first = `${yearOf(today)}-01-01`
  const last = `${yearOf(today)}-12-31`
  return sql`cross join lateral (
    select jsonb_build_object('plan', ${sums(sql`total`)}) as facts
    from (
      select currency, sum(amount) as total from targets t
      where account_id = a.id and starts_on >= ${first}::date and ends_on <= ${last}::date
        and not exists (
          select 1 from targets longer where longer.account_id = t.account_id and longer.currency = t.currency
            and longer.starts_on >= ${first}::date and longer.ends_on <= ${last}::date
            and longer.starts_on <= t.starts_on and longer.ends_on >= t.ends_on
            and longer.ends_on - longer.starts_on > t.ends_on - t.starts_on)
      group by currency) by_currency) plan`
}

/** An invoice is open until the day it was paid in full is known. */
function receivables(today: Day): Prisma.Sql {
  return sql`cross join lateral (
    select jsonb_build_object('overdue', jsonb_build_object(
        'sums', ${sums(sql`late`)}, 'invoices', coalesce(sum(late_count), 0)::int, 'oldestDueOn', min(oldest)),
      'invoicesKnown', count(*) > 0) as facts
    from (
      select currency, sum(amount - paid_amount) filter (where ${late(today)}) as late,
        count(*) filter (where ${late(today)}) as late_count, min(due_on) filter (where ${late(today)}) as oldest
      from invoices where account_id = a.id group by currency) by_currency) overdue`
}

const late = (today: Day) => sql`due_on < ${today}::date and paid_on is null and amount > paid_amount`

/** A planned meeting is ahead until its time; one without a time of day, until its day is over. */
const ahead = ({ now, today }: Moment) => sql`
  status = 'PLANNED' and case when starts_at is null then day >= ${today}::date else starts_at >= ${now} end`

function meetings(at: Moment): Prisma.Sql {
  return sql`cross join lateral (
    select jsonb_build_object(
      'lastHeldOn', max(day) filter (where status = 'HELD'),
      'nextMeetingOn', min(day) filter (where ${ahead(at)}),
      'lastMoods', (select coalesce(jsonb_agg(mood), '[]') from (
        select mood from meetings where account_id = a.id and status = 'HELD' and mood is not null
        order by day desc, starts_at desc nulls last limit 2) moods),
      'decisionMakers', (select count(*)::int from contacts where account_id = a.id and influence = 'DECISION_MAKER')) as facts
    from meetings where account_id = a.id) met`
}

export const meetingJson = sql`jsonb_build_object(
  'id', m.id, 'day', m.day, 'startsAt', to_char(m.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'kind', m.kind,
  'mood', m.mood, 'notes', m.notes,
  'attendees', (select coalesce(jsonb_agg(name order by name), '[]') from meeting_attendees where meeting_id = m.id))`

function detail(sight: Sight | SightInSql, at: Moment, timeZone: string): Prisma.Sql {
  const endedSince = addDays(at.today, -ENDED_DAYS_SHOWN)
  return sql`cross join lateral (
    select jsonb_build_object(
      'delegationLevel', a.delegation_level, 'sector', a.sector, 'location', a.location,
      'parent', (select jsonb_build_object('id', p.id, 'name', p.name) from accounts p
        where p.id = a.parent_id and ${visibleRow(sight, sql`p`)}),
      'subsidiaries', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name) order by c.name), '[]')
        from accounts c where c.parent_id = a.id and ${visibleRow(sight, sql`c`)}),
      'taxNumber', (select text from account_names where account_id = a.id and kind = 'TAX_NUMBER' order by text limit 1),
      'goals', a.goals, 'needs', a.needs, 'competitors', to_jsonb(a.competitors),
      'pipeline', ${pipeline},
      'contracts', (select coalesce(jsonb_agg(jsonb_build_object(
          'number', number, 'title', title, 'endsOn', ends_on, 'autoRenews', auto_renews,
          'amount', case when amount is null then null else jsonb_build_object('amount', amount::text, 'currency', currency) end)
          order by ends_on nulls last), '[]')
        from contracts where account_id = a.id and (ends_on is null or auto_renews or ends_on >= ${endedSince}::date)),
      'nextMeeting', (select ${meetingJson} from meetings m where m.account_id = a.id and ${ahead(at)}
        order by m.day, m.starts_at nulls last limit 1),
      'outcomesMissing', (select count(*)::int from meetings
        where account_id = a.id and status = 'PLANNED' and not (${ahead(at)})),
      'lastMeetings', (select coalesce(jsonb_agg(meeting), '[]') from (
        select ${meetingJson} as meeting from meetings m where m.account_id = a.id and m.status = 'HELD'
        order by m.day desc, m.starts_at desc nulls last, m.id desc limit ${LAST_MEETINGS}) last_meetings),
      'heldMeetings', (select count(*)::int from meetings where account_id = a.id and status = 'HELD'),
      'promises', ${scoreOf(sql`a.id`, at.today, timeZone)}, 'openPromises', ${openPromises},
      'discounts', ${discounts(at.today)},
      'discountsKnown', exists (select 1 from discount_requests where account_id = a.id),
      'contacts', ${contacts}, 'strangers', ${strangers}) as facts) detail`
}

const pipeline = sql`(select coalesce(jsonb_agg(by_stage), '[]') from (
  select stage, sum(deals)::int as deals, sum(without)::int as "withoutAmount", ${sums(sql`total`)} as sums
  from (
    select stage, currency, count(*) as deals, count(*) filter (where amount is null) as without, sum(amount) as total
    from deals where account_id = a.id and outcome = 'OPEN' group by stage, currency) by_currency
  group by stage order by stage) by_stage)`

const openPromises = sql`(select coalesce(jsonb_agg(promise), '[]') from (
  select f.promised_by as "promisedBy", f.contact_name as "contactName", f.what, f.due_on as "dueOn",
    f.due_time as "dueTime", w.name as owner
  from follow_ups f join users w on w.id = f.owner_id where f.account_id = a.id and f.status = 'OPEN'
  order by f.due_on, f.due_time nulls last, f.created_at, f.id limit ${PROMISES_READ}) promise)`

/** What is asked for, and what may be used until its last day. */
const discounts = (today: Day) => sql`(select coalesce(jsonb_agg(discount), '[]') from (
  select d.id, d.body #>> '{terms,subject,title}' as title, trim_scale(d.percent)::text as percent, d.state,
    d.last_day as "lastDay", r.name as requester
  from discount_requests d join users r on r.id = d.requester_id
  where d.account_id = a.id
    and (d.state in ('PENDING', 'COUNTERED') or (d.state = 'GRANTED' and d.last_day >= ${today}::date))
  order by d.state = 'GRANTED', d.last_day, d.id limit ${DISCOUNTS_READ}) discount)`

const contacts = sql`(select coalesce(jsonb_agg(person), '[]') from (
  select c.name, c.verified, c.position, c.influence, c.attitude, c.email, c.phone,
    (select max(m.day) from meeting_attendees x join meetings m on m.id = x.meeting_id
     where x.contact_id = c.id and m.status = 'HELD') as "lastMetOn"
  from contacts c where c.account_id = a.id
  order by c.influence nulls last, "lastMetOn" desc nulls last, c.name limit ${CONTACTS_READ}) person)`

const strangers = sql`(select coalesce(jsonb_agg(person), '[]') from (
  select x.name, max(m.day) as "lastMetOn"
  from meeting_attendees x join meetings m on m.id = x.meeting_id
  where m.account_id = a.id and m.status = 'HELD' and x.contact_id is null
    and not exists (select 1 from contacts c where c.account_id = a.id and lower(c.name) = lower(x.name))
  group by x.name order by "lastMetOn" desc, x.name limit ${CONTACTS_READ}) person)`
