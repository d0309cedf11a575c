import { hasCyrillic, nameKey } from '../accounts/name-key.ts'
import { fitWord, soundLetters } from '../accounts/word-fit.ts'
import type { Span } from '../when/reading.ts'
import { overlaps } from './plain.ts'

/** A word or a number of a line or of a name, as it sounds. P200, P-200 and P 200 are two each. */
export type NameWord = Span &
  Readonly<{ keys: readonly string[]; number: boolean; cyrillic: boolean; weak: boolean }>

/** An offer is named in the first words of a line, if at all. */
const MOST_WORDS = 160
const LONGEST_WORD = 40

const WEAK = new Set(
  [
    'на в во по про для за и или от до с со у к о об из при под не да то мы они он она их им нам нас вас год года лет это как что',
    'on in at to for of the a an and or by from with off up it is are we they us them one per if no as two new year net all pro',
  ].flatMap((line) => line.split(' ')),
)

/** As many names as a long price list has; beyond it they are read anew. */
const MOST_KNOWN = 20_000
const known = new Map<string, readonly NameWord[]>()

/** The same for a name of ours, which is asked for with every line: kept, for reading costs ten times as much as comparing. */
export function wordsOfName(name: string): readonly NameWord[] {
  const before = known.get(name)
  if (before) return before
  const words = nameWords(name)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(name, words)
  return words
}

export function nameWords(text: string, taken: readonly Span[] = []): readonly NameWord[] {
  const found: NameWord[] = []
  for (const { index, 0: raw } of text.matchAll(/\p{L}[\p{L}\p{M}]*|\d+/gu)) {
    const span = { from: index, to: index + raw.length }
    if (raw.length > LONGEST_WORD || taken.some((other) => overlaps(other, span))) continue
    found.push({ ...span, ...spoken(raw) })
    if (found.length >= MOST_WORDS) break
  }
  return found
}

function spoken(raw: string): Omit<NameWord, keyof Span> {
  const small = raw.normalize('NFC').toLowerCase()
  if (/^\d/.test(small)) return { keys: [small], number: true, cyrillic: false, weak: false }
  // GTX is said «гтх» by some and «гтикс» by others.
  const spellings = small.includes('x') ? [small, small.replaceAll('x', 'kh')] : [small]
  const keys = [...new Set(spellings.map((spelling) => soundLetters(nameKey(spelling))))].filter(
    (key) => key !== '',
  )
  return { keys, number: false, cyrillic: hasCyrillic(small), weak: WEAK.has(small) }
}

const SHORTEST_START = 4
const SHORTEST_SLIP = 4

/** What it costs to take one for the other; null when they are different words. `slack`: beside a word that fits. */
export function wordCost(said: NameWord, name: NameWord, slack = 0): number | null {
  if (said.number || name.number)
    return said.number && name.number && said.keys[0] === name.keys[0] ? 0 : null
  let least: number | null = null
  for (const typed of said.keys)
    for (const word of name.keys) {
      const cost = keyCost(typed, word, said, slack)
      if (cost !== null && (least === null || cost < least)) least = cost
    }
  return least
}

function keyCost(typed: string, word: string, { weak, cyrillic }: NameWord, slack: number): number | null {
  if (typed === word) return 0
  if (weak || typed.length < SHORTEST_SLIP || word.length < SHORTEST_SLIP) return null
  if (typed[0] !== word[0] && typed[1] !== word[1]) return null
  const fit = fitWord(typed, word, cyrillic, slack)
  if (!fit || fit.how === 'inside') return null
  return fit.how === 'start' && typed.length < SHORTEST_START ? null : fit.cost
}
