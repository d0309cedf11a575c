/** A run of text with at most one mark. Everything is plain here; tags and escapes come last, in `toHtml`. */
export type Span = Readonly<{ text: string; mark?: 'b' | 'i' | 'pre' }>

/** One line of a message. An empty one separates blocks. */
export type Line = readonly Span[]

export const BLANK: Line = []

/** UTF-16 units, which is what Telegram counts after it has read the tags. */
export const lengthOf = (line: Line): number => line.reduce((sum, span) => sum + span.text.length, 0)

/** Control characters but tab and line feed. */
const CONTROLS = /[^\P{Cc}\t\n]/gu
/** Overrides, embeddings and isolates turn the rest of a line around. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g
/** Nothing a person could see: Telegram refuses a message that holds no more than this. */
const INVISIBLE = /^[\p{Z}\p{C}\p{M}\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0]*$/u

/** Person's words as Telegram can carry them: whole characters, line feeds, nothing that moves other text about. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(CONTROLS, '')
    .replaceAll(TURNING, '')
}

/** The same on one line, so that a value cannot draw lines of its own into a card. */
export function onOneLine(text: string): string {
  const lines = clean(text).replaceAll('\t', ' ').split('\n')
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')
}

export const isVisible = (text: string): boolean => !INVISIBLE.test(text)

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Where to cut a text that must not be longer than `room`: after a word, else after a whole character as people see it. */
export function cutAt(text: string, room: number): number {
  if (text.length <= room) return text.length
  const space = text.lastIndexOf(' ', room)
  if (space > room / 2) return space
  const start = graphemes.segment(text).containing(room)?.index ?? 0
  if (start > 0) return start
  // One character with thousands of marks on it: only the surrogate pair is sacred then.
  return /[\uDC00-\uDFFF]/.test(text.charAt(room)) ? room - 1 : room
}

/** Cut to a number of characters as people see them, never inside one. */
export function shortened(text: string, longest: number): string {
  // A character may be long; a label of many units is refused all the same.
  const near = text.slice(0, cutAt(text, longest * 8))
  const letters = Array.from(graphemes.segment(near), ({ segment }) => segment)
  if (letters.length <= longest && near === text) return text
  return `${letters
    .slice(0, longest - 1)
    .join('')
    .trimEnd()}…`
}

/** Wide ones take two columns in a fixed font. */
const WIDE =
  /\p{Extended_Pictographic}|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]/u

/** Stops counting where it is `enough`: what is too wide need not be measured to its end. */
export function columnsOf(text: string, enough: number): number {
  let columns = 0
  for (const { segment } of graphemes.segment(text)) {
    columns += WIDE.test(segment) ? 2 : 1
    if (columns > enough) break
  }
  return columns
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The one place where tags are made. Neighbouring lines of a table become one box. */
export function toHtml(lines: readonly Line[]): string {
  return lines
    .map((line) => line.map(tagged).join(''))
    .join('\n')
    .replaceAll('</pre>\n<pre>', '\n')
}

function tagged({ text, mark }: Span): string {
  const safe = escape(text)
  return mark && text !== '' ? `<${mark}>${safe}</${mark}>` : safe
}

export const toPlain = (lines: readonly Line[]): string =>
  lines.map((line) => line.map((span) => span.text).join('')).join('\n')
