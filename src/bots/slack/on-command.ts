import type { Act } from '../../commands/kit/invocation.ts'
import { say } from '../../commands/kit/view.ts'
import { deliver, offerForm, openWindow, type Recipient, updateWindow } from './delivery.ts'
import { ask, type Desk, opensForm, refusalSpeaker, refusalView, type Said, speakerOf } from './desk.ts'
import { formModal } from './form.ts'
import { textAt } from './json.ts'
import { isForeignCommand } from './membership.ts'
import { inTime, LATE } from './race.ts'
import { renderMessage, type SlackMessage } from './render.ts'
import { createResponder } from './responder.ts'
import { decoded } from './text.ts'
import { cardModal, loadingModal } from './windows.ts'

type Ack = (body?: SlackMessage & { response_type: 'ephemeral' }) => Promise<void>

/** What is ready at once goes back in the acknowledgement; what is not follows by the command's own address. */
export async function onCommand(desk: Desk, payload: unknown, ack: Ack): Promise<void> {
  const user = textAt(payload, 'user_id')
  if (isForeignCommand(desk.installation(), payload)) {
    const speak = await refusalSpeaker(desk, user)
    return ack({
      response_type: 'ephemeral',
      ...renderMessage(refusalView('error.identity.stranger'), speak),
    })
  }
  const line = `${textAt(payload, 'command')} ${decoded(textAt(payload, 'text'))}`.trim()
  const act: Act = { kind: 'line', text: line }
  const channel = textAt(payload, 'channel_id')
  const trigger = textAt(payload, 'trigger_id')
  const asked = ask(desk, { user, key: trigger, chat: channel, act })
  const responder = createResponder(textAt(payload, 'response_url'), desk.apiUrl, desk.limits.respondInMs)
  const turn: Turn = { act, trigger, to: { user, channel, responder } }

  const first = await inTime(asked, desk.limits.answerInMs)
  if (first !== LATE) return answerNow(desk, turn, first, ack)
  return opensForm(desk, act) ? answerInWindow(desk, turn, asked, ack) : answerLater(desk, turn, asked, ack)
}

type Turn = Readonly<{ act: Act; trigger: string; to: Recipient }>

async function answerNow(desk: Desk, turn: Turn, { reply, speak }: Said, ack: Ack): Promise<void> {
  const { answer } = reply
  if (answer.kind === 'view') return ack({ response_type: 'ephemeral', ...renderMessage(answer.view, speak) })
  await ack()
  if (answer.kind === 'repeat') return
  const opened = await openWindow(desk, turn.trigger, formModal(answer.form, speak))
  if (!opened) await offerForm(desk, turn.to, turn.act, speak)
}

/** The form is known before the data: its window opens now, while the right to open one lasts. */
async function answerInWindow(desk: Desk, turn: Turn, asked: Promise<Said>, ack: Ack): Promise<void> {
  const [opened] = await Promise.all([
    openWindow(desk, turn.trigger, loadingModal(speakerOf(desk, turn.to.user))),
    ack(),
  ])
  const { reply, speak } = await asked
  const { answer } = reply
  if (answer.kind === 'repeat') return
  const view = answer.kind === 'form' ? formModal(answer.form, speak) : cardModal(answer.view, speak)
  if (opened && (await updateWindow(desk, opened, view))) return
  if (answer.kind === 'form') await offerForm(desk, turn.to, turn.act, speak)
  else await deliver(desk, turn.to, answer.view, speak)
}

/** A later answer cannot replace the line in the acknowledgement: Slack ignores `replace_original` for commands. */
async function answerLater(desk: Desk, turn: Turn, asked: Promise<Said>, ack: Ack): Promise<void> {
  const speakNow = speakerOf(desk, turn.to.user)
  const working = renderMessage([{ kind: 'note', text: say('slack.working') }], speakNow)
  await ack({ response_type: 'ephemeral', ...working })
  const { reply, speak } = await asked
  const { answer } = reply
  if (answer.kind === 'repeat') return
  if (answer.kind === 'view') return deliver(desk, turn.to, answer.view, speak)
  const opened = await openWindow(desk, turn.trigger, formModal(answer.form, speak))
  if (!opened) await offerForm(desk, turn.to, turn.act, speak)
}
