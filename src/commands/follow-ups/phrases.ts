import type { FollowUp, FollowUpContent } from '../../domain/follow-ups/follow-up.ts'
import type { Repeat } from '../../domain/follow-ups/repeat.ts'
import type { Day } from '../../domain/shared/day.ts'
import { type Button, type Line, parts, plain, say, type Text, type Value } from '../kit/view.ts'

/** As much of a promise as a button or a line of a list holds. */
const LABEL = 40
const LINE = 140

export function shorten(text: string, length: number): string {
  const letters = [...text.trim().replaceAll(/\s+/gu, ' ')]
  return letters.length <= length ? letters.join('') : `${letters.slice(0, length - 1).join('')}…`
}

/** The day, and the time as the clock at its owner's shows it. */
export function dueText({ dueOn, dueTime }: Pick<FollowUpContent, 'dueOn' | 'dueTime'>): Text {
  const day = { day: dueOn }
  return dueTime ? say('followup.at', { day, time: dueTime }) : say('when', { when: day })
}

const weekdays = (days: readonly number[]): Value => ({
  list: days.toSorted((a, b) => a - b).map((day) => ({ key: `followup.weekday.${day}` }) as Text),
})

export function repeatText(repeat: Repeat): Text {
  switch (repeat.every) {
    case 'day':
      return repeat.interval === 1
        ? say('followup.repeat.day')
        : say('followup.repeat.days', { count: repeat.interval })
    case 'workday':
      return say('followup.repeat.workday')
    case 'week':
      return repeat.interval === 1
        ? say('followup.repeat.week', { days: weekdays(repeat.weekdays) })
        : say('followup.repeat.weeks', { count: repeat.interval, days: weekdays(repeat.weekdays) })
    case 'month':
      return monthText(repeat)
    case 'year':
      return say('followup.repeat.year')
  }
}

function monthText({ interval, monthDay }: Extract<Repeat, { every: 'month' }>): Text {
  const day =
    typeof monthDay === 'number'
      ? say('followup.repeat.monthDay', { day: monthDay })
      : say(monthDay === 'last' ? 'followup.repeat.lastDay' : 'followup.repeat.lastWorkday')
  return interval === 1
    ? say('followup.repeat.month', { day })
    : say('followup.repeat.months', { count: interval, day })
}

/** One line of a list: when, what, where, and what is special about it. */
export function promiseLine(
  followUp: FollowUp,
  seen: Readonly<{ today: Day; reader: string; account?: boolean; marked?: boolean; day?: boolean }>,
): Line {
  const overdue = followUp.status === 'OPEN' && followUp.dueOn < seen.today
  const text = parts(
    seen.day === false ? timeOf(followUp) : dueText(followUp),
    plain(shorten(followUp.what, LINE)),
    seen.account !== false && followUp.account ? plain(followUp.account.name) : null,
    followUp.promisedBy === 'CLIENT' ? theirs(followUp) : null,
    followUp.repeat ? repeatText(followUp.repeat) : null,
    followUp.urgent ? say('followup.urgent.yes') : null,
    followUp.snoozes > 0 ? say('followup.snoozed', { count: followUp.snoozes }) : null,
    followUp.owner.id === seen.reader ? null : say('followup.for', { name: plain(followUp.owner.name) }),
    overdue && seen.marked !== false ? say('followup.overdue') : null,
  )
  return { text, ...(overdue ? { tone: 'bad' as const } : {}) }
}

const timeOf = ({ dueTime }: FollowUp): Text | null => (dueTime ? plain(dueTime) : null)

export const theirs = ({ contactName }: Pick<FollowUpContent, 'contactName'>): Text =>
  contactName ? say('followup.theirs.by', { name: plain(contactName) }) : say('followup.theirs')

/** A button that opens one promise. */
export const opensPromise = ({ id, what }: Pick<FollowUp, 'id' | 'what'>): Button => ({
  label: plain(shorten(what, LABEL)),
  command: 'followup-show',
  args: { id },
})

/** Everything that can be done with an open promise at its time. `o` and `n` make an old button known as one. */
export function reminderButtons(followUp: FollowUp): Button[] {
  const { id, occurrence, reminder } = followUp
  const done = { id, o: String(occurrence) }
  const snooze = (to: 'hour' | 'tomorrow' | 'week'): Button => ({
    label: { key: `followup.snooze.${to}` },
    command: 'followup-snooze',
    args: { id, n: String(reminder), to },
  })
  const ours = followUp.promisedBy === 'US'
  return [
    {
      label: ours ? say('followup.button.done') : say('followup.button.theyDid'),
      command: 'followup-done',
      args: done,
      style: 'primary',
    },
    ...(ours ? [snooze('hour')] : []),
    snooze('tomorrow'),
    snooze('week'),
    { label: say('followup.button.drop'), command: 'followup-drop', args: done },
  ]
}

export const opensAccount = ({ account }: Pick<FollowUp, 'account'>): Button[] =>
  account ? [{ label: say('followup.button.account'), command: 'account', args: { id: account.id } }] : []
