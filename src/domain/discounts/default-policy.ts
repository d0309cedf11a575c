import type { Policy } from './policy.ts'

/**
 * What holds until the head of sales sets another: a plain scale by delegation level, a floor under the margin, and
 * finance beside it where the client owes or wants to pay late. docs/policy.md tells how to write one's own.
 */
export const DEFAULT_POLICY: Policy = {
  name: 'Standard',
  answerHours: 8,
  validDays: 30,
  floors: { '*': '15' },
  escalation: { MANAGER: 'DIRECTOR', FINANCE: 'DIRECTOR', DIRECTOR: 'ADMIN' },
  fallback: 'ADMIN',
  rules: [
    {
      name: 'No deal below half the list price',
      when: [{ kind: 'number', fact: 'percent', bound: { over: '50' } }],
      outcome: { kind: 'stop' },
    },
    {
      name: 'No discount while the client is 90 days overdue',
      when: [{ kind: 'number', fact: 'overdueDays', bound: { over: '90' } }],
      outcome: { kind: 'stop' },
    },
    {
      name: 'Finance looks at overdue debt',
      when: [
        { kind: 'known', fact: 'overdueDays' },
        { kind: 'number', fact: 'overdueDays', bound: { over: '14' } },
      ],
      outcome: { kind: 'check', by: { role: 'FINANCE' }, need: 'any' },
    },
    {
      name: 'Finance looks at long deferral',
      when: [{ kind: 'number', fact: 'deferralDays', bound: { over: '30' } }],
      outcome: { kind: 'check', by: { role: 'FINANCE' }, need: 'any' },
    },
    {
      name: 'Below the margin floor the director decides',
      when: [
        { kind: 'known', fact: 'marginOverFloor' },
        { kind: 'number', fact: 'marginOverFloor', bound: { under: '0' } },
      ],
      outcome: { kind: 'approve', by: { role: 'DIRECTOR' }, need: 'any' },
    },
    {
      name: 'A third discount within a year goes to the director',
      when: [{ kind: 'number', fact: 'grantedCount', bound: { atLeast: '2' } }],
      outcome: { kind: 'approve', by: { role: 'DIRECTOR' }, need: 'any' },
    },
    grantUpTo('D2', '5'),
    grantUpTo('D3', '8'),
    grantUpTo('D4', '12'),
    {
      name: 'The manager decides',
      when: [],
      outcome: { kind: 'approve', by: { manager: 1 }, need: 'any' },
    },
    {
      name: 'Above 15 % the director decides too',
      when: [{ kind: 'number', fact: 'percent', bound: { over: '15' } }],
      outcome: { kind: 'approve', by: { role: 'DIRECTOR' }, need: 'any' },
    },
  ],
}

function grantUpTo(level: string, percent: string): Policy['rules'][number] {
  return {
    name: `Own limit at ${level}`,
    when: [
      { kind: 'word', fact: 'level', in: [level] },
      { kind: 'number', fact: 'percent', bound: { atMost: percent } },
      { kind: 'number', fact: 'deferralDays', bound: { atMost: '0' } },
    ],
    outcome: { kind: 'grant' },
  }
}
