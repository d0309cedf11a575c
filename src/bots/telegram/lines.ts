import type { Block, Field, Line as ViewLine, Text, Tone } from '../../commands/kit/view.ts'
import { SIGNS, tame } from '../plain-words.ts'
import type { Speaker } from '../speaker.ts'
import { BLANK, type Line, onOneLine, type Span } from './html.ts'
import { tableLines } from './table.ts'

/** Keeps a value without a label under the one above. */
const INDENT = '\u2003'

/** What one block says, line by line; an empty line before it where the eye needs one. Buttons say nothing here. */
export function linesOf(block: Block, before: Block | undefined, speak: Speaker): Line[] {
  const lines = bodyOf(block, speak)
  return before && lines.length > 0 && !isTight(before, block) ? [BLANK, ...lines] : lines
}

function bodyOf(block: Block, speak: Speaker): Line[] {
  switch (block.kind) {
    case 'heading':
      return [headingLine(block.text, block.badge, speak)]
    case 'text':
      return textLines(block.text, block.tone, speak)
    case 'fields':
      return [...titleLine(block.title, speak), ...block.fields.map((field) => fieldLine(field, speak))]
    case 'list':
      return [...titleLine(block.title, speak), ...block.items.map((item) => itemLine(item, speak))]
    case 'table':
      return [...titleLine(block.title, speak), ...tableLines(block, (text) => onOneLine(speak(text)))]
    case 'note':
      return [[{ text: onOneLine(speak(block.text)), mark: 'i' }]]
    case 'divider':
      return [[{ text: '———' }]]
    case 'buttons':
      return []
  }
}

function headingLine(text: Text, badge: ViewLine | undefined, speak: Speaker): Line {
  const title: Span = { text: onOneLine(speak(text)), mark: 'b' }
  if (!badge) return [title]
  return [title, { text: ` · ${signed(badge.tone, onOneLine(speak(badge.text)))}` }]
}

/** A text may have several lines of its own, as notes of a meeting have. */
function textLines(text: Text, tone: Tone | undefined, speak: Speaker): Line[] {
  const words = tame(speak(text))
    .trim()
    .replaceAll(/\n{3,}/g, '\n\n')
  return signed(tone, words)
    .split('\n')
    .map((line) => [{ text: line }])
}

function titleLine(title: Text | undefined, speak: Speaker): Line[] {
  return title ? [[{ text: onOneLine(speak(title)), mark: 'b' }]] : []
}

function fieldLine({ label, value, tone }: Field, speak: Speaker): Line {
  const name = onOneLine(speak(label))
  const words = signed(tone, onOneLine(speak(value)))
  return name === '' ? [{ text: `${INDENT}${words}` }] : [{ text: name, mark: 'b' }, { text: `: ${words}` }]
}

/** The sign stands in place of the bullet, so that a list with tones does not look crowded. */
function itemLine({ text, tone }: ViewLine, speak: Speaker): Line {
  return [{ text: `${tone ? SIGNS[tone] : '•'} ${onOneLine(speak(text))}` }]
}

const signed = (tone: Tone | undefined, words: string): string => (tone ? `${SIGNS[tone]} ${words}` : words)

/** Whether a block follows the one above without an empty line. */
function isTight(before: Block, block: Block): boolean {
  if (block.kind === 'heading' || block.kind === 'divider' || hasTitle(block)) return false
  if (before.kind === 'heading' || before.kind === 'text') return true
  return isListing(before) && isListing(block)
}

const hasTitle = (block: Block): boolean => 'title' in block && block.title !== undefined
const isListing = ({ kind }: Block): boolean => kind === 'list' || kind === 'fields'
