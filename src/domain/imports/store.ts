import type { Kind, Reference, Values } from './definition.ts'
import type { Identity } from './identity.ts'

export type Found = Readonly<{ id: string }> | Readonly<{ refused: string }>

/** What is stored, as far as the rows of one kind may refer to it. */
export type Lookups = Readonly<{
  resolve(reference: Reference, text: string): Found
  /** The stored row that a name or address means instead of an id; null when there is none. A row with an id may claim only one without. */
  natural(value: string, claimsId: boolean): Found | null
  /** Why this row, stored under `id` or new, may not have these values. */
  conflict(id: string | null, values: Values): Readonly<{ field: string; reason: string }> | null
  /** Whether a stored row has its currency, so that an amount without one is in that. */
  hasCurrency(id: string): boolean
  tree: StoredTree
}>

/** Parents by node, and every way to name a node. */
export type StoredTree = Readonly<{
  parents: ReadonlyMap<string, string | null>
  byId: ReadonlyMap<string, string>
  byName: ReadonlyMap<string, readonly string[]>
  label(id: string): string
  nameKey(text: string): string
}>

/** A row that passed every check. References are stored ids. */
export type ReadyRow = Readonly<{
  line: number
  id: string | null
  externalId: string | null
  values: Values
}>

export type Written = Readonly<{
  idByLine: ReadonlyMap<number, string>
  created: readonly string[]
  changed: readonly string[]
}>

export type ImportTransaction = Readonly<{
  lookups: Lookups
  /** Stored ids by identityKey(). */
  find(identities: readonly Identity[]): Promise<ReadonlyMap<string, string>>
  write(rows: readonly ReadyRow[]): Promise<Written>
  /** Returns the ids of those whose parent changed. */
  setParents(parents: readonly Readonly<{ id: string; parent: string | null }>[]): Promise<readonly string[]>
  /** Ties what was written to what is stored already, such as names in meetings to new contacts. */
  finish(): Promise<void>
  audit(subject: string, counts: Readonly<Record<string, number>>): Promise<void>
}>

export type ImportStore = Readonly<{
  /** One transaction, the only import of its time; rolled back when `run` throws. */
  transaction<T>(kind: Kind, run: (transaction: ImportTransaction) => Promise<T>): Promise<T>
}>
