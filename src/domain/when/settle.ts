import { addDays, type Day, daysBetween } from '../shared/day.ts'
import { addWorkdays, type Days } from './calendar.ts'
import { type Clock, type DayMeaning, type Part, PART_STARTS, type Scene, type Times } from './meaning.ts'
import type { Phrase } from './phrase.ts'
import type { Found, Impossibility, Point, When, WhenContext } from './reading.ts'
import { instantAt, pointAt, pointOf, wallAt } from './wall-clock.ts'

/** From what was said to the days and hours it may mean, and from those to what can be. */
type Verdict =
  | Readonly<{ kind: 'clear'; when: When }>
  | Readonly<{ kind: 'doubtful'; choices: readonly When[] }>
  | Readonly<{ kind: 'impossible'; reason: Impossibility }>

const MOST_DAYS_AWAY = 3653
const MOST_CHOICES = 4
const MINUTE = 60_000

export function settle(phrase: Phrase, scene: Scene, context: WhenContext): Found {
  const from = Math.min(...phrase.spans.map((span) => span.from))
  const to = Math.max(...phrase.spans.map((span) => span.to))
  return { ...verdict(phrase, scene, context), from, to, pieces: phrase.spans }
}

function verdict(phrase: Phrase, scene: Scene, context: WhenContext): Verdict {
  if (phrase.moment) return judged([momentWhen(phrase.moment.minutes, scene, context)], scene, context)
  const reason = phrase.day?.impossible
  if (reason) return { kind: 'impossible', reason }
  return judged(candidates(phrase, scene, context), scene, context)
}

/** A reminder is never early: what is to come is rounded up to the minute. */
function momentWhen(minutes: number, { direction }: Scene, { now, timeZone }: WhenContext): When {
  const exact = (now.getTime() + minutes * MINUTE) / MINUTE
  const instant =
    (direction === 'past' ? Math.floor(exact) : minutes < 0 ? Math.floor(exact) : Math.ceil(exact)) * MINUTE
  return { ...pointOf(timeZone, instant), until: null }
}

function judged(all: readonly When[], scene: Scene, context: WhenContext): Verdict {
  const near = all.filter(({ day }) => Math.abs(daysBetween(scene.today, day)) <= MOST_DAYS_AWAY)
  if (near.length === 0) return { kind: 'impossible', reason: 'tooFar' }
  const fitting = near.map((when) => clamped(when, scene)).filter((when) => fits(when, scene, context))
  const distinct = [...new Map(fitting.map((when) => [JSON.stringify(when), when])).values()]
  const [only] = distinct
  if (!only) return { kind: 'impossible', reason: scene.direction === 'past' ? 'future' : 'past' }
  if (distinct.length === 1) return { kind: 'clear', when: only }
  return { kind: 'doubtful', choices: distinct.slice(0, MOST_CHOICES) }
}

/** This month, said of what is to come, is what is left of it. */
function clamped(when: When, { today, direction }: Scene): When {
  if (when.until === null || when.time !== null || when.until.time !== null) return when
  const { day, until } = when
  if (direction === 'future' && day < today && until.day >= today) return { ...when, day: today }
  if (direction === 'past' && day <= today && until.day > today)
    return { ...when, until: { ...until, day: today } }
  return when
}

function fits(when: When, { today, direction }: Scene, { now }: WhenContext): boolean {
  if (direction === 'any') return true
  if (when.instant !== null) {
    const instant = Date.parse(when.instant)
    return direction === 'future' ? instant >= now.getTime() : instant <= now.getTime()
  }
  return direction === 'future' ? when.day >= today : when.day <= today
}

/** Hours and minutes of one day: `end` may be beyond midnight. */
type Slot = Readonly<{ start: number; end: number | null; loose: boolean }>

function candidates(phrase: Phrase, scene: Scene, context: WhenContext): When[] {
  const slots = slotsOf(phrase, scene)
  const said = dayOptions(phrase, scene)
  if (slots.length === 0) return (said ?? []).map(({ day, until }) => dateWhen(day, until))
  if (said === null) return slots.flatMap((slot) => nearestWhens(slot, phrase, scene, context))
  const whens = said.flatMap(({ day, until }) =>
    slots.map((slot) => whenAt(day, until, slot, phrase, context)),
  )
  const only = said.length === 1 && said[0]?.day === scene.today && scene.direction === 'future'
  const late = only && !whens.some((when) => fits(when, scene, context))
  return late ? [...whens, ...otherHours(slots, phrase, scene, context)] : whens
}

/** «сегодня в 10», said in the afternoon: tonight, or tomorrow? Of the day's end: this evening, or tomorrow's. */
function otherHours(slots: readonly Slot[], phrase: Phrase, { today }: Scene, context: WhenContext): When[] {
  const [slot] = slots
  if (!slot || (!slot.loose && !phrase.time?.endOfDay)) return []
  const tonight = phrase.time?.endOfDay ? { ...slot, start: 24 * 60 - 1 } : later(slot)
  return [
    whenAt(today, null, tonight, phrase, context),
    whenAt(addDays(today, 1), null, slot, phrase, context),
  ]
}

const later = ({ start, end, loose }: Slot): Slot => ({ start: start + 720, end: end && end + 720, loose })

function dateWhen(day: Day, until: Day | null): When {
  return {
    day,
    time: null,
    instant: null,
    until: until === null ? null : { day: until, time: null, instant: null },
  }
}

function dayOptions({ day, part, dayLead, time }: Phrase, { today }: Scene): readonly Days[] | null {
  if (day === null) {
    if (part?.day != null) return [{ day: addDays(today, part.day), until: null }]
    return time?.endOfDay ? [{ day: today, until: null }] : null
  }
  return /(?:^| )(?:после|after) $/.test(dayLead) && time === null && part === null
    ? afterDay(day)
    : day.options
}

/** After Friday is Monday for most and Saturday for some. */
function afterDay({ options }: DayMeaning): readonly Days[] {
  return options
    .slice(0, 1)
    .flatMap(({ day, until }) => [addWorkdays(until ?? day, 1), addDays(until ?? day, 1)])
    .map((day) => ({ day, until: null }))
}

/** Without a day an hour is the nearest one that fits: today's, or else tomorrow's or yesterday's. */
function nearestWhens(slot: Slot, phrase: Phrase, scene: Scene, context: WhenContext): When[] {
  const step = scene.direction === 'past' ? -1 : 1
  const today = whenAt(scene.today, null, slot, phrase, context)
  return fits(today, scene, context)
    ? [today]
    : [whenAt(addDays(scene.today, step), null, slot, phrase, context)]
}

/** An hour of another place's clock is moved to this one's. */
function whenAt(
  day: Day,
  until: Day | null,
  { start, end }: Slot,
  phrase: Phrase,
  context: WhenContext,
): When {
  const zone = phrase.timeZone ?? context.timeZone
  const point = (minutes: number): Point =>
    zone === context.timeZone
      ? pointAt(zone, { day, minutes })
      : pointOf(context.timeZone, instantAt(zone, { day, minutes }))
  const last = until === null ? null : { day: until, time: null, instant: null }
  return { ...point(start), until: end === null ? last : point(end) }
}

function slotsOf({ time, part }: Phrase, scene: Scene): readonly Slot[] {
  if (time?.endOfDay) return [{ start: scene.workdayEnds, end: null, loose: false }]
  if (time) return time.options.flatMap((times) => slotsFor(times, part?.part ?? null, scene))
  return part ? [{ start: PART_STARTS[part.part], end: null, loose: false }] : []
}

function slotsFor({ start, end }: Times, part: Part | null, scene: Scene): readonly Slot[] {
  if (end === null) {
    const loose = start.said === 'bare' && part === null && start.hour >= 9 && start.hour < 12
    return hoursOf(start, part, scene).map((minutes) => ({ start: minutes, end: null, loose }))
  }
  const starts = rangeStarts(start, end, part, scene)
  return starts.map((minutes) => ({ start: minutes, end: endAfter(minutes, end, scene), loose: false }))
}

const MOST_MEETING = 8 * 60

/** `2-4pm` is an afternoon, `10-2pm` begins before noon: the start takes the end's half where that is nearer. */
function rangeStarts(start: Clock, end: Clock, part: Part | null, scene: Scene): readonly number[] {
  const own = hoursOf(start, part, scene)
  if (end.half !== 'pm' || start.half !== null || start.hour > 11) return own.slice(0, 1)
  const close = minutesOf(end)
  const late = start.hour * 60 + start.minute + 720
  return [late < close ? late : late - 720]
}

/** The first time after the start that the clock shows this. */
function endAfter(start: number, end: Clock, { language }: Scene): number {
  const exact = minutesOf(end)
  const halves = end.half === null && end.hour < 12 && (end.said !== 'sure' || language === 'en')
  const choices = (halves ? [exact, exact + 720] : [exact]).filter((minutes) => minutes > start)
  return choices.find((minutes) => minutes - start <= MOST_MEETING) ?? choices[0] ?? exact + 1440
}

function minutesOf({ hour, minute, half }: Clock): number {
  const on = half === null || hour > 12 ? hour : (hour % 12) + (half === 'pm' ? 12 : 0)
  return on * 60 + minute
}

/** Which half of the day a bare hour means: 1–6 are after noon, 9–12 before it, and of 7 and 8 nobody knows. */
function hoursOf(clock: Clock, part: Part | null, { language }: Scene): readonly number[] {
  const exact = minutesOf(clock)
  const { hour, said, half } = clock
  if (half !== null || hour >= 12 || hour === 0) return [exact]
  if (part !== null) return [part === 'morning' || (part === 'night' && hour < 6) ? exact : exact + 720]
  if (said === 'sure' || hour > 8) return [exact]
  const evening = exact + 720
  if (said === 'bare') return hour < 7 ? [evening] : hour === 7 ? [evening, exact] : [exact, evening]
  if (hour < 7) return language === 'ru' ? [evening, exact] : [evening]
  return hour === 7 && language === 'en' ? [exact, evening] : [exact]
}

export function sceneOf(context: WhenContext): Scene {
  const { day, minutes } = wallAt(context.timeZone, context.now.getTime())
  const [hours = 18, rest = 0] = (context.workdayEndsAt ?? '18:00').split(':').map(Number)
  return {
    today: day,
    minutes,
    direction: context.direction,
    language: context.language,
    monthFirst: context.monthFirst ?? null,
    workdayEnds: hours * 60 + rest,
  }
}
