import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { checkSync } from 'recheck'
import { beforeAll, describe, expect, it } from 'vitest'
import { figure, isLong, rounds } from '../../support/figures.ts'
import { attackStrings } from './attack-strings.ts'

type Pattern = Readonly<{ where: string; source: string; flags: string }>

/** Those that the checker has found linear before: it takes a minute for all, so `npm test` asks it of new ones only. */
const CHECKED = 'tests/faults/inputs/linear-patterns.txt'
/** Lines of talk are cut long before; a cell of a file holds 20,000 characters. */
const LONG = rounds(20_000, 100_000)
const MOST_MS = rounds(250, 50)

/** Not linear, and of no harm: what reaches them has so many characters at most. */
const BOUNDED: readonly Readonly<{ where: string; begins: string; most: number }>[] = [
  { where: 'domain/talk/markers.ts', begins: String.raw`(?:^|[^\p{L}])(\p{Lu}`, most: 48 },
]

let patterns: readonly Pattern[] = []

beforeAll(() => {
  const args = ['--disable-warning=ExperimentalWarning', 'tests/faults/inputs/patterns-of-src.ts']
  const all = JSON.parse(
    execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 64 << 20 }),
  ) as Pattern[]
  patterns = [...new Map(all.map((one) => [digestOf(one), one])).values()]
})

const digestOf = ({ source, flags }: Pattern) =>
  createHash('sha256').update(`${source}/${flags}`).digest('hex').slice(0, 16)
const mostOf = ({ where, source }: Pattern) =>
  BOUNDED.find((one) => where === one.where && source.startsWith(one.begins))?.most ?? null
const told = ({ where, source, flags }: Pattern) => `${where}: /${source.slice(0, 200)}/${flags}`

describe('H-05 every regular expression of the program', () => {
  it('is found: those that are written and those that are built at the start', () => {
    expect(patterns.length).toBeGreaterThan(700)
    expect(patterns.some(({ where }) => where === 'domain/when/meaning.ts')).toBe(true)
  })

  it('is linear by the checker of patterns', { timeout: 900_000 }, () => {
    const before = new Set(isLong ? [] : readFileSync(CHECKED, 'utf8').split('\n'))
    const asked = patterns.filter((one) => !before.has(digestOf(one)) && mostOf(one) === null)
    const verdicts = asked.map((one) => ({
      one,
      verdict: checkSync(one.source, one.flags, { timeout: 20_000 }),
    }))
    const superLinear = verdicts.filter(({ one, verdict }) => isConfirmed(one, verdict))
    expect(superLinear.map(({ one, verdict }) => `${told(one)} ${summaryOf(verdict)}`)).toEqual([])
    // What the checker cannot tell in its time is left to the measure below.
    const open = verdicts.filter(({ verdict }) => verdict.status === 'unknown').length
    if (!isLong) return
    figure(
      'H-05',
      `${patterns.length} patterns, ${open} of them by the measure alone: none worse than linear`,
    )
    writeFileSync(CHECKED, `${patterns.map(digestOf).toSorted().join('\n')}\n`)
  })

  it('takes a long hostile text in its time', { timeout: 900_000 }, () => {
    const slow: string[] = []
    let worst = 0
    let count = 0
    for (const one of patterns)
      for (const attack of attackStrings(one.source, mostOf(one) ?? LONG)) {
        const ms = timeOf(one, attack)
        count += 1
        worst = Math.max(worst, ms)
        if (ms > MOST_MS)
          slow.push(`${told(one)} ${ms.toFixed(0)} ms: ${JSON.stringify(attack.slice(0, 60))}`)
      }
    figure(
      'H-05',
      `${count.toLocaleString('en')} hostile texts of ${LONG.toLocaleString('en')} characters: slowest ${worst.toFixed(1)} ms`,
    )
    expect(slow).toEqual([])
  })
})

type Verdict = ReturnType<typeof checkSync>

const summaryOf = (verdict: Verdict) =>
  verdict.status === 'vulnerable' ? `${verdict.complexity.summary}: ${verdict.attack.pattern}` : ''

/** What the checker only found by trying must be slow here too: it counts steps, and tries no longer than it may. */
const isConfirmed = (one: Pattern, verdict: Verdict): boolean =>
  verdict.status === 'vulnerable' &&
  (verdict.checker === 'automaton' || timeOf(one, verdict.attack.string.slice(0, LONG)) > MOST_MS)

/** By the time of this thread; what seems slow is tried again, for it may have been a neighbour or the compiler. */
function timeOf(pattern: Pattern, text: string): number {
  const first = once(pattern, text)
  return first > MOST_MS / 2 ? Math.min(first, once(pattern, text), once(pattern, text)) : first
}

function once({ source, flags }: Pattern, text: string): number {
  const pattern = new RegExp(source, flags)
  const before = process.threadCpuUsage()
  if (pattern.global) text.replaceAll(pattern, '')
  else pattern.test(text)
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}
