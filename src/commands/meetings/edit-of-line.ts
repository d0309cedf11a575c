import { matchAttendees } from '../../domain/meetings/attendees.ts'
import type { Meeting, MeetingChanges } from '../../domain/meetings/meeting.ts'
import { type Telling, timingOf } from '../../domain/meetings/timing.ts'
import { readMeeting } from '../../domain/talk/read-meeting.ts'
import type { Found } from '../../domain/when/reading.ts'
import { findAccountInLine } from '../accounts/find-in-line.ts'
import type { Context } from '../kit/command.ts'
import { talkContext } from '../kit/talk-context.ts'
import { newestWords } from './early-edit.ts'
import { type Told, toldByLine } from './told.ts'
import { type ToldStep, type Understood, understood } from './understood.ts'

/** What an edited line says that the line before did not. */
export type Edit = Readonly<{
  changes: MeetingChanges
  /** The new time could not be taken over. */
  time: 'doubtful' | 'wrong' | null
  before: readonly ToldStep[]
  after: readonly ToldStep[]
}>

/** The name of another account that the line speaks of, or null. */
export async function otherAccountIn(
  context: Context,
  { account }: Pick<Meeting, 'account'>,
  line: string,
): Promise<string | null> {
  const found = await findAccountInLine(context, namesIn(context, line))
  if (found.kind === 'sure') return found.account.id === account.id ? null : found.account.name
  if (found.kind === 'none') return null
  return found.accounts.some(({ id }) => id === account.id) ? null : found.named.text
}

/**
 * The line is read as on the day it was written, and so is the one before it: only what differs between both is changed,
 * so that what was told since by other ways (a tap, a form) stays.
 */
export async function readEdit(context: Context, meeting: Meeting, line: string): Promise<Edit> {
  const after = await readAs(context, meeting, line)
  const before = meeting.said === null ? null : await readAs(context, meeting, meeting.said)
  const time = differs(before?.when, after.when) ? timeOf(context, meeting, after) : null
  const people = differs(before?.attendees ?? [], after.attendees)
    ? { attendees: matchAttendees(after.attendees, await context.work.meetings.contacts(meeting.account.id)) }
    : {}
  return {
    changes: {
      ...(before?.notes === after.notes ? {} : { notes: after.notes }),
      ...((before?.mood ?? null) === after.mood ? {} : { mood: after.mood }),
      ...((before?.kind ?? null) === after.kind ? {} : { kind: after.kind ?? 'MEETING' }),
      ...people,
      ...(typeof time === 'object' ? time : {}),
      ...(meeting.said === line ? {} : { said: line }),
    },
    time: typeof time === 'string' ? time : null,
    before: before?.steps ?? [],
    after: after.steps,
  }
}

async function readAs(context: Context, { account }: Meeting, line: string): Promise<Understood> {
  const named = await placeOf(context, account.id, line)
  return understood(context.actor, { ...toldByLine(context, line), account: { ...account }, named })
}

/** Where the line names this account. */
async function placeOf(context: Context, account: string, line: string): Promise<Told['named']> {
  const found = await findAccountInLine(context, namesIn(context, line))
  const meant =
    (found.kind === 'sure' && found.account.id === account) ||
    (found.kind === 'several' && found.accounts.some(({ id }) => id === account)) ||
    (found.kind === 'none' && found.nearest.some(({ id }) => id === account))
  const named = meant && found.named
  return named ? { from: named.from, to: named.to, text: named.text } : null
}

/**
 * What was told, in the words that its message has by now, which may have been edited while a question was open. An answer
 * counts where what was asked still stands; an account that is `chosen` at this moment, whatever the line names.
 */
export async function inNewestWords(context: Context, told: Told, chosen = false): Promise<Told> {
  if (told.line === null) return told
  const line = await newestWords({ ...context, source: told.source }, told.line)
  // The fields of a form were seen and confirmed: they go before what the edit says.
  if (line === told.line || told.form) return { ...told, line }
  const then = { ...context, saidAt: new Date(told.saidAt) }
  const other = told.account && !chosen && (await otherAccountIn(then, { account: told.account }, line))
  const account = other ? null : told.account
  const named = account && (await placeOf(then, account.id, line))
  const before = understood(context.actor, told)
  const after = understood(context.actor, { ...told, line, account, named })
  const isTimeSame = before.tense === after.tense && !differs(before.when, after.when)
  const steps = Object.entries(told.steps).filter(([at]) => isSameStep(before.steps[+at], after.steps[+at]))
  return {
    ...told,
    line,
    account,
    named,
    ...(isTimeSame ? {} : { tense: null, when: null }),
    steps: Object.fromEntries(steps),
  }
}

const isSameStep = (a: ToldStep | undefined, b: ToldStep | undefined): boolean =>
  a?.promisedBy === b?.promisedBy && a?.what === b?.what && !differs(a?.when, b?.when)

const namesIn = ({ actor, saidAt }: Context, line: string) =>
  readMeeting(line, talkContext(actor, saidAt)).names

/** The places of words move with every edit; what they say is compared. */
export function differs(a: unknown, b: unknown): boolean {
  return JSON.stringify(said(a)) !== JSON.stringify(said(b))
}

function said(value: unknown): unknown {
  if (!isFound(value)) return value ?? null
  if (value.kind === 'clear') return value.when
  return value.kind === 'doubtful' ? value.choices : value.reason
}

const isFound = (value: unknown): value is Found =>
  typeof value === 'object' && value !== null && 'kind' in value && 'pieces' in value

type Times = Pick<MeetingChanges, 'status' | 'day' | 'startsAt' | 'endsAt'>

/** A time that was taken out of the line says nothing new. */
function timeOf(context: Context, meeting: Meeting, line: Understood): Times | 'doubtful' | 'wrong' | null {
  if (line.when === null) return null
  if (line.when === 'unread') return 'doubtful'
  const { actor, now, saidAt } = context
  const isTold = line.mood !== null || line.steps.length > 0
  const telling: Telling = { saidAt, now, timeZone: actor.timeZone, tense: line.tense, isTold }
  const read = timingOf(line.when, telling)
  // What the words leave open, the state of the meeting tells: whether it is still to come or was held by now.
  const held = meeting.status === 'HELD'
  const open = read.kind === 'tense' || (read.kind === 'passed' && held)
  const tense = held ? 'past' : 'future'
  const reading = open ? timingOf(line.when, { ...telling, tense }) : read
  if (reading.kind === 'clear') return reading.timing
  return reading.kind === 'impossible' || reading.kind === 'passed' ? 'wrong' : 'doubtful'
}
