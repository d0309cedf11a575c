import { firstDay, nextDay, type Repeat } from '../follow-ups/repeat.ts'
import { type Day, addDays } from '../shared/day.ts'
import { weekdayOf } from '../when/calendar.ts'
import { findWhens } from '../when/read-when.ts'
import type { Found, Span } from '../when/reading.ts'
import { wallAt } from '../when/wall-clock.ts'
import { leftover } from './leftover.ts'
import { LABELS, namesIn, verbPlaces } from './names.ts'
import { peopleIn } from './attendees.ts'
import { markersIn } from './markers.ts'
import { blanked, inOrder, plain, withLead } from './plain.ts'
import { repeatIn, type SaidRepeat } from './repeat-words.ts'
import { deadlineOf } from './steps.ts'
import type { FollowUpTalk, Named, TalkContext } from './talk.ts'
import { URGENT } from './urgency.ts'

/** What a line says of something that is to be done, in any order and in either language. */
export function readFollowUp(line: string, context: TalkContext): FollowUpTalk {
  const text = plain(line)
  const urgent = verbPlaces(text, URGENT)
  const said = repeatIn(text)
  const [marker] = markersIn(line, text)
  const opening = marker ? [{ from: marker.from, to: marker.to }] : []
  const { when, repeat, all } = timeOf(line, blanked(text, [...urgent, ...opening]), said, context)

  const cuts = [...urgent, ...opening, ...(said ? [said] : []), ...(when?.pieces ?? [])]
  const taken = [...cuts, ...all.flatMap(({ pieces }) => pieces), ...verbPlaces(text, LABELS)]
  const people = peopleIn(line, text, inOrder(taken))
  return {
    names: namesIn({ line, text, people, notesFrom: line.length }, inOrder(taken)),
    when,
    repeat,
    promisedBy: marker?.promisedBy ?? 'US',
    urgent: urgent.length > 0,
    whatWithout: (name) => whatOf(line, text, cuts, name),
  }
}

function whatOf(line: string, text: string, cuts: readonly Span[], name: Named | null): string {
  const account = name ? [{ from: isObject(text, name) ? name.from : withLead(text, name.from), to: name.to }] : []
  const what = leftover(line, [...cuts, ...account])
  return what.replace(/^(?:will|to|'ll|that|что) /i, '')
}

/** `visit Acme`: without its firm the verb still says what to do. */
const isObject = (text: string, { from }: Span) => from === 0

type Times = Readonly<{ when: Found | null; repeat: Repeat | null; all: readonly Found[] }>

function timeOf(line: string, text: string, said: SaidRepeat | null, context: TalkContext): Times {
  const source = said ? Array.from({ length: line.length }, (_, at) => (text.charAt(at) === ' ' ? ' ' : line.charAt(at))).join('') : written(line, text)
  if (!said) {
    const all = findWhens(source, { ...context, direction: 'future' })
    return { when: deadlineOf(text, all), repeat: null, all }
  }
  const rest = blanked(source, [said], ' ')
  const other = findWhens(rest, { ...context, direction: 'future' })
  const today = wallAt(context.timeZone, context.now.getTime()).day
  const day = other.find(({ kind }) => kind === 'clear')
  const named = !said.hasDay && day?.kind === 'clear' ? day.when.day : today
  const repeat = said.repeatFrom(named)
  if (!said.hasDay && other.length > 0) return { when: deadlineOf(text, other), repeat, all: other }
  return { repeat, ...firstTime(source, said, repeat, today, context) }
}

const written = (line: string, text: string) =>
  Array.from({ length: line.length }, (_, at) => (text.charAt(at) === ' ' ? ' ' : line.charAt(at)))
    .join('')

const isWeekday = (day: Day) => weekdayOf(day) < 6

/** The first day of the rule that is still to come, with the hour that stands beside it. */
function firstTime(
  source: string,
  said: SaidRepeat,
  repeat: Repeat,
  today: Day,
  context: TalkContext,
): Pick<Times, 'when' | 'all'> {
  let day = firstDay(repeat, today, isWeekday)
  for (let count = 0; count < 3; count += 1) {
    const all = withDay(source, said, day, context)
    const when = all.find(({ from, to }) => from < said.to && said.from < to) ?? null
    const dayOnly = when?.kind === 'clear' && when.when.time === null
    if (when?.kind !== 'impossible') return { when: dayOnly && !said.hasDay ? null : when, all }
    day = nextDay(repeat, day > today ? day : addDays(today, 0), isWeekday)
  }
  return { when: null, all: [] }
}

/** The line with the day in place of the rule, read, and every place moved back. */
function withDay(source: string, said: SaidRepeat, day: Day, context: TalkContext): readonly Found[] {
  const text = `${source.slice(0, said.from)} ${day} ${source.slice(said.to)}`
  const longer = day.length + 2 - (said.to - said.from)
  const back = (at: number) => (at <= said.from ? at : at >= said.from + day.length + 1 ? Math.max(said.to, at - longer) : said.from)
  const spanBack = ({ from, to }: Span) => {
    const span = { from: back(from), to: back(to) }
    const holdsDay = from < said.from + day.length + 1 && to > said.from
    return holdsDay ? { from: Math.min(span.from, said.from), to: Math.max(span.to, said.to) } : span
  }
  return findWhens(text, { ...context, direction: 'future' }).map((found) => ({
    ...found,
    ...spanBack(found),
    pieces: found.pieces.map(spanBack),
  }))
}
