import type { Block, Button, Field, Line, Text, Tone, View } from '../../commands/kit/view.ts'
import { escaped, SIGNS } from '../plain-words.ts'
import type { Speaker } from '../speaker.ts'
import { cut, holdsMarks, oneLine, paragraph } from './text.ts'

/** One line in both ways of writing: as it reads, and with our own bold in it. */
export type DoubleLine = Readonly<{ plain: string; marked: string }>

/** A view block as lines, before it is known how much of it fits. */
export type Group =
  | Readonly<{ kind: 'header'; text: string }>
  | Readonly<{ kind: 'lines'; lines: readonly DoubleLine[]; marks: boolean }>
  | Readonly<{ kind: 'small'; text: string }>
  | Readonly<{ kind: 'divider' }>
  | Readonly<{ kind: 'buttons'; buttons: readonly Button[] }>

const EMPTY = '–'
const HEADER = 150

export function groupsOf(view: View, speak: Speaker): Group[] {
  return view.flatMap((block) => groupsOfBlock(block, speak))
}

/** Everything a view says, for screen readers and notifications. */
export function plainLines(groups: readonly Group[]): string[] {
  return groups.flatMap((group) => {
    if (group.kind === 'lines') return group.lines.map(({ plain }) => plain)
    return group.kind === 'header' || group.kind === 'small' ? group.text.split('\n') : []
  })
}

function groupsOfBlock(block: Block, speak: Speaker): Group[] {
  switch (block.kind) {
    case 'heading':
      return [...header(speak(block.text)), ...(block.badge ? small(toned(block.badge, speak)) : [])]
    case 'text':
      return paragraphs(paragraph(speak(block.text)), block.tone)
    case 'fields':
      return titled(
        block.title,
        speak,
        block.fields.map((field) => fieldLine(field, speak)).filter((line) => line !== null),
      )
    case 'list':
      return titled(
        block.title,
        speak,
        block.items.flatMap((item) => bullet(toned(item, speak))),
      )
    case 'table':
      return titled(block.title, speak, tableLines(block, speak))
    case 'note':
      return small(paragraph(speak(block.text)))
    case 'divider':
      return [{ kind: 'divider' }]
    case 'buttons':
      return block.buttons.length > 0 ? [block] : []
  }
}

function header(text: string): Group[] {
  const line = cut(oneLine(text), HEADER)
  return line === '' ? [] : [{ kind: 'header', text: line }]
}

const small = (text: string): Group[] => (text === '' ? [] : [{ kind: 'small', text }])

function toned({ text, tone }: Line, speak: Speaker): string {
  const words = oneLine(speak(text))
  return tone && words !== '' ? `${SIGNS[tone]} ${words}` : words
}

/** Sentences hold no marks of ours, so they can go as plain text and nothing in them formats anything. */
function paragraphs(text: string, tone: Tone | undefined): Group[] {
  if (text === '') return []
  const lines = (tone ? `${SIGNS[tone]} ${text}` : text).split('\n')
  return [{ kind: 'lines', lines: lines.map((plain) => ({ plain, marked: plain })), marks: false }]
}

function fieldLine({ label, value, tone }: Field, speak: Speaker): DoubleLine | null {
  const name = oneLine(speak(label))
  const words = toned(tone ? { text: value, tone } : { text: value }, speak)
  if (words === '') return null
  if (name === '') return { plain: words, marked: escaped(words) }
  return { plain: `${name}: ${words}`, marked: `*${escaped(name)}:* ${escaped(words)}` }
}

const bullet = (words: string): DoubleLine[] =>
  words === '' ? [] : [{ plain: `• ${words}`, marked: `• ${escaped(words)}` }]

/**
 * Slack has a table block, but nowhere says that it may stand in an ephemeral message or a modal, and a refused answer
 * is no answer: so every row is a line, with its cells in the order of the heading.
 */
function tableLines({ columns, rows }: Extract<Block, { kind: 'table' }>, speak: Speaker): DoubleLine[] {
  const joined = (cells: readonly Text[]) => cells.map((cell) => oneLine(speak(cell)) || EMPTY).join(' · ')
  const names = joined(columns.map(({ label }) => label))
  const heading: DoubleLine[] = names === '' ? [] : [{ plain: names, marked: `_${escaped(names)}_` }]
  return [...heading, ...rows.flatMap((row) => bullet(joined(row)))]
}

/** Where a text holds a mark, the whole group goes without our bold rather than with somebody else's. */
function titled(title: Text | undefined, speak: Speaker, lines: readonly DoubleLine[]): Group[] {
  const name = title ? oneLine(speak(title)) : ''
  const first: DoubleLine[] = name === '' ? [] : [{ plain: name, marked: `*${escaped(name)}*` }]
  const all = [...first, ...lines]
  if (all.length === 0) return []
  return [{ kind: 'lines', lines: all, marks: !all.some(({ plain }) => holdsMarks(plain)) }]
}
