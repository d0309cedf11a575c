import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { DEFAULT_MOST, WITHIN_MS } from '../../src/domain/identity/allowance.ts'
import { figure, isLong, rounds } from '../support/figures.ts'
import { inWords, type Sample, slopePerMinute } from './load/figures.ts'
import { type House, openHouse } from './load/house.ts'
import type { Measured, Verdict } from './load/orders.ts'

const MB = 2 ** 20
const CPU = /^process_cpu_seconds_total/
/** The short form runs on machines that do much else: there it only says that nothing hangs. */
const LATEST_ACK_MS = rounds(15_000, 2_500)
/** A busy machine brings messages together that were sent apart. */
const MOST_LIMITED = isLong ? 0.01 : 0.1

let house: House

afterEach(() => house.close())

async function open(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  house = await openHouse()
  await house.start(settings)
  await house.remote.warm()
}

/** Ends it in order, so that the database can be looked at. */
async function end(): Promise<void> {
  house.program().child.kill('SIGTERM')
  expect(await house.program().ended).toBe(0)
}

/** Nothing lost, nothing twice, nothing that a platform would refuse, and no error in the log. */
async function expectSound(verdict: Verdict): Promise<void> {
  expect(verdict.problems).toEqual([])
  expect([verdict.lost, verdict.extra]).toEqual([[], []])
  expect(verdict.limited).toBeLessThanOrEqual(verdict.taken * MOST_LIMITED)
  expect(house.program().written()).not.toMatch(/"level":[56]0/)
  await end()
  const { written, open: left } = await house.look(writtenIn)
  // Only what was refused may be missing.
  expect(verdict.marks).toEqual(expect.arrayContaining(written))
  expect(new Set(written).size).toBe(written.length)
  expect(verdict.marks.length - written.length).toBeLessThanOrEqual(verdict.refused)
  expect(left).toBe(0)
}

/** The promises that were noted, each as often as it is there, and the updates that nobody has finished. */
async function writtenIn({ prisma }: Database) {
  const promises = await prisma.followUp.findMany({ select: { what: true } })
  const rows = await prisma.inboundUpdate.findMany({ where: { doneAt: null }, select: { payload: true } })
  const written = promises.flatMap(({ what }) => /lot k\d+z/.exec(what)?.[0] ?? []).toSorted()
  return { written, open: rows.filter(({ payload }) => payload !== null).length }
}

/** What the process holds, each second until it is stopped. */
function watchMemory(): () => readonly Sample[] {
  const samples: Sample[] = []
  const started = performance.now()
  const look = async (): Promise<void> => {
    const value = (await house.metric(/^process_resident_memory_bytes/)) / MB
    samples.push({ value, atMs: performance.now() - started })
  }
  // One look that fails is one sample less.
  const timer = setInterval(() => void look().catch(() => undefined), 1_000)
  return () => {
    clearInterval(timer)
    return samples
  }
}

const acksIn = ({ slack, telegram, loopP99 }: Measured): string =>
  `Slack ${inWords(slack)}; Telegram ${inWords(telegram)} (the measuring process itself ${loopP99} ms late)`

const isServer = process.env['TEST_DATABASE_URL'] !== undefined
const where = isServer ? 'PostgreSQL' : 'PGlite'
/** The database of a small team is asked as much as a small team asks. */
const perSecond = isServer ? 30 : 10
const STEADY = { slackPerSecond: perSecond, telegramPerSecond: perSecond, mostMs: 60_000 } as const

describe('under load', () => {
  it('#9 I-02 what thirty a second write in Slack, and thirty in Telegram, is all answered, in time, in flat memory', async () => {
    await open()
    const seconds = rounds(8, 600)
    const memory = watchMemory()
    const cpuBefore = await house.metric(CPU)
    const measured = await house.remote.load({ ...STEADY, seconds })
    const samples = memory()
    const cpu = (await house.metric(CPU)) - cpuBefore
    const verdict = await house.remote.verdict()
    const half = samples.filter(({ atMs }) => atMs > (seconds * 1_000) / 2)
    const slope = slopePerMinute(half)
    figure(
      '9',
      `${where}, ${perSecond} + ${perSecond} a second for ${seconds} s, acknowledged: ${acksIn(measured)}; answers of Telegram ${inWords(measured.telegramAnswer)}; all answered ${measured.drainedMs} ms after the last of ${verdict.taken}; memory ${Math.round(samples.at(0)?.value ?? 0)} → ${Math.round(samples.at(-1)?.value ?? 0)} MB, in the second half ${slope.toFixed(1)} MB a minute; processor ${cpu.toFixed(1)} s; Telegram asked to wait ${verdict.limited} times`,
    )
    await expectSound(verdict)
    expect(Math.max(measured.slack.max, measured.telegram.max)).toBeLessThan(LATEST_ACK_MS)
    expect(measured.drainedMs).toBeLessThan(60_000)
    // A few seconds on a busy machine say nothing about a hundredth or about memory.
    if (!isLong) return
    expect(Math.max(measured.slack.p99, measured.telegram.p99)).toBeLessThan(1_000)
    // The heap goes up and down by some hundred MB; what leaks at this load grows faster.
    expect(slope).toBeLessThan(15)
  })

  it('#9 I-03 three thousand updates in five seconds are answered within two minutes, at rates that the platforms allow', async () => {
    await open()
    const burst = isServer ? rounds(60, 300) : 20
    const measured = await house.remote.load({
      slackPerSecond: burst,
      telegramPerSecond: burst,
      seconds: 5,
      mostMs: 120_000,
    })
    const verdict = await house.remote.verdict()
    figure(
      '9',
      `${where}, ${verdict.taken} updates in 5 s: all answered ${measured.drainedMs} ms later, Telegram asked to wait ${verdict.limited} times; acknowledged: ${acksIn(measured)}`,
    )
    expect(verdict.refused).toBe(0)
    expect(measured.drainedMs).toBeLessThan(120_000)
    await expectSound(verdict)
  })

  it('#9 H-12 one person who sends fifty messages a second is limited, and harms nobody', async () => {
    // Telegram is written to once a second in one chat, so fewer answers are there sooner.
    const allowance = rounds(10, DEFAULT_MOST)
    await open({ MESSAGES_PER_PERSON: String(allowance) })
    const seconds = rounds(5, 300)
    const calm = { slackPerSecond: 5, telegramPerSecond: 5, seconds: rounds(5, 60), mostMs: 60_000 }
    const before = await house.remote.load(calm)
    const began = performance.now()
    const [during] = await Promise.all([
      house.remote.load({ ...calm, seconds }),
      house.remote.flood({ perSecond: 25, seconds }),
    ])
    const flooded = await everyOneEnded()
    const minutes = (performance.now() - began) / 60_000
    const pressed = await house.remote.pressAsFlooder()
    const [sent, answers] = [
      flooded.slack.sent + flooded.telegram.sent,
      flooded.slack.answers + flooded.telegram.answers,
    ]
    figure(
      'H-12',
      `${where}, ${sent} messages in ${seconds} s: ${answers} answered; others before and meanwhile: Slack p95 ${before.slack.p95} and ${during.slack.p95} ms, Telegram's answers ${before.telegramAnswer.p95} and ${during.telegramAnswer.p95} ms`,
    )
    // Within each half a minute as many as the allowance, and a word now and then.
    const most = allowance * (Math.ceil((seconds * 1_000) / WITHIN_MS) + 1)
    for (const one of [flooded.slack, flooded.telegram]) {
      expect(one.answers).toBeGreaterThanOrEqual(allowance)
      expect(one.answers).toBeLessThanOrEqual(most)
      expect(one.told).toBeGreaterThanOrEqual(1)
      // Once a minute, as long as messages of the flood are looked at.
      expect(one.told).toBeLessThanOrEqual(1 + Math.ceil(minutes))
    }
    expect(pressed.slack).toContain('Maria Keller')
    expect(pressed.telegram).toContain('Maria Keller')
    await expectSound(await house.remote.verdict())
    // As a ratio within one run: what the machine does else is in both.
    expect(during.slack.p95).toBeLessThan(rounds(10, 3) * before.slack.p95 + 100)
    expect(during.telegramAnswer.p95).toBeLessThan(rounds(10, 3) * before.telegramAnswer.p95 + 100)
  })
})

describe('a stop under load', () => {
  it('A-18 takes nothing new, finishes what it has, and the next start answers what Telegram kept', async () => {
    await open()
    const load = house.remote.load({ ...STEADY, seconds: rounds(5, 60) })
    await vi.waitFor(
      async () => expect(await house.metric(/^kamerton_updates_total/)).toBeGreaterThan(2 * perSecond + 10),
      60_000,
    )
    const began = performance.now()
    await end()
    const stopMs = Math.round(performance.now() - began)
    await house.start()
    await load
    const verdict = await house.remote.verdict()
    figure(
      'A-18',
      `${where}: stopped within ${stopMs} ms under ${perSecond} + ${perSecond} a second; of ${verdict.taken} messages that were taken none lost, none answered twice; Slack was refused ${verdict.refused}`,
    )
    expect(stopMs).toBeLessThan(rounds(45_000, 15_000))
    // Whoever writes into the gap sees that it did not work.
    const isRefusal = (problem: string) => /acknowledged with (0|503)\b/.test(problem)
    expect(verdict.problems.filter(isRefusal)).toHaveLength(verdict.refused)
    await expectSound({ ...verdict, problems: verdict.problems.filter((problem) => !isRefusal(problem)) })
  })
})

/**
 * Once each message of the flood is either answered or counted as one too many. In one chat Telegram takes a message a
 * second, so that after five minutes of it the last allowance is answered minutes later.
 */
async function everyOneEnded(): Promise<Awaited<ReturnType<House['remote']['flooded']>>> {
  return vi.waitFor(
    async () => {
      const flooded = await house.remote.flooded()
      for (const channel of ['slack', 'telegram'] as const) {
        const limited = await house.metric(new RegExp(`^kamerton_limited_total\\{channel="${channel}"`))
        expect(flooded[channel].answers + limited).toBe(flooded[channel].sent)
      }
      return flooded
    },
    { timeout: rounds(120_000, 900_000), interval: 200 },
  )
}
