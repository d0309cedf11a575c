import { hasCyrillic, type Reading, readings, readName } from './name-key.ts'
import { allowance, fitWord, soundLetters, typoCost, type WordFit } from './word-fit.ts'

export type NameCandidate = Readonly<{
  accountId: string
  accountName: string
  text: string
  key: string
  kind: 'NAME' | 'ALIAS' | 'TAX_NUMBER'
}>

export type NameMatch =
  | Readonly<{ kind: 'sure'; accountId: string }>
  | Readonly<{ kind: 'several'; accountIds: readonly string[] }>
  | Readonly<{ kind: 'none'; nearest: readonly string[] }>

const MOST_OFFERED = 8
const MOST_NEAREST = 5

/** How a name answers what was typed, best first. `whole`: all its words were meant; `part`: some; `vague`: it is near. */
type Grade = 'exact' | 'whole' | 'part' | 'vague'
type Fit = Readonly<{ grade: Grade; cost: number; reading: Reading }>
type RankedAccount = Readonly<{ accountId: string; accountName: string; fit: Fit }>

/**
 * Whom somebody meant. Sure only when one account fits clearly better than every other one: a wrong card in front of a
 * client costs more than a question. The order of the candidates does not matter.
 */
export function judgeNames(query: string, candidates: readonly NameCandidate[]): NameMatch {
  const ranked = rankAccounts(query, candidates)
  const best = ranked[0]
  if (!best) return { kind: 'none', nearest: [] }
  const rivals = ranked.filter(({ fit }) => isRival(best.fit, fit))
  if (rivals.length > 1) return { kind: 'several', accountIds: ids(rivals, MOST_OFFERED) }
  if (isEnough(best.fit)) return { kind: 'sure', accountId: best.accountId }
  return { kind: 'none', nearest: ids(ranked, MOST_NEAREST) }
}

/** The accounts among the candidates that answer at all, best first, each once. */
export function rankAccounts(query: string, candidates: readonly NameCandidate[]): RankedAccount[] {
  const typed = readings(query)
  const typedName = readName(query)
  const best = new Map<string, RankedAccount>()
  for (const candidate of candidates) {
    const { accountId, accountName } = candidate
    for (const reading of typed) {
      const fit = fitCandidate(reading, typedName, candidate)
      const known = best.get(accountId)
      if (fit && (!known || compareFits(fit, known.fit) < 0))
        best.set(accountId, { accountId, accountName, fit })
    }
  }
  return [...best.values()].toSorted(
    (a, b) =>
      compareFits(a.fit, b.fit) ||
      // Of names that fit alike the one with the least besides what was typed.
      a.accountName.length - b.accountName.length ||
      compareText(a.accountName, b.accountName) ||
      compareText(a.accountId, b.accountId),
  )
}

/** Two accounts between which it would be a coin toss. */
function isRival(best: Fit, other: Fit): boolean {
  const behind = other.cost - best.cost
  if (best.grade === 'vague' || other.grade === 'vague') return false
  if (best.grade === 'exact') return other.grade === 'exact' && behind < 0.05
  // A mistyped whole name against the clean beginning of a longer one: either may be meant.
  if (best.grade === 'whole') return other.grade === 'whole' ? behind < 0.5 : other.cost <= 0.2
  return score(other) - score(best) < 0.65
}

/** Whether the best account may be claimed when it stands alone. */
function isEnough({ grade, cost, reading }: Fit): boolean {
  if (grade === 'vague') return false
  const length = reading.key.replaceAll(' ', '').length
  const letters = reading.key.replaceAll(/[^a-z]/g, '').length
  const inOtherLayout = reading.how === 'layout'
  if (grade === 'exact') return !inOtherLayout || length >= 3
  if (grade === 'whole') return !inOtherLayout || length >= 6
  if (inOtherLayout && length < 5) return false
  // S7, X5: short, but a whole word of the name.
  if (cost === 0 && letters > 0 && letters < length) return true
  return cost < 0.5 ? letters >= 3 || length >= 6 : letters >= 5 && cost < 1.8
}

const PENALTY = { direct: 0, spelling: 0.1, layout: 0.15 } as const

function fitCandidate(reading: Reading, typed: TypedName, candidate: NameCandidate): Fit | null {
  const fit =
    candidate.kind === 'TAX_NUMBER'
      ? fitTaxNumber(reading, candidate.key)
      : fitName(reading, typed, candidate)
  return fit && { ...fit, cost: fit.cost + PENALTY[reading.how], reading }
}

type TypedName = ReturnType<typeof readName>
type PlainFit = Omit<Fit, 'reading'>

function fitTaxNumber({ key }: Reading, number: string): PlainFit | null {
  if (!/^\d+$/.test(key)) return null
  if (number === key) return { grade: 'exact', cost: 0 }
  if (!number.startsWith(key) || key.length < 4) return null
  return { grade: 'part', cost: 0.1 }
}

function fitName(reading: Reading, typed: TypedName, candidate: NameCandidate): PlainFit | null {
  const { key } = candidate
  if (key === reading.key) return { grade: 'exact', cost: difference(reading, typed, candidate.text) }
  const one = soundLetters(reading.key)
  const name = soundLetters(key)
  if (sorted(one) === sorted(name) || glued(one) === glued(name)) {
    return { grade: 'exact', cost: 0.4 + formDifference(typed, readName(candidate.text)) }
  }
  return (
    fitWords(one, name, reading.cyrillic) ?? fitGlued(one, name, reading.cyrillic) ?? fitVaguely(one, name)
  )
}

/** Names that sound the same may still differ in their legal form, or in spelling within one alphabet. */
function difference(reading: Reading, typed: TypedName, text: string): number {
  const name = readName(text)
  const spelled = name.words.join(' ')
  const asTyped = typed.words.join(' ')
  const sameAlphabet = reading.how === 'direct' && hasCyrillic(spelled) === hasCyrillic(asTyped)
  return formDifference(typed, name) + (sameAlphabet && spelled !== asTyped ? 0.2 : 0)
}

function formDifference(typed: TypedName, name: TypedName): number {
  if (typed.forms.length === 0 || name.forms.some((form) => typed.forms.includes(form))) return 0
  return name.forms.length === 0 ? 0.1 : 0.15
}

function fitWords(typed: string, name: string, cyrillic: boolean): PlainFit | null {
  const wanted = typed.split(' ').toSorted((a, b) => b.length - a.length || compareText(a, b))
  const left = name.split(' ')
  const slack = wanted.length > 1 && typed.length >= 8 ? 0.4 : 0
  const fits: WordFit[] = []
  for (const word of wanted) {
    const found = bestWord(word, left, cyrillic, slack)
    if (!found) return null
    fits.push(found.fit)
    left.splice(found.at, 1)
  }
  const cost = fits.reduce((sum, fit) => sum + fit.cost, 0)
  const isWhole =
    left.length === 0 && fits.every(({ how }) => how === 'same' || how === 'ending' || how === 'typo')
  if (isWhole) return { grade: 'whole', cost }
  return { grade: 'part', cost: cost + (fits.some(({ how }) => how === 'typo') ? 0.5 : 0) }
}

type Found = Readonly<{ fit: WordFit; at: number }>

function bestWord(typed: string, words: readonly string[], cyrillic: boolean, slack: number): Found | null {
  let best: Found | null = null
  for (const [at, word] of words.entries()) {
    const fit = fitWord(typed, word, cyrillic, slack)
    if (fit && (!best || fit.cost < best.fit.cost)) best = { fit, at }
  }
  return best
}

/** Words written together or apart, with a slip or as a beginning. Digits must agree. */
function fitGlued(typed: string, name: string, cyrillic: boolean): PlainFit | null {
  const one = glued(typed)
  const other = glued(name)
  if (one.length < 5 || (!typed.includes(' ') && !name.includes(' '))) return null
  if (other.startsWith(one) && !/\d/.test(other[one.length] ?? '')) return { grade: 'part', cost: 0.8 }
  if (isOneMoreWord(typed.split(' '), name.split(' ')) || digits(one) !== digits(other)) return null
  const cost = typoCost(one, other, cyrillic)
  return cost <= Math.min(1.8, allowance(Math.min(one.length, other.length)))
    ? { grade: 'whole', cost: cost + 0.2 }
    : null
}

/** Whole words more or less are no slip: another firm, or one that is still being typed. */
function isOneMoreWord(typed: readonly string[], name: readonly string[]): boolean {
  if (typed.length === name.length) return true
  return name.every((word) => typed.includes(word)) || typed.every((word) => name.includes(word))
}

/** Near enough to be shown as "did you mean", never to be claimed. */
function fitVaguely(typed: string, name: string): PlainFit | null {
  const likeness = dice(glued(typed), glued(name))
  const shared = typed
    .split(' ')
    .some((word) => word.length >= 4 && name.split(' ').some((other) => other.startsWith(word)))
  return shared || likeness >= 0.4 ? { grade: 'vague', cost: 1 - likeness } : null
}

/** How many pairs of letters two names share, 0 to 1. */
function dice(one: string, other: string): number {
  if (one.length < 2 || other.length < 2) return 0
  const pairs = new Set(Array.from({ length: one.length - 1 }, (_, at) => one.slice(at, at + 2)))
  const others = new Set(Array.from({ length: other.length - 1 }, (_, at) => other.slice(at, at + 2)))
  return (2 * pairs.intersection(others).size) / (pairs.size + others.size)
}

function compareFits(a: Fit, b: Fit): number {
  return score(a) - score(b)
}

/** A clean part of a name stands between a whole name with one small slip and one with several. */
function score({ grade, cost }: Fit): number {
  return FLOOR[grade] + cost
}

const FLOOR = { exact: 0, whole: 1, part: 1.3, vague: 10 } as const

/** By code unit: the same on every machine. */
function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function sorted(key: string): string {
  return key.split(' ').toSorted(compareText).join(' ')
}

function glued(key: string): string {
  return key.replaceAll(' ', '')
}

function digits(text: string): string {
  return text.replaceAll(/\D/g, '')
}

function ids(accounts: readonly RankedAccount[], most: number): string[] {
  return accounts.slice(0, most).map(({ accountId }) => accountId)
}
