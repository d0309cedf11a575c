import type { Span } from '../when/reading.ts'
import { leftover } from './leftover.ts'
import { withLead } from './plain.ts'
import { NOTES_HERE } from './tense.ts'

const BEFORE =
  /(?:(?:^|[^\p{L}\d])(?:i|we|я|мы|had|have|a|an|the|our|their|client|customer|account|клиент|клиента|клиентом|клиенту|компани(?:я|и|ю|ей)|провел[аи]?|был[аи]?|была|сегодня была|на|on|in|via|over|по|встреча|meeting|встречу|уже))$/u
const LONGEST_BEFORE = 14

/** The place with the small words before it that mean nothing without it. */
function widened(text: string, { from, to }: Span): Span {
  let start = withLead(text, from)
  for (let count = 0; count < 4; count += 1) {
    const before = text.slice(Math.max(0, start - LONGEST_BEFORE), start)
    const trimmed = before.replace(/ {1,3}$/, '')
    const match = BEFORE.exec(trimmed)?.[0]
    if (match === undefined || (trimmed.length === before.length && before !== '')) break
    const word = match.replace(/^[^\p{L}\d]/u, '')
    start -= before.length - trimmed.length + word.length
    start = withLead(text, start)
  }
  return { from: start, to }
}

/** Verbs and kinds of one meeting stand at the head of its line. */
const MOST_UNDERSTOOD = 40

/**
 * What is left of a line as notes. `cuts` are out for certain; `understood` (the kind, the verb, who was there) are out
 * only where nothing hangs on them: `met Ivan, discussed prices`, but `visited the new warehouse`.
 */
export function notesOf(
  line: string,
  text: string,
  cuts: readonly Span[],
  understood: readonly Span[],
): string {
  const out = cuts.map((span) => widened(text, span))
  const first = understood.toSorted((a, b) => a.from - b.from).slice(0, MOST_UNDERSTOOD)
  for (const span of first.toReversed()) if (hangsNothing(text, span.to, out)) out.push(widened(text, span))
  return leftover(line, out)
}

function hangsNothing(text: string, at: number, out: readonly Span[]): boolean {
  let place = at
  while (text.charAt(place) === ' ') place += 1
  // What it led to is out, so it leads to nothing.
  if (out.some(({ from, to }) => from <= place && place < to)) return true
  if (place >= text.length || /[,.;:!\n|/)-]/.test(text.charAt(place))) return true
  NOTES_HERE.lastIndex = place
  return NOTES_HERE.test(text) || ABOUT.test(text.slice(place, place + 8))
}

const ABOUT = /^(?:о|об|about|re|и|and)(?!\p{L})/u
