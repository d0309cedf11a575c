import type { Money } from '../shared/money.ts'
import type { Subject } from './terms.ts'

/** What a unit costs us beside its list price, in one currency: for a deal the same share of its amount is its cost. */
export type CostShare = Readonly<{ cost: string; list: string }>

/** Something that a discount may be on: an open deal of the account, or a product of the price list. */
export type Offer = Readonly<{
  subject: Subject
  /** Of the whole deal, or of one unit of the product; null when no price is known. */
  list: Money | null
  costShare: CostShare | null
  /** The product's own least margin, in percent. */
  floorMargin: string | null
}>

export type OfferStore = Readonly<{
  /** The account's open deals, the latest first. */
  deals(accountId: string): Promise<readonly Offer[]>
  products(): Promise<readonly Offer[]>
  deal(id: string, accountId: string): Promise<Offer | null>
  product(id: string): Promise<Offer | null>
}>
