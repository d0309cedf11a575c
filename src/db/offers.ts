import { Prisma } from '../../prisma/generated/client.ts'
import type { Offer, OfferStore } from '../domain/discounts/offer.ts'
import type { Queries } from './queries.ts'

const { sql } = Prisma

/** More deals than this nobody has open with one account, and more products no price list of ours. */
const MOST_DEALS = 200
const MOST_PRODUCTS = 10_000

const money = (amount: Prisma.Sql, currency: Prisma.Sql) => sql`case when ${amount} is null then null
  else jsonb_build_object('amount', (${amount})::text, 'currency', ${currency}) end`

const costShare = sql`case when p.cost is null or coalesce(p.list_price, 0) <= 0 then null
  else jsonb_build_object('cost', p.cost::text, 'list', p.list_price::text) end`

const DEAL = sql`jsonb_build_object(
    'subject', jsonb_build_object('dealId', d.id, 'productId', d.product_id,
      'title', coalesce(d.title, p.name, d.stage), 'product', p.name, 'productGroup', p.product_group),
    'list', ${money(sql`d.amount`, sql`d.currency`)}, 'costShare', ${costShare},
    'floorMargin', p.floor_margin::text) as offer
  from deals d left join products p on p.id = d.product_id`

const PRODUCT = sql`jsonb_build_object(
    'subject', jsonb_build_object('dealId', null, 'productId', p.id, 'title', p.name, 'product', p.name,
      'productGroup', p.product_group),
    'list', ${money(sql`p.list_price`, sql`p.currency`)}, 'costShare', ${costShare},
    'floorMargin', p.floor_margin::text) as offer
  from products p`

export function offerStore(db: Queries): OfferStore {
  const find = async (query: Prisma.Sql) => {
    const rows = await db.$queryRaw<{ offer: Offer }[]>`select ${query}`
    return rows.map(({ offer }) => offer)
  }
  return {
    deals: (accountId) =>
      find(sql`${DEAL} where d.account_id = ${accountId} and d.outcome = 'OPEN'
        order by d.expected_on nulls last, d.opened_on desc nulls last, d.id limit ${MOST_DEALS}`),
    products: () => find(sql`${PRODUCT} order by p.name, p.id limit ${MOST_PRODUCTS}`),
    deal: async (id, accountId) =>
      (
        await find(sql`${DEAL} where d.id = ${id} and d.account_id = ${accountId} and d.outcome = 'OPEN'`)
      )[0] ?? null,
    product: async (id) => (await find(sql`${PRODUCT} where p.id = ${id}`))[0] ?? null,
  }
}
