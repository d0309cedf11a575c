import * as fc from 'fast-check'
import type { Block, Button, Field, Line, Text, Tone, View } from '../../../src/commands/kit/view.ts'

export { fc }

const HOSTILE = [
  '</b>',
  '<b>',
  '&lt;',
  '&',
  '*_[`',
  '<!channel>',
  '<a href="x">',
  'שלום',
  'مرحبا',
  '👨‍👩‍👧‍👦',
  '🇷🇺',
  '\u0000',
  '\uD83D',
  '\n',
  '\t',
  '\u202E',
  '{{name}}',
  '$t(x)',
  '\u200B',
  'é̂̃',
]

const words = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme', maxLength: 12 })), {
        maxLength: 6,
      })
      .map((all) => all.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('w ', 'слово ', '👨‍👩‍👧‍👦', '&', 'x'), fc.integer({ min: 1, max: 3_000 }))
      .map(([unit, count]) => unit.repeat(count)),
  },
)

const plainText = words.map((plain): Text => ({ plain }))
const text: fc.Arbitrary<Text> = fc.oneof(
  plainText,
  fc.array(plainText, { maxLength: 3 }).map((parts): Text => ({ parts })),
  fc
    .tuple(plainText, plainText)
    .map(([label, value]): Text => ({ key: 'labelled', params: { label, value } })),
)
const tone = fc.constantFrom<Tone | undefined>('good', 'warn', 'bad', undefined)
const toned = <Given extends object>(given: Given, of: Tone | undefined) =>
  of ? { ...given, tone: of } : given
const line: fc.Arbitrary<Line> = fc.tuple(text, tone).map(([one, of]) => toned({ text: one }, of))
const field: fc.Arbitrary<Field> = fc
  .tuple(text, text, tone)
  .map(([label, value, of]) => toned({ label, value }, of))
const title = fc.option(text, { nil: undefined }).map((one) => (one ? { title: one } : {}))

export const button: fc.Arbitrary<Button> = fc.record({
  label: text,
  command: fc.oneof(fc.constantFrom('account', 'dialogue'), fc.string({ minLength: 1, maxLength: 20 })),
  args: fc.dictionary(
    fc.string({ maxLength: 8 }),
    fc.oneof(fc.uuid(), fc.string({ unit: 'grapheme', maxLength: 40 })),
    { noNullPrototype: true },
  ),
})

const table: fc.Arbitrary<Block> = fc
  .tuple(
    title,
    fc.array(text, { minLength: 1, maxLength: 5 }),
    fc.array(fc.array(text, { maxLength: 6 }), { maxLength: 12 }),
  )
  .map(([named, labels, rows]) => ({
    kind: 'table',
    ...named,
    columns: labels.map((label) => ({ label })),
    rows,
  }))

const block: fc.Arbitrary<Block> = fc.oneof(
  fc
    .tuple(text, fc.option(line, { nil: undefined }))
    .map(([one, badge]): Block => ({ kind: 'heading', text: one, ...(badge ? { badge } : {}) })),
  line.map((one): Block => ({ kind: 'text', ...one })),
  fc
    .tuple(title, fc.array(field, { maxLength: 8 }))
    .map(([named, fields]): Block => ({ kind: 'fields', ...named, fields })),
  fc
    .tuple(title, fc.array(line, { maxLength: 40 }))
    .map(([named, items]): Block => ({ kind: 'list', ...named, items })),
  table,
  text.map((one): Block => ({ kind: 'note', text: one })),
  fc.constant<Block>({ kind: 'divider' }),
  fc.array(button, { maxLength: 60 }).map((buttons): Block => ({ kind: 'buttons', buttons })),
)

export const anyView: fc.Arbitrary<View> = fc.array(block, { maxLength: 10 })
