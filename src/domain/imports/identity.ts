import type { Definition, Values } from './definition.ts'

/** Marks the id of a row that has none of its own: the rest is the id it is stored under. Written by the export. */
export const STORED_PREFIX = 'kamerton:'
/** Marks an id that was made from the row's own words. */
const DERIVED_PREFIX = 'row:'

/** How a row is found again. `natural` is the name or address that stands for an id in a file without ids. */
export type Identity =
  | Readonly<{ by: 'externalId'; value: string }>
  | Readonly<{ by: 'stored'; value: string }>
  | Readonly<{ by: 'natural'; value: string }>

export type IdentityMaker = (values: Values) => Identity | Readonly<{ refused: string }>

/** `digest` is a sha256 in hex. Equal rows are told apart by counting them, so a maker serves one pass over one file. */
export function identityMaker(
  definition: Definition,
  hasIds: boolean,
  digest: (text: string) => string,
): IdentityMaker {
  const occurrences = new Map<string, number>()
  return (values) => {
    const id = values['externalId']
    if (typeof id === 'string') return fromId(id)
    const natural = definition.naturalKey ? values[definition.naturalKey] : undefined
    if (typeof natural === 'string' && (!hasIds || definition.distinct))
      return { by: 'natural', value: natural }
    if (hasIds) return { refused: 'is empty' }
    const words = digest(
      JSON.stringify([definition.kind, ...definition.identifiedBy.map((field) => wordsOf(values[field]))]),
    ).slice(0, 40)
    const occurrence = (occurrences.get(words) ?? 0) + 1
    occurrences.set(words, occurrence)
    return { by: 'externalId', value: `${DERIVED_PREFIX}${words}:${occurrence}` }
  }
}

function fromId(id: string): Identity {
  return id.startsWith(STORED_PREFIX)
    ? { by: 'stored', value: id.slice(STORED_PREFIX.length) }
    : { by: 'externalId', value: id }
}

function wordsOf(value: Values[string] | undefined): string {
  const items = Array.isArray(value) ? value : [value ?? '']
  return items
    .map((item) => String(item).trim().toLowerCase())
    .toSorted()
    .join('|')
}

export function identityKey(identity: Identity): string {
  return `${identity.by} ${identity.by === 'natural' ? identity.value.toLowerCase() : identity.value}`
}
