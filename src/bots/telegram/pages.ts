import { BLANK, cutAt, isVisible, lengthOf, type Line, type Span, toPlain } from './html.ts'

/** UTF-16 units of one message after its tags are read. */
const MESSAGE = 4_096
const MESSAGES = 3
/** Left free in the last message for the line that says how much is missing. */
const NOTICE = 160
/** A longer line is broken after a word, so that messages fill up evenly. */
const LONGEST_LINE = 2_000
/** Leaves room for a label before the first piece. */
const LONGEST_PIECE = 1_900

/**
 * Shares lines out to at most three messages: between blocks where that leaves no message half empty, else between
 * lines. What does not fit is counted, and `notice` says how much it is.
 */
export function paginate(blocks: readonly Line[][], notice: (left: number) => Line): Line[][] {
  const whole = blocks.map((lines) => lines.flatMap(broken))
  const full = fill(whole, Array<number>(MESSAGES).fill(MESSAGE))
  if (full.left === 0) return full.pages.filter(saysSomething)
  const limits = [...Array<number>(MESSAGES - 1).fill(MESSAGE), MESSAGE - NOTICE]
  const { pages, left } = fill(whole, limits)
  const last = pages.at(-1) ?? []
  return [...pages.slice(0, -1), [...last, BLANK, notice(left)]].filter(saysSomething)
}

const saysSomething = (page: readonly Line[]): boolean => isVisible(toPlain(page))

type Filling = { pages: Line[][]; used: number; left: number; readonly limits: readonly number[] }

function fill(blocks: readonly Line[][], limits: readonly number[]): Filling {
  const filling: Filling = { pages: [[]], used: 0, left: 0, limits }
  for (const lines of blocks) {
    if (startsAnew(filling, lines)) turnPage(filling)
    for (const line of lines) add(filling, line)
  }
  return filling
}

const limitOf = ({ pages, limits }: Filling): number => limits[pages.length - 1] ?? 0
const isLastPage = ({ pages, limits }: Filling): boolean => pages.length >= limits.length

/** A block goes to the next message in one piece when it fits there and this one is at least half full. */
function startsAnew(filling: Filling, lines: readonly Line[]): boolean {
  const size = lines.reduce((sum, line) => sum + lengthOf(line) + 1, 0)
  const fits = filling.used + size <= limitOf(filling)
  return !fits && !isLastPage(filling) && filling.used > MESSAGE / 2 && size <= MESSAGE - NOTICE
}

function turnPage(filling: Filling): void {
  filling.pages.push([])
  filling.used = 0
}

function add(filling: Filling, line: Line): void {
  const isBlank = lengthOf(line) === 0
  if (filling.left === 0 && !fits(filling, line) && !isLastPage(filling)) turnPage(filling)
  // Once something is left out, all that follows is: a gap in the middle would mislead.
  if (filling.left > 0 || !fits(filling, line)) {
    if (!isBlank) filling.left += 1
    return
  }
  if (isBlank && filling.used === 0) return
  filling.used += spaceFor(filling, line)
  filling.pages.at(-1)?.push(line)
}

/** With the line feed before it. */
const spaceFor = ({ used }: Filling, line: Line): number => lengthOf(line) + (used > 0 ? 1 : 0)
const fits = (filling: Filling, line: Line): boolean =>
  filling.used + spaceFor(filling, line) <= limitOf(filling)

function broken(line: Line): Line[] {
  if (lengthOf(line) <= LONGEST_LINE) return [line]
  const lines: Line[] = []
  for (const piece of line.flatMap(pieces)) {
    const current = lines.at(-1)
    const joins = current && lengthOf(current) + piece.text.length <= LONGEST_LINE
    if (joins) lines[lines.length - 1] = [...current, piece]
    else lines.push([piece])
  }
  return lines
}

function pieces(span: Span): Span[] {
  const found: Span[] = []
  for (let rest = span.text; rest !== ''; ) {
    const end = cutAt(rest, LONGEST_PIECE)
    found.push({ ...span, text: rest.slice(0, end) })
    rest = rest.slice(end).trimStart()
  }
  return found
}
