import { Decimal } from 'decimal.js'
import type { Span } from '../when/reading.ts'

/** Why something that looks like a figure cannot be the one that is meant. */
export type Mistake = 'zero' | 'negative' | 'tooLarge' | 'ambiguous' | 'notANumber'

/** A number in a line, with its neighbourhood: what it counts is told by the words around it. */
export type Figure = Span &
  Readonly<{
    value: string | null
    why: Mistake | null
    /** Digits before the decimal separator. */
    digits: number
    before: string
    after: string
  }>

export const BEFORE_REACH = 48
export const AFTER_REACH = 32
/** A line about a discount has a handful; what comes after so many is not looked at. */
const MOST_FIGURES = 60
const LONGEST = 40

const WIDE = /[０-９％﹪٪．，＋－＄￥￡？\u2000-\u200A\u205F\u3000]/g
const WIDE_SIGNS: Readonly<Record<string, string>> = {
  '％': '%',
  '﹪': '%',
  '٪': '%',
  '．': '.',
  '，': ',',
  '＋': '+',
  '－': '-',
  '＄': '$',
  '￥': '¥',
  '￡': '£',
  '？': '?',
}

/** The line with wide digits and signs as plain ones and every space as a space, each at its place. */
export function narrowed(line: string): string {
  return line.replaceAll(WIDE, (sign) => WIDE_SIGNS[sign] ?? (/\s/.test(sign) ? ' ' : digitOf(sign)))
}

const FULL_WIDTH_ZERO = 0xff10
const digitOf = (sign: string) => String((sign.codePointAt(0) ?? FULL_WIDTH_ZERO) - FULL_WIDTH_ZERO)

/** Runs that are taken whole, so that a long row of digits is read once. */
const RUN = /\d[\d.,']*(?:e[+-]?\d+)?/g

export function figuresIn(text: string): readonly Figure[] {
  const found: Figure[] = []
  let end = 0
  for (const { index, 0: run } of text.matchAll(RUN)) {
    if (index < end) continue
    const trimmed = run.replace(/[.,']{1,8}$/, '')
    end = groupedEnd(text, index, trimmed)
    if (isCode(text, index, end)) continue
    found.push(figureAt(text, index, end))
    if (found.length >= MOST_FIGURES) break
  }
  return found
}

/** «9 000 000»: groups of three that stand behind one space each. */
function groupedEnd(text: string, from: number, run: string): number {
  let end = from + run.length
  if (!/^\d{1,3}$/.test(run)) return end
  for (;;) {
    const group = /^ \d{3}(?:[.,]\d{1,2})?(?![\d'])/.exec(text.slice(end, end + 8))?.[0]
    if (group === undefined) return end
    end += group.length
    if (group.length > 4) return end
  }
}

/** P-200, K40, 24/7, 200-litre: a part of a name. */
function isCode(text: string, from: number, to: number): boolean {
  const before = text.slice(Math.max(0, from - 3), from)
  const after = text.slice(to, to + 3)
  if (/[\p{L}_#№]$|\p{L}[-./]$|\d[/:]$|[/:]\d?$/u.test(before)) return true
  return /^[/:]\d|^_/.test(after) || (/^-\p{L}/u.test(after) && !/^-(?:пр|pe|%)/.test(after))
}

function figureAt(text: string, from: number, to: number): Figure {
  const written = text.slice(from, to)
  const read = readFigure(written)
  return {
    from,
    to,
    value: 'value' in read ? read.value : null,
    why: 'why' in read ? read.why : null,
    digits: 'value' in read ? (read.value.split('.')[0] ?? '').length : written.replace(/[^\d]/g, '').length,
    before: text.slice(Math.max(0, from - BEFORE_REACH), from),
    after: text.slice(to, to + AFTER_REACH),
  }
}

const NOT_A_NUMBER = { why: 'notANumber' } as const

/**
 * Decimal text of a figure, judged as cells of an import are (imports/numbers.ts): of two different separators the later
 * one is decimal, a repeated one groups, and `1,234` may be a thousand or a fraction. Only `1,000` is a thousand here:
 * nobody writes three decimals to say that two of them are nothing.
 */
export function readFigure(
  written: string,
): Readonly<{ value: string }> | Readonly<{ why: 'ambiguous' | 'notANumber' }> {
  if (written.length > LONGEST || !/^\d+(?:[.,' ]\d+)*$/.test(written)) return NOT_A_NUMBER
  const whole = written.split(/[.,]\d*$/)[0] ?? written
  if (/[ ']/.test(written) && !/^\d{1,3}([ ']\d{3})+$/.test(whole)) return NOT_A_NUMBER
  const digits = written.replaceAll(/[ ']/g, '')
  const point = decimalSeparator(digits)
  if (point === 'ambiguous') return { why: 'ambiguous' }
  const at = point === null ? digits.length : digits.lastIndexOf(point)
  const grouped = digits.slice(0, at)
  if (/[.,]/.test(grouped) && !/^\d{1,3}([.,])\d{3}(?:\1\d{3})*$/.test(grouped)) return NOT_A_NUMBER
  const value = new Decimal(`${grouped.replaceAll(/[.,]/g, '')}.${digits.slice(at + 1) || '0'}`)
  return { value: value.toFixed() }
}

function decimalSeparator(digits: string): '.' | ',' | null | 'ambiguous' {
  const points = digits.split('.').length - 1
  const commas = digits.split(',').length - 1
  if (points + commas === 0) return null
  if (points > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ','
  if (points + commas > 1) return null
  if (/^[1-9]\d{0,2}[.,]\d00$/.test(digits)) return null
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)) return 'ambiguous'
  return points === 1 ? '.' : ','
}
