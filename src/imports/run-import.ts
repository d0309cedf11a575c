import { createHash } from 'node:crypto'
import type { CurrencyChoice } from '../domain/imports/currency.ts'
import type { Definition, ReadingContext } from '../domain/imports/definition.ts'
import type { Columns } from '../domain/imports/headers.ts'
import { type Identity, identityKey, identityMaker } from '../domain/imports/identity.ts'
import { readRow, type RowRead } from '../domain/imports/row.ts'
import { dayIn } from '../domain/shared/day.ts'
import { checkRow, type Checked, type CheckSettings } from './check.ts'
import type { Problems } from './problems.ts'
import { type Source, UnreadableFile } from './source.ts'
import type { ImportStore, ImportTransaction, ReadyRow } from '../domain/imports/store.ts'
import { checkTree, lineOfNode, type ParentOfLine, type TreeEntry } from './tree-check.ts'

/** Rows per statement: large enough to be quick, small enough to stay far from any limit. */
const BATCH = 1_000

export type ImportRequest = Readonly<{
  definition: Definition
  source: Source
  columns: Columns
  context: ReadingContext
  currency: CurrencyChoice
  subject: string
  now: Date
  dryRun: boolean
  skipBadRows: boolean
  problems: Problems
  progress: (text: string) => void
}>

export type ImportCounts = Readonly<{
  rows: number
  created: number
  changed: number
  unchanged: number
  refused: number
  derivedIds: number
}>

/** Thrown to undo a dry run, which is a real run up to its last step: it meets what the database itself would refuse. */
class Undo extends Error {
  readonly counts: ImportCounts
  constructor(counts: ImportCounts) {
    super('undo')
    this.counts = counts
  }
}

/** Two passes in one transaction: every row is checked before the first is written. */
export async function runImport(request: ImportRequest, store: ImportStore): Promise<ImportCounts> {
  try {
    return await store.transaction(request.definition.kind, async (transaction) => {
      const check = await firstPass(request, transaction)
      const refused = request.problems.badRows
      if (refused > 0 && !request.skipBadRows)
        return {
          rows: check.rows,
          created: 0,
          changed: 0,
          unchanged: 0,
          refused,
          derivedIds: check.derivedIds,
        }
      const { created, changed } = await secondPass(request, transaction, check.parents)
      await transaction.finish()
      const counts = {
        rows: check.rows,
        created,
        changed,
        unchanged: check.rows - refused - created - changed,
        refused,
        derivedIds: check.derivedIds,
      }
      if (request.dryRun) throw new Undo(counts)
      if (created + changed > 0)
        await transaction.audit(request.subject, {
          rows: counts.rows,
          created,
          changed,
          unchanged: counts.unchanged,
          refused,
        })
      return counts
    })
  } catch (error) {
    if (error instanceof Undo) return error.counts
    throw error
  }
}

async function firstPass(request: ImportRequest, transaction: ImportTransaction) {
  const { definition, columns, problems } = request
  const distinct = new DistinctRows(definition)
  const entries: TreeEntry[] = []
  let rows = 0
  let derivedIds = 0
  const tree = definition.fields.find((field) => field.tree && columns.byField.has(field.name))
  for await (const batch of checkedBatches(request, transaction)) {
    for (const { read, identity, checked } of batch) {
      rows += 1
      if ('problems' in checked) {
        problems.add(checked.problems)
        continue
      }
      if (identity?.by === 'externalId' && read.values['externalId'] === undefined) derivedIds += 1
      const twin = identity ? distinct.firstLine(identity, checked.row, read) : null
      if (twin) problems.add([{ ...twin, column: nameOf(columns, twin.column) }])
      else if (tree) entries.push(treeEntry(definition, checked.row, checked.parent))
    }
    request.progress(`checked ${rows.toLocaleString('en')} rows`)
  }
  if (!tree) return { rows, derivedIds, parents: [] }
  const result = checkTree(entries, transaction.lookups.tree, nameOf(columns, tree.name))
  problems.add(result.problems)
  return { rows, derivedIds, parents: result.parents }
}

const nameOf = (columns: Columns, field: string) => columns.headers[columns.byField.get(field) ?? -1] ?? field

function treeEntry(definition: Definition, row: ReadyRow, parent: string | null | undefined): TreeEntry {
  const name = row.values[definition.naturalKey ?? 'name']
  return {
    line: row.line,
    id: row.id,
    externalId: row.externalId,
    name: typeof name === 'string' ? name : undefined,
    parent,
  }
}

async function secondPass(
  request: ImportRequest,
  transaction: ImportTransaction,
  parents: readonly ParentOfLine[],
) {
  const changed = new Set<string>()
  const created = new Set<string>()
  const idByLine = new Map<number, string>()
  let done = 0
  for await (const batch of checkedBatches(request, transaction)) {
    const ready = batch.flatMap((row) => soundRow(row, request.problems))
    const written = await transaction.write(ready)
    for (const id of written.created) created.add(id)
    for (const id of written.changed) changed.add(id)
    if (parents.length > 0) for (const [line, id] of written.idByLine) idByLine.set(line, id)
    done += ready.length
    request.progress(`wrote ${done.toLocaleString('en')} rows`)
  }
  for (const id of await setParents(transaction, parents, idByLine)) changed.add(id)
  return { created: created.size, changed: changed.difference(created).size }
}

function soundRow({ read, checked }: CheckedRow, problems: Problems): ReadyRow[] {
  if (problems.isBad(read.line)) return []
  if ('row' in checked) return [checked.row]
  throw new UnreadableFile(`line ${read.line} has changed while the file was being read`)
}

async function setParents(
  transaction: ImportTransaction,
  parents: readonly ParentOfLine[],
  idByLine: ReadonlyMap<number, string>,
): Promise<string[]> {
  const changed: string[] = []
  for (let at = 0; at < parents.length; at += BATCH) {
    const pairs = parents.slice(at, at + BATCH).flatMap(({ line, parent }) => {
      const id = idByLine.get(line)
      const parentLine = parent === null ? null : lineOfNode(parent)
      return id ? [{ id, parent: parentLine === null ? parent : (idByLine.get(parentLine) ?? null) }] : []
    })
    changed.push(...(await transaction.setParents(pairs)))
  }
  return changed
}

type CheckedRow = Readonly<{ read: RowRead; identity: Identity | null; checked: Checked }>

/** Both passes read the file in the same way, so that what is checked is what is written. */
async function* checkedBatches(
  request: ImportRequest,
  transaction: ImportTransaction,
): AsyncGenerator<CheckedRow[]> {
  const settings: CheckSettings = { ...request, today: dayIn(request.context.timeZone, request.now) }
  for await (const batch of identifiedBatches(request)) {
    const found = await transaction.find(batch.flatMap(({ identity }) => (identity ? [identity] : [])))
    yield batch.map(({ read, identity }) => {
      if (!identity) return { read, identity, checked: { problems: read.problems } }
      const stored = found.get(identityKey(identity)) ?? null
      return { read, identity, checked: checkFound(read, identity, stored, transaction, settings) }
    })
  }
}

function checkFound(
  read: RowRead,
  identity: Identity,
  stored: string | null,
  transaction: ImportTransaction,
  settings: CheckSettings,
): Checked {
  if (stored !== null) return checkRow(read, identity, stored, transaction.lookups, settings)
  const key = settings.definition.naturalKey
  const value = key ? read.values[key] : undefined
  const mayBeNamed = identity.by === 'natural' || settings.definition.distinct
  const natural =
    typeof value === 'string' && mayBeNamed
      ? transaction.lookups.natural(value, identity.by === 'externalId')
      : null
  if (natural && 'refused' in natural) {
    return {
      problems: [
        {
          line: read.line,
          column: nameOf(settings.columns, key ?? ''),
          value: String(value),
          reason: natural.refused,
        },
      ],
    }
  }
  return checkRow(read, identity, natural?.id ?? null, transaction.lookups, settings)
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

async function* identifiedBatches({
  definition,
  source,
  columns,
  context,
}: ImportRequest): AsyncGenerator<{ read: RowRead; identity: Identity | null }[]> {
  const identify = identityMaker(definition, columns.byField.has('externalId'), digest)
  let batch: { read: RowRead; identity: Identity | null }[] = []
  for await (const row of source.rows()) {
    const read = readRow(definition, columns, row, context)
    const identity = read.problems.length === 0 ? identify(read.values) : null
    if (identity && 'refused' in identity) {
      const problem = {
        line: row.line,
        column: nameOf(columns, 'externalId'),
        value: '',
        reason: identity.refused,
      }
      batch.push({ read: { ...read, problems: [problem] }, identity: null })
    } else batch.push({ read, identity })
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Remembers where each id, and each value that may stand once only, stood first. */
class DistinctRows {
  readonly #definition: Definition
  readonly #lines = new Map<string, number>()

  constructor(definition: Definition) {
    this.#definition = definition
  }

  firstLine(identity: Identity, row: ReadyRow, read: RowRead) {
    const natural = this.#definition.naturalKey ?? 'externalId'
    const column = identity.by === 'natural' ? natural : 'externalId'
    const keys = [
      { column, key: row.id === null ? identityKey(identity) : `stored ${row.id}`, value: identity.value },
    ]
    for (const field of this.#definition.distinct ?? []) {
      const value = read.values[field]
      if (typeof value === 'string')
        keys.push({ column: field, key: `${field} = ${value.toLowerCase()}`, value })
    }
    for (const { key, value, column: at } of keys) {
      const first = this.#lines.get(key)
      if (first !== undefined)
        return {
          line: row.line,
          column: at,
          value,
          reason: `stands in an earlier line too (the first is line ${first})`,
        }
    }
    for (const { key } of keys) this.#lines.set(key, row.line)
    return null
  }
}
