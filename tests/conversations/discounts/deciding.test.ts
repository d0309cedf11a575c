import { beforeEach, describe, expect, it } from 'vitest'
import { away } from '../follow-ups/stage.ts'
import { type DiscountStage, openStage } from './stage.ts'

let stage: DiscountStage

const TITLE = '12% for Acme Corporation · GTX Pro'

beforeEach(async () => {
  stage = await openStage()
  await stage.paid()
})

const opens = async (person: string, label = TITLE) => {
  await stage.says(person, '/approvals')
  return stage.presses(person, label)
}

const asks = (percent = 12) => stage.says('anna', `/discount Acme ${percent}% GTX Pro rival`)

describe('the passport', () => {
  beforeEach(async () => {
    await stage.database.prisma.invoice.updateMany({ where: { id: 'INV-1' }, data: { paidOn: null } })
    await asks()
  })

  it('has every fact that a decision needs, and five ways to decide', async () => {
    const said = await opens('fay')
    for (const fact of [
      'Asked by: Anna Example',
      'Price: €10,000 → €8,800 (−€1,200)',
      'Margin after: 20.45%, floor 15%',
      'Debt: €200 overdue, for 40 days',
      'Plan 2026: €1,500.50 of €3,001 (50%)',
      'Open pipeline: 3 deals · €750',
      'Past discounts: none in 12 months',
      'Reason: rival',
      'by Tue, 24 Nov 2026, 13:30',
      'Finance looks at overdue debt',
      '[Approve] [Approve at … %] [Approve if …] [Decline] [Ask]',
    ])
      expect(said).toContain(fact)
  })

  it('shows what was granted before', async () => {
    await opens('fay')
    await stage.presses('fay', 'Approve')
    await opens('max')
    await stage.presses('max', 'Approve')
    await stage.says('anna', '/discount Acme 7% Hydro P-200 rival')
    const said = await opens('fay', '7% for Acme Corporation · Hydro P-200')
    expect(said).toContain('Past discounts: 1 in 12 months, €1,200 · the last one 12% on Mon, 23 Nov 2026')
  })
})

describe('a decision', () => {
  beforeEach(() => asks())

  it('grants, tells who and until when, and takes the buttons away', async () => {
    await opens('max')
    const said = await stage.presses('max', 'Approve')
    expect(said).toContain(`${TITLE} (granted)`)
    expect(said).toContain('Granted by Max Example on Mon, 23 Nov 2026, 14:30 · good until Wed, 23 Dec 2026')
    expect(said).not.toContain('[Approve]')
    expect(await stage.audit()).toEqual(['anna discount.file', 'max discount.approve'])
    expect(await stage.waiting()).toEqual([
      expect.stringMatching(/^discount 2 2026-11-23T11:30/),
      expect.stringMatching(/^discount 2 2026-12-21T06:00/),
    ])
    expect(await stage.says('max', '/approvals')).toContain('Nothing waits for your decision')
  })

  it('declines with a word, which the requester reads', async () => {
    await opens('max')
    expect(await stage.presses('max', 'Decline')).toBe('[Decline] Why:')
    expect(await stage.fills('max', { word: ' ' })).toContain('! Say why in a word, such as: margin.')
    expect(await stage.fills('max', { word: 'too early' })).toContain('Declined by Max Example')
    await stage.says('anna', '/approvals')
    const said = await stage.presses('anna', TITLE)
    expect(said).toContain('Declined by Max Example on Mon, 23 Nov 2026, 14:30 · too early')
    expect(said).toContain('[Change terms]')
  })

  it('an old copy tells who decided what and when, and changes nothing', async () => {
    await opens('max')
    const approve = stage.button('max', 'Approve')
    const decline = stage.button('max', 'Decline')
    await stage.pressed('max', approve)
    const again = await stage.pressed('max', approve)
    expect(again).toContain('This has been decided already.')
    expect(again).toContain('Granted by Max Example on Mon, 23 Nov 2026, 14:30')
    expect(await stage.pressed('max', decline)).toContain('Granted by Max Example')
    expect(await stage.database.prisma.approvalVote.count()).toBe(1)
  })

  it('offers another percentage, which the requester takes with one tap', async () => {
    await opens('max')
    await stage.presses('max', 'Approve at … %')
    const wrong = await stage.fills('max', { percent: '14', word: '' })
    expect(wrong).toContain('Percent: 14 ! Name a percentage above 0 and below 12%, such as: 8')
    const offer = await stage.fills('max', { percent: '8,5 %', word: 'margin' })
    expect(offer).toContain('Max Example offers 8.5% instead: €10,000 → €9,150 (−€850) · margin')
    expect(offer).not.toContain('[Take it]')
    await stage.says('anna', '/approvals')
    expect(await stage.presses('anna', TITLE)).toContain('[Take it] [Leave it]')
    const taken = await stage.presses('anna', 'Take it')
    expect(taken).toContain('8.5% for Acme Corporation · GTX Pro (granted)')
    expect(taken).toContain('Granted by Max Example')
    expect(await stage.audit()).toEqual([
      'anna discount.file',
      'max discount.counter',
      'anna discount.accept',
    ])
  })

  it('ends when the offer is left', async () => {
    await opens('max')
    await stage.presses('max', 'Approve at … %')
    await stage.fills('max', { percent: '8', word: 'margin' })
    await stage.says('anna', '/approvals')
    await stage.presses('anna', TITLE)
    expect(await stage.presses('anna', 'Leave it')).toContain('Declined by Anna Example')
    expect(await stage.requests()).toMatchObject([{ state: 'DECLINED' }])
  })

  it('agrees on a condition, which is kept once it is taken', async () => {
    await opens('max')
    await stage.presses('max', 'Approve if …')
    const wrong = await stage.fills('max', {
      kind: 'PREPAYMENT',
      what: '50% prepaid',
      due: 'yesterday',
      word: 'cash',
    })
    expect(wrong).toContain('By when: yesterday ! Name a day still to come')
    const offer = await stage.fills('max', { due: '4 December' })
    expect(offer).toContain('Max Example agrees if the client gives something for it · cash')
    expect(offer).toContain('- 50% prepaid (by Fri, 4 Dec 2026)')
    await stage.says('anna', '/approvals')
    await stage.presses('anna', TITLE)
    expect(await stage.presses('anna', 'Take it')).toContain('Client gives: 50% prepaid (by Fri, 4 Dec 2026)')
    expect(await stage.database.prisma.clientCommitment.findMany()).toMatchObject([
      { state: 'OPEN', what: '50% prepaid', kind: 'PREPAYMENT' },
    ])
    expect(await stage.waiting()).toContainEqual(expect.stringMatching(/^commitment 0 2026-12-07T06:00/))
  })

  it('asks, and the answer stays with the request', async () => {
    await opens('max')
    await stage.presses('max', 'Ask')
    expect(await stage.fills('max', { word: 'Who is the rival?' })).toContain(
      'Asked. The answer will come to you.',
    )
    await stage.says('anna', '/approvals')
    await stage.presses('anna', TITLE)
    await stage.presses('anna', 'Answer')
    expect(await stage.fills('anna', { word: 'Initech' })).toContain('Answered.')
    const said = await opens('max')
    expect(said).toContain('Max Example: Who is the rival? - Anna Example: Initech')
    expect(said).toContain('[Approve]')
  })
})

describe('E-01 nobody decides who must not', () => {
  beforeEach(() => asks())

  const approve = async () =>
    (await stage.requests()).map(({ id }) => ({ command: 'discount-approve', args: { id, s: '1.1' } }))[0]!

  it('the requester', async () => {
    expect(await stage.pressed('anna', await approve())).toContain('Nobody decides their own request.')
    expect(await stage.audit()).toContain('anna discount.refuse')
  })

  it('whoever stands in for the requester', async () => {
    await away(stage.database, 'anna', 'max')
    expect(await stage.pressed('max', await approve())).toContain('somebody else must decide this one')
  })

  it('a colleague, and somebody who does not even see it', async () => {
    expect(await stage.pressed('boris', await approve())).toContain('Это решение не за вами.')
    expect(await stage.pressed('vera', await approve())).toBe('This request is no longer here.')
    expect(await stage.pressed('vera', { command: 'discount-approve', args: { id: 'none', s: '1.1' } })).toBe(
      'This request is no longer here.',
    )
  })

  it('whoever lost the role after the card was sent', async () => {
    await stage.database.prisma.user.update({ where: { id: 'anna' }, data: { managerId: 'dana' } })
    expect(await stage.pressed('max', await approve())).toContain('You no longer have the role')
    expect(await stage.requests()).toMatchObject([{ state: 'PENDING' }])
  })

  it('E-12 the wrong step, a forged one, or one of an earlier round', async () => {
    const [request] = await stage.requests()
    const at = (s: string) =>
      stage.pressed('max', { command: 'discount-approve', args: { id: request?.id ?? '', s } })
    expect(await at('1.2')).toContain('This card is of an earlier state.')
    expect(await at('x')).toContain('This card is of an earlier state.')
    await stage.says('anna', '/discount Acme 11% GTX Pro rival')
    await stage.presses('anna', 'Change that one')
    expect(await at('1.1')).toContain('11% for Acme Corporation · GTX Pro (to be decided)')
    expect(await stage.database.prisma.approvalVote.count()).toBe(0)
    expect(await at('2.1')).toContain('(granted)')
  })
})

describe('E-10 the price is read again at the click', () => {
  it('a new list price asks everybody anew', async () => {
    await asks()
    await opens('max')
    await stage.database.prisma.product.update({ where: { id: 'gtx' }, data: { listPrice: '12000' } })
    const said = await stage.presses('max', 'Approve')
    expect(said).toContain(
      'The price has changed since this was asked: €10,000 → €8,800 (−€1,200) is now €12,000 → €10,560',
    )
    expect(said).toContain('[Approve]')
    expect(await stage.requests()).toMatchObject([{ state: 'PENDING', round: 2 }])
    expect(await stage.presses('max', 'Approve')).toContain('(granted)')
    expect(await stage.audit()).toEqual(['anna discount.file', 'discount.reprice', 'max discount.approve'])
  })

  it('what is no longer open closes the request', async () => {
    await stage.says('anna', '/discount Acme 8% they hesitate')
    await stage.presses('anna', 'Proposal · €700')
    await opens('max', '8% for Acme Corporation · Proposal')
    await stage.database.prisma.deal.update({ where: { id: 'o1' }, data: { outcome: 'LOST' } })
    expect(await stage.presses('max', 'Approve')).toContain('The request is closed.')
    expect(await stage.requests()).toMatchObject([{ state: 'DECLINED' }])
  })
})

describe('the requester', () => {
  beforeEach(() => asks())

  it('withdraws, and whoever was to decide finds nothing waiting', async () => {
    await stage.says('anna', '/approvals')
    await stage.presses('anna', TITLE)
    expect(await stage.presses('anna', 'Withdraw')).toContain('Withdrawn by Anna Example')
    expect(await stage.says('max', '/approvals')).toContain('Nothing waits for your decision')
    expect(await stage.waiting()).toEqual([])
  })

  it('asks for less than what was approved, and needs no new round', async () => {
    await stage.says('anna', '/discount Acme 20% Hydro P-200 rival')
    await opens('max', '20% for Acme Corporation · Hydro P-200')
    await stage.presses('max', 'Approve')
    await stage.says('anna', '/discount Acme 18% Hydro P-200 rival')
    const better = await stage.presses('anna', 'Change that one')
    expect(better).toContain('manager · approved before: Max Example')
    expect(better).toContain('director · waits for Dana Example')
    await stage.says('anna', '/discount Acme 19% Hydro P-200 rival')
    expect(await stage.presses('anna', 'Change that one')).toContain('manager · approved before: Max Example')
    await stage.says('anna', '/discount Acme 22% Hydro P-200 rival')
    expect(await stage.presses('anna', 'Change that one')).toContain('manager · waits for Max Example')
  })

  it('keeps what nobody touched, and lets go of what was emptied', async () => {
    const line =
      '/discount Acme 12% Hydro P-200 rival, deferral 20 days, in return: prepayment 50% by 4 December'
    await stage.says('anna', line)
    await stage.says('anna', '/approvals')
    await stage.presses('anna', '12% for Acme Corporation · Hydro P-200')
    await stage.presses('anna', 'Change terms')
    const kept = await stage.fills('anna', { reason: 'a better rival' })
    expect(kept).toContain('Payment deferral: 20 days')
    expect(kept).toContain('Client gives: prepayment 50% (by Fri, 4 Dec 2026)')
    await stage.presses('anna', 'Change terms')
    const emptied = await stage.fills('anna', { give: '', extra: '' })
    expect(emptied).not.toContain('Client gives')
    expect(emptied).not.toContain('Payment deferral')
  })

  it('changes the terms in the form that holds them', async () => {
    await stage.says('anna', '/approvals')
    await stage.presses('anna', TITLE)
    expect(await stage.presses('anna', 'Change terms')).toContain('Discount: 12% Reason: rival')
    const changed = await stage.fills('anna', { price: '9', reason: 'a better rival' })
    expect(changed).toContain('9% for Acme Corporation · GTX Pro (to be decided)')
    expect(changed).toContain('Reason: a better rival')
  })
})
