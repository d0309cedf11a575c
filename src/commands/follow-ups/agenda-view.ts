import type { Calendar } from '../../domain/identity/hours.ts'
import type { FollowUp } from '../../domain/follow-ups/follow-up.ts'
import type { Meeting } from '../../domain/meetings/meeting.ts'
import type { Actor } from '../../domain/shared/actor.ts'
import { addDays, type Day } from '../../domain/shared/day.ts'
import type { Work } from '../../domain/shared/work.ts'
import { pointOf } from '../../domain/when/wall-clock.ts'
import { type Block, type Button, type Line, parts, plain, say, type Text, type View } from '../kit/view.ts'
import type { DiscountRequest } from '../../domain/discounts/request.ts'
import { requestLine, waitingForMe } from '../discounts/list.ts'
import { opensRequest } from '../discounts/phrases.ts'
import { opensPromise, promiseLine } from './phrases.ts'

/** What one part of a day shows; the list behind it has the rest. */
const SHOWN = 8
const CONSIDERED = 200

type At = Readonly<{ now: Date; today: Day; calendar: Calendar }>

/**
 * A day of one person: meetings, follow-ups with the overdue ones first. The same for /today and for the morning. Whoever
 * substitutes for somebody today has their day beside their own, with their name.
 */
export async function agendaView(work: Work, actor: Actor, at: At): Promise<View> {
  const people = [actor.id, ...actor.standsFor]
  const [due, meetings, told, waiting] = await Promise.all([
    work.followUps.openOf(people, at.today, CONSIDERED),
    work.meetings.between(people, at.today, addDays(at.today, 1)),
    Promise.all(people.map((person) => work.meetings.withoutOutcome(person, at, SHOWN))),
    waitingForMe({ work, actor, now: at.now, calendar: at.calendar }),
  ])
  const seen = await visible(work, actor, { due, meetings, told: told.flat() })
  return [
    { kind: 'heading', text: say('today.title', { day: { day: at.today } }) },
    ...approvals(waiting, at.today, actor.id),
    ...sections(seen, actor, at, waiting.length),
  ]
}

type Seen = Readonly<{
  due: readonly FollowUp[]
  meetings: readonly Meeting[]
  told: readonly Meeting[]
}>

/** Somebody's work may lie at an account that they see no more: a meeting there is gone, of a promise only the name. */
async function visible(work: Work, { sight }: Actor, all: Seen): Promise<Seen> {
  if (sight === 'all') return all
  const ids = [
    ...all.due.flatMap(({ account }) => (account ? [account.id] : [])),
    ...[...all.meetings, ...all.told].map(({ account }) => account.id),
  ]
  if (ids.length === 0) return all
  const known = new Set((await work.accounts.refs([...new Set(ids)], sight)).map(({ id }) => id))
  const there = ({ account }: Meeting) => known.has(account.id)
  return {
    due: all.due.map((one) => (one.account && !known.has(one.account.id) ? { ...one, account: null } : one)),
    meetings: all.meetings.filter(there),
    told: all.told.filter(there),
  }
}

/** Somebody waits for these: they stand before everything else. */
const approvals = (waiting: readonly DiscountRequest[], today: Day, reader: string): Block[] =>
  section(
    say('today.approvals'),
    waiting.map((request) => requestLine(request, today, reader)),
    waiting.map(opensRequest),
  )

function sections({ due, meetings, told }: Seen, actor: Actor, { today, now }: At, waiting: number): Block[] {
  const overdue = due.filter(({ dueOn }) => dueOn < today)
  const todays = due.filter(({ dueOn }) => dueOn === today)
  const over = new Set(told.map(({ id }) => id))
  const coming = meetings.filter(({ id, status }) => status === 'PLANNED' && !over.has(id))
  const meetingsToday = coming.filter(({ day }) => day === today)
  const tomorrow = coming.find(({ day }) => day > today)
  const line = (one: FollowUp): Line => promiseLine(one, { today, reader: actor.id, marked: false })
  const lineOfToday = (one: FollowUp): Line => promiseLine(one, { today, reader: actor.id, day: false })
  const blocks = [
    ...section(say('today.overdue'), overdue.map(line), overdue.map(opensPromise)),
    ...section(
      say('today.meetings'),
      meetingsToday.map((one) => meetingLine(one, actor, now, true)),
      meetingsToday.map(opensMeeting),
    ),
    ...section(say('today.due'), todays.map(lineOfToday), todays.map(opensPromise)),
    ...section(
      say('today.untold'),
      told.map((one) => meetingLine(one, actor, now)),
      told.map(opensMeeting),
    ),
    ...section(
      say('today.tomorrow'),
      tomorrow ? [meetingLine(tomorrow, actor, now)] : [],
      tomorrow ? [opensMeeting(tomorrow)] : [],
    ),
  ]
  const calm = waiting + overdue.length + todays.length + meetingsToday.length + told.length === 0
  return calm ? [...empty(), ...blocks] : blocks
}

function section(title: Text, items: readonly Line[], buttons: readonly Button[]): Block[] {
  if (items.length === 0) return []
  const more = items.length - SHOWN
  return [
    { kind: 'list', title, items: items.slice(0, SHOWN) },
    ...(more > 0 ? [{ kind: 'note' as const, text: say('today.more', { count: more }) }] : []),
    { kind: 'buttons', buttons: buttons.slice(0, SHOWN) },
  ]
}

function empty(): Block[] {
  return [
    { kind: 'text', text: say('today.none') },
    { kind: 'note', text: say('today.none.hint') },
    {
      kind: 'buttons',
      buttons: [
        { label: say('today.all'), command: 'followups', args: {} },
        { label: say('followup.button.add'), command: 'followup', args: {} },
      ],
    },
  ]
}

/** Of a meeting of today the time is enough: the day stands over the list. */
function meetingLine(meeting: Meeting, actor: Actor, now: Date, isToday = false): Line {
  const { startsAt, day, account, kind, attendees, author } = meeting
  const names = attendees.map(({ name }) => plain(name))
  const late = startsAt !== null && Date.parse(startsAt) < now.getTime()
  const text = parts(
    isToday ? clock(startsAt, actor) : say('when', { when: startsAt ? { instant: startsAt } : { day } }),
    plain(account.name),
    { key: `meeting.kind.${kind}` },
    names.length > 0 ? say('account.next.with', { people: { list: names } }) : null,
    author && author.id !== actor.id ? say('followup.for', { name: plain(author.name) }) : null,
  )
  return { text, ...(late ? { tone: 'warn' as const } : {}) }
}

const clock = (startsAt: string | null, { timeZone }: Actor): Text | null =>
  startsAt ? plain(pointOf(timeZone, Date.parse(startsAt)).time ?? '') : null

const opensMeeting = ({ id, account }: Meeting): Button => ({
  label: plain(account.name),
  command: 'meeting-show',
  args: { id },
})
