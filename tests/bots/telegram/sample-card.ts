import { cardOf } from '../../../src/commands/accounts/card.ts'
import type { View } from '../../../src/commands/kit/view.ts'
import type { AccountFacts } from '../../../src/domain/accounts/account.ts'

const rub = (amount: string) => ({ amount, currency: 'RUB' })

/** An account with something to say in every part of its card. */
const FACTS: AccountFacts = {
  id: '018f3c1e-9a2b-7c3d-8e4f-5a6b7c8d9e0f',
  name: 'Ромашка & Ко',
  tier: 'A',
  owner: { id: 'anna', name: 'Анна Кузнецова' },
  ownerAwayUntil: null,
  team: [
    { id: 'anna', name: 'Анна Кузнецова' },
    { id: 'petr', name: 'Пётр Волков' },
  ],
  revenue: {
    thisYear: [rub('8450000')],
    lastYearToDate: [rub('9800000')],
    everWon: true,
  },
  plan: [rub('12000000')],
  openDeals: 4,
  overdue: { sums: [rub('1240000.50')], invoices: 2, oldestDueOn: '2026-10-05' },
  invoicesKnown: true,
  contractEndsOn: '2026-12-31',
  lastHeldOn: '2026-11-12',
  lastMoods: ['BAD', 'GOOD'],
  nextMeetingOn: '2026-11-26',
  decisionMakers: 1,
  promisesBroken: 0,
  delegationLevel: 'D2',
  sector: 'Розничная торговля',
  location: 'Самара',
  parent: { id: 'p', name: 'Холдинг «Поле»' },
  subsidiaries: [],
  taxNumber: '6316123456',
  goals: 'Открыть 12 магазинов в Поволжье',
  needs: 'Отсрочка 45 дней, единый прайс',
  competitors: ['Василёк', 'Лютик'],
  pipeline: [
    { stage: 'Переговоры', deals: 3, sums: [rub('2300000')], withoutAmount: 1 },
    { stage: 'КП отправлено', deals: 1, sums: [rub('800000')], withoutAmount: 0 },
  ],
  contracts: [{ number: '17/К', title: null, endsOn: '2026-12-31', autoRenews: false, amount: null }],
  nextMeeting: {
    id: 'm3',
    day: '2026-11-26',
    startsAt: '2026-11-26T11:00:00Z',
    kind: 'VISIT',
    mood: null,
    notes: null,
    attendees: ['Ольга Зимина'],
  },
  outcomesMissing: 1,
  lastMeetings: [
    {
      id: 'm2',
      day: '2026-11-12',
      startsAt: '2026-11-12T07:30:00Z',
      kind: 'CALL',
      mood: 'BAD',
      notes: 'Недовольны сроками отгрузки',
      attendees: [],
    },
    {
      id: 'm1',
      day: '2026-10-20',
      startsAt: null,
      kind: 'VISIT',
      mood: 'GOOD',
      notes: 'Обсудили прайс <2027>',
      attendees: ['Ольга Зимина'],
    },
  ],
  heldMeetings: 7,
  contacts: [
    {
      name: 'Ольга Зимина',
      verified: true,
      position: 'закупки',
      influence: 'DECISION_MAKER',
      attitude: 'SUPPORTER',
      email: null,
      phone: null,
      lastMetOn: '2026-10-20',
    },
    {
      name: 'Илья Рощин',
      verified: true,
      position: 'логистика',
      influence: 'INFLUENCER',
      attitude: 'CRITIC',
      email: null,
      phone: null,
      lastMetOn: null,
    },
  ],
  promises: {
    ours: { kept: 3, late: 1, overdue: 0, open: 1 },
    theirs: { kept: 0, late: 0, overdue: 0, open: 0 },
  },
  openPromises: [
    {
      promisedBy: 'US',
      contactName: null,
      what: 'Отправить КП',
      dueOn: '2026-11-27',
      dueTime: null,
      owner: 'Анна Кузнецова',
    },
  ],
  discounts: [],
  discountsKnown: false,
  strangers: [],
}

export const cardView = (): View => cardOf(FACTS, '2026-11-23', 'KAM')
