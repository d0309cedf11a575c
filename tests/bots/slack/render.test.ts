import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formModal } from '../../../src/bots/slack/form.ts'
import { renderMessage, topText } from '../../../src/bots/slack/render.ts'
import { lengthOf } from '../../../src/bots/slack/text.ts'
import { cardModal, homeView, loadingModal, strangerHome } from '../../../src/bots/slack/windows.ts'
import { speakerFor } from '../../../src/bots/speaker.ts'
import { type Block, plain, say, type View } from '../../../src/commands/kit/view.ts'
import { rounds } from '../../support/figures.ts'
import { blockKitProblems, buttonsOf, visibleText } from '../../support/slack/slack-stand-in.ts'
import { english, openForm } from './harness.ts'
import { anyView, anyWords } from './views.arbitrary.ts'

const speak = speakerFor(english)
const russian = speakerFor({ ...english, language: 'ru' })

const message = (view: View) => renderMessage(view, speak)
const shown = (view: View) => visibleText(message(view).blocks)
const problems = (view: View): string[] => {
  const { text, blocks } = message(view)
  return [
    ...blockKitProblems('message', { text, blocks }),
    ...blockKitProblems('modal', { ...cardModal(view, russian) }),
    ...blockKitProblems('home', { ...homeView(view, russian) }),
    ...blockKitProblems('home', { ...strangerHome(view, speak) }),
  ]
}

test('B-01 whatever a view holds, Slack takes it as a message, in a window and on the Home tab', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      expect(problems(view)).toEqual([])
    }),
    { numRuns: rounds(60, 3_000) },
  )
}, 1_200_000)

test('B-01 B-16 whatever a view holds, its text for screen readers fits, also in bytes', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const words = topText(view, russian, 4_000)
      expect(Buffer.byteLength(words)).toBeLessThanOrEqual(4_000)
      expect(lengthOf(topText(view, speak))).toBeLessThanOrEqual(4_000)
      expect(words.trim()).not.toBe('')
      expect(words.isWellFormed()).toBe(true)
    }),
    { numRuns: rounds(40, 1_000) },
  )
}, 600_000)

function formOf(answer: ReturnType<typeof openForm>) {
  if (answer.kind !== 'form') throw new Error('no form')
  return answer.form
}

test('B-01 whatever is known of a form, its window is taken', () => {
  fc.assert(
    fc.property(anyWords, anyWords, (known, wrong) => {
      const answer = openForm({
        values: {
          account: { value: known, label: plain(known) },
          note: { value: known, label: plain(known) },
          mood: { value: 'GOOD', label: plain('good') },
        },
        errors: { account: plain(wrong), note: plain(wrong) },
      })
      expect(blockKitProblems('modal', { ...formModal(formOf(answer), russian) })).toEqual([])
    }),
    { numRuns: rounds(200, 5_000) },
  )
}, 600_000)

test('the windows of our own are taken in both languages', () => {
  for (const one of [speak, russian]) expect(blockKitProblems('modal', { ...loadingModal(one) })).toEqual([])
})

test('a card reads like a card', () => {
  const view: View = [
    { kind: 'heading', text: plain('Acme & Sons'), badge: { text: plain('Thriving'), tone: 'good' } },
    {
      kind: 'fields',
      title: plain('Money'),
      fields: [
        { label: plain('Revenue'), value: plain('€1,200') },
        { label: plain('Overdue'), value: plain('€5 <since>'), tone: 'bad' },
      ],
    },
    {
      kind: 'list',
      title: plain('People'),
      items: [{ text: plain('Ada') }, { text: plain('Bob'), tone: 'warn' }],
    },
    {
      kind: 'table',
      columns: [{ label: plain('What') }, { label: plain('When') }],
      rows: [[plain('a'), plain('')]],
    },
    { kind: 'divider' },
    { kind: 'note', text: plain('small') },
    {
      kind: 'buttons',
      buttons: [{ label: plain('Deals'), command: 'account-deals', args: { id: 'a1' }, style: 'primary' }],
    },
  ]
  const { text, blocks } = message(view)
  expect(blocks).toEqual([
    { type: 'header', text: { type: 'plain_text', text: 'Acme & Sons', emoji: false } },
    { type: 'context', elements: [{ type: 'plain_text', text: '🟢 Thriving', emoji: false }] },
    mrkdwn('*Money*\n*Revenue:* €1,200\n*Overdue:* 🔴 €5 &lt;since&gt;'),
    mrkdwn('*People*\n• Ada\n• 🟡 Bob'),
    mrkdwn('_What · When_\n• a · –'),
    { type: 'divider' },
    { type: 'context', elements: [{ type: 'plain_text', text: 'small', emoji: false }] },
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: 'b0',
          text: { type: 'plain_text', text: 'Deals', emoji: false },
          value: '{"command":"account-deals","args":{"id":"a1"}}',
          style: 'primary',
        },
      ],
    },
  ])
  expect(text.split('\n')).toEqual([
    'Acme &amp; Sons',
    '🟢 Thriving',
    'Money',
    'Revenue: €1,200',
    'Overdue: 🔴 €5 &lt;since&gt;',
    'People',
    '• Ada',
    '• 🟡 Bob',
    'What · When',
    '• a · –',
    'small',
  ])
})

const mrkdwn = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } })
const list = (count: number, item = 'item'): Block => ({
  kind: 'list',
  items: Array.from({ length: count }, (_, i) => ({ text: plain(`${item} ${i}`) })),
})

test('a name cannot add a line that looks like ours', () => {
  const name = plain('Acme\n*Owner:* Eve\r\n\u2028Overdue: 0')
  const view: View = [{ kind: 'fields', fields: [{ label: plain('Name'), value: name }] }]
  expect(shown(view)).toBe('Name: Acme *Owner:* Eve Overdue: 0')
})

test.each([
  ['heading', 150, (words: string): View => [{ kind: 'heading', text: plain(words) }]],
  ['note', 2_000, (words: string): View => [{ kind: 'note', text: plain(words) }]],
  ['text', 3_000, (words: string): View => [{ kind: 'text', text: plain(words) }]],
  [
    'field',
    3_000 - 3,
    (words: string): View => [{ kind: 'fields', fields: [{ label: plain('a'), value: plain(words) }] }],
  ],
])('B-02 a %s of %i characters is whole, one more is cut with a sign', (_what, limit, viewOf) => {
  const whole = '😀'.repeat(limit)
  expect(shown(viewOf(whole))).toContain(whole)
  const longer = shown(viewOf(`${whole}😀`))
  expect(lengthOf(longer)).toBeLessThanOrEqual(limit + 3)
  expect(longer).toMatch(/…$/)
  expect(problems(viewOf(whole))).toEqual([])
  expect(problems(viewOf(`${whole}😀`))).toEqual([])
})

test('B-02 a button label of 75 characters is whole, one more is cut', () => {
  const buttons = [75, 76].map((length) => ({ label: plain('x'.repeat(length)), command: 'a', args: {} }))
  const [whole, cut] = buttonsOf(message([{ kind: 'buttons', buttons }]).blocks)
  expect(whole?.label).toBe('x'.repeat(75))
  expect(cut?.label).toBe(`${'x'.repeat(74)}…`)
})

test('B-02 a button that carries 2,000 characters works, one that carries more is left out and counted', () => {
  const room = 2_000 - '{"command":"a","args":{"n":""}}'.length
  const buttons = [room, room + 1].map((length) => ({
    label: plain('go'),
    command: 'a',
    args: { n: '😀'.repeat(length) },
  }))
  const { blocks } = message([{ kind: 'buttons', buttons }])
  expect(buttonsOf(blocks)).toHaveLength(1)
  expect(visibleText(blocks)).toContain('1 more line did not fit.')
})

const manyButtons = (count: number): View => [
  {
    kind: 'buttons',
    buttons: Array.from({ length: count }, (_, i) => ({ label: plain(`${i}`), command: 'a', args: {} })),
  },
]

test('B-02 twenty-five buttons are one row of controls, one more begins another, each with a name of its own', () => {
  expect(message(manyButtons(25)).blocks).toHaveLength(1)
  const { blocks } = message(manyButtons(26))
  expect(blocks).toHaveLength(2)
  expect(new Set(buttonsOf(blocks).map(({ actionId }) => actionId)).size).toBe(26)
})

const manyTexts = (count: number): View =>
  Array.from({ length: count }, (_, i): Block => ({ kind: 'text', text: plain(`line ${i}`) }))

test('B-02 B-03 fifty blocks are a message, one more is cut with a notice', () => {
  expect(shown(manyTexts(50))).toContain('line 49')
  expect(shown(manyTexts(51))).toContain('more lines did not fit.')
  expect(message(manyTexts(51)).blocks.length).toBeLessThanOrEqual(50)
})

test('B-02 B-03 a window holds a hundred blocks, one more is cut with a notice', () => {
  expect(cardModal(manyTexts(100), speak).blocks).toHaveLength(100)
  const { blocks } = cardModal(manyTexts(101), speak)
  expect(blocks.length).toBeLessThanOrEqual(100)
  expect(visibleText(blocks)).toContain('more lines did not fit.')
})

test('B-01 B-03 what does not fit is counted, and the buttons below it stay', () => {
  const view: View = [
    list(5_000),
    { kind: 'buttons', buttons: [{ label: plain('Back'), command: 'account', args: {} }] },
  ]
  const words = shown(view)
  const kept = words.split('\n').filter((line) => line.startsWith('• ')).length
  expect(words).toContain(`${(5_000 - kept).toLocaleString('en')} more lines did not fit.`)
  expect(words).toMatch(/\[Back\]$/)
  expect(kept).toBeGreaterThan(300)
})

test('ten thousand characters in a name leave the rest of the card readable', () => {
  const name = plain('Ж'.repeat(10_000))
  const view: View = [
    { kind: 'heading', text: name },
    {
      kind: 'fields',
      fields: [
        { label: plain('Name'), value: name },
        { label: plain('Tier'), value: plain('A') },
      ],
    },
    { kind: 'note', text: plain('the end') },
  ]
  expect(shown(view)).toContain('Tier: A')
  expect(shown(view)).toContain('the end')
  expect(message(view).text).toContain('the end')
})

const named = (value: string): View => [
  { kind: 'fields', fields: [{ label: plain('Name'), value: plain(value) }] },
]

test('our own bold is there where no name holds a mark, and nobody else’s ever', () => {
  expect(message(named('Acme')).blocks).toEqual([mrkdwn('*Name:* Acme')])
  for (const value of ['*Acme*', '_a_', '~a~', '`a`', ':tada:']) {
    expect(message(named(value)).blocks).toEqual([
      { type: 'section', text: { type: 'plain_text', text: `Name: ${value}`, emoji: false } },
    ])
  }
})

test('a view with nothing in it is still a message', () => {
  expect(message([])).toEqual({ text: 'Kamerton', blocks: [] })
  expect(problems([])).toEqual([])
})

test('numbers and sentences are the reader’s', () => {
  const view: View = [{ kind: 'text', text: say('view.more', { count: 2_000 }) }]
  expect(visibleText(renderMessage(view, russian).blocks)).toBe(russian(say('view.more', { count: 2_000 })))
})
