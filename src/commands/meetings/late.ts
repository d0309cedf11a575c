import { z } from 'zod'
import { readLateness, readMinutes } from '../../domain/meetings/lateness.ts'
import type { Meeting } from '../../domain/meetings/meeting.ts'
import { addDays } from '../../domain/shared/day.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import { findAccountInLine } from '../accounts/find-in-line.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { EVERYONE } from '../kit/roles.ts'
import { type Button, parts, plain, say, show } from '../kit/view.ts'
import { meetingSeenBy } from '../notices/brief.ts'
import { type Delay, draftView } from './late-draft.ts'
import { fateOf } from './outcome.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const MOST_MINUTES = 240
/** Whom somebody on the way goes to: a meeting that begins so soon, or began so short a time ago. */
const AHEAD_HOURS = 6
const BEGUN_HOURS = 1
/** Meetings that begin so near to one another could both be meant. */
const NEAR_MINUTES = 60
const OFFERED = [10, 20, 30, 60]

const minutes = z.coerce
  .number({ error: 'error.lateMinutes' })
  .int({ error: 'error.lateMinutes' })
  .min(1, { error: 'error.lateMinutes' })
  .max(MOST_MINUTES, { error: 'error.lateMinutes' })
  .optional()

type Said = Readonly<{ minutes?: number | undefined; arrivesIn?: number | undefined }>

/** A draft for whoever waits. Moves nothing by itself. */
export const late = defineCommand({
  name: 'late',
  aliases: ['опаздываю'],
  summary: 'late.summary',
  example: 'late.example',
  roles: EVERYONE,
  effect: 'read',
  listed: true,
  input: z.object({
    meeting: z.string().min(1).max(64).optional(),
    minutes,
    arrivesIn: minutes,
    /** What else was said: perhaps to whom. */
    rest: z.string().max(200).optional(),
  }),
  parse: parseLate,
  plain(text) {
    const said = readLateness(text)
    return said && strings(said.minutes, said.arrivesIn, said.rest)
  },

  async run(context, { meeting, rest, ...said }) {
    if (meeting) return forMeeting(context, await meetingFor(context, meeting), said)
    const near = await meetingsNear(context)
    const meant = near.length > 1 && rest ? await narrowed(context, near, rest) : near
    const [only, ...others] = meant
    if (!only)
      return show([
        { kind: 'text', text: say('late.none', { count: AHEAD_HOURS }) },
        { kind: 'note', text: say('late.none.hint') },
      ])
    return others.length > 0 ? chooseFrom(meant, said) : forMeeting(context, only, said)
  },
})

function parseLate(text: string): Record<string, string> {
  const read = readMinutes(text)
  if (read) return strings(read.minutes, null, read.rest)
  // Something like a number that is none must be refused, not taken for a name.
  return /^[-+\d]/.test(text) ? { minutes: text } : strings(null, null, text)
}

function strings(by: number | null, arrivesIn: number | null, rest: string): Record<string, string> {
  return {
    ...(by === null ? {} : { minutes: String(by) }),
    ...(arrivesIn === null ? {} : { arrivesIn: String(arrivesIn) }),
    ...(rest ? { rest } : {}),
  }
}

async function meetingFor({ actor, work, now }: Context, id: string): Promise<Meeting> {
  const seen = await meetingSeenBy(work, actor, id, now)
  if (!seen) throw new DomainError('meeting.gone')
  return seen.meeting
}

/** The next one, and those that begin at about the same time. */
async function meetingsNear({ actor, work, now, today }: Context): Promise<readonly Meeting[]> {
  const days = await work.meetings.between([actor.id], addDays(today, -1), addDays(today, 1))
  const visible = new Set(
    (await work.accounts.refs([...new Set(days.map(({ account }) => account.id))], actor.sight)).map(
      ({ id }) => id,
    ),
  )
  const started = ({ startsAt }: Meeting) => Date.parse(startsAt ?? '')
  const near = days
    .filter((one) => one.status === 'PLANNED' && one.startsAt && visible.has(one.account.id))
    .filter((one) => started(one) > now.getTime() - BEGUN_HOURS * HOUR)
    .filter((one) => started(one) <= now.getTime() + AHEAD_HOURS * HOUR)
  const [first] = near
  return first ? near.filter((one) => started(one) - started(first) <= NEAR_MINUTES * MINUTE) : []
}

/** `to Acme`, `в Ромашку`: the one of them whose account is named, else all. */
async function narrowed(context: Context, near: readonly Meeting[], rest: string) {
  const name = rest.replace(/^(?:to|at|for|with|the|meeting|на|встречу|в|к|с|со|у)\s+/iu, '')
  const found = await findAccountInLine(context, [{ text: name, from: 0, to: name.length }])
  if (found.kind !== 'sure') return near
  const meant = near.filter(({ account }) => account.id === found.account.id)
  return meant.length > 0 ? meant : near
}

const args = ({ minutes: by, arrivesIn }: Said): Record<string, string> => ({
  ...(by === undefined ? {} : { minutes: String(by) }),
  ...(arrivesIn === undefined ? {} : { arrivesIn: String(arrivesIn) }),
})

function chooseFrom(meetings: readonly Meeting[], said: Said): Answer {
  const button = ({ id, account, startsAt }: Meeting): Button => ({
    label: parts(plain(account.name), startsAt ? say('when', { when: { instant: startsAt } }) : null),
    command: 'late',
    args: { meeting: id, ...args(said) },
  })
  return show([
    { kind: 'text', text: say('late.which') },
    { kind: 'buttons', buttons: meetings.map(button) },
  ])
}

async function forMeeting(context: Context, meeting: Meeting, said: Said): Promise<Answer> {
  if (meeting.status !== 'PLANNED') return show(await fateOf(context, meeting))
  if (!meeting.startsAt)
    return show([{ kind: 'text', text: say('late.noTime', { name: plain(meeting.account.name) }) }])
  const delay = delayOf(context, meeting.startsAt, said)
  return delay ? show(await draftView(context, meeting, delay)) : askMinutes(meeting)
}

/** Said in the car and delivered later: the arrival counts from when it was said. */
function delayOf({ saidAt }: Context, startsAt: string, { minutes: by, arrivesIn }: Said): Delay | null {
  const start = Date.parse(startsAt)
  if (by !== undefined) return { minutes: by, arrival: new Date(start + by * MINUTE) }
  if (arrivesIn === undefined) return null
  const arrival = new Date(saidAt.getTime() + arrivesIn * MINUTE)
  return { minutes: Math.ceil((arrival.getTime() - start) / MINUTE), arrival }
}

function askMinutes({ id, account }: Meeting): Answer {
  const button = (count: number): Button => ({
    label: say('late.minutes', { count }),
    command: 'late',
    args: { meeting: id, minutes: String(count) },
  })
  return show([
    { kind: 'text', text: say('late.howMuch', { name: plain(account.name) }) },
    { kind: 'buttons', buttons: OFFERED.map(button) },
  ])
}
