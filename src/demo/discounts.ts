import type { Give } from '../domain/discounts/terms.ts'
import type { ProductKey } from './products.ts'
import type { Kam, Person } from './team.ts'

/**
 * So many days ago at that time where the requester is, on a working day (of one day the acts of a request, because a
 * weekend may move the later day before the earlier one); or so many minutes before the demo is laid.
 */
export type Moment = Readonly<{ ago: number; time: string }> | Readonly<{ minutesAgo: number }>

/** What somebody did with a request. Whoever decides must have the right to: the domain is asked. */
export type Act = Moment &
  (
    | Readonly<{ by: Person; does: 'approve' }>
    | Readonly<{ by: Person; does: 'counter'; percent: string; word: string }>
    | Readonly<{ by: Person; does: 'decline'; word: string }>
    | Readonly<{ by: Person; does: 'ask'; text: string }>
    | Readonly<{ by: Person; does: 'answer'; text: string }>
  )

/** `due` in days from today; `checked` so many days ago, when the client had kept its side or not. */
type Given = Omit<Give, 'dueOn'> &
  Readonly<{ due: number; checked?: Readonly<{ ago: number; kept: boolean }> }>

/** On an open deal, by its place in the client's story, or on a product at the price that the requester named. */
type On = Readonly<{ deal: number }> | Readonly<{ product: ProductKey; list: number }>

export type Asked = Readonly<{
  key: string
  account: string
  by: Kam
  on: On
  percent: string
  reason: string
  competitor?: string
  deferralDays?: number
  gives?: readonly Given[]
  asked: Moment
  acts?: readonly Act[]
}>

/** From the oldest to the newest: what was granted before counts for what is asked for later. */
export const DISCOUNTS: readonly Asked[] = [
  {
    key: 'romashka-parts',
    account: 'romashka',
    by: 'anna',
    on: { product: 'parts', list: 4_600_000 },
    percent: '9',
    reason: 'Берут годовой запас расходников разом и просят цену за объём.',
    gives: [
      {
        kind: 'PREPAYMENT',
        what: 'предоплата 50% по первой партии',
        due: -160,
        checked: { ago: 158, kept: true },
      },
      {
        kind: 'VOLUME',
        what: 'вторая партия до конца квартала',
        due: -120,
        checked: { ago: 118, kept: false },
      },
    ],
    asked: { ago: 182, time: '11:20' },
    acts: [{ by: 'olga', does: 'approve', ago: 182, time: '15:05' }],
  },
  {
    key: 'acme-logistics-care',
    account: 'acme-logistics',
    by: 'james',
    on: { product: 'care', list: 36_000 },
    percent: '7',
    reason: 'They renew all three sites at once instead of one.',
    gives: [
      {
        kind: 'DATE',
        what: 'renewal signed for all three sites',
        due: -90,
        checked: { ago: 89, kept: true },
      },
    ],
    asked: { ago: 112, time: '09:40' },
    acts: [{ by: 'thomas', does: 'approve', ago: 112, time: '10:30' }],
  },
  {
    key: 'nordlicht-k90',
    account: 'nordlicht',
    by: 'lena',
    on: { deal: 1 },
    percent: '10',
    reason: 'Henrike signs both parts of the brewhouse this month if the board sees a price below 375,000.',
    gives: [{ kind: 'PREPAYMENT', what: '30% paid with the order', due: 2 }],
    asked: { ago: 12, time: '14:10' },
  },
  {
    key: 'vetluga-p500',
    account: 'vetluga',
    by: 'marat',
    on: { deal: 1 },
    percent: '13',
    reason: 'Пермяков говорит, что Kaltwind дешевле, и просит сравняться.',
    competitor: 'Kaltwind, цену не показали',
    asked: { ago: 6, time: '10:30' },
    acts: [
      {
        by: 'olga',
        does: 'decline',
        word: 'Маржа ниже минимума, а с Бергером ещё никто не говорил',
        ago: 6,
        time: '16:15',
      },
    ],
  },
  {
    key: 'gornodol-p200',
    account: 'gornodol',
    by: 'marat',
    on: { deal: 2 },
    percent: '16',
    reason: 'Уральский компрессорный двор даёт свои насосы за 5,1 млн, но без шеф-монтажа.',
    competitor: 'Уральский компрессорный двор, 5,1 млн ₽',
    gives: [{ kind: 'DATE', what: 'заказ подписан вместе с цехом № 4', due: 20 }],
    asked: { ago: 2, time: '10:45' },
    acts: [
      {
        by: 'olga',
        does: 'ask',
        text: 'Предложение конкурента есть на бумаге?',
        ago: 2,
        time: '15:10',
      },
      {
        by: 'marat',
        does: 'answer',
        text: 'Да, Корж переслала его вчера, без монтажа и доставки.',
        ago: 2,
        time: '15:35',
      },
      { by: 'olga', does: 'approve', minutesAgo: 50 },
    ],
  },
  {
    key: 'romashka-k90',
    account: 'romashka',
    by: 'anna',
    on: { deal: 1 },
    percent: '12',
    reason: 'Kaltwind ждёт ответа до пятницы. При 12% Ромашина подпишет вторую линию на этой неделе.',
    competitor: 'Kaltwind, 16,3 млн ₽',
    gives: [{ kind: 'PREPAYMENT', what: 'предоплата 50% до отгрузки', due: 14 }],
    asked: { minutesAgo: 160 },
    acts: [{ by: 'sophie', does: 'approve', minutesAgo: 35 }],
  },
  {
    key: 'teply-hleb-care',
    account: 'teply-hleb',
    by: 'anna',
    on: { deal: 1 },
    percent: '15',
    reason: 'Пирогова добавляет шесть точек, но хочет цену сети.',
    asked: { ago: 1, time: '12:20' },
    acts: [
      {
        by: 'olga',
        does: 'counter',
        percent: '10',
        word: 'Шесть точек объёма не дают, на 10% согласна',
        minutesAgo: 25,
      },
    ],
  },
  {
    key: 'belkin-k90',
    account: 'belkin',
    by: 'marat',
    on: { deal: 1 },
    percent: '16',
    reason: 'Без ремонта машина встанет, и долг не вернут вовсе.',
    competitor: 'Уральский компрессорный двор',
    deferralDays: 45,
    gives: [{ kind: 'PREPAYMENT', what: 'половина старого долга до начала ремонта', due: 10 }],
    asked: { minutesAgo: 30 },
  },
  {
    key: 'acme-logistics-dryer',
    account: 'acme-logistics',
    by: 'lena',
    on: { deal: 1 },
    percent: '14',
    reason: 'Lorraine decides between us and Kaltwind on Friday; James had promised her an answer.',
    competitor: 'Kaltwind, $76,500 with delivery',
    gives: [{ kind: 'REFERRAL', what: 'a visit of Prairie Steel to the cold store', due: 30 }],
    asked: { minutesAgo: 20 },
  },
]
