import { describe, expect, test } from 'vitest'
import {
  allowance,
  fitWord,
  keyLetters,
  soundLetters,
  typoCost,
} from '../../../src/domain/accounts/word-fit.ts'

describe('fitWord', () => {
  test.each([
    ['magnit', 'magnit', 'same'],
    ['magn', 'magnit', 'start'],
    ['magnita', 'magnit', 'ending'],
    ['mganit', 'magnit', 'typo'],
    ['mognit', 'magnit', 'typo'],
    ['vagon', 'uralvagonzavod', 'inside'],
    ['raifazen', 'raifaizenbank', 'start with typo'],
  ])('takes %s for %s: %s', (typed, word, how) => {
    expect(fitWord(typed, word, true)?.how).toBe(how)
  })

  test.each([
    ['12', '13'],
    ['vtb', 'vtv'],
    ['magnitola', 'magnit'],
    ['tesla', 'tesko'],
    ['motors', 'mils'],
  ])('does not take %s for %s', (typed, word) => {
    expect(fitWord(typed, word, true)).toBeNull()
  })

  test('gives up on a pair only where it is far beyond what may be wrong', () => {
    expect(typoCost('bcdfgh', 'klmnpr', false)).toBe(Number.POSITIVE_INFINITY)
    const [typed, word] = ['raifazenbank', 'raiffeisenbank']
    expect(typoCost(typed, word, false)).toBeLessThan(allowance(typed.length) + 1)
    // Two letters in the wrong order, after a row in which every way had become dear.
    expect(typoCost('abxy', 'bayx', false)).toBeCloseTo(1.6)
  })

  test('counts a sound of two letters as one', () => {
    expect(soundLetters('shekinoazot dzhin')).toBe('wekinoazot jin')
    expect(keyLetters(soundLetters('shekinoazot dzhin'))).toBe('shekinoazot dzhin')
  })
})
