import { Decimal } from 'decimal.js'
import type { Day } from '../shared/day.ts'
import type { Money } from '../shared/money.ts'

/** What the client does for the concession, and by when. */
export const GIVE_KINDS = ['VOLUME', 'PREPAYMENT', 'DATE', 'REFERRAL', 'OTHER'] as const
export type GiveKind = (typeof GIVE_KINDS)[number]
export type Give = Readonly<{ kind: GiveKind; what: string; dueOn: Day }>

/** What the discount is on: an open deal, or a product of the price list. */
export type Subject = Readonly<{
  dealId: string | null
  productId: string | null
  /** The deal's title or the product's name. */
  title: string
  product: string | null
  productGroup: string | null
}>

/** What is asked for, or granted. Percent is decimal text, between 0 and 100; `net` is `list` less the discount. */
export type Terms = Readonly<{
  subject: Subject
  list: Money
  percent: string
  net: Money
  deferralDays: number
  /** The discount may be used until this day, and this day counts. */
  lastDay: Day
  gives: readonly Give[]
}>

const HUNDRED = new Decimal(100)
/** More decimals of a percentage nobody negotiates. */
const PERCENT_DECIMALS = 2

/** What was said of the price, in one or several of three ways. Decimal text. */
export type SaidPrice = Readonly<{ percent: string | null; off: string | null; net: string | null }>

export type PriceReading =
  | Readonly<{ kind: 'price'; percent: string; net: string }>
  /** Two ways of saying it that lead to different prices; each by its percentage. */
  | Readonly<{ kind: 'disagree'; choices: readonly string[] }>
  | Readonly<{ kind: 'nothing' }>
  /** Not between 0 and 100 percent, both excluded. */
  | Readonly<{ kind: 'outOfRange' }>

/**
 * The discount on this list price. Percent and amount agree when they differ by no more than rounding: half a cent of
 * the price or the last decimal of the percentage.
 */
export function readPrice(list: string, said: SaidPrice): PriceReading {
  const price = new Decimal(list)
  const percents = percentsOf(price, said)
  if (percents.length === 0) return { kind: 'nothing' }
  // As it will be written: what rounds to nothing, or to everything, is refused with them.
  if (percents.some((percent) => !isInRange(percentText(percent)))) return { kind: 'outOfRange' }
  const [first] = percents
  const others = percents.filter((percent) => first && !agree(first, percent, price))
  if (!first || others.length > 0) {
    return { kind: 'disagree', choices: [...new Set(percents.map(percentText))] }
  }
  // A price that was named is meant to the cent; only a percentage is rounded into one.
  const exact = netSaid(price, said) ?? netAt(list, percentText(first))
  return { kind: 'price', percent: percentText(first), net: exact }
}

function percentsOf(list: Decimal, { percent, off, net }: SaidPrice): Decimal[] {
  return [
    ...(percent === null ? [] : [new Decimal(percent)]),
    ...(off === null ? [] : [new Decimal(off).div(list).times(HUNDRED)]),
    ...(net === null ? [] : [list.minus(net).div(list).times(HUNDRED)]),
  ]
}

function netSaid(list: Decimal, { off, net }: SaidPrice): string | null {
  if (net !== null) return new Decimal(net).toFixed(2)
  return off === null ? null : list.minus(off).toFixed(2)
}

const agree = (one: Decimal, other: Decimal, list: Decimal): boolean =>
  one.minus(other).abs().lte('0.005') || one.minus(other).abs().times(list).div(HUNDRED).lte('0.005')

export const isInRange = (percent: Decimal.Value): boolean =>
  new Decimal(percent).gt(0) && new Decimal(percent).lt(HUNDRED)

/** Without needless zeros: `12.5`. */
export const percentText = (percent: Decimal.Value): string =>
  new Decimal(percent).toDecimalPlaces(PERCENT_DECIMALS).toString()

/** The net price at that percentage, rounded half up to the cent. */
export const netAt = (list: string, percent: string): string =>
  new Decimal(list).times(HUNDRED.minus(percent)).div(HUNDRED).toFixed(2)

export const amountOff = ({ list, net }: Pick<Terms, 'list' | 'net'>): Money => ({
  amount: new Decimal(list.amount).minus(net.amount).toFixed(2),
  currency: list.currency,
})

/** The same terms at another percentage. */
export const atPercent = (terms: Terms, percent: string): Terms => ({
  ...terms,
  percent,
  net: { amount: netAt(terms.list.amount, percent), currency: terms.list.currency },
})

/** A counter-offer is a discount, and less of one than was asked for. */
export const isLess = (percent: string, asked: string): boolean =>
  isInRange(percent) && new Decimal(percent).lt(asked)

export const timesOf = ({ amount, currency }: Money, quantity: number): Money => ({
  amount: new Decimal(amount).times(quantity).toFixed(2),
  currency,
})

/**
 * What the rules test: the percentage that was said when the net price is just that, rounded to the cent; else the share
 * that is really taken off, rounded up, so that 5.004 % is not within 5 %.
 */
export function exactPercent({ list, net, percent }: Pick<Terms, 'list' | 'net' | 'percent'>): string {
  if (netAt(list.amount, percent) === new Decimal(net.amount).toFixed(2)) return percent
  const off = new Decimal(list.amount).minus(net.amount)
  return off.div(list.amount).times(HUNDRED).toDecimalPlaces(4, Decimal.ROUND_UP).toString()
}

/** What the database holds of an amount. */
const LARGEST = new Decimal(10).pow(16)

export const isTooLarge = ({ amount }: Money): boolean => new Decimal(amount).gte(LARGEST)

export const isNothing = ({ amount }: Money): boolean => new Decimal(amount).lte(0)
