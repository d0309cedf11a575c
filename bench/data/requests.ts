import { createApp } from '../../src/app.ts'
import { loadConfig } from '../../src/config.ts'
import { type Database } from '../../src/db/client.ts'
import { WORKSPACE } from './fill.ts'
import { accountOf, requesterOf } from './request-ids.ts'

const QUIET = { LOG_LEVEL: 'error' }

/** Requests `q0` … that wait for the first manager, who has been told: one that was really filed, and copies of it. */
export async function addRequests(database: Database, count: number): Promise<void> {
  const { prisma } = database
  const filed = await file(database)
  const numbers = Array.from({ length: count }, (_, n) => n)
  const requesters = numbers.map((n) => `k${requesterOf(n)}`)
  const accounts = numbers.map((n) => `a${accountOf(n)}`)
  await prisma.$executeRaw`
    insert into discount_requests (id, account_id, requester_id, product_id, state, percent, list_amount, net_amount,
      currency, last_day, round, version, policy_version, waiting_for, next_at, created_at, changed_at, body)
    select 'q' || n, account, requester, product_id, state, percent, list_amount, net_amount,
      currency, last_day, round, version, policy_version, waiting_for, next_at, created_at, changed_at,
      replace(body::text, ${filed}::text, 'q' || n)::jsonb
        || jsonb_build_object('account', jsonb_build_object('id', account, 'name', ''),
          'requester', jsonb_build_object('id', requester, 'name', ''))
    from discount_requests, unnest(${numbers}::int[], ${requesters}::text[], ${accounts}::text[]) c(n, requester, account)
    where id = ${filed}`
  await prisma.$executeRaw`
    insert into notices (id, key, person_id, kind, subject, number, due_at, try_at, state)
    select id || n, replace(key, ${filed}::text, 'q' || n), person_id, kind, 'q' || n, number, due_at,
      try_at + interval '1 year', (case kind when 'approval' then 'SENT' else 'WAITING' end)::notice_state
    from notices, generate_series(0, ${count - 1}::int) n where subject = ${filed}`
  await prisma.$executeRaw`delete from notices where subject = ${filed}`
  await prisma.$executeRaw`delete from discount_requests where id = ${filed}`
  await prisma.$executeRaw`analyze discount_requests, notices`
}

/** By the program itself, so that every part of it is as it must be. */
async function file(database: Database): Promise<string> {
  const kept = { ...database, close: async () => undefined }
  const { dispatcher } = await createApp(loadConfig(QUIET), { database: kept, jobs: 'off' })
  const year = new Date().getUTCFullYear() + 1
  const { answer } = await dispatcher.dispatch({
    channel: 'slack',
    identity: { platform: 'SLACK', workspace: WORKSPACE, externalId: 'UK0' },
    key: 'bench-request',
    chat: 'D1',
    audience: 'asker',
    act: {
      kind: 'submit',
      command: 'discount',
      values: {
        account: 'a0',
        product: 'p1',
        price: '12%',
        reason: 'a rival offers less',
        give: `50% prepaid by 1 December ${year}`,
      },
    },
  })
  const filed = await database.prisma.discountRequest.findFirst({ select: { id: true, waitingFor: true } })
  if (!filed?.waitingFor.includes('m0')) throw new Error(`no request was filed: ${JSON.stringify(answer)}`)
  return filed.id
}
