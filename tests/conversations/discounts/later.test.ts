import { beforeEach, describe, expect, it } from 'vitest'
import type { DiscountRequest } from '../../../src/domain/discounts/request.ts'
import { away } from '../follow-ups/stage.ts'
import { type DiscountStage, openStage } from './stage.ts'

let stage: DiscountStage

const TITLE = '12% for Acme Corporation · GTX Pro'
const THIN = '5% for Acme Corporation · Hydro P-200'
const NOW = '2026-11-23T11:30:00Z'

const BADGER = { id: 'badger', name: 'Badger One', listPrice: '10000', cost: '7000', currency: 'EUR' }

beforeEach(async () => {
  stage = await openStage()
  await stage.paid()
})

const prisma = () => stage.database.prisma
const opens = async (person: string, label = TITLE) => {
  await stage.says(person, '/approvals')
  return stage.presses(person, label)
}
const asks = (words = '12% GTX Pro rival') => stage.says('anna', `/discount Acme ${words}`)
const states = async () => (await stage.requests()).map(({ state }) => state)
const body = async (at = 0) => (await stage.requests())[at]?.body as unknown as DiscountRequest
const leaves = (id: string) => prisma().user.update({ where: { id }, data: { active: false } })
const movesTo = (ownerId: string) => prisma().account.update({ where: { id: 'acme' }, data: { ownerId } })
const livesIn = (id: string, timeZone: string) => prisma().user.update({ where: { id }, data: { timeZone } })

async function countered(title = TITLE, percent = '8') {
  await opens('max', title)
  await stage.presses('max', 'Approve at … %')
  await stage.fills('max', { percent, word: 'margin' })
}

describe('a request whose requester has left', () => {
  it.each(['PENDING', 'COUNTERED'])(
    'is closed while it is %s: whoever has the account now asks anew',
    async (state) => {
      await asks()
      if (state === 'COUNTERED') await countered()
      await leaves('anna')
      await movesTo('boris')
      expect(await states()).toEqual([state])
      await stage.at(NOW)
      await stage.says('boris', '/discount Acme 11% GTX Pro rival')
      expect(await states()).toEqual(['DECLINED', 'PENDING'])
      expect(await stage.audit()).toContain('discount.leave')
      const { id } = await body()
      const said = await stage.pressed('boris', { command: 'discount-show', args: { id } })
      expect(said).toContain('Закрыто пн, 23 нояб. 2026, 14:30: автор запроса больше не работает.')
    },
  )
})

describe('an offer that nobody takes', () => {
  it('is closed with the last day of what was asked for, and not before', async () => {
    await asks('12% GTX Pro rival until 26 November')
    await countered()
    await stage.at('2026-11-26T23:59:59Z')
    expect(await states()).toEqual(['COUNTERED'])
    await stage.at('2026-11-27T12:00:01Z')
    expect(await states()).toEqual(['DECLINED'])
    expect(await stage.audit()).toContain('discount.lapse')
  })

  it('of somebody who has left since is void by a version of its own, so that every copy follows', async () => {
    await asks()
    await countered()
    const { version } = await body()
    await leaves('max')
    await opens('anna')
    await stage.presses('anna', 'Take it')
    expect(await stage.audit()).toContain('anna discount.offer-void')
    expect((await stage.requests())[0]?.version).toBe(version + 1)
  })

  it('tells nothing of the client to a requester who has lost the account', async () => {
    await asks()
    await countered()
    await movesTo('vera')
    await prisma().invoice.updateMany({
      where: { id: 'INV-1' },
      data: { paidOn: null, dueOn: new Date('2026-06-01') },
    })
    await opens('anna')
    const said = await stage.presses('anna', 'Take it')
    expect(said).toContain('This cannot be granted: the policy does not allow it as things are now.')
    expect(said).not.toMatch(/overdue|days/i)
    expect(await states()).toEqual(['COUNTERED'])
  })
})

describe('a price that changed', () => {
  const cheaper = () => prisma().product.update({ where: { id: 'p200' }, data: { cost: '5000' } })

  it('so that the policy grants it: what the client gives is kept all the same', async () => {
    await asks('5% Hydro P-200 rival, in return: prepayment 50% by 1 December')
    await opens('dana', THIN)
    await cheaper()
    expect(await stage.presses('dana', 'Approve')).toContain(
      'the policy grants it without anybody’s decision',
    )
    expect(await states()).toEqual(['GRANTED'])
    expect(await prisma().clientCommitment.findMany()).toMatchObject([{ state: 'OPEN' }])
    expect(await stage.waiting()).toContainEqual(expect.stringMatching(/^commitment 0 2026-12-02T/))
  })

  it('is judged by the rank of the requester, not of whoever presses', async () => {
    await prisma().user.update({ where: { id: 'anna' }, data: { delegationLevel: 'D2' } })
    await prisma().user.update({ where: { id: 'dana' }, data: { delegationLevel: 'D1' } })
    await asks('5% Hydro P-200 rival')
    await opens('dana', THIN)
    await cheaper()
    await stage.presses('dana', 'Approve')
    expect(await states()).toEqual(['GRANTED'])
  })
})

describe('whoever has voted', () => {
  it('does not set the terms for the requester as well, so that nobody else is asked', async () => {
    await asks('18% GTX Pro rival')
    await opens('max', '18% for Acme Corporation · GTX Pro')
    await stage.presses('max', 'Approve')
    await away(stage.database, 'anna', 'max')
    expect(await stage.says('max', '/discount Acme 14% GTX Pro rival')).not.toContain('[Change that one]')
    const [draft] = await prisma().draft.findMany({ where: { ownerId: 'max' } })
    const { id } = await body()
    await stage.pressed('max', { command: 'discount-pick', args: { draft: draft?.id ?? '', of: id } })
    expect((await body()).terms.percent).toBe('18')
    expect(await states()).toEqual(['PENDING'])
  })
})

describe('what is granted at the same moment', () => {
  it('counts: of two within the own limit the third of a year goes to the director', async () => {
    for (let round = 0; round < 5; round += 1) {
      stage = await openStage()
      await stage.paid()
      await prisma().product.create({ data: BADGER })
      await asks('5% GTX Pro old friends')
      await asks('12% Bespoke works, list 10000 EUR, rival')
      if ((await states()).length < 2) await stage.fills('anna', { list: '10000' })
      await countered('12% for Acme Corporation · Bespoke works', '5')
      expect(await states()).toEqual(['GRANTED', 'COUNTERED'])
      const { id, round: r } = await body(1)
      await movesTo('anna')
      await Promise.all([
        stage.pressed('anna', { command: 'discount-accept', args: { id, r: String(r) } }),
        asks('5% Badger One old friends'),
      ])
      expect((await states()).toSorted()).toEqual(['GRANTED', 'GRANTED', 'PENDING'])
    }
  })
})

describe('who hears', () => {
  it('the answer to their own question, also when another question is still open', async () => {
    await prisma().user.create({
      data: { id: 'dora', name: 'Dora Example', email: 'dora@example.com', role: 'DIRECTOR' },
    })
    await asks('5% Hydro P-200 rival')
    for (const [person, word] of [
      ['dana', 'Who is the rival?'],
      ['dora', 'For how long?'],
    ] as const) {
      await opens(person, THIN)
      await stage.presses(person, 'Ask')
      await stage.fills(person, { word })
    }
    await opens('anna', THIN)
    await stage.presses('anna', 'Answer')
    await stage.fills('anna', { word: 'Initech' })
    await stage.at('2026-11-23T11:31:00Z')
    expect(stage.heard('dana').join(' ')).toContain('Anna Example answers: Initech')
  })

  it('that a request has moved on, of one that is not theirs', async () => {
    await asks('18% GTX Pro rival')
    await countered('18% for Acme Corporation · GTX Pro', '16')
    await opens('anna', '18% for Acme Corporation · GTX Pro')
    await stage.presses('anna', 'Take it')
    await stage.at('2026-11-23T11:31:00Z')
    expect(stage.heard('max').join(' ')).toContain('This request has moved on.')
    expect(stage.heard('max').join(' ')).not.toContain('Your request')
  })

  it('of a promise of the client whose day is over where the requester is, wherever their substitute is', async () => {
    await livesIn('anna', 'Asia/Vladivostok')
    await livesIn('boris', 'America/New_York')
    await asks('12% GTX Pro rival, in return: prepayment 50% by 1 December')
    await opens('max')
    await stage.presses('max', 'Approve')
    await away(stage.database, 'anna', 'boris')
    await prisma().absence.updateMany({ data: { endsOn: new Date('2026-12-10') } })
    // Nine in the morning there; in New York it is the evening before.
    await stage.at('2026-12-01T23:00:01Z')
    expect(stage.heard('boris').join(' ')).toContain('сдержал ли клиент слово?')
  })
})
