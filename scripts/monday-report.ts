// Monday, nine o'clock: 20,000 reminders fall due in the same minute on one process and PostgreSQL, 5,000 people on
// Telegram with one each and 300 on Slack with fifty each, while others ask. The real program talks to strict stand-ins
// with the platforms' limits switched on; each runs in a process of its own.
//   npm run monday:report                      in a database of its own beside the one of TEST_DATABASE_URL
//   npm run monday:report -- <url> [--small]   beside another one; --small: a tenth of the people
import { setTimeout as pause } from 'node:timers/promises'
import { type Database, openDatabase } from '../src/db/client.ts'
import { type Program, startProgram } from '../tests/support/program.ts'
import { figuresOf, logged } from './monday/figures.ts'
import { fill, planAll } from './monday/fill.ts'
import { type Remote, startPlatforms } from './monday/remote.ts'
import { FULL, rosterOf, SMALL, type Size } from './monday/roster.ts'
import { type Column, missed, tableOf } from './monday/table.ts'

/** `warmUpMs`: the first answers of a young process are slow, and nobody's mark. */
type Plan = Readonly<{ size: Size; warmUpMs: number; idleMs: number; mostMs: number }>

const PLANS: Readonly<Record<'full' | 'small', Plan>> = {
  full: { size: FULL, warmUpMs: 10_000, idleMs: 60_000, mostMs: 15 * 60_000 },
  small: { size: SMALL, warmUpMs: 5_000, idleMs: 12_000, mostMs: 3 * 60_000 },
}
/** Rows are there before they are due, as in life. */
const AHEAD_MS = 5_000
const LOOK_EVERY_MS = 500
const WARNING = 40
const ERROR = 50

const print = (text: string) => process.stdout.write(`${text}\n`)

async function main(server: string, plan: Plan): Promise<void> {
  const own = new URL(server)
  own.pathname = `/kamerton_monday_${process.pid}`
  const name = own.pathname.slice(1)
  const admin = await openDatabase({ url: server })
  await admin.prisma.$executeRawUnsafe(`create database ${name}`)
  const platforms = startPlatforms()
  const database = await openDatabase({ url: own.href })
  let program: Program | null = null
  try {
    const { workspace, env } = await platforms.remote.start(plan.size)
    await database.migrate()
    await fill(database, rosterOf(plan.size), workspace)
    program = startProgram(['serve'], { ...env, DATABASE_URL: own.href, PORT: '0' })
    const [, address = ''] = await program.says(/Kamerton is ready on (\S+)/)
    await platforms.remote.connect(address)
    await run(plan, { database, remote: platforms.remote, program })
  } finally {
    program?.child.kill('SIGTERM')
    await program?.ended
    await platforms.remote.stop().catch(() => undefined)
    platforms.end()
    await database.close()
    await admin.prisma.$executeRawUnsafe(`drop database ${name} with (force)`)
    await admin.close()
  }
}

type Stage = Readonly<{ database: Database; remote: Remote; program: Program }>

async function run({ size, warmUpMs, idleMs, mostMs }: Plan, { database, remote, program }: Stage) {
  const people = rosterOf(size)
  await remote.ask()
  await pause(warmUpMs)
  await remote.rest()
  await remote.ask()
  await pause(idleMs)
  const idle = await remote.rest()

  const dueAt = new Date(Date.now() + AHEAD_MS)
  await planAll(database, people, dueAt)
  const planned = dueAt.getTime() - Date.now()
  if (planned < 0) print(`the rows were written ${-planned} ms too late; lateness is counted all the same`)
  await pause(Math.max(planned, 0))
  await remote.ask()
  const left = await drained(database, dueAt.getTime() + mostMs)
  const draining = await remote.rest()
  const { calls, problems } = await remote.written()

  const columns = (['TELEGRAM', 'SLACK'] as const).map(
    (reached): Column => ({
      reached,
      figures: figuresOf(reached, people, calls, dueAt),
      idle: idle.answers,
      draining: draining.answers,
    }),
  )
  const errors = logged(program.written(), ERROR, Number.POSITIVE_INFINITY)
  print(`${tableOf(columns)}\n`)
  print(`errors in the log: ${words(errors)}`)
  print(`warnings in the log: ${words(logged(program.written(), WARNING, ERROR))}`)
  print(
    `the measuring process itself was late at p99: ${whole(idle.loopP99Ms)} ms idle, ${whole(draining.loopP99Ms)} ms draining`,
  )
  if (process.env['MONDAY_DUMP'])
    (await import('node:fs')).writeFileSync(
      process.env['MONDAY_DUMP'],
      JSON.stringify({ dueAt, calls, draining, idle, log: program.written() }),
    )
  const broken = [
    ...missed(columns),
    ...(left > 0 ? [`${left} reminders were not out in the end`] : []),
    ...(errors.size > 0 ? ['there are errors in the log'] : []),
    ...new Set(problems),
  ]
  for (const text of broken) print(`MISSED  ${text}`)
  if (broken.length > 0) process.exitCode = 1
}

const whole = (ms: number) => ms.toFixed(0)
const words = (texts: ReadonlyMap<string, number>) =>
  [...texts].map(([text, times]) => `${times} × ${text}`).join('; ') || 'none'

/** How many are left when all are out or the time is up. */
async function drained({ prisma }: Database, untilMs: number): Promise<number> {
  for (;;) {
    const left = await prisma.notice.count({ where: { kind: 'reminder', state: { not: 'SENT' } } })
    if (left === 0 || Date.now() > untilMs) return left
    await pause(LOOK_EVERY_MS)
  }
}

const given = process.argv.slice(2)
const server = given.find((word) => word.includes('://')) ?? process.env['TEST_DATABASE_URL']
if (server) await main(server, given.includes('--small') ? PLANS.small : PLANS.full)
else {
  print('usage: npm run monday:report -- <postgresql://…> [--small]')
  process.exitCode = 2
}
