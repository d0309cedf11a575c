import { describe, expect, test } from 'vitest'
import { HELD_OUT } from './held-out.ts'
import { isWrongTime, type Marked, markLines, meantBy } from './judge.ts'
import { LINES } from './lines.ts'
import { MIXED, ENGLISH } from './lines-en.ts'
import { RUSSIAN } from './lines-ru.ts'
import { SECOND_HELD_OUT } from './second-held-out.ts'

const marked = await markLines(LINES)
const heldOut = await markLines([...HELD_OUT, ...SECOND_HELD_OUT])

const rightOf = (all: readonly Marked[]) =>
  all.filter(({ missed }) => missed.length === 0).length / all.length
const told = (all: readonly Marked[]) =>
  all
    .filter(({ missed }) => missed.length > 0)
    .map(({ spoken, understood, missed }) => {
      const meant = meantBy(spoken.right)
      return `${spoken.line}: ${missed.map((field) => `${field} ${understood[field]}, meant ${meant[field]}`).join('; ')}`
    })
    .join('\n')

describe('the table of whole lines', () => {
  test('is large, in both languages, and says nothing twice', () => {
    expect(RUSSIAN.length).toBeGreaterThanOrEqual(80)
    expect(ENGLISH.length).toBeGreaterThanOrEqual(70)
    expect(MIXED.length).toBeGreaterThanOrEqual(10)
    expect(LINES.length).toBeGreaterThanOrEqual(160)
    const keys = LINES.map(({ line, context }) => JSON.stringify([line, context]))
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
  })

  test('is understood as a whole in at least 97 of 100 lines', () => {
    expect(rightOf(marked), told(marked)).toBeGreaterThanOrEqual(0.97)
  })

  test('never yields a time that was not meant without asking', () => {
    expect(marked.filter(isWrongTime).map(({ spoken }) => spoken.line)).toEqual([])
  })

  test('never yields such a time where it was not looked at', () => {
    expect(heldOut.filter(isWrongTime).map(({ spoken }) => spoken.line)).toEqual([])
  })

  test('is understood nearly as well where it was not looked at', () => {
    expect(heldOut.length).toBeGreaterThanOrEqual(40)
    expect(rightOf(heldOut), told(heldOut)).toBeGreaterThanOrEqual(0.9)
  })
})
