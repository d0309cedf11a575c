import { Document, isMap, isSeq, type Node } from 'yaml'
import type { Condition, Policy, Rule } from '../domain/discounts/policy.ts'
import {
  answerText,
  FACT_WORDS,
  OTHERS,
  outcomeText,
  type Saying,
  sayings,
  sayingText,
  validText,
} from '../domain/discounts/policy-words.ts'

const HEADING = ` The rules are read from top to bottom. "stop" and "grant" end the reading, the others add somebody who is asked.
 What is not known never grants and never stops, but it asks. docs/policy.md tells every fact and outcome.`

/** The policy as readPolicy() reads it back, to the letter. */
export function writePolicy(policy: Policy): string {
  const floors = Object.entries(policy.floors).map(([group, floor]) => [
    group === '*' ? OTHERS : group,
    `${floor} %`,
  ])
  const document = new Document(
    new Map<string, unknown>([
      ['name', policy.name],
      ['answer within', answerText(policy)],
      ['valid for', validText(policy)],
      ...(floors.length > 0 ? [['floors', new Map(floors as [string, string][])] as const] : []),
      ...(Object.keys(policy.escalation).length > 0
        ? [['escalation', new Map(Object.entries(policy.escalation))] as const]
        : []),
      ['fallback', policy.fallback],
      ['rules', policy.rules.map(ruleMap)],
    ]),
    { schema: 'failsafe' },
  )
  document.commentBefore = HEADING
  parted(document)
  // A long name or list stays on its line: a reader compares lines.
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

/** An empty line between rules, and short lists on one line. */
function parted(document: Document): void {
  const rules = document.get('rules')
  for (const [at, rule] of (isSeq(rules) ? rules.items : []).entries()) {
    ;(rule as Node & { spaceBefore?: boolean }).spaceBefore = at > 0
    const when = isMap(rule) ? rule.get('when') : null
    for (const pair of isMap(when) ? when.items : []) if (isSeq(pair.value)) pair.value.flow = true
  }
}

function ruleMap({ name, when, outcome }: Rule): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['rule', name],
    ...(when.length > 0 ? [['when', whenNode(when)] as const] : []),
    ['then', outcomeText(outcome)],
  ])
}

/** One map, as long as every fact stands there once; else a list of small ones in their order. */
function whenNode(when: readonly Condition[]): unknown {
  const entries = sayings(when).map((saying) => [FACT_WORDS[saying[0].fact], valueOf(saying)] as const)
  const isPlain = new Set(entries.map(([fact]) => fact)).size === entries.length
  return isPlain ? new Map(entries) : entries.map(([fact, value]) => new Map([[fact, value]]))
}

/** Words stand in a list when there are several, or when the only one could be taken for something else. */
function valueOf(saying: Saying): string | readonly string[] {
  const [condition] = saying
  if (condition.kind !== 'word') return sayingText(saying)
  const [first = '', ...others] = condition.in
  return others.length === 0 && !/^(un)?known$/i.test(first) ? first : condition.in
}
