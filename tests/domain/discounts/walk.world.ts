import fc from 'fast-check'
import type { Office } from '../../../src/domain/discounts/approvers.ts'
import { evaluate } from '../../../src/domain/discounts/evaluate.ts'
import type { RuleFacts } from '../../../src/domain/discounts/facts.ts'
import type {
  Approver,
  Condition,
  Need,
  Outcome,
  Policy,
  Rule,
} from '../../../src/domain/discounts/policy.ts'
import { ruleFacts } from '../../../src/domain/discounts/rule-facts.ts'
import { netAt, type Terms } from '../../../src/domain/discounts/terms.ts'
import { ROLES, type Role } from '../../../src/domain/shared/actor.ts'
import { addDays } from '../../../src/domain/shared/day.ts'
import { officer, TERMS } from './office.sample.ts'
import { policy as anyPolicy } from './policies.arbitrary.ts'
import { above, type Person, type Standing } from './walk.oracle.ts'

/** Everything that a walk starts from. `p0` asks. */
export type Beginning = Readonly<{
  roles: readonly Role[]
  bosses: readonly number[]
  left: readonly boolean[]
  policy: Policy
}>

/** What an act means is found in the world it meets: the numbers choose among what there is. */
export type Act = Readonly<{ does: Does; a: number; b: number; c: number }>

const WEIGHTS = {
  file: 4,
  approve: 14,
  decline: 1,
  counter: 3,
  condition: 2,
  accept: 4,
  refuse: 1,
  withdraw: 1,
  resubmit: 6,
  reprice: 1,
  revoke: 1,
  ask: 1,
  answer: 1,
  away: 4,
  back: 3,
  role: 2,
  boss: 2,
  leave: 1,
  wait: 4,
  pass: 4,
  ground: 2,
  policy: 2,
} as const
type Does = keyof typeof WEIGHTS

const nat = fc.nat({ max: 999 })
export const act: fc.Arbitrary<Act> = fc.record({
  does: fc.constantFrom(
    ...Object.entries(WEIGHTS).flatMap(([does, weight]) => Array<Does>(weight).fill(does as Does)),
  ),
  a: nat,
  b: nat,
  c: nat,
})

const approver: fc.Arbitrary<Approver> = fc.oneof(
  fc.integer({ min: 1, max: 3 }).map((manager) => ({ manager })),
  fc.constantFrom<Role>('MANAGER', 'DIRECTOR', 'FINANCE', 'ADMIN').map((role) => ({ role })),
)
const need = fc.constantFrom<Need>('any', 'any', 'any', 'all', 2, 3)
const asking = (kind: 'check' | 'approve'): fc.Arbitrary<Outcome> =>
  fc.tuple(approver, need).map(([by, many]): Outcome => ({ kind, by, need: many }))

const number = (
  fact: 'percent' | 'deferralDays' | 'overdueDays' | 'grantedCount' | 'margin',
  bound: object,
): Condition => ({
  kind: 'number',
  fact,
  bound,
})
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.integer({ min: 1, max: 20 }).map((least) => number('percent', { over: String(least) })),
  fc.constantFrom(number('deferralDays', { over: '10' }), number('overdueDays', { over: '14' })),
  fc.constantFrom(number('grantedCount', { atLeast: '2' }), number('margin', { under: '30' })),
  fc.constantFrom<Condition>(
    { kind: 'word', fact: 'product', in: ['GTX Mini'] },
    { kind: 'known', fact: 'margin' },
    { kind: 'money', fact: 'amount', bound: { over: { EUR: '80' } } },
  ),
)
const conditions = fc.array(condition, { maxLength: 2 })

const rule = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(asking('approve'), conditions) },
  { weight: 2, arbitrary: fc.tuple(asking('check'), conditions) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant<Outcome>({ kind: 'grant' }),
      fc.constant([number('percent', { atMost: '3' })]),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant<Outcome>({ kind: 'stop' }),
      fc.constant([number('percent', { over: '30' })]),
    ),
  },
)

const escalation = fc
  .uniqueArray(fc.constantFrom<Role>('KAM', 'MANAGER', 'FINANCE', 'DIRECTOR'), { maxLength: 4 })
  .map((from) => Object.fromEntries(from.map((role) => [role, role === 'DIRECTOR' ? 'ADMIN' : 'DIRECTOR'])))

export const ownPolicy: fc.Arbitrary<Policy> = fc.record({
  name: fc.constant('Walked'),
  answerHours: fc.integer({ min: 1, max: 16 }),
  validDays: fc.constant(30),
  floors: fc.constantFrom({}, { '*': '20' }),
  escalation,
  fallback: fc.constantFrom<Role>('ADMIN', 'DIRECTOR', 'FINANCE'),
  rules: fc
    .array(rule, { minLength: 1, maxLength: 6 })
    .map((all) => all.map(([outcome, when], at): Rule => ({ name: `rule ${at + 1}`, when, outcome }))),
})

const policy = fc.oneof({ weight: 4, arbitrary: ownPolicy }, { weight: 1, arbitrary: anyPolicy })

export const beginning: fc.Arbitrary<Beginning> = fc.integer({ min: 3, max: 12 }).chain((size) => {
  const each = <Value>(value: fc.Arbitrary<Value>) => fc.array(value, { minLength: size, maxLength: size })
  return fc.record({
    roles: each(fc.constantFrom<Role>(...ROLES, 'MANAGER', 'DIRECTOR')),
    // -1 is nobody; anybody may be above anybody, so that circles come too.
    bosses: each(fc.integer({ min: -1, max: size - 1 })),
    left: each(fc.constantFrom(false, false, false, false, true)),
    policy,
  })
})

type Ground = { overdueDays: number; granted: number; list: string; cost: string | null }

/** The world as the walk goes on. */
export class World {
  now = new Date('2026-11-23T09:00:00Z')
  policyVersion = 1
  policy: Policy
  readonly people: Person[]
  /** Who stands in for whom, and until which day. */
  readonly absences = new Map<string, { substitute: string; until: string }>()
  readonly ground: Ground = { overdueDays: 0, granted: 0, list: '1000.00', cost: '650' }

  constructor({ roles, bosses, left, policy: first }: Beginning) {
    this.policy = first
    this.people = roles.map((role, at) => {
      const boss = bosses[at] ?? -1
      return { id: `p${at}`, role, managerId: boss < 0 ? null : `p${boss}`, active: at === 0 || !left[at] }
    })
  }

  get today(): string {
    return this.now.toISOString().slice(0, 10)
  }

  get standing(): Standing {
    const away = [...this.absences].filter(([, { until }]) => until >= this.today)
    return {
      people: this.people,
      policy: this.policy,
      away: new Map(away.map(([id, { substitute }]) => [id, substitute])),
    }
  }

  person(choice: number): Person {
    const found = this.people[choice % this.people.length]
    if (!found) throw new Error('nobody')
    return found
  }

  /** What the database would hand over. */
  office(): Office {
    const { away } = this.standing
    const active = new Set(this.people.filter((one) => one.active).map(({ id }) => id))
    const next = new Map([...away].filter(([, substitute]) => active.has(substitute)))
    return {
      now: this.now,
      policy: this.policy,
      policyVersion: this.policyVersion,
      officers: new Map(
        this.people.map(({ id, role, managerId, active: is }) => [
          id,
          officer(id, role, managerId, { active: is }),
        ]),
      ),
      standIns: new Map([...next.keys()].map((id) => [id, chainFrom(id, next)])),
    }
  }

  factsOf(terms: Terms, cost = this.ground.cost, list = this.ground.list): RuleFacts {
    const { overdueDays, granted } = this.ground
    return ruleFacts({
      terms,
      costShare: cost === null ? null : { cost, list },
      floorMargin: null,
      account: {
        tier: 'A',
        delegationLevel: 'D2',
        overdue: { sums: [], invoices: 0, oldestDueOn: addDays(this.today, -overdueDays) },
        invoicesKnown: true,
        contractEndsOn: null,
      },
      requester: { role: this.person(0).role, level: null },
      granted: { count: granted, amount: [] },
      policy: this.policy,
      today: this.today,
    })
  }

  judge(terms: Terms) {
    const facts = this.factsOf(terms)
    return { facts, verdict: evaluate(this.policy, facts) }
  }

  terms(percent: number, deferralDays: number, product: string, lastDay: string): Terms {
    const { list } = this.ground
    return {
      ...TERMS,
      subject: { ...TERMS.subject, title: product, product },
      list: { amount: list, currency: 'EUR' },
      percent: String(percent),
      net: { amount: netAt(list, String(percent)), currency: 'EUR' },
      deferralDays,
      lastDay,
      gives: [],
    }
  }

  /** Who is who, for whoever reads a walk that failed. */
  describe(): string {
    const { away } = this.standing
    return this.people
      .map(({ id, role, managerId, active }) =>
        [
          id,
          role,
          managerId && `under ${managerId}`,
          !active && 'left',
          away.has(id) && `away for ${away.get(id)}`,
        ]
          .filter(Boolean)
          .join(' '),
      )
      .join('; ')
      .concat(`. Above p0: ${above(this.standing, 'p0').join(', ') || 'nobody'}`)
  }
}

function chainFrom(absent: string, next: ReadonlyMap<string, string>): string[] {
  const chain: string[] = []
  for (
    let at = next.get(absent);
    at && at !== absent && !chain.includes(at) && chain.length < 3;
    at = next.get(at)
  )
    chain.push(at)
  return chain
}
