import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterFailure,
  LOCK_MINUTES,
  minutesAfter,
  newCode,
  readCode,
  requireUnlocked,
  TRIES,
} from '../../../src/domain/identity/linking.ts'

const NOON = new Date('2026-11-23T12:00:00Z')

describe('a link code', () => {
  it('is read back however it is typed', () => {
    const code = newCode((limit) => Math.floor(limit / 2))
    expect(readCode(` ${code.slice(0, 5)}-${code.slice(5).toLowerCase()} `)).toBe(code)
  })

  it('is never anything else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
        const code = readCode(typed)
        expect(code === null || /^[2-9A-HJKMNP-Z]{10}$/.test(code)).toBe(true)
      }),
    )
    expect(readCode('ABC')).toBeNull()
    expect(readCode('A'.repeat(10_000))).toBeNull()
  })

  it('uses its whole alphabet', () => {
    const codes = Array.from({ length: 31 }, (_, at) => newCode(() => at)).join('')
    expect(new Set(codes).size).toBe(31)
  })
})

describe('wrong codes', () => {
  it('lock after five, for an hour, and count anew afterwards', () => {
    let tries = { failures: 0, lockedUntil: null as Date | null }
    for (let wrong = 1; wrong < TRIES; wrong++) {
      tries = afterFailure(tries, NOON)
      expect(() => requireUnlocked(tries, NOON)).not.toThrow()
    }
    tries = afterFailure(tries, NOON)
    expect(() => requireUnlocked(tries, minutesAfter(NOON, LOCK_MINUTES - 1))).toThrow('link.locked')
    const later = minutesAfter(NOON, LOCK_MINUTES)
    expect(() => requireUnlocked(tries, later)).not.toThrow()
    expect(afterFailure(tries, later)).toEqual({ failures: 1, lockedUntil: null })
  })
})
