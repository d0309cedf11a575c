// How fast due reminders are claimed, put into words and handed over, and how they drain at the platforms' legal rates.
//   npm run notices:report                 20,000 reminders; into DATABASE_URL (an empty database), else PGlite in memory
//   npm run notices:report -- 5000         another number
import { setTimeout as pause } from 'node:timers/promises'
import type { Push } from '../src/bots/ports.ts'
import { speakerFor } from '../src/bots/speaker.ts'
import { renderMessage } from '../src/bots/slack/render.ts'
import { createPGlite, type Database, openDatabase } from '../src/db/client.ts'
import { newId } from '../src/db/new-id.ts'
import { noticeStore } from '../src/db/notices.ts'
import { unitOfWork } from '../src/db/unit-of-work.ts'
import type { Platform } from '../src/domain/shared/actor.ts'
import { createNotices } from '../src/notices.ts'

const DEFAULTS = { language: 'en', timeZone: 'Europe/Moscow', currency: 'EUR' } as const
const CHUNK = 5_000
const print = (text: string) => process.stdout.write(`${text}\n`)
const silent = () => undefined
const journal = { debug: silent, info: silent, warn: print2, error: print2, child: () => journal }
function print2(facts: object, text: string): void {
  print(`${text} ${JSON.stringify(facts)}`)
}

/** `each`: how many reminders of one person; more than three are one message. */
type Load = Readonly<{
  title: string
  count: number
  each: number
  platform: Platform
  perSecond: number | null
}>

async function main(count: number): Promise<void> {
  const url = process.env['DATABASE_URL']
  const database = await openDatabase(url ? { url } : { pglite: await createPGlite() })
  try {
    await database.migrate()
    print(`${database.kind}, ${count} reminders due in the same minute\n`)
    await run(database, {
      title: 'one each, instant platform',
      count,
      each: 1,
      platform: 'TELEGRAM',
      perSecond: null,
    })
    await run(database, {
      title: 'three each, instant platform',
      count,
      each: 3,
      platform: 'TELEGRAM',
      perSecond: null,
    })
    await run(database, {
      title: 'fifty each, instant platform',
      count,
      each: 50,
      platform: 'TELEGRAM',
      perSecond: null,
    })
    const [few, many] = [Math.min(count, 900), Math.min(count, 5_000)]
    await run(database, {
      title: 'one each, Telegram’s pace',
      count: few,
      each: 1,
      platform: 'TELEGRAM',
      perSecond: 30,
    })
    await run(database, {
      title: 'fifty each, Slack’s pace',
      count: many,
      each: 50,
      platform: 'SLACK',
      perSecond: 5,
    })
  } finally {
    await database.close()
  }
}

async function run(database: Database, load: Load): Promise<void> {
  const people = await fill(database, load)
  const answers: number[] = []
  const platform = pacedBy(load.perSecond)
  const jobs = createNotices({
    database,
    work: unitOfWork(database, DEFAULTS),
    pushes: new Map([[load.platform, platform.push]]),
    defaults: DEFAULTS,
    journal,
    meter: { settled: silent, waiting: silent },
    now: () => new Date(),
  })
  const asking = new AbortController()
  const asked = askMeanwhile(database, people, answers, asking.signal)
  const started = performance.now()
  jobs.start()
  let left = load.count
  while (left > 0) {
    await pause(100)
    left = await database.prisma.notice.count({ where: { kind: 'reminder', state: { not: 'SENT' } } })
  }
  const seconds = (performance.now() - started) / 1_000
  asking.abort()
  await asked
  await jobs.stop()
  const at = (share: number) =>
    answers.toSorted((a, b) => a - b)[Math.floor(answers.length * share)]?.toFixed(0) ?? '–'
  print(
    `${load.title.padEnd(32)} ${seconds.toFixed(1).padStart(6)} s  ${(load.count / seconds).toFixed(0).padStart(6)} reminders/s  ` +
      `${platform.taken()} messages, ${platform.refused()} put off, ` +
      `a question meanwhile: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${answers.length}`,
  )
}

/** A bot that takes so many a second, each after 80 ms, and puts off what would wait longer than nine seconds. */
function pacedBy(perSecond: number | null) {
  let free = 0
  let taken = 0
  let refused = 0
  const push: Push = async (to, reader, view, begin) => {
    renderMessage(view, speakerFor(reader))
    if (perSecond !== null) {
      const turn = Math.max(free, performance.now())
      const wait = turn - performance.now()
      if (wait > 9_000) {
        refused += 1
        return { kind: 'later', afterMs: wait, reason: 'busy' }
      }
      free = turn + 1_000 / perSecond
      await pause(wait)
    }
    if (!(await begin())) return { kind: 'unwanted' }
    if (perSecond !== null) await pause(80)
    taken += 1
    return { kind: 'sent', chat: to.externalId, message: String(taken) }
  }
  return { push, taken: () => taken, refused: () => refused }
}

/** Ten times a second somebody writes, and the database must say who they are. */
async function askMeanwhile(
  database: Database,
  people: readonly string[],
  answers: number[],
  signal: AbortSignal,
): Promise<void> {
  const { receive } = unitOfWork(database, DEFAULTS)
  for (let turn = 0; !signal.aborted; turn += 1) {
    const externalId = people[turn % people.length] ?? ''
    const asked = performance.now()
    await receive(
      { key: newId(), chat: 'c', identity: { platform: 'TELEGRAM', workspace: '', externalId } },
      new Date(),
    )
    answers.push(performance.now() - asked)
    await pause(100)
  }
}

async function fill({ prisma }: Database, { count, each, platform }: Load): Promise<string[]> {
  await prisma.notice.deleteMany()
  await prisma.user.deleteMany()
  const people = Array.from({ length: Math.ceil(count / each) }, (_, index) => `p${index}`)
  const inChunks = async <Row>(rows: readonly Row[], write: (chunk: Row[]) => Promise<unknown>) => {
    for (let from = 0; from < rows.length; from += CHUNK) await write(rows.slice(from, from + CHUNK))
  }
  await inChunks(people, (ids) =>
    prisma.user.createMany({
      data: ids.map((id) => ({ id, name: id, email: `${id}@example.com`, role: 'KAM', digestAt: 'OFF' })),
    }),
  )
  await inChunks(people, (ids) =>
    prisma.identity.createMany({ data: ids.map((id) => ({ id, userId: id, platform, externalId: id })) }),
  )
  const dueAt = new Date(Date.now() - 60_000)
  const rows = Array.from({ length: count }, (_, index) => ({
    id: `f${index}`,
    owner: `p${Math.floor(index / each)}`,
  }))
  await inChunks(rows, (some) =>
    prisma.followUp.createMany({
      data: some.map(({ id, owner }) => ({
        id,
        ownerId: owner,
        authorId: owner,
        promisedBy: 'US',
        what: `send the quote ${id}`,
        dueOn: dueAt,
      })),
    }),
  )
  await inChunks(rows, (some) =>
    noticeStore(prisma, newId).plan(
      some.map(({ id, owner }) => ({
        key: `reminder:${id}:1`,
        personId: owner,
        kind: 'reminder',
        subject: id,
        number: 1,
        dueAt,
      })),
    ),
  )
  await prisma.$executeRaw`analyze`
  return people
}

await main(Number(process.argv[2] ?? 20_000))
