import { expect, test } from 'vitest'
import { inert, padEnd, padStart, wrap } from '../../../src/bots/terminal/columns.ts'

test('padding counts cells, not characters', () => {
  expect(padEnd('株式', 6)).toBe('株式  ')
  expect(padStart('株式', 6)).toBe('  株式')
  expect(padEnd('longer', 3)).toBe('longer')
})

test('lines break between words, and within words that are longer than a line', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('aaaaaaaaaa b', 4)).toEqual(['aaaa', 'aaaa', 'aa b'])
  expect(wrap('株式会社', 5)).toEqual(['株式', '会社'])
  expect(wrap('first\nsecond', 20)).toEqual(['first', 'second'])
  expect(wrap('', 20)).toEqual([''])
})

test('what a terminal would obey is shown as a picture of itself', () => {
  expect(inert('\u001B[31mred\u0007')).toBe('␛[31mred␇')
  expect(inert('a\r\nb\rc\td')).toBe('a\nb␍c d')
  expect(inert('\u009B31m\u007F')).toBe('\uFFFD31m␡')
  expect(inert('\u202Eabc\u2066\u200F')).toBe('abc')
  expect(inert('half \uD83D pair')).toBe('half \uFFFD pair')
})
