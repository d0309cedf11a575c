import { readFollowUp } from '../src/domain/talk/read-follow-up.ts'
import { readMeeting } from '../src/domain/talk/read-meeting.ts'
import { HELD_OUT } from '../tests/talk/held-out.ts'
import { FIELDS, isWrongTime, type Marked, markLines, meantBy } from '../tests/talk/judge.ts'
import { LINES } from '../tests/talk/lines.ts'
import { SECOND_HELD_OUT } from '../tests/talk/second-held-out.ts'
import type { Spoken } from '../tests/talk/table.ts'

/** How often a whole line about a meeting is understood, field by field, and how long it takes. */
const ROUNDS = 12
const LONG = 10_000

const at = (values: readonly number[], part: number) =>
  (values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? 0).toFixed(3)
const share = (part: number, all: number) => `${((100 * part) / all).toFixed(1)} %`
const print = (text: string) => process.stdout.write(`${text}\n`)

await report('Main table', LINES)
await report('Held out', HELD_OUT)
await report('Held out later', SECOND_HELD_OUT)
times()

async function report(title: string, lines: readonly Spoken[]): Promise<void> {
  const marked = await markLines(lines)
  const whole = marked.filter(({ missed }) => missed.length === 0).length
  print(`\n${title}: ${lines.length} lines, ${share(whole, lines.length)} understood as a whole`)
  for (const field of FIELDS) {
    const right = marked.filter(({ missed }) => !missed.includes(field)).length
    print(`  ${field.padEnd(10)}${share(right, lines.length).padStart(8)}`)
  }
  print(`  wrong times without a question: ${marked.filter(isWrongTime).length}`)
  for (const one of marked) if (one.missed.length > 0) print(`  ${told(one)}`)
}

function told({ spoken, understood, missed }: Marked): string {
  const meant = meantBy(spoken.right)
  const fields = missed.map((field) => `${field} "${understood[field]}", meant "${meant[field]}"`)
  return `${spoken.line}\n    ${fields.join('\n    ')}`
}

function times(): void {
  const long = LINES.map(({ line }) => line)
    .join('. ')
    .slice(0, LONG)
  const context = LINES[0]?.context
  const readers = [
    [
      'a meeting',
      (line: string, of: Spoken['context']) => {
        const talk = readMeeting(line, of)
        return talk.notesWithout(talk.names[0] ?? null)
      },
    ],
    [
      'a follow-up',
      (line: string, of: Spoken['context']) => {
        const talk = readFollowUp(line, of)
        return talk.whatWithout(talk.names[0] ?? null)
      },
    ],
  ] as const
  for (const [name, read] of readers) {
    const all: number[] = []
    const least = LINES.map(({ line, context: of }) => {
      const took = Array.from({ length: ROUNDS }, () => timed(() => read(line, of))).slice(2)
      all.push(...took)
      return Math.min(...took)
    })
    print(`\n${name}, one line: p50 ${at(all, 0.5)} ms, p99 ${at(all, 0.99)} ms`)
    print(
      `  the least of ${ROUNDS - 2} rounds of each line: p50 ${at(least, 0.5)} ms, p99 ${at(least, 0.99)} ms`,
    )
    if (!context) return
    const tens = Array.from({ length: ROUNDS }, () => timed(() => read(long, context)))
    print(`  ${LONG} characters: p50 ${at(tens, 0.5)} ms, first ${tens[0]?.toFixed(3)} ms`)
  }
}

function timed(run: () => unknown): number {
  const started = performance.now()
  run()
  return performance.now() - started
}
