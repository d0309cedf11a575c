import { z } from 'zod'
import type { FollowUp, FollowUpChanges } from '../../domain/follow-ups/follow-up.ts'
import { dayAfterDone, type Rhythm, SNOOZES, snoozeUntil, speakAt } from '../../domain/follow-ups/schedule.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import type { Form } from '../kit/form.ts'
import { EVERYONE } from '../kit/roles.ts'
import { type Button, plain, say, show, type Text } from '../kit/view.ts'
import { promiseSeen, promiseToChange } from './access.ts'
import { promiseCard } from './card.ts'
import { dueText, opensAccount } from './phrases.ts'
import { changePromise, rhythmOfOwner } from './promise.ts'

const id = z.string().min(1).max(64)
const number = z.coerce.number().int().min(0).max(1_000_000_000)

export const followupShow = defineCommand({
  name: 'followup-show',
  aliases: [],
  summary: 'followup.summary',
  roles: EVERYONE,
  effect: 'read',
  listed: false,
  input: z.object({ id }),
  async run(context, input) {
    const { followUp, mayAct } = await promiseSeen(context, input.id)
    return cardAnswer(context, followUp, null, mayAct)
  },
})

/** The promise as it stands now, after a word of what happened. */
export function cardAnswer(
  { actor, today }: Context,
  followUp: FollowUp,
  lead: Text | null,
  mayAct = true,
): Answer {
  return show([
    ...(lead ? [{ kind: 'text' as const, tone: 'warn' as const, text: lead }] : []),
    ...promiseCard(followUp, { reader: actor.id, today, mayAct }),
  ])
}

/** A stale button never changes anything: it says what became of it. */
async function becameOf(context: Context, followUp: FollowUp, lead: Text | null): Promise<Answer> {
  return cardAnswer(context, followUp, followUp.status === 'OPEN' ? lead : null)
}

const movedOn = (followUp: FollowUp) => say('followup.movedOn', { due: dueText(followUp) })

/** Somebody else was faster: what stands now is the answer. */
export async function faster(context: Context, { id: subject }: FollowUp): Promise<Answer> {
  return becameOf(context, await promiseToChange(context, subject), say('followup.faster'))
}

export const followupDone = defineCommand({
  name: 'followup-done',
  aliases: [],
  summary: 'followup.button.done',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  input: z.object({ id, o: number }),

  async run(context, input) {
    const before = await promiseToChange(context, input.id)
    if (before.status !== 'OPEN' || before.occurrence !== input.o)
      return becameOf(context, before, movedOn(before))
    const rhythm = await rhythmOfOwner(context, before.owner.id)
    const changes = doneChanges(context, before, rhythm)
    const after = await changePromise(context, before, { action: 'followup.done', changes, rhythm })
    return after ? doneAnswer(before, after) : faster(context, before)
  },
})

/**
 * One that repeats goes on to its next time at once; when it was done last stays on it. Any other keeps until when it was
 * put off: it may be reopened.
 */
function doneChanges({ actor, now }: Context, before: FollowUp, rhythm: Rhythm): FollowUpChanges {
  const { repeat } = before
  const done = { doneAt: now, doneById: actor.id, doneCount: before.doneCount + 1 }
  if (!repeat) return { ...done, status: 'DONE', remindAt: null }
  const dueOn = dayAfterDone({ ...before, repeat }, rhythm, now)
  const next = { ...before, dueOn }
  return {
    ...done,
    dueOn,
    occurrence: before.occurrence + 1,
    snoozes: 0,
    snoozedUntil: null,
    remindAt: speakAt(next, rhythm, now),
  }
}

function doneAnswer(before: FollowUp, after: FollowUp): Answer {
  const { id: subject, account, reminder, promisedBy } = after
  const next: Button = {
    label: say('followup.button.next'),
    command: 'followup',
    args: {
      ...(account ? { account: account.id } : {}),
      ...(after.meetingId ? { meeting: after.meetingId } : {}),
    },
  }
  const undo: Button = {
    label: say('followup.button.undo'),
    command: 'followup-undo',
    args: { id: subject, n: String(reminder), ...(after.repeat ? timeOf(before) : {}) },
  }
  return show([
    {
      kind: 'text',
      tone: 'good',
      text: say(promisedBy === 'US' ? 'followup.done' : 'followup.theyDid', { what: plain(after.what) }),
    },
    ...(after.repeat
      ? [{ kind: 'note' as const, text: say('followup.nextTime', { due: dueText(after) }) }]
      : []),
    { kind: 'buttons', buttons: [next, undo, ...opensAccount(after)] },
  ])
}

/** The row has gone on to the next time, so the button brings back the one that was done. */
const timeOf = ({ dueOn, snoozedUntil }: FollowUp) => ({
  due: dueOn,
  ...(snoozedUntil ? { until: snoozedUntil } : {}),
})

export const followupSnooze = defineCommand({
  name: 'followup-snooze',
  aliases: [],
  summary: 'followup.snooze',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  input: z.object({ id, n: number, to: z.enum(SNOOZES) }),

  async run(context, { id: subject, n, to }) {
    const before = await promiseToChange(context, subject)
    if (before.status !== 'OPEN' || before.reminder !== n) return becameOf(context, before, comesAt(before))
    const rhythm = await rhythmOfOwner(context, before.owner.id)
    const at = snoozeUntil(to, before, rhythm, context.now)
    const changes = { snoozes: before.snoozes + 1, snoozedUntil: at, remindAt: at }
    const after = await changePromise(context, before, { action: 'followup.snooze', changes, rhythm })
    if (!after) return faster(context, before)
    return show([
      {
        kind: 'text',
        tone: 'good',
        text: say('followup.snoozedUntil', { when: { instant: at.toISOString() }, what: plain(after.what) }),
      },
      { kind: 'note', text: say('followup.snoozed', { count: after.snoozes }) },
      {
        kind: 'buttons',
        buttons: [
          { label: say('followup.button.open'), command: 'followup-show', args: { id: after.id } },
          ...opensAccount(after),
        ],
      },
    ])
  },
})

function comesAt({ remindAt }: FollowUp): Text {
  return remindAt ? say('followup.comesAt', { when: { instant: remindAt } }) : say('followup.faster')
}

const dropForm: Form = {
  title: 'followup.drop',
  submit: 'followup.drop.submit',
  fields: [{ name: 'reason', label: 'followup.drop.reason', kind: 'line', hint: 'followup.drop.hint' }],
}

export const followupDrop = defineCommand({
  name: 'followup-drop',
  aliases: [],
  summary: 'followup.button.drop',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  form: dropForm,
  input: z.object({
    id,
    o: number,
    reason: z.string().max(500, { error: 'error.followupReason' }).optional(),
  }),

  async run(context, { id: subject, o, reason }) {
    const before = await promiseToChange(context, subject)
    if (before.status !== 'OPEN' || before.occurrence !== o) return becameOf(context, before, movedOn(before))
    const dropReason = reason?.trim() ?? ''
    if (dropReason === '') return askReason(before, reason !== undefined)
    const rhythm = await rhythmOfOwner(context, before.owner.id)
    const changes = { status: 'DROPPED', dropReason, remindAt: null, snoozedUntil: null } as const
    const after = await changePromise(context, before, { action: 'followup.drop', changes, rhythm })
    return after ? cardAnswer(context, after, null) : faster(context, before)
  },
})

function askReason({ id: subject, occurrence }: FollowUp, empty: boolean): Answer {
  const hidden = (value: string) => ({ value, label: plain(value) })
  return {
    kind: 'form',
    form: {
      command: 'followup-drop',
      form: dropForm,
      values: { id: hidden(subject), o: hidden(String(occurrence)) },
      errors: empty ? { reason: say('error.followupReason') } : {},
    },
  }
}
