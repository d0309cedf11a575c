// Monday, nine o'clock: 20,000 reminders fall due in the same minute on one process and PostgreSQL, 5,000 people on
// Telegram with one each and 300 on Slack with fifty each, while others ask. The real program talks to strict stand-ins
// with the platforms' limits switched on; each runs in a process of its own.
//   npm run monday:report                      in a database of its own beside the one of TEST_DATABASE_URL
//   npm run monday:report -- <url> [--small]   beside another one; --small: a tenth of the people, so that a question
//                                              meets a reminder in the same chat ten times as often
import { setTimeout as pause } from 'node:timers/promises'
import { type Database, openDatabase } from '../src/db/client.ts'
import { type Program, startProgram } from '../tests/support/program.ts'
import { figuresOf, logged } from './monday/figures.ts'
import { fill, planAll } from './monday/fill.ts'
import { type Remote, startPlatforms } from './monday/remote.ts'
import { FULL, rosterOf, SMALL, type Size } from './monday/roster.ts'
import { type Column, missed, tableOf } from './monday/table.ts'

/**
 * `warmUpMs`: the first answers of a young process are slow, and nobody's mark. `idleMs`: before the reminders and once
 * more after them, because whatever else the machine does comes and goes.
 */
type Plan = Readonly<{ size: Size; warmUpMs: number; idleMs: number; mostMs: number }>

const PLANS: Readonly<Record<'full' | 'small', Plan>> = {
  full: { size: FULL, warmUpMs: 10_000, idleMs: 45_000, mostMs: 15 * 60_000 },
  small: { size: SMALL, warmUpMs: 2_500, idleMs: 4_000, mostMs: 3 * 60_000 },
}
/** Rows are there before they are due, as in life. */
const AHEAD_MS = 5_000
const LOOK_EVERY_MS = 500
const WARNING = 40
const ERROR = 50

/** Whoever breaks it off leaves nothing behind either. */
const brokenOff = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => brokenOff.abort())
const wait = (ms: number) => pause(ms, undefined, { signal: brokenOff.signal })

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
    await report(await run(plan, { database, remote: platforms.remote }), database, program)
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

type Stage = Readonly<{ database: Database; remote: Remote }>

type Outcome = Readonly<{
  columns: readonly Column[]
  left: number
  problems: readonly string[]
  /** How late the measuring process was itself, in milliseconds. */
  own: readonly number[]
}>

async function run({ size, warmUpMs, idleMs, mostMs }: Plan, { database, remote }: Stage): Promise<Outcome> {
  const people = rosterOf(size)
  await asked(remote, () => wait(warmUpMs))
  const before = await asked(remote, () => wait(idleMs))
  const dueAt = new Date(Date.now() + AHEAD_MS)
  await planAll(database, people, dueAt)
  const ahead = dueAt.getTime() - Date.now()
  if (ahead < 0) print(`the rows were written ${-ahead} ms too late; lateness is counted all the same`)
  await wait(Math.max(ahead, 0))
  let left = 0
  const draining = await asked(remote, async () => {
    left = await drained(database, dueAt.getTime() + mostMs)
  })
  const after = await asked(remote, () => wait(idleMs))
  const { calls, problems } = await remote.written()
  const columns = (['TELEGRAM', 'SLACK'] as const).map((reached) => ({
    reached,
    figures: figuresOf(reached, people, calls, dueAt),
    idle: [...before.answers, ...after.answers],
    draining: draining.answers,
  }))
  return { columns, left, problems, own: [before, draining, after].map(({ loopP99Ms }) => loopP99Ms) }
}

/** Lets people ask while something goes on. */
async function asked(remote: Remote, during: () => Promise<unknown>) {
  await remote.ask()
  await during()
  return remote.rest()
}

async function report({ columns, left, problems, own }: Outcome, database: Database, program: Program) {
  const errors = logged(program.written(), ERROR, Number.POSITIVE_INFINITY)
  print(`${tableOf(columns)}\n`)
  print(`errors in the log: ${words(errors)}`)
  print(`warnings in the log: ${words(logged(program.written(), WARNING, ERROR))}`)
  print(
    `the measuring process was late itself, p99 before / while / after: ${own.map((ms) => ms.toFixed(0)).join(' / ')} ms`,
  )
  const broken = [
    ...missed(columns),
    ...(await wrongInRows(database, columns)),
    ...(left > 0 ? [`${left} reminders were not out in the end`] : []),
    ...(errors.size > 0 ? ['there are errors in the log'] : []),
    ...new Set(problems),
  ]
  for (const text of broken) print(`MISSED  ${text}`)
  if (broken.length > 0) process.exitCode = 1
}

/** What the program wrote down must be what the platforms saw. */
async function wrongInRows({ prisma }: Database, columns: readonly Column[]): Promise<readonly string[]> {
  const rows = await prisma.$queryRaw<{ platform: string; messages: number }[]>`
    select platform::text, count(distinct (chat, message))::int as messages
    from notices where kind = 'reminder' and state = 'SENT' group by platform`
  return columns.flatMap(({ reached, figures }) => {
    const noted = rows.find(({ platform }) => platform === reached)?.messages ?? 0
    return noted === figures.messages ? [] : [`${reached}: ${noted} messages are written down as sent`]
  })
}

const words = (texts: ReadonlyMap<string, number>) =>
  [...texts].map(([text, times]) => `${times} × ${text}`).join('; ') || 'none'

/** How many are left when all are out or the time is up. */
async function drained({ prisma }: Database, untilMs: number): Promise<number> {
  for (;;) {
    const left = await prisma.notice.count({ where: { kind: 'reminder', state: { not: 'SENT' } } })
    if (left === 0 || Date.now() > untilMs) return left
    await wait(LOOK_EVERY_MS)
  }
}

const given = process.argv.slice(2)
const server = given.find((word) => word.includes('://')) ?? process.env['TEST_DATABASE_URL']
if (server) await main(server, given.includes('--small') ? PLANS.small : PLANS.full)
else {
  print('usage: npm run monday:report -- <postgresql://…> [--small]')
  process.exitCode = 2
}
