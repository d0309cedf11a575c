import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_POLICY } from '../../../src/domain/discounts/default-policy.ts'
import { evaluate, NO_RULE, test as holds, type Verdict } from '../../../src/domain/discounts/evaluate.ts'
import type { RuleFacts } from '../../../src/domain/discounts/facts.ts'
import { approverKey, type Condition, type Policy } from '../../../src/domain/discounts/policy.ts'
import {
  DIRECTOR,
  FACTS,
  FINANCE_DECIDES,
  FINANCE_LOOKS,
  GRANT,
  MANAGER,
  percentOver,
  policyOf,
  ruleOf,
  STOP,
} from './facts.sample.ts'
import { approveRule, facts as anyFacts, policy as anyPolicy } from './policies.arbitrary.ts'

/** `stopped Deep`, `granted Small`, or the steps in their order. */
function verdictOf(policy: Policy, facts: Partial<RuleFacts> = {}): string {
  const verdict = evaluate(policy, { ...FACTS, ...facts })
  return verdict.kind === 'chain' ? stepsOf(verdict).join(' > ') : `${verdict.kind} ${verdict.rule.name}`
}

const stepsOf = (verdict: Verdict): string[] =>
  verdict.kind === 'chain'
    ? verdict.steps.map(({ kind, by, need }) => `${kind} ${approverKey(by)} ${need}`)
    : []

const MARGIN_UNDER_15: Condition = { kind: 'number', fact: 'margin', bound: { under: '15' } }

describe('the reading of rules', () => {
  it('ends at a stop that holds, whoever was asked before', () => {
    const policy = policyOf(
      ruleOf('Boss', MANAGER),
      ruleOf('Deep', STOP, percentOver('9')),
      ruleOf('Small', GRANT),
    )
    expect(verdictOf(policy)).toBe('stopped Deep')
    expect(verdictOf(policy, { percent: '9' })).toBe('approve manager:1 any')
  })

  it('ends at a grant: at once when nobody was asked for, else those who were are asked', () => {
    const grant = ruleOf('Own', GRANT, { kind: 'word', fact: 'level', in: ['D2'] })
    expect(verdictOf(policyOf(grant, ruleOf('Boss', MANAGER)))).toBe('granted Own')
    expect(verdictOf(policyOf(ruleOf('Debt', FINANCE_LOOKS), grant, ruleOf('Boss', MANAGER)))).toBe(
      'check role:FINANCE any',
    )
    expect(verdictOf(policyOf(grant, ruleOf('Deep', STOP)))).toBe('granted Own')
  })

  it('puts checks before authority and authority from less of it to more', () => {
    const policy = policyOf(
      ruleOf('1', DIRECTOR),
      ruleOf('2', { ...MANAGER, by: { manager: 2 } }),
      ruleOf('3', FINANCE_LOOKS),
      ruleOf('4', MANAGER),
    )
    expect(verdictOf(policy)).toBe(
      'check role:FINANCE any > approve manager:1 any > approve manager:2 any > approve role:DIRECTOR any',
    )
  })

  it('asks the same people once, with the stricter need and every reason', () => {
    const verdict = evaluate(
      policyOf(
        ruleOf('a', DIRECTOR),
        ruleOf('b', { ...DIRECTOR, need: 2 }, percentOver('5')),
        ruleOf('c', DIRECTOR),
      ),
      FACTS,
    )
    expect(verdict).toEqual({
      kind: 'chain',
      steps: [
        {
          kind: 'approve',
          by: { role: 'DIRECTOR' },
          need: 2,
          rules: [
            { name: 'a', tested: {} },
            { name: 'b', tested: { percent: '10' } },
            { name: 'c', tested: {} },
          ],
        },
      ],
    })
    expect(
      verdictOf(policyOf(ruleOf('a', { ...DIRECTOR, need: 'all' }), ruleOf('b', { ...DIRECTOR, need: 3 }))),
    ).toBe('approve role:DIRECTOR all')
    expect(verdictOf(policyOf(ruleOf('a', DIRECTOR), ruleOf('b', { ...DIRECTOR, need: 1 })))).toBe(
      'approve role:DIRECTOR any',
    )
  })

  it('lets an expert who decides anyway decide for both reasons and by the stricter need', () => {
    const verdict = evaluate(
      policyOf(ruleOf('debt', { ...FINANCE_LOOKS, need: 'all' }), ruleOf('late', FINANCE_DECIDES)),
      FACTS,
    )
    expect(stepsOf(verdict)).toEqual(['approve role:FINANCE all'])
    expect(verdict.kind === 'chain' && verdict.steps[0]?.rules.map(({ name }) => name)).toEqual([
      'debt',
      'late',
    ])
  })

  it('goes to the fallback when no rule holds, and when an expert alone would have been asked', () => {
    const policy = policyOf(ruleOf('Deep', MANAGER, percentOver('50')))
    expect(evaluate(policy, FACTS)).toEqual({
      kind: 'chain',
      steps: [
        { kind: 'approve', by: { role: 'ADMIN' }, need: 'any', rules: [{ name: NO_RULE, tested: {} }] },
      ],
    })
    expect(verdictOf(policyOf(ruleOf('Debt', FINANCE_LOOKS)))).toBe(
      'check role:FINANCE any > approve role:ADMIN any',
    )
  })
})

describe('what is not known', () => {
  const unknown = { margin: null }

  it('never stops and never grants', () => {
    expect(verdictOf(policyOf(ruleOf('Thin', STOP, MARGIN_UNDER_15), ruleOf('Boss', MANAGER)), unknown)).toBe(
      'approve manager:1 any',
    )
    const rich: Condition = { kind: 'number', fact: 'margin', bound: { atLeast: '15' } }
    expect(verdictOf(policyOf(ruleOf('Rich', GRANT, rich), ruleOf('Boss', MANAGER)), unknown)).toBe(
      'approve manager:1 any',
    )
  })

  it('asks, as long as the other conditions of the rule hold', () => {
    const policy = policyOf(
      ruleOf('Boss', MANAGER),
      ruleOf('Thin', DIRECTOR, percentOver('5'), MARGIN_UNDER_15),
    )
    expect(verdictOf(policy, unknown)).toBe('approve manager:1 any > approve role:DIRECTOR any')
    expect(verdictOf(policy, { ...unknown, percent: '5' })).toBe('approve manager:1 any')
  })

  it('asks nobody when the rule wants it known, and may be asked for', () => {
    const known = policyOf(
      ruleOf('Boss', MANAGER),
      ruleOf('Thin', DIRECTOR, { kind: 'known', fact: 'margin' }, MARGIN_UNDER_15),
    )
    expect(verdictOf(known, unknown)).toBe('approve manager:1 any')
    const missing = policyOf(
      ruleOf('No cost', STOP, { kind: 'unknown', fact: 'margin' }),
      ruleOf('Boss', MANAGER),
    )
    expect(verdictOf(missing, unknown)).toBe('stopped No cost')
    expect(verdictOf(missing)).toBe('approve manager:1 any')
  })
})

describe('a condition on a number', () => {
  const number = (bound: Record<string, string>, percent: string) =>
    holds({ kind: 'number', fact: 'percent', bound }, { ...FACTS, percent })

  it('is compared as an exact decimal', () => {
    expect(number({ over: '0.3' }, '0.3')).toBe('no')
    expect(number({ over: '0.3' }, '0.30000000000000004')).toBe('yes')
    expect(number({ atMost: '12.50' }, '12.5')).toBe('yes')
    expect(number({ over: '99999999999999999.98' }, '99999999999999999.99')).toBe('yes')
  })

  it.each([
    [{ over: '5' }, '5', 'no'],
    [{ atLeast: '5' }, '5', 'yes'],
    [{ under: '5' }, '5', 'no'],
    [{ atMost: '5' }, '5', 'yes'],
    [{ over: '5', atMost: '10' }, '10', 'yes'],
    [{ over: '5', atMost: '10' }, '10.01', 'no'],
    [{ over: '5', atMost: '10' }, '5', 'no'],
  ])('%j of %s: %s', (bound, percent, expected) => {
    expect(number(bound, percent)).toBe(expected)
  })
})

describe('a condition on money', () => {
  const owed = (bound: Extract<Condition, { kind: 'money' }>['bound'], ...sums: readonly string[]) =>
    holds(
      { kind: 'money', fact: 'overdue', bound },
      { ...FACTS, overdue: sums.map((text) => ({ amount: text.slice(0, -4), currency: text.slice(-3) })) },
    )

  it('cannot be tested in a currency that it does not name', () => {
    expect(owed({ over: { EUR: '100' } }, '5.00 USD')).toBe('unknown')
    expect(owed({ over: { EUR: '100', USD: '4.99' } }, '5.00 USD')).toBe('yes')
  })

  it('holds from below as soon as one currency is over its limit', () => {
    expect(owed({ over: { EUR: '100' } }, '100.01 EUR', '5.00 USD')).toBe('yes')
    expect(owed({ over: { EUR: '100' } }, '100.00 EUR', '5.00 USD')).toBe('unknown')
    expect(owed({ over: { EUR: '100', USD: '9' } }, '100.00 EUR', '5.00 USD')).toBe('no')
  })

  it('holds from above only when every currency is under its limit', () => {
    expect(owed({ atMost: { EUR: '100' } }, '50.00 EUR', '9999.00 USD')).toBe('unknown')
    expect(owed({ atMost: { EUR: '100', USD: '100' } }, '50.00 EUR', '9999.00 USD')).toBe('no')
    expect(owed({ atMost: { EUR: '100', USD: '100' } }, '50.00 EUR', '99.00 USD')).toBe('yes')
  })

  it('so a debt in a currency that nobody named grants nothing', () => {
    const policy = policyOf(
      ruleOf('Clean', GRANT, { kind: 'money', fact: 'overdue', bound: { atMost: { EUR: '100' } } }),
      ruleOf('Boss', MANAGER),
    )
    const overdue = [
      { amount: '50.00', currency: 'EUR' },
      { amount: '9999.00', currency: 'USD' },
    ]
    expect(verdictOf(policy, { overdue })).toBe('approve manager:1 any')
    expect(verdictOf(policy, { overdue: [] })).toBe('granted Clean')
  })

  it('knows that nothing is nothing in every currency', () => {
    for (const none of [[], ['0.00 USD'], ['0 EUR', '0.00 CHF']]) {
      expect(owed({ over: { EUR: '0' } }, ...none)).toBe('no')
      expect(owed({ atMost: { EUR: '0', RUB: '0' } }, ...none)).toBe('yes')
      expect(owed({ atLeast: { EUR: '1' } }, ...none)).toBe('no')
    }
  })

  it('adds up to the cent: 0.1 and 0.2 are 0.3', () => {
    expect(owed({ over: { EUR: '0.3' } }, '0.30 EUR')).toBe('no')
    expect(owed({ atLeast: { EUR: '0.3' } }, '0.30 EUR')).toBe('yes')
  })
})

describe('a condition on words', () => {
  it('is compared without regard to case, and any of the words is enough', () => {
    const word = (...words: string[]) => holds({ kind: 'word', fact: 'productGroup', in: words }, FACTS)
    expect(word('valves', 'PUMPS')).toBe('yes')
    expect(word('Pump')).toBe('no')
    expect(holds({ kind: 'word', fact: 'product', in: ['x'] }, { ...FACTS, product: null })).toBe('unknown')
  })
})

describe('for every policy', () => {
  it('one more who must approve never makes a chain shorter, nor a grant or a stop out of one', () => {
    fc.assert(
      fc.property(anyPolicy, approveRule, anyFacts, fc.nat(), (policy, more, facts, place) => {
        // Where an expert alone was asked, the fallback's place is taken by the one who is named now.
        const base = { ...policy, rules: [...policy.rules, { ...more, outcome: MANAGER }] }
        const at = place % base.rules.length
        const longer = { ...base, rules: [...base.rules.slice(0, at), more, ...base.rules.slice(at)] }
        const before = evaluate(base, facts)
        const after = evaluate(longer, facts)
        if (before.kind === 'stopped') expect(after).toEqual(before)
        if (before.kind === 'chain') expect(after.kind).toBe('chain')
        const missing = stepsOf(before).length - stepsOf(after).length
        expect(missing).toBeLessThanOrEqual(0)
      }),
      { numRuns: 300 },
    )
  })

  it('a chain asks nobody twice, has its checks first, and without a grant somebody of authority decides', () => {
    fc.assert(
      fc.property(anyPolicy, anyFacts, (policy, facts) => {
        const verdict = evaluate(policy, facts)
        if (verdict.kind !== 'chain') return
        const keys = verdict.steps.map(({ by }) => approverKey(by))
        expect(new Set(keys).size).toBe(keys.length)
        const kinds = verdict.steps.map(({ kind }) => kind)
        expect(kinds.toSorted((a, b) => (a === b ? 0 : a === 'check' ? -1 : 1))).toEqual(kinds)
        const isGrantable = policy.rules.some(({ outcome }) => outcome.kind === 'grant')
        expect(isGrantable || kinds.includes('approve')).toBe(true)
        expect(verdict.steps.every(({ rules }) => rules.length > 0)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the policy that comes with the product', () => {
  it.each([
    [{ percent: '5', level: 'D2' }, 'granted Own limit at D2'],
    [{ percent: '5', level: 'D1' }, 'approve manager:1 any'],
    [{ percent: '5', level: 'D2', deferralDays: '10' }, 'approve manager:1 any'],
    [{ percent: '12', level: 'D4' }, 'granted Own limit at D4'],
    [{ percent: '12.01', level: 'D4' }, 'approve manager:1 any'],
    [{ percent: '20' }, 'approve manager:1 any > approve role:DIRECTOR any'],
    [{ percent: '50.01' }, 'stopped No deal below half the list price'],
    [{ overdueDays: '91' }, 'stopped No discount while the client is 90 days overdue'],
    [{ percent: '5', level: 'D2', overdueDays: '15' }, 'check role:FINANCE any'],
    [{ percent: '5', level: 'D2', overdueDays: null }, 'granted Own limit at D2'],
    [{ percent: '5', level: 'D2', marginOverFloor: '-0.01' }, 'approve role:DIRECTOR any'],
    [{ grantedCount: '2' }, 'approve manager:1 any > approve role:DIRECTOR any'],
  ] as const)('%j: %s', (facts, expected) => {
    expect(verdictOf(DEFAULT_POLICY, facts)).toBe(expected)
  })
})
