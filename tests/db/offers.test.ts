import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { offerStore } from '../../src/db/offers.ts'
import type { OfferStore } from '../../src/domain/discounts/offer.ts'
import { addAccount, addTeam } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'

let database: Database
let offers: OfferStore

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addAccount(database, { id: 'acme', name: 'Acme', ownerId: 'anna' })
  await addAccount(database, { id: 'globex', name: 'Globex', ownerId: 'vera' })
  offers = offerStore(database.prisma)
  await database.prisma.product.createMany({ data: PRODUCTS })
})

const own = { accountId: 'acme', outcome: 'OPEN' as const, stage: 'Proposal', currency: 'EUR' }
const addDeals = (...deals: readonly object[]) =>
  database.prisma.deal.createMany({ data: deals.map((deal) => ({ ...own, id: 'd1', ...deal })) })

const PRODUCTS = [
  {
    id: 'gtx',
    name: 'GTX Pro',
    productGroup: 'GTX',
    listPrice: '10000',
    cost: '7000.10',
    currency: 'EUR',
    floorMargin: '12.5',
  },
  { id: 'plain', name: 'Plain', listPrice: '99.90', currency: 'USD' },
  { id: 'priceless', name: 'Bespoke', cost: '5', currency: 'EUR' },
  { id: 'free', name: 'Free', listPrice: '0', cost: '5', currency: 'EUR' },
]

describe('a product', () => {
  it('is on offer at its list price, with its cost beside it and its own floor', async () => {
    expect(await offers.product('gtx')).toEqual({
      subject: { dealId: null, productId: 'gtx', title: 'GTX Pro', product: 'GTX Pro', productGroup: 'GTX' },
      list: { amount: '10000.00', currency: 'EUR' },
      costShare: { cost: '7000.10', list: '10000.00' },
      floorMargin: '12.5000',
    })
  })

  it.each([
    ['plain', { amount: '99.90', currency: 'USD' }, 'no cost is known'],
    ['priceless', null, 'no price is known'],
    ['free', { amount: '0.00', currency: 'EUR' }, 'it costs nothing'],
  ])('%s has no share of cost: %s, %s', async (id, list, _why) => {
    expect(await offers.product(id)).toMatchObject({ list, costShare: null, floorMargin: null })
  })

  it('that there is not is none, and all are listed by name', async () => {
    expect(await offers.product('nowhere')).toBeNull()
    expect((await offers.products()).map(({ subject }) => subject.title)).toEqual([
      'Bespoke',
      'Free',
      'GTX Pro',
      'Plain',
    ])
  })
})

describe('a deal', () => {
  it('is on offer at its own amount, with the share of cost of its product', async () => {
    await addDeals({ title: 'Second plant', productId: 'gtx', amount: '123456.70' })
    expect(await offers.deal('d1', 'acme')).toEqual({
      subject: {
        dealId: 'd1',
        productId: 'gtx',
        title: 'Second plant',
        product: 'GTX Pro',
        productGroup: 'GTX',
      },
      list: { amount: '123456.70', currency: 'EUR' },
      costShare: { cost: '7000.10', list: '10000.00' },
      floorMargin: '12.5000',
    })
  })

  it('is called by its title, else by its product, else by its stage', async () => {
    await addDeals({ id: 'a', title: 'Titled', productId: 'gtx' }, { id: 'b', productId: 'gtx' }, { id: 'c' })
    const titles = await Promise.all(['a', 'b', 'c'].map((id) => offers.deal(id, 'acme')))
    expect(titles.map((offer) => offer?.subject.title)).toEqual(['Titled', 'GTX Pro', 'Proposal'])
  })

  it('without a product or an amount has neither cost nor price', async () => {
    await addDeals({ amount: null })
    expect(await offers.deal('d1', 'acme')).toEqual({
      subject: { dealId: 'd1', productId: null, title: 'Proposal', product: null, productGroup: null },
      list: null,
      costShare: null,
      floorMargin: null,
    })
  })

  it.each(['WON', 'LOST'] as const)('that is %s is on offer no more', async (outcome) => {
    await addDeals({ outcome })
    expect(await offers.deal('d1', 'acme')).toBeNull()
    expect(await offers.deals('acme')).toEqual([])
  })

  it('of another account is none', async () => {
    await addDeals({})
    expect(await offers.deal('d1', 'globex')).toBeNull()
    expect(await offers.deals('globex')).toEqual([])
  })

  it('stands in the order in which it is expected, without a day last', async () => {
    const on = (day: string) => new Date(`${day}T00:00:00Z`)
    await addDeals(
      { id: 'late', expectedOn: on('2027-02-01') },
      { id: 'new', openedOn: on('2026-11-01') },
      { id: 'soon', expectedOn: on('2026-12-01') },
      { id: 'old', openedOn: on('2026-01-01') },
      { id: 'z-undated' },
    )
    const listed = await offers.deals('acme')
    expect(listed.map(({ subject }) => subject.dealId)).toEqual(['soon', 'late', 'new', 'old', 'z-undated'])
  })
})
