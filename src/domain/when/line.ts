import { spelled } from './spelling.ts'

/** A word, a number or a sign: where it stands in the text as it was written, and in the line as it is read. */
type Token = Readonly<{
  from: number
  to: number
  start: number
  end: number
  word: boolean
  digits: boolean
}>

/**
 * The text in one spelling (small letters, `е` for `ё`, one dash, one space, slips mended), with the way back from
 * every place in it to the text as it was written.
 */
export type Line = Readonly<{
  source: string
  text: string
  tokens: readonly Token[]
  /** The token that starts, or ends, at this place of `text`. */
  starts: ReadonlyMap<number, number>
  ends: ReadonlyMap<number, number>
}>

const SIGNS: Readonly<Record<string, string>> = {
  '–': '-',
  '—': '-',
  '−': '-',
  '‑': '-',
  '’': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
}

export function readLine(source: string): Line {
  const tokens: Token[] = []
  const parts: string[] = []
  const read = new Map<string, string>()
  let length = 0
  let previousEnd = 0
  for (const match of source.matchAll(/\p{L}[\p{L}\p{M}]*|\d+|\S/gu)) {
    const raw = match[0]
    const word = /^\p{L}/u.test(raw)
    const said = word ? (read.get(raw) ?? spelled(plain(raw))) : (SIGNS[raw] ?? raw)
    if (word) read.set(raw, said)
    if (tokens.length > 0 && match.index > previousEnd) {
      parts.push(' ')
      length += 1
    }
    parts.push(said)
    previousEnd = match.index + raw.length
    const place = { from: match.index, to: previousEnd, start: length, end: length + said.length }
    tokens.push({ ...place, word, digits: /^\d/.test(raw) })
    length += said.length
  }
  return {
    source,
    text: parts.join(''),
    tokens,
    starts: new Map(tokens.map(({ start }, index) => [start, index])),
    ends: new Map(tokens.map(({ end }, index) => [end, index])),
  }
}

function plain(word: string): string {
  const composed = word.normalize('NFC').toLowerCase().replaceAll('ё', 'е')
  return composed === 'c' ? 'с' : composed
}
