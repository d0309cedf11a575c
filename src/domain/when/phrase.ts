import type { Days } from './calendar.ts'
import { addDays, daysBetween } from '../shared/day.ts'
import { addMonths } from './calendar.ts'
import type { Line } from './line.ts'
import type { DayMeaning, MomentMeaning, PartMeaning, Scene, TimeMeaning } from './meaning.ts'
import { type Piece, pieceAt } from './pieces.ts'
import type { Span } from './reading.ts'

/** Pieces that stand together and speak of one time. */
export type Phrase = Readonly<{
  day: DayMeaning | null
  /** `after Friday`, `от пятницы`: what stood before the day. */
  dayLead: string
  time: TimeMeaning | null
  part: PartMeaning | null
  moment: MomentMeaning | null
  timeZone: string | null
  /** The prepositions that open the phrase. */
  lead: string
  spans: readonly Span[]
  firstToken: number
  lastToken: number
}>

const EMPTY = { day: null, dayLead: '', time: null, part: null, moment: null, timeZone: null }

/** A sentence ends here, or a new thought begins. */
const BREAK = /^[.;!?\n|]$/

/** Nobody means more times in one message; what comes after them stays in the words. */
const MOST_PHRASES = 60

export function phrasesIn(line: Line, scene: Scene): Phrase[] {
  const phrases: Phrase[] = []
  for (let index = 0; index < line.tokens.length && phrases.length < MOST_PHRASES; ) {
    const found = phraseAt(line, index, scene)
    if (found && !isDenied(line, found)) phrases.push(found)
    index = found ? found.lastToken + 1 : index + 1
  }
  return joined(line, phrases)
}

/** No phrase has more, and a line of nothing but weak pieces is read in proportion to its length. */
const MOST_PIECES = 8

/** «не в пятницу», `except Friday`, and what is only measured from a day: `3 days before Friday`. */
function isDenied(line: Line, { firstToken, lead }: Phrase): boolean {
  const start = line.tokens[firstToken]?.start ?? 0
  const before = line.text.slice(Math.max(0, start - 32), start)
  if (/перен[её]с|перенос|сдвин|moved?|reschedul|postpone/.test(before) && /^(?:с|со|from) /.test(lead))
    return true
  if (/(?:^|[^\p{L}])(?:не|кроме|except|not|isn't|no) $/u.test(before)) return true
  return (
    /^(?:after|before|from|после|до|от) /.test(lead) &&
    /(?:day|week|month|hour|дн[яей]{1,2}|день|недел\p{L}{1,2}|месяц\p{L}{0,2}|час\p{L}{0,2})s? $/u.test(
      before,
    )
  )
}

function phraseAt(line: Line, index: number, scene: Scene): Phrase | null {
  const first = pieceAt(line, index, scene)
  let phrase = first ? withPiece(null, first, '') : null
  if (!first || !phrase) return null
  let strong = !first.meaning.weak
  let count = 1
  while (phrase && count < MOST_PIECES) {
    const step = connectorAfter(line, phrase.lastToken)
    const next = pieceAt(line, step.index, scene, step.connector !== '')
    const longer: Phrase | null = next ? withPiece(phrase, next, step.connector) : null
    if (!next || !longer) break
    strong ||= !next.meaning.weak
    count += 1
    phrase = longer
  }
  const readable = strong || (count > 1 && phrase !== null && isWhole(phrase))
  return readable && phrase ? { ...phrase, spans: [spanOf(line, phrase)] } : null
}

/** Weak pieces together: `Sat 10:00`, `Mon-Wed`, «завтра к 5». */
function isWhole({ day, time, part }: Phrase): boolean {
  return day !== null && ((time ?? part) !== null || day.options.some(({ until }) => until !== null))
}

function spanOf(line: Line, phrase: Phrase): Span {
  return { from: line.tokens[phrase.firstToken]?.from ?? 0, to: line.tokens[phrase.lastToken]?.to ?? 0 }
}

const CONNECTOR = /[,\-(]|(?:или|or|либо|и|and|to|t)(?!\p{L})/uy

function connectorAfter(line: Line, last: number): { index: number; connector: string } {
  const token = line.tokens[last + 1]
  CONNECTOR.lastIndex = token?.start ?? line.text.length
  const match = token ? CONNECTOR.exec(line.text) : null
  return match ? { index: last + 2, connector: match[0] } : { index: last + 1, connector: '' }
}

function withPiece(phrase: Phrase | null, piece: Piece, connector: string): Phrase | null {
  const { meaning, lead } = piece
  const base: Phrase = phrase ?? { ...EMPTY, lead, spans: [], firstToken: piece.first, lastToken: piece.last }
  const grown = { ...base, lastToken: piece.last }
  if (base.moment) return null
  const ranged = connector === '-' || connector === 'to' || /^(?:до|по|until|till|through|and|и) $/.test(lead)
  const paired = /^(?:and|и)$/.test(connector) && /(?:^| )(?:between|между) $/.test(base.lead)
  const either = /^(?:или|or|либо)$/.test(connector)
  switch (meaning.is) {
    case 'day':
      if (base.day === null) return either ? null : { ...grown, day: meaning, dayLead: lead }
      return withSecondDay(grown, base.day, meaning, either ? 'or' : ranged || paired ? '-' : connector)
    case 'time':
      return either || base.time === null || !meaning.weak || ranged
        ? withTime(grown, base.time, meaning, ranged, either)
        : null
    case 'part':
      return base.part === null && !either ? { ...grown, part: meaning } : null
    case 'moment':
      return phrase === null ? { ...grown, moment: meaning } : null
    case 'zone':
      return base.time !== null && base.timeZone === null ? { ...grown, timeZone: meaning.timeZone } : null
  }
}

/** A second day is the end of a range, another choice, or the date of the weekday before it. */
function withSecondDay(
  phrase: Phrase,
  first: DayMeaning,
  second: DayMeaning,
  connector: string,
): Phrase | null {
  const ranged = connector === '-'
  if (connector === 'or')
    return { ...phrase, day: { ...second, options: [...first.options, ...second.options], sort: 'near' } }
  if (first.impossible !== null || second.impossible !== null) {
    return ranged || first.sort === 'weekday' || connector === ''
      ? { ...phrase, day: first.impossible ? first : second }
      : null
  }
  if (ranged) return { ...phrase, day: { ...first, options: rangeOf(first, second) } }
  if (first.sort === second.sort || first.sort === 'period' || second.sort === 'period') return null
  const agreed = first.options.filter(({ day }) => second.options.some((other) => other.day === day))
  if (agreed.length > 0) return { ...phrase, day: { ...first, sort: 'near', options: agreed } }
  const dates = first.sort === 'date' || second.sort === 'date'
  if ((first.sort === 'near' || second.sort === 'near') && connector !== '' && !(dates && connector === ','))
    return null
  const [date, weekday] = first.sort === 'date' ? [first, second] : [second, first]
  return {
    ...phrase,
    day: { ...date, sort: 'near', options: [...date.options, ...weekday.options.slice(0, 1)] },
  }
}

function rangeOf(first: DayMeaning, second: DayMeaning): readonly Days[] {
  const last = second.options[0]?.until ?? second.options[0]?.day
  if (last === undefined) return first.options
  return first.options.map(({ day }) => {
    if (second.sort === 'weekday')
      return { day, until: addDays(day, ((daysBetween(day, last) % 7) + 7) % 7 || 7) }
    if (last >= day) return { day, until: last === day ? null : last }
    // An end of an earlier year, named with its year, ends nothing.
    const nextYear = addMonths(last, 12)
    return { day, until: nextYear >= day ? nextYear : null }
  })
}

function withTime(
  phrase: Phrase,
  first: TimeMeaning | null,
  second: TimeMeaning,
  ranged: boolean,
  either: boolean,
): Phrase | null {
  if (first === null) return either ? null : { ...phrase, time: second }
  if (either) return { ...phrase, time: { ...first, options: [...first.options, ...second.options] } }
  const [start, end] = [first.options[0], second.options[0]]
  if (!ranged || !start || !end || start.end || end.end) return null
  return { ...phrase, time: { ...first, options: [{ start: start.start, end: end.start }] } }
}

const MOST_WORDS_BETWEEN = 8

/** «завтра созвон с Ромашкой в 15:30»: the day and the hour of one thought, with its matter between them. */
function joined(line: Line, phrases: readonly Phrase[]): Phrase[] {
  const result: Phrase[] = []
  for (const phrase of phrases) {
    const previous = result.at(-1)
    const together = previous && belongTogether(line, previous, phrase) ? merged(previous, phrase) : null
    if (together) result.splice(-1, 1, together)
    else result.push(phrase)
  }
  return result
}

const hasClock = ({ time, part }: Phrase) => time !== null || part !== null

function belongTogether(line: Line, a: Phrase, b: Phrase): boolean {
  if (a.moment || b.moment) return false
  const complementary = (a.day && !hasClock(a) && !b.day) || (!a.day && b.day && !hasClock(b))
  if (!complementary || b.firstToken - a.lastToken - 1 > MOST_WORDS_BETWEEN) return false
  const between = line.tokens.slice(a.lastToken + 1, b.firstToken)
  return !between.some(({ start, end }) => BREAK.test(line.text.slice(start, end)))
}

function merged(a: Phrase, b: Phrase): Phrase {
  return {
    ...(a.day ? a : b),
    time: a.time ?? b.time,
    part: a.part ?? b.part,
    timeZone: a.timeZone ?? b.timeZone,
    spans: [...a.spans, ...b.spans],
    firstToken: a.firstToken,
    lastToken: b.lastToken,
  }
}
