// Makes of a processor profile what people can read: the functions that take most, and a flame graph.
//   node --cpu-prof --cpu-prof-dir=/tmp/prof src/main.ts serve     under load, then stopped
//   node bench/flame.ts /tmp/prof/*.cpuprofile docs/flame.svg      prints the tables, writes the graph
import { readFileSync, writeFileSync } from 'node:fs'

type Frame = Readonly<{ functionName: string; url: string; lineNumber: number }>
type ProfileNode = Readonly<{ id: number; callFrame: Frame; children?: readonly number[] }>
type Profile = Readonly<{
  nodes: readonly ProfileNode[]
  samples: readonly number[]
  timeDeltas: readonly number[]
}>
/** A call and everything below it, with its time in microseconds. */
type Call = {
  readonly name: string
  readonly place: string
  self: number
  total: number
  readonly below: Call[]
}

const WIDTH = 1_200
const ROW = 17
/** Narrower than this nothing can be read. */
const LEAST_SHARE = 0.004
/** Waiting, and what happens once at the start. */
const LEFT_OUT =
  /^\((idle|program)\)$|^(executeUserEntryPoint|getOrCreateModuleJob|asyncRunEntryPointWithESMLoader)$/

const [from = '', to = ''] = process.argv.slice(2)
function callsOf({ nodes, samples, timeDeltas }: Profile): Call {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const times = new Map<number, number>()
  for (const [at, id] of samples.entries()) times.set(id, (times.get(id) ?? 0) + (timeDeltas[at] ?? 0))
  const callOf = (node: ProfileNode): Call => {
    const below: Call[] = []
    for (const id of node.children ?? []) {
      const child = byId.get(id)
      if (child && !LEFT_OUT.test(child.callFrame.functionName)) merge(below, callOf(child))
    }
    const self = node.callFrame.functionName === '(root)' ? 0 : (times.get(node.id) ?? 0)
    const total = self + below.reduce((sum, call) => sum + call.total, 0)
    return {
      name: node.callFrame.functionName || '(anonymous)',
      place: placeOf(node.callFrame),
      self,
      total,
      below,
    }
  }
  const [first] = nodes
  if (!first) throw new Error(`${from} is empty`)
  return callOf(first)
}

/** The same function called from the same place is one call. */
function merge(calls: Call[], call: Call): void {
  const same = calls.find(({ name, place }) => name === call.name && place === call.place)
  if (!same) return void calls.push(call)
  same.self += call.self
  same.total += call.total
  for (const one of call.below) merge(same.below, one)
}

function placeOf({ url, functionName }: Frame): string {
  const module = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]
  if (module) return module
  if (url.includes('/src/')) return url.replace(/^.*\/(src\/.*)$/, '$1')
  return url.startsWith('node:')
    ? 'Node'
    : functionName === '(garbage collector)'
      ? 'V8'
      : 'system calls and V8'
}

function walk(call: Call, visit: (call: Call) => void): void {
  visit(call)
  for (const one of call.below) walk(one, visit)
}

function selfOf(top: Call): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  walk(top, ({ name, place, self }) =>
    sums.set(`${name}, ${place}`, (sums.get(`${name}, ${place}`) ?? 0) + self),
  )
  return sums
}

/** Ours by folder, everything else by its package. */
function partsOf(top: Call): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  walk(top, ({ place, self }) => {
    const part = place.startsWith('src/') ? place.split('/').slice(0, -1).join('/') : place
    sums.set(part, (sums.get(part) ?? 0) + self)
  })
  return sums
}

function tableOf(title: string, sums: ReadonlyMap<string, number>, whole: number): string {
  const rows = [...sums].toSorted((a, b) => b[1] - a[1]).slice(0, 14)
  return [
    `| ${title} | share |`,
    '| --- | --- |',
    ...rows.map(([name, time]) => `| ${name} | ${share(time, whole)} |`),
    '',
  ].join('\n')
}

const share = (time: number, whole: number) => `${((time / whole) * 100).toFixed(1)} %`
const safe = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

function graphOf(top: Call): string {
  const boxes: string[] = []
  let deepest = 0
  const draw = (call: Call, left: number, depth: number): void => {
    const width = (call.total / top.total) * WIDTH
    if (width < LEAST_SHARE * WIDTH) return
    deepest = Math.max(deepest, depth)
    boxes.push(boxOf(call, left, depth, width, top.total))
    let next = left
    for (const one of call.below.toSorted((a, b) => b.total - a.total)) {
      draw(one, next, depth + 1)
      next += (one.total / top.total) * WIDTH
    }
  }
  draw(top, 0, 0)
  const height = (deepest + 1) * ROW
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="monospace" font-size="11">`
  return `${head}\n<rect width="100%" height="100%" fill="#fff"/>\n${boxes.join('\n')}\n</svg>\n`
}

const COLOURS: readonly (readonly [RegExp, string])[] = [
  [/^src\/bots/, '#f2a65a'],
  [/^src\/db/, '#8fb8de'],
  [/^src\//, '#f6d186'],
  [/^pg|prisma/, '#b8d8ba'],
  [/bolt/, '#d9b8e0'],
  [/./, '#dddddd'],
]

function boxOf(
  { name, place, total }: Call,
  left: number,
  depth: number,
  width: number,
  whole: number,
): string {
  const colour = COLOURS.find(([pattern]) => pattern.test(place))?.[1] ?? '#dddddd'
  const letters = Math.floor((width - 6) / 6.7)
  const words =
    letters > 3
      ? `<text x="${(left + 3).toFixed(1)}" y="${depth * ROW + 12}">${safe(name.slice(0, letters))}</text>`
      : ''
  const box = `<rect x="${left.toFixed(1)}" y="${depth * ROW}" width="${width.toFixed(1)}" height="${ROW - 1}" fill="${colour}"/>`
  return `<g><title>${safe(`${name}, ${place}: ${share(total, whole)}`)}</title>${box}${words}</g>`
}

const root = callsOf(JSON.parse(readFileSync(from, 'utf8')) as Profile)
const print = (text: string) => void process.stdout.write(`${text}\n`)
print(tableOf('function itself', selfOf(root), root.total))
print(tableOf('part', partsOf(root), root.total))
writeFileSync(to, graphOf(root))
