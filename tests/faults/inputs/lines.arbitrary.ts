import fc from 'fast-check'
import type { Command } from '../../../src/commands/kit/command.ts'
import { QUERIES } from '../../lookup/queries.ts'
import { DISCOUNT_LINES } from '../../talk/discount-lines.ts'
import { LINES } from '../../talk/lines.ts'
import { PHRASES } from '../../when/phrases.ts'

/** What the house's own tables of talk are made of. */
const TOLD = [
  ...LINES.map(({ line }) => line),
  ...DISCOUNT_LINES.map(({ line }) => line),
  ...PHRASES.map(({ line }) => line),
  ...QUERIES.map(({ typed }) => typed),
]
const PIECES = [...new Set(TOLD.flatMap((line) => line.split(' ')))]

const SIGNS = [...',.;:!?-–—()«»"\'’/%№$€₽&+*_~`|<>@#=[]{}\\'].flatMap((sign) => [sign, ` ${sign} `])

/** What breaks readers: halves of characters, what is not seen, what turns the line around, what looks like something else. */
const HOSTILE = [
  '\u0000',
  '\uD83D',
  '\uDE00',
  '\uFFFD',
  '\u200B',
  '\u200D',
  '\u2066',
  '\u202E',
  '\u0301'.repeat(12),
  'e\u0301\u0323',
  'ﷺ',
  'İ',
  'ẞ',
  'ﬀ',
  '1️⃣',
  '👨‍👩‍👧‍👦',
  '🇷🇺',
  'שלום',
  'مرحبا',
  '\u2028',
  '\r\n',
  '\t',
  '\u00A0',
  '\u3000',
  '<!channel>',
  '<@U1|x>',
  '</b>',
  '{{name}}',
  '$t(error.unexpected)',
  '%00',
  "'; drop table users; --",
  '../../etc/passwd',
  '__proto__',
  'constructor',
  '1e309',
  '-0',
  'NaN',
  '99999999999999999999',
  '31.02.2026',
  '00:60',
]

const CONFUSABLES: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  o: 'о',
  p: 'р',
  x: 'х',
  у: 'y',
  к: 'ĸ',
  и: 'ѝ',
  т: 'τ',
  '/': '／',
  '1': '１',
  ' ': '\u2003',
  i: 'ı',
  l: '𝗅',
  h: 'һ',
  n: 'ո',
}
const confused = (text: string) => [...text].map((sign) => CONFUSABLES[sign] ?? sign).join('')

const piece = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 3, arbitrary: fc.constantFrom(...SIGNS) },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.constantFrom(...PIECES).map(confused) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 10 }) },
)
const talk = fc
  .tuple(fc.array(piece, { maxLength: 16 }), fc.constantFrom(' ', ' ', ' ', '', '\n', ', '))
  .map(([pieces, joint]) => pieces.join(joint))

/** A few pieces over and over, up to a length. */
const again = (most: number) =>
  fc
    .tuple(fc.array(piece, { minLength: 1, maxLength: 4 }), fc.constantFrom('', ' ', ', '))
    .map(([pieces, joint]) => pieces.join(joint) + joint)
    .filter((unit) => unit !== '')
    .map((unit) => unit.repeat(Math.ceil(most / unit.length)).slice(0, most))

/** `/word rest`, with the word as it is, in other letters, or wrong. */
function commandLine(commands: readonly Command[]): fc.Arbitrary<string> {
  const names = commands.flatMap(({ name, aliases }) => [name, ...aliases])
  const word = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: fc.constantFrom(...names).map((name) => name.toUpperCase()) },
    { weight: 1, arbitrary: fc.constantFrom(...names).map(confused) },
    { weight: 1, arbitrary: fc.constantFrom(...names).map((name) => `${name}@kamerton_bot`) },
    { weight: 1, arbitrary: fc.constantFrom(...names).map((name) => name.slice(1)) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  )
  const slash = fc.constantFrom('/', '/', '/', '', '//', '／', '/kamerton ', 'kamerton ')
  return fc.tuple(slash, word, fc.constantFrom(' ', ' ', '\n', ''), talk).map((parts) => parts.join(''))
}

/** Whatever may be typed or pasted into a chat; one in a thousand is as long as a line may be. */
export const anyLine = (commands: readonly Command[], longest = 4_096): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 500, arbitrary: commandLine(commands) },
    { weight: 400, arbitrary: talk },
    { weight: 50, arbitrary: fc.constantFrom(...TOLD) },
    { weight: 48, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
    { weight: 2, arbitrary: again(longest) },
  )

/** No word of any command or table: what can only be answered with help. */
export const nonsense: fc.Arbitrary<string> = fc
  .string({ unit: fc.constantFrom(...'qxzщъЖ⌘漢'), minLength: 6, maxLength: 30 })
  .map((word) => `/${word}`)

/** Far longer than any chat lets through. */
export const hugeLine: fc.Arbitrary<string> = again(100_000)
