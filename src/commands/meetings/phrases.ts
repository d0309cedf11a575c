import type { FollowUp } from '../../domain/follow-ups/follow-up.ts'
import type { MeetingContent } from '../../domain/meetings/meeting.ts'
import type { Reader } from '../../domain/shared/actor.ts'
import type { When } from '../../domain/when/reading.ts'
import { pointOf } from '../../domain/when/wall-clock.ts'
import { dueText } from '../follow-ups/phrases.ts'
import { type Line, parts, plain, say, type Text } from '../kit/view.ts'

type Moments = Pick<MeetingContent, 'day' | 'startsAt' | 'endsAt'>

/** The weekday and the date, the time when it is known, and the end when that was said. */
export function momentText({ day, startsAt, endsAt }: Moments, timeZone: string): Text {
  if (!startsAt) return say('when', { when: { day } })
  const when = { instant: startsAt }
  if (!endsAt) return say('when', { when })
  const until = pointOf(timeZone, Date.parse(endsAt))
  return until.day === pointOf(timeZone, Date.parse(startsAt)).day
    ? say('meeting.until', { when, until: plain(until.time ?? '') })
    : say('meeting.until', { when, until: { instant: endsAt } })
}

/** One meaning of a doubtful time, for its button. */
export function choiceText({ day, time, instant, until }: When, timeZone: string): Text {
  if (time === null && until && until.day !== day) {
    return say('meeting.days', { from: { day }, until: { day: until.day } })
  }
  return momentText({ day, startsAt: instant, endsAt: until?.instant ?? null }, timeZone)
}

/** A time in words that are read as the same time again, for a field. */
export function momentWords({ day, startsAt, endsAt }: Moments, { language, timeZone }: Reader): string {
  if (!startsAt) return dayWords(day, language)
  const from = pointOf(timeZone, Date.parse(startsAt))
  const words = `${dayWords(from.day, language)} ${from.time}`
  return endsAt ? `${words}-${pointOf(timeZone, Date.parse(endsAt)).time}` : words
}

/** Nobody reads `25.11.2026` or `2026-11-25` in two ways. */
export function dayWords(day: string, language: Reader['language']): string {
  return language === 'ru' ? day.split('-').toReversed().join('.') : day
}

export function shorten(text: string, length: number): string {
  const letters = [...text]
  if (letters.length <= length) return text
  return `${letters
    .slice(0, length - 1)
    .join('')
    .trimEnd()}…`
}

const STEP_LENGTH = 300

/** What was promised, until when, and what became of it. */
export function stepLine({ what, status, urgent, ...due }: FollowUp): Line {
  const text = parts(
    plain(shorten(what, STEP_LENGTH)),
    dueText(due),
    urgent ? say('meeting.step.urgent') : null,
    status === 'DONE' ? say('meeting.step.done') : null,
    status === 'DROPPED' ? say('meeting.step.dropped') : null,
  )
  return { text }
}
