import { z } from 'zod'
import type { FollowUp, FollowUpChanges } from '../../domain/follow-ups/follow-up.ts'
import { remindAgainAt, type Rhythm, speakAt } from '../../domain/follow-ups/schedule.ts'
import { readFollowUp } from '../../domain/talk/read-follow-up.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { blankIsNothing } from '../kit/blank.ts'
import { talkContext } from '../kit/talk-context.ts'
import { EVERYONE } from '../kit/roles.ts'
import { say, show, type Text } from '../kit/view.ts'
import { promiseToChange } from './access.ts'
import { cardAnswer, faster } from './act.ts'
import { notUnderstood, saysSomething, withRepeat } from './add.ts'
import { noted } from './added.ts'
import { editForm, LONGEST_WHAT, LONGEST_WHEN, openForm, type RepeatChoice, RHYTHMS } from './form.ts'
import { changePromise, rhythmOfOwner } from './promise.ts'
import { type DueReading, dueOf } from './said.ts'

const id = z.string().min(1).max(64)

/** Opens the form with what stands there now. */
export const followupEdit = defineCommand({
  name: 'followup-edit',
  aliases: [],
  summary: 'followup.edit',
  roles: EVERYONE,
  effect: 'read',
  listed: false,
  input: z.object({ id }),
  async run(context, input) {
    const followUp = await promiseToChange(context, input.id)
    if (followUp.status !== 'OPEN') return cardAnswer(context, followUp, null)
    return { kind: 'form', form: formOf(followUp) }
  },
})

const amendInput = z.object({
  id,
  n: z.coerce.number().int().min(0),
  what: z.string().max(LONGEST_WHAT, { error: 'error.followupTooLong' }).optional(),
  when: z.string().max(LONGEST_WHEN, { error: 'error.followupWhen' }).optional(),
  repeat: z.preprocess(blankIsNothing, z.enum(RHYTHMS).optional()),
  urgent: z.preprocess(blankIsNothing, z.enum(['yes', 'no']).optional()),
})
type Amend = Readonly<z.infer<typeof amendInput>>

export const followupAmend = defineCommand({
  name: 'followup-amend',
  aliases: [],
  summary: 'followup.edit',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  form: editForm,
  input: amendInput,

  async run(context, input) {
    const before = await promiseToChange(context, input.id)
    if (before.status !== 'OPEN') return cardAnswer(context, before, null)
    if (before.reminder !== input.n) return cardAnswer(context, before, say('followup.faster'))
    const rhythm = await rhythmOfOwner(context, before.owner.id)
    const read = changesOf(context, before, input, rhythm)
    if ('errors' in read) return { kind: 'form', form: formOf(before, input, read.errors) }
    if (Object.keys(read.changes).length === 0) return cardAnswer(context, before, say('followup.unchanged'))
    const { changes } = read
    const after = await changePromise(context, before, { action: 'followup.amend', changes, rhythm })
    return after ? amended(context, after, rhythm) : faster(context, before)
  },
})

function amended(context: Context, after: FollowUp, rhythm: Rhythm): Answer {
  return show([
    ...noted(context, after, rhythm, say('followup.amended')),
    {
      kind: 'buttons',
      buttons: [
        { label: say('followup.button.edit'), command: 'followup-edit', args: { id: after.id } },
        { label: say('followup.button.open'), command: 'followup-show', args: { id: after.id } },
      ],
    },
  ])
}

type Read = Readonly<{ changes: FollowUpChanges } | { errors: Readonly<Record<string, Text>> }>

/** Only what differs. A new time is read on the clock of whoever will be reminded, and is never in the past. */
function changesOf(context: Context, before: FollowUp, input: Amend, rhythm: Rhythm): Read {
  const what = input.what?.trim() ?? before.what
  if (!saysSomething(what)) return { errors: { what: say('error.followupWhat') } }
  const reading = timeSaid(context, before, input.when ?? '', rhythm)
  if (reading.kind !== 'due') return { errors: { when: notUnderstood(reading) } }
  const due = rhythmChosen({ rhythm, now: context.now }, before, reading.due, input.repeat ?? 'same')
  const standing = {
    dueOn: before.dueOn,
    dueTime: before.dueTime,
    repeat: before.repeat,
    urgent: before.urgent,
  }
  const next = { ...standing, ...due, urgent: input.urgent ? input.urgent === 'yes' : before.urgent }
  const moved = JSON.stringify(next) !== JSON.stringify(standing)
  const said = speakAt({ ...before, ...next }, rhythm, context.now)
  // What was said in time is not said again at once, because its urgency or its rhythm changed.
  const sameTime = next.dueOn === standing.dueOn && next.dueTime === standing.dueTime
  const remindAt = sameTime ? remindAgainAt(said, next, rhythm, context.now) : said
  return {
    changes: {
      ...(what === before.what ? {} : { what }),
      ...(moved ? { ...next, snoozedUntil: null, remindAt } : {}),
    },
  }
}

/** What was not touched stays, also when it is overdue. */
function timeSaid(
  { actor, saidAt, now }: Context,
  before: FollowUp,
  when: string,
  rhythm: Rhythm,
): DueReading {
  if (when === '' || when === dueWords(before)) {
    return { kind: 'due', due: { dueOn: before.dueOn, dueTime: before.dueTime, repeat: null } }
  }
  const { timeZone, hours } = rhythm
  const talk = readFollowUp(when, talkContext({ language: actor.language, timeZone, hours }, saidAt))
  return dueOf(talk, { rhythm, now, saidAt })
}

type DueContent = Pick<FollowUp, 'dueOn' | 'dueTime' | 'repeat'>

/** A single time of something that repeats may be moved off its rhythm; the next one falls back into it. */
function rhythmChosen(
  at: Readonly<{ rhythm: Rhythm; now: Date }>,
  before: FollowUp,
  due: DueContent,
  repeat: RepeatChoice,
): DueContent {
  if (due.repeat || repeat === 'never') return due
  return repeat === 'same' ? { ...due, repeat: before.repeat } : withRepeat(at, due, { repeat }, null)
}

/** The time as the form shows it, in a way that both languages read alike. */
function dueWords({ dueOn, dueTime }: FollowUp): string {
  const [year = '', month = '', day = ''] = dueOn.split('-')
  return `${day}.${month}.${year}${dueTime ? ` ${dueTime}` : ''}`
}

function formOf(before: FollowUp, typed: Partial<Amend> = {}, errors: Readonly<Record<string, Text>> = {}) {
  const { repeat } = typed
  return openForm(
    'followup-amend',
    editForm,
    {
      what: typed.what ?? before.what,
      when: typed.when ?? dueWords(before),
      ...(repeat ? { repeat } : before.repeat ? {} : { repeat: 'never' as const }),
      same: before.repeat,
      urgent: typed.urgent ? typed.urgent === 'yes' : before.urgent,
      hidden: { id: before.id, n: String(before.reminder) },
    },
    errors,
  )
}
