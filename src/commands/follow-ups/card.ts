import type { FollowUp } from '../../domain/follow-ups/follow-up.ts'
import { dueAt, nextQuietFree, type Rhythm } from '../../domain/follow-ups/schedule.ts'
import { type Day, dayIn } from '../../domain/shared/day.ts'
import { type Block, type Button, type Field, plain, say, type Text, type View } from '../kit/view.ts'
import { dueText, opensAccount, reminderButtons, repeatText } from './phrases.ts'

type Reading = Readonly<{ reader: string; today: Day; mayAct: boolean }>

/** One promise with all that is known of it, and what can be done with it now. */
export function promiseCard(followUp: FollowUp, reading: Reading): View {
  return [
    { kind: 'heading', text: plain(followUp.what) },
    ...stateOf(followUp),
    { kind: 'fields', fields: promiseFields(followUp, reading) },
    ...buttonsOf(followUp, reading.mayAct),
  ]
}

export function promiseFields(followUp: FollowUp, { reader, today }: Omit<Reading, 'mayAct'>): Field[] {
  const { account, owner, repeat, status, snoozes, doneCount, missedCount, remindAt } = followUp
  const overdue = status === 'OPEN' && followUp.dueOn < today
  const field = (label: Text, value: Text): Field => ({ label, value })
  return [
    ...(account ? [field(say('followup.account'), plain(account.name))] : []),
    ...(followUp.promisedBy === 'CLIENT' ? [field(say('followup.promisedBy'), whoPromised(followUp))] : []),
    { label: say('followup.due'), value: dueText(followUp), ...(overdue ? { tone: 'bad' as const } : {}) },
    ...(repeat ? [field(say('followup.repeat'), repeatText(repeat))] : []),
    ...(status === 'OPEN' && remindAt
      ? [field(say('followup.reminder'), say('when', { when: { instant: remindAt } }))]
      : []),
    ...(followUp.urgent ? [field(say('followup.urgent'), say('followup.urgent.yes'))] : []),
    ...(snoozes > 0
      ? [field(say('followup.snoozes'), say('followup.snoozes.count', { count: snoozes }))]
      : []),
    ...(repeat && doneCount + missedCount > 0
      ? [field(say('followup.times'), say('followup.times.value', { done: doneCount, missed: missedCount }))]
      : []),
    ...(repeat ? lastDone(followUp) : []),
    ...(owner.id === reader ? [] : [field(say('followup.owner'), plain(owner.name))]),
  ]
}

const whoPromised = ({ contactName }: FollowUp): Text =>
  contactName ? plain(contactName) : say('followup.promisedBy.CLIENT')

/** One that repeats goes on when it is done: who did it last stays on it. */
function lastDone({ doneAt, doneBy }: FollowUp): Field[] {
  if (!doneAt) return []
  const name = doneBy ? plain(doneBy.name) : say('followup.somebody')
  return [
    {
      label: say('followup.lastDone'),
      value: say('followup.lastDone.value', { name, when: { instant: doneAt } }),
    },
  ]
}

/** What became of a promise that is not open any more. */
function stateOf({ status, doneAt, doneBy, dropReason }: FollowUp): Block[] {
  if (status === 'DONE') {
    const name = doneBy ? plain(doneBy.name) : say('followup.somebody')
    const text = doneAt
      ? say('followup.isDone', { name, when: { instant: doneAt } })
      : say('followup.isDone.once')
    return [{ kind: 'text', tone: 'good', text }]
  }
  if (status === 'DROPPED') {
    const text = dropReason
      ? say('followup.isDropped', { reason: plain(dropReason) })
      : say('followup.isDropped.once')
    return [{ kind: 'text', text }]
  }
  return []
}

function buttonsOf(followUp: FollowUp, mayAct: boolean): Block[] {
  const open = followUp.status === 'OPEN' && mayAct
  const chase: Button[] =
    followUp.promisedBy === 'CLIENT' && followUp.account
      ? [{ label: say('followup.button.chase'), command: 'followup-chase', args: { id: followUp.id } }]
      : []
  const edit: Button = {
    label: say('followup.button.edit'),
    command: 'followup-edit',
    args: { id: followUp.id },
  }
  const buttons = [...(open ? [...reminderButtons(followUp), ...chase, edit] : []), ...opensAccount(followUp)]
  return buttons.length > 0 ? [{ kind: 'buttons', buttons }] : []
}

/** Said when quiet hours or a day off have moved the reminder away from the time that was named. */
export function movedNote(followUp: FollowUp, rhythm: Rhythm): Block[] {
  const { remindAt, promisedBy, urgent, dueOn, snoozedUntil } = followUp
  if (!remindAt) return []
  const when = { instant: remindAt }
  if (promisedBy === 'CLIENT') return [{ kind: 'note', text: say('followup.chaseAt', { when }) }]
  const due = dueAt(followUp, rhythm)
  const free = nextQuietFree(due, rhythm).getTime() === due.getTime()
  // What was due today and could only be said an hour later may have met the evening.
  const nextDay = dayIn(rhythm.timeZone, new Date(remindAt)) > dueOn
  return urgent || snoozedUntil || (free && !nextDay)
    ? []
    : [{ kind: 'note', text: say('followup.moved', { when }) }]
}
