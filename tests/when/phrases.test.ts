import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { HELD_OUT } from './held-out.ts'
import { type Mark, markAll } from './judge.ts'
import { PHRASES } from './phrases.ts'

const marked = markAll(PHRASES)
const heldOut = markAll(HELD_OUT)

const linesOf = (mark: Mark, all = marked) =>
  all.filter((one) => one.mark === mark).map(({ phrase, answer }) => `${phrase.line} -> ${answer}`)

describe('the table of what people write about time', () => {
  test('is large, in both languages, in many zones, and says nothing twice', () => {
    const count = (start: string) => PHRASES.filter(({ category }) => category.startsWith(start)).length
    expect(PHRASES.length).toBeGreaterThanOrEqual(420)
    expect(count('ru:')).toBeGreaterThanOrEqual(200)
    expect(count('en:')).toBeGreaterThanOrEqual(200)
    expect(count('mixed')).toBeGreaterThanOrEqual(20)
    expect(new Set(PHRASES.map(({ scene }) => scene.timeZone)).size).toBeGreaterThanOrEqual(6)
    const keys = PHRASES.map(({ line, scene }) => JSON.stringify([line, scene]))
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
  })

  test('is read right in at least 97 of 100 cases', () => {
    const others = [...linesOf('asked'), ...linesOf('lost'), ...linesOf('wrong')]
    expect(linesOf('right').length / marked.length, others.join('\n')).toBeGreaterThanOrEqual(0.97)
  })

  test('is read wrong without a question in at most 5 of 1000 cases', () => {
    expect(linesOf('wrong').length / marked.length, linesOf('wrong').join('\n')).toBeLessThanOrEqual(0.005)
  })

  test('is read as well where it was not looked at', () => {
    expect(HELD_OUT.length).toBeGreaterThanOrEqual(80)
    const told = new Set(PHRASES.map(({ line }) => line.toLowerCase()))
    expect(HELD_OUT.filter(({ line }) => told.has(line.toLowerCase())).map(({ line }) => line)).toEqual([])
    expect(linesOf('right', heldOut).length / heldOut.length).toBeGreaterThanOrEqual(0.9)
  })

  test.each(['America/New_York', 'Asia/Vladivostok', 'Europe/Berlin'])(
    'is read the same by a process in %s',
    (zone) => {
      const told = JSON.stringify([...marked, ...heldOut].map(({ answer }) => answer))
      expect(answersUnder(zone)).toBe(createHash('sha256').update(told).digest('hex'))
    },
    30_000,
  )
})

function answersUnder(zone: string): string {
  const script = `
    import { createHash } from 'node:crypto'
    import { HELD_OUT } from './tests/when/held-out.ts'
    import { markAll } from './tests/when/judge.ts'
    import { PHRASES } from './tests/when/phrases.ts'
    const told = JSON.stringify([...markAll(PHRASES), ...markAll(HELD_OUT)].map(({ answer }) => answer))
    process.stdout.write(createHash('sha256').update(told).digest('hex'))`
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    env: { ...process.env, TZ: zone, NODE_OPTIONS: '' },
  })
  return run.stdout || run.stderr
}
