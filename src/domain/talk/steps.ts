import { findWhens } from '../when/read-when.ts'
import type { Found, Span } from '../when/reading.ts'
import { isActionAt } from './actions.ts'
import { leftover } from './leftover.ts'
import { type Marker, markersIn } from './markers.ts'
import { blanked, withLead, words, wordsHere } from './plain.ts'
import type { Step, TalkContext } from './talk.ts'
import { NOTES_HERE, PAST_HERE } from './tense.ts'
import { URGENT } from './urgency.ts'

/** The promises of a line, with the places that they take. */
type SaidSteps = Readonly<{ steps: readonly Step[]; spans: readonly Span[] }>

/** More than anybody promises in one message; what comes after them stays in the notes. */
const MOST_STEPS = 20

/** The promise itself stands from `what` to `end`. */
type Piece = Span & Readonly<{ marker: Marker; what: number; end: number }>

/** `marks`: what belongs to the meeting although it stands among the promises, such as its mood. */
export function stepsIn(line: string, text: string, marks: readonly Span[], context: TalkContext): SaidSteps {
  const clean = blanked(text, marks)
  const found = markersIn(line, clean).slice(0, MOST_STEPS)
  const pieces = found.flatMap((marker, at) => {
    const end = found[at + 1]?.from ?? line.length
    return marker.to > end ? [] : piecesOf(line, clean, marker, end, context)
  })
  const read = pieces
    .slice(0, MOST_STEPS)
    .map((piece) => ({ piece, step: stepOf(line, clean, piece, context) }))
  return {
    steps: read.flatMap(({ step }) => (/[\p{L}\d]/u.test(step.what) ? [step] : [])),
    spans: read.map(({ piece }) => ({ from: piece.from, to: piece.to })),
  }
}

const OTHER_LABEL = wordsHere(
  '(?:mood|notes?|were|attendees|participants|present|настроение|заметк[аи]|были|участники|присутствовали|итоги?)(?= ?:)',
)

/** One marker may open several promises: after a semicolon, on new lines, or after a comma that follows a date. */
function piecesOf(line: string, text: string, marker: Marker, end: number, context: TalkContext): Piece[] {
  const pieces: Piece[] = []
  // Only a comma asks for the times before it.
  let times: readonly Span[] | null = null
  const timesOf = () => (times ??= timesIn(line, text, { from: marker.to, to: end }, context))
  let from = marker.from
  let start = marker.to
  for (;;) {
    const stop = endOf(line, text, start, end, (comma) => isOver(text, comma, start, timesOf(), marker))
    const closed = /[.!]/.test(text.charAt(stop)) && stop < end ? stop + 1 : stop
    pieces.push({ from, to: closed, what: start, end: stop, marker })
    if (stop >= end) return pieces
    const next = nextWord(text, stop + 1, end)
    if (next >= end || !goesOn(text, stop, next, marker)) return pieces
    from = stop
    start = next
  }
}

/** Whether what follows this separator is one more promise. */
function goesOn(text: string, stop: number, next: number, { label }: Marker): boolean {
  if (isActionAt(text, next)) return true
  const sign = text.charAt(stop)
  if (!label || (sign !== ';' && sign !== '\n')) return false
  return ![OTHER_LABEL, NOTES_HERE, PAST_HERE].some((pattern) => {
    pattern.lastIndex = next
    return pattern.test(text)
  })
}

function nextWord(text: string, at: number, end: number): number {
  let place = at
  while (place < end && /[\s\-•*–—;.,]/.test(text.charAt(place))) place += 1
  return place
}

/** After its date a promise is over at the next comma, when another one or another thought begins there. */
function isOver(text: string, comma: number, start: number, times: readonly Span[], marker: Marker): boolean {
  if (!times.some(({ from, to }) => from >= start && to <= comma)) return false
  return !marker.label || isActionAt(text, nextWord(text, comma + 1, text.length))
}

function endOf(
  line: string,
  text: string,
  start: number,
  end: number,
  over: (comma: number) => boolean,
): number {
  for (let at = start; at < end; at += 1) {
    const sign = text.charAt(at)
    if (sign === ';' || sign === '\n') return at
    if (sign === ',' && over(at)) return at
    if ((sign === '.' || sign === '!' || sign === '?') && isSentenceEnd(line, at)) return at
  }
  return end
}

const ABBREVIATED =
  /(?:^|[^\p{L}])(?:inc|corp|ltd|co|mr|mrs|ms|dr|st|vs|etc|approx|no|руб|тыс|млн|млрд|ул|г|т|д|им|стр|шт|\p{L})$/iu

function isSentenceEnd(line: string, at: number): boolean {
  const before = line.slice(Math.max(0, at - 10), at)
  if (!/[\p{L}\d)»"%]$/u.test(before) || ABBREVIATED.test(before)) return false
  const after = line.slice(at + 1, at + 6)
  return /^\s*$/.test(after) ? at + 6 >= line.length : /^\s+[^\p{Ll}\s]/u.test(after)
}

function timesIn(line: string, text: string, { from, to }: Span, context: TalkContext): readonly Found[] {
  const part = partOf(line, text, { from, to })
  return findWhens(part, { ...context, direction: 'future' }).map((found) => moved(found, from))
}

/** Marks that were taken out of the text are no part of a promise either. */
function partOf(line: string, text: string, { from, to }: Span): string {
  // By code unit, as all places are.
  const signs = Array.from({ length: to - from }, (_, at) =>
    text.charAt(from + at) === ' ' ? ' ' : line.charAt(from + at),
  )
  return signs.join('').replaceAll('\n', ';')
}

function moved(found: Found, by: number): Found {
  const pieces = found.pieces.map(({ from, to }) => ({ from: from + by, to: to + by }))
  return { ...found, from: found.from + by, to: found.to + by, pieces }
}

const DEADLINE = /^(?:by|before|until|till|no later|до|к|ко|не позже|не позднее)(?!\p{L})/u

/** Of several times the one by which it is promised; else the first that can be. */
export function deadlineOf(text: string, times: readonly Found[]): Found | null {
  return (
    times.find(({ from, to, kind }) => kind !== 'impossible' && DEADLINE.test(text.slice(from, to))) ??
    times.find(({ kind }) => kind !== 'impossible') ??
    times[0] ??
    null
  )
}

const OPENING = words("that|to|will|что|'ll")

function stepOf(line: string, text: string, { what, end, marker }: Piece, context: TalkContext): Step {
  const place = { from: what, to: end }
  const when = deadlineOf(text, timesIn(line, text, place, context))
  const urgent = [...text.slice(what, end).matchAll(URGENT)].map(({ index, 0: sign }) => ({
    from: index,
    to: index + sign.length,
  }))
  const cuts = (when?.pieces ?? []).map((span) => ({
    from: Math.max(what, withLead(text, span.from)) - what,
    to: span.to - what,
  }))
  const said = leftover(line.slice(what, end), [...cuts, ...urgent, ...blanks(line, text, place)])
  OPENING.lastIndex = 0
  const opening = OPENING.exec(said.toLowerCase().slice(0, 8))
  return {
    promisedBy: marker.promisedBy,
    what: opening?.index === 0 ? said.slice(opening[0].length).trim() : said,
    when,
    urgent: urgent.length > 0,
  }
}

/** Where the marks were, within this place. */
function blanks(line: string, text: string, { from, to }: Span): Span[] {
  const found: Span[] = []
  for (let at = from; at < to; at += 1)
    if (text.charAt(at) === ' ' && /\S/.test(line.charAt(at)))
      found.push({ from: at - from, to: at - from + 1 })
  return found
}
