import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pressedAct } from '../../../src/bots/slack/buttons.ts'
import { pressedBy } from '../../../src/bots/telegram/callback-data.ts'
import { memoryTokens } from '../../bots/telegram/stage.ts'
import { createBudget } from './budget.ts'
import { countOf } from './counts.ts'
import { mutated } from './mutated.arbitrary.ts'
import { COMMANDS } from './readers.ts'
import { SEED } from './seed.ts'

const NOW = new Date('2026-11-23T11:30:00Z')
const names = COMMANDS.map(({ name }) => name)
const args = fc.dictionary(
  fc.constantFrom(
    'id',
    'n',
    'draft',
    'field',
    'value',
    'when',
    'page',
    'account',
    'o',
    '__proto__',
    'constructor',
  ),
  fc.oneof(
    fc.constantFrom('', '0', '-1', '1e9', '2026-02-31', 'a1', '../..', 'x'.repeat(2_000)),
    fc.string({ unit: 'binary', maxLength: 30 }),
  ),
)
/** What our buttons carry, changed; and what nobody's button ever carried. */
const telegramData = fc.oneof(
  fc.tuple(fc.constantFrom(...names), args).map(
    ([command, given]) =>
      `${command}?${Object.entries(given)
        .map((pair) => pair.join('='))
        .join('&')}`,
  ),
  fc.string({ unit: 'binary', maxLength: 64 }),
  fc.constantFrom('~', '~token-1', '?', '?=', '&&&', '%', '%2', '%zz?%=%', 'account?id', 'account??id=1'),
)
const slackAction = mutated([
  { type: 'button', action_id: 'b0', block_id: 'x', value: '{"command":"account-deals","args":{"id":"a1"}}' },
  { type: 'button', action_id: 'b1', block_id: 'x', value: '{"line":"/account Acme"}' },
  {
    type: 'external_select',
    action_id: 'find',
    selected_option: { value: 'a1', text: { type: 'plain_text', text: 'Acme' } },
  },
])
const slackValue = fc.oneof(
  fc
    .tuple(fc.constantFrom(...names), args)
    .map(([command, given]) => JSON.stringify({ command, args: given })),
  fc.json({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

/** As the dispatcher does: a command that is there looks at what it was given by its schema. */
function pressed(command: string, given: unknown): void {
  COMMANDS.find(({ name }) => name === command)?.prepare(given)
}

describe('H-01 whatever a button carries', () => {
  it('is read by the adapters and the schemas without an error, within its time', async () => {
    const budget = createBudget('H-01', 'button payloads')
    const tokens = memoryTokens()
    const readSlack = (action: unknown) => {
      const act = pressedAct(action)
      if (act?.kind === 'press') pressed(act.command, act.args)
    }
    const any = fc.oneof(
      telegramData.map((data) => ({ data })),
      slackAction.map((action) => ({ action })),
      slackValue.map((value) => ({ action: { type: 'button', value } })),
    )
    await fc.assert(
      fc.asyncProperty(any, async (given) => {
        if ('action' in given) return budget.spend(given, () => readSlack(given.action))
        return budget.spendAsync(given, async () => {
          const act = await pressedBy(given.data, '501', tokens, NOW)
          expect(typeof act?.command).toBe('string')
          pressed(act?.command ?? '', act?.args)
        })
      }),
      { numRuns: countOf('presses'), seed: SEED },
    )
    expect(await budget.settle()).toEqual([])
  })
})
