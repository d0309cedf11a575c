import type { DiscountRequest } from '../../../src/domain/discounts/request.ts'
import { beforeEach, describe, expect, it } from 'vitest'
import { readPolicy } from '../../../src/policies/read-policy.ts'
import { addAccount } from '../../support/clients.ts'
import { away } from '../follow-ups/stage.ts'
import { type DiscountStage, openStage } from './stage.ts'

let stage: DiscountStage

const TITLE = '12% for Acme Corporation · GTX Pro'
const NOW = '2026-11-23T11:30:00Z'

beforeEach(async () => {
  stage = await openStage()
  await stage.paid()
})

const prisma = () => stage.database.prisma
const opens = async (person: string, label = TITLE) => {
  await stage.says(person, '/approvals')
  return stage.presses(person, label)
}
const asks = (percent = 12) => stage.says('anna', `/discount Acme ${percent}% GTX Pro rival`)
const body = async (at = 0) => (await stage.requests())[at]?.body as unknown as DiscountRequest
const drafts = () => prisma().draft.findMany()

/** Only the deals that a test makes. */
const noDeals = () => prisma().deal.updateMany({ data: { outcome: 'LOST' } })
const deal = (id: string, title: string, amount: string | null) =>
  prisma().deal.create({
    data: { id, accountId: 'acme', stage: 'Proposal', title, amount, currency: 'EUR', outcome: 'OPEN' },
  })

describe('the list price', () => {
  it('A01 of a product that has one is not the requester’s to name (forged field)', async () => {
    await stage.sends('anna', 'discount', {
      account: 'acme',
      product: 'gtx',
      price: '1%',
      list: '7500',
      reason: 'x',
    })
    expect((await body())?.terms.net.amount ?? 'not filed').not.toBe('7425.00')
  })

  it('A02 that was named for one deal is not that of another (only old buttons)', async () => {
    await noDeals()
    await deal('d1', 'Big line', '10000')
    await deal('d2', 'Vague works', null)
    await stage.says('anna', '/discount Acme 5%')
    const big = stage.button('anna', 'Big line · €10,000')
    await stage.presses('anna', 'Vague works')
    await stage.fills('anna', { list: '6000' })
    await stage.pressed('anna', big)
    await stage.fills('anna', { reason: 'old friends' })
    const all = await stage.requests()
    expect(all.map(({ dealId, listAmount }) => [dealId, listAmount.toString()])).toEqual([['d1', '10000']])
  })
})

describe('changing a request', () => {
  const clean = async () => {
    await addAccount(stage.database, { id: 'clean', name: 'Clean Ltd', ownerId: 'anna' })
    await prisma().account.update({ where: { id: 'clean' }, data: { delegationLevel: 'D4' } })
  }

  it('A03 is judged by its own account, not by another that was picked meanwhile', async () => {
    await clean()
    await asks()
    await opens('anna')
    await stage.presses('anna', 'Change terms')
    const [draft] = await drafts()
    await stage.pressed('anna', { command: 'discount-pick', args: { draft: draft!.id, account: 'clean' } })
    const [request] = await stage.requests()
    expect([request?.accountId, request?.state, (await body()).facts.level]).toEqual([
      'acme',
      'PENDING',
      'D2',
    ])
  })

  it('A03b the same without any forged value: only buttons and fields that were shown', async () => {
    await clean()
    await noDeals()
    await deal('d1', 'Big line', '10000')
    await deal('d2', 'Small line', '5000')
    await stage.says('anna', '/discount Acme 12% GTX Pro old friends')
    await stage.says('anna', '/discount Acme 11%')
    const whole = stage.button('anna', 'Something else')
    await stage.presses('anna', 'Something else')
    await stage.fills('anna', { product: 'gtx' })
    await stage.presses('anna', 'Change that one')
    await stage.pressed('anna', whole)
    await stage.fills('anna', { account: 'clean', reason: 'old friends' })
    const all = await stage.requests()
    expect(all.filter(({ accountId }) => accountId === 'acme').map(({ state }) => state)).toEqual(['PENDING'])
  })

  it('A04 to another product does not carry the approval of the first', async () => {
    await prisma().product.create({
      data: {
        id: 'gtx2',
        name: 'Zeta Max',
        productGroup: 'GTX',
        listPrice: '10000',
        cost: '6900',
        currency: 'EUR',
      },
    })
    await asks(18)
    await opens('max', '18% for Acme Corporation · GTX Pro')
    await stage.presses('max', 'Approve')
    await opens('anna', '18% for Acme Corporation · GTX Pro')
    await stage.presses('anna', 'Change terms')
    await stage.fills('anna', { product: 'gtx2', extra: 'until 20 December' })
    const now = await body()
    expect(now.terms.subject.productId).toBe('gtx2')
    expect(now.steps.map((step) => step.state)).toEqual(['OPEN', 'WAITING'])
  })

  it('A05 to a lower list price that the requester names does not carry', async () => {
    await stage.sends('anna', 'discount', {
      account: 'acme',
      product: 'bespoke',
      price: '18%',
      list: '10000',
      reason: 'x',
    })
    await opens('max', '18% for Acme Corporation · Bespoke works')
    await stage.presses('max', 'Approve')
    await opens('anna', '18% for Acme Corporation · Bespoke works')
    await stage.presses('anna', 'Change terms')
    await stage.fills('anna', { list: '3000', extra: 'until 20 December' })
    const now = await body()
    expect(now.terms.net.amount).toBe('2460.00')
    expect(now.steps.map((step) => step.state)).toEqual(['OPEN', 'WAITING'])
  })

  it('A06 to fewer units at the same percentage does not carry', async () => {
    await stage.says('anna', '/discount Acme 18% GTX Pro x100 volume order')
    await opens('max', '18% for Acme Corporation · GTX Pro')
    await stage.presses('max', 'Approve')
    await opens('anna', '18% for Acme Corporation · GTX Pro')
    await stage.presses('anna', 'Change terms')
    await stage.fills('anna', { extra: 'x1, until 20 December' })
    const now = await body()
    expect(now.basis.quantity).toBe(1)
    expect(now.steps.map((step) => step.state)).toEqual(['OPEN', 'WAITING'])
  })

  it('A07 of the percentage alone keeps deferral, last day, gives and competitor', async () => {
    await stage.says(
      'anna',
      '/discount Acme 18% GTX Pro competitor offers 9000, deferral 20 days, until 10 December, in return: prepayment 50% by 1 December',
    )
    const before = await body()
    await opens('anna', '18% for Acme Corporation · GTX Pro')
    await stage.presses('anna', 'Change terms')
    await stage.fills('anna', { price: '17%' })
    const now = await body()
    expect(now.round).toBe(2)
    expect([now.terms.deferralDays, now.terms.lastDay, now.terms.gives.length, now.competitor]).toEqual([
      before.terms.deferralDays,
      before.terms.lastDay,
      before.terms.gives.length,
      before.competitor,
    ])
  })

  it('A08 of the reason alone keeps the price to the cent', async () => {
    await noDeals()
    await deal('d1', 'Big line', '98765432.10')
    await stage.says('anna', '/discount Acme for 90000000 EUR because of old friends')
    const before = await body()
    await opens('anna', `${before.terms.percent}% for Acme Corporation · Big line`)
    await stage.presses('anna', 'Change terms')
    await stage.fills('anna', { reason: 'other' })
    expect((await body()).terms.net.amount).toBe(before.terms.net.amount)
  })

  it('A09 by a substitute asks the requester’s own manager and is judged by the requester’s level', async () => {
    await prisma().user.update({ where: { id: 'vera' }, data: { delegationLevel: 'D4' } })
    await prisma().user.update({ where: { id: 'anna' }, data: { delegationLevel: 'D1' } })
    await prisma().account.update({ where: { id: 'acme' }, data: { delegationLevel: 'D4' } })
    await asks()
    await away(stage.database, 'anna', 'vera')
    await opens('vera')
    await stage.presses('vera', 'Change terms')
    await stage.fills('vera', { price: '11%' })
    const now = await body()
    expect([now.facts.level, now.state, now.steps[0]?.seats.map((one) => one.id)]).toEqual([
      'D1',
      'PENDING',
      ['max'],
    ])
  })

  it('A09b by a substitute of the same level asks the requester’s own manager', async () => {
    await asks()
    await away(stage.database, 'anna', 'vera')
    await opens('vera')
    await stage.presses('vera', 'Change terms')
    await stage.fills('vera', { price: '11%' })
    const now = await body()
    expect(now.steps[0]?.seats.map((one) => one.id)).toEqual(['max'])
  })
})

describe('a substitute', () => {
  it('A45 grants nothing alone that only the absent one may grant alone', async () => {
    await prisma().account.update({ where: { id: 'acme' }, data: { delegationLevel: 'D4' } })
    await prisma().user.updateMany({
      where: { id: { in: ['anna', 'vera'] } },
      data: { delegationLevel: 'D1' },
    })
    await asks()
    await prisma().user.update({ where: { id: 'anna' }, data: { delegationLevel: 'D4' } })
    await away(stage.database, 'anna', 'vera')
    await opens('vera')
    await stage.presses('vera', 'Change terms')
    await stage.fills('vera', { price: '11%' })
    expect([(await stage.requests())[0]?.state, (await body()).steps[0]?.seats.map(({ id }) => id)]).toEqual([
      'PENDING',
      ['max'],
    ])
  })

  it('A46 of somebody who has left neither sees their accounts nor answers for them', async () => {
    await asks()
    await opens('max')
    await stage.presses('max', 'Approve at … %')
    await stage.fills('max', { percent: '8', word: 'margin' })
    await away(stage.database, 'anna', 'vera')
    const { id } = (await stage.requests())[0]!
    const { round } = await body()
    await prisma().user.update({ where: { id: 'anna' }, data: { active: false } })
    await stage.pressed('vera', { command: 'discount-accept', args: { id, r: String(round) } })
    expect((await stage.requests())[0]?.state).toBe('COUNTERED')
    expect(await stage.says('vera', '/account Acme')).not.toContain('Acme Corporation')
  })
})

describe('the subject', () => {
  it('A10 that was picked and is gone is asked anew, and not replaced by the only other deal', async () => {
    await noDeals()
    await deal('d1', 'Small line', '900')
    await deal('d2', 'Big line', '90000')
    await stage.says('anna', '/discount Acme 5%')
    await stage.presses('anna', 'Small line · €900')
    await prisma().deal.update({ where: { id: 'd1' }, data: { outcome: 'LOST' } })
    await stage.fills('anna', { reason: 'small, friendly gesture' })
    expect((await stage.requests()).map(({ dealId }) => dealId)).not.toContain('d2')
  })

  it('A11 product of an open request for its deal is seen as the same', async () => {
    await noDeals()
    await prisma().deal.create({
      data: {
        id: 'd1',
        accountId: 'acme',
        stage: 'Proposal',
        title: 'Big line',
        amount: '10000',
        currency: 'EUR',
        outcome: 'OPEN',
        productId: 'gtx',
      },
    })
    await stage.says('anna', '/discount Acme 12% GTX Pro rival')
    const said = await stage.sends('anna', 'discount', {
      account: 'acme',
      product: 'gtx',
      price: '4%',
      reason: 'x',
    })
    expect(said).toContain('There is a request for this already')
  })
})

describe('a counter-offer', () => {
  const countered = async (percent = '8') => {
    await asks()
    await opens('max')
    await stage.presses('max', 'Approve at … %')
    await stage.fills('max', { percent, word: 'margin' })
    await opens('anna')
  }

  it('A12 is not taken after its last day', async () => {
    await countered()
    stage.clock.now = new Date('2027-01-10T09:00:00Z')
    await stage.presses('anna', 'Take it')
    expect((await stage.requests())[0]?.state).not.toBe('GRANTED')
  })

  it('A13 is not taken at a price that has changed since', async () => {
    await countered()
    await prisma().product.update({ where: { id: 'gtx' }, data: { listPrice: '12000' } })
    await stage.presses('anna', 'Take it')
    const [request] = await stage.requests()
    expect(request?.state === 'GRANTED' && request.listAmount.toString()).not.toBe('10000')
  })

  it('A14 is not taken when what it was for is gone', async () => {
    await countered()
    await prisma().product.delete({ where: { id: 'gtx' } })
    await stage.presses('anna', 'Take it')
    expect((await stage.requests())[0]?.state).not.toBe('GRANTED')
  })

  it('A15 that cannot be taken any more says why', async () => {
    await countered()
    await prisma().invoice.updateMany({
      where: { id: 'INV-1' },
      data: { paidOn: null, dueOn: new Date('2026-06-01') },
    })
    const said = await stage.presses('anna', 'Take it')
    expect((await stage.requests())[0]?.state).toBe('COUNTERED')
    expect(said).not.toContain('This has been decided already')
  })

  it('A16 of somebody who has left is no approval', async () => {
    await countered()
    await prisma().user.update({ where: { id: 'max' }, data: { active: false } })
    await stage.presses('anna', 'Take it')
    expect((await stage.requests())[0]?.state).not.toBe('GRANTED')
  })
})

describe('who sees and decides', () => {
  it('A17 a requester who lost the account does not see its debt and pipeline', async () => {
    await asks()
    await prisma().account.update({ where: { id: 'acme' }, data: { ownerId: 'vera' } })
    expect(await stage.says('anna', '/account Acme Corporation')).not.toContain('Open pipeline')
    const said = await opens('anna')
    expect(said).not.toContain('Open pipeline')
    expect(said).not.toContain('Plan 2026')
  })

  it('A18 somebody who lost the role does not read the passport', async () => {
    await prisma().invoice.updateMany({ where: { id: 'INV-1' }, data: { paidOn: null } })
    await asks()
    await opens('fay')
    await prisma().user.update({ where: { id: 'fay' }, data: { role: 'KAM' } })
    const [request] = await stage.requests()
    const said = await stage.pressed('fay', { command: 'discount-show', args: { id: request!.id } })
    expect(said).not.toContain('Debt')
  })

  it('A19 a copy of somebody who lost the role is not refreshed with new facts, and loses its buttons', async () => {
    await prisma().invoice.updateMany({ where: { id: 'INV-1' }, data: { paidOn: null } })
    await asks()
    await stage.at(NOW)
    expect(stage.heard('fay')[0]).toContain('[Approve]')
    await prisma().user.update({ where: { id: 'fay' }, data: { role: 'KAM' } })
    await opens('anna')
    await stage.presses('anna', 'Withdraw')
    await stage.at('2026-11-23T11:31:00Z')
    expect(stage.heard('fay')[0]).not.toContain('[Approve]')
    expect(stage.heard('fay')[0]).not.toContain('Withdrawn by Anna')
  })

  it('A20 the copy of a substitute loses its buttons once the absence is over', async () => {
    await away(stage.database, 'max', 'vera')
    await asks()
    await stage.at(NOW)
    expect(stage.heard('vera')[0]).toContain('[Approve]')
    await prisma().absence.deleteMany()
    await opens('max')
    await stage.presses('max', 'Approve')
    await stage.at('2026-11-23T11:31:00Z')
    expect(stage.heard('vera')[0]).not.toContain('[Approve]')
  })

  it('A21 whoever set the terms for the requester does not decide them later', async () => {
    // So that the office knows anna also when somebody else acts for her: see A09b.
    await prisma().absence.create({
      data: {
        id: 'old',
        userId: 'boris',
        substituteId: 'anna',
        startsOn: new Date('2025-01-01'),
        endsOn: new Date('2025-01-02'),
      },
    })
    await away(stage.database, 'anna', 'dana')
    await stage.says('anna', '/discount Acme 18% GTX Pro rival')
    await opens('dana', '18% for Acme Corporation · GTX Pro')
    await stage.presses('dana', 'Change terms')
    await stage.fills('dana', { price: '17%' })
    await prisma().absence.deleteMany()
    const [request] = await stage.requests()
    for (const who of ['max', 'dana']) {
      const open = (await body()).steps.find((one) => one.state === 'OPEN')
      if (open)
        await stage.pressed(who, { command: 'discount-approve', args: { id: request!.id, s: open.id } })
    }
    const after = await body()
    expect(after.steps.flatMap((one) => one.votes.map((vote) => vote.by.id))).not.toContain('dana')
  })

  const brokenOne = async () => {
    await stage.says('anna', '/discount Acme 12% GTX Pro rival, in return: prepayment 50% by 1 December')
    await opens('max')
    await stage.presses('max', 'Approve')
    stage.clock.now = new Date('2026-12-02T06:00:00Z')
    const [one] = await prisma().clientCommitment.findMany()
    await stage.pressed('anna', { command: 'commitment-check', args: { id: one!.id, n: '0', v: 'broken' } })
    return (await stage.requests())[0]!
  }

  it('A22 somebody who was asked and has left the step does not take a discount back', async () => {
    const { id } = await brokenOne()
    await prisma().user.update({ where: { id: 'max' }, data: { role: 'KAM' } })
    await prisma().user.update({ where: { id: 'anna' }, data: { managerId: 'dana' } })
    await stage.pressed('max', { command: 'discount-revoke', args: { id } })
    expect((await stage.requests())[0]?.state).toBe('GRANTED')
  })

  it('A23 a forged press by a colleague is refused and written down', async () => {
    await asks()
    const [request] = await stage.requests()
    await stage.pressed('vera', { command: 'discount-approve', args: { id: request!.id, s: '1.1' } })
    expect((await stage.audit()).filter((one) => one.startsWith('vera'))).not.toEqual([])
  })
})

describe('money', () => {
  it('A24 a price a little over the own limit is not within it', async () => {
    await stage.says('anna', '/discount Acme GTX Pro for 9499.60 EUR because of old friends')
    expect((await stage.requests())[0]?.state).not.toBe('GRANTED')
  })

  it('A25 nothing is granted on a price of zero', async () => {
    await prisma().product.update({ where: { id: 'gtx' }, data: { listPrice: '0' } })
    const said = await stage.says('anna', '/discount Acme 5% GTX Pro rival')
    expect(said).not.toContain('went wrong')
    expect(await stage.requests()).toEqual([])
  })

  it('A26 a sum that no column holds is refused in words', async () => {
    await prisma().product.update({
      where: { id: 'gtx' },
      data: { listPrice: '9999999999999.99', cost: null },
    })
    const said = await stage.says('anna', '/discount Acme 4% GTX Pro x9999999 rival')
    expect(said).not.toMatch(/wrong/i)
  })

  it('A27 a percentage that takes nothing off is no discount', async () => {
    await prisma().product.update({ where: { id: 'gtx' }, data: { listPrice: '0.01', cost: null } })
    await stage.says('anna', '/discount Acme 4% GTX Pro rival')
    const [request] = await stage.requests()
    expect(request && request.listAmount.toString() === request.netAmount.toString()).not.toBe(true)
  })
})

describe('the policy in the database', () => {
  const set = (content: object) =>
    prisma().policyVersion.create({
      data: { version: 1, content, source: '', channel: 'cli', setAt: new Date(NOW) },
    })
  const policy = (when: unknown[]) => ({
    name: 'Old',
    answerHours: 8,
    validDays: 30,
    floors: {},
    escalation: {},
    fallback: 'ADMIN',
    rules: [{ name: 'r', when, outcome: { kind: 'grant' } }],
  })

  it('E-02 A29 with a fact of another version grants nothing', async () => {
    await set(policy([{ kind: 'number', fact: 'rebate', bound: { atMost: '5' } }]))
    const said = await asks(40)
    expect(said).not.toContain('Something went wrong')
    expect((await stage.requests()).map(({ state }) => state)).not.toContain('GRANTED')
  })

  it('E-02 A30 with a condition of another kind grants nothing', async () => {
    await set(policy([{ kind: 'between', fact: 'percent', from: '0', to: '5' }]))
    await asks(40)
    expect((await stage.requests()).map(({ state }) => state)).not.toContain('GRANTED')
  })
})

describe('time', () => {
  it('A31 a request whose last day is over does not go on telling people', async () => {
    await stage.says('anna', '/discount Acme 12% GTX Pro rival, until 24 November')
    await stage.at(NOW)
    await stage.at('2026-11-24T16:00:00Z')
    await stage.at('2026-11-26T16:00:00Z')
    const before = stage.heard('anna').length + stage.heard('max').length
    for (const day of ['01', '03', '07', '09']) await stage.at(`2026-12-${day}T16:00:00Z`)
    expect(stage.heard('anna').length + stage.heard('max').length - before).toBeLessThan(3)
  }, 120_000)

  it('A32 a step that has nobody left to pass on to does not say that it passes on', async () => {
    await asks()
    for (const day of ['23', '25', '27', '30']) await stage.at(`2026-11-${day}T16:00:00Z`)
    const before = stage.heard('anna').length
    for (const day of ['02', '04', '08']) await stage.at(`2026-12-${day}T16:00:00Z`)
    const said = stage.heard('anna').slice(before)
    expect(said.filter((one) => one.includes('your request passes on'))).toEqual([])
  }, 120_000)

  it('A33 an absent approver whose substitute may not decide passes on at once', async () => {
    await asks()
    await stage.at(NOW)
    await away(stage.database, 'max', 'anna')
    await stage.at('2026-11-23T11:31:00Z')
    expect(stage.heard('dana').join()).toContain(TITLE)
  })
})

describe('more', () => {
  it('A34 a price list that changed since is no reason to carry an approval (E-10, by Change terms)', async () => {
    await asks(18)
    await opens('max', '18% for Acme Corporation · GTX Pro')
    await stage.presses('max', 'Approve')
    await prisma().product.update({ where: { id: 'gtx' }, data: { listPrice: '9000', cost: '6000' } })
    await opens('anna', '18% for Acme Corporation · GTX Pro')
    await stage.presses('anna', 'Change terms')
    await stage.fills('anna', { extra: 'until 20 December' })
    const now = await body()
    expect(now.terms.list.amount).toBe('9000.00')
    expect(now.steps.map((step) => step.state)).toEqual(['OPEN', 'WAITING'])
  })

  it('A35 what is not understood in “Further terms” is told, and not dropped', async () => {
    const filed = async (extra: string) => {
      await prisma().discountRequest.deleteMany()
      await stage.sends('anna', 'discount', {
        account: 'acme',
        product: 'gtx',
        price: '4',
        reason: 'x',
        extra,
      })
      return stage.requests()
    }
    expect(await filed('deferral 1000 days')).toEqual([])
    expect(await filed('x1000000000')).toEqual([])
    expect(await filed('45 days later, twenty of them')).toEqual([])
  })

  it('A36 a third discount within a year goes to the director, also within the own limit', async () => {
    for (let time = 0; time < 3; time += 1) {
      const said = await stage.says('anna', '/discount Acme 5% GTX Pro old friends')
      if (said.includes('Ask anyway')) await stage.presses('anna', 'Ask anyway')
    }
    expect((await stage.requests()).map(({ state }) => state)).toEqual(['GRANTED', 'GRANTED', 'PENDING'])
  })

  it('A38 a notice that waits does not reach somebody who has lost the role meanwhile', async () => {
    await prisma().invoice.updateMany({ where: { id: 'INV-1' }, data: { paidOn: null } })
    await asks()
    await prisma().user.update({ where: { id: 'fay' }, data: { role: 'KAM' } })
    await stage.at(NOW)
    expect(stage.heard('fay')).toEqual([])
  })

  it('A39 finance in the place of a KAM is not shown a button that it may not use', async () => {
    await asks()
    await away(stage.database, 'anna', 'fay')
    const said = await opens('fay')
    if (!said.includes('[Change terms]')) return
    await stage.presses('fay', 'Change terms')
    expect(await stage.fills('fay', { price: '11%' })).not.toMatch(/role/i)
  })

  it('A40 a hard stop that holds by now is no grant at the click', async () => {
    await asks()
    await prisma().invoice.updateMany({
      where: { id: 'INV-1' },
      data: { paidOn: null, dueOn: new Date('2026-06-01') },
    })
    await opens('max')
    await stage.presses('max', 'Approve')
    expect((await stage.requests())[0]?.state).not.toBe('GRANTED')
  })

  it('A41 a person who left does not get their request granted', async () => {
    await asks()
    await prisma().user.update({ where: { id: 'anna' }, data: { active: false } })
    await opens('max')
    await stage.presses('max', 'Approve')
    expect((await stage.requests())[0]?.state).not.toBe('GRANTED')
  })

  it('A43 the policy may ask a role of KAMs', async () => {
    await prisma().policyVersion.create({
      data: {
        version: 1,
        source: '',
        channel: 'cli',
        setAt: new Date(NOW),
        content: {
          name: 'Peers',
          answerHours: 8,
          validDays: 30,
          floors: {},
          escalation: {},
          fallback: 'ADMIN',
          rules: [
            { name: 'Peers', when: [], outcome: { kind: 'approve', by: { role: 'KAM' }, need: 'any' } },
          ],
        },
      },
    })
    await asks()
    expect((await body()).steps[0]?.seats.map((one) => one.id)).toEqual(['boris', 'vera'])
  })

  it('A45 a policy text that the database cannot hold is refused with its line', () => {
    const text = (floor: string, rule: string) =>
      `name: P\nanswer within: 8 working hours\nvalid for: 30 days\nfloors:\n  ${floor}: 5 %\nfallback: ADMIN\nrules:\n  - rule: ${rule}\n    then: approve by manager\n`
    expect(readPolicy(text('"a\\0b"', 'R')).ok).toBe(false)
    expect(readPolicy(text('Pumps', '"\\ud800 R"')).ok).toBe(false)
  })

  it('A46 “Ask anyway” answers for the request it was asked about, and for no other', async () => {
    await stage.says('anna', '/discount Acme 4% GTX Pro old friends')
    await prisma().product.update({ where: { id: 'p200' }, data: { cost: '1000' } })
    await stage.says('anna', '/discount Acme 4% Hydro P-200 old friends')
    await stage.says('anna', '/discount Acme 5%')
    await stage.presses('anna', 'Something else')
    await stage.fills('anna', { product: 'gtx' })
    await stage.presses('anna', 'Ask anyway')
    const [draft] = await drafts()
    const said = await stage.sends('anna', 'discount', { draft: draft!.id, product: 'p200', reason: 'x' })
    expect(said).toContain('There is a request for this already')
  })

  it('A48 an answered question of a request with many of them does not grow without end', async () => {
    await asks()
    const [request] = await stage.requests()
    for (let at = 0; at < 30; at += 1)
      await stage.pressed('max', {
        command: 'discount-ask',
        args: { id: request!.id, s: '1.1', word: `q${at} ${'x'.repeat(400)}` },
      })
    expect((await body()).questions.length).toBeLessThan(30)
  })

  it('A49 the price that no policy lets pass is told as what it is, not as a deal that was closed', async () => {
    await asks(45)
    await prisma().product.update({ where: { id: 'gtx' }, data: { listPrice: '12000' } })
    await prisma().invoice.updateMany({
      where: { id: 'INV-1' },
      data: { paidOn: null, dueOn: new Date('2026-06-01') },
    })
    await opens('max', '45% for Acme Corporation · GTX Pro')
    const said = await stage.presses('max', 'Approve')
    expect(said).toContain('90 days overdue')
  })

  it('A50 whoever is removed from everything reads no note of who asked for what', async () => {
    await asks()
    await stage.at(NOW)
    await prisma().user.update({ where: { id: 'anna' }, data: { managerId: 'dana' } })
    await prisma().user.update({ where: { id: 'max' }, data: { role: 'KAM' } })
    expect(await stage.says('max', '/approvals')).not.toContain('Acme Corporation')
  })

  it('A51 one request that cannot be read does not hold up all others', async () => {
    await asks()
    await stage.says('anna', '/discount Acme 12% Hydro P-200 old friends')
    const [first, second] = await stage.requests()
    await prisma().discountRequest.update({
      where: { id: first!.id },
      data: {
        body: { ...(await body()), steps: [{ state: 'OPEN', dueAt: '2026-11-23T12:00:00Z' }] },
        nextAt: new Date(NOW),
      },
    })
    await stage.at('2026-11-25T16:00:00Z')
    const after = await prisma().discountRequest.findUnique({ where: { id: second!.id } })
    expect((after!.body as unknown as DiscountRequest).steps.some((step) => step.escalations > 0)).toBe(true)
  })

  it('A52 a form of other terms that was opened before an offer came does not sweep it away unseen', async () => {
    await asks()
    await opens('anna')
    await stage.presses('anna', 'Change terms')
    await opens('max')
    await stage.presses('max', 'Approve at … %')
    await stage.fills('max', { percent: '8', word: 'margin' })
    await stage.fills('anna', { price: '11%' })
    expect((await stage.requests()).map(({ state }) => state)).toEqual(['COUNTERED'])
  })

  it('A53 an offer whose condition was due already is not taken', async () => {
    await stage.says('anna', '/discount Acme 12% GTX Pro old friends')
    await opens('max')
    await stage.presses('max', 'Approve if …')
    await stage.fills('max', { kind: 'PREPAYMENT', what: '50% prepaid', due: '25 November', word: 'cash' })
    stage.clock.now = new Date('2026-12-10T09:00:00Z')
    await opens('anna')
    await stage.presses('anna', 'Take it')
    expect((await stage.requests())[0]?.state).not.toBe('GRANTED')
  })

  it('E-02 A54 a step whose people have all lost the role does not wait for the clock', async () => {
    await asks()
    await stage.at(NOW)
    await prisma().user.update({ where: { id: 'max' }, data: { active: false } })
    await stage.at('2026-11-23T11:31:00Z')
    expect(stage.heard('dana').join()).toContain(TITLE)
  })
})
