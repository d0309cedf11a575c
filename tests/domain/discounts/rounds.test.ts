import { describe, expect, it } from 'vitest'
import { countered, declined, ended } from '../../../src/domain/discounts/decide.ts'
import type { RuleFacts } from '../../../src/domain/discounts/facts.ts'
import type { DiscountRequest } from '../../../src/domain/discounts/request.ts'
import {
  accepted,
  escalated,
  nextChangeAt,
  resubmitted,
  waitingFor,
  withAnswer,
  withQuestion,
} from '../../../src/domain/discounts/rounds.ts'
import { amountOff, atPercent, type Give, type Terms } from '../../../src/domain/discounts/terms.ts'
import { FACTS } from './facts.sample.ts'
import {
  act,
  chain,
  fileWith,
  houseWith,
  MONDAY,
  officer,
  officeWith,
  planned,
  stepIn,
  TERMS,
  told,
  yes,
} from './office.sample.ts'

const BOTH = chain('approve manager:1', 'approve role:DIRECTOR')
const OWN = { kind: 'granted', rule: { name: 'Own limit', tested: {} } } as const
const office = officeWith()

const factsOf = (terms: Terms, change: Partial<RuleFacts> = {}): RuleFacts => ({
  ...FACTS,
  percent: terms.percent,
  amount: amountOff(terms),
  net: terms.net,
  deferralDays: String(terms.deferralDays),
  ...change,
})

type Again = Readonly<{ verdict?: typeof BOTH | typeof OWN; facts?: Partial<RuleFacts>; carry?: boolean }>

/** The next round on these terms. */
const again = (
  request: DiscountRequest,
  terms: Terms,
  { verdict = BOTH, facts = {}, carry = true }: Again = {},
  at = office,
): DiscountRequest =>
  resubmitted(
    request,
    { terms, basis: request.basis },
    { facts: factsOf(terms, facts), verdict },
    { carry, author: null, channel: 'console' },
    at,
  )

describe('a request', () => {
  it('within the own limit is granted at once, by nobody, with the rule that did', () => {
    expect(fileWith(OWN)).toMatchObject({
      state: 'GRANTED',
      round: 1,
      version: 1,
      policyVersion: 7,
      steps: [],
      decision: { by: null, rule: 'Own limit', at: MONDAY.toISOString() },
    })
  })

  it('waits for those whose step is open, and for none of those who have agreed', () => {
    const officers = houseWith(officer('olga', 'DIRECTOR'))
    const two = officeWith({ officers })
    const request = fileWith(chain(planned('approve role:DIRECTOR', { need: 2 }), 'approve role:ADMIN'), two)
    expect(waitingFor(request)).toEqual(['dana', 'olga'])
    expect(waitingFor(yes(request, 'dana', '1.1', two))).toEqual(['olga'])
  })

  it('waits for somebody once, though they are asked for two opinions', () => {
    const house = officeWith({ officers: [officer('anna', 'KAM', 'dana'), officer('dana', 'DIRECTOR')] })
    const request = fileWith(chain('check manager:1', 'check role:DIRECTOR', 'approve role:ADMIN'), house)
    expect(waitingFor(request)).toEqual(['dana'])
  })

  it('that is over waits for nobody and changes at no time', () => {
    const request = fileWith(BOTH)
    const by = { by: { id: 'anna', name: 'ANNA' }, onBehalfOf: null, channel: 'console', word: null }
    const countered8 = countered(request, act(request, 'max', '1.1'), { terms: TERMS, word: 'x' }, office)
    const over = [
      fileWith(OWN),
      declined(request, act(request, 'max', '1.1'), 'no', office),
      ended(request, 'WITHDRAWN', by, office),
      countered8,
    ]
    for (const one of over) {
      expect(waitingFor(one), one.state).toEqual([])
      expect(nextChangeAt(one), one.state).toBeNull()
      expect(escalated(one, officeWith({ now: '2027-11-23T10:00:00Z' })), one.state).toBeNull()
    }
  })
})

describe('a resubmission', () => {
  const half = yes(fileWith(BOTH), 'max', '1.1')

  it('on the same or better terms does not ask again who has agreed', () => {
    for (const percent of ['10', '9.99', '5']) {
      const next = again(half, atPercent(TERMS, percent))
      expect(told(next), percent).toEqual(['2.1 APPROVED max ✓max', '2.2 OPEN dana'])
      expect(stepIn(next, '2.1').carried).toBe(true)
      expect(next).toMatchObject({ round: 2, version: half.version + 1, state: 'PENDING' })
    }
  })

  it('on worse terms asks everybody again: percent, amount, deferral or margin', () => {
    const worse: readonly Again[] = [
      { facts: { percent: '10.01' } },
      { facts: { amount: { amount: '100.01', currency: 'EUR' } } },
      { facts: { amount: { amount: '90', currency: 'USD' } } },
      { facts: { deferralDays: '10' } },
      { facts: { marginOverFloor: '14' } },
      { facts: { margin: '29' } },
    ]
    for (const how of worse)
      expect(told(again(half, TERMS, how)), JSON.stringify(how)).toEqual(['2.1 OPEN max', '2.2 WAITING'])
  })

  it('asks again only those whose rules look at what is worse', () => {
    const facts = { ...FACTS, product: 'GTX Mini', overdueDays: '20' }
    const verdict = chain(
      planned('check role:FINANCE', { tested: ['overdueDays'], facts }),
      planned('approve manager:1', { tested: ['percent'], facts }),
      planned('approve role:DIRECTOR', { tested: ['product'], facts }),
    )
    const all = chain(
      'check role:FINANCE',
      'approve manager:1',
      'approve role:DIRECTOR',
      'approve role:ADMIN',
    )
    const three = yes(yes(yes(fileWith(all), 'fay', '1.1'), 'max', '1.2'), 'dana', '1.3')
    const next = again(three, TERMS, { verdict, facts: { product: 'GTX Mini', overdueDays: '20' } })
    expect(told(next)).toEqual(['2.1 OPEN fay', '2.2 APPROVED max ✓max', '2.3 WAITING'])
    expect(told(yes(next, 'fay', '2.1'))[2]).toBe('2.3 OPEN dana')
  })

  it('asks again whoever was to decide and had not', () => {
    expect(told(again(fileWith(BOTH), TERMS))).toEqual(['2.1 OPEN max', '2.2 WAITING'])
  })

  it('of a declined one asks whoever declined again, and nobody who had agreed', () => {
    const no = declined(half, act(half, 'dana', '1.2'), 'too much', office)
    expect(told(again(no, atPercent(TERMS, '8')))).toEqual(['2.1 APPROVED max ✓max', '2.2 OPEN dana'])
  })

  it('with everybody’s yes still holding is granted at once, by whoever agreed last', () => {
    const next = again(half, atPercent(TERMS, '8'), { verdict: chain('approve manager:1') })
    expect(next).toMatchObject({ state: 'GRANTED', decision: { by: { id: 'max' } } })
  })

  it('holds a yes for what was seen then, through any number of rounds', () => {
    const low = again(half, atPercent(TERMS, '5'))
    expect(told(again(low, TERMS))).toEqual(['3.1 APPROVED max ✓max', '3.2 OPEN dana'])
    expect(told(again(low, atPercent(TERMS, '10.5')))).toEqual(['3.1 OPEN max', '3.2 WAITING'])
  })

  it('never takes an opinion for a decision, though a decision is an opinion too', () => {
    const looked = yes(fileWith(chain('check role:FINANCE', 'approve manager:1')), 'fay', '1.1')
    const decides = again(looked, TERMS, { verdict: chain('approve role:FINANCE', 'approve role:DIRECTOR') })
    expect(told(decides)).toEqual(['2.1 OPEN fay', '2.2 WAITING'])
    const decided = yes(fileWith(chain('approve role:FINANCE', 'approve role:DIRECTOR')), 'fay', '1.1')
    const looks = again(decided, TERMS, { verdict: chain('check role:FINANCE', 'approve manager:1') })
    expect(told(looks)).toEqual(['2.1 APPROVED fay ✓fay', '2.2 OPEN max'])
  })

  it('asks again where more must agree than did', () => {
    const more = chain(planned('approve manager:1', { need: 2 }), 'approve role:DIRECTOR')
    expect(told(again(half, TERMS, { verdict: more }))).toEqual(['2.1 OPEN max+dana', '2.2 WAITING'])
    const all = chain(planned('approve manager:1', { need: 'all' }), 'approve role:DIRECTOR')
    expect(told(again(half, TERMS, { verdict: all }))).toEqual(['2.1 OPEN max', '2.2 WAITING'])
  })

  it('asks everybody again when the client gives less for it, or gives it later', () => {
    const give: Give = { kind: 'PREPAYMENT', what: '30 %', dueOn: '2026-12-01' }
    const terms = { ...TERMS, gives: [give] }
    const promised = yes(fileWith(BOTH, office, FACTS, terms), 'max', '1.1')
    expect(told(again(promised, TERMS))[0]).toBe('2.1 OPEN max')
    expect(told(again(promised, { ...TERMS, gives: [{ ...give, dueOn: '2026-12-02' }] }))[0]).toBe(
      '2.1 OPEN max',
    )
    expect(told(again(promised, { ...TERMS, gives: [{ ...give, what: '20 %' }] }))[0]).toBe('2.1 OPEN max')
    const more = [
      { ...give, dueOn: '2026-11-30' },
      { ...give, kind: 'REFERRAL' as const },
    ]
    expect(told(again(promised, { ...TERMS, gives: more }))[0]).toBe('2.1 APPROVED max ✓max')
  })

  it('asks everybody again when it would hold for longer', () => {
    expect(told(again(half, { ...TERMS, lastDay: '2026-12-24' }))[0]).toBe('2.1 OPEN max')
    expect(told(again(half, { ...TERMS, lastDay: '2026-12-22' }))[0]).toBe('2.1 APPROVED max ✓max')
  })

  it('at another price asks everybody again, whatever they agreed to', () => {
    expect(told(again(half, TERMS, { carry: false }))).toEqual(['2.1 OPEN max', '2.2 WAITING'])
    expect(told(again(half, atPercent(TERMS, '5'), { carry: false }))[0]).toBe('2.1 OPEN max')
  })

  it('that comes within the own limit is granted, by nobody', () => {
    expect(again(half, atPercent(TERMS, '2'), { verdict: OWN })).toMatchObject({
      state: 'GRANTED',
      steps: [],
      decision: { by: null, rule: 'Own limit' },
    })
  })
})

describe('a counter-offer', () => {
  const eight = atPercent(TERMS, '8')
  const offer = { terms: eight, word: 'this much' }
  const take = (request: DiscountRequest, how: Again = {}, at = office) => {
    if (!request.counter) throw new Error('nothing is offered')
    const { terms } = request.counter
    return accepted(
      request,
      request.counter,
      { facts: factsOf(terms, how.facts), verdict: how.verdict ?? BOTH },
      { by: 'anna', channel: 'console' },
      at,
    )
  }

  it('that is taken is the yes of whoever made it, at the terms that they offered', () => {
    const request = fileWith(chain('approve manager:1'))
    const asked = countered(request, act(request, 'max', '1.1'), offer, office)
    const done = take(
      asked,
      { verdict: chain('approve manager:1') },
      officeWith({ now: '2026-11-24T10:00:00Z' }),
    )
    expect(done).toMatchObject({
      state: 'GRANTED',
      round: 2,
      version: 3,
      counter: null,
      terms: { percent: '8', net: { amount: '920.00' } },
      decision: { by: { id: 'max' } },
    })
    expect(stepIn(done, '2.1').votes).toMatchObject([{ seat: 'max', at: MONDAY.toISOString() }])
  })

  it('still asks those behind it', () => {
    const request = fileWith(BOTH)
    const asked = countered(request, act(request, 'max', '1.1'), offer, office)
    expect(told(take(asked))).toEqual(['2.1 APPROVED max ✓max', '2.2 OPEN dana'])
  })

  it('keeps the yes of those before it, for it is better than what they agreed to', () => {
    const request = yes(fileWith(BOTH), 'max', '1.1')
    const done = take(countered(request, act(request, 'dana', '1.2'), offer, office))
    expect(told(done)).toEqual(['2.1 APPROVED max ✓max', '2.2 APPROVED dana ✓dana'])
    expect(done.state).toBe('GRANTED')
  })

  it('of a substitute is the yes of the seat that they used', () => {
    const away = officeWith({ away: { max: 'boris' } })
    const request = fileWith(chain('approve manager:1'), away)
    const asked = countered(request, act(request, 'boris', '1.1', away), offer, away)
    const done = take(asked, { verdict: chain('approve manager:1') }, away)
    expect(stepIn(done, '2.1').votes).toMatchObject([
      { seat: 'max', by: { id: 'boris' }, onBehalfOf: { id: 'max' } },
    ])
  })

  it('counts as one yes where more must agree', () => {
    const two = chain(planned('approve manager:1', { need: 2 }))
    const request = fileWith(two)
    const asked = countered(request, act(request, 'max', '1.1'), offer, office)
    expect(take(asked, { verdict: two }).state).toBe('PENDING')
    const one = yes(request, 'dana', '1.1')
    const last = countered(one, act(one, 'max', '1.1'), offer, office)
    expect(take(last, { verdict: two })).toMatchObject({ state: 'GRANTED' })
  })

  it('is no yes to what has become of the client since, where the rule looks at it', () => {
    const debt = (days: string) =>
      planned('approve manager:1', { tested: ['overdueDays'], facts: { ...FACTS, overdueDays: days } })
    const request = fileWith(chain(debt('0')))
    const asked = countered(request, act(request, 'max', '1.1'), offer, office)
    expect(take(asked, { verdict: chain(debt('0')) }).state).toBe('GRANTED')
    expect(told(take(asked, { verdict: chain(debt('30')), facts: { overdueDays: '30' } }))).toEqual([
      '2.1 OPEN max',
    ])
  })

  it('is a yes to the margin that its price left, and not to a dearer product', () => {
    const costs = { ...FACTS, margin: '22.22', marginOverFloor: '7.22' }
    const request: DiscountRequest = {
      ...fileWith(chain('approve manager:1'), office, costs),
      basis: { list: '1000.00', currency: 'EUR', quantity: 1, costShare: { cost: '700', list: '1000' } },
    }
    const asked = countered(request, act(request, 'max', '1.1'), offer, office)
    const verdict = chain('approve manager:1')
    const same = take(asked, { verdict, facts: { margin: '23.91', marginOverFloor: '8.91' } })
    expect(same.state).toBe('GRANTED')
    expect(stepIn(same, '2.1').agreedTo).toMatchObject({
      margin: '23.91',
      marginOverFloor: '8.91',
      percent: '8',
    })
    const dearer = take(asked, { verdict, facts: { margin: '20', marginOverFloor: '5' } })
    expect(told(dearer)).toEqual(['2.1 OPEN max'])
  })
})

describe('a step whose time is over', () => {
  const due = '2026-11-23T18:00:00.000Z'
  const late = officeWith({ now: due })

  it('passes on at the very moment, and not a second before', () => {
    expect(escalated(fileWith(BOTH), officeWith({ now: '2026-11-23T17:59:59.999Z' }))).toBeNull()
    const passed = escalated(fileWith(BOTH), late)
    expect(passed && told(passed)).toEqual(['1.1 OPEN max+dana', '1.2 WAITING'])
    expect(passed).toMatchObject({
      version: 2,
      steps: [{ escalations: 1, dueAt: '2026-11-24T17:00:00.000Z' }, {}],
    })
  })

  it('leaves those who were asked before their say', () => {
    const passed = escalated(fileWith(chain('approve manager:1')), late)
    if (!passed) throw new Error('it did not pass on')
    expect(yes(passed, 'max', '1.1', late).state).toBe('GRANTED')
    expect(yes(passed, 'dana', '1.1', late).state).toBe('GRANTED')
  })

  it('goes up rung by rung, nobody twice, and begins again with nobody when there is none left', () => {
    const seen: string[][] = []
    let request = fileWith(chain('approve manager:1'))
    for (let times = 0; times < 4; times += 1) {
      const at = nextChangeAt(request)
      const passed = at && escalated(request, officeWith({ now: at }))
      if (!passed) throw new Error('it stands still')
      request = passed
      seen.push(waitingFor(request).map(String))
    }
    expect(seen).toEqual([
      ['max', 'dana'],
      ['max', 'dana', 'ada'],
      ['max', 'dana', 'ada'],
      ['max', 'dana', 'ada'],
    ])
    expect(stepIn(request, '1.1').escalations).toBe(4)
  })

  it('passes on by itself where two opinions are asked for', () => {
    const york = { rhythm: { ...officer('x', 'KAM').rhythm, timeZone: 'America/New_York' } }
    const officers = houseWith(officer('ada', 'ADMIN', null, york))
    const request = fileWith(
      chain('check role:FINANCE', 'check role:ADMIN', 'approve manager:1'),
      officeWith({ officers }),
    )
    expect(nextChangeAt(request)?.toISOString()).toBe(due)
    const passed = escalated(request, officeWith({ officers, now: due }))
    expect(passed && told(passed)).toEqual(['1.1 OPEN fay+dana', '1.2 OPEN ada', '1.3 WAITING'])
  })
})

describe('a question', () => {
  it('stays with the request, and so does its answer; both make it one version newer', () => {
    const request = fileWith(BOTH)
    const by = { id: 'max', name: 'MAX' }
    const asked = withQuestion(request, { id: '1', by, text: 'why?', at: MONDAY.toISOString() }, office)
    expect(asked).toMatchObject({ version: 2, state: 'PENDING', questions: [{ text: 'why?', answer: null }] })
    const answer = { by: request.requester, text: 'because', at: MONDAY.toISOString() }
    const answered = withAnswer(asked, '1', answer, office)
    expect(answered).toMatchObject({ version: 3, questions: [{ text: 'why?', answer: { text: 'because' } }] })
    expect(again(answered, TERMS).questions).toHaveLength(1)
    expect(withAnswer(asked, '2', answer, office).questions).toMatchObject([{ answer: null }])
  })
})
