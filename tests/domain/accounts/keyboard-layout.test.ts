import { describe, expect, test } from 'vitest'
import { areNeighbours, swapLayout } from '../../../src/domain/accounts/keyboard-layout.ts'

describe('the wrong keyboard layout', () => {
  test.each([
    ['ufpghjv', 'газпром'],
    ['фсьу', 'acme'],
    [',tkjtn', 'белоет'],
    ['fkmaf ,fyr', 'альфа банк'],
    ['gzn`hjxrf', 'пятёрочка'],
    ['<FYR', 'банк'],
  ])('turns %s into %s', (typed, meant) => {
    expect(swapLayout(typed)).toBe(meant)
  })

  test('cannot be where letters of both alphabets or of none were typed', () => {
    expect(swapLayout('сбер bank')).toBeNull()
    expect(swapLayout('2374131206')).toBeNull()
    expect(swapLayout('')).toBeNull()
  })

  test('knows which keys a finger may confuse', () => {
    expect(areNeighbours('q', 'w')).toBe(true)
    expect(areNeighbours('о', 'л')).toBe(true)
    expect(areNeighbours('q', 'p')).toBe(false)
  })
})
