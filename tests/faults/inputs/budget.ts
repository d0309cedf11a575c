import { figure, rounds } from '../../support/figures.ts'
import { SEED } from './seed.ts'

/** What one input may cost. */
const BUDGET_MS = 20
/** Beside other tests on a busy machine everything takes longer; what is not linear takes a hundred times as long. */
const SLOWED = rounds(10, 1)
/** As many of the slowest are tried again. */
const TRIED_AGAIN = 40
const TRIES = 5

type Read = Readonly<{ input: string; ms: number }>
type Slow = Readonly<{ ms: number; input: unknown; again: () => unknown }>

/**
 * Takes the time of every input. A neighbour on the machine may make any of them slow once, so the slowest are read five
 * times more, by the time of this thread alone: what costs too much costs it again.
 */
export function createBudget(id: string, what: string) {
  const times: number[] = []
  let slowest: Slow[] = []

  const note = (ms: number, input: unknown, again: () => unknown) => {
    times.push(ms)
    if (ms < BUDGET_MS / 4) return
    slowest.push({ ms, input, again })
    if (slowest.length > TRIED_AGAIN * 4)
      slowest = slowest.toSorted((a, b) => b.ms - a.ms).slice(0, TRIED_AGAIN)
  }

  return {
    spend<Result>(input: unknown, read: () => Result): Result {
      const started = performance.now()
      const result = read()
      note(performance.now() - started, input, read)
      return result
    },
    /** For what is read in steps: the caller gives it to be read again. */
    async spendAsync<Result>(input: unknown, read: () => Promise<Result>): Promise<Result> {
      const started = performance.now()
      const result = await read()
      note(performance.now() - started, input, read)
      return result
    },
    /** The inputs that cost too much each time; `allowed` is for what a database or a disk has its part in. */
    async settle(allowed = BUDGET_MS): Promise<readonly Read[]> {
      const most = allowed * SLOWED
      const suspects = slowest.filter(({ ms }) => ms > most).toSorted((a, b) => b.ms - a.ms)
      const again: Read[] = []
      for (const { input, again: read } of suspects.slice(0, TRIED_AGAIN))
        again.push({ input: shown(input), ms: await medianOf(read) })
      const slow = again.filter(({ ms }) => ms > most)
      const sorted = times.toSorted((a, b) => a - b)
      const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2)
      const repeated = Math.max(0, ...again.map(({ ms }) => ms))
      const slowestAgain = again.length > 0 ? `, the slowest read again ${repeated.toFixed(1)} ms` : ''
      figure(
        id,
        `${times.length.toLocaleString('en')} ${what}: p50 ${at(0.5)}, p99.9 ${at(0.999)}, slowest ${at(1)} ms${slowestAgain}; seed ${SEED}`,
      )
      return slow
    },
  }
}

async function medianOf(read: () => unknown): Promise<number> {
  const taken: number[] = []
  for (let time = 0; time < TRIES; time += 1) {
    const before = process.threadCpuUsage()
    await read()
    const { user, system } = process.threadCpuUsage(before)
    taken.push((user + system) / 1_000)
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(TRIES / 2)] ?? 0
}

const shown = (input: unknown): string => {
  // Of nothing at all JSON makes nothing.
  const text = (JSON.stringify(input) as string | undefined) ?? 'undefined'
  return text.length > 400 ? `${text.slice(0, 400)}… (${text.length})` : text
}
