import { Decimal } from 'decimal.js'

/** An exact amount as decimal text (`'1234.50'`) with its ISO 4217 currency. Never a float. */
export type Money = Readonly<{ amount: string; currency: string }>

/** One sum per currency: there is no exchange rate here, so different currencies are never added up. */
export type Sums = readonly Money[]

export function amountIn(sums: Sums, currency: string): Decimal {
  return new Decimal(sums.find((sum) => sum.currency === currency)?.amount ?? 0)
}

/** The currency in which the sums are largest in number: what ratios are computed in. */
export function mainCurrency(...groups: readonly Sums[]): string | null {
  const all = groups.flat().toSorted((a, b) => new Decimal(b.amount).cmp(a.amount))
  return all[0]?.currency ?? null
}

export const isOwed = ({ amount }: Money): boolean => new Decimal(amount).greaterThan(0)

/** `part / whole`, or null when there is no whole to compare with. */
export function ratio(part: Decimal, whole: Decimal): number | null {
  return whole.isZero() ? null : part.div(whole).toNumber()
}
