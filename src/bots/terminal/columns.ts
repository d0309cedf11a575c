import { tame } from '../plain-words.ts'
import { graphemes, widthOf } from '../width.ts'

/** Text for a screen of fixed cells: how it fills them, how it wraps, and what of it may not reach the terminal at all. */

// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/g
/** Harmless elsewhere; here a sign without a cell, of which no terminal knows the same. */
const DIRECTION_MARKS = /[\u061C\u200E\u200F]/g

/**
 * A terminal obeys control characters: a name could clear the screen, retitle the window or fake an answer. They are
 * shown by their pictures (␛) instead; line ends stay, marks that turn the direction of writing go.
 */
export function inert(text: string): string {
  const shown = text.replaceAll('\r\n', '\n').replaceAll('\t', ' ').replaceAll(CONTROLS, picture)
  return tame(shown).replaceAll(DIRECTION_MARKS, '')
}

function picture(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '\u2421' : '\uFFFD'
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
  for (const { segment } of graphemes.segment(word)) {
    const cells = widthOf(segment)
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
