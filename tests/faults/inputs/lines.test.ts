import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLine } from '../../../src/commands/kit/parse.ts'
import { createBudget } from './budget.ts'
import { watchPatterns } from './built-patterns.ts'
import { countOf, LONG_TOTAL } from './counts.ts'
import { anyLine, nonsense } from './lines.arbitrary.ts'
import { COMMANDS, readEverything, READERS } from './readers.ts'
import { SEED } from './seed.ts'

/** Searched anew at each of its words, or read word by word without end, before this programme. */
const ONCE_SLOW = [
  'обещал ',
  'далее:',
  'Hydro ;  Далее:, ',
  'полку\nдалее:, 1,234 ',
  'will visit Acme ',
  '2pm ',
  '25.11 ',
  '11/5 ',
  'вчера ',
  'созвон ',
  '5pm   ',
  'линиям, около, 29, ',
  'а и б в ',
  '10 минут ',
  '/late 10  ',
  'инн      ',
]

describe('H-01 whatever is typed', () => {
  it('is read by every reader without an error, within its time and without a pattern made of it', async () => {
    const budget = createBudget('H-01', 'lines through the grammar and the readers')
    const patterns = watchPatterns()
    let turn = 0
    try {
      fc.assert(
        fc.property(anyLine(COMMANDS), (line) => {
          turn += 1
          const mine = turn
          budget.spend(line, () => readEverything(line, mine))
        }),
        { numRuns: countOf('lines'), seed: SEED },
      )
    } finally {
      patterns.end()
    }
    expect(patterns.built).toEqual([])
    expect(await budget.settle()).toEqual([])
  })

  it('is read in its time when it is what once took too long, over and over', async () => {
    const budget = createBudget('H-01', 'lines of 4,096 characters that were too slow once')
    for (const unit of ONCE_SLOW)
      for (let turn = 0; turn < 2 * READERS.length; turn += 1) {
        const line = unit.repeat(4_096).slice(0, 4_096)
        budget.spend(line, () => readEverything(line, turn))
      }
    expect(await budget.settle()).toEqual([])
  })

  it('is no command when it only looks like one', () => {
    fc.assert(
      fc.property(nonsense, (line) => {
        expect(parseLine(line, COMMANDS).kind).toBe('unknown')
      }),
      { numRuns: 300, seed: SEED },
    )
  })

  it('comes to a million inputs in the long form, with all its other kinds', () => {
    expect(LONG_TOTAL).toBe(1_000_000)
  })
})
