import { Decimal } from 'decimal.js'
import type { Span } from '../when/reading.ts'
import { AFTER_REACH, BEFORE_REACH, type Figure, type Mistake } from './figures.ts'
import { countInWords } from './number-words.ts'
import { words } from './plain.ts'

/** A percentage of anything, as it stands in the line with its sign. */
export type Percent = Span &
  Readonly<{ value: string | null; why: Mistake | null; before: string; after: string }>

const UNIT =
  '(?:%+|проц(?:\\p{L}{0,9})|прц\\p{L}{0,8}|per ?cent(?:s|age)?|prec?ent|perc|procent\\p{L}{0,2}|pct)'
const UNIT_AFTER = new RegExp(`^-? ?${UNIT}(?![\\p{L}\\d])|^ ?%+`, 'u')
const HALF = /^ (?:с половиной|and a half)(?= )/
const SIGN = /(?:^|[\s(:,;])([-+])$/
/** «процентов 10» and `%12`. */
const UNIT_BEFORE = /(?:^|[\s(])(?:процент\p{L}{1,3} |%)$/u
/** `10-12%`, «10 или 12%»: one of several. */
const RANGE = /(?:^|[^\d.,\p{L}/-])(\d{1,2}(?:[.,]\d)?) ?%?(?:-| - |\.\.+ ?| ?(?:или|or|до|to|and|и) )$/u
const RAISED = /(?:rais|increas|увелич|подня|повы[сш])\p{L}*/u

export function percentsIn(text: string, figures: readonly Figure[]): readonly Percent[] {
  const found = [...figures.flatMap((figure) => percentOf(text, figure)), ...percentsInWords(text)]
  return found.toSorted((a, b) => a.from - b.from)
}

function percentOf(text: string, figure: Figure): readonly Percent[] {
  const half = HALF.exec(figure.after)?.[0] ?? ''
  const unit = UNIT_AFTER.exec(figure.after.slice(half.length))?.[0]
  const led = unit === undefined ? UNIT_BEFORE.exec(figure.before)?.[0].trimStart() : ''
  if (unit === undefined && led === undefined) return []
  const sign = SIGN.exec(figure.before)?.[1] ?? ''
  const range = RANGE.exec(figure.before)
  const ranged = range !== null && !RAISED.test(figure.before)
  const from = figure.from - (ranged ? range[0].length - leadOf(range[0]) : sign.length + (led ?? '').length)
  const to = figure.to + half.length + (unit ?? '').length
  const value =
    half === '' || figure.value === null ? figure.value : new Decimal(figure.value).plus('0.5').toFixed()
  const why = ranged ? 'ambiguous' : (figure.why ?? mistakeIn(value, sign))
  return [{ from, to, value: why === null ? value : null, why, ...around(text, from, to) }]
}

/** How much of the match stands before the first figure of a range. */
const leadOf = (range: string) => range.search(/\d/)

const around = (text: string, from: number, to: number) => ({
  before: text.slice(Math.max(0, from - BEFORE_REACH), from),
  after: text.slice(to, to + AFTER_REACH),
})

/** A minus in front of a discount is how people write it; a plus makes the price higher. */
function mistakeIn(value: string | null, sign: string): Mistake | null {
  const percent = new Decimal(value ?? 0)
  if (percent.isZero()) return 'zero'
  if (percent.gte(100)) return 'tooLarge'
  return sign === '+' ? 'negative' : null
}

/** «двадцать пять процентов», `twelve and a half percent`. */
const IN_WORDS = words(
  `(\\p{L}{3,14}(?:[ -]\\p{L}{3,12})?)((?: с половиной| and a half)?) (?:процент\\p{L}{0,4}|per ?cent)`,
)
const MOST_IN_WORDS = 20

function percentsInWords(text: string): readonly Percent[] {
  const found: Percent[] = []
  for (const match of text.matchAll(IN_WORDS).take(MOST_IN_WORDS)) {
    const [said, number = '', half = ''] = match
    const counted = countInWords(number)
    if (counted === null) continue
    const from = match.index + counted.skipped
    const to = match.index + said.length
    const value = new Decimal(counted.value).plus(half === '' ? 0 : '0.5').toFixed()
    const why = mistakeIn(value, '')
    found.push({ from, to, value: why === null ? value : null, why, ...around(text, from, to) })
  }
  return found
}
