import { expect, test } from 'vitest'
import { widthOf, widthUpTo } from '../../src/bots/width.ts'

test.each([
  ['abc', 3],
  ['Ромашка', 7],
  ['株式会社', 8],
  ['한국', 4],
  ['é', 1],
  ['e\u0301', 1],
  ['👍', 2],
  ['👩‍👩‍👧', 2],
  ['🇩🇪', 2],
  ['❤️', 2],
  ['☎✂™', 3],
  ['☎\uFE0F', 2],
  ['\u200B', 0],
  ['\uFE0F', 0],
])('%j takes %i cells', (text, width) => {
  expect(widthOf(text)).toBe(width)
})

test('what is too wide is not measured to its end', () => {
  expect(widthUpTo('x'.repeat(1_000), 10)).toBe(11)
  expect(widthUpTo('x'.repeat(10), 10)).toBe(10)
})
