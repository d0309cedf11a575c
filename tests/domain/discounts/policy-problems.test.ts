import { describe, expect, it } from 'vitest'
import { DEFAULT_POLICY } from '../../../src/domain/discounts/default-policy.ts'
import type { Condition, Policy } from '../../../src/domain/discounts/policy.ts'
import { policyProblems } from '../../../src/domain/discounts/policy-problems.ts'
import { type House, policyWarnings } from '../../../src/domain/discounts/policy-warnings.ts'
import {
  DIRECTOR,
  FINANCE_LOOKS,
  GRANT,
  MANAGER,
  percentOver,
  policyOf,
  ruleOf,
  STOP,
} from './facts.sample.ts'

const problems = (policy: Policy) =>
  policyProblems(policy).map(({ path, message }) => `${path.join('.')}: ${message}`)
const changed = (change: Partial<Policy>) => problems({ ...policyOf(ruleOf('A', MANAGER)), ...change })

describe('a policy', () => {
  it('that comes with the product has no problem', () => {
    expect(problems(DEFAULT_POLICY)).toEqual([])
  })

  it.each<[Partial<Policy>, string]>([
    [{ name: ' ' }, 'name: a policy needs a name'],
    [{ name: 'x'.repeat(121) }, 'name: the name has 121 characters; at most 120 are shown'],
    [{ name: 'two\nlines' }, 'name: a name stands on one line, without control characters'],
    [{ answerHours: 0 }, 'answerHours: 0 is not a whole number of working hours from 1 to 80'],
    [{ answerHours: 81 }, 'answerHours: 81 is not a whole number of working hours from 1 to 80'],
    [{ answerHours: 1.5 }, 'answerHours: 1.5 is not a whole number of working hours from 1 to 80'],
    [{ validDays: 731 }, 'validDays: 731 is not a whole number of days from 1 to 730'],
    [{ floors: { Pumps: '100.01' } }, 'floors.Pumps: 100.01 % is no floor: write 0 to 100'],
    [{ floors: { Pumps: '-1' } }, 'floors.Pumps: -1 % is no floor: write 0 to 100'],
    [{ floors: { Pumps: '1', PUMPS: '2' } }, 'floors.PUMPS: PUMPS has two floors'],
    [{ rules: [] }, 'rules: a policy without any rule: write at least one'],
    [
      { escalation: { KAM: 'MANAGER', MANAGER: 'DIRECTOR', DIRECTOR: 'MANAGER' } },
      'escalation.MANAGER: escalation runs in a circle: MANAGER → DIRECTOR → MANAGER',
    ],
    [{ escalation: { ADMIN: 'ADMIN' } }, 'escalation.ADMIN: escalation runs in a circle: ADMIN → ADMIN'],
  ])('%j is refused', (change, problem) => {
    expect(changed(change)).toEqual([problem])
  })

  it('has at most a hundred rules', () => {
    const rules = Array.from({ length: 101 }, (_, at) => ruleOf(`rule ${at}`, MANAGER))
    expect(changed({ rules })).toEqual(['rules: 101 rules; at most 100 can be kept in mind'])
    expect(changed({ rules: rules.slice(1) })).toEqual([])
  })

  it('names no two rules alike, whatever the case', () => {
    expect(problems(policyOf(ruleOf('Boss', MANAGER), ruleOf('BOSS', DIRECTOR)))).toEqual([
      'rules.1.name: rule 1 is called "BOSS" too',
    ])
  })

  it('has no rule behind one that always ends the reading', () => {
    expect(problems(policyOf(ruleOf('A', GRANT), ruleOf('B', MANAGER)))).toEqual([
      'rules.1.name: never reached: rule 1 "A" always ends the reading',
    ])
    expect(problems(policyOf(ruleOf('A', MANAGER), ruleOf('B', STOP)))).toEqual([])
    expect(problems(policyOf(ruleOf('A', STOP, percentOver('5')), ruleOf('B', MANAGER)))).toEqual([])
  })

  it.each([
    [{ ...MANAGER, by: { manager: 0 } }, '0 is not a whole number of levels of managers from 1 to 5'],
    [{ ...MANAGER, by: { manager: 6 } }, '6 is not a whole number of levels of managers from 1 to 5'],
    [{ ...DIRECTOR, need: 0 }, '0 is not a whole number of people from 1 to 10'],
    [{ ...DIRECTOR, need: 11 }, '11 is not a whole number of people from 1 to 10'],
    [{ ...MANAGER, need: 2 }, 'there is one manager at each level, so 2 of them can never agree'],
  ])('asks people that there can be: %j', (outcome, message) => {
    expect(problems(policyOf(ruleOf('A', outcome)))).toEqual([`rules.0.outcome: ${message}`])
  })

  it.each<[boolean, ...Condition[]]>([
    [true, { kind: 'number', fact: 'percent', bound: { over: '10', under: '5' } }],
    [true, { kind: 'number', fact: 'percent', bound: { over: '5', atMost: '5.0' } }],
    [false, { kind: 'number', fact: 'percent', bound: { atLeast: '5', atMost: '5' } }],
    [true, percentOver('9'), { kind: 'number', fact: 'percent', bound: { under: '9' } }],
    [true, { kind: 'known', fact: 'margin' }, { kind: 'unknown', fact: 'margin' }],
    [false, { kind: 'unknown', fact: 'margin' }],
    [true, { kind: 'money', fact: 'net', bound: { over: { EUR: '9', USD: '1' }, under: { EUR: '5' } } }],
    [false, { kind: 'money', fact: 'net', bound: { over: { USD: '9' }, under: { EUR: '5' } } }],
    [true, { kind: 'word', fact: 'level', in: ['D1'] }, { kind: 'word', fact: 'level', in: ['D2'] }],
    [false, { kind: 'word', fact: 'level', in: ['D1', 'D2'] }, { kind: 'word', fact: 'level', in: ['d2'] }],
  ])('has no limits that contradict one another: %s %j', (isRefused, ...when) => {
    const found = problems(policyOf(ruleOf('A', MANAGER, ...when)))
    expect(found).toEqual(
      isRefused ? [`rules.0.when.${when.length - 1}: no value meets all that is said of it here`] : [],
    )
  })
})

const HOUSE: House = {
  people: { KAM: 5, MANAGER: 2, DIRECTOR: 1, FINANCE: 1, ADMIN: 1 },
  currencies: ['EUR', 'USD'],
}

describe('a warning', () => {
  it('is given for nobody in the policy that comes with the product', () => {
    expect(policyWarnings(DEFAULT_POLICY, HOUSE)).toEqual([])
  })

  it('names a role that nobody has, with where it is named', () => {
    const policy = {
      ...policyOf(ruleOf('Debt', FINANCE_LOOKS), ruleOf('Boss', MANAGER)),
      fallback: 'FINANCE' as const,
    }
    expect(policyWarnings(policy, { ...HOUSE, people: { ...HOUSE.people, FINANCE: 0 } })).toEqual([
      'empty role: nobody active is FINANCE, who is named in rule "Debt", fallback',
    ])
  })

  it('names a rule that needs more people than there are', () => {
    const two = ruleOf('Two', { ...DIRECTOR, need: 2 })
    expect(policyWarnings(policyOf(two), HOUSE)).toEqual([
      'too few people: rule "Two" needs 2 of DIRECTOR, there is only one',
    ])
  })

  it('names currencies that a limit leaves out', () => {
    const large: Condition = { kind: 'money', fact: 'amount', bound: { over: { EUR: '5' } } }
    expect(policyWarnings(policyOf(ruleOf('Boss', MANAGER), ruleOf('Large', STOP, large)), HOUSE)).toEqual([
      'rule "Large": "amount over 5 EUR" says nothing of USD; the rule does not hold there',
    ])
  })

  it('names the levels at which a request may meet no rule', () => {
    const own = ruleOf('Own', GRANT, { kind: 'word', fact: 'level', in: ['d4'] })
    const few = ruleOf('Few', MANAGER, percentOver('5'))
    expect(policyWarnings(policyOf(own, few), HOUSE)).toEqual([
      'no rule always holds at D1, D2, D3: a request that meets none goes to ADMIN',
    ])
    expect(policyWarnings(policyOf(ruleOf('Debt', FINANCE_LOOKS)), HOUSE)).toHaveLength(1)
  })
})
