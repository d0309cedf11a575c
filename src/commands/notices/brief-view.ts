import type { AccountFacts, MeetingFact } from '../../domain/accounts/account.ts'
import { dossierOf } from '../../domain/accounts/dossier.ts'
import { health, type Reason } from '../../domain/health/signals.ts'
import type { Departure } from '../../domain/meetings/punctuality.ts'
import { type Day, dayIn, daysBetween } from '../../domain/shared/day.ts'
import { pointOf } from '../../domain/when/wall-clock.ts'
import { away, contactLine, levelLine, meetingLine, reasonLine, sumsText } from '../accounts/phrases.ts'
import { openPromises } from '../accounts/promises.ts'
import {
  type Block,
  type Button,
  type Line,
  parts,
  plain,
  say,
  type Text,
  type Value,
  type View,
} from '../kit/view.ts'

const MINUTE = 60_000
const QUESTIONS = 2
const REASONS = 2
/** How many contacts are shown when nobody is named for the meeting. */
const LIKELY = 3
/** What the brief says in lines of its own. */
const TOLD_APART: readonly Reason['code'][] = ['overdue', 'promisesBroken']

export type BriefMeeting = Omit<MeetingFact, 'mood' | 'notes'>

/** A moment, and whose clock and calendar it is seen on. */
export type Glance = Readonly<{ now: Date; timeZone: string }>

type Brief = Readonly<{
  facts: AccountFacts
  meeting: BriefMeeting | null
  leave: Departure | null
  /** Whether the reader may change the meeting. */
  own: boolean
}>

/** All that somebody wants to know on the way in: promises first, for they are asked about first. */
export function briefView({ facts, meeting, leave, own }: Brief, glance: Glance): View {
  const today = dayIn(glance.timeZone, glance.now)
  const reasons = health(facts, today).reasons.filter(({ code }) => !TOLD_APART.includes(code))
  return [
    heading(facts, meeting, glance),
    ...(leave ? [leaveBlock(leave, glance)] : []),
    ...fields(say('brief.promises'), openPromises(facts, today)),
    ...people(facts, meeting),
    ...list(say('account.last'), facts.lastMeetings.map(meetingLine)),
    ...list(say('brief.watch'), [...overdue(facts, today), ...reasons.slice(0, REASONS).map(reasonLine)]),
    ...list(say('brief.ask'), questions(facts)),
    { kind: 'buttons', buttons: buttons(facts, meeting, own) },
  ]
}

function heading(facts: AccountFacts, meeting: BriefMeeting | null, glance: Glance): Block {
  const name = plain(facts.name)
  const today = dayIn(glance.timeZone, glance.now)
  if (!meeting) return { kind: 'heading', text: name, badge: levelLine(health(facts, today)) }
  const text = parts(name, say('when', { when: timeOf(meeting) }), { key: `meeting.kind.${meeting.kind}` })
  return { kind: 'heading', text, badge: { text: untilText(meeting, glance) } }
}

const timeOf = ({ startsAt, day }: BriefMeeting): Value => (startsAt ? { instant: startsAt } : { day })

/** `in 1 hour`, or the days when it is not today. */
function untilText({ startsAt, day }: BriefMeeting, { now, timeZone }: Glance): Text {
  const today = dayIn(timeZone, now)
  const minutes = startsAt ? Math.round((Date.parse(startsAt) - now.getTime()) / MINUTE) : Infinity
  if (minutes < 60) return say('brief.inMinutes', { count: Math.max(minutes, 0) })
  const hours = Math.round(minutes / 60)
  const starts = startsAt ? dayIn(timeZone, new Date(startsAt)) : day
  if (hours <= 12 && starts === today) return say('brief.inHours', { count: hours })
  return say('brief.onDay', { ago: { daysAway: daysBetween(today, starts) } })
}

/** The time alone where it is today's. */
export function timeText(instant: Date, { now, timeZone }: Glance): Value {
  const { day, time } = pointOf(timeZone, instant.getTime())
  return day === dayIn(timeZone, now) && time ? time : { instant: instant.toISOString() }
}

/** Always called an estimate: roads, traffic and where one is now are not known. */
export function leaveText(leave: Departure, glance: Glance): Text {
  const params = {
    time: timeText(leave.at, glance),
    count: leave.minutes,
    since: timeText(new Date(leave.from.at), glance),
  }
  return leave.at <= glance.now ? say('brief.leaveNow', params) : say('brief.leave', params)
}

function leaveBlock(leave: Departure, glance: Glance): Block {
  return { kind: 'text', tone: leave.at <= glance.now ? 'bad' : 'warn', text: leaveText(leave, glance) }
}

function people(facts: AccountFacts, meeting: BriefMeeting | null): Block[] {
  const named = meeting?.attendees ?? []
  if (named.length > 0)
    return list(
      say('brief.people'),
      named.map((name) => attendeeLine(facts, name)),
    )
  const likely = facts.contacts.slice(0, LIKELY).map(contactLine)
  const unknown: Block[] = meeting ? [{ kind: 'note', text: say('brief.nobodyNamed') }] : []
  return [...unknown, ...list(say('account.people'), likely)]
}

function attendeeLine({ contacts, strangers }: AccountFacts, name: string): Line {
  const same = (other: Readonly<{ name: string }>) => other.name.toLowerCase() === name.toLowerCase()
  const contact = contacts.find(same)
  if (contact) {
    const line = contactLine(contact)
    return contact.phone ? { ...line, text: parts(line.text, plain(contact.phone)) } : line
  }
  const met = strangers.find(same)
  const last = met
    ? say('account.people.lastMet', { day: { day: met.lastMetOn } })
    : say('account.people.neverMet')
  return { text: parts(plain(name), say('account.people.unlisted'), last) }
}

function overdue({ overdue: { sums, invoices, oldestDueOn } }: AccountFacts, today: Day): Line[] {
  if (!oldestDueOn) return []
  const params = {
    sums: sumsText(sums),
    count: invoices,
    since: { day: oldestDueOn },
    ago: away(today, oldestDueOn),
  }
  const value = say('account.overdue.value', params)
  return [{ text: say('labelled', { label: say('account.overdue'), value }), tone: 'bad' }]
}

/** A next meeting is agreed on at the end of this one; what is worth asking in it comes from the other gaps. */
function questions(facts: AccountFacts): Line[] {
  const gaps = dossierOf(facts).missing.filter((part) => part !== 'nextMeeting')
  return gaps.slice(0, QUESTIONS).map((part) => ({ text: { key: `account.ask.${part}` } }))
}

function buttons({ id }: AccountFacts, meeting: BriefMeeting | null, own: boolean): Button[] {
  const open: Button = { label: say('brief.button.account'), command: 'account', args: { id } }
  if (!meeting) return [open, { label: say('account.button.log'), command: 'meeting', args: { account: id } }]
  if (!own) return [open]
  const late = { meeting: meeting.id, minutes: '10' }
  return [
    open,
    ...(meeting.startsAt ? [{ label: say('brief.button.late'), command: 'late', args: late }] : []),
    { label: say('brief.button.move'), command: 'meeting-edit', args: { id: meeting.id } },
    {
      label: say('brief.button.cancel'),
      command: 'meeting-cancel',
      args: { id: meeting.id },
      style: 'danger',
    },
  ]
}

function fields(title: Text, items: Extract<Block, { kind: 'fields' }>['fields']): Block[] {
  return items.length > 0 ? [{ kind: 'fields', title, fields: items }] : []
}

function list(title: Text, items: readonly Line[]): Block[] {
  return items.length > 0 ? [{ kind: 'list', title, items }] : []
}
