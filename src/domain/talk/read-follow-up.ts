import { firstDay, nextDay, type Repeat } from '../follow-ups/repeat.ts'
import type { Day } from '../shared/day.ts'
import { weekdayOf } from '../when/calendar.ts'
import { findWhens } from '../when/read-when.ts'
import type { Found, Span } from '../when/reading.ts'
import { wallAt } from '../when/wall-clock.ts'
import { leftover } from './leftover.ts'
import { LABELS, namesIn, verbPlaces } from './names.ts'
import { peopleIn } from './attendees.ts'
import { markersIn } from './markers.ts'
import { blanked, inOrder, plain, withLead, words } from './plain.ts'
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
  const opening = [...(marker ? [{ from: marker.from, to: marker.to }] : []), ...verbPlaces(text, REMIND)]
  const { when, repeat, all } = timeOf(blanked(line, [...urgent, ...opening]), said, context)

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

const REMIND = words(
  'remind me(?: to| about| of)?|reminder(?: to| about)?|напомни(?:ть|те)?(?: мне)?(?: про| о том что| о том, что| о| об| что)?|напоминание(?: про| о| об)?',
)

function whatOf(line: string, text: string, cuts: readonly Span[], name: Named | null): string {
  const account = name
    ? [{ from: isObject(text, name) ? name.from : withLead(text, name.from), to: name.to }]
    : []
  const what = leftover(line, [...cuts, ...account])
  return what.replace(/^(?:will|to|'ll|that|что) /i, '')
}

/** `visit Acme`: without its firm the verb still says what to do. */
const isObject = (text: string, { from }: Span) => from === 0

type Times = Readonly<{ when: Found | null; repeat: Repeat | null; all: readonly Found[] }>

function timeOf(source: string, said: SaidRepeat | null, context: TalkContext): Times {
  if (!said) {
    const all = findWhens(source, { ...context, direction: 'future' })
    return { when: deadlineOf(source.toLowerCase(), all), repeat: null, all }
  }
  const today = wallAt(context.timeZone, context.now.getTime()).day
  if (said.hasDay) return { repeat: said.repeatFrom(today), ...firstTime(source, said, today, context) }
  // A rule without a day of its own begins on the day that stands beside it.
  const all = findWhens(blanked(source, [said]), { ...context, direction: 'future' })
  const begins = all.find(({ kind }) => kind === 'clear')
  if (begins?.kind === 'clear' && !isOnlyHour(blanked(source, [said]), begins)) {
    return { when: begins, repeat: said.repeatFrom(begins.when.day), all }
  }
  const repeat = said.repeatFrom(today)
  const first = firstTime(source, said, today, context)
  const isHour = first.when?.kind === 'clear' && first.when.when.time === null
  return { repeat, ...first, when: isHour ? null : first.when }
}

/** `daily at 9:00` names no day. */
const isOnlyHour = (text: string, { from, to }: Span) =>
  /^(?:в|at|@|к|by|from|с)? ?\d{1,2}(?:[:.-]\d\d)? ?(?:am|pm|ч|час\p{L}{0,2})?$/iu.test(text.slice(from, to))

const isWeekday = (day: Day) => weekdayOf(day) < 6

/** The first day of the rule that is still to come, with the hour that stands beside it. */
function firstTime(
  source: string,
  said: SaidRepeat,
  today: Day,
  context: TalkContext,
): Pick<Times, 'when' | 'all'> {
  const repeat = said.repeatFrom(today)
  const readOn = (day: Day) => {
    const all = withDay(source, said, day, context)
    return { all, when: all.find(({ from, to }) => from < said.to && said.from < to) ?? null }
  }
  const first = firstDay(repeat, today, isWeekday)
  const later = readOn(nextDay(repeat, first, isWeekday))
  const now = readOn(first)
  // Today counts only when it still has the very hour that any later day would have.
  const same = first !== today || (timesOf(now.when) === timesOf(later.when) && now.when?.kind === 'clear')
  return same ? now : later
}

const timesOf = (found: Found | null): string =>
  found?.kind === 'clear' ? (found.when.time ?? '') : found?.kind === 'doubtful' ? 'doubtful' : 'none'

/** The line with the day in place of the rule, read, and every place moved back. */
function withDay(source: string, said: SaidRepeat, day: Day, context: TalkContext): readonly Found[] {
  const text = `${source.slice(0, said.from)} ${day} ${source.slice(said.to)}`
  const longer = day.length + 2 - (said.to - said.from)
  const back = (at: number) =>
    at <= said.from ? at : at >= said.from + day.length + 1 ? Math.max(said.to, at - longer) : said.from
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
