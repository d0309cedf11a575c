import type { ContextBlock, KnownBlock, SectionBlock } from '@slack/types'
import { say, type View } from '../../commands/kit/view.ts'
import { escaped } from '../plain-words.ts'
import type { Speaker } from '../speaker.ts'
import { actionBlocks, type Numbering } from './buttons.ts'
import { type DoubleLine, type Group, groupsOf, plainLines } from './groups.ts'
import { cut, joinLines, lengthOf } from './text.ts'

/** What a message consists of: `text` says everything, for screen readers, notifications and old clients. */
export type SlackMessage = Readonly<{ text: string; blocks: KnownBlock[] }>

/** How much one surface holds. `chars` is counted over all texts, `bytes` over the JSON. */
export type Room = Readonly<{ blocks: number; chars: number; bytes: number }>

/** Slack refuses messages beyond about 13,000 characters in all their blocks, without saying so anywhere. */
const MESSAGE_ROOM: Room = { blocks: 50, chars: 12_000, bytes: 100_000 }
/** For a modal and the Home tab: 250 kB, of which the frame of the view takes some. */
export const VIEW_ROOM: Room = { blocks: 100, chars: 60_000, bytes: 230_000 }

const SECTION = 3_000
const SMALL = 2_000
const TEXT = 4_000
/** One endless name must not take the place of everything else that is read aloud. */
const LONGEST_LINE = 1_200

/** Making room for the notice drops more lines: the larger count has more digits and another plural. */
const NOTICE_GROWS = 24

/** Buttons come first when room is short: a long list must not push out the way on. */
const SHARE_OF_BUTTONS = 0.4

export function renderMessage(view: View, speak: Speaker): SlackMessage {
  const groups = groupsOf(view, speak)
  return { text: topTextOf(groups, speak), blocks: blocksOf(groups, speak, MESSAGE_ROOM) }
}

/** Ephemeral messages are measured in bytes, all others in characters. */
export const topText = (view: View, speak: Speaker, bytes?: number): string =>
  topTextOf(groupsOf(view, speak), speak, bytes)

function topTextOf(groups: readonly Group[], speak: Speaker, bytes?: number): string {
  const longest = bytes === undefined ? LONGEST_LINE : bytes / 5
  const lines = plainLines(groups).map((line) => escapedWithin(line, longest))
  const room = bytes === undefined ? { chars: TEXT } : { chars: TEXT, bytes }
  const [whole, left] = joinLines(lines, room)
  if (left === 0) return whole || 'Kamerton'
  const notice = escaped(speak(say('view.more', { count: left })))
  const space = lengthOf(notice) + NOTICE_GROWS
  const less = bytes === undefined ? {} : { bytes: bytes - Buffer.byteLength(notice) - NOTICE_GROWS }
  const [part, dropped] = joinLines(lines, { chars: TEXT - space, ...less })
  return `${part}\n${dropped === left ? notice : escaped(speak(say('view.more', { count: dropped })))}`.trim()
}

/** One block and how many lines of the view it stands for. */
type Piece = Readonly<{ block: KnownBlock; lines: number }>

export const renderBlocks = (
  view: View,
  speak: Speaker,
  room: Room,
  numbering: Numbering = { next: 0 },
): KnownBlock[] => blocksOf(groupsOf(view, speak), speak, room, numbering)

function blocksOf(
  groups: readonly Group[],
  speak: Speaker,
  room: Room,
  numbering: Numbering = { next: 0 },
): KnownBlock[] {
  const pieces: Piece[] = []
  let left = 0
  for (const group of groups) {
    if (group.kind !== 'buttons') pieces.push(...piecesOf(group))
    else {
      const made = actionBlocks(group.buttons, speak, numbering)
      pieces.push(...made.blocks.map((block) => ({ block, lines: block.elements.length })))
      left += made.left
    }
  }
  return fitted(pieces, left, room, speak)
}

function piecesOf(group: Exclude<Group, { kind: 'buttons' }>): Piece[] {
  switch (group.kind) {
    case 'header':
      return [{ block: { type: 'header', text: plainText(group.text) }, lines: 1 }]
    case 'small':
      return [{ block: smallPrint(group.text), lines: 1 }]
    case 'divider':
      return [{ block: { type: 'divider' }, lines: 0 }]
    case 'lines':
      return sections(group.lines, group.marks)
  }
}

function sections(lines: readonly DoubleLine[], marks: boolean): Piece[] {
  const bold = marks && lines.every(({ marked }) => lengthOf(marked) <= SECTION)
  const texts = lines.map(({ plain, marked }) => (bold ? marked : cut(plain, SECTION)))
  const pieces: Piece[] = []
  let rest = texts
  while (rest.length > 0) {
    const [text, left] = joinLines(rest, { chars: SECTION })
    const fit = rest.length - left
    // A line break at the edge of a section is only air.
    if (text.trim() !== '') pieces.push({ block: section(text, bold), lines: fit })
    rest = rest.slice(Math.max(fit, 1))
  }
  return pieces
}

const section = (text: string, bold: boolean): SectionBlock => ({
  type: 'section',
  text: bold ? { type: 'mrkdwn', text, verbatim: true } : plainText(text),
})

export const plainText = (text: string) => ({ type: 'plain_text', text, emoji: false }) as const

const smallPrint = (text: string): ContextBlock => ({
  type: 'context',
  elements: [plainText(cut(text, SMALL))],
})

/** Whole blocks are dropped from the end, and what was dropped is said where it would have stood. */
function fitted(pieces: readonly Piece[], leftBefore: number, room: Room, speak: Speaker): KnownBlock[] {
  const all = taken(pieces, room)
  if (leftBefore === 0 && all.kept.size === pieces.length) return pieces.map(({ block }) => block)
  const buttons = taken(pieces.filter(isButtons), part(room, SHARE_OF_BUTTONS))
  const rest = minus(minus(room, buttons.cost), NOTICE)
  const others = taken(
    pieces.filter((piece) => !isButtons(piece)),
    rest,
  )

  const kept: KnownBlock[] = []
  let noticeAt = -1
  let left = leftBefore
  for (const piece of pieces) {
    if (buttons.kept.has(piece) || others.kept.has(piece)) {
      kept.push(piece.block)
      continue
    }
    if (noticeAt < 0) noticeAt = kept.length
    left += piece.lines
  }
  if (left === 0) return kept
  const notice = smallPrint(speak(say('view.more', { count: left })))
  return kept.toSpliced(noticeAt < 0 ? kept.length : noticeAt, 0, notice)
}

const NOTICE: Room = { blocks: 1, chars: 200, bytes: 1_000 }

const isButtons = ({ block }: Piece) => block.type === 'actions'

/** From the front, as many as there is room for. */
function taken(pieces: readonly Piece[], room: Room): Readonly<{ kept: Set<Piece>; cost: Room }> {
  const kept = new Set<Piece>()
  let cost: Room = { blocks: 0, chars: 0, bytes: 0 }
  for (const piece of pieces) {
    const more = plus(cost, costOf(piece))
    if (more.blocks > room.blocks || more.chars > room.chars || more.bytes > room.bytes) break
    cost = more
    kept.add(piece)
  }
  return { kept, cost }
}

const costOf = ({ block }: Piece): Room => ({
  blocks: 1,
  chars: charsIn(block),
  bytes: Buffer.byteLength(JSON.stringify(block)) + 1,
})

const plus = (one: Room, other: Room): Room => ({
  blocks: one.blocks + other.blocks,
  chars: one.chars + other.chars,
  bytes: one.bytes + other.bytes,
})

const minus = (one: Room, other: Room): Room => ({
  blocks: one.blocks - other.blocks,
  chars: one.chars - other.chars,
  bytes: one.bytes - other.bytes,
})

const part = (room: Room, share: number): Room => ({
  blocks: Math.floor(room.blocks * share),
  chars: Math.floor(room.chars * share),
  bytes: Math.floor(room.bytes * share),
})

/** Characters of every text in it, as Slack adds them up. */
function charsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((total, item) => total + charsIn(item), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce(
    (total, [name, item]) =>
      total + (name === 'text' && typeof item === 'string' ? lengthOf(item) : charsIn(item)),
    0,
  )
}

/** Escaping lengthens: the line is cut before it, so that no entity is cut in half. */
function escapedWithin(line: string, most: number): string {
  const whole = escaped(line)
  if (lengthOf(whole) <= most) return whole
  let text = ''
  let length = 0
  for (const point of line) {
    const safe = escaped(point)
    if (length + safe.length > most - 1) break
    text += safe
    length += point === safe ? 1 : safe.length
  }
  return `${text}…`
}
