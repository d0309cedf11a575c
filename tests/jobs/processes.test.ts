import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Pushed } from '../../src/bots/ports.ts'
import { type Database, openDatabase } from '../../src/db/client.ts'
import { queueConnections } from '../../src/db/queue-connections.ts'
import { createQueue } from '../../src/jobs/queue.ts'
import { CLAIM_MS, type Jobs } from '../../src/jobs/jobs.ts'
import { addTeam, emailOf, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { type FaultProxy, openFaultProxy } from '../support/fault-proxy.ts'
import { figure } from '../support/figures.ts'
import { noteJournal } from '../support/journal.ts'
import { type Program, startProgram } from '../support/program.ts'
import { startSlackStandIn, type SlackStandIn } from '../support/slack/slack-stand-in.ts'
import { createStage, link, plan, reminder, type Stage } from './stage.ts'

const server = process.env['TEST_DATABASE_URL']
const PEOPLE = 500
const EACH = 20
/** Ten thousand notices on a machine that does much else. */
const LONG_MS = 300_000

/** With pools and queues of their own, as separate processes have them; PGlite takes one process only. */
describe.runIf(server)('several processes on one PostgreSQL', () => {
  let database: Database
  let stage: Stage
  const opened: Database[] = []
  const running: Jobs[] = []
  let url = ''

  beforeEach(async () => {
    database = await emptyDatabase()
    await addTeam(database)
    stage = createStage(database)
    const [row] = await database.prisma.$queryRaw<{ name: string }[]>`select current_database() as name`
    const own = new URL(server ?? '')
    own.pathname = `/${row?.name}`
    url = own.href
  })

  afterEach(async () => {
    await Promise.all(running.splice(0).map((jobs) => jobs.stop()))
    await Promise.all(opened.splice(0).map((one) => one.close()))
  })

  async function start(at = url): Promise<Jobs> {
    const own = await openDatabase({ url: at })
    opened.push(own)
    const jobs = stage.process({ tickMs: 100 }, own)
    running.push(jobs)
    jobs.start()
    return jobs
  }

  const people = Array.from({ length: PEOPLE }, (_, index) => `p${index}`)

  async function crowd(): Promise<void> {
    await database.prisma.user.createMany({
      data: people.map((id) => ({ id, name: id, email: emailOf(id), role: 'KAM' as const, digestAt: 'OFF' })),
    })
    await database.prisma.identity.createMany({
      data: people.map((id, index) => ({
        id,
        userId: id,
        platform: index % 2 === 0 ? ('SLACK' as const) : ('TELEGRAM' as const),
        externalId: id,
      })),
    })
  }

  /** Of each person, some grouped and some single, in the order in which they are due. */
  const owed = () =>
    people.flatMap((id, index) =>
      Array.from({ length: EACH }, (_, number) =>
        reminder(
          id,
          `${id} ${String(number).padStart(2, '0')}`,
          new Date(NOW.getTime() - (EACH - number) * 1_000),
          {
            kind: index % 5 === 0 ? 'brief' : 'reminder',
          },
        ),
      ),
    )

  it.each([2, 3])(
    'F-02 %i send each of 10,000 notices once, and each person’s in order',
    async (count) => {
      await crowd()
      await plan(database, ...owed())
      let turn = 0
      // A platform that is now and then busy, and answers when it likes.
      stage.answers.set('TELEGRAM', async (to): Promise<Pushed> => {
        turn += 1
        const mine = turn
        await new Promise((resolve) => setImmediate(resolve))
        return mine % 50 === 0
          ? { kind: 'later', afterMs: 1, reason: 'busy' }
          : { kind: 'sent', chat: to.externalId, message: String(mine) }
      })
      await Promise.all(Array.from({ length: count }, () => start()))
      await vi.waitFor(async () => {
        stage.later(1_000)
        expect(await database.prisma.notice.count({ where: { state: 'SENT' } })).toBe(PEOPLE * EACH)
      }, LONG_MS)
      figure('F-02', `${count} processes, ${PEOPLE * EACH} notices, ${stage.words().length} sent`)
      expect(stage.words()).toHaveLength(PEOPLE * EACH)
      expect(new Set(stage.words()).size).toBe(PEOPLE * EACH)
      for (const [to, messages] of Map.groupBy(stage.sent, (one) => one.to)) {
        const words = messages.flatMap((one) => one.words)
        expect(words, to).toEqual(words.toSorted())
      }
      expect(stage.journal.notes.filter(({ level }) => level === 'error')).toEqual([])
    },
    2 * LONG_MS,
  )

  it(
    'F-02 F-05 take each turn once',
    async () => {
      await crowd()
      await plan(database, ...people.map((id) => reminder(id, id, NOW, { kind: 'turn' })))
      await Promise.all([start(), start(), start()])
      await vi.waitFor(
        async () => expect(await database.prisma.notice.count({ where: { state: 'SENT' } })).toBe(PEOPLE),
        LONG_MS,
      )
      expect(stage.settled.filter(({ outcome }) => outcome === 'taken')).toHaveLength(PEOPLE)
    },
    2 * LONG_MS,
  )

  it('go on after the database was away, say so meanwhile, and lose nothing', async () => {
    const at = new URL(url)
    const gate: FaultProxy = await openFaultProxy(at.hostname, Number(at.port || 5432))
    try {
      at.port = String(gate.port)
      await link(database, 'anna', { platform: 'SLACK' })
      await start(at.href)
      await plan(database, reminder('anna', 'before'))
      await vi.waitFor(() => expect(stage.words()).toEqual(['before']), 20_000)
      gate.shut()
      await plan(database, reminder('anna', 'meanwhile'))
      await vi.waitFor(
        () =>
          expect(stage.journal.notes.some(({ text }) => text === 'notices cannot be looked for')).toBe(true),
        20_000,
      )
      expect(stage.words()).toEqual(['before'])
      gate.open()
      await vi.waitFor(() => expect(stage.words()).toEqual(['before', 'meanwhile']), 40_000)
    } finally {
      await Promise.all(running.splice(0).map((jobs) => jobs.stop()))
      await gate.close()
    }
  })

  it('serve one person in one process at a time', async () => {
    const queues = [1, 2, 3].map(() => createQueue(queueConnections(url), noteJournal()))
    let at = 0
    let most = 0
    const { promise: goOn, resolve } = Promise.withResolvers<void>()
    const serve = async () => {
      at += 1
      most = Math.max(most, at)
      await goOn
      at -= 1
    }
    await queues[0]?.start(serve)
    await Promise.all(queues.slice(1).map((queue) => queue.start(serve)))
    for (const queue of queues) await queue.add('SLACK', ['anna', 'anna'])
    await vi.waitFor(() => expect(at).toBe(1), 20_000)
    for (const queue of queues) await queue.add('SLACK', ['anna'])
    resolve()
    await Promise.all(queues.map((queue) => queue.stop()))
    expect(most).toBe(1)
  })
})

/** The real program, killed as the system kills it. */
describe.runIf(server)('the real program on one PostgreSQL', () => {
  let slack: SlackStandIn
  const programs: Program[] = []

  afterEach(async () => {
    for (const { child } of programs) child.kill('SIGKILL')
    await Promise.all(programs.splice(0).map(({ ended }) => ended))
    await slack.stop()
  })

  it('F-14 in two copies, one of which is killed at its work, sends everything, and nothing three times', async () => {
    const database = await emptyDatabase()
    const people = Array.from({ length: 30 }, (_, index) => `q${index}`)
    const users = people.map((id) => ({ id: `U0${id.toUpperCase()}`, email: emailOf(id) }))
    slack = await startSlackStandIn({ users, channels: [{ id: 'C1', name: 'sales' }] })
    await database.prisma.user.createMany({
      data: people.map((id) => ({ id, name: id, email: emailOf(id), role: 'KAM' as const, digestAt: 'OFF' })),
    })
    const { botToken, signingSecret, teamId } = slack.identity
    await database.prisma.identity.createMany({
      data: people.map((id) => ({
        id,
        userId: id,
        platform: 'SLACK' as const,
        workspace: teamId,
        externalId: `U0${id.toUpperCase()}`,
      })),
    })
    await database.prisma.followUp.createMany({
      data: people.map((id) => ({
        id,
        ownerId: id,
        authorId: id,
        promisedBy: 'US' as const,
        what: `send the quote ${id}.`,
        dueOn: new Date(),
      })),
    })
    const dueAt = new Date(Date.now() - 1_000)
    await plan(
      database,
      ...people.map((id) => reminder(id, `reminder:${id}:1`, dueAt, { subject: id, number: 1 })),
    )

    const [row] = await database.prisma.$queryRaw<{ name: string }[]>`select current_database() as name`
    const at = new URL(server ?? '')
    at.pathname = `/${row?.name}`
    const env = {
      DATABASE_URL: at.href,
      PORT: '0',
      SLACK_BOT_TOKEN: botToken,
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: slack.apiUrl,
    }
    const isAbout = (id: string) => (answer: { shown: string }) =>
      answer.shown.includes(`send the quote ${id}`)
    const copies = () => people.map((id) => slack.answers.filter(isAbout(`${id}.`)).length)
    const total = () => copies().reduce((sum, count) => sum + count, 0)
    programs.push(startProgram(['serve'], env), startProgram(['serve'], env))
    await vi.waitFor(() => expect(total()).toBeGreaterThan(5), 30_000)
    programs[0]?.child.kill('SIGKILL')
    const killed = performance.now()
    await vi.waitFor(async () => expect(await stateOfAll(database)).toEqual(['SENT']), CLAIM_MS + 45_000)
    figure(
      'F-14',
      `everything was out ${((performance.now() - killed) / 1_000).toFixed(1)} s after a SIGKILL`,
    )
    expect(Math.min(...copies())).toBe(1)
    expect(Math.max(...copies())).toBeLessThanOrEqual(2)
  }, 150_000)
})

const stateOfAll = async ({ prisma }: Database) => [
  ...new Set((await prisma.notice.findMany({ where: { kind: 'reminder' } })).map(({ state }) => state)),
]
