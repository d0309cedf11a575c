import { isCurrency } from '../domain/identity/person.ts'
import {
  type FactName,
  MONEY_FACTS,
  type MoneyFact,
  NUMBER_FACTS,
  type NumberFact,
} from '../domain/discounts/facts.ts'
import type { Bound, Condition, Limit, MoneyBound } from '../domain/discounts/policy.ts'
import { CLOSED_WORDS } from '../domain/discounts/policy-words.ts'
import { hint } from './nearest.ts'

/** What a value means, or what would be right instead of it. */
export type Meant<Value> = Readonly<{ value: Value }> | Readonly<{ refused: string }>

const NUMBER = /^-?\d{1,15}(?:\.\d{1,6})?$/
const UNITS: Readonly<Partial<Record<NumberFact, RegExp>>> = {
  percent: /(%|percent)$/i,
  margin: /(%|percent)$/i,
  marginOverFloor: /(%|percent|points?)$/i,
  deferralDays: /days?$/i,
  overdueDays: /days?$/i,
  contractEndsInDays: /days?$/i,
}

/** Longer ways first, for one may begin with another. */
const WAYS: readonly (readonly [RegExp, Limit])[] = [
  [/^(at least|>=)\s*/i, 'atLeast'],
  [/^(at most|up to|<=)\s*/i, 'atMost'],
  [/^(over|above|more than|>)\s*/i, 'over'],
  [/^(under|below|less than|<)\s*/i, 'under'],
]

/** Decimal text, exactly as it is written. */
function readNumber(text: string): Meant<string> {
  if (NUMBER.test(text)) return { value: text }
  if (/^-?\d+,\d{3}$/.test(text))
    return {
      refused: `"${text}" may be a thousand or a fraction: write ${text.replace(',', '')} or ${text.replace(',', '.')}`,
    }
  if (/^-?\d+,\d+$/.test(text)) return { refused: `"${text}" has a comma: write ${text.replace(',', '.')}` }
  if (/^-?\d{1,3}([\s\u00a0\u202f'_]\d{3})+(\.\d+)?$/.test(text))
    return { refused: `"${text}": write ${text.replace(/[\s\u00a0\u202f'_]/g, '')}` }
  return { refused: `"${text}" is not a number such as 12.5` }
}

export const readPercentage = (text: string): Meant<string> =>
  readNumber(text.replace(/(%|percent)$/i, '').trimEnd())

const partsOf = (text: string, by: RegExp): string[] => text.split(by).map((part) => part.trim())

/** All that is said of one fact: known, and then its limits or words. */
export function readConditions(fact: FactName, text: string): Meant<readonly Condition[]> {
  const alone = text.toLowerCase()
  if (alone === 'known' || alone === 'unknown') return { value: [{ kind: alone, fact }] }
  if (isNumberFact(fact))
    return limits(text, fact, (rest) => readNumber(withoutUnit(rest, fact)), example(fact))
  if (isMoneyFact(fact)) return limits(text, fact, readSums, 'over 50000 EUR')
  const words = CLOSED_WORDS[fact] ? partsOf(text, /,|\sor\s/i) : [text]
  return readWords(fact, words)
}

const isNumberFact = (fact: FactName): fact is NumberFact => NUMBER_FACTS.some((one) => one === fact)
const isMoneyFact = (fact: FactName): fact is MoneyFact => MONEY_FACTS.some((one) => one === fact)
const withoutUnit = (text: string, fact: NumberFact): string =>
  text.replace(UNITS[fact] ?? /(?!)/, '').trimEnd()
const example = (fact: NumberFact): string => (fact === 'marginOverFloor' ? 'under 0' : 'over 5')

export function readWords(fact: FactName, words: readonly string[]): Meant<readonly Condition[]> {
  if (isNumberFact(fact) || isMoneyFact(fact))
    return { refused: 'a list is for words; write limits in one line, such as: over 5 and at most 10' }
  const known = CLOSED_WORDS[fact]
  const meant = words.map((word) => known?.find((one) => one.toLowerCase() === word.toLowerCase()) ?? word)
  const wrong = known && meant.find((word) => !known.includes(word))
  if (known && wrong !== undefined) return { refused: `"${wrong}" is no ${fact}; ${hint(wrong, known)}` }
  return { value: [{ kind: 'word', fact, in: meant }] }
}

type Sums = Readonly<Record<string, string>>

function limits<Value extends string | Sums>(
  text: string,
  fact: NumberFact | MoneyFact,
  read: (rest: string) => Meant<Value>,
  sample: string,
): Meant<readonly Condition[]> {
  // A comma between digits is a fraction, and is told of with the number.
  const parts = partsOf(text, /,(?!\d)|\sand\s/i)
  const known: Condition[] = parts[0]?.toLowerCase() === 'known' ? [{ kind: 'known', fact }] : []
  const bound: Partial<Record<Limit, Value>> = {}
  for (const part of parts.slice(known.length)) {
    const way = WAYS.find(([pattern]) => pattern.test(part))
    if (!way) return { refused: noLimit(part, sample) }
    const [pattern, limit] = way
    const meant = read(part.replace(pattern, ''))
    if ('refused' in meant) return meant
    if (bound[limit] !== undefined) return { refused: `"${text}" has the same kind of limit twice: keep one` }
    bound[limit] = meant.value
  }
  const condition = isNumberFact(fact)
    ? { kind: 'number' as const, fact, bound: bound as Bound }
    : { kind: 'money' as const, fact, bound: bound as MoneyBound }
  return { value: [...known, condition] }
}

function noLimit(part: string, sample: string): string {
  const ways = sample.replace(/^\w+ /, '')
  return `"${part}" is no limit: write over, at least, under or at most before it, such as "over ${ways}"; or known, unknown`
}

/** `50000 EUR or 5000000 RUB`: there is no exchange rate, so each currency has its own limit. */
function readSums(text: string): Meant<Sums> {
  const sums: [string, string][] = []
  for (const part of partsOf(text, /\sor\s/i)) {
    const [, digits = '', code = ''] = /^(.*\d)\s*([A-Za-z]{3})$/.exec(part) ?? []
    if (digits === '')
      return { refused: `"${part}" is no amount: write it with its currency, such as 50000 EUR` }
    const currency = code.toUpperCase()
    if (!isCurrency(currency))
      return { refused: `"${code}" is no currency: write its three letters, such as EUR` }
    const meant = readNumber(digits)
    if ('refused' in meant) return meant
    if (sums.some(([known]) => known === currency)) return { refused: `${currency} is named twice: keep one` }
    sums.push([currency, meant.value])
  }
  return { value: Object.fromEntries(sums) }
}
