import { areNeighbours } from './keyboard-layout.ts'

/** How one typed word fits one word of a name. Both are in the letters of nameKey, one letter per sound. */
export type WordFit = Readonly<{
  how: 'same' | 'ending' | 'start' | 'typo' | 'inside' | 'start with typo'
  cost: number
}>

const DIGRAPHS: readonly (readonly [string, string])[] = [
  ['dzh', 'j'],
  ['sh', 'w'],
  ['zh', 'x'],
  ['ch', 'q'],
  ['ts', 'c'],
]

/** One letter per sound, so that one slip of the finger is one difference. */
export function soundLetters(key: string): string {
  return DIGRAPHS.reduce((text, [pair, letter]) => text.replaceAll(pair, letter), key)
}

export function keyLetters(sounds: string): string {
  return DIGRAPHS.reduce((text, [pair, letter]) => text.replaceAll(letter, pair), sounds)
}

/** `slack` is what a word may be worse when the rest of the name is as it should be. */
export function fitWord(typed: string, word: string, cyrillic: boolean, slack = 0): WordFit | null {
  if (typed === word) return { how: 'same', cost: 0 }
  // Another number is another plant, shop or street: digits are never a typo.
  if (/\d/.test(typed) || /\d/.test(word)) return fitNumber(typed, word)
  if (word.startsWith(typed) || keyLetters(word).startsWith(keyLetters(typed)))
    return { how: 'start', cost: 0.1 }
  if (cyrillic && differOnlyInEnding(typed, word)) return { how: 'ending', cost: 0.3 }
  const typo = typoCost(typed, word, cyrillic)
  const shorter = Math.min(typed.length, word.length)
  if (typo <= allowance(shorter) + (shorter > 3 ? slack : 0)) return { how: 'typo', cost: typo }
  if (typed.length >= 4 && word.includes(typed)) return { how: 'inside', cost: 0.6 }
  return fitStart(typed, word, cyrillic)
}

/** What may be wrong in a word of this length before it is another word. */
export function allowance(length: number): number {
  if (length <= 3) return 0
  if (length === 4) return 0.6
  if (length <= 6) return 1
  if (length <= 9) return 1.6
  return length <= 14 ? 2.1 : 2.8
}

/**
 * The least sum of slips that turn one word into the other (optimal string alignment). Likely slips cost less: a letter
 * that sounds alike, the next key, two letters in the wrong order. An arbitrary other letter costs more than one slip,
 * for it often makes another name of it. Infinite where it is far beyond what may be wrong in words of this length.
 */
export function typoCost(typed: string, word: string, cyrillic: boolean): number {
  const limit = allowance(Math.min(typed.length, word.length)) + 1
  if (Math.abs(typed.length - word.length) * 0.8 > limit) return Number.POSITIVE_INFINITY
  let before: number[] = []
  let leastBefore = 0
  let row = Array.from({ length: word.length + 1 }, (_, at) => at * GAP)
  for (let i = 1; i <= typed.length; i += 1) {
    const next = [i * GAP]
    let least = i * GAP
    for (let j = 1; j <= word.length; j += 1) {
      const a = typed[i - 1] ?? ''
      const b = word[j - 1] ?? ''
      const change =
        (row[j - 1] ?? 0) + (a === b ? 0 : otherLetter(a, b, cyrillic) + (i === 1 && j === 1 ? FIRST : 0))
      const swapped = i > 1 && j > 1 && a === word[j - 2] && b === typed[i - 2]
      const swap = swapped ? (before[j - 2] ?? 0) + SWAP : Number.POSITIVE_INFINITY
      const cost = Math.min(change, (row[j] ?? 0) + GAP, (next[j - 1] ?? 0) + GAP, swap)
      next[j] = cost
      if (cost < least) least = cost
    }
    // Nothing gets cheaper on the way, and two letters in the wrong order look back over one row.
    if (least > limit && leastBefore > limit) return Number.POSITIVE_INFINITY
    leastBefore = least
    before = row
    row = next
  }
  return row[word.length] ?? Number.POSITIVE_INFINITY
}

const GAP = 0.9
const SWAP = 0.8
const NEXT_KEY = 0.8
const ALIKE = 0.5
const OTHER = 1.5
/** People seldom get the first letter wrong. */
const FIRST = 0.3

const SOUNDS_ALIKE = pairs(
  'ao',
  'ei',
  'dt',
  'bp',
  'vf',
  'gk',
  'zs',
  'wx',
  'wq',
  'cs',
  'gh',
  'hk',
  'kc',
  'jx',
  'iu',
  'ea',
  'ij',
  'gj',
  'ou',
)

const CYRILLIC_KEYS = new Map(
  Array.from('abvgdexziklmnoprstufhcqw', (letter, at) => [letter, 'абвгдежзиклмнопрстуфхцчш'[at] ?? letter]),
)

const LETTERS = 128
/** By the codes of both letters, for keys of either alphabet: it is asked for every pair of letters of every pair of words. */
const OTHER_COSTS = [new Float64Array(LETTERS ** 2), new Float64Array(LETTERS ** 2)] as const

function otherLetter(a: string, b: string, cyrillic: boolean): number {
  const [from, to] = [a.charCodeAt(0), b.charCodeAt(0)]
  if (!(from < LETTERS && to < LETTERS)) return reckonedOther(a, b, cyrillic)
  const costs = OTHER_COSTS[cyrillic ? 1 : 0]
  const at = from * LETTERS + to
  // None costs nothing.
  return (costs[at] ||= reckonedOther(a, b, cyrillic))
}

function reckonedOther(a: string, b: string, cyrillic: boolean): number {
  if (SOUNDS_ALIKE.has(a + b)) return ALIKE
  const near = cyrillic
    ? areNeighbours(CYRILLIC_KEYS.get(a) ?? a, CYRILLIC_KEYS.get(b) ?? b)
    : areNeighbours(a, b)
  return near ? NEXT_KEY : OTHER
}

function pairs(...two: readonly string[]): ReadonlySet<string> {
  return new Set(two.flatMap((pair) => [pair, `${pair[1]}${pair[0]}`]))
}

/** A number that is being typed may become a longer one; only long ones, such as tax numbers, are worth completing. */
function fitNumber(typed: string, word: string): WordFit | null {
  return typed.length >= 4 && word.startsWith(typed) ? { how: 'start', cost: 0.1 } : null
}

/** The beginning of a longer word, mistyped. */
function fitStart(typed: string, word: string, cyrillic: boolean): WordFit | null {
  if (typed.length < 5 || word.length <= typed.length) return null
  const costs = [0, -1, 1].map((more) => typoCost(typed, word.slice(0, typed.length + more), cyrillic))
  const cost = Math.min(...costs)
  return cost <= allowance(typed.length) ? { how: 'start with typo', cost: cost + 0.5 } : null
}

/** Case endings of Russian nouns and adjectives, in the letters of the key: у Газпрома, в Ромашке, Деловым Линиям. */
const ENDINGS = new Set(
  [
    '',
    'a',
    'u',
    'e',
    'i',
    'o',
    'ia',
    'ii',
    'ei',
    'oi',
    'om',
    'em',
    'im',
    'am',
    'iam',
    'ami',
    'iami',
    'imi',
    'ah',
    'iah',
    'ih',
  ].concat(['ov', 'ev', 'ogo', 'ego', 'omu', 'emu', 'aia', 'uu', 'ie', 'iu', 'eu']),
)

function differOnlyInEnding(typed: string, word: string): boolean {
  let shared = 0
  while (shared < typed.length && typed[shared] === word[shared]) shared += 1
  for (let stem = shared; stem >= 3 && stem >= shared - 3; stem -= 1) {
    const fits = ENDINGS.has(typed.slice(stem)) && ENDINGS.has(word.slice(stem))
    if (fits && (stem >= 4 || stem === word.length)) return true
  }
  return false
}
