import { Prisma } from '../../prisma/generated/client.ts'
import type { Commitment } from '../domain/discounts/commitment.ts'
import type { DiscountStore } from '../domain/discounts/discount-store.ts'
import { isoOf, timestamp } from './instants.ts'
import type { Queries } from './queries.ts'

const { sql } = Prisma

export type CommitmentStore = Pick<
  DiscountStore,
  | 'addCommitments'
  | 'commitment'
  | 'commitmentsOf'
  | 'settleCommitment'
  | 'delayCommitment'
  | 'voidCommitments'
  | 'score'
>

const COMMITMENT = sql`c.id, c.kind::text as kind, c.what, to_char(c.due_on, 'YYYY-MM-DD') as "dueOn",
  c.request_id as "requestId", d.number as "requestNumber", d.requester_id as "requesterId",
  jsonb_build_object('id', a.id, 'name', a.name) as account, c.state::text as state, c.delays,
  ${isoOf(sql`c.checked_at`)} as "checkedAt"
  from client_commitments c join discount_requests d on d.id = c.request_id join accounts a on a.id = c.account_id`

export function commitmentStore(db: Queries, newId: () => string): CommitmentStore {
  const find = (condition: Prisma.Sql) => db.$queryRaw<Commitment[]>`select ${COMMITMENT} ${condition}`
  const ofRequest = (id: string) => find(sql`where c.request_id = ${id} order by c.due_on, c.id`)
  return {
    async addCommitments({ id, account }, gives) {
      for (const { kind, what, dueOn } of gives)
        await db.$executeRaw`
          insert into client_commitments (id, request_id, account_id, kind, what, due_on)
          values (${newId()}, ${id}, ${account.id}, ${kind}::commitment_kind, ${what}, ${dueOn}::date)`
      return ofRequest(id)
    },

    commitment: async (id) => (await find(sql`where c.id = ${id}`))[0] ?? null,
    commitmentsOf: ofRequest,

    async settleCommitment(id, state, by, at) {
      const settled = await db.$executeRaw`
        update client_commitments set state = ${state}::commitment_state, checked_by = ${by}, checked_at = ${timestamp(at)}
        where id = ${id} and state = 'OPEN'`
      return settled > 0
    },

    async delayCommitment({ id, delays }, dueOn) {
      const delayed = await db.$executeRaw`
        update client_commitments set due_on = ${dueOn}::date, delays = delays + 1
        where id = ${id} and state = 'OPEN' and delays = ${delays}`
      return delayed > 0
    },

    async voidCommitments(requestId, by, at) {
      await db.$executeRaw`
        update client_commitments set state = 'VOID', checked_by = ${by}, checked_at = ${timestamp(at)}
        where request_id = ${requestId} and state = 'OPEN'`
    },

    async score(accountId, today) {
      const count = (condition: Prisma.Sql) => sql`(count(*) filter (where ${condition}))::int`
      const [row] = await db.$queryRaw<{ kept: number; broken: number; open: number; overdue: number }[]>`
        select ${count(sql`state = 'KEPT'`)} as kept, ${count(sql`state = 'BROKEN'`)} as broken,
          ${count(sql`state = 'OPEN'`)} as open,
          ${count(sql`state = 'OPEN' and due_on < ${today}::date`)} as overdue
        from client_commitments where account_id = ${accountId}`
      return row ?? { kept: 0, broken: 0, open: 0, overdue: 0 }
    },
  }
}
