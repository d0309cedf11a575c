import { type DiscountStore } from '../../src/domain/discounts/discount-store.ts'
import type { DiscountRequest, Step } from '../../src/domain/discounts/request.ts'
import { atPercent, type Terms } from '../../src/domain/discounts/terms.ts'
import { discountStore } from '../../src/db/discounts.ts'
import type { Database } from '../../src/db/client.ts'
import { newId } from '../../src/db/new-id.ts'
import { FACTS } from '../domain/discounts/facts.sample.ts'
import { NOW } from '../support/clients.ts'

export const ZONE = 'Europe/Moscow'
export const eur = (amount: string) => ({ amount, currency: 'EUR' })
export const storeOf = (database: Database): DiscountStore => discountStore(database.prisma, newId, ZONE)

const TERMS: Terms = {
  subject: { dealId: null, productId: 'gtx', title: 'GTX Pro', product: 'GTX Pro', productGroup: 'GTX' },
  list: eur('10000.00'),
  percent: '12.5',
  net: eur('8750.00'),
  deferralDays: 30,
  lastDay: '2026-12-23',
  gives: [{ kind: 'PREPAYMENT', what: '50% <prepaid> & “signed”', dueOn: '2026-12-01' }],
}

export const termsAt = (percent: string, change: Partial<Terms> = {}): Terms => ({
  ...atPercent(TERMS, percent),
  ...change,
})

type Seats = readonly string[]

/** An open step of the manager, with these people at it. */
export const stepOf = (id: string, seats: Seats, change: Partial<Step> = {}): Step => ({
  id,
  kind: 'approve',
  by: { manager: 1 },
  need: 'any',
  needed: 1,
  rules: [{ name: 'The manager decides', tested: { percent: '12.5', margin: null } }],
  state: 'OPEN',
  seats: seats.map((seat) => ({ id: seat, name: `${seat} Example`, by: { manager: 1 }, role: 'MANAGER' })),
  votes: [],
  agreedTo: null,
  carried: false,
  openedAt: NOW.toISOString(),
  remindAt: '2026-11-23T15:30:00.000Z',
  dueAt: '2026-11-24T08:30:00.000Z',
  escalations: 0,
  told: seats.map((seat) => `${seat}>${seat}`),
  ...change,
})

/** Anna's, for Acme, waiting for Max. */
export function requestOf(id: string, change: Partial<DiscountRequest> = {}): DiscountRequest {
  return {
    id,
    number: 0,
    account: { id: 'acme', name: 'Acme Corporation' },
    requester: { id: 'anna', name: 'Anna Example' },
    authors: ['anna'],
    terms: TERMS,
    basis: {
      list: '10000.00',
      currency: 'EUR',
      quantity: 1,
      costShare: { cost: '7000.00', list: '10000.00' },
    },
    reason: 'A rival offers less: “9 000 €” <!channel> 🏭',
    competitor: 'Initech',
    state: 'PENDING',
    round: 1,
    version: 1,
    policyVersion: 3,
    facts: { ...FACTS, overdue: [eur('250.00')], contractEndsInDays: '-3' },
    steps: [stepOf('1.1', ['max'])],
    counter: null,
    questions: [
      { id: '1', by: { id: 'max', name: 'Max Example' }, text: 'Why?', at: NOW.toISOString(), answer: null },
    ],
    decision: null,
    createdAt: NOW.toISOString(),
    changedAt: NOW.toISOString(),
    ...change,
  }
}

export const voteAt = (actorId: string, change: object = {}) => ({
  stepId: '1.1',
  slot: 1,
  seatId: actorId,
  actorId,
  verdict: 'approve' as const,
  channel: 'slack',
  ...change,
})

/** The next version of a request. */
export const next = (request: DiscountRequest, change: Partial<DiscountRequest> = {}): DiscountRequest => ({
  ...request,
  version: request.version + 1,
  ...change,
})

/** Granted at that moment by Max. */
export const grantedAt = (request: DiscountRequest, at: string): DiscountRequest =>
  next(request, {
    state: 'GRANTED',
    steps: [],
    changedAt: at,
    decision: {
      by: { id: 'max', name: 'Max Example' },
      onBehalfOf: null,
      at,
      channel: 'slack',
      word: null,
      rule: null,
    },
  })

const day = (text: string) => new Date(`${text}T00:00:00Z`)

export const addAbsence = (
  { prisma }: Database,
  userId: string,
  substituteId: string,
  startsOn = '2026-11-20',
  endsOn = '2026-11-30',
) =>
  prisma.absence.create({
    data: {
      id: `${userId}-${startsOn}`,
      userId,
      substituteId,
      startsOn: day(startsOn),
      endsOn: day(endsOn),
    },
  })
