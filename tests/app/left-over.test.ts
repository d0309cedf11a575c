import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Inbox } from '../../src/bots/ports.ts'
import { show } from '../../src/commands/kit/view.ts'
import type { Database } from '../../src/db/client.ts'
import { inbox } from '../../src/db/inbox.ts'
import { startStage as startSlack, type Stage as SlackStage, text } from '../bots/slack/harness.ts'
import { ANNA, clearStage, setStage as startTelegram, words } from '../bots/telegram/stage.ts'
import { emptyDatabase } from '../support/database.ts'

let database: Database
const slacks: SlackStage[] = []
/** In the order in which they were begun. */
const dead: (() => void)[] = []

beforeEach(async () => {
  database = await emptyDatabase()
})
afterEach(async () => {
  for (const end of dead.splice(0)) end()
  await clearStage()
  await Promise.all(slacks.splice(0).map((stage) => stage.close()))
})

/** Looks for what others left every moment, and takes what nobody has held for this long. */
const LIVING = { sweepEveryMs: 20, quietMs: 400 }
/** A process that died says nothing of what it holds. */
const DEAD = { sweepEveryMs: 3_600_000, quietMs: 3_600_000 }

function hanging(): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  dead.push(() => reject(new Error('the test is over')))
  return promise
}

const open = async () =>
  (await database.prisma.inboundUpdate.findMany({ where: { doneAt: null } })).map(({ key }) => key)
const finished = () => vi.waitFor(async () => expect(await open()).toEqual([]), 20_000)

/** Counts how often a process looked. */
function counted(of: Inbox): Readonly<{ box: Inbox; looks: () => number }> {
  let looks = 0
  const takeUp: Inbox['takeUp'] = (...given) => {
    looks += 1
    return of.takeUp(...given)
  }
  return { box: { ...of, takeUp }, looks: () => looks }
}

describe('what a process that died for good had taken from Telegram', () => {
  const telegram = (limits: typeof LIVING, script?: Parameters<typeof startTelegram>[0]) => {
    const box = inbox(database.prisma)
    return startTelegram({
      webhook: true,
      ...script,
      parts: { inbox: box, limits: { ...limits, stopMs: 20 }, ...script?.parts },
    })
  }

  it('is done by one of those that run', async () => {
    const first = await telegram(DEAD, { script: hanging })
    const others = [await telegram(LIVING), await telegram(LIVING)]
    for (const other of others) other.telegram.meet(ANNA)
    const lines = ['one', 'two', 'three']
    for (const line of lines) first.telegram.say(ANNA, line)
    await vi.waitFor(async () => expect(await open()).toHaveLength(lines.length), 20_000)
    await finished()
    const heard = others.flatMap(({ dispatcher }) =>
      dispatcher.heard.map(({ act }) => (act.kind === 'line' ? act.text : '')),
    )
    expect(heard.toSorted()).toEqual(lines.toSorted())
  })

  it('is left alone while it lives and is only slow', async () => {
    const { promise: working, resolve: finish } = Promise.withResolvers<void>()
    const { box, looks } = counted(inbox(database.prisma))
    const other = await telegram(LIVING, { parts: { inbox: box } })
    const slow = await telegram(LIVING, { script: async () => (await working, words('at last')) })
    slow.telegram.say(ANNA, 'hello')
    await vi.waitFor(() => expect(slow.dispatcher.heard).toHaveLength(1), 20_000)
    const [lookedBefore, since] = [looks(), performance.now()]
    await vi.waitFor(() => expect(performance.now() - since).toBeGreaterThan(3 * LIVING.quietMs), 20_000)
    expect(looks() - lookedBefore).toBeGreaterThan(2)
    finish()
    await slow.telegram.waitForMessage(ANNA.id)
    await finished()
    expect([slow.dispatcher.heard.length, other.dispatcher.heard.length]).toEqual([1, 0])
  })
})

describe('what a process that died for good had told Slack it has', () => {
  const slack = async (limits: typeof LIVING, mine?: Inbox) => {
    const stage = await startSlack({ inbox: mine ?? inbox(database.prisma), limits })
    slacks.push(stage)
    return stage
  }

  it('is done by one of those that run', async () => {
    const first = await slack(DEAD)
    first.dispatcher.script = hanging
    const others = [await slack(LIVING), await slack(LIVING)]
    await first.slack.directMessage('U1', 'hello')
    await first.slack.command({ command: '/account', text: 'acme', user: 'U1', channel: 'C1' })
    expect(await open()).toHaveLength(2)
    await finished()
    const heard = others.flatMap(({ dispatcher }) => dispatcher.asked)
    expect(heard).toHaveLength(2)
    expect(heard.every(({ stored }) => stored)).toBe(true)
    expect(others.flatMap((one) => one.slack.answersTo('U1').map(({ shown }) => shown)).toSorted()).toEqual([
      'echo /account acme',
      'echo hello',
    ])
  })

  it('is not done again when only its end could not be written down', async () => {
    const box = inbox(database.prisma)
    let failures = 1
    const finish: Inbox['finish'] = async (...given) => {
      if (failures-- > 0) throw new Error('away')
      await box.finish(...given)
    }
    const one = await slack(LIVING, { ...box, finish })
    one.dispatcher.script = () => show([text('done')])
    await one.slack.directMessage('U1', 'hello')
    await finished()
    expect(one.dispatcher.asked).toHaveLength(1)
  })
})
