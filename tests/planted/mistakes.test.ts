import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MISTAKES } from './mistakes.ts'

/** `npm run test:faults -- --planted` plants them one by one. */
describe('the mistakes that are planted', () => {
  it('are fifteen', () => {
    expect(MISTAKES).toHaveLength(15)
  })

  it.each(MISTAKES)('can still be planted: $name', ({ file, find, tests }) => {
    expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2)
    expect(tests.filter((path) => !existsSync(path))).toEqual([])
  })
})
