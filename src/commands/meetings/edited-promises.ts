import type { FollowUp } from '../../domain/follow-ups/follow-up.ts'
import { mayAct } from '../../domain/follow-ups/rights.ts'
import { isPast, speakAt } from '../../domain/follow-ups/schedule.ts'
import type { Meeting } from '../../domain/meetings/meeting.ts'
import { changePromise, rhythmOf, rhythmOfOwner } from '../follow-ups/promise.ts'
import type { Context } from '../kit/command.ts'
import { differs, type Edit } from './edit-of-line.ts'
import type { ResolvedStep } from './read-line.ts'
import type { ToldStep } from './understood.ts'
import { promiseSteps } from './write.ts'

type Words = Readonly<Pick<ToldStep, 'what' | 'promisedBy'>>

/** What became of the promises of an edited line. `doubtful` were not made: their date is not clear. */
export type PromiseEdits = Readonly<{
  added: readonly Words[]
  dropped: readonly Words[]
  moved: readonly Words[]
  doubtful: readonly Words[]
}>

/** Why a promise fell that the writer took out of the line. */
const REASON = 'edited'

/** New ones are made; those with the same words keep their rows, whatever became of them; those that vanished fall. */
export async function changePromises(
  context: Context,
  meeting: Meeting,
  { before, after }: Pick<Edit, 'before' | 'after'>,
): Promise<PromiseEdits> {
  const all = await context.work.followUps.ofMeeting(meeting.id)
  // What a colleague promised there is theirs, in whatever words.
  const rows = all.filter(({ owner }) => mayAct(context.actor, owner.id))
  const kept = rows.filter(({ status }) => status !== 'DROPPED')
  // Without a clear date it was not made before; what was taken back by other ways stays so.
  const stood = (step: ToldStep) => before.some((one) => isSame(one, step) && !differs(one.when, step.when))
  const isNew = (step: ToldStep) => !has(kept, step) && !stood(step)
  const wanted = after.filter(isNew).map((step) => ({ step, resolved: resolvedStep(context, step) }))
  const steps = wanted.flatMap(({ resolved }) => (resolved ? [resolved] : []))
  await promiseSteps(context, meeting, steps)
  const vanished = before.filter((step) => !has(after, step))
  return {
    added: steps,
    dropped: await dropAll(
      context,
      rows.filter((row) => isOpen(row) && has(vanished, row)),
    ),
    moved: await moveAll(context, rows, { before, after }),
    doubtful: wanted.filter(({ resolved }) => !resolved).map(({ step }) => step),
  }
}

const isOpen = ({ status }: FollowUp) => status === 'OPEN'

const has = (steps: readonly Words[], step: Words) => steps.some((one) => isSame(one, step))

function isSame(a: Words, b: Words): boolean {
  const words = ({ what }: Words) =>
    what
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  return a.promisedBy === b.promisedBy && words(a) === words(b)
}

/** Null when the date is missing, doubtful or cannot be: such a promise is asked for, never guessed. */
function resolvedStep({ actor, calendar, now }: Context, step: ToldStep): ResolvedStep | null {
  if (step.when?.kind !== 'clear') return null
  const { promisedBy, what, urgent } = step
  const due = { dueOn: step.when.when.day, dueTime: step.when.when.time }
  return isPast(due, rhythmOf(actor, calendar), now) ? null : { promisedBy, what, urgent, ...due }
}

async function dropAll(context: Context, rows: readonly FollowUp[]): Promise<FollowUp[]> {
  const dropped: FollowUp[] = []
  for (const row of rows) {
    const rhythm = await rhythmOfOwner(context, row.owner.id)
    const changes = { status: 'DROPPED', dropReason: REASON, remindAt: null, snoozedUntil: null } as const
    const after = await changePromise(context, row, { action: 'followup.drop', changes, rhythm })
    if (after) dropped.push(after)
  }
  return dropped
}

/** The same words with another date. */
async function moveAll(
  context: Context,
  rows: readonly FollowUp[],
  { before, after }: Pick<Edit, 'before' | 'after'>,
): Promise<FollowUp[]> {
  const moved: FollowUp[] = []
  for (const row of rows.filter(isOpen)) {
    const was = before.find((step) => isSame(step, row))
    const is = after.find((step) => isSame(step, row))
    if (!was || !is || !differs(was.when, is.when)) continue
    const due = resolvedStep(context, is)
    if (!due) continue
    const { dueOn, dueTime } = due
    const rhythm = await rhythmOfOwner(context, row.owner.id)
    const remindAt = speakAt({ ...row, dueOn, dueTime }, rhythm, context.now)
    const changes = { dueOn, dueTime, remindAt, snoozedUntil: null }
    const saved = await changePromise(context, row, { action: 'followup.amend', changes, rhythm })
    if (saved) moved.push(saved)
  }
  return moved
}
