import { chronoAnswers } from '../tests/when/chrono-alone.ts'
import { HELD_OUT } from '../tests/when/held-out.ts'
import { type Mark, markAll } from '../tests/when/judge.ts'
import { PHRASES } from '../tests/when/phrases.ts'
import { contextOf, MOSCOW, type Phrase } from '../tests/when/table.ts'
import { findWhens, readWhen } from '../src/domain/when/read-when.ts'

/**
 * How often a time in a line is read right, by category, beside chrono-node alone; and how long a line takes. Chrono
 * never asks, so where a question is right it has no chance; everything else is judged in its favour.
 */
type Marks = readonly Readonly<{ phrase: Phrase; mark: Mark; answer: string }>[]

for (const [title, phrases] of [
  ['Main table', PHRASES],
  ['Held out', HELD_OUT],
] as const) {
  if (process.argv[2] === 'main' && title !== 'Main table') continue
  report(title, phrases)
}
times()

function report(title: string, phrases: readonly Phrase[]): void {
  const ours = markAll(phrases)
  const chrono = chronoAnswers(phrases)
  process.stdout.write(`\n${title}: ${phrases.length} phrases\n${'category'.padEnd(36)}`)
  process.stdout.write(`${'phrases'.padStart(8)}${'ours'.padStart(20)}${'chrono-node'.padStart(20)}\n`)
  const line = (name: string, keep: (phrase: Phrase) => boolean) => {
    const [mine, theirs] = [ours, chrono].map((marks: Marks) => marks.filter(({ phrase }) => keep(phrase)))
    const cells = [mine, theirs].map((marks = []) => cell(marks).padStart(20)).join('')
    process.stdout.write(`${name.padEnd(36)}${String(mine?.length).padStart(8)}${cells}\n`)
  }
  for (const category of new Set(phrases.map((phrase) => phrase.category)))
    line(category, (phrase) => phrase.category === category)
  line('total', () => true)
  line('only where one time is meant', ({ right }) => /^\d/.test(right))
  for (const { phrase, mark, answer } of ours)
    if (mark !== 'right')
      process.stdout.write(
        `  ${mark}: ${phrase.line} -> ${answer}, meant ${phrase.right} (${phrase.scene.direction})\n`,
      )
}

/** Right in per cent, and how many confident answers were wrong. */
function cell(marks: Marks): string {
  const count = (mark: Mark) => marks.filter((one) => one.mark === mark).length
  return `${((100 * count('right')) / marks.length).toFixed(1)} % (${count('wrong')} wrong)`
}

function times(): void {
  const took: number[] = []
  for (let round = 0; round < 12; round += 1)
    for (const { line, scene } of PHRASES) {
      const context = contextOf(scene)
      const started = performance.now()
      readWhen(line, context)
      if (round > 1) took.push(performance.now() - started)
    }
  const long = PHRASES.map(({ line }) => line)
    .join(' · ')
    .slice(0, 10_000)
  const longest = Array.from({ length: 20 }, () => {
    const started = performance.now()
    findWhens(long, contextOf(MOSCOW))
    return performance.now() - started
  })
  const at = (values: readonly number[], share: number) =>
    (values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0).toFixed(3)
  process.stdout.write(`\none line: p50 ${at(took, 0.5)} ms, p99 ${at(took, 0.99)} ms\n`)
  process.stdout.write(
    `10 kB of nothing but times: p50 ${at(longest, 0.5)} ms, first ${longest[0]?.toFixed(3)} ms\n`,
  )
}
