import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_POLICY } from '../../src/domain/discounts/default-policy.ts'
import { policyProblems } from '../../src/domain/discounts/policy-problems.ts'
import { readPolicy } from '../../src/policies/read-policy.ts'
import { writePolicy } from '../../src/policies/write-policy.ts'
import { policy as anyPolicy } from '../domain/discounts/policies.arbitrary.ts'

describe('a written policy', () => {
  it('reads back as it was, whatever it says', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        fc.pre(policyProblems(policy).length === 0)
        expect(readPolicy(writePolicy(policy))).toEqual({ ok: true, policy })
      }),
      { numRuns: 500 },
    )
  })

  it('and is written again to the letter', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        fc.pre(policyProblems(policy).length === 0)
        const text = writePolicy(policy)
        const reading = readPolicy(text)
        expect(reading.ok && writePolicy(reading.policy)).toBe(text)
      }),
    )
  })

  it('keeps what is known apart from what is limited, and facts that are asked about twice in their order', () => {
    const when = [
      { kind: 'number', fact: 'percent', bound: { over: '5' } },
      { kind: 'word', fact: 'product', in: ['known'] },
      { kind: 'number', fact: 'percent', bound: { under: '9' } },
      { kind: 'known', fact: 'margin' },
    ] as const
    const policy = { ...DEFAULT_POLICY, rules: [{ name: 'A', when, outcome: { kind: 'stop' } as const }] }
    expect(readPolicy(writePolicy(policy))).toEqual({ ok: true, policy })
  })

  it('reads like a page: one line for a fact, an empty one between rules', () => {
    const text = writePolicy(DEFAULT_POLICY)
    expect(text).toContain('floors:\n  others: 15 %\n')
    expect(text).toContain(
      '    then: stop\n\n  - rule: Finance looks at overdue debt\n    when:\n      overdue days: known and over 14\n    then: ask FINANCE first\n',
    )
  })
})
