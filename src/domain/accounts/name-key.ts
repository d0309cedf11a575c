import { transliterate } from 'transliteration'
import { swapLayout } from './keyboard-layout.ts'
import { areOnlyLegalForms, splitLegalForms } from './legal-forms.ts'

/** Longer than any company name; what is typed beyond it cannot help to find one. */
const LONGEST_NAME = 200
/** As many readings as one search may cost. */
const MOST_READINGS = 6

/** A name taken apart: its own words in lower case, and the legal forms that stood around them. */
export type ReadName = Readonly<{ words: readonly string[]; forms: readonly string[] }>

/**
 * What is stored in account_names.key: how the name sounds, in Latin letters. Legal forms, quotes and joining words are
 * gone, and every usual way of writing a sound in either alphabet has become one: sh for ш/щ/sh/sch/shch, ts for ц/ts/tz
 * and a soft c, ks for кс/x, h for х/kh/h, i for и/й/ы/y/j. A tax number is its digits.
 */
export function nameKey(text: string): string {
  const name = tidy(text)
  const number = taxDigits(name)
  if (number !== null) return number
  const key = soundOf(readTidy(name).words)
  return key === '' ? codePoints(name) : key
}

/**
 * The ways to read what was typed, most likely first: as it stands, with the other spellings of the letters that have
 * several, and as typed in the wrong keyboard layout. Empty when there is nothing to look for.
 */
export function queryKeys(text: string): readonly string[] {
  return [...new Set(readings(text).map((reading) => reading.key))]
}

/** `direct` is as typed, `spelling` with another reading of ambiguous letters, `layout` from the other layout. */
export type Reading = Readonly<{ key: string; how: 'direct' | 'spelling' | 'layout'; cyrillic: boolean }>

export function readings(text: string): readonly Reading[] {
  const typed = tidy(text)
  if (areOnlyLegalForms(wordsOf(typed))) return []
  const direct = { key: nameKey(typed), how: 'direct', cyrillic: hasCyrillic(typed) } as const
  const spellings = otherSpellings(typed).map((spelling) => ({
    ...direct,
    key: nameKey(spelling),
    how: 'spelling' as const,
  }))
  const swapped = swapLayout(typed)
  const layout =
    swapped === null || areOnlyLegalForms(wordsOf(swapped)) ? [] : [swapped, ...otherSpellings(swapped)]
  const layouts = layout.map((other) => ({
    key: nameKey(other),
    how: 'layout' as const,
    cyrillic: hasCyrillic(other),
  }))
  const seen = new Set([''])
  const all = [direct, ...spellings.slice(0, 3), ...layouts.slice(0, 2)]
  return all.filter(({ key }) => !seen.has(key) && seen.add(key)).slice(0, MOST_READINGS)
}

export function readName(text: string): ReadName {
  return readTidy(tidy(text))
}

export function hasCyrillic(text: string): boolean {
  return /\p{Script=Cyrillic}/u.test(text)
}

function readTidy(name: string): ReadName {
  const { words, forms } = splitLegalForms(wordsOf(name))
  const known = words.filter((word) => !FILLERS.has(word))
  return { words: known.length > 0 ? known : words, forms }
}

/** Lower case, one alphabet per word, composed letters, nothing that PostgreSQL refuses. */
function tidy(text: string): string {
  const plain = text
    .slice(0, LONGEST_NAME)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\uFFFD]/gu, ' ')
    .replaceAll(/№|\bno\.?\s*(?=\d)/giu, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'ё')
    .normalize('NFC')
  return plain.replaceAll(/[\p{Script=Latin}\p{Script=Cyrillic}]+/gu, oneAlphabet).slice(0, LONGEST_NAME * 2)
}

const LOOKALIKES = new Map(Array.from('aceopxykmthb', (latin, at) => [latin, 'асеорхукмтнв'[at] ?? latin]))

/** «Сбeр» with a Latin e inside is a slip nobody can see. */
function oneAlphabet(word: string): string {
  if (!/\p{Script=Latin}/u.test(word) || !hasCyrillic(word)) return word
  return Array.from(word, (letter) => LOOKALIKES.get(letter) ?? letter).join('')
}

/** Words that people add or leave out at will. */
const FILLERS = new Set(['the', 'им', 'имени', 'г', 'город'])

function wordsOf(name: string): string[] {
  const text = name
    .replaceAll('ё', 'е')
    .replaceAll(/(?<=[\p{L}\d])\+/gu, ' plus ')
    .replaceAll('&', ' & ')
    // z.a.o., S.p.A., p.l.c.; and O'Key, Л'Этуаль
    .replaceAll(/(?<!\p{L})(?:\p{L}\.){1,8}\p{L}(?!\p{L})\.?/gu, (letters) => letters.replaceAll('.', ''))
    .replaceAll(/(?<=\p{L})['’`ʼ´]\s?(?=\p{L})/gu, '')
    .replaceAll(/(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/gu, ' ')
  const words = text.split(/[^\p{L}\p{M}\p{N}&]+/u).filter((word) => word !== '')
  return words.filter((word, at) => !isNumberSign(word, words[at + 1]) || words.length === 2)
}

/** "Plant N 14" is plant 14. */
function isNumberSign(word: string, next: string | undefined): boolean {
  return (word === 'n' || word === 'номер') && /^\d/.test(next ?? '')
}

/** ИНН 7701234567, DE 123 456 789, 7701234567/770101001 (the second is the КПП, which says nothing about the client). */
function taxDigits(name: string): string | null {
  const match =
    /^(?:инн|огрн|inn|vat|tin|tax(?: (?:id|number))?)? ?[:№#]? ?(?:[a-z]{2,3})? ?(\d[\d .-]*)(?:\/\d{9})?$/.exec(
      name.replaceAll(/\s+/g, ' ').trim(),
    )
  const digits = match?.[1]?.replaceAll(/\D/g, '')
  return digits && digits.length >= 7 ? digits : null
}

/** The key of a name without a letter or digit that could be spoken, such as one emoji. */
function codePoints(name: string): string {
  const signs = Array.from(name.replaceAll(/\s+/g, ''), (sign) => sign.codePointAt(0)?.toString(16) ?? '')
  return signs.length === 0 ? '' : `u${signs.slice(0, 32).join('u')}`
}

/** The readings of letters that stand for several sounds, one change at a time. */
function otherSpellings(typed: string): string[] {
  const withoutPreposition = typed.replace(
    /^\s*(?:(?:у|к|ко|в|во|с|со|по|на|для|о|об|от|из|at|to|for|from|with|about|магазин\p{L}{0,2}|клиент\p{L}{0,2}|client|customer|account)\s+)+/u,
    '',
  )
  const others = [
    withoutPreposition,
    typed.replaceAll('yo', 'e'),
    typed.replaceAll('ё', 'йо'),
    typed.replaceAll('j', 'zh'),
    typed.replaceAll('дж', 'й'),
    typed.replaceAll('x', 'kh'),
    typed.replaceAll(/j/g, 'dzh'),
    typed.replaceAll('ee', 'i'),
  ]
  return others.filter((other) => other !== typed)
}

/** Runs of one and two letters are one word (А.Б.В., H & M, Эй Би Си), as people type them glued or apart. */
function soundOf(words: readonly string[]): string {
  // A sign alone, such as & or its wide sister, has no sound.
  const sounds = words.map((word) => soundOfWord(word)).filter((sound) => /[a-z0-9]/.test(sound))
  const glued: string[] = []
  let shortBefore = false
  for (const sound of sounds.flatMap((part) => part.split(' '))) {
    const short = /^[a-z]{1,2}$/.test(sound)
    if (short && shortBefore) glued.push((glued.pop() ?? '') + sound)
    else glued.push(sound)
    shortBefore = short
  }
  return glued.join(' ')
}

/** Capitals are sounds that are settled; small letters are still to be read. */
const CYRILLIC: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  є: 'ie',
  ж: 'X',
  з: 'z',
  и: 'i',
  і: 'i',
  ї: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ў: 'u',
  ф: 'f',
  х: 'H',
  ц: 'C',
  ч: 'Q',
  ш: 'W',
  щ: 'W',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'u',
  я: 'ia',
}

function soundOfWord(word: string): string {
  const marked = word.replaceAll('дж', 'J')
  const letters = Array.from(marked, (letter) => CYRILLIC[letter] ?? letter)
    .join('')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
  let sound = /^[\x20-\x7e]*$/.test(letters) ? letters : spell(letters)
  // Letters that meet only after a change (сх gives sh) are read again, so that the key of a key is itself.
  for (let round = 0, before = ''; round < 4 && before !== sound; round += 1) {
    before = sound
    sound = SOUNDS.reduce((text, [pattern, letter]) => text.replaceAll(pattern, letter), sound)
    sound = sound.replaceAll(/[A-Z]/g, (letter) => SETTLED[letter] ?? letter.toLowerCase())
  }
  return sound
}

const SETTLED: Readonly<Record<string, string>> = { Q: 'ch', W: 'sh', X: 'zh', C: 'ts', J: 'dzh', H: 'h' }

/** Every other alphabet, letter by letter; only the settled capitals may stay capitals. */
function spell(letters: string): string {
  return Array.from(letters, (letter) =>
    /[\x20-\x7e]/.test(letter) ? letter : transliterate(letter).toLowerCase(),
  )
    .join('')
    .replaceAll(/[^a-zA-Z0-9 ]/g, '')
    .replaceAll(/ +/g, ' ')
    .trim()
}

/** In this order: longer spellings before their parts. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/tsch|tch/g, 'Q'],
  [/shch|sch|sh/g, 'W'],
  [/dzh|dj|dX/g, 'J'],
  [/zh/g, 'X'],
  [/ch/g, 'Q'],
  [/kh/g, 'H'],
  [/ph/g, 'f'],
  [/([tgr])h/g, '$1'],
  [/wh|w/g, 'v'],
  [/ck/g, 'k'],
  [/qu/g, 'kv'],
  [/q/g, 'k'],
  [/x/g, 'ks'],
  [/tz|ts/g, 'C'],
  [/c(?=[eiy])/g, 'C'],
  [/c/g, 'k'],
  [/[hH](?=[^aeiouy])/g, ''],
  [/(?<![aeiouy])j(?=[oi])/g, 'J'],
  [/[yj]/g, 'i'],
  [/oo|ou|iu|ue/g, 'u'],
  [/oe/g, 'o'],
  [/ae/g, 'a'],
  [/([a-zA-Z])\1+/g, '$1'],
  // Sergeyev and Sergeev, Nikolayev and Nikolaev, Икея and Ikea, Yekaterinburg and Екатеринбург.
  [/eie/g, 'e'],
  [/aie(?=v)/g, 'a'],
  [/eia/g, 'ea'],
  [/^ie/g, 'e'],
  [/ie/g, 'i'],
  [/of$/g, 'ov'],
  [/([a-zA-Z])\1+/g, '$1'],
]
