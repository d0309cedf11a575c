import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_POLICY } from '../../../src/domain/discounts/default-policy.ts'
import { dryRun } from '../../../src/domain/discounts/dry-run.ts'
import type { Rule } from '../../../src/domain/discounts/policy.ts'
import { policyDiff } from '../../../src/domain/discounts/policy-diff.ts'
import {
  DIRECTOR,
  FACTS,
  FINANCE_LOOKS,
  GRANT,
  MANAGER,
  percentOver,
  policyOf,
  ruleOf,
  STOP,
} from './facts.sample.ts'
import { facts as anyFacts, policy as anyPolicy } from './policies.arbitrary.ts'

const [A, B, C, D] = ['A', 'B', 'C', 'D'].map((name) => ruleOf(name, MANAGER)) as [Rule, Rule, Rule, Rule]
const diff = (before: readonly Rule[], after: readonly Rule[]) =>
  policyDiff(policyOf(...before), policyOf(...after))

describe('the difference of two policies', () => {
  it('names rules that are new and gone, with their places', () => {
    expect(diff([A, B], [B, C])).toEqual([
      { kind: 'removed', rule: A, place: 1 },
      { kind: 'added', rule: C, place: 2 },
    ])
  })

  it('names what a rule says otherwise, condition and outcome by themselves', () => {
    const changed = ruleOf('A', { ...DIRECTOR, need: 2 }, percentOver('5'))
    expect(diff([A, B], [changed, B])).toEqual([
      { kind: 'changed', name: 'A', part: 'when', before: 'always', after: 'percent over 5' },
      {
        kind: 'changed',
        name: 'A',
        part: 'then',
        before: 'approve by manager',
        after: 'approve by 2 of DIRECTOR',
      },
    ])
  })

  it('names as few rules as moved as it takes, for their order counts', () => {
    expect(diff([A, B, C, D], [D, A, B, C])).toEqual([{ kind: 'moved', name: 'D', before: 4, after: 1 }])
    expect(diff([A, B, C], [A, D, B, C])).toEqual([{ kind: 'added', rule: D, place: 2 }])
  })

  it('names settings, floors and escalation one by one', () => {
    const before = DEFAULT_POLICY
    const after = {
      ...before,
      answerHours: 1,
      floors: { Pumps: '18' },
      escalation: { MANAGER: 'ADMIN', FINANCE: 'DIRECTOR', DIRECTOR: 'ADMIN' } as const,
    }
    expect(policyDiff(before, after)).toEqual([
      { kind: 'setting', setting: 'answer within', before: '8 working hours', after: '1 working hour' },
      { kind: 'setting', setting: 'floor of others', before: '15 %', after: null },
      { kind: 'setting', setting: 'escalation of MANAGER', before: 'DIRECTOR', after: 'ADMIN' },
      { kind: 'setting', setting: 'floor of Pumps', before: null, after: '18 %' },
    ])
  })

  it('is nothing for the same policy, and never nothing for another order or outcome', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        expect(policyDiff(policy, structuredClone(policy))).toEqual([])
        const more = { ...policy, rules: [...policy.rules, ruleOf('surely a new name', STOP)] }
        expect(policyDiff(policy, more)).toHaveLength(1)
        if (policy.rules.length < 2) return
        expect(policyDiff(policy, { ...policy, rules: policy.rules.toReversed() })).not.toEqual([])
      }),
    )
  })
})

const past = (number: number, facts = {}) => ({ number, account: 'Acme', facts: { ...FACTS, ...facts } })

describe('a dry run', () => {
  it('names who would have gone elsewhere, and counts the others', () => {
    const current = policyOf(ruleOf('Own', GRANT, { kind: 'word', fact: 'level', in: ['D2'] }), A)
    const next = policyOf(ruleOf('Debt', FINANCE_LOOKS), ruleOf('Two', { ...DIRECTOR, need: 2 }), A)
    const requests = [past(3), past(2, { level: 'D1' })]
    expect(dryRun(current, next, requests)).toEqual({
      same: 0,
      others: [
        {
          number: 3,
          account: 'Acme',
          was: 'granted at once',
          wouldBe: 'FINANCE first, then manager, then 2 of DIRECTOR',
        },
        {
          number: 2,
          account: 'Acme',
          was: 'manager',
          wouldBe: 'FINANCE first, then manager, then 2 of DIRECTOR',
        },
      ],
    })
  })

  it('takes another name of the rule for the same way', () => {
    const stop = (name: string) => policyOf(ruleOf(name, STOP))
    expect(dryRun(stop('A'), stop('B'), [past(1)])).toEqual({ same: 1, others: [] })
  })

  it('measures the margin against the new floor, unless the product had its own', () => {
    const floor = (value: string) => ({
      ...policyOf(
        ruleOf('Thin', DIRECTOR, { kind: 'number', fact: 'marginOverFloor', bound: { under: '0' } }),
        A,
      ),
      floors: { Pumps: value },
    })
    const thin = past(1, { margin: '20.5', marginOverFloor: '5.5', productGroup: 'pumps' })
    expect(dryRun(floor('15'), floor('20.6'), [thin]).others).toEqual([
      { number: 1, account: 'Acme', was: 'manager', wouldBe: 'manager, then DIRECTOR' },
    ])
    const own = past(2, { margin: '20.5', marginOverFloor: '10.5', productGroup: 'Pumps' })
    expect(
      dryRun(floor('15'), floor('20.6'), [own, past(3, { margin: null, marginOverFloor: null })]).others,
    ).toEqual([])
  })

  it('changes nothing for the same policy', () => {
    fc.assert(
      fc.property(anyPolicy, fc.array(anyFacts, { maxLength: 5 }), (policy, all) => {
        const requests = all.map((facts, number) => ({ number, account: 'A', facts }))
        expect(dryRun(policy, policy, requests)).toEqual({ same: all.length, others: [] })
      }),
    )
  })
})
