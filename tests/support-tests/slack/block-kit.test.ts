import { expect, test } from 'vitest'
import { blockKitProblems, type Surface } from '../../support/slack/block-kit.ts'
import type { Json } from '../../support/slack/json.ts'
import { actions, button, input, modal, mrkdwn, plain, section, textField } from './helpers.ts'

const x = (n: number) => 'x'.repeat(n)
const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i))
const message = (...blocks: Json[]): Json => ({ text: 'fallback', blocks })
const divider = { type: 'divider' }
const option = (text: string, value: string): Json => ({ text: plain(text), value })
const menu = (options: Json[], more: Json = {}): Json => ({
  type: 'static_select',
  action_id: 'menu',
  options,
  ...more,
})
const accessory = (element: Json): Json => ({ ...section('s'), accessory: element })
const home = (blocks: Json[]): Json => ({ type: 'home', blocks })

type Limit = [name: string, surface: Surface, limit: number, build: (n: number) => Json]

const limits: Limit[] = [
  ['blocks in a message', 'message', 50, (n) => message(...many(n, () => divider))],
  ['blocks in a modal', 'modal', 100, (n) => modal(many(n, () => divider))],
  ['blocks in a Home tab', 'home', 100, (n) => home(many(n, () => divider))],
  ['fallback text', 'message', 4000, (n) => ({ text: x(n) })],
  ['attachments', 'message', 100, (n) => ({ text: 't', attachments: many(n, () => ({ text: 'a' })) })],
  ['section text', 'message', 3000, (n) => message(section(x(n)))],
  ['section text in emoji', 'message', 3000, (n) => message(section('🧾'.repeat(n)))],
  ['section fields', 'message', 10, (n) => message({ type: 'section', fields: many(n, () => mrkdwn('f')) })],
  ['section field text', 'message', 2000, (n) => message({ type: 'section', fields: [mrkdwn(x(n))] })],
  ['header text', 'message', 150, (n) => message({ type: 'header', text: plain(x(n)) })],
  ['actions elements', 'message', 25, (n) => message(actions(...many(n, (i) => button('b', `a${i}`))))],
  [
    'context elements',
    'message',
    10,
    (n) => message({ type: 'context', elements: many(n, () => plain('c')) }),
  ],
  ['button text', 'message', 75, (n) => message(actions(button(x(n), 'a')))],
  ['button value', 'message', 2000, (n) => message(actions(button('b', 'a', x(n))))],
  [
    'button url',
    'message',
    3000,
    (n) => message(actions({ ...button('b', 'a'), url: `https://a/${x(n - 10)}` })),
  ],
  ['action_id', 'message', 255, (n) => message(actions(button('b', x(n))))],
  ['block_id', 'message', 255, (n) => message({ ...divider, block_id: x(n) })],
  ['option text', 'message', 75, (n) => message(accessory(menu([option(x(n), 'v')])))],
  ['option value', 'message', 75, (n) => message(accessory(menu([option('o', x(n))])))],
  [
    'options in a menu',
    'message',
    100,
    (n) => message(accessory(menu(many(n, (i) => option('o', `v${i}`))))),
  ],
  [
    'placeholder',
    'message',
    150,
    (n) => message(accessory(menu([option('o', 'v')], { placeholder: plain(x(n)) }))),
  ],
  [
    'overflow options',
    'message',
    5,
    (n) => message(accessory({ ...menu(many(n, (i) => option('o', `${i}`))), type: 'overflow' })),
  ],
  [
    'checkbox options',
    'modal',
    10,
    (n) => modal([input('b', { ...menu(many(n, (i) => option('o', `${i}`))), type: 'checkboxes' })]),
  ],
  [
    'confirm title',
    'message',
    100,
    (n) => message(actions({ ...button('b', 'a'), confirm: confirm({ title: plain(x(n)) }) })),
  ],
  [
    'confirm text',
    'message',
    300,
    (n) => message(actions({ ...button('b', 'a'), confirm: confirm({ text: plain(x(n)) }) })),
  ],
  [
    'confirm button',
    'message',
    30,
    (n) => message(actions({ ...button('b', 'a'), confirm: confirm({ deny: plain(x(n)) }) })),
  ],
  [
    'image alt text',
    'message',
    2000,
    (n) => message({ type: 'image', image_url: 'https://a/b', alt_text: x(n) }),
  ],
  ['markdown text', 'message', 12_000, (n) => message({ type: 'markdown', text: x(n) })],
  ['modal title', 'modal', 24, (n) => modal([divider], { title: plain(x(n)) })],
  ['modal submit', 'modal', 24, (n) => modal([divider], { submit: plain(x(n)) })],
  ['modal close', 'modal', 24, (n) => modal([divider], { close: plain(x(n)) })],
  ['private_metadata', 'modal', 3000, (n) => modal([divider], { private_metadata: x(n) })],
  ['callback_id', 'modal', 255, (n) => modal([divider], { callback_id: x(n) })],
  ['external_id', 'modal', 255, (n) => modal([divider], { external_id: x(n) })],
  ['input label', 'modal', 2000, (n) => modal([input('b', textField('a'), { label: plain(x(n)) })])],
  ['input hint', 'modal', 2000, (n) => modal([input('b', textField('a'), { hint: plain(x(n)) })])],
  ['input max_length', 'modal', 3000, (n) => modal([input('b', textField('a', { max_length: n }))])],
  ['tables', 'message', 1, (n) => message(...many(n, () => table(1, 1)))],
  ['table rows', 'message', 100, (n) => message(table(n, 1))],
  ['table cells', 'message', 20, (n) => message(table(1, n))],
  ['alert text', 'message', 200, (n) => message({ type: 'alert', text: plain(x(n)) })],
  ['card body', 'message', 200, (n) => message({ type: 'card', body: mrkdwn(x(n)) })],
  [
    'carousel cards',
    'message',
    10,
    (n) => message({ type: 'carousel', elements: many(n, () => ({ type: 'card', body: mrkdwn('b') })) }),
  ],
  ['view bytes', 'modal', 250_000, sizedView],
]

function confirm(more: Json): Json {
  return { title: plain('t'), text: plain('t'), confirm: plain('y'), deny: plain('n'), ...more }
}

function table(rows: number, cells: number): Json {
  return { type: 'table', rows: many(rows, () => many(cells, () => ({ type: 'raw_text', text: 'c' }))) }
}

function sizedView(bytes: number): Json {
  const blocks = many(84, () => section(x(2900)))
  const rest = bytes - Buffer.byteLength(JSON.stringify(modal([...blocks, section('')])))
  return modal([...blocks, section(x(rest))])
}

test.each(limits)('%s: the limit itself passes and one more is refused', (_name, surface, limit, build) => {
  expect(blockKitProblems(surface, build(limit))).toEqual([])
  expect(blockKitProblems(surface, build(limit + 1))).not.toEqual([])
})

const refusals: [string, Surface, Json][] = [
  ['a message without text', 'message', { blocks: [divider] }],
  ['a blank text', 'message', { text: '  ' }],
  ['a mrkdwn header', 'message', message({ type: 'header', text: mrkdwn('h') })],
  ['an empty section', 'message', message({ type: 'section' })],
  ['an empty text object', 'message', message(section(''))],
  ['an unknown block', 'message', message({ type: 'blurb' })],
  ['a markdown block in a modal', 'modal', modal([{ type: 'markdown', text: 'm' }])],
  ['a table on the Home tab', 'home', home([table(1, 1)])],
  [
    'an input without submit',
    'modal',
    { type: 'modal', title: plain('t'), blocks: [input('b', textField('a'))] },
  ],
  [
    'a repeated action_id in a message',
    'message',
    message(actions(button('a', 'go')), actions(button('b', 'go'))),
  ],
  ['a repeated block_id', 'modal', modal([input('b', textField('a')), input('b', textField('c'))])],
  ['an unknown property', 'message', message({ ...section('s'), colour: 'red' })],
  ['a style that does not exist', 'message', message(actions({ ...button('b', 'a'), style: 'green' }))],
  ['a text input in an actions block', 'message', message(actions(textField('a')))],
  [
    'an initial option that is not offered',
    'message',
    message(accessory(menu([option('o', 'v')], { initial_option: option('o', 'w') }))),
  ],
  ['two equal option values', 'message', message(accessory(menu([option('a', 'v'), option('b', 'v')])))],
  [
    'two markdown blocks with too much together',
    'message',
    message({ type: 'markdown', text: x(7000) }, { type: 'markdown', text: x(6000) }),
  ],
  ['more than 13,000 characters in all blocks', 'message', message(...many(5, () => section(x(2900))))],
  ['half of an emoji', 'message', message(section(`${x(10)}${'🧾'.slice(0, 1)}`))],
  ['text and markdown_text together', 'message', { text: 't', markdown_text: 'm' }],
  ['a Home tab with a title', 'home', { ...home([divider]), title: plain('t') }],
  [
    'a number input without is_decimal_allowed',
    'modal',
    modal([input('b', { type: 'number_input', action_id: 'n' })]),
  ],
]

test.each(refusals)('%s is refused', (_name, surface, payload) => {
  expect(blockKitProblems(surface, payload)).not.toEqual([])
})

test('the same action_id may stand in several blocks of a view', () => {
  expect(blockKitProblems('modal', modal([input('b', textField('a')), input('c', textField('a'))]))).toEqual(
    [],
  )
})

test.each(['a < b', '<b>', '<script>', '<@everyone>', '<!all>', 'R&D', '&nbsp;', '<ftp://a>'])(
  'mrkdwn %j is no well-formed escape',
  (text) => expect(blockKitProblems('message', { text })).not.toEqual([]),
)

test.each([
  'a &lt; b &amp; c',
  '<@U1>',
  '<@U1|ada>',
  '<#C1|sales>',
  '<!channel>',
  '<https://a.b/c?d=1|label>',
  '<mailto:a@b.c|a>',
  '<!date^1700000000^{date_short}|14 Nov>',
  '<!subteam^S1>',
  '> quoted',
])('mrkdwn %j is well formed', (text) => expect(blockKitProblems('message', { text })).toEqual([]))

test('plain text may hold any character', () => {
  expect(blockKitProblems('message', message({ type: 'header', text: plain('R&D <!channel>') }))).toEqual([])
})

test('a problem names its place as a JSON pointer', () => {
  const problems = blockKitProblems('message', message(divider, section(x(3001))))
  expect(problems).toEqual([
    'must be less than 3001 characters (has 3001) [json-pointer:/blocks/1/text/text]',
  ])
})
