import { expect, test } from 'vitest'
import { findCycles } from '../../src/domain/imports/tree.ts'

const row = (line: number, node: string, parent: string | null) => ({ line, node, label: node, parent })

test('a circle is found whole, with every row in it, and rows that merely hang on it are not blamed', () => {
  const rows = [row(2, 'a', 'b'), row(3, 'b', 'c'), row(4, 'c', 'a'), row(5, 'd', 'a'), row(6, 'e', null)]
  expect(findCycles(rows, new Map(), String)).toEqual([{ lines: [2, 3, 4], path: 'a → b → c → a' }])
})

test('who is their own manager is a circle of one', () => {
  expect(findCycles([row(2, 'a', 'a')], new Map(), String)).toEqual([{ lines: [2], path: 'a → a' }])
})

test('a row may close a circle with what is stored', () => {
  const stored = new Map([
    ['b', 'a'],
    ['a', null],
  ])
  expect(findCycles([row(2, 'a', 'b')], stored, String)).toEqual([{ lines: [2], path: 'a → b → a' }])
})
