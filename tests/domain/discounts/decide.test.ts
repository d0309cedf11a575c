import { describe, expect, it } from 'vitest'
import { countered, declined, ended } from '../../../src/domain/discounts/decide.ts'
import { atPercent } from '../../../src/domain/discounts/terms.ts'
import {
  act,
  chain,
  fileWith,
  HOUSE,
  houseWith,
  officer,
  officeWith,
  planned,
  RHYTHM,
  stepIn,
  TERMS,
  told,
  tryAct,
  yes,
} from './office.sample.ts'

const MANAGER = chain('approve manager:1')
const hindrance = (...asked: Parameters<typeof tryAct>) => {
  const acting = tryAct(...asked)
  return typeof acting === 'string' ? acting : `${acting.by.id} for ${acting.seat.id}`
}

describe('who may decide a step', () => {
  it('is whoever is asked, by their own authority', () => {
    expect(tryAct(fileWith(MANAGER), 'max', '1.1')).toMatchObject({
      by: { id: 'max', name: 'MAX' },
      seat: { id: 'max' },
      onBehalfOf: null,
      channel: 'console',
    })
  })

  it('is whoever stands in for them today, to the third in a row, and says for whom', () => {
    const office = officeWith({ away: { max: 'boris vera fay' } })
    const request = fileWith(MANAGER, office)
    expect(tryAct(request, 'fay', '1.1', office)).toMatchObject({
      by: { id: 'fay' },
      onBehalfOf: { id: 'max' },
    })
    expect(hindrance(request, 'boris', '1.1', office)).toBe('boris for max')
    // The one who is away may still look in.
    expect(hindrance(request, 'max', '1.1', office)).toBe('max for max')
  })

  it('is no substitute any more once the absent one is back', () => {
    const request = fileWith(MANAGER, officeWith({ away: { max: 'boris' } }))
    expect(hindrance(request, 'boris', '1.1')).toBe('notYours')
    expect(hindrance(request, 'max', '1.1')).toBe('max for max')
  })

  it('is nobody else', () => {
    expect(hindrance(fileWith(MANAGER), 'dana', '1.1')).toBe('notYours')
    expect(hindrance(fileWith(MANAGER), 'stranger', '1.1')).toBe('notYours')
  })

  it('is never the requester: not by their own role, nor for somebody whom they stand in for', () => {
    const office = officeWith({ away: { max: 'anna' } })
    expect(hindrance(fileWith(MANAGER), 'anna', '1.1', office)).toBe('own')
    const boss = officeWith({ officers: houseWith(officer('anna', 'DIRECTOR', 'max')) })
    const request = fileWith(chain('approve role:DIRECTOR'), boss)
    expect(told(request)).toEqual(['1.1 OPEN dana'])
    expect(hindrance(request, 'anna', '1.1', boss)).toBe('own')
  })

  it('is never who stands in for the requester, by whatever authority', () => {
    const request = fileWith(MANAGER)
    expect(hindrance(request, 'max', '1.1', officeWith({ away: { anna: 'max' } }))).toBe('proxy')
    expect(hindrance(request, 'max', '1.1', officeWith({ away: { anna: 'vera boris max' } }))).toBe('proxy')
    const both = officeWith({ away: { anna: 'boris', max: 'boris' } })
    expect(hindrance(request, 'boris', '1.1', both)).toBe('proxy')
    expect(hindrance(request, 'max', '1.1', both)).toBe('max for max')
  })

  it('E-01 is nobody who lost the role or the place since they were asked, nor who stands in for them', () => {
    const finance = fileWith(chain('approve role:FINANCE'))
    const officers = houseWith(officer('fay', 'KAM', 'dana'))
    expect(hindrance(finance, 'fay', '1.1', officeWith({ officers }))).toBe('lostRole')
    expect(hindrance(finance, 'max', '1.1', officeWith({ officers, away: { fay: 'max' } }))).toBe('lostRole')
    const moved = officeWith({ officers: houseWith(officer('anna', 'KAM', 'dana')) })
    expect(hindrance(fileWith(MANAGER), 'max', '1.1', moved)).toBe('lostRole')
    const left = officeWith({ officers: houseWith(officer('max', 'MANAGER', 'dana', { active: false })) })
    expect(hindrance(fileWith(MANAGER), 'max', '1.1', left)).toBe('lostRole')
  })

  it('uses their own authority before somebody else’s', () => {
    const officers = houseWith(officer('olga', 'DIRECTOR'))
    const office = officeWith({ officers, away: { dana: 'olga' } })
    const request = fileWith(chain(planned('approve role:DIRECTOR', { need: 2 })), office)
    expect(hindrance(request, 'olga', '1.1', office)).toBe('olga for olga')
  })

  it('is the substitute when the own authority of the substitute is lost', () => {
    const officers = houseWith(officer('olga', 'DIRECTOR'))
    const request = fileWith(chain(planned('approve role:DIRECTOR', { need: 2 })), officeWith({ officers }))
    const lost = officeWith({ officers: houseWith(officer('olga', 'KAM')), away: { dana: 'olga' } })
    expect(hindrance(request, 'olga', '1.1', lost)).toBe('olga for dana')
  })

  it('E-12 is nobody a second time, neither for themselves nor for another, nor for a seat that was used', () => {
    const officers = houseWith(officer('olga', 'DIRECTOR'))
    const office = officeWith({ officers, away: { dana: 'olga' } })
    const one = yes(
      fileWith(chain(planned('approve role:DIRECTOR', { need: 2 })), office),
      'olga',
      '1.1',
      office,
    )
    expect(hindrance(one, 'olga', '1.1', office)).toBe('voted')
    expect(hindrance(one, 'dana', '1.1', office)).toBe('dana for dana')

    const away = officeWith({ officers, away: { dana: 'boris' } })
    const other = yes(
      fileWith(chain(planned('approve role:DIRECTOR', { need: 2 })), away),
      'boris',
      '1.1',
      away,
    )
    expect(hindrance(other, 'dana', '1.1', away)).toBe('voted')
    expect(hindrance(other, 'olga', '1.1', away)).toBe('olga for olga')
  })

  it('is nobody after the last day for which it was asked', () => {
    const at = (now: string, officers = HOUSE) =>
      hindrance(fileWith(MANAGER), 'max', '1.1', officeWith({ now, officers }))
    expect(at('2026-12-23T23:59:59Z')).toBe('max for max')
    expect(at('2026-12-24T00:00:00Z')).toBe('lastDayOver')
    // Where the requester is, wherever it is decided.
    const rhythm = (timeZone: string) => ({ rhythm: { ...RHYTHM, timeZone } })
    const inTokyo = houseWith(officer('anna', 'KAM', 'max', rhythm('Asia/Tokyo')))
    expect(at('2026-12-23T14:59:59Z', inTokyo)).toBe('max for max')
    expect(at('2026-12-23T15:00:00Z', inTokyo)).toBe('lastDayOver')
  })
})

describe('a decision', () => {
  const request = fileWith(chain('check role:FINANCE', 'check role:ADMIN', 'approve manager:1'))

  it('that is a yes is kept with who, for whom, when and where, and what they saw', () => {
    const away = officeWith({ away: { fay: 'max' }, now: '2026-11-23T12:00:00Z' })
    const step = stepIn(yes(request, 'max', '1.1', away), '1.1')
    expect(step.votes).toEqual([
      {
        seat: 'fay',
        by: { id: 'max', name: 'MAX' },
        onBehalfOf: { id: 'fay', name: 'FAY' },
        at: '2026-11-23T12:00:00.000Z',
        channel: 'console',
      },
    ])
    expect(step).toMatchObject({ state: 'APPROVED', agreedTo: request.facts, dueAt: null, remindAt: null })
  })

  it('makes the version one higher, and only one', () => {
    expect(request.version).toBe(1)
    expect(yes(request, 'fay', '1.1').version).toBe(2)
    expect(yes(fileWith(MANAGER), 'max', '1.1').version).toBe(2)
    expect(declined(request, act(request, 'fay', '1.1'), 'no', officeWith()).version).toBe(2)
  })

  it('that is a no ends all of it: every other step is cancelled and nobody’s clock runs on', () => {
    const half = yes(request, 'ada', '1.2')
    const no = declined(half, act(half, 'fay', '1.1'), 'they owe us', officeWith())
    expect(no.state).toBe('DECLINED')
    expect(told(no)).toEqual(['1.1 DECLINED fay', '1.2 APPROVED ada ✓ada', '1.3 CANCELLED'])
    expect(no.steps.every(({ dueAt, remindAt }) => dueAt === null && remindAt === null)).toBe(true)
    expect(no.decision).toMatchObject({
      by: { id: 'fay' },
      word: 'they owe us',
      rule: 'rule of role:FINANCE',
    })
  })

  it('that is a counter-offer stops the clock of its step until the requester answers', () => {
    const offer = { terms: atPercent(TERMS, '8'), word: 'this much' }
    const asked = countered(request, act(request, 'fay', '1.1'), offer, officeWith())
    expect(asked).toMatchObject({
      state: 'COUNTERED',
      version: 2,
      terms: { percent: '10' },
      counter: { stepId: '1.1', seat: 'fay', by: { id: 'fay' }, terms: { percent: '8' }, word: 'this much' },
    })
    expect(stepIn(asked, '1.1')).toMatchObject({ state: 'COUNTERED', dueAt: null, remindAt: null, votes: [] })
  })

  it('of the requester ends it too, and nobody is asked any more', () => {
    const by = { id: 'anna', name: 'ANNA' }
    const back = ended(
      request,
      'WITHDRAWN',
      { by, onBehalfOf: null, channel: 'console', word: null },
      officeWith(),
    )
    expect(back).toMatchObject({ state: 'WITHDRAWN', version: 2, decision: { by, rule: null } })
    expect(told(back)).toEqual(['1.1 CANCELLED fay', '1.2 CANCELLED ada', '1.3 CANCELLED'])
  })

  it('that revokes leaves who had agreed as they were', () => {
    const granted = yes(fileWith(MANAGER), 'max', '1.1')
    const by = { id: 'anna', name: 'ANNA' }
    const back = ended(
      granted,
      'REVOKED',
      { by, onBehalfOf: null, channel: 'console', word: 'no volume' },
      officeWith(),
    )
    expect(told(back)).toEqual(['1.1 APPROVED max ✓max'])
    expect(back).toMatchObject({ state: 'REVOKED', decision: { word: 'no volume' } })
  })
})
