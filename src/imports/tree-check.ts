import type { Problem } from '../domain/imports/row.ts'
import { findCycles, type TreeRow } from '../domain/imports/tree.ts'
import type { StoredTree } from '../domain/imports/store.ts'

/** A sound row with the parent it names, before it is known who that is. */
export type TreeEntry = Readonly<{
  line: number
  id: string | null
  externalId: string | null
  /** The name or address the row will have; undefined when the file leaves it as it is stored. */
  name: string | undefined
  parent: string | null | undefined
}>

export type ParentOfLine = Readonly<{ line: number; parent: string | null }>

/**
 * Finds each row's parent among the rows of the file and what is stored, and refuses unknown, unclear and circular ones.
 * A refused row may have been another row's parent, so this is repeated until no row falls out.
 */
export function checkTree(
  entries: readonly TreeEntry[],
  stored: StoredTree,
  column: string,
): { problems: Problem[]; parents: ParentOfLine[] } {
  const problems: Problem[] = []
  let sound = entries
  for (;;) {
    const round = checkRound(sound, stored, column)
    if (round.problems.length === 0) return { problems, parents: round.parents }
    problems.push(...round.problems)
    const bad = new Set(round.problems.map(({ line }) => line))
    sound = sound.filter(({ line }) => !bad.has(line))
  }
}

function checkRound(
  entries: readonly TreeEntry[],
  stored: StoredTree,
  column: string,
): { problems: Problem[]; parents: ParentOfLine[] } {
  const known = new Names(entries, stored)
  const problems: Problem[] = []
  const rows: TreeRow[] = []
  for (const entry of entries) {
    if (entry.parent === undefined) continue
    const found = entry.parent === null ? { node: null } : known.find(entry.parent)
    if ('refused' in found)
      problems.push({ line: entry.line, column, value: entry.parent ?? '', reason: found.refused })
    else rows.push({ line: entry.line, node: nodeOf(entry), label: entry.name ?? '', parent: found.node })
  }
  if (problems.length > 0) return { problems, parents: [] }
  for (const { lines, path } of findCycles(rows, stored.parents, (node) => known.label(node))) {
    problems.push(...lines.map((line) => ({ line, column, value: '', reason: `closes a circle: ${path}` })))
  }
  return { problems, parents: rows.map(({ line, parent }) => ({ line, parent: parent ?? null })) }
}

const nodeOf = ({ id, line }: TreeEntry) => id ?? `line ${line}`

/** The line of a row that is not stored yet, from its stand-in. */
export function lineOfNode(node: string): number | null {
  return node.startsWith('line ') ? Number(node.slice(5)) : null
}

class Names {
  readonly #stored: StoredTree
  readonly #ids = new Map<string, string>()
  readonly #names = new Map<string, Set<string>>()
  readonly #labels = new Map<string, string>()

  constructor(entries: readonly TreeEntry[], stored: StoredTree) {
    this.#stored = stored
    for (const entry of entries) {
      const node = nodeOf(entry)
      if (entry.externalId) this.#ids.set(entry.externalId, node)
      if (entry.name === undefined) continue
      const key = stored.nameKey(entry.name)
      this.#names.set(key, (this.#names.get(key) ?? new Set()).add(node))
      this.#labels.set(node, entry.name)
    }
  }

  find(text: string): { node: string } | { refused: string } {
    const byId = this.#ids.get(text) ?? this.#stored.byId.get(text)
    if (byId) return { node: byId }
    const key = this.#stored.nameKey(text)
    const named = new Set([...(this.#names.get(key) ?? []), ...(this.#stored.byName.get(key) ?? [])])
    const [only] = named
    if (!only) return { refused: 'is not stored, and no sound row of this file' }
    return named.size === 1 ? { node: only } : { refused: `may be ${named.size} different ones: use the id` }
  }

  label(node: string): string {
    return this.#labels.get(node) ?? this.#stored.label(node)
  }
}
