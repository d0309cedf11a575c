import { describe, expect, it } from 'vitest'
import { waitAfter, waitAfterFailure } from '../../../src/domain/notices/patience.ts'

describe('how long we wait', () => {
  it('is at least as long as the platform asks, and grows with every time', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map((tries) => waitAfter(0, tries))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
    ])
    expect(waitAfter(45_000, 1)).toBe(45_000)
  })

  it('is never longer than ten minutes', () => {
    expect(waitAfter(24 * 3_600_000, 1)).toBe(600_000)
    expect(waitAfterFailure(100)).toBe(600_000)
  })
})
