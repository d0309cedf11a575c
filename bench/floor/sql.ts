// Written by hand, for people who may see what they own and directors who see all. Everything is asked under a name, so
// that PostgreSQL plans it once for each connection: that is the least.

const FACTS = `jsonb_build_object(
  'id', a.id, 'name', a.name, 'tier', a.tier, 'sector', a.sector, 'location', a.location, 'goals', a.goals, 'needs', a.needs,
  'competitors', a.competitors, 'owner', o.name, 'away', (select max(ends_on) from absences where user_id = o.id and current_date between starts_on and ends_on),
  'team', (select jsonb_agg(u.name) from account_team_members m join users u on u.id = m.user_id where m.account_id = a.id),
  'parent', (select name from accounts p where p.id = a.parent_id),
  'subsidiaries', (select jsonb_agg(name) from accounts c where c.parent_id = a.id),
  'tax', (select min(text) from account_names where account_id = a.id and kind = 'TAX_NUMBER'),
  'deals', (select jsonb_agg(d) from (select stage, outcome, currency, count(*), sum(amount),
    sum(amount) filter (where closed_on >= date_trunc('year', current_date)) as this_year,
    sum(amount) filter (where closed_on >= date_trunc('year', current_date - interval '1 year') and closed_on <= current_date - interval '1 year') as last_year
    from deals where account_id = a.id group by stage, outcome, currency) d),
  'plan', (select jsonb_agg(t) from (select currency, sum(amount) from targets where account_id = a.id and ends_on >= current_date group by currency) t),
  'overdue', (select jsonb_agg(i) from (select currency, sum(amount - paid_amount), count(*), min(due_on) from invoices
    where account_id = a.id and paid_on is null and due_on < current_date group by currency) i),
  'contracts', (select jsonb_agg(c) from (select number, ends_on, auto_renews, amount from contracts where account_id = a.id order by ends_on limit 5) c),
  'last', (select jsonb_agg(m) from (select m.day, m.kind, m.mood, m.notes,
    (select jsonb_agg(name) from meeting_attendees where meeting_id = m.id) as people
    from meetings m where account_id = a.id and status = 'HELD' order by day desc, starts_at desc nulls last limit 3) m),
  'next', (select jsonb_agg(m) from (select day, starts_at, kind from meetings
    where account_id = a.id and status = 'PLANNED' and day >= current_date order by day limit 1) m),
  'counts', (select jsonb_build_object('held', count(*) filter (where status = 'HELD'), 'missing', count(*) filter (where status = 'PLANNED' and day < current_date))
    from meetings where account_id = a.id),
  'promises', (select jsonb_agg(f) from (select promised_by, what, due_on, due_time from follow_ups
    where account_id = a.id and status = 'OPEN' order by due_on limit 4) f),
  'score', (select jsonb_agg(f) from (select promised_by, status, count(*) from follow_ups where account_id = a.id group by 1, 2) f),
  'discounts', (select jsonb_agg(d) from (select id, percent, state, last_day from discount_requests
    where account_id = a.id and state in ('PENDING', 'COUNTERED', 'GRANTED') order by last_day limit 4) d),
  'contacts', (select jsonb_agg(c) from (select c.name, position, influence, attitude, email, phone, (select max(m.day) from meeting_attendees x
    join meetings m on m.id = x.meeting_id where x.contact_id = c.id and m.status = 'HELD') as met from contacts c where account_id = a.id limit 20) c)) as facts`

const ASKER = `(select u.id, u.role from identities i join users u on u.id = i.user_id
  where i.platform = $1::platform and i.workspace = $2 and i.external_id = $3 and u.active)`

/** $4: the key of an exact name. */
export const CARD = `with me as materialized ${ASKER} select ${FACTS} from me, account_names n join accounts a on a.id = n.account_id left join users o on o.id = a.owner_id
  where n.key = $4 and (me.role in ('DIRECTOR', 'FINANCE', 'ADMIN') or a.owner_id = me.id
    or exists (select 1 from account_team_members t where t.account_id = a.id and t.user_id = me.id)) limit 2`

/** $4: a key that may be wrong; the most alike first, with the facts of the best. */
export const SEARCH = `with me as materialized ${ASKER}, found as materialized (
    select n.account_id, max(similarity(n.key, $4)) as alike from me, account_names n join accounts a on a.id = n.account_id
    where n.key % $4 and (me.role in ('DIRECTOR', 'FINANCE', 'ADMIN') or a.owner_id = me.id)
    group by n.account_id order by 2 desc limit 8)
  select (select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name) order by f.alike desc)
    from found f join accounts a on a.id = f.account_id) as names, best.facts
  from (select account_id from found order by alike desc limit 1) top
  cross join lateral (select ${FACTS} from accounts a left join users o on o.id = a.owner_id where a.id = top.account_id) best`

/** What the day of somebody holds: promises, meetings, and those whose outcome nobody has told. */
export const TODAY = `with me as materialized ${ASKER} select jsonb_build_object(
  'due', (select jsonb_agg(f) from (select f.id, f.what, f.due_on, f.due_time, a.name from follow_ups f left join accounts a on a.id = f.account_id
    where f.owner_id = me.id and f.status = 'OPEN' and f.due_on <= current_date order by f.due_on limit 200) f),
  'meetings', (select jsonb_agg(m) from (select m.id, m.day, m.starts_at, m.kind, a.name from meetings m join accounts a on a.id = m.account_id
    where m.author_id = me.id and m.status in ('PLANNED', 'HELD') and m.day between current_date and current_date + 1 order by m.day, m.starts_at) m),
  'untold', (select jsonb_agg(m) from (select m.id, m.day, m.kind, a.name from meetings m join accounts a on a.id = m.account_id
    where m.author_id = me.id and m.status = 'PLANNED' and m.day < current_date order by m.day desc limit 8) m),
  'waiting', (select jsonb_agg(d) from (select id, number, percent from discount_requests
    where waiting_for @> array[me.id] and state = 'PENDING' order by created_at limit 20) d)) as facts from me`
