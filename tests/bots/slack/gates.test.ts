import { expect, test } from 'vitest'
import { createGates } from '../../../src/bots/slack/gates.ts'
import { SteppedClock } from './stepped-clock.ts'

test.each([
  ['longer', [2, 30]],
  ['less', [30, 2]],
] as const)(
  'B-08 whoever waits waits for the end, also when a second refusal names %s',
  async (_what, named) => {
    const clock = new SteppedClock()
    const gates = createGates(clock, new AbortController().signal)
    let isThrough = false
    const [first, second] = named
    gates.close('users.info', first)
    const waiting = gates.wait('users.info', 'users.info').then(() => (isThrough = true))
    await clock.pass(1_000)
    gates.close('users.info', second)
    const end = Math.max(first, 1 + second) * 1_000
    await clock.pass(end - 1_001)
    expect([isThrough, gates.closedMs('users.info')]).toEqual([false, 1])
    await clock.pass(1)
    await waiting
    expect(gates.closedMs('users.info')).toBe(0)
  },
)
