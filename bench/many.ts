import { setTimeout as pause } from 'node:timers/promises'
import { addressOf } from './answers.ts'
import { ACCOUNTS_EACH, people } from './data/fill.ts'
import { copyOf, drop, withClient } from './data/postgres.ts'
import { type Figures, type Plan, sliced } from './measure.ts'
import { type Child, freePort, launch, type Load, startKamerton } from './processes.ts'

export type Many = Readonly<{
  processes: number
  figures: Figures
  reminders: Readonly<{ planned: number; came: number; twice: number }>
}>

const ACCOUNTS = 100_000
const REMINDERS = 150
const MOST_WAIT_MS = 120_000

/** One, two and four processes on one PostgreSQL behind one address. */
export async function many(load: Load, accounts = ACCOUNTS): Promise<Many[]> {
  const results: Many[] = []
  for (const processes of [1, 2, 4]) {
    const copy = await copyOf(accounts)
    const running: Child[] = []
    try {
      for (let n = 0; n < processes; n += 1) running.push(await startKamerton(copy, load.address))
      const servers = [...running]
      const balance = await balanced(servers)
      running.push(balance)
      results.push(
        await withClient(copy.url, async (client) => {
          const plan: Plan = {
            run: 'exact',
            database: 'postgresql',
            accounts,
            inFlight: 16,
            slices: 1,
            ms: 6_000,
          }
          const target = {
            side: 'kamerton',
            url: addressOf(balance),
            pids: servers.map(({ pid }) => pid),
          } as const
          await sliced({ load, client }, plan, target, 4_000)
          const figures = await sliced({ load, client }, plan, target, plan.ms)
          await client.query(PLAN, [Math.min(REMINDERS, people(accounts))])
          return {
            processes,
            figures,
            reminders: await remindersOf(load, Math.min(REMINDERS, people(accounts))),
          }
        }),
      )
    } finally {
      await Promise.all(running.map((child) => child.stop()))
      await drop(copy.name)
    }
  }
  return results
}

/** Each of another person, all due at once, to be told in Telegram. */
const PLAN = `with made as (
    insert into follow_ups (id, account_id, owner_id, author_id, promised_by, what, due_on)
    select 'r' || n, 'a' || n * ${ACCOUNTS_EACH}, 'k' || n, 'k' || n, 'US', 'send the quote r' || n, current_date from generate_series(0, $1::int - 1) n),
  reached as (update users set preferred_chat = 'TELEGRAM' where role = 'KAM' and substr(id, 2)::int < $1::int)
  insert into notices (id, key, person_id, kind, subject, number, due_at, try_at)
  select 'r' || n, 'reminder:r' || n || ':1', 'k' || n, 'reminder', 'r' || n, 1, now(), now() from generate_series(0, $1::int - 1) n`

async function remindersOf(load: Load, planned: number): Promise<Many['reminders']> {
  await load.reminders('forget')
  const until = performance.now() + MOST_WAIT_MS
  let came: readonly number[] = []
  // A while longer than the last one takes: a second copy would come after the first.
  for (let calm = 0; calm < 10 && performance.now() < until; ) {
    await pause(500)
    came = Object.values(await load.reminders('count'))
    calm = came.length >= planned ? calm + 1 : 0
  }
  return { planned, came: came.length, twice: came.filter((times) => times > 1).length }
}

async function balanced(servers: readonly Child[]): Promise<Child> {
  const port = await freePort()
  const args = ['bench/balance.ts', String(port), ...servers.map((server) => String(server.port))]
  return launch({ args, env: {}, ready: /^ready on/m, port })
}
