import { expect, it } from 'vitest'
import type { Dispatcher } from '../src/commands/kit/invocation.ts'
import { refusal } from '../src/commands/kit/errors.ts'
import { createMetrics } from '../src/metrics.ts'

const reader = { language: 'en', timeZone: 'UTC', currency: 'EUR' } as const
const identity = { platform: 'SLACK', workspace: 'T0', externalId: 'U1' } as const

const inner: Dispatcher = {
  dispatch: async () => ({ updateId: 'u', reader, known: true, answer: refusal('error.oldButton') }),
  whoIs: async () => null,
  suggest: async () => ({ reader, choices: [] }),
  turnedAway: async () => undefined,
  forget: async () => undefined,
}

it('A-12 old buttons are counted, those of an old version and those that nobody made', async () => {
  const metrics = createMetrics()
  const dispatcher = metrics.counting(inner)
  const act = { kind: 'press', command: 'gone-since', args: {} } as const
  await dispatcher.dispatch({ channel: 'slack', identity, key: 'k', chat: 'C1', audience: 'asker', act })
  await dispatcher.turnedAway(identity, 'slack', '', 'oldButton')
  await dispatcher.turnedAway(identity, 'slack', '', 'identity.stranger')
  const text = await metrics.text()
  expect(text).toContain('kamerton_updates_total{channel="slack",outcome="old button"} 2')
  expect(text).toContain('kamerton_updates_total{channel="slack",outcome="turned away"} 1')
})

it('F-13 a part that fell silent shows in the metrics at the next look', async () => {
  const metrics = createMetrics()
  let problem: string | null = null
  metrics.watch([
    { name: 'queue', health: () => problem },
    { name: 'slack', health: () => null },
  ])
  expect(await metrics.text()).toContain('kamerton_well{part="queue"} 1')
  problem = 'has not looked for 31 s'
  expect(await metrics.text()).toContain('kamerton_well{part="queue"} 0')
  expect(await metrics.text()).toContain('kamerton_well{part="slack"} 1')
})
