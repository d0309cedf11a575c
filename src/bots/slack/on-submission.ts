import type { ModalView } from '@slack/types'
import { inTime, LATE } from '../in-time.ts'
import { at, textAt } from '../json.ts'
import { speakerFor } from '../speaker.ts'
import { deliverSaid, updateWindow } from './delivery.ts'
import { ask, type Desk, refusalSpeaker, refusalView, type Said, speakerOf } from './desk.ts'
import { fieldErrors, optionsOf, searchKind, submitted } from './form.ts'
import { identityOf, isForeignUser } from './membership.ts'
import { cardModal, loadingModal, windowFor } from './windows.ts'

type SubmissionAck = (
  body?:
    | { response_action: 'errors'; errors: Record<string, string> }
    | { response_action: 'update'; view: ModalView },
) => Promise<void>

/** A form was sent: its window shows what is wrong with it, or what came of it. */
export async function onSubmission(desk: Desk, payload: unknown, ack: SubmissionAck): Promise<void> {
  const user = textAt(payload, 'user', 'id')
  const view = at(payload, 'view')
  const { command, choices } = submitted(view)
  const foreign = isForeignUser(desk.installation(), payload)
  if (foreign || command === '') {
    const refusal = refusalView(foreign ? 'error.identity.stranger' : 'error.oldButton')
    return ack({ response_action: 'update', view: cardModal(refusal, await refusalSpeaker(desk, user)) })
  }

  const values = Object.fromEntries(Object.entries(choices).map(([name, { value }]) => [name, value]))
  const key = textAt(payload, 'trigger_id') || `${textAt(view, 'id')}.${textAt(view, 'hash')}`
  const asked = ask(desk, {
    user,
    key,
    chat: user,
    audience: 'asker',
    act: { kind: 'submit', command, values },
  })
  const first = await inTime(asked, desk.limits.answerInMs)
  const windowOf = (said: Said) => windowFor(said, choices)
  if (first !== LATE) return answerNow(first, view, windowOf, ack)

  await ack({ response_action: 'update', view: loadingModal(speakerOf(desk, user)) })
  const said = await asked
  const next = windowOf(said)
  if (!next || (await updateWindow(desk, { id: textAt(view, 'id'), hash: '' }, next))) return
  // Closed meanwhile: what was saved must be said all the same.
  await deliverSaid(desk, { user, channel: '' }, null, said)
}

async function answerNow(
  said: Said,
  view: unknown,
  windowOf: (said: Said) => ModalView | null,
  ack: SubmissionAck,
): Promise<void> {
  const { answer } = said.reply
  const errors = answer.kind === 'form' ? fieldErrors(answer.form, view, said.speak) : null
  if (errors) return ack({ response_action: 'errors', errors })
  const next = windowOf(said)
  return next ? ack({ response_action: 'update', view: next }) : ack()
}

type OptionsAck = (body: { options: ReturnType<typeof optionsOf> }) => Promise<void>

/** Choices while somebody types. None is better than late: Slack shows an error then. */
export async function onOptions(desk: Desk, payload: unknown, ack: OptionsAck): Promise<void> {
  const kind = searchKind(textAt(payload, 'action_id'))
  if (!kind || isForeignUser(desk.installation(), payload)) return ack({ options: [] })
  const identity = identityOf(desk.installation(), textAt(payload, 'user', 'id'))
  const found = desk.dispatcher.suggest(identity, kind, textAt(payload, 'value')).catch((error: unknown) => {
    desk.journal.warn({ err: error }, 'no choices could be looked up')
    return null
  })
  const suggested = await inTime(found, desk.limits.suggestInMs)
  const none = suggested === LATE || suggested === null
  return ack({ options: none ? [] : optionsOf(suggested.choices, speakerFor(suggested.reader)) })
}
