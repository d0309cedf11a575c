import { describe, expect, test } from 'vitest'
import { speakerFor } from '../../../src/bots/speaker.ts'
import { renderTelegram } from '../../../src/bots/telegram/render.ts'
import { type Block, parts, plain, say, type Text } from '../../../src/commands/kit/view.ts'
import { parseHtml } from '../../support/telegram/html-parser.ts'
import { cardView } from './sample-card.ts'

const english = speakerFor({ language: 'en', timeZone: 'Europe/Moscow', currency: 'RUB' })
const russian = speakerFor({ language: 'ru', timeZone: 'Europe/Samara', currency: 'RUB' })

const render = (...view: Block[]) => renderTelegram(view, english)
const htmlOf = (...view: Block[]) => render(...view).map(({ html }) => html)
const text = (words: string): Block => ({ kind: 'text', text: plain(words) })
const lines = (count: number, of: string): Block => ({
  kind: 'list',
  items: Array.from({ length: count }, (_, index) => ({ text: plain(`${index} ${of}`) })),
})

const button = (label: string) => ({ label: plain(label), command: 'account', args: {} })

const labelsOf = (...labels: string[]) =>
  render(text('x'), { kind: 'buttons', buttons: labels.map(button) })[0]?.keys.map((row) =>
    row.map((key) => key.label),
  )

describe('one block', () => {
  test('a heading is bold, its badge stands beside it with one sign for its tone', () => {
    const badge = { text: plain('At risk'), tone: 'bad' } as const
    expect(htmlOf({ kind: 'heading', text: plain('Acme'), badge })).toEqual(['<b>Acme</b> · 🔴 At risk'])
  })

  test('a text carries a sign only when it has a tone, and keeps its own lines', () => {
    expect(htmlOf(text('one\ntwo'))).toEqual(['one\ntwo'])
    expect(htmlOf({ kind: 'text', text: plain('saved'), tone: 'good' })).toEqual(['🟢 saved'])
    expect(htmlOf({ kind: 'text', text: plain('late'), tone: 'warn' })).toEqual(['🟡 late'])
  })

  test('a field is a bold label and a value; one without a label goes on under the one above', () => {
    const fields = [
      { label: plain('Pipeline'), value: plain('talks') },
      { label: plain(''), value: plain('offer') },
      { label: plain('Overdue'), value: plain('5 EUR'), tone: 'bad' as const },
    ]
    expect(htmlOf({ kind: 'fields', title: plain('Money'), fields })).toEqual([
      '<b>Money</b>\n<b>Pipeline</b>: talks\n\u2003offer\n<b>Overdue</b>: 🔴 5 EUR',
    ])
  })

  test('a list has bullets, and a sign in place of the bullet where an item has a tone', () => {
    const items = [{ text: plain('calm') }, { text: plain('hot'), tone: 'bad' as const }]
    expect(htmlOf({ kind: 'list', title: plain('All'), items })).toEqual(['<b>All</b>\n• calm\n🔴 hot'])
  })

  test('a note is in italics', () => {
    expect(htmlOf({ kind: 'note', text: plain('a remark') })).toEqual(['<i>a remark</i>'])
  })

  test('a narrow table is a box with aligned columns', () => {
    const columns = [{ label: plain('What') }, { label: plain('Sum'), align: 'end' as const }]
    const rows = [
      [plain('Tea'), plain('5')],
      [plain('Кофе & co'), plain('1200')],
    ]
    expect(htmlOf({ kind: 'table', columns, rows })).toEqual([
      '<pre>What        Sum\nTea           5\nКофе &amp; co  1200</pre>',
    ])
  })

  test('a box is at most 34 columns wide; one column more makes entries under the names of the columns', () => {
    const columns = [{ label: plain('A') }, { label: plain('B') }]
    const table = (words: string): Block => ({ kind: 'table', columns, rows: [[plain(words), plain('y')]] })
    expect(htmlOf(table('x'.repeat(31)))[0]).toContain('<pre>')
    expect(htmlOf(table('x'.repeat(32)))).toEqual([`<i>A · B</i>\n• ${'x'.repeat(32)} · y`])
  })

  test('an empty cell keeps its place', () => {
    const columns = [{ label: plain('A'.repeat(40)) }, { label: plain('B') }, { label: plain('C') }]
    const rows = [[plain('1'), plain(''), plain('3')]]
    expect(htmlOf({ kind: 'table', columns, rows })[0]).toContain('• 1 · – · 3')
  })
})

describe('words of people', () => {
  const hostile = [
    '<b',
    '</a>',
    '</b>',
    '<i>&nbsp;</i>',
    '&lt;',
    '&#60;b&#62;',
    '*_[`',
    '[here](https://evil.example)',
    '_*[]()~`>#+-=|{}.!\\',
    '||spoiler||',
    '```code```',
    '<tg-spoiler>x</tg-spoiler>',
    '<!channel>',
    '<a href="tg://user?id=1">x</a>',
    'שלום עולם',
    '👨‍👩‍👧‍👦🇷🇺',
    '$t(money)',
  ]

  test.each(hostile)('D-01 H-03 %s is shown as it is, wherever it stands', (words) => {
    const said: Text = say('labelled', { label: plain(words), value: plain(words) })
    const [message] = render(
      { kind: 'heading', text: plain(words), badge: { text: plain(words) } },
      { kind: 'text', text: said },
      { kind: 'fields', title: plain(words), fields: [{ label: plain(words), value: parts(plain(words)) }] },
      { kind: 'table', columns: [{ label: plain(words) }], rows: [[plain(words)]] },
      { kind: 'note', text: plain(words) },
    )
    const parsed = parseHtml(message?.html ?? '')
    expect(parsed.text.split(words)).toHaveLength(11)
    expect(parsed.text).toBe(message?.text)
    expect(new Set(parsed.entities.map(({ type }) => type))).toEqual(new Set(['bold', 'pre', 'italic']))
  })

  test('cannot draw lines of their own into a card, nor turn what follows around', () => {
    const value = plain('fine\nOverdue: 0\u202Eecnalab')
    const [html] = htmlOf({ kind: 'fields', fields: [{ label: plain('Goals'), value }] })
    expect(html).toBe('<b>Goals</b>: fine Overdue: 0ecnalab')
  })

  test('a lone half of a pair and a NUL do not reach Telegram', () => {
    const [message] = render(text('a\uD83D b\u0000c'))
    expect(message?.html.isWellFormed()).toBe(true)
    expect(message?.html).not.toContain('\u0000')
  })
})

describe('length', () => {
  test('D-02 4,096 units after parsing are one message, however many the tags and escapes add; 4,097 are two', () => {
    const three = Array.from({ length: 3 }, () => text('&'.repeat(1_023)))
    const [exact] = render(...three, text('&'.repeat(1_024)))
    expect(exact?.text).toHaveLength(4_096)
    expect(exact?.html.length).toBeGreaterThan(16_000)
    expect(render(...three, text('&'.repeat(1_025))).map((message) => message.text.length)).toEqual([
      3_071, 1_025,
    ])
  })

  test('a block that does not fit goes to the next message in one piece', () => {
    const messages = render(text('x'.repeat(1_900)), text('y'.repeat(1_900)), lines(5, 'z'.repeat(100)))
    expect(messages).toHaveLength(2)
    expect(messages[1]?.text).toMatch(/^• 0 z/)
  })

  test('D-02 at most three messages, and the last says how many lines did not fit', () => {
    const messages = render(lines(500, 'w'.repeat(50)))
    const shown = messages.flatMap((message) => message.text.match(/^• \d+/gm) ?? [])
    expect(messages).toHaveLength(3)
    expect(messages.every((message) => message.text.length <= 4_096)).toBe(true)
    expect(messages.at(-1)?.html).toMatch(
      new RegExp(`<i>${500 - shown.length} more lines did not fit\\.</i>$`),
    )
  })

  test.each([4_095, 4_096, 4_097, 50_000])(
    'D-02 a text of %i characters fits into messages, its marks closed',
    (length) => {
      const messages = render({ kind: 'note', text: plain('я&'.repeat(length).slice(0, length)) })
      expect(messages.length).toBeLessThanOrEqual(3)
      for (const message of messages) {
        expect(message.text.length).toBeLessThanOrEqual(4_096)
        expect(parseHtml(message.html).text).toBe(message.text)
      }
      const shown = messages.map((message) => message.text).join('')
      expect(shown.length).toBeGreaterThanOrEqual(Math.min(length, 4_096))
    },
  )

  test('D-02 a name of 10,000 characters is cut between characters, not inside one', () => {
    const family = '👨‍👩‍👧‍👦'
    const messages = render({ kind: 'heading', text: plain(family.repeat(900)) })
    expect(messages.length).toBeGreaterThan(1)
    for (const message of messages) {
      expect(message.text.replaceAll(family, '').trim()).toBe('')
      expect(parseHtml(message.html).entities.every(({ type }) => type === 'bold')).toBe(true)
    }
  })

  test('a single character of 5,000 marks is cut all the same', () => {
    const messages = render(text(`a${'\u0301'.repeat(5_000)}`))
    expect(messages.every((message) => message.text.length <= 4_096)).toBe(true)
  })
})

describe('buttons', () => {
  test('D-04 short labels share a row by two, long ones have one to themselves', () => {
    expect(labelsOf('One', 'Two', 'Three', 'A label that is rather long', 'Four', 'Five')).toEqual([
      ['One', 'Two'],
      ['Three'],
      ['A label that is rather long'],
      ['Four', 'Five'],
    ])
  })

  test('D-04 a label is cut to what a telephone shows, and never empty', () => {
    expect(labelsOf('x'.repeat(41))).toEqual([[`${'x'.repeat(39)}…`]])
    expect(labelsOf('x'.repeat(40), ' \u200b')).toEqual([['x'.repeat(40)], ['…']])
  })

  test('D-04 no more than a hundred are shown', () => {
    expect(labelsOf(...Array.from({ length: 130 }, (_, index) => `${index}`))?.flat()).toHaveLength(100)
  })

  test('they hang on the last message', () => {
    const messages = render(lines(120, 'w'.repeat(50)), { kind: 'buttons', buttons: [button('Go')] })
    expect(messages.map(({ keys }) => keys.length)).toEqual([0, 1])
  })

  test('without any words a keyboard still has a line above it', () => {
    expect(render({ kind: 'buttons', buttons: [button('Go')] })).toMatchObject([{ html: 'Please choose:' }])
  })

  test('a view that says nothing is no message', () => {
    expect(render()).toEqual([])
    expect(render(text(' \u200b\n'))).toEqual([])
  })
})

describe('the account card', () => {
  test.each([
    ['Russian', russian],
    ['English', english],
  ])('in %s is one message with an empty line before each part and the buttons by two', (_name, speak) => {
    const messages = renderTelegram(cardView(), speak)
    const shown = messages[0]?.html.split('\n') ?? []
    const titles = cardView().flatMap((block) =>
      'title' in block && block.title ? [speak(block.title)] : [],
    )
    expect(messages).toHaveLength(1)
    expect(messages[0]?.text.length).toBeLessThan(1_500)
    expect(shown[0]).toMatch(/^<b>Ромашка &amp; Ко<\/b> · 🔴 /)
    expect(titles).toHaveLength(5)
    for (const title of titles) expect(shown[shown.indexOf(`<b>${title}</b>`) - 1]).toBe('')
    expect(shown.filter((line) => line === '')).toHaveLength(5)
    const rows = messages[0]?.keys.map((row) => row.length) ?? []
    expect(rows.length).toBeGreaterThan(2)
    expect(rows.slice(0, -1).every((count) => count === 2)).toBe(true)
  })

  test('shows what a person wrote, and nothing of it as markup', () => {
    const [message] = renderTelegram(cardView(), russian)
    expect(parseHtml(message?.html ?? '').text).toBe(message?.text)
    expect(message?.text).toContain('Обсудили прайс <2027>')
  })
})
