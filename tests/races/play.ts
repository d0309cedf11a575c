import type { Heard } from './click.ts'
import { judgeRound, type Round } from './judge.ts'
import type { Race } from './kinds.ts'
import type { Runner } from './runner.ts'
import { productOf, type Scene } from './scene.ts'

export type Figures = Readonly<{
  race: string
  rounds: number
  /** How often each of the possible ends came. */
  ends: Readonly<Record<string, number>>
  medianMs: number
  slowestMs: number
  problems: readonly string[]
}>

/** Of a hundred rounds: at the same moment, a millisecond, a tenth of a second and a second apart. */
const APART_MS = [
  { of: 60, ms: 0 },
  { of: 90, ms: 1 },
  { of: 99, ms: 100 },
  { of: 100, ms: 1_000 },
]
/** One round of two hundred. */
const LONGEST_APART_MS = 2_000
/** Those that mostly wait do so beside one another, and of the others a few meet as well. */
const SLOW_AT_ONCE = 20
const FAST_AT_ONCE = 4

const apartIn = (index: number) =>
  index % 200 === 199 ? LONGEST_APART_MS : (APART_MS.find(({ of }) => index % 100 < of)?.ms ?? 0)

/** Plays one race so many times and looks at what is written down and what everybody was told. */
export async function play(scene: Scene, runner: Runner, race: Race, rounds: number): Promise<Figures> {
  const ids = race.start === 'nothing' ? await layNothing(scene, rounds) : await scene.lay(race.start, rounds)
  const heard = new Map<string, readonly Heard[]>()
  const took: number[] = []
  const round = async (id: string, index: number) => {
    const ready = (await race.prepare?.(scene, id)) ?? ''
    const apart = apartIn(index)
    const started = performance.now()
    heard.set(id, await runner.run(race.clicks(id, { swap: index % 2 === 1, apart }, ready)))
    took.push(performance.now() - started - apart)
  }
  const { slow = [], fast = [] } = Object.groupBy(ids.entries(), ([index]) =>
    apartIn(index) >= 100 ? 'slow' : 'fast',
  )
  // A crowd beside other crowds would only measure how many connections there are.
  const lanes = (most: number) => (race.few ? 1 : most)
  await inLanes(lanes(FAST_AT_ONCE), fast, ([index, id]) => round(id, index))
  await inLanes(lanes(SLOW_AT_ONCE), slow, ([index, id]) => round(id, index))
  return figures(race, await judge(scene, race, heard), took)
}

async function inLanes<Item>(
  lanes: number,
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values()
  const lane = async () => {
    for (const item of left) await act(item)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

async function layNothing({ lay }: Scene, rounds: number): Promise<readonly string[]> {
  await lay('pending', 0)
  return Array.from({ length: rounds }, (_, index) => `none-${index + 1}`)
}

async function judge(scene: Scene, race: Race, heard: ReadonlyMap<string, readonly Heard[]>) {
  const written = await readAll(scene)
  return [...heard].map(([id, texts]) => {
    const key = race.start === 'nothing' ? productOf(id) : id
    return judgeRound(race, { id, heard: texts, requests: [], votes: [], audits: [], ...written.get(key) })
  })
}

type Written = Omit<Round, 'id' | 'heard'>

/** Everything that the rounds left behind, by the request, and by the product of it. */
async function readAll({ database: { prisma } }: Scene): Promise<ReadonlyMap<string, Written>> {
  const [requests, votes, entries, commitments, waiting] = await Promise.all([
    prisma.discountRequest.findMany({ orderBy: { number: 'asc' } }),
    prisma.approvalVote.findMany(),
    prisma.auditEntry.findMany({ where: { action: { startsWith: 'discount.' } }, orderBy: { seq: 'asc' } }),
    prisma.clientCommitment.findMany(),
    prisma.notice.findMany({ where: { state: 'WAITING' } }),
  ])
  const of = <Row>(rows: readonly Row[], key: (row: Row) => string) => Map.groupBy(rows, key)
  const byRequest = {
    votes: of(votes, ({ requestId }) => requestId),
    audits: of(entries, ({ subject }) => subject),
    gives: of(commitments, ({ requestId }) => requestId),
    waiting: of(waiting, ({ subject }) => subject),
  }
  const written = new Map<string, Written>()
  for (const [product, same] of of(requests, ({ productId }) => productId ?? '')) {
    const ids = same.map(({ id }) => id)
    const all = <Row>(rows: ReadonlyMap<string, readonly Row[]>) => ids.flatMap((id) => rows.get(id) ?? [])
    const one: Written = {
      requests: same,
      votes: all(byRequest.votes),
      audits: all(byRequest.audits),
      gives: all(byRequest.gives).length,
      waiting: all(byRequest.waiting).map(({ kind }) => kind),
    }
    written.set(product, one)
    for (const id of ids) written.set(id, one)
  }
  return written
}

type Judged = ReturnType<typeof judgeRound>

function figures(race: Race, judged: readonly Judged[], took: readonly number[]): Figures {
  const times = took.toSorted((a, b) => a - b)
  const ends = Map.groupBy(judged, ({ end }) => end)
  return {
    race: race.name,
    rounds: judged.length,
    ends: Object.fromEntries([...ends].map(([end, some]) => [end, some.length])),
    medianMs: Math.round(times[Math.floor(times.length / 2)] ?? 0),
    slowestMs: Math.round(times.at(-1) ?? 0),
    problems: judged.flatMap(({ problems }) => problems),
  }
}

export const figureLine = ({ race, rounds, ends, medianMs, slowestMs, problems }: Figures): string => {
  const split = Object.entries(ends)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([end, count]) => `${end} ${count}`)
    .join(', ')
  return `${race}: ${rounds} rounds, ${split}, median ${medianMs} ms, slowest ${slowestMs} ms, ${problems.length} problems`
}
