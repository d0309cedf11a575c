import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { figure, isLong, rounds } from '../support/figures.ts'
import { openRig, type Rig } from './rig/rig.ts'
import {
  DATABASE_TROUBLES,
  liveThrough,
  type Trouble,
  TROUBLES,
  waitsInSlack,
  waitsInTelegram,
} from './rig/trouble.ts'

const server = process.env['TEST_DATABASE_URL']

let rig: Rig
beforeEach(async () => {
  rig = await openRig({ pairs: rounds(30, 130), products: 2_000 })
}, 300_000)
afterEach(() => rig.close())

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at)
const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

async function several(count: number, ask: (number: number) => Promise<number>): Promise<readonly number[]> {
  const waits: number[] = []
  for (const number of numbers(count)) waits.push(await ask(number))
  return waits
}

const all: readonly Trouble[] = server ? [...TROUBLES, ...DATABASE_TROUBLES] : TROUBLES

describe('people go on', () => {
  it('G-14 B-10 D-05 while one thing after another goes wrong: nothing is lost, nothing comes about twice', async () => {
    const struck = rounds(all.length, all.length * 20)
    const { stories, problems } = await liveThrough(rig, numbers(rounds(8, 120)), async () => {
      for (let at = 0; at < struck; at += 1) {
        await all[at % all.length]?.strike(rig)
        await pause(300)
      }
    })
    figure(
      'G-14',
      `${rig.store.kind}: ${struck} troubles of ${all.length} kinds, ${stories.length} stories, all invariants hold`,
    )
    expect(problems).toEqual([])
  })

  it('G-07 on one platform while the other is away, which gets everything afterwards', async () => {
    let waits: readonly number[] = []
    const { stories, problems } = await liveThrough(rig, numbers(rounds(3, 20)), async () => {
      rig.ways.slack.shut()
      waits = await several(rounds(5, 60), (number) => waitsInTelegram(rig, number + 10))
      await pause(rounds(0, 60_000))
      rig.ways.slack.open()
    })
    figure(
      'G-07',
      `Slack away: ${waits.length} answers in Telegram meanwhile, ${stories.length} stories end well afterwards`,
    )
    expect(problems).toEqual([])
  })

  it('G-06 on one platform as before while the way to the other is slow', async () => {
    await rig.start()
    await waitsInTelegram(rig, 0)
    const count = rounds(7, 40)
    const before = median(await several(count, (number) => waitsInTelegram(rig, number)))
    rig.ways.slack.delay(2_000)
    const slack = several(2, (number) => waitsInSlack(rig, number)).catch(() => [])
    const meanwhile = median(await several(count, (number) => waitsInTelegram(rig, number)))
    rig.ways.slack.delay(0)
    await slack
    figure('G-06', `Telegram while Slack is 2 s slow: × ${(meanwhile / before).toFixed(2)} (median)`)
    expect(meanwhile / before).toBeLessThan(4)
  })
})

describe.runIf(server)('a PostgreSQL', () => {
  it('G-02 whose connections all break again and again: nobody loses what was acknowledged', async () => {
    const breaks = rounds(5, 40)
    const { stories, problems } = await liveThrough(rig, numbers(rounds(5, 60)), async () => {
      for (let at = 0; at < breaks; at += 1) {
        await pause(700)
        await rig.store.look(
          ({ prisma }) => prisma.$queryRaw`
            select pg_terminate_backend(pid) is not null as ended from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()`,
        )
      }
    })
    figure(
      'G-02',
      `${breaks} times all connections ended by the server, ${stories.length} stories, nothing lost`,
    )
    expect(problems).toEqual([])
  })

  it('G-03 A-02 whose answer to a commit is lost: what was asked for comes about once', async () => {
    let cut = 0
    const { stories, problems } = await liveThrough(rig, numbers(rounds(5, 60)), async () => {
      const most = rounds(5, 80)
      rig.ways.database?.onSent((chunk) => {
        if (cut >= most || !/commit/i.test(chunk.toString('latin1')) || Math.random() < 0.5) return undefined
        cut += 1
        return 'cut'
      })
      while (cut < rounds(2, 40)) await pause(50)
    })
    figure('G-03', `${cut} commits whose answer was lost, ${stories.length} stories, each change once`)
    expect(problems).toEqual([])
  })

  it('G-04 where a row is held for seconds delays an answer and no acknowledgement', async () => {
    await rig.start()
    await waitsInSlack(rig, 0)
    const waits = await rig.store.look(({ prisma }) =>
      prisma.$transaction(
        async (tx) => {
          await tx.$executeRaw`lock table accounts in access exclusive mode`
          return Promise.all(numbers(15).map((number) => waitsInSlack(rig, number)))
        },
        { timeout: 60_000 },
      ),
    )
    figure(
      'G-04',
      `15 commands at once while accounts are locked: acknowledged after ${Math.max(...waits).toFixed(0)} ms at most`,
    )
    // All were acknowledged before the lock went. Slack shows an error after three seconds.
    if (!isLong) return
    expect(Math.max(...waits)).toBeLessThan(3_000)
    expect(rig.slack.hung).toEqual([])
  })
})
