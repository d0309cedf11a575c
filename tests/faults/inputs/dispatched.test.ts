import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Reply } from '../../../src/commands/kit/invocation.ts'
import { openStage, type Stage } from '../../conversations/follow-ups/stage.ts'
import { ask, line, press, readReply, submit } from '../../support/core.ts'
import { rounds } from '../../support/figures.ts'
import { createBudget } from './budget.ts'
import { countOf } from './counts.ts'
import { anyLine, hugeLine, nonsense } from './lines.arbitrary.ts'
import { COMMANDS } from './readers.ts'
import { SEED } from './seed.ts'

/** A database answers too, and it has two cores with everybody else on them. */
const MOST_MS = 400
const PEOPLE = ['anna', 'boris', 'max'] as const

let stage: Stage

beforeEach(async () => {
  stage = await openStage()
})

const words = (reply: Reply): string => {
  expect(reply.failed ?? false, JSON.stringify(reply.answer)).toBe(false)
  return readReply(reply)
}
const failures = () => stage.journal.notes.filter(({ level }) => level === 'error')

describe('H-01 whatever is typed, pressed or sent to the whole assistant', () => {
  it('is answered, in both languages, and nothing fails', async () => {
    const budget = createBudget('H-01', 'acts through the dispatcher and a database')
    const typed = anyLine(COMMANDS)
    const values = fc.dictionary(
      fc.constantFrom(
        'id',
        'line',
        'what',
        'when',
        'account',
        'draft',
        'field',
        'value',
        'name',
        'notes',
        'price',
      ),
      typed,
      { noNullPrototype: true },
    )
    const command = fc.constantFrom(...COMMANDS.map(({ name }) => name))
    const act = fc.oneof(
      { weight: 6, arbitrary: typed.map(line) },
      { weight: 2, arbitrary: fc.tuple(command, values).map(([name, args]) => press(name, args)) },
      { weight: 2, arbitrary: fc.tuple(command, values).map(([name, args]) => submit(name, args)) },
    )
    await fc.assert(
      fc.asyncProperty(act, fc.constantFrom(...PEOPLE), async (given, person) => {
        const reply = await budget.spendAsync(given, () => ask(stage.dispatcher, person, given))
        const heard = words(reply)
        if (given.kind === 'line') expect(heard).not.toBe('')
      }),
      { numRuns: countOf('dispatched'), seed: SEED },
    )
    expect(await budget.settle(MOST_MS)).toEqual([])
    expect(failures()).toEqual([])
  })

  it('is answered with help when it is nonsense', async () => {
    await fc.assert(
      fc.asyncProperty(nonsense, async (given) => {
        const { answer } = await ask(stage.dispatcher, 'anna', line(given))
        const buttons =
          answer.kind === 'view'
            ? answer.view.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
            : []
        expect(buttons.map(({ command }) => command)).toContain('kamerton')
      }),
      { numRuns: rounds(20, 200), seed: SEED },
    )
    const heard = await stage.says('anna', 'qwxzq щъэфж')
    expect(heard).toMatch(/^I know no account .* \/account alone lists your accounts\.$/)
  })

  it('of a hundred thousand characters is told to be too long', async () => {
    await fc.assert(
      fc.asyncProperty(hugeLine, async (given) => {
        const reply = await ask(stage.dispatcher, 'anna', line(given))
        expect(reply.answer).toMatchObject({ kind: 'view', view: [{ text: { key: 'error.lineTooLong' } }] })
      }),
      { numRuns: rounds(10, 100), seed: SEED },
    )
  })
})
