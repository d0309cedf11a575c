import type pg from 'pg'
import { cpuMsOf, memoryOf } from './cpu.ts'
import type { RunName, Side, Slice } from './load/orders.ts'
import type { Load } from './processes.ts'

export type Figures = Readonly<{
  answers: number
  perSecond: number
  p50: number
  p99: number
  /** Milliseconds of processor for one answer: of the server's own process, and of its PostgreSQL backends. */
  cpuMs: number
  dbCpuMs: number | null
  peakMb: number
}>

type Ratio = Readonly<{ p50: number; throughput: number; cpu: number }>
export type Measured = Readonly<{
  run: RunName
  database: 'postgresql' | 'pglite'
  accounts: number
  inFlight: number
  floor: Figures
  kamerton: Figures
  ratio: Ratio
}>

/** One side of a measurement: where it listens, and which processes work for it. */
export type Target = Readonly<{ side: Side; url: string; pids: readonly number[] }>

export type Plan = Readonly<{
  run: RunName
  database: Measured['database']
  accounts: number
  inFlight: number
  slices: number
  ms: number
  most?: number
  perSecond?: number
}>

export type Bench = Readonly<{ load: Load; client: pg.Client | null }>

const WARMING_IN_FLIGHT = 16

/** Short slices in turn, so that whatever else this machine does hits both sides; what counts are their medians. */
export async function measure(bench: Bench, plan: Plan, targets: readonly Target[]): Promise<Measured> {
  const slices = new Map<Side, Figures[]>(targets.map(({ side }) => [side, []]))
  // The first round warms up both: compilers, caches, and each connection of the pool, which plans a statement anew until it
  // has seen it seven times.
  for (let round = 0; round <= plan.slices; round += 1) {
    for (const target of round % 2 === 0 ? targets : targets.toReversed()) {
      const warming = { ...plan, inFlight: plan.run === 'telegram' ? plan.inFlight : WARMING_IN_FLIGHT }
      const figures = await sliced(bench, round === 0 ? warming : plan, target, plan.ms)
      if (round > 0) slices.get(target.side)?.push(figures)
    }
  }
  const floor = middle(slices.get('floor') ?? [])
  const kamerton = middle(slices.get('kamerton') ?? [])
  return { ...plan, floor, kamerton, ratio: ratioOf(kamerton, floor) }
}

const ratioOf = (one: Figures, other: Figures): Ratio => ({
  p50: one.p50 / other.p50,
  throughput: one.perSecond / other.perSecond,
  cpu: (one.cpuMs + (one.dbCpuMs ?? 0)) / (other.cpuMs + (other.dbCpuMs ?? 0)),
})

/** Measures one side once. */
export async function sliced(
  { load, client }: Bench,
  { run, accounts, inFlight, most, perSecond }: Plan,
  { side, url, pids }: Target,
  ms: number,
): Promise<Figures> {
  const path = run === 'telegram' ? '/telegram/webhook' : '/slack/events'
  const slice: Slice = {
    side,
    run,
    url: `${url}${path}`,
    accounts,
    inFlight,
    ms,
    ...(most === undefined ? {} : { most }),
    ...(perSecond === undefined ? {} : { perSecond }),
  }
  const before = await spent(client, side, pids)
  const { latencies, seconds, wrong } = await load.run(slice)
  const after = await spent(client, side, pids)
  const [problem] = wrong
  if (problem !== undefined) throw new Error(`${side}, ${run}: a wrong answer: ${problem}`)
  const answers = latencies.length
  if (answers === 0) throw new Error(`${side}, ${run}: no answer at all`)
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(Math.floor(answers * share), answers - 1)] ?? 0
  return {
    answers,
    perSecond: answers / seconds,
    p50: at(0.5),
    p99: at(0.99),
    cpuMs: (after.server - before.server) / answers,
    dbCpuMs: client ? (after.database - before.database) / answers : null,
    peakMb: Math.max(...pids.map((pid) => memoryOf(pid).peakMb)),
  }
}

/** The backends of one side are told by the name that it connects under. */
async function spent(client: pg.Client | null, side: Side, pids: readonly number[]) {
  const server = pids.reduce((sum, pid) => sum + cpuMsOf(pid), 0)
  if (!client) return { server, database: 0 }
  const { rows } = await client.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname = current_database() and application_name like $1',
    [`${side}%`],
  )
  return { server, database: rows.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0) }
}

function middle(slices: readonly Figures[]): Figures {
  const of = (read: (figures: Figures) => number) => median(slices.map(read))
  return {
    answers: slices.reduce((sum, { answers }) => sum + answers, 0),
    perSecond: of(({ perSecond }) => perSecond),
    p50: of(({ p50 }) => p50),
    p99: of(({ p99 }) => p99),
    cpuMs: of(({ cpuMs }) => cpuMs),
    dbCpuMs: slices.some(({ dbCpuMs }) => dbCpuMs === null) ? null : of(({ dbCpuMs }) => dbCpuMs ?? 0),
    peakMb: Math.max(...slices.map(({ peakMb }) => peakMb)),
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  const upper = sorted[half] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2
}
