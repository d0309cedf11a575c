import { describe, expect, it } from 'vitest'
import type { Policy, Rule } from '../../src/domain/discounts/policy.ts'
import { readPolicy } from '../../src/policies/read-policy.ts'

const HEAD = 'name: Test\nanswer within: 8 working hours\nvalid for: 30 days\nfallback: ADMIN\n'

function policyIn(text: string): Policy {
  const reading = readPolicy(text)
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.policy
}

/** A policy of one rule, its lines from line 6 on. */
const withRule = (...lines: string[]) =>
  `${HEAD}rules:\n  - rule: One\n${lines.map((line) => `    ${line}\n`).join('')}`
const ruleIn = (...lines: string[]): Rule | undefined => policyIn(withRule(...lines)).rules[0]
const when = (text: string) => ruleIn(`when: ${text}`, 'then: grant')?.when
const outcome = (text: string) => ruleIn(`then: ${text}`)?.outcome

/** `line:column path: message` of every problem. */
function problemsIn(text: string): string[] {
  const reading = readPolicy(text)
  if (reading.ok) throw new Error('it is a policy')
  return reading.problems.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`)
}

describe('a policy file', () => {
  it('says everything in plain phrases', () => {
    const text = `
# of the head of sales
name: Standard 2027
answer within: 8 working hours
valid for: 30 days
floors: { Pumps: 18 %, others: 15% }
escalation: { manager: DIRECTOR, FINANCE: director }
fallback: ADMIN
rules:
  - rule: Two directors for large sums   # a note
    when: { amount: over 50000 EUR or 5000000 RUB }
    then: approve by 2 of DIRECTOR
  - { rule: The manager decides, then: approve by manager }
`
    expect(policyIn(text)).toEqual({
      name: 'Standard 2027',
      answerHours: 8,
      validDays: 30,
      floors: { Pumps: '18', '*': '15' },
      escalation: { MANAGER: 'DIRECTOR', FINANCE: 'DIRECTOR' },
      fallback: 'ADMIN',
      rules: [
        {
          name: 'Two directors for large sums',
          when: [{ kind: 'money', fact: 'amount', bound: { over: { EUR: '50000', RUB: '5000000' } } }],
          outcome: { kind: 'approve', by: { role: 'DIRECTOR' }, need: 2 },
        },
        {
          name: 'The manager decides',
          when: [],
          outcome: { kind: 'approve', by: { manager: 1 }, need: 'any' },
        },
      ],
    })
  })

  it.each([
    [
      '{ percent: over 5 and at most 10 % }',
      [{ kind: 'number', fact: 'percent', bound: { over: '5', atMost: '10' } }],
    ],
    [
      '{ percent: "over 5, up to 10" }',
      [{ kind: 'number', fact: 'percent', bound: { over: '5', atMost: '10' } }],
    ],
    ['{ Percent: more than 0.10 }', [{ kind: 'number', fact: 'percent', bound: { over: '0.10' } }]],
    [
      '{ margin over floor: under -2.5 points }',
      [{ kind: 'number', fact: 'marginOverFloor', bound: { under: '-2.5' } }],
    ],
    [
      '{ days to contract end: less than 60 days }',
      [{ kind: 'number', fact: 'contractEndsInDays', bound: { under: '60' } }],
    ],
    [
      '{ discounts in 12 months: at least 2 }',
      [{ kind: 'number', fact: 'grantedCount', bound: { atLeast: '2' } }],
    ],
    [
      '{ discount sum in 12 months: at least 9.99 usd }',
      [{ kind: 'money', fact: 'grantedAmount', bound: { atLeast: { USD: '9.99' } } }],
    ],
    [
      '{ overdue days: known and over 14 }',
      [
        { kind: 'known', fact: 'overdueDays' },
        { kind: 'number', fact: 'overdueDays', bound: { over: '14' } },
      ],
    ],
    ['{ contract end: x }', null],
    ['{ margin: unknown }', [{ kind: 'unknown', fact: 'margin' }]],
    [
      '{ level: [d2, D3], tier: A or B }',
      [
        { kind: 'word', fact: 'level', in: ['D2', 'D3'] },
        { kind: 'word', fact: 'tier', in: ['A', 'B'] },
      ],
    ],
    ['{ product: 007 }', [{ kind: 'word', fact: 'product', in: ['007'] }]],
    ['{ product: [known] }', [{ kind: 'word', fact: 'product', in: ['known'] }]],
    [
      '[{ percent: over 5 }, { percent: under 9 }]',
      [
        { kind: 'number', fact: 'percent', bound: { over: '5' } },
        { kind: 'number', fact: 'percent', bound: { under: '9' } },
      ],
    ],
  ])('reads the conditions %s', (text, expected) => {
    if (expected) expect(when(text)).toEqual(expected)
    else expect(() => when(text)).toThrow('there is no fact')
  })

  it.each([
    ['grant', { kind: 'grant' }],
    ['Stop', { kind: 'stop' }],
    ['ask FINANCE first', { kind: 'check', by: { role: 'FINANCE' }, need: 'any' }],
    ['ask all of finance first', { kind: 'check', by: { role: 'FINANCE' }, need: 'all' }],
    ['approve by manager', { kind: 'approve', by: { manager: 1 }, need: 'any' }],
    ['approve by manager 3', { kind: 'approve', by: { manager: 3 }, need: 'any' }],
    ['approve by role MANAGER', { kind: 'approve', by: { role: 'MANAGER' }, need: 'any' }],
    ['approve  by any of DIRECTOR', { kind: 'approve', by: { role: 'DIRECTOR' }, need: 'any' }],
  ])('reads the outcome %s', (text, expected) => {
    expect(outcome(text)).toEqual(expected)
  })
})

describe('a mistake', () => {
  it('is told with all the others, each with its line and what would be right', () => {
    const text = `name: Standard
answer withn: 8 h
valid for: thirty days
floors: { Pumps: 18 %, others: 150 % }
escalation: { MANAGER: DIRECTR, DIRECTOR: FINANCE, FINANCE: DIRECTOR }
fallback: BOSS
rules:
  - rule: A
    when: { overdu days: over 14 }
    then: ask FINANCE
  - rule: B
    when: { percent: over 12,5 }
    then: approve by MANAGER
  - rule: b
    when:
      percent: over 12,5
      amount: over 50000
      level: D7
    then: approve by 3 of manager
  - when: { percent: over 10 and under 5 }
    then: grant
`
    expect(problemsIn(text)).toEqual([
      '1:1 : "answer within" is missing; write answer within: 8 working hours',
      '2:1 : "answer withn" is not known here; did you mean "answer within"?',
      '3:12 valid for: "thirty days" is not a whole number; write 30 days',
      '4:32 floors, others: 150 % is no floor: write 0 to 100',
      '5:24 escalation, MANAGER: "DIRECTR" is no role; did you mean "DIRECTOR"?',
      '5:43 escalation, DIRECTOR: escalation runs in a circle: DIRECTOR → FINANCE → DIRECTOR',
      '6:11 fallback: "BOSS" is no role; there are KAM, MANAGER, DIRECTOR, FINANCE, ADMIN',
      '9:13 rule 1, when: there is no fact "overdu days"; did you mean "overdue days"?',
      '10:11 rule 1, then: "ask FINANCE" is no outcome: write grant, stop, "ask FINANCE first", "approve by manager", "approve by manager 2" or "approve by 2 of DIRECTOR"',
      '12:30 rule 2, when: a comma begins a new entry here: write a fraction with a point, such as 12.5',
      '13:11 rule 2, then: MANAGER may be the manager of whoever asks, or anybody with that role: write "manager" or "role MANAGER"',
      '14:11 rule 3, rule: rule 2 is called "b" too',
      '16:16 rule 3, when, percent: "12,5" has a comma: write 12.5',
      '17:15 rule 3, when, amount: "50000" is no amount: write it with its currency, such as 50000 EUR',
      '18:14 rule 3, when, level: "D7" is no level; there are D1, D2, D3, D4',
      '20:5 rule 4: "rule" is missing; write rule: Own limit at D2',
    ])
  })

  it.each([
    ['percent: 5', '"5" is no limit: write over, at least, under or at most before it'],
    ['percent: over', '"" is not a number such as 12.5'],
    ['percent: over 1,500', 'may be a thousand or a fraction: write 1500 or 1.500'],
    ['amount: over 50 000 EUR', 'write 50000'],
    ['amount: over 5 EURO', 'is no amount'],
    ['amount: over 5 XXQ', '"XXQ" is no currency'],
    ['amount: over 5 EUR or 6 eur', 'EUR is named twice'],
    ['percent: over 1e3', '"1e3" is not a number'],
    ['percent: over 5 and over 6', 'the same kind of limit twice'],
    ['percent: over 100.01', '100.01 %: a discount lies between 0 and 100'],
    ['percent: [over 5]', 'a list is for words'],
    ['percent: { over: 5 }', 'a map is written here; expected a text'],
    ['percent:', 'nothing is written here'],
    ['percent: > 5', '"over" or "under" instead of > and <'],
    ['percent: over 5 and under 5', 'no value meets all that is said of it here'],
    ['level: []', 'no word is named'],
    ['rolle: KAM', 'did you mean "role"?'],
    ['zzz: 1', 'there are percent, amount, list price'],
  ])('in the condition %s', (line, message) => {
    const problems = problemsIn(withRule('when:', `  ${line}`, 'then: grant'))
    expect(problems.join('\n')).toContain(message)
    expect(problems[0]).toMatch(/^8:/)
  })

  it.each([
    ['', 'nothing is written here'],
    ['just words', 'a text is written here'],
    [`${HEAD}rules: [`, 'not YAML: '],
    [`${HEAD}rules: []`, 'a policy without any rule'],
    [`${HEAD}rules: none`, 'a text is written here; expected a list'],
    [`${HEAD}name: Twice\nrules: [{rule: A, then: stop}]`, 'this key stands here twice'],
    [`${HEAD}Name: Twice\nrules: [{rule: A, then: stop}]`, '"name" stands here twice'],
    [`${HEAD}floors: { others: 5, "*": 6 }\nrules: [{rule: A, then: stop}]`, '"*" stands here twice'],
    [
      `${HEAD}escalation: { KAM: ADMIN, kam: ADMIN }\nrules: [{rule: A, then: stop}]`,
      '"kam" stands here twice',
    ],
    [`${HEAD}rules:\n\t- rule: A`, 'indent with spaces'],
    [`${HEAD}rules: [{rule: A, then: stop}]\n---\nname: B`, 'a file holds one policy'],
    [`${HEAD}rules: [{rule: &a A, then: *a}]`, 'references (* and &) are not read here'],
    [`name: \ufffd\ufffd`, 'save the file as UTF-8'],
    ['#'.repeat(200_001), 'longer than 200,000 characters'],
    ['['.repeat(100_000), 'nested far deeper'],
    ['- '.repeat(90_000), 'nested far deeper'],
    ['{a: '.repeat(40_000), 'nested far deeper'],
  ])('in the file %j is answered, whatever it holds', (text, message) => {
    expect(problemsIn(text).join('\n')).toContain(message)
  })

  it('is told at the last rule that can never be reached', () => {
    const text = `${HEAD}rules:\n  - { rule: A, then: stop }\n  - { rule: B, then: stop }\n`
    expect(problemsIn(text)).toEqual(['7:13 rule 2, rule: never reached: rule 1 "A" always ends the reading'])
  })

  it('is never lost because other rules cannot be read', () => {
    const text = `${HEAD}rules:\n  - { rule: A, then: stopp }\n  - { rule: B, then: approve by 11 of DIRECTOR }\n`
    expect(problemsIn(text)).toHaveLength(2)
  })
})
