import type { Many } from './many.ts'
import type { Measured } from './measure.ts'
import type { Started } from './start.ts'

export type Reminded = Readonly<{ count: number; seconds: number; cpuMs: number }>

/** Everything that one run of the bench has found. */
export type Results = Readonly<{
  machine: Readonly<Record<string, string>>
  command: string
  answers: readonly Measured[]
  reminders: Readonly<{ floor: Reminded; kamerton: Reminded }> | null
  starts: readonly Started[]
  many: readonly Many[]
}>

/** What was promised, what was seen, and whether the one holds the other. */
export type Mark = Readonly<{ what: string; wanted: string; seen: string; met: boolean }>

const LARGEST = 1_000_000
const SMALLEST = 1_000

/** The marks of the issue, on PostgreSQL. */
export function marksOf(results: Results): Mark[] {
  return [
    ...ratios(results),
    ...growth(results),
    ...reminders(results),
    ...life(results),
    ...machines(results),
  ]
}

const most = (what: string, limit: number, seen: number, unit = ''): Mark => ({
  what,
  wanted: `≤ ${limit}${unit}`,
  seen: `${seen.toFixed(2)}${unit}`,
  met: seen <= limit,
})
const least = (what: string, limit: number, seen: number, unit = ''): Mark => ({
  what,
  wanted: `≥ ${limit}${unit}`,
  seen: `${seen.toFixed(2)}${unit}`,
  met: seen >= limit,
})

function ratios({ answers }: Results): Mark[] {
  return answers
    .filter(({ database }) => database === 'postgresql')
    .flatMap(({ run, accounts, inFlight, ratio }) => {
      const where = `${run}, ${inFlight} in flight, ${accounts.toLocaleString('en')} accounts`
      if (run === 'exact')
        return [
          most(`p50 of ${where}`, 1.5, ratio.p50),
          least(`throughput of ${where}`, 0.6, ratio.throughput),
        ]
      if (run === 'typo' || run === 'ambiguous') return [most(`p50 of ${where}`, 3, ratio.p50)]
      return run === 'meeting' ? [most(`p50 of ${where}`, 2, ratio.p50)] : []
    })
}

function growth({ answers }: Results): Mark[] {
  const of = (run: string, accounts: number) =>
    answers.find(
      (one) =>
        one.run === run && one.accounts === accounts && one.database === 'postgresql' && one.inFlight === 1,
    )
  return (['exact', 'typo', 'ambiguous'] as const).flatMap((run) => {
    const [small, large] = [of(run, SMALLEST), of(run, LARGEST)]
    if (!small || !large) return []
    const limit = run === 'exact' ? 1.3 : 2
    const cost = ({ kamerton: { cpuMs, dbCpuMs } }: Measured) => cpuMs + (dbCpuMs ?? 0)
    return [
      most(`p50 of ${run} at a million beside a thousand`, limit, large.kamerton.p50 / small.kamerton.p50),
      most(`processor of ${run} at a million beside a thousand`, limit, cost(large) / cost(small)),
    ]
  })
}

const reminders = ({ reminders: both }: Results): Mark[] =>
  both
    ? [least('reminders claimed and rendered', 2_000, both.kamerton.count / both.kamerton.seconds, '/s')]
    : []

function life({ starts }: Results): Mark[] {
  return starts
    .filter(({ what }) => what.startsWith('Kamerton'))
    .flatMap(({ what, firstAnswer, idleMb }) => {
      const [seconds, mb] = what.endsWith('PGlite') ? [4, 600] : [2, 220]
      return [
        most(`start to first answer, ${what}`, seconds, firstAnswer, ' s'),
        most(`idle memory, ${what}`, mb, idleMb, ' MB'),
      ]
    })
}

/** Twice the processes for the same processor time per answer are twice the throughput, where there are cores for it. */
function machines({ many }: Results): Mark[] {
  const cost = (count: number) => many.find(({ processes }) => processes === count)?.figures.cpuMs
  const [one, two] = [cost(1), cost(2)]
  const again = many.reduce((sum, { reminders: { twice } }) => sum + twice, 0)
  const lost = many.reduce((sum, { reminders: { planned, came } }) => sum + planned - came, 0)
  return [
    ...(one && two
      ? [least('throughput of two processes by processor per answer', 1.7, (2 * one) / two)]
      : []),
    ...(many.length > 0 ? [most('reminders that came twice or never', 0, again + lost)] : []),
  ]
}
