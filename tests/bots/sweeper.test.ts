import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSweeper } from '../../src/bots/sweeper.ts'
import { noteJournal } from '../support/journal.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const LEFT = { key: 'k1', chat: '', payload: {} }

function sweeping() {
  const inbox = { isAway: false, looks: 0 }
  const answers = <Result>(result: Result) =>
    inbox.isAway ? Promise.reject(new Error('the database is away')) : Promise.resolve(result)
  const resumed: string[] = []
  const sweeper = createSweeper({
    platform: 'SLACK',
    journal: noteJournal(),
    limits: { sweepEveryMs: 15_000, quietMs: 40_000 },
    inbox: {
      hold: () => answers(undefined),
      takeUp: () => ((inbox.looks += 1), answers([LEFT])),
      store: () => answers([]),
      keep: () => answers(undefined),
      finish: () => answers(undefined),
    },
    intake: {
      settle: async () => undefined,
      held: () => [],
      resume: (updates) => void resumed.push(...updates.map(({ key }) => key)),
    },
  })
  sweeper.start()
  return { inbox, resumed, sweeper }
}

describe('looking for what others left', () => {
  it('takes it up at every look', async () => {
    const { resumed, sweeper } = sweeping()
    await vi.advanceTimersByTimeAsync(30_000)
    await sweeper.stop()
    expect(resumed).toEqual(['k1', 'k1'])
  })

  it('waits for one more look after an outage, in which those who live say what they hold', async () => {
    const { inbox, resumed, sweeper } = sweeping()
    inbox.isAway = true
    await vi.advanceTimersByTimeAsync(60_000)
    inbox.isAway = false
    await vi.advanceTimersByTimeAsync(15_000)
    expect([inbox.looks, resumed]).toEqual([0, []])
    await vi.advanceTimersByTimeAsync(15_000)
    await sweeper.stop()
    expect(resumed).toEqual(['k1'])
  })

  it('does not wait after a failure that was over before anybody was missed', async () => {
    const { inbox, resumed, sweeper } = sweeping()
    inbox.isAway = true
    await vi.advanceTimersByTimeAsync(15_000)
    inbox.isAway = false
    await vi.advanceTimersByTimeAsync(15_000)
    await sweeper.stop()
    expect(resumed).toEqual(['k1'])
  })
})
