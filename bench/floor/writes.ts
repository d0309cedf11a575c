// Bare transactions that write the same rows as the program does, one statement for each table.
import type { FloorDatabase } from './database.ts'

type Who = readonly [platform: string, workspace: string, id: string]
type Logging = Readonly<{ who: Who; key: string; update: string; said: string }>
type Approving = Readonly<{ who: Who; id: string; update: string }>

const USER = `(select user_id from identities where platform = $1::platform and workspace = $2 and external_id = $3)`
const NOTED = `insert into inbound_updates (platform, key, chat, done_at) values ('SLACK', $1, 'C1', now())`
const MEETING = `insert into meetings (id, account_id, author_id, kind, status, day, starts_at, mood, notes, said)
  select $5, a.id, me.user_id, 'MEETING', 'HELD', current_date - 1, current_date - interval '9 hours', 'GOOD', 'discussed the price list', $6
  from ${USER} me, account_names n join accounts a on a.id = n.account_id where n.key = $4 and a.owner_id = me.user_id
  returning account_id, author_id, (select name from accounts where id = account_id)`
const PROMISE = `insert into follow_ups (id, account_id, meeting_id, owner_id, author_id, promised_by, what, due_on, remind_at)
  values ($1, $2, $3, $4, $4, 'US', 'send the quote', current_date + 1, current_date + interval '33 hours')`
const REMINDER = `insert into notices (id, key, person_id, kind, subject, number, due_at, try_at)
  values ($1, $2, $3, 'reminder', $4, 1, current_date + interval '33 hours', current_date + interval '33 hours')`
const AUDITED = `insert into audit_entries (actor_id, channel, action, subject, before, after)
  select $1, 'slack', action, subject, before, after
  from jsonb_to_recordset($2::jsonb) as x(action text, subject text, before jsonb, after jsonb)`

type Logged = Readonly<{ account_id: string; author_id: string; name: string }>

export function logMeeting(database: FloorDatabase, { who, key, update, said }: Logging): Promise<string> {
  const [meeting, promise] = [crypto.randomUUID(), crypto.randomUUID()]
  return database.together(async (ask) => {
    await ask('noted', NOTED, [update])
    const logged = await ask<Logged>('meeting', MEETING, [...who, key, meeting, said])
    if (!logged) throw new Error('no such account')
    const { account_id: account, author_id: author, name } = logged
    await ask('promise', PROMISE, [promise, account, meeting, author])
    await ask('reminder', REMINDER, [crypto.randomUUID(), `reminder:${promise}:1`, author, promise])
    const after = { account, kind: 'MEETING', mood: 'GOOD', notes: 'discussed the price list', said }
    const audit = [
      { action: 'meeting.log', subject: meeting, after },
      { action: 'followup.add', subject: promise, after: { ...after, what: 'send the quote' } },
    ]
    await ask('audited', AUDITED, [author, JSON.stringify(audit)])
    return name
  })
}

const HELD = `select d.body, d.requester_id, d.account_id, a.name, ${USER} as actor
  from discount_requests d join accounts a on a.id = d.account_id where d.id = $4 and d.state = 'PENDING' for update of d`
const GRANTED = `update discount_requests set state = 'GRANTED', version = version + 1, waiting_for = '{}', next_at = null,
  decided_at = now(), changed_at = now(), body = $2::jsonb where id = $1`
const VOTED = `insert into approval_votes (request_id, step_id, slot, seat_id, actor_id, verdict, channel, at)
  values ($1, '1.1', 1, $2, $2, 'approve', 'slack', now())`
const PROMISED = `insert into client_commitments (id, request_id, account_id, kind, what, due_on)
  values ($1, $2, $3, 'PREPAYMENT', '50% prepaid', current_date + 300)`
const TOLD = `insert into notices (id, key, person_id, kind, subject, number, due_at, try_at)
  select key, key, $1, 'discount', $2, 2, now() + interval '300 days', now() + interval '300 days' from unnest($3::text[]) key`
const DROPPED = `update notices set state = 'DROPPED' where subject = $1 and kind in ('approval', 'nudge')`

type Held = Readonly<{ body: object; requester_id: string; account_id: string; name: string; actor: string }>

export function approve(database: FloorDatabase, { who, id, update }: Approving): Promise<string> {
  return database.together(async (ask) => {
    await ask('noted', NOTED, [update])
    const held = await ask<Held>('held', HELD, [...who, id])
    if (!held) throw new Error('not pending')
    const { body, requester_id: requester, account_id: account, name, actor } = held
    const commitment = crypto.randomUUID()
    await ask('granted', GRANTED, [id, JSON.stringify({ ...body, state: 'GRANTED', version: 2 })])
    await ask('voted', VOTED, [id, actor])
    await ask('promised', PROMISED, [commitment, id, account])
    await ask('dropped', DROPPED, [id])
    await ask('told', TOLD, [requester, id, [`discount:${id}`, `ending:${id}`, `commitment:${commitment}`]])
    const audit = [
      { action: 'discount.approve', subject: id, before: body, after: { ...body, state: 'GRANTED' } },
    ]
    await ask('audited', AUDITED, [actor, JSON.stringify(audit)])
    return name
  })
}
