import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { intentOf, laneOf, queryIdOf } from '../../../src/bots/telegram/updates.ts'
import { ANNA, clearStage, setStage, settled } from '../../bots/telegram/stage.ts'
import { figure } from '../../support/figures.ts'
import { createBudget } from './budget.ts'
import { countOf } from './counts.ts'
import { mutated } from './mutated.arbitrary.ts'
import { SEED } from './seed.ts'
import { OTHER_KINDS, RECORDED } from './telegram-recordings.ts'

const MOST_MS = 5

afterEach(clearStage)

describe('C-15 updates of kinds that are none of ours', () => {
  it('are passed over: nothing is said, the offset moves on, and what comes after them is answered', async () => {
    const stage = await setStage()
    const { telegram, dispatcher, journal } = stage
    const bodies = RECORDED.flatMap((one) => Object.values(one))
    for (const kind of OTHER_KINDS) for (const body of bodies) telegram.raw({ [kind]: body })
    telegram.raw({})
    const { update } = telegram.say(ANNA, 'after all that')
    await settled(stage, update.update_id)
    expect(dispatcher.heard).toHaveLength(1)
    expect(telegram.messages(ANNA.id).map(({ text }) => text)).toEqual(['heard after all that'])
    expect(journal.entries.filter(({ level }) => level === 'error')).toEqual([])
    figure(
      'C-15',
      `${OTHER_KINDS.length} kinds, ${OTHER_KINDS.length * bodies.length} updates: none answered, offset advanced`,
    )
  })
})

describe('C-21 a malformed update', () => {
  it('is understood or passed over, whatever it is', async () => {
    const budget = createBudget('C-21', 'malformed updates read')
    const update = fc.oneof(
      { weight: 30, arbitrary: mutated(RECORDED.map((one) => ({ update_id: 1, ...one }))) },
      { weight: 1, arbitrary: fc.anything() },
      {
        weight: 1,
        arbitrary: fc.bigInt().map((id) => ({ message: { from: { id: Number(id) }, chat: { id: 1e308 } } })),
      },
    )
    fc.assert(
      fc.property(update, (given) => {
        budget.spend(given, () => [intentOf(given, 'kamerton_bot'), laneOf(given), queryIdOf(given)])
      }),
      { numRuns: countOf('updates'), seed: SEED },
    )
    expect(await budget.settle(MOST_MS)).toEqual([])
  })

  it('goes through the whole intake: it is confirmed and finished, and the next one is answered', async () => {
    const stage = await setStage()
    const { telegram, journal } = stage
    telegram.meet(ANNA)
    const updates = fc.sample(mutated(RECORDED), { numRuns: countOf('delivered'), seed: SEED })
    const started = performance.now()
    for (const update of updates)
      if (typeof update === 'object' && update !== null && !Array.isArray(update)) telegram.raw({ ...update })
    const { update } = telegram.say(ANNA, 'after all that')
    await settled(stage, update.update_id)
    const each = (performance.now() - started) / updates.length
    expect(telegram.messages(ANNA.id).at(-1)?.text).toBe('heard after all that')
    expect([...stage.inbox.rows.values()].filter(({ done }) => !done)).toEqual([])
    // A chat whose number was changed is none that Telegram knows.
    const failed = journal.entries.filter(({ level }) => level === 'error')
    expect(failed.filter(({ facts }) => !JSON.stringify(facts).includes('chat not found'))).toEqual([])
    figure(
      'C-21',
      `${updates.length.toLocaleString('en')} through the poll and the inbox: 0 crashes, ${each.toFixed(2)} ms each; seed ${SEED}`,
    )
  })
})
