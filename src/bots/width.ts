/** Characters as people see them: one may be many code points. */
export const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Marks above others, and signs that only tell how to write. Alone they are nothing, also one that asks for an emoji. */
const NO_CELL = /^[\p{Mark}\u200B-\u200F\u2060\uFEFF]+$/u
/** East Asian letters, emoji and flags. A sign such as ☎ is one only where it is written as one. */
const TWO_CELLS =
  /^[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|^\p{Emoji_Presentation}|\uFE0F/u

/** Cells that a text takes in a fixed font; right for nearly all. */
export const widthOf = (text: string): number => widthUpTo(text, Number.POSITIVE_INFINITY)

/** Stops counting where it is more than `enough`: what is too wide need not be measured to its end. */
export function widthUpTo(text: string, enough: number): number {
  let width = 0
  for (const { segment } of graphemes.segment(text)) {
    width += cellsOf(segment)
    if (width > enough) break
  }
  return width
}

function cellsOf(letter: string): number {
  if (NO_CELL.test(letter)) return 0
  return TWO_CELLS.test(letter) ? 2 : 1
}
