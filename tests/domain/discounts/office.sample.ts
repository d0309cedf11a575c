import type { Office, Officer } from '../../../src/domain/discounts/approvers.ts'
import { type Acting, actingAt, approved, type Hindrance } from '../../../src/domain/discounts/decide.ts'
import type { FiredRule, PlannedStep, Verdict } from '../../../src/domain/discounts/evaluate.ts'
import type { FactName, RuleFacts } from '../../../src/domain/discounts/facts.ts'
import { factText } from '../../../src/domain/discounts/facts.ts'
import type { Approver, Need, Policy } from '../../../src/domain/discounts/policy.ts'
import type { DiscountRequest, Step } from '../../../src/domain/discounts/request.ts'
import { filed } from '../../../src/domain/discounts/rounds.ts'
import type { Terms } from '../../../src/domain/discounts/terms.ts'
import type { Calendar } from '../../../src/domain/identity/hours.ts'
import { USUAL_HOURS } from '../../../src/domain/identity/hours.ts'
import type { Role } from '../../../src/domain/shared/actor.ts'
import { FACTS } from './facts.sample.ts'

/** A Monday, ten in the morning. */
export const MONDAY = new Date('2026-11-23T10:00:00Z')

const NO_HOLIDAYS: Calendar = { isHoliday: () => false, countryOf: () => null }
export const RHYTHM = { timeZone: 'UTC', hours: USUAL_HOURS, calendar: NO_HOLIDAYS }

export const officer = (id: string, role: Role, managerId: string | null = null, change = {}): Officer => ({
  id,
  name: id.toUpperCase(),
  role,
  active: true,
  managerId,
  level: null,
  rhythm: RHYTHM,
  ...change,
})

/** Anna asks. Max leads her, Dana leads him; Fay is finance, Ada administers. */
export const HOUSE: readonly Officer[] = [
  officer('ada', 'ADMIN'),
  officer('anna', 'KAM', 'max'),
  officer('dana', 'DIRECTOR'),
  officer('fay', 'FINANCE', 'dana'),
  officer('max', 'MANAGER', 'dana'),
]

const POLICY: Policy = {
  name: 'Test',
  answerHours: 8,
  validDays: 30,
  floors: {},
  escalation: { MANAGER: 'DIRECTOR', FINANCE: 'DIRECTOR', DIRECTOR: 'ADMIN' },
  fallback: 'ADMIN',
  rules: [],
}

type House = Readonly<{
  officers?: readonly Officer[]
  /** `max: 'boris'`, or several who stand in one for another: `max: 'boris vera'`. */
  away?: Readonly<Record<string, string>>
  policy?: Partial<Policy>
  now?: Date | string
}>

export function officeWith({ officers = HOUSE, away = {}, policy = {}, now = MONDAY }: House = {}): Office {
  return {
    now: new Date(now),
    policy: { ...POLICY, ...policy },
    policyVersion: 7,
    officers: new Map(officers.map((one) => [one.id, one])),
    standIns: new Map(Object.entries(away).map(([id, chain]) => [id, chain.split(' ')])),
  }
}

/** With one person other than in the usual house, or one more. */
export const houseWith = (...changed: readonly Officer[]): readonly Officer[] => [
  ...HOUSE.filter(({ id }) => !changed.some((one) => one.id === id)),
  ...changed,
]

export const TERMS: Terms = {
  subject: { dealId: null, productId: 'p1', title: 'GTX Pro', product: 'GTX Pro', productGroup: 'Pumps' },
  list: { amount: '1000.00', currency: 'EUR' },
  percent: '10',
  net: { amount: '900.00', currency: 'EUR' },
  deferralDays: 0,
  lastDay: '2026-12-23',
  gives: [],
}

/** A step as the policy plans it: `approve manager:1`, `check role:FINANCE`, with what its rule tested. */
export function planned(
  what: string,
  {
    need = 'any',
    tested = [],
    facts = FACTS,
  }: Readonly<{ need?: Need; tested?: readonly FactName[]; facts?: RuleFacts }> = {},
): PlannedStep {
  const [kind, approver = ''] = what.split(' ')
  const [by, value = ''] = approver.split(':')
  const whom = (by === 'manager' ? { manager: Number(value) } : { role: value }) as Approver
  const rule: FiredRule = {
    name: `rule of ${approver}`,
    tested: Object.fromEntries(tested.map((name) => [name, factText(facts, name)])),
  }
  return { kind: kind === 'check' ? 'check' : 'approve', by: whom, need, rules: [rule] }
}

export const chain = (...steps: readonly (string | PlannedStep)[]): Extract<Verdict, { kind: 'chain' }> => ({
  kind: 'chain',
  steps: steps.map((step) => (typeof step === 'string' ? planned(step) : step)),
})

const NEW = {
  id: 'r1',
  account: { id: 'acme', name: 'Acme' },
  requester: { id: 'anna', name: 'ANNA' },
  terms: TERMS,
  basis: { list: '1000.00', currency: 'EUR', quantity: 1, costShare: null },
  reason: 'they asked',
  competitor: null,
}

export const fileWith = (
  verdict: Exclude<Verdict, { kind: 'stopped' }>,
  office: Office = officeWith(),
  facts: RuleFacts = FACTS,
  terms: Terms = TERMS,
): DiscountRequest => filed({ ...NEW, terms }, { facts, verdict }, 'console', office)

export const stepIn = (request: DiscountRequest, id: string): Step => {
  const step = request.steps.find((one) => one.id === id)
  if (!step) throw new Error(`no step ${id} among ${request.steps.map((one) => one.id).join(', ')}`)
  return step
}

export const tryAct = (
  request: DiscountRequest,
  person: string,
  stepId: string,
  office: Office = officeWith(),
): Acting | Hindrance =>
  actingAt(
    request,
    stepIn(request, stepId),
    { id: person, name: person.toUpperCase(), channel: 'console' },
    office,
  )

export function act(
  request: DiscountRequest,
  person: string,
  stepId: string,
  office: Office = officeWith(),
): Acting {
  const acting = tryAct(request, person, stepId, office)
  if (typeof acting === 'string') throw new Error(`${person} may not decide ${stepId}: ${acting}`)
  return acting
}

/** Somebody says yes at a step. */
export const yes = (
  request: DiscountRequest,
  person: string,
  stepId: string,
  office: Office = officeWith(),
): DiscountRequest => approved(request, act(request, person, stepId, office), office)

/** `1.1 OPEN max`, `1.2 WAITING`: every step with those who are asked, then who agreed. */
export const told = ({ steps }: Pick<DiscountRequest, 'steps'>): string[] =>
  steps.map(({ id, state, seats, votes }) =>
    [
      id,
      state,
      seats.map((seat) => seat.id).join('+'),
      votes.length > 0 ? `✓${votes.map(({ by }) => by.id).join('+')}` : '',
    ]
      .filter(Boolean)
      .join(' '),
  )
