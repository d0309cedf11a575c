import type { ModalView } from '@slack/types'
import { inTime, LATE } from '../in-time.ts'
import { at, textAt } from '../json.ts'
import { speakerFor } from '../speaker.ts'
import { deliverSaid, updateWindow } from './delivery.ts'
import { ask, type Desk, noteTurnedAway, refusalSpeaker, refusalView, type Said, speakerOf } from './desk.ts'
import { fieldErrors, optionsOf, searchKind, submitted } from './form.ts'
import { submissionKey } from './keys.ts'
import { identityOf, isForeignUser } from './membership.ts'
import { nextWindow } from './same-window.ts'
import { cardModal, loadingModal } from './windows.ts'

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
    await noteTurnedAway(desk, payload, command, foreign ? 'identity.stranger' : 'oldButton')
    const refusal = refusalView(foreign ? 'error.identity.stranger' : 'error.oldButton')
    return ack({ response_action: 'update', view: cardModal(refusal, await refusalSpeaker(desk, user)) })
  }

  const values = Object.fromEntries(Object.entries(choices).map(([name, { value }]) => [name, value]))
  const key = submissionKey(payload)
  const isResumed = desk.intake.isResumed(key)
  const asked = ask(desk, {
    user,
    key,
    chat: user,
    audience: 'asker',
    act: { kind: 'submit', command, values },
  })
  const windowOf = (said: Said) => nextWindow(view, said, choices)
  const later: Later = { user, view, windowOf }
  // Another process has acknowledged it: its answer takes a way of its own.
  if (isResumed) return answerLater(desk, later, await asked)
  const first = await inTime(asked, desk.limits.answerInMs)
  if (first !== LATE) return answerNow(first, view, windowOf, ack)

  await desk.intake.keepBegun(payload)
  await ack({ response_action: 'update', view: loadingModal(speakerOf(desk, user)) })
  return answerLater(desk, later, await asked)
}

type Later = Readonly<{ user: string; view: unknown; windowOf(said: Said): ModalView | null }>

async function answerLater(desk: Desk, { user, view, windowOf }: Later, said: Said): Promise<void> {
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
