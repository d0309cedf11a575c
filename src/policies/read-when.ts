import { isSeq, type Node } from 'yaml'
import type { FactName } from '../domain/discounts/facts.ts'
import type { Condition } from '../domain/discounts/policy.ts'
import { FACT_WORDS } from '../domain/discounts/policy-words.ts'
import { hint } from './nearest.ts'
import { type Meant, readConditions, readWords } from './read-values.ts'
import type { Entry, Trail, YamlSource } from './yaml-source.ts'

type Here = Readonly<{ source: YamlSource; trail: Trail }>
type Placed = Readonly<{ condition: Condition; place: Readonly<{ at: Node; trail: Trail }> }>

const FACTS = Object.entries(FACT_WORDS) as (readonly [FactName, string])[]

/** A map of facts; or a list of such maps, when one fact is asked about twice. Without any the rule always holds. */
export function readWhen(node: Node | null | undefined, here: Here): readonly Placed[] {
  if (node === undefined) return []
  if (!isSeq(node))
    return (here.source.entries(node, here.trail) ?? []).flatMap((entry) => placed(entry, here))
  return (here.source.items(node, here.trail) ?? []).flatMap((item) =>
    (here.source.entries(item, here.trail) ?? []).flatMap((entry) => placed(entry, here)),
  )
}

function placed(entry: Entry, { source, trail }: Here): Placed[] {
  const fact = FACTS.find(([, words]) => words === entry.key.toLowerCase())?.[0]
  if (!fact) {
    source.refuse(entry.at, trail, unknownFact(entry.key))
    return []
  }
  const place = { at: entry.value ?? entry.at, trail: [...trail, entry.key] }
  const meant = said(fact, entry, { source, trail: place.trail })
  if (!meant) return []
  if ('value' in meant) return meant.value.map((condition) => ({ condition, place }))
  source.refuse(place.at, place.trail, meant.refused)
  return []
}

/** Null when it was told of already. */
function said(fact: FactName, { value }: Entry, { source, trail }: Here): Meant<readonly Condition[]> | null {
  if (!isSeq(value)) {
    const text = source.text(value, trail)
    return text === null ? null : readConditions(fact, text)
  }
  const words = (source.items(value, trail) ?? []).map((item) => source.text(item, trail))
  if (words.includes(null)) return null
  return readWords(fact, words as string[])
}

function unknownFact(key: string): string {
  // `{ percent: over 12,5 }` is two entries for YAML, and so is `{ percent: over 5, at most 10 }`.
  if (/^\d/.test(key))
    return `a comma begins a new entry here: write a fraction with a point, such as 12.${key}`
  if (/^(over|under|at least|at most)\b/i.test(key))
    return `a comma begins a new entry here: write "and ${key}" instead`
  return `there is no fact "${key}"; ${hint(
    key,
    FACTS.map(([, words]) => words),
  )}`
}
