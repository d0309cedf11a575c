import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ALL_CASES } from './catalogue/all.ts'

/** Every id that a title begins with, also those of titles that are kept in a table beside their test. */
function titled(): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const path of readdirSync('tests', { recursive: true, encoding: 'utf8' }).filter(isOfTests))
    for (const [, title = ''] of readFileSync(join('tests', path), 'utf8').matchAll(
      /['"`](?:#\d )?((?:[A-I]-\d\d )+)/g,
    ))
      for (const id of title.trim().split(' ')) ids.add(id)
  return ids
}

const isOfTests = (path: string) =>
  path.endsWith('.ts') && !path.startsWith('faults/catalogue') && path !== 'planted/mistakes.ts'

describe('the catalogue of what may go wrong', () => {
  it('has every case once', () => {
    const ids = ALL_CASES.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength(129)
  })

  it('claims no case without a test, and has a reason where there is none', () => {
    const shown = titled()
    const claimed = ALL_CASES.filter(({ id, not }) => !not && !shown.has(id)).map(({ id }) => id)
    expect(claimed).toEqual([])
  })

  it('tells of every case what is done', () => {
    expect(ALL_CASES.filter(({ done, not }) => done === '' && !not).map(({ id }) => id)).toEqual([])
  })

  it('knows every case that a test names', () => {
    const known = new Set(ALL_CASES.map(({ id }) => id))
    expect([...titled()].filter((id) => !known.has(id) && !id.startsWith('I-'))).toEqual([])
  })
})
