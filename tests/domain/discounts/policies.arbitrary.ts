import fc from 'fast-check'
import {
  MONEY_FACTS,
  NUMBER_FACTS,
  type FactName,
  type RuleFacts,
  WORD_FACTS,
} from '../../../src/domain/discounts/facts.ts'
import {
  type Approver,
  type Condition,
  LIMITS,
  type Need,
  type Outcome,
  type Policy,
  type Rule,
} from '../../../src/domain/discounts/policy.ts'
import { CLOSED_WORDS } from '../../../src/domain/discounts/policy-words.ts'
import { ROLES } from '../../../src/domain/shared/actor.ts'

const FACTS: readonly FactName[] = [...NUMBER_FACTS, ...MONEY_FACTS, ...WORD_FACTS]

/** Text that a person could write on one line, and that YAML would like to take for something else. */
const tricky = fc.constantFrom(
  'yes',
  'null',
  '007',
  '0.10',
  '12:30',
  '- dash',
  'a: b',
  'Deal #1',
  '# no comment',
  '[x',
  "it's",
  '"quoted"',
  '& anchor',
  '*star',
  '%',
  'known',
  'unknown',
  'A, B',
  'Насосы и клапаны',
  '!tag',
  '| pipe',
  '> more',
  '~',
  'true or false',
  '__proto__',
  'constructor',
)
const name = fc.oneof(tricky, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })).filter(isName)

function isName(text: string): boolean {
  return (
    text.trim() === text &&
    text !== '' &&
    !/[\p{Cc}\u2028\u2029\ufffd\ufeff]/u.test(text) &&
    text.isWellFormed()
  )
}

const decimal = (most: number) =>
  fc
    .tuple(
      fc.integer({ min: 0, max: most - 1 }),
      fc.integer({ min: 0, max: 9999 }),
      fc.integer({ min: 0, max: 4 }),
    )
    .map(([whole, part, digits]) =>
      digits === 0 ? `${whole}` : `${whole}.${`${part}`.padStart(4, '0').slice(0, digits)}`,
    )

const limitSet = fc.constantFrom(...LIMITS, 'over atMost', 'atLeast under').map((text) => text.split(' '))

/** Upper limits lie above lower ones, so that the rule can hold. */
const bound = (most: number) =>
  fc
    .tuple(limitSet, decimal(most / 2), decimal(most / 2))
    .map(([limits, low, more]) =>
      Object.fromEntries(
        limits.map((limit) => [
          limit,
          limit === 'over' || limit === 'atLeast' ? low : `${Number.parseInt(more, 10) + most / 2}`,
        ]),
      ),
    )

const currencies = fc.uniqueArray(fc.constantFrom('EUR', 'RUB', 'USD', 'CHF'), { minLength: 1, maxLength: 3 })
const moneyBound = fc
  .tuple(currencies, bound(1_000_000))
  .map(([codes, limits]) =>
    Object.fromEntries(
      Object.entries(limits).map(([limit, value]) => [
        limit,
        Object.fromEntries(codes.map((code) => [code, value])),
      ]),
    ),
  )

const conditions: fc.Arbitrary<readonly Condition[]> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...NUMBER_FACTS), bound(100), fc.boolean())
    .map(([fact, limits, known]): Condition[] => [
      ...(known ? [{ kind: 'known' as const, fact }] : []),
      { kind: 'number', fact, bound: limits },
    ]),
  fc
    .tuple(fc.constantFrom(...MONEY_FACTS), moneyBound)
    .map(([fact, limits]): Condition[] => [{ kind: 'money', fact, bound: limits }]),
  fc.constantFrom(...WORD_FACTS).chain((fact) =>
    fc
      .uniqueArray(CLOSED_WORDS[fact] ? fc.constantFrom(...CLOSED_WORDS[fact]) : name, {
        minLength: 1,
        maxLength: 4,
      })
      .map((words): Condition[] => [{ kind: 'word', fact, in: words }]),
  ),
  fc
    .tuple(fc.constantFrom(...FACTS), fc.constantFrom('known', 'unknown'))
    .map(([fact, kind]): Condition[] => [{ kind, fact }]),
)

const approver: fc.Arbitrary<Approver> = fc.oneof(
  fc.integer({ min: 1, max: 5 }).map((manager) => ({ manager })),
  fc.constantFrom(...ROLES).map((role) => ({ role })),
)

const need = (by: Approver): fc.Arbitrary<Need> =>
  'manager' in by
    ? fc.constantFrom<Need>('any', 'all', 1)
    : fc.oneof(fc.constantFrom('any' as const, 'all' as const), fc.integer({ min: 1, max: 10 }))

const asking = (kind: 'check' | 'approve'): fc.Arbitrary<Outcome> =>
  approver.chain((by) => need(by).map((many: Need): Outcome => ({ kind, by, need: many })))

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constantFrom<Outcome>({ kind: 'grant' }, { kind: 'stop' }),
  asking('check'),
  asking('approve'),
)

const rule: fc.Arbitrary<Rule> = fc.record({
  name,
  when: fc
    .uniqueArray(conditions, { maxLength: 4, selector: (some) => some[0]?.fact })
    .map((all) => all.flat()),
  outcome,
})

export const approveRule: fc.Arbitrary<Rule> = fc.record({
  name,
  when: fc.constant([]),
  outcome: asking('approve'),
})

/** Ends are conditional, so that every rule can be reached. */
const rules = fc
  .uniqueArray(rule, { minLength: 1, maxLength: 8, selector: ({ name: text }) => text.toLowerCase() })
  .map((all) => all.filter(({ when, outcome: end }) => when.length > 0 || 'by' in end))
  .filter(({ length }) => length > 0)

const groups = fc.dictionary(
  fc.oneof(name, fc.constant('*')).filter((group) => group.toLowerCase() !== 'others'),
  decimal(100),
  { maxKeys: 4, noNullPrototype: true },
)

/** Each role passes on to one above it, so there is no circle. */
const escalation = fc
  .uniqueArray(fc.constantFrom(...ROLES.slice(0, -1)), { maxLength: 4 })
  .map((from) => Object.fromEntries(from.map((role) => [role, ROLES[ROLES.indexOf(role) + 1]])))

export const policy: fc.Arbitrary<Policy> = fc.record({
  name,
  answerHours: fc.integer({ min: 1, max: 80 }),
  validDays: fc.integer({ min: 1, max: 730 }),
  floors: groups.filter(
    (all) => new Set(Object.keys(all).map((key) => key.toLowerCase())).size === Object.keys(all).length,
  ),
  escalation,
  fallback: fc.constantFrom(...ROLES),
  rules,
})

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 4 })
const currency = fc.constantFrom('EUR', 'RUB', 'USD')
const money = fc.record({ amount: decimal(1_000_000), currency })
const sums = fc.uniqueArray(money, { maxLength: 3, selector: (one) => one.currency })

export const facts: fc.Arbitrary<RuleFacts> = fc.record({
  percent: decimal(100),
  amount: money,
  list: money,
  net: money,
  deferralDays: fc.nat(120).map(String),
  margin: maybe(decimal(100)),
  marginOverFloor: maybe(decimal(100)),
  product: maybe(name),
  productGroup: maybe(name),
  tier: maybe(fc.constantFrom('A', 'B', 'C')),
  level: fc.constantFrom('D1', 'D2', 'D3', 'D4'),
  role: fc.constantFrom(...ROLES),
  overdue: maybe(sums),
  overdueDays: maybe(fc.nat(200).map(String)),
  grantedCount: fc.nat(9).map(String),
  grantedAmount: sums,
  contractEndsInDays: maybe(fc.integer({ min: -100, max: 900 }).map(String)),
})
