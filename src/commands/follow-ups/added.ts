import type { FollowUp } from '../../domain/follow-ups/follow-up.ts'
import type { Rhythm } from '../../domain/follow-ups/schedule.ts'
import type { Answer, Context } from '../kit/command.ts'
import { type Block, plain, say, show, type Text } from '../kit/view.ts'
import { movedNote, promiseFields } from './card.ts'
import { rhythmOf } from './promise.ts'

/** What was understood, and how to take it back. */
export function added(context: Context, followUp: FollowUp): Answer {
  const rhythm = rhythmOf(context.actor, context.calendar)
  return show([...noted(context, followUp, rhythm, say('followup.added')), buttons(followUp)])
}

/** A sentence of what was done, and the promise as it stands now. `rhythm` is its owner's. */
export function noted({ actor, today }: Context, followUp: FollowUp, rhythm: Rhythm, done: Text): Block[] {
  return [
    { kind: 'text', tone: 'good', text: done },
    { kind: 'heading', text: plain(followUp.what) },
    { kind: 'fields', fields: promiseFields(followUp, { reader: actor.id, today }) },
    ...movedNote(followUp, rhythm),
  ]
}

function buttons({ id, reminder, account }: FollowUp): Block {
  return {
    kind: 'buttons',
    buttons: [
      { label: say('followup.button.undo'), command: 'followup-undo', args: { id, n: String(reminder) } },
      { label: say('followup.button.edit'), command: 'followup-edit', args: { id } },
      {
        label: say('followup.button.another'),
        command: 'followup',
        args: account ? { account: account.id } : {},
      },
    ],
  }
}
