import fc from 'fast-check'
import { type Block, type Button, plain, say, type Text, type View } from '../../../src/commands/kit/view.ts'

const hostile = [
  '<!channel>',
  '<!here|x>',
  '<@U1>',
  '<#C1>',
  '<https://a.example|b>',
  '&lt;',
  '&amp;lt;',
  '*_[',
  '*bold*',
  '> quoted',
  '```',
  ':smile:',
  '\u0000\u0007',
  '\uD83D',
  '\uDE00\uD83D',
  '\u202E\u2066',
  '\u200B',
  'e\u0301'.repeat(40),
  'שלום عالم',
  '👩‍👩‍👧‍👦😀',
  'Ё'.repeat(300),
  'line\nbreak\r\n\u2028end',
  '   ',
  '',
]

const words = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostile) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  {
    weight: 2,
    arbitrary: fc.array(fc.constantFrom(...hostile), { maxLength: 12 }).map((all) => all.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('x', '&', '😀', 'Я', '<', '\n', 'word '), fc.nat(10_000))
      .map(([one, times]) => one.repeat(times)),
  },
)

const text: fc.Arbitrary<Text> = fc.oneof(
  words.map(plain),
  words.map((name) => say('account.notFound', { name })),
  fc.tuple(words, words).map(([a, b]) => ({ parts: [plain(a), plain(b)] })),
)
const tone = fc.constantFrom('good', 'warn', 'bad')
const line = fc.record({ text, tone }, { requiredKeys: ['text'] })
const many = <One>(one: fc.Arbitrary<One>, most: number): fc.Arbitrary<One[]> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.array(one, { maxLength: 4 }) },
    // Thousands of equal ones cost fast-check little and the renderer as much as different ones.
    {
      weight: 1,
      arbitrary: fc.tuple(one, fc.nat(most)).map(([item, times]) => Array<One>(times).fill(item)),
    },
  )

const button: fc.Arbitrary<Button> = fc.record(
  {
    label: text,
    command: fc.constantFrom('account', 'settings-save'),
    args: fc.dictionary(fc.constantFrom('id', 'name'), words),
    style: fc.constantFrom('primary', 'danger'),
  },
  { requiredKeys: ['label', 'command', 'args'] },
)

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text, badge: line }, { requiredKeys: ['kind', 'text'] }),
  fc.record({ kind: fc.constant('text' as const), text, tone }, { requiredKeys: ['kind', 'text'] }),
  fc.record(
    {
      kind: fc.constant('fields' as const),
      title: text,
      fields: many(
        fc.record({ label: text, value: text, tone }, { requiredKeys: ['label', 'value'] }),
        2_000,
      ),
    },
    { requiredKeys: ['kind', 'fields'] },
  ),
  fc.record(
    { kind: fc.constant('list' as const), title: text, items: many(line, 5_000) },
    { requiredKeys: ['kind', 'items'] },
  ),
  fc.record(
    {
      kind: fc.constant('table' as const),
      title: text,
      columns: fc.array(fc.record({ label: text }), { maxLength: 6 }),
      rows: many(fc.array(text, { maxLength: 6 }), 1_000),
    },
    { requiredKeys: ['kind', 'columns', 'rows'] },
  ),
  fc.record({ kind: fc.constant('note' as const), text }),
  fc.constant({ kind: 'divider' as const }),
  fc.record({ kind: fc.constant('buttons' as const), buttons: many(button, 400) }),
)

export const anyView: fc.Arbitrary<View> = fc.oneof(
  { weight: 9, arbitrary: fc.array(block, { maxLength: 8 }) },
  { weight: 1, arbitrary: fc.tuple(block, fc.nat(150)).map(([one, times]) => Array<Block>(times).fill(one)) },
)

export const anyWords = words
