import { nameKey } from '../../domain/accounts/name-key.ts'
import type { Kind, Reference } from '../../domain/imports/definition.ts'
import { STORED_PREFIX } from '../../domain/imports/identity.ts'
import type { Found, Lookups, StoredTree } from '../../domain/imports/store.ts'
import type { Transaction } from './transaction.ts'

/** Ways to name the rows of one table. */
type Directory = Readonly<{
  reference: Reference
  ids: ReadonlyMap<string, string>
  names: ReadonlyMap<string, readonly string[]>
  parents: ReadonlyMap<string, string | null>
  labels: ReadonlyMap<string, string>
  externalIds: ReadonlyMap<string, string | null>
  unpriced: ReadonlySet<string>
  key(text: string): string
}>

type Row = Readonly<{
  id: string
  external_id: string | null
  label: string
  parent: string | null
  keys: readonly string[]
  /** Only accounts may be without a currency. */
  currency?: string | null
}>

const NEEDS: Readonly<Record<Kind, readonly Reference[]>> = {
  users: ['user'],
  accounts: ['account', 'user'],
  contacts: ['account'],
  products: ['product'],
  deals: ['account', 'user', 'product'],
  invoices: ['account'],
  contracts: ['account'],
  targets: ['account', 'user'],
  meetings: ['account', 'user'],
}

const OWN: Partial<Record<Kind, Reference>> = { users: 'user', accounts: 'account', products: 'product' }

const lower = (text: string) => text.trim().toLowerCase()
const unspaced = (text: string) => text.toLowerCase().replace(/\s+/g, '')

const QUERIES: Readonly<Record<Reference, string>> = {
  user: `select "id", "external_id", "email" as label, "manager_id" as parent, array["email", "name"] as keys from "users"`,
  account: `select a."id", a."external_id", a."name" as label, a."parent_id" as parent, a."client_revenue_currency" as currency,
      coalesce((select array_agg(n."key") from "account_names" n where n."account_id" = a."id"), '{}') as keys from "accounts" a`,
  product: `select "id", "external_id", "name" as label, null::text as parent, array["name"] as keys from "products"`,
}
const KEYS: Readonly<Record<Reference, (text: string) => string>> = {
  user: lower,
  account: nameKey,
  product: unspaced,
}

export async function loadLookups(transaction: Transaction, kind: Kind): Promise<Lookups> {
  const directories = new Map<Reference, Directory>()
  for (const reference of NEEDS[kind]) directories.set(reference, await loadDirectory(transaction, reference))
  const reference = OWN[kind]
  const own = reference ? directories.get(reference) : undefined
  return {
    resolve: (wanted, text) => find(directories.get(wanted), text) ?? { refused: `is an unknown ${wanted}` },
    natural: (value, claimsId) => (own ? naturalMatch(own, kind, value, claimsId) : null),
    conflict: (id, { email }) =>
      kind === 'users' && own && typeof email === 'string' ? emailConflict(own, id, email) : null,
    hasCurrency: (id) => own?.unpriced.has(id) !== true,
    tree: own ? treeOf(own) : NO_TREE,
  }
}

const NO_TREE: StoredTree = {
  parents: new Map(),
  byId: new Map(),
  byName: new Map(),
  label: String,
  nameKey: String,
}

function treeOf({ parents, ids, names, labels, key }: Directory): StoredTree {
  return { parents, byId: ids, byName: names, label: (id) => labels.get(id) ?? id, nameKey: key }
}

async function loadDirectory(transaction: Transaction, reference: Reference): Promise<Directory> {
  const rows = await transaction.$queryRawUnsafe<Row[]>(QUERIES[reference])
  const key = KEYS[reference]
  const ids = new Map<string, string>()
  const names = new Map<string, string[]>()
  for (const row of rows) {
    ids.set(`${STORED_PREFIX}${row.id}`, row.id)
    if (row.external_id !== null) ids.set(row.external_id, row.id)
    // The keys of accounts are stored ready-made.
    for (const name of new Set(reference === 'account' ? row.keys : row.keys.map(key))) {
      names.set(name, [...(names.get(name) ?? []), row.id])
    }
  }
  return {
    reference,
    ids,
    names,
    parents: new Map(rows.map(({ id, parent }) => [id, parent])),
    labels: new Map(rows.map(({ id, label }) => [id, label])),
    externalIds: new Map(rows.map(({ id, external_id }) => [id, external_id])),
    unpriced: new Set(rows.filter(({ currency }) => currency === null).map(({ id }) => id)),
    key,
  }
}

/** By id, else by a name that only one has. An e-mail address is a name that only one can have. */
function find(directory: Directory | undefined, text: string): Found | null {
  if (!directory) return null
  const byId = directory.ids.get(text)
  if (byId) return { id: byId }
  const key = directory.key(text)
  const named = key === '' ? [] : spelledSo(directory, directory.names.get(key) ?? [], text)
  const [only] = named
  if (!only) return null
  return named.length === 1
    ? { id: only }
    : { refused: `is the name of ${named.length} ${directory.reference}s: use the id` }
}

/** What a file without ids means by a name; users only by their address. */
function naturalMatch(own: Directory, kind: Kind, value: string, claimsId: boolean): Found | null {
  const named = (own.names.get(own.key(value)) ?? []).filter(
    (id) => !claimsId || own.externalIds.get(id) === null,
  )
  const exact =
    kind === 'users'
      ? named.filter((id) => own.labels.get(id) === lower(value))
      : spelledSo(own, named, value)
  const [only] = exact
  if (!only) return null
  return exact.length === 1
    ? { id: only }
    : { refused: `is the name of ${exact.length} ${own.reference}s: add a column with their ids` }
}

function emailConflict(own: Directory, id: string | null, email: string) {
  const holder = (own.names.get(email) ?? []).find((candidate) => own.labels.get(candidate) === email)
  return holder && holder !== id ? { field: 'email', reason: 'belongs to another user' } : null
}

/** Several names may sound alike; the one that is spelled so is meant. */
function spelledSo(directory: Directory, named: readonly string[], text: string): readonly string[] {
  if (named.length < 2) return named
  const same = named.filter((id) => lower(directory.labels.get(id) ?? '') === lower(text))
  return same.length > 0 ? same : named
}
