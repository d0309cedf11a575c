import { escaped, tame } from '../plain-words.ts'
import { graphemes } from '../width.ts'

/** A run of text with at most one mark. Everything is plain here; tags and escapes come last, in `toHtml`. */
export type Span = Readonly<{ text: string; mark?: 'b' | 'i' | 'pre' }>

/** One line of a message. An empty one separates blocks. */
export type Line = readonly Span[]

export const BLANK: Line = []

/** UTF-16 units, which is what Telegram counts after it has read the tags. */
export const lengthOf = (line: Line): number => line.reduce((sum, span) => sum + span.text.length, 0)

/** Nothing a person could see: Telegram refuses a message that holds no more than this. */
const INVISIBLE = /^[\p{Z}\p{C}\p{M}\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0]*$/u

/** Somebody's words on one line, so that a value cannot draw lines of its own into a card. */
export function onOneLine(text: string): string {
  const lines = tame(text).replaceAll('\t', ' ').split('\n')
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')
}

export const isVisible = (text: string): boolean => !INVISIBLE.test(text)

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

/** The one place where tags are made. Neighbouring lines of a table become one box. */
export function toHtml(lines: readonly Line[]): string {
  return lines
    .map((line) => line.map(tagged).join(''))
    .join('\n')
    .replaceAll('</pre>\n<pre>', '\n')
}

function tagged({ text, mark }: Span): string {
  const safe = escaped(text)
  return mark && text !== '' ? `<${mark}>${safe}</${mark}>` : safe
}

export const toPlain = (lines: readonly Line[]): string =>
  lines.map((line) => line.map((span) => span.text).join('')).join('\n')
