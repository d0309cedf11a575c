import type { AccountRef } from '../../domain/accounts/account.ts'
import type { PromisedBy } from '../../domain/follow-ups/follow-up.ts'
import { isPast } from '../../domain/follow-ups/schedule.ts'
import { matchAttendees } from '../../domain/meetings/attendees.ts'
import type { MeetingContent, MessageRef } from '../../domain/meetings/meeting.ts'
import {
  type Telling,
  timingAt,
  timingOf,
  type Timing,
  type TimingReading,
} from '../../domain/meetings/timing.ts'
import type { Day } from '../../domain/shared/day.ts'
import { readMeeting } from '../../domain/talk/read-meeting.ts'
import type { MeetingTalk } from '../../domain/talk/talk.ts'
import type { Impossibility, When } from '../../domain/when/reading.ts'
import { findAccountInLine } from '../accounts/find-in-line.ts'
import { rhythmOf } from '../follow-ups/promise.ts'
import type { Context } from '../kit/command.ts'
import { talkContext } from '../kit/talk-context.ts'
import { type Told, toldByLine, whenChosen } from './told.ts'
import { type ToldStep, type Understood, understood } from './understood.ts'

/** As many of somebody's accounts as are offered when a line names none. */
const OFFERED = 6

export type ResolvedStep = Readonly<{
  promisedBy: PromisedBy
  what: string
  dueOn: Day
  dueTime: string | null
  urgent: boolean
}>

/** All that a meeting needs to be written. */
export type Resolved = Readonly<{
  account: AccountRef
  status: Timing['status']
  content: MeetingContent
  steps: readonly ResolvedStep[]
  said: string | null
  source: MessageRef | null
}>

export type Question = Readonly<
  | {
      ask: 'account'
      accounts: readonly AccountRef[]
      found: 'several' | 'near' | 'mine'
      name: string | null
    }
  /** `choices` may be empty: then only the form can tell. */
  | { ask: 'when'; choices: readonly When[] }
  | { ask: 'tense' | 'missing' | 'passed' }
  | { ask: 'step'; index: number; what: string; choices: readonly When[] }
>

/** A time that cannot be: of the meeting, or of the step with this promise. */
export type Impossible = Readonly<{
  reason: Impossibility | 'unread'
  step: Pick<ToldStep, 'promisedBy' | 'what'> | null
}>

/** `told` is what to keep until the answer comes. */
export type Reading = Readonly<
  | { kind: 'ready'; resolved: Resolved }
  | { kind: 'question'; told: Told; question: Question }
  | { kind: 'impossible'; told: Told; impossible: Impossible }
>

/** What a line tells of a meeting, or what has to be asked first. */
export const readLine = (context: Context, line: string): Promise<Reading> =>
  readTold(context, toldByLine(context, line))

/** The same with the answers that were given. One question at a time: the account, the time, the steps. */
export async function readTold(context: Context, before: Told): Promise<Reading> {
  const found = await withAccount(context, before)
  if (found.kind !== 'found') return found
  const { told, account, talk } = found

  const said = understood(context.actor, told, talk)
  if (said.when === 'unread')
    return { kind: 'impossible', told, impossible: { reason: 'unread', step: null } }
  const timing = readTiming(context, told, said)
  if (timing.kind === 'impossible') {
    return { kind: 'impossible', told, impossible: { reason: timing.reason, step: null } }
  }
  if (timing.kind !== 'clear') return { kind: 'question', told, question: questionOf(timing) }

  const steps = readSteps(context, told, said.steps)
  if ('kind' in steps) return steps
  const contacts = said.attendees.length === 0 ? [] : await context.work.meetings.contacts(account.id)
  const { status, ...moments } = timing.timing
  const content: MeetingContent = {
    ...moments,
    kind: said.kind ?? 'MEETING',
    mood: said.mood,
    notes: said.notes,
    attendees: matchAttendees(said.attendees, contacts),
  }
  return {
    kind: 'ready',
    resolved: { account, status, content, steps, said: told.line, source: told.source },
  }
}

/** `talk`: what the line says, where it had to be read for the account. */
type WithAccount = Readonly<{ kind: 'found'; told: Told; account: AccountRef; talk?: MeetingTalk }>

async function withAccount(context: Context, told: Told): Promise<WithAccount | Reading> {
  const { actor, work } = context
  if (told.account) return { kind: 'found', told, account: told.account }
  const talk = readMeeting(told.line ?? '', talkContext(actor, new Date(told.saidAt)))
  const found = await findAccountInLine(context, talk.names)
  const named = found.named && { from: found.named.from, to: found.named.to, text: found.named.text }
  if (found.kind === 'sure') {
    const account = { id: found.account.id, name: found.account.name }
    return { kind: 'found', told: { ...told, account, named }, account, talk }
  }
  const ask = (accounts: readonly AccountRef[], how: 'several' | 'near' | 'mine'): Reading => ({
    kind: 'question',
    // Whoever chooses among their own accounts has not written the name of any.
    told: { ...told, named: how === 'mine' ? null : named },
    question: { ask: 'account', accounts, found: how, name: named?.text ?? null },
  })
  if (found.kind === 'several') return ask(found.accounts, 'several')
  if (found.nearest.length > 0) return ask(found.nearest, 'near')
  return ask(await work.accounts.suggest('', actor.sight, OFFERED), 'mine')
}

function readTiming(context: Context, told: Told, said: Understood): TimingReading {
  const { actor, now } = context
  const telling: Telling = {
    saidAt: new Date(said.when || told.when ? told.saidAt : told.firstSaidAt),
    now,
    timeZone: actor.timeZone,
    tense: told.tense ?? said.tense,
    isTold: said.mood !== null || said.steps.length > 0,
  }
  // Whoever says that it has taken place, without a time, speaks of now.
  if (told.when) return timingAt(whenChosen(told.when, actor.timeZone), telling)
  return timingOf(said.when === 'unread' ? null : said.when, telling)
}

function questionOf(timing: Exclude<TimingReading, { kind: 'clear' | 'impossible' }>): Question {
  return timing.kind === 'choices' ? { ask: 'when', choices: timing.choices } : { ask: timing.kind }
}

function readSteps(
  context: Context,
  told: Told,
  steps: readonly ToldStep[],
): readonly ResolvedStep[] | Reading {
  const resolved: ResolvedStep[] = []
  for (const [index, step] of steps.entries()) {
    const read = readStep(context, step, told.steps[String(index)])
    if (read.kind === 'question') {
      const question = { ask: 'step', index, what: step.what, choices: read.choices } as const
      return { kind: 'question', told, question }
    }
    if (read.kind === 'impossible') {
      return { kind: 'impossible', told, impossible: { reason: read.reason, step } }
    }
    resolved.push(read.step)
  }
  return resolved
}

type StepReading = Readonly<
  | { kind: 'clear'; step: ResolvedStep }
  | { kind: 'question'; choices: readonly When[] }
  | { kind: 'impossible'; reason: Impossibility }
>

function readStep(
  { actor, calendar, saidAt }: Context,
  { promisedBy, what, when: found, urgent }: ToldStep,
  chosen: string | undefined,
): StepReading {
  if (!chosen && !found) return { kind: 'question', choices: [] }
  if (!chosen && found?.kind === 'doubtful') return { kind: 'question', choices: found.choices }
  if (!chosen && found?.kind === 'impossible') return { kind: 'impossible', reason: found.reason }
  const when = chosen ? whenChosen(chosen, actor.timeZone) : found?.kind === 'clear' ? found.when : null
  if (!when) return { kind: 'question', choices: [] }
  const due = { dueOn: when.day, dueTime: when.time }
  // A line that waited on its way was right when it was written; one that waited for an answer is not.
  const past = isPast(due, rhythmOf(actor, calendar), saidAt)
  if (past) return { kind: 'impossible', reason: 'past' }
  return { kind: 'clear', step: { promisedBy, what, urgent, ...due } }
}
