import type { Node } from 'yaml'
import type { Policy, Rule } from '../domain/discounts/policy.ts'
import { policyProblems } from '../domain/discounts/policy-problems.ts'
import { OTHERS } from '../domain/discounts/policy-words.ts'
import type { Role } from '../domain/shared/actor.ts'
import { hint } from './nearest.ts'
import { readOutcome, readRole } from './read-outcome.ts'
import { type Meant, readPercentage } from './read-values.ts'
import { readWhen } from './read-when.ts'
import { type Entry, type Problem, type Trail, YamlSource } from './yaml-source.ts'

export type PolicyReading =
  | Readonly<{ ok: true; policy: Policy }>
  | Readonly<{ ok: false; problems: readonly Problem[] }>

const POLICY_KEYS = [
  'name',
  'answer within',
  'valid for',
  'floors',
  'escalation',
  'fallback',
  'rules',
] as const
type PolicyKey = (typeof POLICY_KEYS)[number]
const NEEDED: Readonly<Partial<Record<PolicyKey, string>>> = {
  name: 'name: Standard',
  'answer within': 'answer within: 8 working hours',
  'valid for': 'valid for: 30 days',
  fallback: 'fallback: ADMIN',
  rules: 'rules, with at least one',
}
const RULE_KEYS = ['rule', 'when', 'then'] as const

/** Stands where a rule could not be read, so that the others are still judged; it disturbs none of them. */
const UNREAD = {
  when: [{ kind: 'known', fact: 'percent' }],
  outcome: { kind: 'approve', by: { manager: 1 }, need: 'any' },
} as const satisfies Pick<Rule, 'when' | 'outcome'>

/** Where a value of the policy stands in the file, by its path in the data. */
type Places = Map<string, Readonly<{ at: Node; trail: Trail }>>
type Desk = Readonly<{ source: YamlSource; places: Places }>

/** A policy as it is written by hand. Every problem is told at once, with its line and what would be right. */
export function readPolicy(text: string): PolicyReading {
  const source = new YamlSource(text)
  const desk: Desk = { source, places: new Map() }
  const policy = source.root || source.problems.length === 0 ? readTop(source.root, desk) : null
  for (const { path, message } of policy ? policyProblems(policy) : []) {
    const place = placeOf(path, desk)
    source.refuse(place?.at ?? null, place?.trail ?? [], message)
  }
  const { problems } = source
  return policy && problems.length === 0 ? { ok: true, policy } : { ok: false, problems: distinct(problems) }
}

/** A syntax that is broken is told once for its place, whatever follows from it there. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    ({ line, column, message }, at) =>
      !problems
        .slice(0, at)
        .some((one) => one.line === line && one.column === column && one.message === message),
  )
}

function placeOf(path: readonly (string | number)[], { places }: Desk) {
  for (let length = path.length; length > 0; length -= 1) {
    const place = places.get(path.slice(0, length).join('\n'))
    if (place) return place
  }
  return null
}

function readTop(root: Node | null, desk: Desk): Policy | null {
  const entries = desk.source.entries(root, [])
  if (!entries) return null
  const found = known(entries, POLICY_KEYS, [], desk)
  for (const [key, example] of Object.entries(NEEDED))
    if (!found.has(key as PolicyKey)) desk.source.refuse(null, [], `"${key}" is missing; write ${example}`)
  return {
    name: meant(found.get('name'), ['name'], (text) => ({ value: text }), desk) ?? UNNAMED,
    answerHours: meant(found.get('answer within'), ['answerHours'], readHours, desk) ?? 8,
    validDays: meant(found.get('valid for'), ['validDays'], readDays, desk) ?? 30,
    floors: readFloors(found.get('floors'), desk),
    escalation: readEscalation(found.get('escalation'), desk),
    fallback: meant(found.get('fallback'), ['fallback'], readRole, desk) ?? 'ADMIN',
    rules: readRules(found.get('rules'), desk),
  }
}

const UNNAMED = 'unnamed'

const twice = (key: string): string => `"${key}" stands here twice: keep one`

/** The entries by their keys; a key that is not known is told of, with the one that was probably meant. */
function known<Key extends string>(
  entries: readonly Entry[],
  keys: readonly Key[],
  trail: Trail,
  { source }: Desk,
): ReadonlyMap<Key, Entry> {
  const found = new Map<Key, Entry>()
  for (const entry of entries) {
    const key = keys.find((one) => one === entry.key.toLowerCase())
    if (!key) source.refuse(entry.at, trail, `"${entry.key}" is not known here; ${hint(entry.key, keys)}`)
    else if (found.has(key)) source.refuse(entry.at, trail, twice(key))
    else found.set(key, entry)
  }
  return found
}

/** One value on one line; remembers where it stands. */
function meant<Value>(
  entry: Entry | undefined,
  path: readonly (string | number)[],
  read: (text: string) => Meant<Value>,
  { source, places }: Desk,
  trail: Trail = [],
): Value | null {
  if (!entry) return null
  const here = [...trail, entry.key]
  places.set(path.join('\n'), { at: entry.value ?? entry.at, trail: here })
  const text = source.text(entry.value, here)
  if (text === null) return null
  const value = read(text)
  if ('value' in value) return value.value
  source.refuse(entry.value, here, value.refused)
  return null
}

const readHours = (text: string): Meant<number> =>
  counted(text, /^(\d{1,4})(?: (?:working )?hours?)?$/i, '8 working hours')
const readDays = (text: string): Meant<number> => counted(text, /^(\d{1,4})(?: days?)?$/i, '30 days')

function counted(text: string, pattern: RegExp, example: string): Meant<number> {
  const [, digits] = pattern.exec(text) ?? []
  return digits ? { value: Number(digits) } : { refused: `"${text}" is not a whole number; write ${example}` }
}

function readFloors(entry: Entry | undefined, desk: Desk): Policy['floors'] {
  const floors: [string, string][] = []
  for (const floor of optional(entry, desk)) {
    const group = [OTHERS, '*'].includes(floor.key.toLowerCase()) ? '*' : floor.key
    const value = meant(floor, ['floors', group], readPercentage, desk, ['floors'])
    if (floors.some(([earlier]) => earlier === group))
      desk.source.refuse(floor.at, ['floors'], twice(floor.key))
    else if (value !== null) floors.push([group, value])
  }
  return Object.fromEntries(floors)
}

function readEscalation(entry: Entry | undefined, desk: Desk): Policy['escalation'] {
  const steps: [Role, Role][] = []
  for (const step of optional(entry, desk)) {
    const from = readRole(step.key)
    if ('refused' in from) desk.source.refuse(step.at, ['escalation'], from.refused)
    const to = meant(step, ['escalation', 'value' in from ? from.value : step.key], readRole, desk, [
      'escalation',
    ])
    if ('refused' in from || !to) continue
    if (steps.some(([earlier]) => earlier === from.value))
      desk.source.refuse(step.at, ['escalation'], twice(step.key))
    else steps.push([from.value, to])
  }
  return Object.fromEntries(steps)
}

/** A part that may be left out, or be there without anything in it. */
function optional(entry: Entry | undefined, { source }: Desk): readonly Entry[] {
  if (!entry) return []
  return source.entries(entry.value, [entry.key]) ?? []
}

function readRules(entry: Entry | undefined, desk: Desk): readonly Rule[] {
  const items = entry ? desk.source.items(entry.value, ['rules']) : null
  if (entry) desk.places.set('rules', { at: entry.at, trail: ['rules'] })
  return items ? items.map((item, at) => readRule(item, at, desk)) : [{ name: UNNAMED, ...UNREAD }]
}

function readRule(item: Node, at: number, desk: Desk): Rule {
  const { source, places } = desk
  const before = source.problems.length
  const trail = [`rule ${at + 1}`]
  // A name that nobody else has, so that only this one is told of.
  const unread = { name: `${UNNAMED} ${at + 1}`, ...UNREAD }
  places.set(['rules', at].join('\n'), { at: item, trail })
  const entries = source.entries(item, trail)
  if (!entries) return unread
  const found = known(entries, RULE_KEYS, trail, desk)
  for (const [key, example] of RULE_EXAMPLES)
    if (!found.has(key)) source.refuse(item, trail, `"${key}" is missing; write ${key}: ${example}`)
  const name = meant(found.get('rule'), ['rules', at, 'name'], (text) => ({ value: text }), desk, trail)
  const when = readWhen(found.get('when')?.value, { source, trail: [...trail, 'when'] })
  when.forEach(({ place }, index) => places.set(['rules', at, 'when', index].join('\n'), place))
  const outcome = meant(found.get('then'), ['rules', at, 'outcome'], readOutcome, desk, trail)
  const sound = source.problems.length === before && outcome
  const parts = sound ? { when: when.map(({ condition }) => condition), outcome } : UNREAD
  return { name: name ?? unread.name, ...parts }
}

const RULE_EXAMPLES = [
  ['rule', 'Own limit at D2'],
  ['then', 'approve by manager'],
] as const
