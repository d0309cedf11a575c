import type { Block, Button, Field, Line, Tone, View } from '../../commands/kit/view.ts'
import type { Speaker } from '../speaker.ts'
import { widthOf } from '../width.ts'
import { inert, padEnd, padStart, wrap } from './columns.ts'
import { type Paint, signOf } from './paint.ts'

export type Screen = Readonly<{ columns: number; paint: Paint; speak: Speaker }>

export type Page = Readonly<{ lines: readonly string[]; buttons: readonly Button[] }>

type Table = Extract<Block, { kind: 'table' }>

const WIDEST_LABEL = 24
const BETWEEN_COLUMNS = 2

/** A view as lines of the terminal's width. Its buttons are numbered through all blocks, in order. */
export function renderPage(view: View, screen: Screen): Page {
  // Only a person's own text may have lines; a line break in a name could pass for a numbered button.
  const lined: Screen = { ...screen, speak: (text) => inert(screen.speak(text)) }
  const safe: Screen = { ...screen, speak: (text) => lined.speak(text).replaceAll(/\n+/g, ' ') }
  const buttons: Button[] = []
  const lines = view.flatMap((block) => {
    const first = buttons.length + 1
    if (block.kind === 'buttons') buttons.push(...block.buttons)
    return renderBlock(block, block.kind === 'text' ? lined : safe, first)
  })
  return { lines, buttons }
}

function renderBlock(block: Block, screen: Screen, firstButton: number): string[] {
  const { paint, speak, columns } = screen
  switch (block.kind) {
    case 'heading':
      return heading(block, screen)
    case 'text':
      return tonedLines(speak(block.text), block.tone, '', screen)
    case 'fields':
      return [...title(block, screen), ...fields(block.fields, screen)]
    case 'list':
      return [...title(block, screen), ...block.items.flatMap((item) => listItem(item, screen))]
    case 'table':
      return [...title(block, screen), ...table(block, screen)]
    case 'note':
      return wrap(speak(block.text), columns).map(paint.faint)
    case 'divider':
      return [paint.faint('─'.repeat(Math.min(columns, 40)))]
    case 'buttons':
      return ['', ...block.buttons.flatMap((button, index) => choice(button, firstButton + index, screen))]
  }
}

function heading(
  { text, badge }: Extract<Block, { kind: 'heading' }>,
  { speak, paint, columns }: Screen,
): string[] {
  const lines = wrap(speak(text), columns)
  const widest = Math.max(...lines.map(widthOf))
  const underline = paint.accent('═'.repeat(Math.min(widest, columns)))
  const badgeLines = badge ? wrap(`[${signOf(badge.tone)}${speak(badge.text)}]`, columns) : []
  return [...lines.map(paint.strong), underline, ...badgeLines.map((line) => paint.tone(badge?.tone, line))]
}

function title(
  block: Extract<Block, { kind: 'fields' | 'list' | 'table' }>,
  { speak, paint, columns }: Screen,
): string[] {
  return block.title ? ['', ...wrap(speak(block.title), columns).map(paint.accent)] : []
}

/** The sign stands before the words, so that the tone is there without colour. */
function tonedLines(
  text: string,
  tone: Tone | undefined,
  indent: string,
  { paint, columns }: Screen,
): string[] {
  const sign = signOf(tone)
  const hang = ' '.repeat(sign.length)
  return wrap(text, columns - indent.length - sign.length).map((line, index) =>
    paint.tone(tone, `${indent}${index === 0 ? sign : hang}${line}`),
  )
}

function listItem({ text, tone }: Line, { paint, speak, columns }: Screen): string[] {
  const bullet = signOf(tone) || '· '
  return wrap(speak(text), columns - bullet.length).map((line, index) =>
    index === 0 ? paint.tone(tone, bullet) + line : ' '.repeat(bullet.length) + line,
  )
}

function fields(all: readonly Field[], screen: Screen): string[] {
  const { speak, paint, columns } = screen
  const widest = Math.max(0, ...all.map(({ label }) => widthOf(oneLine(speak(label)))))
  const label = Math.min(widest, WIDEST_LABEL, Math.floor(columns / 3))
  return all.flatMap((field) => {
    const names = wrap(oneLine(speak(field.label)), label)
    const values = tonedLines(speak(field.value), field.tone, '', {
      ...screen,
      columns: columns - label - BETWEEN_COLUMNS,
    })
    return Array.from({ length: Math.max(names.length, values.length) }, (_, index) => {
      const name = padEnd(names[index] ?? '', label + BETWEEN_COLUMNS)
      return `${paint.faint(name)}${values[index] ?? ''}`.trimEnd()
    })
  })
}

/** In columns where they fit; else each row as fields, which reads on any width. */
function table(block: Table, screen: Screen): string[] {
  const { speak, paint, columns } = screen
  const rows = [block.columns.map(({ label }) => label), ...block.rows].map((row) =>
    row.map((cell) => oneLine(speak(cell))),
  )
  const widths = block.columns.map((_, index) => Math.max(...rows.map((row) => widthOf(row[index] ?? ''))))
  const whole = widths.reduce((sum, width) => sum + width + BETWEEN_COLUMNS, -BETWEEN_COLUMNS)
  if (whole > columns) return rowsAsFields(block, screen)
  return rows.map((row, line) => {
    const cells = block.columns.map(({ align }, index) => {
      const width = widths[index] ?? 0
      return align === 'end' ? padStart(row[index] ?? '', width) : padEnd(row[index] ?? '', width)
    })
    const text = cells.join(' '.repeat(BETWEEN_COLUMNS)).trimEnd()
    return line === 0 ? paint.faint(text) : text
  })
}

function rowsAsFields({ columns, rows }: Table, screen: Screen): string[] {
  return rows.flatMap((row, index) => {
    const asFields = columns.map(({ label }, at) => ({ label, value: row[at] ?? { plain: '' } }))
    return [...(index > 0 ? [screen.paint.faint('-')] : []), ...fields(asFields, screen)]
  })
}

function choice({ label, style }: Button, number: number, { speak, paint, columns }: Screen): string[] {
  const mark = `[${number}] `
  const words = wrap(oneLine(speak(label)), columns - mark.length)
  const painted =
    style === 'danger'
      ? (text: string) => paint.tone('bad', text)
      : style === 'primary'
        ? paint.strong
        : String
  return words.map(
    (line, index) => (index === 0 ? paint.accent(mark) : ' '.repeat(mark.length)) + painted(line),
  )
}

const oneLine = (text: string) => text.replaceAll('\n', ' ')
