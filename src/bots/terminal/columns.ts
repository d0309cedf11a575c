/** Text for a screen of fixed cells: how wide it is, how it wraps, and what of it may not reach the terminal at all. */

// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/g
const DIRECTIONS = /[\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g

/**
 * A terminal obeys control characters: a name could clear the screen, retitle the window or fake an answer. They are
 * shown by their pictures (␛) instead; line ends stay, marks that turn the direction of writing go.
 */
export function inert(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', ' ')
    .replaceAll(CONTROLS, picture)
    .replaceAll(DIRECTIONS, '')
}

function picture(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '\u2421' : '\uFFFD'
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const WIDE =
  /^[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|^\p{Emoji_Presentation}|\uFE0F/u

/** Cells that a text takes: two for East Asian letters and emoji, none for marks above others. Right for nearly all. */
export function widthOf(text: string): number {
  let width = 0
  for (const { segment } of letters.segment(text)) width += letterWidth(segment)
  return width
}

function letterWidth(letter: string): number {
  if (WIDE.test(letter)) return 2
  return /^[\p{Mark}\u200B-\u200D\uFEFF]+$/u.test(letter) ? 0 : 1
}

export const padEnd = (text: string, width: number) => text + ' '.repeat(Math.max(width - widthOf(text), 0))
export const padStart = (text: string, width: number) => ' '.repeat(Math.max(width - widthOf(text), 0)) + text

/** Lines of at most this width, broken between words, and within a word that is longer than a line. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(width, 1)))
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of line.split(' ')) {
    const joined = current === '' ? word : `${current} ${word}`
    if (widthOf(joined) <= width) {
      current = joined
      continue
    }
    if (current !== '') lines.push(current)
    const pieces = breakWord(word, width)
    current = pieces.pop() ?? ''
    lines.push(...pieces)
  }
  return [...lines, current]
}

function breakWord(word: string, width: number): string[] {
  const pieces: string[] = []
  let piece = ''
  let taken = 0
  for (const { segment } of letters.segment(word)) {
    const cells = letterWidth(segment)
    if (taken + cells > width && piece !== '') {
      pieces.push(piece)
      piece = ''
      taken = 0
    }
    piece += segment
    taken += cells
  }
  return [...pieces, piece]
}
