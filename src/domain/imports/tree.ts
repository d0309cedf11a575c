/** One row of a file whose kind forms a tree: users under managers, accounts under parents. */
export type TreeRow = Readonly<{
  line: number
  /** The stored id, or a stand-in for a row that will be created. */
  node: string
  label: string
  /** The parent's node, null for none; undefined when the file does not say. */
  parent: string | null | undefined
}>

export type Cycle = Readonly<{ lines: readonly number[]; path: string }>

/** Rings that the rows close, alone or together with what is stored. Each row in a ring is named. */
export function findCycles(
  rows: readonly TreeRow[],
  stored: ReadonlyMap<string, string | null>,
  label: (node: string) => string,
): Cycle[] {
  const parents = new Map(stored)
  const lines = new Map<string, number>()
  for (const row of rows) {
    if (row.parent === undefined) continue
    parents.set(row.node, row.parent)
    lines.set(row.node, row.line)
  }
  const settled = new Set<string>()
  const cycles: Cycle[] = []
  for (const row of rows) {
    const ring = ringAbove(row.node, parents, settled)
    if (ring.length === 0) continue
    const inFile = ring.flatMap((node) => lines.get(node) ?? [])
    cycles.push({ lines: inFile, path: [...ring, ring[0] ?? ''].map(label).join(' → ') })
  }
  return cycles
}

/** Walks up from a node; returns the ring it runs into, if it is a new one. */
function ringAbove(
  start: string,
  parents: ReadonlyMap<string, string | null>,
  settled: Set<string>,
): string[] {
  const path: string[] = []
  const place = new Map<string, number>()
  let node: string | null = start
  while (node !== null && !settled.has(node) && !place.has(node)) {
    place.set(node, path.length)
    path.push(node)
    node = parents.get(node) ?? null
  }
  for (const visited of path) settled.add(visited)
  const from = node === null ? undefined : place.get(node)
  return from === undefined ? [] : path.slice(from)
}
