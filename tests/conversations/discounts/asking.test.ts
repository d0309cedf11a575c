import { beforeEach, describe, expect, it } from 'vitest'
import { type DiscountStage, openStage } from './stage.ts'

let stage: DiscountStage

beforeEach(async () => {
  stage = await openStage()
  await stage.paid()
})

describe('a discount in one line', () => {
  it('is filed with its price, its reason and who decides', async () => {
    const said = await stage.says('anna', '/discount Acme 12% GTX Pro competitor offers 9000')
    expect(said).toContain('Requested. You will hear of every step.')
    expect(said).toContain('12% for Acme Corporation · GTX Pro (to be decided)')
    expect(said).toContain('Price: €10,000 → €8,800 (−€1,200)')
    expect(said).toContain('Margin after: 20.45%, floor 15%')
    expect(said).toContain('Reason: competitor offers 9000')
    expect(said).toContain('manager · waits for Max Example')
    expect(await stage.audit()).toEqual(['anna discount.file'])
    expect(await stage.waiting()).toEqual([
      expect.stringMatching(/^approval 1 2026-11-23T11:30/),
      expect.stringMatching(/^nudge 1 2026-11-24T06:30/),
    ])
  })

  it('is granted at once within the own limit', async () => {
    const said = await stage.says('anna', '/discount Acme 4% GTX Pro small order')
    expect(said).toContain('Granted at once: it is within your own limit.')
    expect(said).toContain('good until Wed, 23 Dec 2026')
    expect(said).not.toContain('[Withdraw]')
    expect(await stage.requests()).toMatchObject([
      { state: 'GRANTED', percent: expect.anything(), version: 1 },
    ])
  })

  it('speaks Russian', async () => {
    const said = await stage.says(
      'boris',
      '/скидка Ромашка 12,5 % Hydro P-200 конкурент даёт 9 000 ₽, взамен: предоплата 50% до 1 декабря',
    )
    expect(said).toContain('Скидка 12,5 % · ООО «Ромашка» · Hydro P-200 (на согласовании)')
    expect(said).toContain('Маржа после: 4,37 %, ниже минимума 15 %')
    expect(said).toContain('Взамен: предоплата 50% (до вт, 1 дек. 2026)')
    expect(said).toContain('руководитель · ждёт решения: Max Example')
    expect(said).toContain('директор · следующий шаг')
  })

  it('takes quantity, deferral and the last day as terms', async () => {
    const line = '/discount Acme 12% GTX Pro x20 until 11 December deferral 45 days rival'
    const said = await stage.says('anna', line)
    expect(said).toContain('Price: €200,000 → €176,000 (−€24,000)')
    expect(said).toContain('Payment deferral: 45 days')
    expect(said).toContain('Last day: Fri, 11 Dec 2026')
    expect(said).toContain('finance · waits for Fay Example')
  })
})

describe('only what is missing is asked', () => {
  it('the percentage, then the reason', async () => {
    expect(await stage.says('anna', '/discount Acme GTX Pro')).toBe('[Request a discount] Discount:')
    expect(await stage.fills('anna', { price: '12' })).toBe('[Request a discount] Reason:')
    expect(await stage.fills('anna', { reason: 'A rival is cheaper' })).toContain('12% for Acme Corporation')
  })

  it('the deal when there are several, each with its price', async () => {
    const said = await stage.says('anna', '/discount Acme 7% they hesitate')
    expect(said).toContain('What is the discount for Acme Corporation on?')
    expect(said).toContain('[Proposal · €700]')
    const filed = await stage.presses('anna', 'Proposal · €700')
    expect(filed).toContain('7% for Acme Corporation · Proposal')
    expect(filed).toContain('Price: €700 → €651 (−€49)')
    expect(filed).toContain('Reason: they hesitate')
  })

  it('the list price where none is known', async () => {
    expect(await stage.says('anna', '/discount Acme 12% Bespoke works rival')).toBe(
      '[Request a discount] List price:',
    )
    expect(await stage.fills('anna', { list: 'much' })).toContain('List price: much ! Write the price')
    expect(await stage.fills('anna', { list: '5000' })).toContain('Price: €5,000 → €4,400 (−€600)')
  })

  it('the account, and a form takes what was said so far', async () => {
    const said = await stage.says('anna', '/discount 12% GTX Pro rival is cheaper')
    expect(said).toContain('Which account is the discount for?')
    const form = await stage.presses('anna', 'Something else')
    expect(form).toContain('Discount: 12%')
    expect(await stage.fills('anna', { account: 'acme' })).toContain('12% for Acme Corporation · GTX Pro')
  })

  it('nothing at all opens the whole form, and an account’s button names the account', async () => {
    expect(await stage.says('anna', '/discount')).toBe(
      '[Request a discount] Account: Discount: Product: Reason: Client gives: Further terms:',
    )
    const filed = await stage.fills('anna', {
      account: 'acme',
      price: '1200 off',
      product: 'gtx',
      reason: 'rival',
      give: '50% prepaid by 4 December',
      extra: 'until 18 December',
    })
    expect(filed).toContain('12% for Acme Corporation · GTX Pro')
    expect(filed).toContain('Client gives: 50% prepaid')
    expect(filed).toContain('(by Fri, 4 Dec 2026)')
    expect(filed).toContain('Last day: Fri, 18 Dec 2026')
    await stage.says('boris', '/account Ромашка')
  })
})

describe('a question mark', () => {
  it('says who would decide and why, and files nothing', async () => {
    const said = await stage.says('anna', '/discount Acme 16% Hydro P-200 rival, deferral 45 days ?')
    expect(said).toContain('Only a preview: 16% for Acme Corporation · Hydro P-200')
    expect(said).toContain('finance · Fay Example · Finance looks at long deferral (deferral, days: 45)')
    expect(said).toContain('manager · Max Example · The manager decides')
    expect(said).toContain('director · Dana Example · Below the margin floor the director decides')
    expect(said).toContain('Nothing was filed.')
    expect(await stage.requests()).toEqual([])
    expect(await stage.audit()).toEqual([])
    expect(await stage.waiting()).toEqual([])
    expect(await stage.presses('anna', 'Request it')).toContain('Requested.')
    expect(await stage.requests()).toHaveLength(1)
  })

  it('files one request however often its button is pressed', async () => {
    await stage.says('anna', '/discount Acme 12% GTX Pro rival ?')
    const file = stage.button('anna', 'Request it')
    const both = await Promise.all([stage.pressed('anna', file), stage.pressed('anna', file)])
    expect(both.filter((said) => said.includes('Requested.'))).toHaveLength(1)
    expect(await stage.requests()).toHaveLength(1)
  })
})

describe('what cannot be', () => {
  const WRONG: readonly (readonly [line: string, hears: string])[] = [
    ['0% GTX Pro rival', '“0%” is no discount. Write it like this: 12%'],
    ['100% GTX Pro rival', '“100%” is too much'],
    ['101% GTX Pro rival', '“101%” is too much'],
    ['12.5.3% GTX Pro rival', 'I cannot read “12.5.3%” as a number'],
    ['1,234 off GTX Pro rival', '“1,234” may be a thousand or a fraction'],
    ['1000 USD off GTX Pro rival', 'The list price is in EUR'],
    ['10001 EUR off GTX Pro rival', 'A discount is more than 0% and less than 100%'],
    ['12% GTX Pro until 1 October 2026 rival', 'Name one last day within a year from today'],
  ]

  it.each(WRONG)('%s says what is wrong and what would be right', async (line, hears) => {
    expect(await stage.says('anna', `/discount Acme ${line}`)).toContain(hears)
    expect(await stage.requests()).toEqual([])
  })

  it('a percentage and an amount that disagree are asked about', async () => {
    const said = await stage.says('anna', '/discount Acme 12% 1000 EUR off GTX Pro rival')
    expect(said).toContain('do not agree on a list price of €10,000')
    expect(await stage.presses('anna', '10%')).toContain('Price: €10,000 → €9,000 (−€1,000)')
  })

  it('those that agree are one', async () => {
    const said = await stage.says('anna', '/discount Acme 12% 1200 EUR off GTX Pro rival')
    expect(said).toContain('Price: €10,000 → €8,800 (−€1,200)')
  })

  it('an account of somebody else answers word for word like one that does not exist', async () => {
    const [theirs, none] = [
      await stage.says('anna', '/discount Globex 12% GTX Pro rival'),
      await stage.says('anna', '/discount Nonsuch 12% GTX Pro rival'),
    ]
    expect(theirs.replaceAll('Globex', '…')).toBe(none.replaceAll('Nonsuch', '…'))
    expect(theirs).not.toContain('GmbH')
    await stage.says('anna', '/discount 12% GTX Pro rival')
    const { args } = stage.button('anna', 'Something else')
    const forged = { command: 'discount-pick', args: { draft: args['draft'] ?? '', account: 'globex' } }
    expect(await stage.pressed('anna', forged)).not.toContain('Globex')
    expect(await stage.requests()).toEqual([])
  })

  it('finance asks for nothing', async () => {
    expect(await stage.says('fay', '/discount Acme 5% GTX Pro rival')).toBe('This is not for your role.')
  })

  it('what the policy stops is refused by rule, with what would pass', async () => {
    const said = await stage.says('anna', '/discount Acme 60% GTX Pro rival')
    expect(said).toContain('This cannot be granted: No deal below half the list price (discount: 60%).')
    expect(said).toContain('At most 50% would pass.')
    expect(await stage.requests()).toEqual([])
    expect(await stage.audit()).toEqual(['anna discount.stop'])
    expect(await stage.presses('anna', 'Ask for 50%')).toContain(
      '50% for Acme Corporation · GTX Pro (to be decided)',
    )
  })

  it('where no percentage passes, it says so', async () => {
    const late = { paidOn: null, dueOn: new Date('2026-08-01') }
    await stage.database.prisma.invoice.updateMany({ where: { id: 'INV-1' }, data: late })
    const said = await stage.says('anna', '/discount Acme 3% GTX Pro rival')
    expect(said).toContain('No discount while the client is 90 days overdue (days overdue: 114)')
    expect(said).toContain('No percentage passes while that is so.')
  })
})

describe('a second request for the same', () => {
  beforeEach(async () => {
    await stage.says('anna', '/discount Acme 12% GTX Pro rival')
  })

  it('shows the first one, and may change it', async () => {
    const said = await stage.says('anna', '/discount Acme 10% GTX Pro rival')
    expect(said).toContain('There is a request for this already, by you: 12%, to be decided.')
    const changed = await stage.presses('anna', 'Change that one')
    expect(changed).toContain('10% for Acme Corporation · GTX Pro (to be decided)')
    expect(await stage.requests()).toMatchObject([{ round: 2, version: 2 }])
  })

  it('of a colleague shows whose it is', async () => {
    const said = await stage.says('boris', '/discount Acme 10% GTX Pro rival')
    expect(said).toContain('автор — Anna Example')
    expect(said).not.toContain('Изменить его')
    expect(await stage.requests()).toHaveLength(1)
  })

  it('is asked anyway once the first is granted', async () => {
    await stage.says('max', '/approvals')
    await stage.presses('max', '12% for Acme Corporation · GTX Pro')
    await stage.presses('max', 'Approve')
    expect(await stage.says('anna', '/discount Acme 10% GTX Pro more')).toContain('12%, granted.')
    expect(await stage.presses('anna', 'Ask anyway')).toContain('Requested.')
    expect(await stage.requests()).toHaveLength(2)
  })

  it('of two at the same moment leaves one', async () => {
    const line = '/discount Acme 9% Hydro P-200 rival'
    await Promise.all([stage.says('anna', line), stage.says('boris', line)])
    const rows = await stage.requests()
    expect(rows.filter(({ productId }) => productId === 'p200')).toHaveLength(1)
  })
})
