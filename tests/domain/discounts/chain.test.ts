import { describe, expect, it } from 'vitest'
import type { RuleFacts } from '../../../src/domain/discounts/facts.ts'
import { resubmitted } from '../../../src/domain/discounts/rounds.ts'
import type { DiscountRequest } from '../../../src/domain/discounts/request.ts'
import { FACTS } from './facts.sample.ts'
import {
  chain,
  fileWith,
  houseWith,
  officer,
  officeWith,
  planned,
  stepIn,
  TERMS,
  told,
  yes,
} from './office.sample.ts'

const TWO_DIRECTORS = houseWith(officer('olga', 'DIRECTOR'))

describe('the steps of a request', () => {
  it('follow one another: the first is open and the others wait', () => {
    expect(told(fileWith(chain('approve manager:1', 'approve role:DIRECTOR')))).toEqual([
      '1.1 OPEN max',
      '1.2 WAITING',
    ])
  })

  it('grant it when the last of them is done, by whoever agreed last', () => {
    const request = fileWith(chain('approve manager:1', 'approve role:DIRECTOR'))
    const first = yes(request, 'max', '1.1')
    expect(told(first)).toEqual(['1.1 APPROVED max ✓max', '1.2 OPEN dana'])
    expect(first.state).toBe('PENDING')
    const done = yes(first, 'dana', '1.2')
    expect(done.state).toBe('GRANTED')
    expect(done.decision).toMatchObject({
      by: { id: 'dana' },
      onBehalfOf: null,
      rule: 'rule of role:DIRECTOR',
    })
  })

  it('have all checks open at once and authority only after the last of them', () => {
    const request = fileWith(chain('check role:FINANCE', 'check role:ADMIN', 'approve manager:1'))
    expect(told(request)).toEqual(['1.1 OPEN fay', '1.2 OPEN ada', '1.3 WAITING'])
    const one = yes(request, 'ada', '1.2')
    expect(told(one)).toEqual(['1.1 OPEN fay', '1.2 APPROVED ada ✓ada', '1.3 WAITING'])
    expect(told(yes(one, 'fay', '1.1'))[2]).toBe('1.3 OPEN max')
  })

  it('with an opinion alone grant nothing', () => {
    const request = fileWith(chain('check role:FINANCE', 'approve role:ADMIN'))
    expect(yes(request, 'fay', '1.1').state).toBe('PENDING')
  })

  it('have their clock from the moment at which they open', () => {
    const request = fileWith(chain('approve manager:1', 'approve role:DIRECTOR'))
    expect(stepIn(request, '1.1')).toMatchObject({
      openedAt: '2026-11-23T10:00:00.000Z',
      remindAt: '2026-11-23T14:00:00.000Z',
      dueAt: '2026-11-23T18:00:00.000Z',
    })
    expect(stepIn(request, '1.2')).toMatchObject({ openedAt: null, remindAt: null, dueAt: null })
    const later = officeWith({ now: '2026-11-24T16:00:00Z' })
    expect(stepIn(yes(request, 'max', '1.1', later), '1.2')).toMatchObject({
      openedAt: '2026-11-24T16:00:00.000Z',
      remindAt: '2026-11-25T11:00:00.000Z',
      dueAt: '2026-11-25T15:00:00.000Z',
    })
  })

  it('give time by the hours of whoever is told, and of several of them by whoever has most', () => {
    const york = { rhythm: { ...officer('x', 'KAM').rhythm, timeZone: 'America/New_York' } }
    const officers = houseWith(officer('olga', 'DIRECTOR', null, york))
    const request = fileWith(chain('approve role:DIRECTOR'), officeWith({ officers }))
    expect(stepIn(request, '1.1').dueAt).toBe('2026-11-23T22:00:00.000Z')
    const away = officeWith({ officers, away: { max: 'olga' } })
    expect(stepIn(fileWith(chain('approve manager:1'), away), '1.1').dueAt).toBe('2026-11-23T22:00:00.000Z')
  })
})

describe('how many must agree', () => {
  it('is one of them where any is enough', () => {
    const office = officeWith({ officers: TWO_DIRECTORS })
    const request = fileWith(chain('approve role:DIRECTOR'), office)
    expect(told(request)).toEqual(['1.1 OPEN dana+olga'])
    expect(yes(request, 'olga', '1.1', office).state).toBe('GRANTED')
  })

  it('is each of those who were there when it opened, where all must', () => {
    const office = officeWith({ officers: TWO_DIRECTORS })
    const request = fileWith(chain(planned('approve role:DIRECTOR', { need: 'all' })), office)
    expect(stepIn(request, '1.1').needed).toBe(2)
    const one = yes(request, 'olga', '1.1', office)
    expect(told(one)).toEqual(['1.1 OPEN dana+olga ✓olga'])
    expect(yes(one, 'dana', '1.1', office).state).toBe('GRANTED')
  })

  it('does not grow with those who come later', () => {
    const request = fileWith(chain(planned('approve role:DIRECTOR', { need: 'all' })))
    expect(stepIn(request, '1.1').needed).toBe(1)
    expect(yes(request, 'dana', '1.1', officeWith({ officers: TWO_DIRECTORS })).state).toBe('GRANTED')
  })

  it('E-12 is so many different people', () => {
    const officers = houseWith(officer('olga', 'DIRECTOR'), officer('piet', 'DIRECTOR'))
    const office = officeWith({ officers })
    const request = fileWith(chain(planned('approve role:DIRECTOR', { need: 2 })), office)
    const one = yes(request, 'piet', '1.1', office)
    expect(one.state).toBe('PENDING')
    expect(yes(one, 'dana', '1.1', office).state).toBe('GRANTED')
  })

  it('is asked of the next in line too where there are too few', () => {
    const request = fileWith(chain(planned('approve role:DIRECTOR', { need: 2 })))
    expect(told(request)).toEqual(['1.1 OPEN dana+ada'])
    expect(stepIn(request, '1.1').needed).toBe(2)
  })

  it('is never less than it needs, though there is nobody left', () => {
    const request = fileWith(chain(planned('approve role:DIRECTOR', { need: 5 })))
    const all = yes(yes(request, 'dana', '1.1'), 'ada', '1.1')
    expect(all.state).toBe('PENDING')
    expect(told(all)).toEqual(['1.1 OPEN dana+ada ✓dana+ada'])
  })
})

describe('E-02 a step without anybody', () => {
  it('passes on before it opens: to the next role, to the fallback', () => {
    const nobody = houseWith(officer('dana', 'KAM'))
    expect(told(fileWith(chain('approve role:DIRECTOR'), officeWith({ officers: nobody })))).toEqual([
      '1.1 OPEN ada',
    ])
    expect(told(fileWith(chain('approve manager:3')))).toEqual(['1.1 OPEN ada'])
  })

  it('passes over a seat that is away and that only the requester stands in for', () => {
    expect(told(fileWith(chain('approve manager:1'), officeWith({ away: { max: 'anna' } })))).toEqual([
      '1.1 OPEN dana',
    ])
    const office = officeWith({ officers: TWO_DIRECTORS, away: { dana: 'anna' } })
    expect(told(fileWith(chain(planned('approve role:DIRECTOR', { need: 'all' })), office))).toEqual([
      '1.1 OPEN olga',
    ])
  })

  it('stays open and is due, also when the whole house is empty', () => {
    const request = fileWith(
      chain('approve role:DIRECTOR'),
      officeWith({ officers: [officer('anna', 'KAM')] }),
    )
    expect(told(request)).toEqual(['1.1 OPEN'])
    expect(stepIn(request, '1.1').dueAt).toBe('2026-11-23T18:00:00.000Z')
  })
})

describe('somebody who has agreed to the same already', () => {
  const BOTH = houseWith(officer('dana', 'DIRECTOR'), officer('anna', 'KAM', 'dana'))
  const office = officeWith({ officers: BOTH })

  it('is not asked again by another step', () => {
    const done = yes(
      fileWith(chain('approve manager:1', 'approve role:DIRECTOR'), office),
      'dana',
      '1.1',
      office,
    )
    expect(done.state).toBe('GRANTED')
    expect(stepIn(done, '1.2')).toMatchObject({ state: 'APPROVED', carried: true, votes: [{ seat: 'dana' }] })
  })

  it('is asked when the yes was an opinion and not a decision', () => {
    const finance = chain('check role:DIRECTOR', 'approve manager:1')
    const looked = yes(fileWith(finance, office), 'dana', '1.1', office)
    expect(told(looked)).toEqual(['1.1 APPROVED dana ✓dana', '1.2 OPEN dana'])
  })

  it('is asked when somebody else used their seat', () => {
    const away = officeWith({ officers: BOTH, away: { dana: 'max' } })
    const first = yes(fileWith(chain('approve manager:1', 'approve role:DIRECTOR'), away), 'max', '1.1', away)
    expect(told(first)).toEqual(['1.1 APPROVED dana ✓max', '1.2 OPEN dana'])
  })

  it('is asked beside others where more than one must agree', () => {
    const steps = chain('approve manager:1', planned('approve role:DIRECTOR', { need: 2 }))
    const first = yes(fileWith(steps, office), 'dana', '1.1', office)
    expect(told(first)).toEqual(['1.1 APPROVED dana ✓dana', '1.2 OPEN dana+ada'])
  })

  it('brings only their own yes, not those of others at the earlier step', () => {
    const officers = houseWith(officer('fay', 'FINANCE'), officer('anna', 'KAM', 'fay'))
    const house = officeWith({ officers })
    const steps = chain(planned('approve role:FINANCE', { need: 2 }), 'approve role:DIRECTOR')
    const asked = fileWith(steps, house)
    expect(told(asked)).toEqual(['1.1 OPEN fay+dana', '1.2 WAITING'])
    const done = yes(yes(asked, 'dana', '1.1', house), 'fay', '1.1', house)
    expect(told(done)[1]).toBe('1.2 APPROVED dana ✓dana')
    expect(done.decision?.by?.id).toBe('dana')
  })

  it('is asked when the step tests something that has changed since their yes', () => {
    const before = yes(
      fileWith(chain('approve manager:1', 'approve role:FINANCE'), office),
      'dana',
      '1.1',
      office,
    )
    const facts: RuleFacts = { ...FACTS, product: 'GTX Mini' }
    const verdict = chain(
      'approve manager:1',
      planned('approve role:DIRECTOR', { tested: ['product'], facts }),
    )
    const next = again(before, facts, verdict)
    expect(told(next)).toEqual(['2.1 APPROVED dana ✓dana', '2.2 OPEN dana'])
  })

  it('has agreed to what they saw and not to what came of it', () => {
    const before = yes(
      fileWith(chain('approve manager:1', 'approve role:FINANCE'), office),
      'dana',
      '1.1',
      office,
    )
    const facts: RuleFacts = { ...FACTS, product: 'GTX Mini' }
    const next = again(before, facts, chain('approve manager:1', 'approve role:DIRECTOR'))
    expect(told(next)[1]).toBe('2.2 APPROVED dana ✓dana')
    expect(stepIn(next, '2.2').agreedTo?.product).toBe('GTX Pro')
  })

  const again = (before: DiscountRequest, facts: RuleFacts, verdict: ReturnType<typeof chain>) =>
    resubmitted(
      before,
      { terms: TERMS, basis: before.basis },
      { facts, verdict },
      { carry: true, author: null, channel: 'console' },
      office,
    )
})
