import type { AccountFacts, AccountRef, ContactFact, MeetingFact } from '../../domain/accounts/account.ts'
import { knownStage } from '../../domain/accounts/pipeline.ts'
import { type Day, daysBetween } from '../../domain/shared/day.ts'
import type { Money, Sums } from '../../domain/shared/money.ts'
import type { Health, Level, Reason } from '../../domain/health/signals.ts'
import { type Button, type Line, parts, plain, say, type Text, type Tone, type Value } from '../kit/view.ts'

/** Longer notes are cut: a card shows one line of each meeting. */
const NOTE_LENGTH = 140

export const sumsText = (sums: Sums): Value => ({ list: sums.map((money) => moneyText(money)) })
export const moneyText = (money: Money): Text => say('money', { money: { money } })
export const away = (today: Day, day: Day): Value => ({ daysAway: daysBetween(today, day) })

const LEVEL_TONES: Partial<Record<Level, Tone>> = { thriving: 'good', watch: 'warn', risk: 'bad' }

export function levelLine({ level }: Health): Line {
  const tone = LEVEL_TONES[level]
  return { text: { key: `health.level.${level}` }, ...(tone ? { tone } : {}) }
}

export function reasonLine(reason: Reason): Line {
  const tone = reason.weight > 0 ? 'good' : reason.weight <= -30 ? 'bad' : 'warn'
  return { text: reasonText(reason), tone }
}

function reasonText(reason: Reason): Text {
  switch (reason.code) {
    case 'overdue':
      return {
        key: reason.invoices > 1 ? 'health.overdueMany' : 'health.overdue',
        params: { sum: sumsText(reason.sums), count: reason.days },
      }
    case 'silent':
      return say('health.silent', { count: reason.days })
    case 'promisesBroken':
      return say('health.promisesBroken', { count: reason.count })
    case 'revenueDown':
    case 'revenueUp':
      return { key: `health.${reason.code}`, params: { share: { share: Math.abs(reason.change) } } }
    case 'behindPlan':
    case 'aheadOfPlan':
      return { key: `health.${reason.code}`, params: { share: { share: reason.share } } }
    case 'contractEnds':
      return say('health.contractEnds', { count: reason.days })
    case 'contractEnded':
      return say('health.contractEnded', { count: reason.days })
    default:
      return { key: `health.${reason.code}` }
  }
}

/** `Thu, 12 Nov 2026, 15:00`, or the day alone when the time was not written down. */
export function whenOf(meeting: MeetingFact): Value {
  return meeting.startsAt ? { instant: meeting.startsAt } : { day: meeting.day }
}

export function meetingLine(meeting: MeetingFact): Line {
  const tone = meeting.mood === 'BAD' ? 'bad' : meeting.mood === 'GOOD' ? 'good' : undefined
  const text = parts(
    say('when', { when: whenOf(meeting) }),
    { key: `meeting.kind.${meeting.kind}` },
    meeting.mood && { key: `mood.${meeting.mood}` },
    meeting.attendees.length > 0 ? say('account.next.with', { people: names(meeting.attendees) }) : null,
    meeting.notes ? plain(inOneLine(meeting.notes)) : null,
  )
  return { text, ...(tone ? { tone } : {}) }
}

/** A stage that every salesperson knows is named in the reader's language; the source's own stay as they are written. */
export function stageText(stage: string): Text {
  const known = knownStage(stage)
  return known ? { key: `stage.${known}` } : plain(stage)
}

export const names = (people: readonly string[]): Value => ({ list: people.map(plain) })

/** The beginning of a note; its line breaks are gone, for many begin with a salutation on a line of its own. */
export function inOneLine(notes: string): string {
  const line = notes.trim().replaceAll(/\s+/g, ' ')
  const letters = [...line]
  return letters.length <= NOTE_LENGTH
    ? line
    : `${letters
        .slice(0, NOTE_LENGTH - 1)
        .join('')
        .trimEnd()}…`
}

/** Somebody who was met and is not among the contacts. */
export function strangerLine({ name, lastMetOn }: AccountFacts['strangers'][number]): Line {
  const lastMet = say('account.people.lastMet', { day: { day: lastMetOn } })
  return { text: parts(plain(name), say('account.people.unlisted'), lastMet) }
}

/** A button with the account's name that shows its card. */
export function opens({ id, name }: AccountRef): Button {
  return { label: plain(name), command: 'account', args: { id } }
}

export function contactLine(contact: ContactFact): Line {
  const { attitude, influence, lastMetOn, verified } = contact
  const tone = attitude === 'SUPPORTER' ? 'good' : attitude === 'CRITIC' ? 'bad' : undefined
  const text = parts(
    plain(contact.name),
    verified ? null : say('account.people.unverified'),
    contact.position ? plain(contact.position) : null,
    influence && { key: `contact.influence.${influence}` },
    attitude && { key: `contact.attitude.${attitude}` },
    lastMetOn ? say('account.people.lastMet', { day: { day: lastMetOn } }) : say('account.people.neverMet'),
  )
  return { text, ...(tone ? { tone } : {}) }
}
