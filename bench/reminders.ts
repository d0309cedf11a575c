// The program's own way from a reminder that is due to words that are handed over; run.ts starts it as a process.
import { setTimeout as pause } from 'node:timers/promises'
import { renderMessage } from '../src/bots/slack/render.ts'
import { speakerFor } from '../src/bots/speaker.ts'
import type { Push } from '../src/bots/ports.ts'
import { openDatabase } from '../src/db/client.ts'
import { unitOfWork } from '../src/db/unit-of-work.ts'
import { createNotices } from '../src/notices.ts'

const DEFAULTS = { language: 'en', timeZone: 'UTC', currency: 'EUR' } as const
const silent = () => undefined
const complain = (facts: object, text: string) =>
  void process.stderr.write(`${text} ${JSON.stringify(facts)}\n`)
const journal = { debug: silent, info: silent, warn: complain, error: complain, child: () => journal }

const [url = '', given = '1000'] = process.argv.slice(2)
const count = Number(given)
const database = await openDatabase({ url })
await database.migrate()
await fill()

const { promise: done, resolve } = Promise.withResolvers<void>()
let told = 0
const push: Push = async (to, reader, view, begin) => {
  if (!(await begin())) return { kind: 'unwanted' }
  JSON.stringify(renderMessage(view, speakerFor(reader)))
  told += 1
  if (told >= count) resolve()
  return { kind: 'sent', chat: to.externalId, message: String(told) }
}
const jobs = createNotices({
  database,
  work: unitOfWork(database, DEFAULTS),
  pushes: new Map([['TELEGRAM', push]]),
  defaults: DEFAULTS,
  journal,
  meter: { settled: silent, waiting: silent },
  now: () => new Date(),
})
const started = performance.now()
const cpu = process.cpuUsage()
jobs.start()
await done
const seconds = (performance.now() - started) / 1_000
const { user, system } = process.cpuUsage(cpu)
await settled()
await jobs.stop()
process.stdout.write(`${JSON.stringify({ count: told, seconds, cpuMs: (user + system) / 1_000 })}\n`)
await database.close()

/** One reminder each, all due for a minute. */
async function fill(): Promise<void> {
  const { prisma } = database
  await prisma.$executeRaw`
    insert into users (id, email, name, role, digest_at)
    select 'p' || n, 'p' || n || '@example.com', 'Person ' || n, 'KAM', 'OFF' from generate_series(1, ${count}::int) n`
  await prisma.$executeRaw`
    insert into identities (id, user_id, platform, external_id)
    select 'i' || n, 'p' || n, 'TELEGRAM', n::text from generate_series(1, ${count}::int) n`
  await prisma.$executeRaw`
    insert into follow_ups (id, owner_id, author_id, promised_by, what, due_on)
    select 'f' || n, 'p' || n, 'p' || n, 'US', 'send the quote ' || n, current_date from generate_series(1, ${count}::int) n`
  await prisma.$executeRaw`
    insert into notices (id, key, person_id, kind, subject, number, due_at, try_at)
    select 'n' || n, 'reminder:f' || n || ':1', 'p' || n, 'reminder', 'f' || n, 1, now() - interval '1 minute', now() - interval '1 minute'
    from generate_series(1, ${count}::int) n`
  await prisma.$executeRaw`analyze`
}

/** What was handed over is also written down as such, each once. */
async function settled(): Promise<void> {
  for (let left = count; left > 0; ) {
    await pause(100)
    left = await database.prisma.notice.count({ where: { state: { not: 'SENT' } } })
  }
}
