import { tame } from '../plain-words.ts'

/** Slack counts code points: an emoji outside the basic plane is one, though JavaScript stores it as two. */
export const lengthOf = (text: string): number => text.length - (text.match(pairs)?.length ?? 0)

const pairs = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g

/** Never cuts a surrogate pair in half, and says that it cut. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text
  const points = Array.from(text)
  return points.length <= most ? text : `${points.slice(0, most - 1).join('')}…`
}

/** Text that may have several lines. Slack refuses the sign that stands for half a character. */
export const paragraph = (text: string): string => tame(text).replaceAll('\uFFFD', '').trim()

/** Text for one line: a line break inside a name must not look like a line of ours. */
export const oneLine = (text: string): string =>
  paragraph(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')

/**
 * Slack cannot escape the marks of bold, italic, struck, code and quotes, nor emoji names: where a text holds one,
 * it is sent as plain text instead, so that a name reads exactly as it is written.
 */
export const holdsMarks = (text: string): boolean => /[*_~`]|:[\w+'-]+:|^[ \t]*>/m.test(text)

/** A line as somebody wrote it: Slack hands over entities, and mentions and links in angle brackets. */
export function asTyped(text: string): string {
  return decoded(text.replace(/<([^<>]*)>/g, (_, inner: string) => readToken(inner)))
}

/** Order matters: `&amp;lt;` is the text `&lt;`. */
export const decoded = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

function readToken(inner: string): string {
  const [target = '', label = ''] = inner.split('|')
  if (target.startsWith('#')) return `#${label || target.slice(1)}`
  if (target.startsWith('@')) return `@${label || target.slice(1)}`
  return label || target.replace(/^(mailto|tel):/, '').replace(/^!/, '@')
}

/** Whole lines up to the limits, each measured as it will be sent; returns how many did not fit. */
export function joinLines(
  lines: readonly string[],
  most: { chars: number; bytes?: number },
): [string, number] {
  let chars = -1
  let bytes = -1
  let taken = 0
  for (const line of lines) {
    chars += lengthOf(line) + 1
    bytes += Buffer.byteLength(line) + 1
    if (chars > most.chars || bytes > (most.bytes ?? Infinity)) break
    taken += 1
  }
  return [lines.slice(0, taken).join('\n'), lines.length - taken]
}

/** Cut at the ends of lines or words where there are any, so that the pieces joined by line breaks read as before. */
export function piecesOf(text: string, most: number): string[] {
  const pieces: string[] = []
  let rest = Array.from(text)
  while (rest.length > most) {
    const window = rest.slice(0, most + 1)
    const line = window.lastIndexOf('\n')
    const space = window.lastIndexOf(' ')
    const end = line > most / 2 ? line : space > most / 2 ? space : most
    pieces.push(rest.slice(0, end).join(''))
    rest = rest.slice(end === most && !isGap(rest[end]) ? end : end + 1)
  }
  return rest.length > 0 || pieces.length === 0 ? [...pieces, rest.join('')] : pieces
}

const isGap = (sign: string | undefined) => sign === '\n' || sign === ' '
