import type { Block, Column } from '../../commands/kit/view.ts'
import type { Speaker } from '../speaker.ts'
import { widthUpTo } from '../width.ts'
import type { Line } from './html.ts'

type Table = Extract<Block, { kind: 'table' }>

/** What a fixed-width box shows on a narrow telephone without scrolling sideways. */
const NARROW = 34
const GAP = '  '
/** Keeps the places of the others where a cell has nothing to say. */
const NOTHING = '–'

/** A box with aligned columns when it is narrow enough, else one compact entry per row under the columns' names. */
export function tableLines({ columns, rows }: Table, speak: Speaker): Line[] {
  const names = columns.map(({ label }) => speak(label))
  const cells = rows.map((row) => columns.map((_, index) => wordsOf(row[index], speak)))
  const widths = columns.map((_, index) => widest([names, ...cells].map((row) => row[index] ?? '')))
  const total = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (columns.length - 1)
  if (total > NARROW) return entries(names, cells)
  return [names, ...cells].map((row) => [{ text: boxed(row, widths, columns), mark: 'pre' }])
}

function wordsOf(text: Table['rows'][number][number] | undefined, speak: Speaker): string {
  return (text && speak(text)) || NOTHING
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, widthUpTo(text, NARROW)), 0)
}

function boxed(row: readonly string[], widths: readonly number[], columns: readonly Column[]): string {
  const cells = row.map((text, index) => {
    const space = ' '.repeat(Math.max((widths[index] ?? 0) - widthUpTo(text, NARROW), 0))
    return columns[index]?.align === 'end' ? space + text : text + space
  })
  return cells.join(GAP).trimEnd()
}

function entries(names: readonly string[], cells: readonly (readonly string[])[]): Line[] {
  const legend: Line = [{ text: names.join(' · '), mark: 'i' }]
  return [legend, ...cells.map((row): Line => [{ text: `• ${row.join(' · ')}` }])]
}
