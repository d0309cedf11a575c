import { beforeEach, describe, expect, it } from 'vitest'
import type { DiscountRequest } from '../../../src/domain/discounts/request.ts'
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
const bodies = async () => (await stage.requests()).map(({ body }) => body as unknown as DiscountRequest)
const states = async () => (await stage.requests()).map(({ state }) => state)
const firstId = async () => (await stage.requests())[0]?.id ?? ''
const asks = (percent = 12, more = 'rival') =>
  stage.says('anna', `/discount Acme ${percent}% GTX Pro ${more}`)
const opens = async (person: string, label = TITLE) => {
  await stage.says(person, '/approvals')
  return stage.presses(person, label)
}
const sends = (person: string, values: Record<string, string>) => stage.sends(person, 'discount', values)
const approve = async (person: string, s = '1.1') =>
  stage.pressed(person, { command: 'discount-approve', args: { id: await firstId(), s } })

describe('E-05 forged values', () => {
  const GONE = 'This request is no longer here.'

  it.each([
    ['discount-show', {}, GONE],
    ['discount-approve', { s: '1.1' }, GONE],
    ['discount-decline', { s: '1.1', word: 'x' }, GONE],
    ['discount-counter', { s: '1.1', percent: '5', word: 'x' }, GONE],
    ['discount-condition', { s: '1.1' }, GONE],
    ['discount-ask', { s: '1.1', word: 'x' }, GONE],
    ['discount-answer', { q: '1', word: 'x' }, GONE],
    ['discount-accept', { r: '1' }, GONE],
    ['discount-refuse', { r: '1' }, GONE],
    ['discount-withdraw', { r: '1' }, GONE],
    ['discount-change', { r: '1' }, GONE],
    ['discount-revoke', {}, GONE],
  ])('%s of a stranger is answered like one that does not exist', async (command, args, refused) => {
    await asks()
    const id = await firstId()
    expect(await stage.pressed('vera', { command, args: { ...args, id } })).toBe(refused)
    expect(await stage.pressed('vera', { command, args: { ...args, id: 'nobody' } })).toBe(refused)
    expect(await states()).toEqual(['PENDING'])
  })

  it.each([
    ['discount', { account: 'globex' }],
    ['discount', { account: 'globex', product: 'gtx', price: '4', reason: 'x' }],
    ['account-discounts', { id: 'globex' }],
  ])('%s of an account of others is answered like one that does not exist', async (command, args) => {
    const said = await stage.pressed('anna', { command, args })
    const strange = Object.fromEntries(
      Object.entries(args).map(([name, value]) => [name, value === 'globex' ? 'nope' : value]),
    )
    expect(said).toBe('This account is no longer here.')
    expect(await stage.pressed('anna', { command, args: strange })).toBe(said)
  })

  it('a draft is nobody else’s, and an account that may not be seen cannot be put into one', async () => {
    await stage.says('anna', '/discount Acme 12%')
    const [draft] = await prisma().draft.findMany()
    const args = { draft: draft?.id ?? '', subject: 'product:gtx' }
    expect(await stage.pressed('vera', { command: 'discount-pick', args })).toBe(
      'That question has been answered already.',
    )
    expect(
      await stage.pressed('anna', { command: 'discount-pick', args: { ...args, account: 'globex' } }),
    ).toBe('This account is no longer here.')
  })

  it('a deal of another account is no subject', async () => {
    await prisma().deal.create({
      data: {
        id: 'theirs',
        accountId: 'globex',
        stage: 'Secret',
        title: 'Secret deal',
        amount: '77',
        currency: 'EUR',
        outcome: 'OPEN',
      },
    })
    await stage.says('anna', '/discount Acme 12%')
    const [draft] = await prisma().draft.findMany()
    const args = { draft: draft?.id ?? '', subject: 'deal:theirs' }
    expect(await stage.pressed('anna', { command: 'discount-pick', args })).not.toContain('Secret')
    expect(await stage.requests()).toEqual([])
  })

  it('a colleague who sees the account changes, takes and withdraws nothing', async () => {
    await asks()
    const id = await firstId()
    for (const command of ['discount-change', 'discount-withdraw', 'discount-accept', 'discount-refuse'])
      await stage.pressed('boris', { command, args: { id, r: '1' } })
    await stage.says('boris', '/discount Acme 4% Hydro P-200')
    const [draft] = await prisma().draft.findMany({ where: { ownerId: 'boris' } })
    const args = { draft: draft?.id ?? '', of: id, subject: 'product:gtx' }
    await stage.pressed('boris', { command: 'discount-pick', args })
    expect((await bodies()).map(({ round, state, requester }) => [round, state, requester.id])).toEqual([
      [1, 'PENDING', 'anna'],
    ])
  })

  it.each(['2.1', '1.2', '0', '', '1.1.', '１.１'])('E-12 a step %j decides nothing', async (s) => {
    await asks()
    await approve('max', s)
    expect(await prisma().approvalVote.count()).toBe(0)
  })

  it.each(['0', '2', '-1', '1e99', 'NaN', '1.5'])('a round %j withdraws nothing', async (r) => {
    await asks()
    await stage.pressed('anna', { command: 'discount-withdraw', args: { id: await firstId(), r } })
    expect(await states()).toEqual(['PENDING'])
  })
})

describe('what is typed', () => {
  it.each([
    '0',
    '100',
    '100.0',
    '101',
    '99.999',
    '0.001',
    '12.3456789',
    '1e5',
    '-0',
    'NaN',
    '5 ZZZ',
    'for 20000',
    '12000 off',
    'for 9000 USD',
    '1 000 000 000 000 000 000 off',
  ])('a discount of %j is refused beside its field, which keeps it', async (price) => {
    const said = await sends('anna', { account: 'acme', product: 'gtx', price, reason: 'x' })
    expect(said).toContain(`[Request a discount] Discount: ${price} !`)
    expect(said).not.toContain('went wrong')
    expect(await stage.requests()).toEqual([])
  })

  it.each(['0', '1e5', '-5', '0.001', '99999999999999999', '10000 ZZZ', '١٢'])(
    'a list price of %j is refused beside its field',
    async (list) => {
      const said = await sends('anna', { account: 'acme', product: 'bespoke', price: '4', list, reason: 'x' })
      expect(said).toContain(`List price: ${list} !`)
      expect(await stage.requests()).toEqual([])
    },
  )

  it.each(['until 1 January 2020', 'until 31 December 2099', 'until 30 February'])(
    '%j is no last day',
    async (extra) => {
      const said = await sends('anna', { account: 'acme', product: 'gtx', price: '4', extra, reason: 'x' })
      expect(said).toContain(`Further terms: ${extra} !`)
      expect(await stage.requests()).toEqual([])
    },
  )

  it.each([
    '😀'.repeat(1_000),
    '<!channel> <@U1> @everyone [x](http://e.example) *b* `c` <b>d</b> \u202Eabc\u0000 \uD800',
    '=HYPERLINK("http://e.example")',
  ])('a reason of any letters is filed and shown', async (reason) => {
    const said = await sends('anna', {
      account: 'acme',
      product: 'gtx',
      price: '12',
      reason,
      give: reason.slice(0, 90),
    })
    expect(said).not.toContain('went wrong')
    expect(await states()).toEqual(['PENDING'])
    expect(await opens('max')).toContain('Reason: ')
    expect(await stage.says('anna', '/account Acme Corporation')).not.toContain('went wrong')
  })

  it('a counter-offer is a percentage above zero and below what was asked', async () => {
    await asks()
    await opens('max')
    for (const percent of ['12', '12.00', '12.001', '0', '0.001', '-0', '99', '1e1', 'x', '4 EUR']) {
      await stage.says('max', '/approvals')
      await stage.presses('max', TITLE)
      await stage.presses('max', 'Approve at … %')
      expect(await stage.fills('max', { percent, word: 'w' })).toContain('! Name a percentage above 0')
    }
    expect(await states()).toEqual(['PENDING'])
    await stage.fills('max', { percent: '11.99', word: 'w' })
    expect(await states()).toEqual(['COUNTERED'])
  })
})

describe('who decides', () => {
  it('a circle in the tree ends below the requester', async () => {
    await prisma().user.update({ where: { id: 'max' }, data: { managerId: 'anna' } })
    await asks()
    expect((await bodies())[0]?.steps[0]?.seats.map(({ id }) => id)).toEqual(['max'])
    await stage.at('2026-11-24T16:00:00Z')
    expect((await bodies())[0]?.steps[0]?.seats.map(({ id }) => id)).toEqual(['max', 'dana'])
  })

  it('E-04 the manager of the manager who is the requester does not decide', async () => {
    await prisma().user.update({ where: { id: 'max' }, data: { managerId: 'anna' } })
    await stage.says('max', '/discount Acme 12% GTX Pro old friends')
    expect((await bodies())[0]?.steps[0]?.seats.map(({ id }) => id)).toEqual(['anna'])
    expect(await approve('max')).toContain('Nobody decides their own request.')
  })

  it('E-04 two who stand in for each other decide nothing of each other', async () => {
    await away(stage.database, 'anna', 'max')
    await away(stage.database, 'max', 'anna')
    await asks()
    expect((await bodies())[0]?.steps[0]?.seats.map(({ id }) => id)).toEqual(['dana'])
    for (const person of ['anna', 'max']) await approve(person)
    expect(await prisma().approvalVote.count()).toBe(0)
  })

  it('E-16 the absence that ended between card and click leaves nothing to the substitute', async () => {
    await away(stage.database, 'max', 'vera')
    await asks()
    await opens('vera')
    const button = stage.button('vera', 'Approve')
    await prisma().absence.deleteMany()
    expect(await stage.pressed('vera', button)).toBe('This request is no longer here.')
    expect(await prisma().approvalVote.count()).toBe(0)
  })

  it('E-01 the role that was lost between card and click decides nothing', async () => {
    await asks()
    await opens('max')
    const button = stage.button('max', 'Approve')
    await prisma().user.update({ where: { id: 'anna' }, data: { managerId: 'dana' } })
    expect(await stage.pressed('max', button)).toContain('You no longer have the role')
    expect(await prisma().approvalVote.count()).toBe(0)
  })

  it('E-04 the requester who became the director since does not decide', async () => {
    await asks(18)
    await approve('max')
    await prisma().user.update({ where: { id: 'anna' }, data: { role: 'DIRECTOR' } })
    expect(await approve('anna', '1.2')).toContain('Nobody decides their own request.')
    expect(await states()).toEqual(['PENDING'])
  })

  it('E-04 an offer is not taken by whoever made it, also when they stand in for the requester by then', async () => {
    await asks()
    await opens('max')
    await stage.presses('max', 'Approve at … %')
    await stage.fills('max', { percent: '8', word: 'margin' })
    await away(stage.database, 'anna', 'max')
    await stage.pressed('max', { command: 'discount-accept', args: { id: await firstId(), r: '1' } })
    expect(await states()).toEqual(['COUNTERED'])
  })

  it('an offer that is taken asks whoever the client’s debt calls for since', async () => {
    await asks()
    await opens('max')
    await stage.presses('max', 'Approve at … %')
    await stage.fills('max', { percent: '8', word: 'margin' })
    await prisma().invoice.updateMany({
      where: { id: 'INV-1' },
      data: { paidOn: null, dueOn: new Date('2026-10-14') },
    })
    await opens('anna')
    await stage.presses('anna', 'Take it')
    expect((await bodies())[0]?.steps.map(({ by, state }) => [by, state])).toEqual([
      [{ role: 'FINANCE' }, 'OPEN'],
      [{ manager: 1 }, 'APPROVED'],
    ])
  })

  it('finance asks for nothing, and one who has left reads nothing', async () => {
    expect(await stage.says('fay', '/discount Acme 4% GTX Pro old friends')).toContain('not for your role')
    await asks()
    await prisma().user.update({ where: { id: 'max' }, data: { active: false } })
    expect(await approve('max')).not.toContain('Acme')
    expect(await prisma().approvalVote.count()).toBe(0)
  })
})

describe('at once', () => {
  it('the same form twice files once', async () => {
    const values = { account: 'acme', product: 'gtx', price: '12', reason: 'rival' }
    const said = await Promise.all([sends('anna', values), sends('anna', values), sends('anna', values)])
    expect(said.filter((one) => one.startsWith('Requested.'))).toHaveLength(1)
    expect(said.filter((one) => one.includes('There is a request for this already'))).toHaveLength(2)
    expect(await states()).toEqual(['PENDING'])
  })

  it('one draft twice files once', async () => {
    await stage.says('anna', '/discount Acme 12% GTX Pro')
    const [draft] = await prisma().draft.findMany()
    const values = { draft: draft?.id ?? '', reason: 'rival' }
    await Promise.all([sends('anna', values), sends('anna', values)])
    expect(await states()).toEqual(['PENDING'])
  })

  it('taking an offer and withdrawing has one end', async () => {
    await asks()
    await opens('max')
    await stage.presses('max', 'Approve at … %')
    await stage.fills('max', { percent: '8', word: 'margin' })
    const args = { id: await firstId(), r: '1' }
    await Promise.all(
      ['discount-accept', 'discount-withdraw', 'discount-refuse', 'discount-accept'].map((command) =>
        stage.pressed('anna', { command, args }),
      ),
    )
    const ends = (await stage.audit()).filter((one) => /accept|withdraw|refuse-offer/.test(one))
    expect(ends).toHaveLength(1)
  })

  it('a yes and other terms: the yes is for what was seen, or for nothing', async () => {
    await asks()
    await opens('anna')
    await stage.presses('anna', 'Change terms')
    await Promise.all([stage.fills('anna', { price: '15%' }), approve('max')])
    const [request] = await bodies()
    expect([request?.state, request?.terms.percent]).toEqual(
      request?.round === 1 ? ['GRANTED', '12'] : ['PENDING', '15'],
    )
    expect(request?.steps.flatMap(({ votes }) => votes)).toHaveLength(request?.round === 1 ? 1 : 0)
  })

  it('a policy that is set meanwhile holds from the next round on, which says so', async () => {
    await asks()
    await prisma().policyVersion.create({
      data: {
        version: 1,
        source: '',
        channel: 'cli',
        setAt: new Date(NOW),
        content: {
          name: 'Directors',
          answerHours: 8,
          validDays: 30,
          floors: {},
          escalation: {},
          fallback: 'ADMIN',
          rules: [
            { name: 'd', when: [], outcome: { kind: 'approve', by: { role: 'DIRECTOR' }, need: 'any' } },
          ],
        },
      },
    })
    await opens('anna')
    await stage.presses('anna', 'Change terms')
    await stage.fills('anna', { price: '11%' })
    const [request] = await bodies()
    expect([request?.policyVersion, request?.steps[0]?.seats.map(({ id }) => id)]).toEqual([1, ['dana']])
    expect(await approve('max')).toContain('an earlier state')
  })
})

describe('what is deleted', () => {
  it('a request that goes with its account leaves no card, notice or error behind', async () => {
    await asks()
    await stage.at(NOW)
    const id = await firstId()
    await prisma().account.delete({ where: { id: 'acme' } })
    expect(await stage.pressed('max', { command: 'discount-approve', args: { id, s: '1.1' } })).toBe(
      'This request is no longer here.',
    )
    await stage.at('2026-11-24T16:00:00Z')
    expect(stage.heard('max')).toHaveLength(1)
    expect(stage.heard('anna')).toEqual([])
  })
})
