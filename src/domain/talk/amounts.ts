import { Decimal } from 'decimal.js'
import { isCurrency } from '../identity/person.ts'
import type { Span } from '../when/reading.ts'
import { AFTER_REACH, BEFORE_REACH, type Figure, type Mistake } from './figures.ts'

/** A number that may be money, with its currency and its thousands. */
export type Amount = Span &
  Readonly<{
    value: string | null
    why: Mistake | null
    currency: string | null
    /** `9k`, «9 тыс.»: only money is written so. */
    thousands: boolean
    digits: number
    sign: '-' | '+' | ''
    before: string
    after: string
  }>

const CURRENCY_WORDS: readonly (readonly [string, string])[] = [
  ['RUB', '₽|руб(?:л\\p{L}{1,3})?\\.?|р\\.?|rub|rur|roubles?|rubles?'],
  ['EUR', '€|евро|eur|euros?'],
  ['USD', '\\$|доллар\\p{L}{0,2}|бакс\\p{L}{0,2}|usd|dollars?|bucks'],
  ['GBP', '£|фунт\\p{L}{0,2}|gbp|pounds?'],
  ['KZT', '₸|тенге|kzt'],
  ['CNY', '¥|юан\\p{L}{1,2}|cny|rmb|yuan'],
  ['CHF', 'chf|франк\\p{L}{0,2}|francs?'],
  ['BYN', 'byn'],
  ['UAH', 'uah|₴|грив\\p{L}{1,3}'],
]
const AFTER = CURRENCY_WORDS.map(
  ([code, source]) => [code, new RegExp(`^ ?(?:${source})(?![\\p{L}\\d])`, 'u')] as const,
)
const BEFORE = CURRENCY_WORDS.map(
  ([code, source]) => [code, new RegExp(`(?:^|[^\\p{L}\\d])((?:${source}) ?)$`, 'u')] as const,
)
const CODE_AFTER = /^ ?([A-Z]{3})(?![\p{L}\d])/u
const CODE_BEFORE = /(?:^|[^\p{L}\d])([A-Z]{3} ?)$/u

const FACTORS: readonly (readonly [RegExp, number])[] = [
  [/^(?:[kк]| ?(?:тыс(?:яч\p{L}{0,2})?\.?|thousand))(?![\p{L}\d])/u, 1000],
  [/^ ?(?:млн\.?|миллион\p{L}{0,2}|mln|mio|millions?)(?![\p{L}\d])/u, 1_000_000],
]
const MOST_DIGITS = 16

/** `line` has the capitals: any currency's code is understood in those. */
export function amountsIn(line: string, text: string, figures: readonly Figure[]): readonly Amount[] {
  // `3M` with no currency behind it is a part of a name.
  return figures.map((figure) => amountOf(line, text, figure)).filter(({ after }) => !/^\p{L}/u.test(after))
}

function amountOf(line: string, text: string, figure: Figure): Amount {
  const [factor, times] = FACTORS.map(
    ([pattern, value]) => [pattern.exec(figure.after)?.[0], value] as const,
  ).find(([said]) => said !== undefined) ?? ['', 1]
  const end = figure.to + (factor ?? '').length
  const behind = currencyAfter(line, text, end)
  const ahead = behind ?? currencyBefore(line, text, figure.from)
  const start = behind === null && ahead !== null ? figure.from - ahead.length : figure.from
  const sign = /(?:^|[\s(:,;])([-+]) ?$/.exec(text.slice(Math.max(0, start - 3), start))
  const glued = sign !== null && (!sign[0].endsWith(' ') || start < figure.from) ? sign[1] : undefined
  const from = start - (glued === undefined ? 0 : 1)
  const to = end + (behind?.length ?? 0)
  const value = figure.value === null ? null : new Decimal(figure.value).times(times).toFixed()
  const why = figure.why ?? mistakeIn(value)
  return {
    from,
    to,
    value: why === null ? value : null,
    why,
    currency: ahead?.code ?? null,
    thousands: times > 1,
    digits: figure.digits,
    sign: glued === '-' ? '-' : glued === '+' ? '+' : '',
    before: text.slice(Math.max(0, from - BEFORE_REACH), from),
    after: text.slice(to, to + AFTER_REACH),
  }
}

type SaidCurrency = Readonly<{ code: string; length: number }>

function currencyAfter(line: string, text: string, at: number): SaidCurrency | null {
  const after = text.slice(at, at + AFTER_REACH)
  for (const [code, pattern] of AFTER) {
    const said = pattern.exec(after)
    if (said) return { code, length: said[0].length }
  }
  const written = CODE_AFTER.exec(line.slice(at, at + 5))
  return written && isCurrency(written[1] ?? '')
    ? { code: written[1] ?? '', length: written[0].length }
    : null
}

const CURRENCY_REACH = 12

function currencyBefore(line: string, text: string, at: number): SaidCurrency | null {
  const start = Math.max(0, at - CURRENCY_REACH)
  for (const [code, pattern] of BEFORE) {
    const said = pattern.exec(text.slice(start, at))?.[1]
    if (said !== undefined) return { code, length: said.length }
  }
  const written = CODE_BEFORE.exec(line.slice(start, at))?.[1]
  const code = written?.trim() ?? ''
  return written !== undefined && isCurrency(code) ? { code, length: written.length } : null
}

function mistakeIn(value: string | null): Mistake | null {
  const amount = new Decimal(value ?? 0)
  if (amount.isZero()) return 'zero'
  if (amount.gte(new Decimal(10).pow(MOST_DIGITS))) return 'tooLarge'
  return amount.decimalPlaces() > 2 ? 'notANumber' : null
}
