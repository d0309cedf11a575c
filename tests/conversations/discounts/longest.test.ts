import { describe, expect, it } from 'vitest'
import { renderMessage } from '../../../src/bots/slack/render.ts'
import { speakerFor } from '../../../src/bots/speaker.ts'
import { renderTelegram } from '../../../src/bots/telegram/render.ts'
import { requestCard } from '../../../src/commands/discounts/card.ts'
import type { Passport } from '../../../src/commands/discounts/passport.ts'
import type { DiscountRequest } from '../../../src/domain/discounts/request.ts'
import { LANGUAGES } from '../../../src/domain/shared/actor.ts'
import { requestOf, stepOf, termsAt } from '../../db/discount.sample.ts'
import { NOW, TODAY } from '../../support/clients.ts'
import { blockKitProblems } from '../../support/slack/block-kit.ts'

const TEXTS: Readonly<Record<string, string>> = {
  'plain letters': 'Abcdefg hij ',
  emoji: '👩‍👩‍👧‍👦🏭',
  'signs of markup': '<&>*_`',
  'Arabic, from right to left': 'خصم كبير ‏',
  'Cyrillic letters': 'Длинные слова ',
}

const fill = (text: string, most: number) => text.repeat(most).slice(0, most).toWellFormed()
const AT = NOW.toISOString()

/** Everything that people may write at its longest, and every part of a card there at once. */
function longest(text: string): DiscountRequest {
  const name = fill(text, 300)
  const person = { id: 'max', name: fill(text, 120) }
  const word = fill(text, 500)
  const give = { kind: 'PREPAYMENT' as const, what: fill(text, 200), dueOn: '2026-12-01' }
  const terms = termsAt('12.25', {
    subject: { dealId: 'd1', productId: 'gtx', title: name, product: name, productGroup: name },
    list: { amount: '1234567890.12', currency: 'EUR' },
    net: { amount: '1083333333.33', currency: 'EUR' },
    gives: [give, give, give],
  })
  const rules = [
    { name: fill(text, 200), tested: { percent: '12', margin: '1', product: name, overdue: '1' } },
  ]
  const vote = { seat: 'max', by: person, onBehalfOf: person, at: AT, channel: 'slack' }
  const seats = ['a', 'b', 'c', 'max'].map((id) => ({
    ...person,
    id,
    by: { manager: 1 },
    role: 'MANAGER' as const,
  }))
  const steps = [1, 2, 3, 4, 5].map((number) =>
    stepOf(`1.${number}`, [], {
      need: 3,
      needed: 3,
      rules,
      seats,
      votes: [{ ...vote, seat: 'a' }],
      state: number < 3 ? 'APPROVED' : 'OPEN',
    }),
  )
  const question = { by: person, text: word, at: AT, answer: { by: person, text: word, at: AT } }
  const request = requestOf('q'.repeat(25))
  return {
    ...request,
    number: 123_456,
    account: { id: 'a'.repeat(25), name },
    requester: { id: 'anna', name: fill(text, 120) },
    terms,
    facts: { ...request.facts, product: name, marginOverFloor: '-3.25' },
    reason: fill(text, 1_000),
    competitor: fill(text, 200),
    steps,
    questions: Array.from({ length: 10 }, (_, index) => ({ ...question, id: String(index + 1) })),
  }
}

const sums = ['EUR', 'USD', 'RUB'].map((currency) => ({ amount: '1234567890.12', currency }))
const PASSPORT = {
  account: {
    overdue: { sums, oldestDueOn: '2026-01-01' },
    invoicesKnown: true,
    plan: sums,
    revenue: { thisYear: sums },
    openDeals: 200,
    pipeline: [{ stage: 'Proposal', sums }],
  },
  granted: { count: 100, amount: sums },
  last: null,
  score: { kept: 100, broken: 100, open: 100, overdue: 100 },
} as unknown as Passport

const STATES = {
  'to be decided': (request: DiscountRequest) => request,
  countered: (request: DiscountRequest): DiscountRequest => ({
    ...request,
    state: 'COUNTERED',
    counter: {
      stepId: '1.3',
      seat: 'max',
      by: request.requester,
      onBehalfOf: request.requester,
      terms: { ...request.terms, gives: request.terms.gives.map((give) => ({ ...give })) },
      word: request.reason.slice(0, 500).toWellFormed(),
      at: AT,
      channel: 'slack',
    },
  }),
  declined: (request: DiscountRequest): DiscountRequest => ({
    ...request,
    state: 'DECLINED',
    decision: {
      by: request.requester,
      onBehalfOf: request.requester,
      at: AT,
      channel: 'slack',
      word: request.reason.slice(0, 500).toWellFormed(),
      rule: null,
    },
  }),
} as const

const READERS = {
  'whoever decides': {
    reader: { id: 'max', role: 'MANAGER' },
    relation: { asks: false, seats: ['max'], sees: true },
  },
  'whoever asks': {
    reader: { id: 'anna', role: 'KAM' },
    relation: { asks: true, seats: [], sees: true },
  },
} as const

const CASES = Object.keys(TEXTS).flatMap((text) =>
  LANGUAGES.flatMap((language) =>
    (Object.keys(STATES) as (keyof typeof STATES)[]).flatMap((state) =>
      (Object.keys(READERS) as (keyof typeof READERS)[]).map((reader) => ({ text, language, state, reader })),
    ),
  ),
)

describe.each(CASES)(
  'a card of $text, $language, $state, for $reader',
  ({ text, language, state, reader }) => {
    const speak = speakerFor({ language, timeZone: 'Europe/Moscow', currency: 'EUR' })
    const request = STATES[state](longest(TEXTS[text] ?? ''))
    const view = requestCard(request, { ...READERS[reader], today: TODAY, passport: PASSPORT })

    it('is one message of Slack that Block Kit takes', () => {
      const { blocks, text: top } = renderMessage(view, speak)
      expect(blockKitProblems('message', { text: top, blocks })).toEqual([])
      expect(JSON.stringify(blocks)).not.toMatch(/more cannot be shown/i)
    })

    it('is one message of Telegram with all of its buttons', () => {
      const messages = renderTelegram(view, speak)
      const [message] = messages
      expect(messages.map((one) => one.text.length)).toEqual([message?.text.length])
      expect(message?.text.length).toBeLessThanOrEqual(4_096)
      const buttons = view.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
      expect(message?.keys.flat()).toHaveLength(buttons.length)
    })
  },
)
