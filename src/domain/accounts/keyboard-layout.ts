const ENGLISH = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
const RUSSIAN = 'ёйцукенгшщзхъфывапролджэячсмитьбю'
/** The same keys with Shift held, for people who start a name with a capital letter. */
const ENGLISH_SHIFTED = '~{}:"<>'
const RUSSIAN_SHIFTED = 'ёхъжэбю'

const TO_RUSSIAN = keys(ENGLISH + ENGLISH_SHIFTED, RUSSIAN + RUSSIAN_SHIFTED)
const TO_ENGLISH = keys(RUSSIAN, ENGLISH)

const CYRILLIC = /\p{Script=Cyrillic}/u
const LATIN = /\p{Script=Latin}/u

/** What the same key strokes give in the other layout, lower case; null when the text has letters of both or of none. */
export function swapLayout(text: string): string | null {
  const cyrillic = CYRILLIC.test(text)
  if (cyrillic === LATIN.test(text)) return null
  const table = cyrillic ? TO_ENGLISH : TO_RUSSIAN
  return Array.from(text.toLowerCase(), (key) => table.get(key) ?? key).join('')
}

const NEIGHBOURS = new Set(neighbours(['qwertyuiop', 'asdfghjkl', 'zxcvbnm']))
const RUSSIAN_NEIGHBOURS = new Set(neighbours(['йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю']))

/** Whether a finger aiming at one of these letters may hit the other: side by side, or one row up or down. */
export function areNeighbours(one: string, other: string): boolean {
  return NEIGHBOURS.has(one + other) || RUSSIAN_NEIGHBOURS.has(one + other)
}

function keys(from: string, to: string): ReadonlyMap<string, string> {
  const letters = Array.from(to)
  return new Map(Array.from(from, (key, place) => [key, letters[place] ?? key]))
}

function* neighbours(rows: readonly string[]): Generator<string> {
  for (const [r, row] of rows.entries()) {
    for (const [c, letter] of Array.from(row).entries()) {
      const near = [row[c + 1], rows[r + 1]?.[c], rows[r + 1]?.[c - 1]]
      for (const other of near) if (other) yield* [letter + other, other + letter]
    }
  }
}
