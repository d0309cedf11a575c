import type { Definition, Field } from './definition.ts'
import { squash } from './words.ts'

/** Which column of the file fills which field. */
export type Columns = Readonly<{
  /** Index of the column by field name. */
  byField: ReadonlyMap<string, number>
  headers: readonly string[]
  notRecognised: readonly Readonly<{ header: string; hint?: string }>[]
  /** A column that would also fit, but another one has the better claim. */
  notUsed: readonly Readonly<{ header: string; field: string; insteadOf: string }>[]
}>

export type HeaderMistakes = Readonly<{ mistakes: readonly string[] }>

type Claim = { index: number; rank: number }

/** `mapping` is field → header, as given by hand; it wins over what is recognised. */
export function recogniseColumns(
  definition: Definition,
  headers: readonly string[],
  mapping: ReadonlyMap<string, string>,
): Columns | HeaderMistakes {
  const byField = new Map<string, number>()
  const mistakes = [...claimByHand(definition, headers, mapping, byField)]
  const taken = new Set(byField.values())
  const claims = recognisedClaims(definition, headers, taken, byField)
  const notUsed: { header: string; field: string; insteadOf: string }[] = []
  for (const [field, found] of claims) {
    const [best, ...others] = found.toSorted((a, b) => a.rank - b.rank || a.index - b.index)
    if (!best) continue
    const rival = others.find((other) => other.rank === best.rank)
    const name = (claim: Claim) => headers[claim.index] ?? ''
    if (rival) {
      mistakes.push(
        `columns "${name(best)}" (${best.index + 1}) and "${name(rival)}" (${rival.index + 1}) both mean ${field}: say which with --map "${field}=…", or rename one`,
      )
    }
    byField.set(field, best.index)
    taken.add(best.index)
    notUsed.push(
      ...others
        .filter((other) => other !== rival)
        .map((other) => ({ header: name(other), field, insteadOf: name(best) })),
    )
    for (const other of others) taken.add(other.index)
  }
  if (mistakes.length > 0) return { mistakes }
  const notRecognised = headers.flatMap((header, index) =>
    taken.has(index) ? [] : [withHint(definition, header, index)],
  )
  return { byField, headers, notRecognised, notUsed }
}

function claimByHand(
  definition: Definition,
  headers: readonly string[],
  mapping: ReadonlyMap<string, string>,
  byField: Map<string, number>,
): string[] {
  const mistakes: string[] = []
  for (const [field, header] of mapping) {
    const known = definition.fields.find((candidate) => candidate.name.toLowerCase() === field.toLowerCase())
    const exact = headers.flatMap((candidate, index) => (candidate === header ? [index] : []))
    const alike = headers.flatMap((candidate, index) => (squash(candidate) === squash(header) ? [index] : []))
    const places = exact.length > 0 ? exact : alike
    if (!known)
      mistakes.push(
        `--map: ${definition.kind} have no field "${field}"; there are ${definition.fields.map(({ name }) => name).join(', ')}`,
      )
    else if (places.length === 0)
      mistakes.push(
        `--map: the file has no column "${header}"; there are ${headers.map((name) => `"${name}"`).join(', ')}`,
      )
    else if (places.length > 1) mistakes.push(`--map: the file has ${places.length} columns "${header}"`)
    else byField.set(known.name, places[0] ?? 0)
  }
  return mistakes
}

function recognisedClaims(
  definition: Definition,
  headers: readonly string[],
  taken: ReadonlySet<number>,
  byField: ReadonlyMap<string, number>,
): Map<string, Claim[]> {
  const claims = new Map<string, Claim[]>()
  headers.forEach((header, index) => {
    if (taken.has(index)) return
    for (const field of definition.fields) {
      const rank = byField.has(field.name) ? -1 : rankOf(field, header)
      if (rank >= 0) claims.set(field.name, [...(claims.get(field.name) ?? []), { index, rank }])
    }
  })
  return claims
}

function rankOf(field: Field, header: string): number {
  const wanted = squash(header)
  if (wanted === '') return -1
  const rank = field.headers.findIndex((names) => names.some((name) => squash(name) === wanted))
  return rank < 0 && squash(field.name) === wanted ? 0 : rank
}

function withHint(definition: Definition, header: string, index: number) {
  const hint = definition.hints?.[squash(header)]
  return { header: header === '' ? `(column ${index + 1} has no header)` : header, ...(hint ? { hint } : {}) }
}
