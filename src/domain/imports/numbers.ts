import { isCurrency } from '../identity/person.ts'
import { Decimal } from 'decimal.js'
import type { Read } from './definition.ts'

const SIGNS: Readonly<Record<string, string>> = {
  '₽': 'RUB',
  руб: 'RUB',
  р: 'RUB',
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '₸': 'KZT',
  '¥': 'CNY',
}
const SPACES = /[\s\u00a0\u202f\u2009]/g
const MONEY_DIGITS = 16
/** No number is this long; the patterns below need not look at more. */
const NUMBER_LIMIT = 60

type Separator = '.' | ','

/** Decimal text of a number as people write it, or why it cannot be told for sure. */
function plainNumber(text: string, decimal: Separator | null): { number: string } | { refused: string } {
  const sign = /^[-−]/.test(text) ? '-' : ''
  const body = text.replace(/^[-−+]\s*/, '')
  if (/^\d[\d.,]*e[+-]?\d+$/i.test(body))
    return { refused: 'is in scientific notation: a spreadsheet has lost its digits' }
  if (!/^\d[\d.,'’\s\u00a0\u202f\u2009]*$/.test(body)) return { refused: 'is not a number' }
  if (!spacesGroupThousands(body)) return { refused: 'is not a number: its spaces do not group thousands' }
  const digits = body.replace(SPACES, '').replace(/['’]/g, '')
  const point = decimalSeparator(digits, decimal)
  if (point === 'ambiguous') {
    return {
      refused:
        'may be a thousand or a fraction: write it without a separator, or say --decimal . or --decimal ,',
    }
  }
  const [whole, fraction] = point ? cutAtLast(digits, point) : [digits, '']
  const grouped = whole.replace(/[.,]/g, '')
  if (grouped !== whole && !/^\d{1,3}([.,])\d{3}(\1\d{3})*$/.test(whole))
    return { refused: 'is not a number: its separators do not group thousands' }
  if (!/^\d*$/.test(fraction)) return { refused: 'is not a number' }
  return { number: `${sign}${grouped}${fraction ? `.${fraction}` : ''}` }
}

function spacesGroupThousands(body: string): boolean {
  const whole = body.split(/[.,]\d*$/)[0] ?? body
  return !/[\s\u00a0\u202f\u2009'’]/.test(body) || /^\d{1,3}([\s\u00a0\u202f\u2009'’]\d{3})+$/.test(whole)
}

function cutAtLast(text: string, separator: string): [string, string] {
  const at = text.lastIndexOf(separator)
  return [text.slice(0, at), text.slice(at + 1)]
}

/** The later of two different separators is the decimal one; a repeated one groups; `1,234` alone is anybody's guess. */
function decimalSeparator(digits: string, told: Separator | null): Separator | null | 'ambiguous' {
  const points = digits.split('.').length - 1
  const commas = digits.split(',').length - 1
  if (points + commas === 0) return null
  if (points > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ','
  if (points + commas > 1) return null
  const only = points === 1 ? '.' : ','
  if (!/^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)) return only
  if (told === null) return 'ambiguous'
  return told === only ? only : null
}

function takeCurrency(text: string): { rest: string; currency?: string } {
  const parts =
    /^(?<minus>[-−]?)\s*(?<before>[₽$€£₸¥]|[A-Z]{3}(?=[\s\d-]))?(?<rest>.*?)(?<after>[₽$€£₸¥]|[A-Z]{3}|руб|р)?\.?$/u
  const { minus = '', before, rest = text, after } = parts.exec(text)?.groups ?? {}
  const mark = before ?? after
  if (!mark || (before && after)) return { rest: text }
  const currency = SIGNS[mark] ?? mark
  return isCurrency(currency) ? { rest: `${minus}${rest.trim()}`, currency } : { rest: text }
}

/** An amount with at most two decimals; `factor` turns millions into units. */
export function readMoney(
  text: string,
  decimal: Separator | null,
  options: { factor?: number; negative?: boolean } = {},
): Read {
  if (text.length > NUMBER_LIMIT) return { refused: 'is not a number' }
  if (text.includes('%')) return { refused: 'is a percentage, not an amount' }
  const { rest, currency } = takeCurrency(text)
  const plain = plainNumber(rest, decimal)
  if ('refused' in plain) return plain
  const amount = new Decimal(plain.number).times(options.factor ?? 1)
  if (amount.isNegative() && !amount.isZero() && !options.negative) return { refused: 'is below zero' }
  if (amount.decimalPlaces() > 2) return { refused: 'has more than two decimals' }
  if (amount.abs().gte(new Decimal(10).pow(MONEY_DIGITS))) return { refused: 'is too large for an amount' }
  return { value: amount.abs().isZero() ? '0.00' : amount.toFixed(2), ...(currency ? { currency } : {}) }
}

/**
 * With or without its sign. There are no thousands in it, so a comma is a decimal one. A spreadsheet keeps 18 % as 0.18,
 * so what lies below one is taken only with its sign.
 */
export function readPercent(text: string): Read {
  const number = text.replace(/%$/, '').trimEnd().replace(',', '.')
  if (!/^\d{1,3}(?:\.\d{1,4})?$/.test(number)) return { refused: 'is not a percentage such as 12.5' }
  const percent = new Decimal(number)
  if (percent.lt(1) && !percent.isZero() && !text.includes('%'))
    return { refused: 'may be a share of one: write it with its sign, 18 % or 0.18 %' }
  return percent.gt(100) ? { refused: 'is not between 0 and 100 %' } : { value: percent.toString() }
}

export function readInteger(
  text: string,
  least: number,
  most: number,
  decimal: Separator | null = null,
): Read {
  if (text.length > NUMBER_LIMIT) return { refused: 'is not a whole number' }
  // Nobody counts in thousandths: where nothing is told, a lone separator before three digits groups them.
  const plain = plainNumber(text, decimal ?? (text.includes('.') ? ',' : '.'))
  if ('refused' in plain || !/^\d+(?:\.0+)?$/.test(plain.number)) return { refused: 'is not a whole number' }
  const value = Number(plain.number)
  return value < least || value > most ? { refused: `is not between ${least} and ${most}` } : { value }
}
