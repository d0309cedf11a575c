import { press, submit } from '../support/core.ts'
import type { Click } from './click.ts'
import { accountOf, type Person, productOf, type Scene, slack, type Start, telegram } from './scene.ts'

/** How a request may end, and who may have brought it there: `discount.approve dana` leaves it GRANTED. */
type Ends = Readonly<Record<string, 'GRANTED' | 'DECLINED' | 'WITHDRAWN' | 'COUNTERED' | 'PENDING'>>

export type Race = Readonly<{
  name: string
  start: Start | 'nothing'
  /** What is clicked at one moment; `swap` turns the processes round and `apart` is between the first and the rest. */
  clicks(id: string, at: Readonly<{ swap: boolean; apart: number }>, ready: string): readonly Click[]
  /** What must be there before, such as an open form. */
  prepare?(scene: Scene, id: string): Promise<string>
  ends: Ends
  /** How many rows of a decision there are at the end; one unless said. */
  decisions?: number
  /** A crowd of its own: in one process, where one waits for the other, so many rounds are enough. */
  few?: number
  /** All clicks are one update that was delivered again: the others are not answered. */
  isOneUpdate?: true
}>

const step = (id: string, more: Record<string, string> = {}) => ({ id, s: '1.1', ...more })
const approve = (id: string) => press('discount-approve', step(id))
const decline = (id: string) => submit('discount-decline', step(id, { word: 'too early' }))
const offer = (id: string) => submit('discount-counter', step(id, { percent: '7', word: 'margin' }))
const asRequester = (command: string, id: string) => press(command, { id, r: '1' })

const on = (person: Person, platform: typeof slack, act: ReturnType<typeof press>) => ({
  by: platform(person),
  act,
})

/** The first in one process, the others in the other. */
const apartBy =
  (acts: (id: string, ready: string) => readonly ReturnType<typeof on>[]): Race['clicks'] =>
  (id, { swap, apart }, ready) =>
    acts(id, ready).map((act, index) => ({
      ...act,
      process: (index === 0) === swap ? 1 : 0,
      afterMs: index === 0 ? 0 : apart,
    }))

export const DOUBLE: Race = {
  name: 'E-07 one approver clicks twice, on two platforms',
  start: 'pending',
  clicks: apartBy((id) => [on('dana', slack, approve(id)), on('dana', telegram, approve(id))]),
  ends: { 'discount.approve dana': 'GRANTED' },
}

export const OPPOSED: Race = {
  name: 'E-08 approve and decline by two approvers on two platforms',
  start: 'pending',
  clicks: apartBy((id) => [on('dana', slack, approve(id)), on('dora', telegram, decline(id))]),
  ends: { 'discount.approve dana': 'GRANTED', 'discount.decline dora': 'DECLINED' },
}

const REDELIVERED: Race = {
  name: 'one click that is delivered twice, to two processes',
  start: 'pending',
  clicks: (id, at, ready) =>
    apartBy(() => [on('dana', slack, approve(id)), on('dana', slack, approve(id))])(id, at, ready).map(
      (click) => ({ ...click, key: `again-${id}` }),
    ),
  ends: { 'discount.approve dana': 'GRANTED' },
  isOneUpdate: true,
}

const TWENTY: Race = {
  name: 'E-09 twenty clicks on one approval',
  start: 'pending',
  clicks: (id, { apart }) =>
    Array.from({ length: 20 }, (_, index) => ({
      ...on(index % 4 < 2 ? 'dana' : 'dora', index % 2 ? slack : telegram, approve(id)),
      process: index % 2 === 0 ? 0 : 1,
      afterMs: index === 0 ? 0 : apart,
    })),
  ends: { 'discount.approve dana': 'GRANTED', 'discount.approve dora': 'GRANTED' },
  few: 3,
}

const QUORUM: Race = {
  name: 'E-12 three of whom two must agree, one of them twice',
  start: 'twoNeeded',
  clicks: (id, at, ready) =>
    apartBy(() => [
      on('dana', slack, approve(id)),
      on('dora', telegram, approve(id)),
      on('dirk', slack, approve(id)),
      on('dana', telegram, approve(id)),
    ])(id, at, ready),
  ends: {
    'discount.approve dana': 'GRANTED',
    'discount.approve dora': 'GRANTED',
    'discount.approve dirk': 'GRANTED',
  },
  decisions: 2,
}

const COUNTER: Race = {
  name: 'approve against a counter-offer',
  start: 'pending',
  clicks: apartBy((id) => [on('dora', telegram, approve(id)), on('dana', slack, offer(id))]),
  ends: { 'discount.approve dora': 'GRANTED', 'discount.counter dana': 'COUNTERED' },
}

const WITHDRAWN: Race = {
  name: 'approve against withdraw',
  start: 'pending',
  clicks: apartBy((id) => [
    on('dana', telegram, approve(id)),
    on('anna', slack, asRequester('discount-withdraw', id)),
  ]),
  ends: { 'discount.approve dana': 'GRANTED', 'discount.withdraw anna': 'WITHDRAWN' },
}

const CHANGED: Race = {
  name: 'E-10 approve against other terms',
  start: 'pending',
  async prepare({ says, database }, id) {
    await says(slack('anna'), asRequester('discount-change', id))
    const draft = await database.prisma.draft.findFirst({
      where: { content: { path: ['picks', 'of'], equals: id } },
    })
    return draft?.id ?? ''
  },
  clicks: apartBy((id, draft) => [
    // It takes longer, so it begins first.
    on('anna', slack, submit('discount', { draft, price: '13%', reason: 'a rival offers even less' })),
    on('dana', telegram, approve(id)),
  ]),
  ends: { 'discount.approve dana': 'GRANTED', 'discount.resubmit anna': 'PENDING' },
}

const ESCALATED: Race = {
  name: 'E-13 approve against time that passes it on',
  start: 'pending',
  clicks: (id, { swap, apart }) => [
    { ...on('dana', telegram, approve(id)), process: swap ? 1 : 0, afterMs: 0 },
    { passes: id, now: '2026-11-25T12:00:00Z', process: swap ? 0 : 1, afterMs: apart },
  ],
  ends: { 'discount.approve dana': 'GRANTED' },
}

const ANSWERED: Race = {
  name: 'a counter-offer is taken and withdrawn',
  start: 'countered',
  clicks: apartBy((id) => [
    on('anna', slack, asRequester('discount-accept', id)),
    on('anna', telegram, asRequester('discount-withdraw', id)),
  ]),
  ends: { 'discount.accept anna': 'GRANTED', 'discount.withdraw anna': 'WITHDRAWN' },
}

const TAKEN: Race = {
  name: 'a counter-offer is taken twice and left',
  start: 'countered',
  clicks: apartBy((id) => [
    on('anna', slack, asRequester('discount-accept', id)),
    on('anna', telegram, asRequester('discount-accept', id)),
    on('anna', telegram, asRequester('discount-refuse', id)),
  ]),
  ends: { 'discount.accept anna': 'GRANTED', 'discount.refuse-offer anna': 'DECLINED' },
}

const FILED: Race = {
  name: 'two ask for the same at once',
  start: 'nothing',
  clicks: apartBy((id) => {
    const product = productOf(id)
    const form = { account: accountOf(id), price: '12%', product, reason: 'a rival offers less' }
    return [on('anna', slack, submit('discount', form)), on('boris', telegram, submit('discount', form))]
  }),
  ends: { 'discount.file anna': 'PENDING', 'discount.file boris': 'PENDING' },
}

export const OTHERS: readonly Race[] = [
  REDELIVERED,
  TWENTY,
  QUORUM,
  COUNTER,
  WITHDRAWN,
  CHANGED,
  ESCALATED,
  ANSWERED,
  TAKEN,
  FILED,
]
