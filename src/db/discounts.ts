import { Prisma } from '../../prisma/generated/client.ts'
import type { CastVote, DiscountStore } from '../domain/discounts/discount-store.ts'
import type { DiscountRequest } from '../domain/discounts/request.ts'
import { nextChangeAt, waitingFor } from '../domain/discounts/rounds.ts'
import type { Money } from '../domain/shared/money.ts'
import { type CommitmentStore, commitmentStore } from './commitments.ts'
import { timestamp } from './instants.ts'
import { officeOf, seatsUsedBy, type StandIns, standInsOn } from './office.ts'
import type { Queries } from './queries.ts'

type Row = Readonly<{ request: DiscountRequest }>

const { sql } = Prisma

/** The body as it was written, with the names that hold today. */
const REQUEST = sql`d.body || jsonb_build_object('number', d.number,
  'account', jsonb_build_object('id', a.id, 'name', a.name),
  'requester', jsonb_build_object('id', u.id, 'name', u.name)) as request
  from discount_requests d join accounts a on a.id = d.account_id join users u on u.id = d.requester_id`

export function discountStore(db: Queries, newId: () => string, timeZone: string): DiscountStore {
  const find = async (condition: Prisma.Sql) => {
    const rows = await db.$queryRaw<Row[]>`select ${REQUEST} ${condition}`
    return rows.map(({ request }) => request)
  }
  const one = async (condition: Prisma.Sql) => (await find(condition))[0] ?? null
  const commitments: CommitmentStore = commitmentStore(db, newId)

  return {
    ...commitments,
    newId,

    async holdAccount(accountId) {
      await db.$queryRaw`select pg_advisory_xact_lock(hashtext('discounts of ' || ${accountId}))::text`
    },

    async add(request) {
      const [row] = await db.$queryRaw<{ number: number }[]>`
        insert into discount_requests (id, account_id, requester_id, created_at, ${COLUMNS})
        values (${request.id}, ${request.account.id}, ${request.requester.id}, ${timestamp(request.createdAt)},
          ${valuesOf(request)})
        returning number`
      return { ...request, number: row?.number ?? 0 }
    },

    find: (id) => one(sql`where d.id = ${id}`),
    byIds: (ids) => find(sql`where d.id = any(${[...ids]}::text[])`),
    async hold(id) {
      // The account first, as whoever files does; not its row, which an import may hold for long.
      await db.$queryRaw`select pg_advisory_xact_lock(hashtext('discounts of ' || account_id))::text
        from discount_requests where id = ${id}`
      return one(sql`where d.id = ${id} for update of d`)
    },

    async save(before, after, vote) {
      const moved = await db.$queryRaw<{ id: string }[]>`
        with moved as (
          update discount_requests set (${COLUMNS}) = (${valuesOf(after)})
          where id = ${before.id} and version = ${before.version} returning id)
        ${vote ? casting(before.id, vote, after) : Prisma.empty}
        select id from moved`
      return moved.length > 0
    },

    waitingFor: (seats, limit) =>
      find(sql`where d.waiting_for && ${[...seats]}::text[] and d.state = 'PENDING'
        order by d.created_at, d.id limit ${limit}`),

    askedBy: (people, limit) =>
      find(sql`where d.requester_id = any(${[...people]}::text[])
        order by d.state not in ('PENDING', 'COUNTERED'), d.changed_at desc, d.id limit ${limit}`),

    ofAccount: (accountId, limit) =>
      find(sql`where d.account_id = ${accountId}
        order by d.state not in ('PENDING', 'COUNTERED'), d.created_at desc, d.id limit ${limit}`),

    sameSubject: (accountId, { dealId, productId }, today) =>
      one(sql`where d.account_id = ${accountId}
        -- A deal and the product that it is about are the same; two deals about one product are not.
        and (d.deal_id = ${dealId} or (d.product_id = ${productId} and (d.deal_id is null or ${dealId}::text is null)))
        and (d.state in ('PENDING', 'COUNTERED') or (d.state = 'GRANTED' and d.last_day >= ${today}::date))
        order by d.state = 'GRANTED', d.created_at desc limit 1`),

    async grantedSince(accountId, since) {
      const sums = await db.$queryRaw<(Money & { count: number })[]>`
        select currency, sum(list_amount - net_amount)::text as amount, count(*)::int as count
        from discount_requests
        where account_id = ${accountId} and state in ('GRANTED', 'REVOKED') and decided_at >= ${timestamp(since)}
        group by currency order by currency`
      return {
        count: sums.reduce((total, { count }) => total + count, 0),
        amount: sums.map(({ amount, currency }) => ({ amount, currency })),
      }
    },

    async due(now, limit) {
      const rows = await db.$queryRaw<{ id: string }[]>`
        select id from discount_requests where next_at <= ${timestamp(now)} order by next_at limit ${limit}`
      return rows.map(({ id }) => id)
    },

    async over(now, limit) {
      // In the westernmost zone the day after has begun by noon in UTC.
      const rows = await db.$queryRaw<{ id: string }[]>`
        select d.id from discount_requests d join users u on u.id = d.requester_id
        where d.state in ('PENDING', 'COUNTERED')
          and (not u.active or d.last_day <= (${timestamp(now)} - interval '36 hours')::date)
        order by d.id limit ${limit}`
      return rows.map(({ id }) => id)
    },

    async withAbsent(now, limit) {
      const standIns = await standInsOn(db, now, timeZone)
      if (standIns.size === 0) return []
      const rows = await db.$queryRaw<{ id: string }[]>`
        with stand_ins as (${pairsOf(standIns)})
        select d.id from discount_requests d
        where d.state = 'PENDING' and d.waiting_for && ${[...standIns.keys()]}::text[] and exists (${UNTOLD})
        order by d.id limit ${limit}`
      return rows.map(({ id }) => id)
    },

    async stranded(now, limit) {
      const rows = await db.$queryRaw<{ id: string }[]>`
        with stand_ins as (${pairsOf(await standInsOn(db, now, timeZone))})
        select d.id from discount_requests d, jsonb_array_elements(d.body -> 'steps') step
        where d.state = 'PENDING' and step ->> 'state' = 'OPEN' and not exists (${SERVED})
          and jsonb_array_length(step -> 'seats') > 0
        group by d.id order by d.id limit ${limit}`
      return rows.map(({ id }) => id)
    },

    office: (requester, at) => officeOf(db, requester, { ...at, timeZone }),
    seatsOf: (person, now) => seatsUsedBy(db, person, now, timeZone),
  }
}

/** One row for each who stands in, with their place in the line. */
function pairsOf(standIns: StandIns): Prisma.Sql {
  const pairs = [...standIns].flatMap(([absent, chain]) => chain.map((person) => [absent, person] as const))
  return sql`select * from unnest(${pairs.map(([absent]) => absent)}::text[],
    ${pairs.map(([, person]) => person)}::text[]) with ordinality as pairs(absent, person, place)`
}

/** The last who stands in at an open step and may decide, in the words of readerOf() and telling(), does not know yet. */
const UNTOLD = sql`
  select 1 from jsonb_array_elements(d.body -> 'steps') step
  cross join jsonb_array_elements(step -> 'seats') seat
  cross join lateral (
    select s.person from stand_ins s
    where s.absent = seat ->> 'id' and s.person <> d.requester_id
      and not d.body -> 'authors' @> to_jsonb(s.person) and not exists (
      select 1 from stand_ins own where own.absent = d.requester_id and own.person = s.person)
    order by s.place desc limit 1) reader
  where step ->> 'state' = 'OPEN'
    and not step -> 'votes' @> jsonb_build_array(jsonb_build_object('seat', seat -> 'id'))
    and not step -> 'told' @> to_jsonb((seat ->> 'id') || '>' || reader.person)`

/** Somebody is there for one of its seats and may decide, in the words of isServed() and, for roles, of holdsSeat(). */
const SERVED = sql`
  select 1 from jsonb_array_elements(step -> 'seats') seat
  -- The one who has the seat, before anything is asked of them: without the offset everybody is asked, for each request.
  cross join lateral (select * from users where id = seat ->> 'id' offset 0) u
  cross join lateral (
    select coalesce((select s.person from stand_ins s where s.absent = u.id order by s.place desc limit 1), u.id) as id
  ) present
  where u.active and coalesce(seat #>> '{by,role}', u.role::text) = u.role::text
    and present.id <> d.requester_id and not d.body -> 'authors' @> to_jsonb(present.id)
    and not exists (select 1 from stand_ins own where own.absent = d.requester_id and own.person = present.id)`

const COLUMNS = sql`product_id, deal_id, state, percent, list_amount, net_amount, currency, last_day, round, version,
  policy_version, waiting_for, next_at, decided_at, body, changed_at`

function valuesOf(request: DiscountRequest): Prisma.Sql {
  const { terms, state, round, version, policyVersion, decision, changedAt } = request
  const { subject, percent, list, net, lastDay } = terms
  // A withdrawn term was granted before: its day of decision stays the day on which it was.
  const decidedAt = state === 'REVOKED' ? sql`decided_at` : timestamp(decision?.at ?? null)
  return sql`${subject.productId}, ${subject.dealId}, ${state}::discount_state, ${percent}::numeric,
    ${list.amount}::numeric, ${net.amount}::numeric, ${list.currency}, ${lastDay}::date, ${round}, ${version},
    ${policyVersion}, ${[...waitingFor(request)]}::text[], ${timestamp(nextChangeAt(request))}, ${decidedAt},
    ${JSON.stringify(request)}::jsonb, ${timestamp(changedAt)}`
}

const casting = (request: string, vote: CastVote, { changedAt }: DiscountRequest): Prisma.Sql => sql`,
  cast_vote as (
    insert into approval_votes (request_id, step_id, slot, seat_id, actor_id, verdict, channel, at)
    select ${request}, ${vote.stepId}, ${vote.slot}::int, ${vote.seatId}, ${vote.actorId}, ${vote.verdict},
      ${vote.channel}, ${timestamp(changedAt)} from moved)`
