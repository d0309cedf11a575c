import type { Act } from '../../commands/kit/invocation.ts'
import { say } from '../../commands/kit/view.ts'
import { inTime, LATE } from '../in-time.ts'
import { textAt } from '../json.ts'
import { deliverSaid, openWindow, type Recipient, updateWindow } from './delivery.ts'
import { ask, type Desk, opensForm, refusalSpeaker, refusalView, type Said, speakerOf } from './desk.ts'
import { isForeignCommand } from './membership.ts'
import { renderMessage, type SlackMessage } from './render.ts'
import { createResponder } from './responder.ts'
import { decoded } from './text.ts'
import { loadingModal, windowFor } from './windows.ts'

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

async function answerNow(desk: Desk, turn: Turn, said: Said, ack: Ack): Promise<void> {
  const { reply, speak } = said
  if (reply.answer.kind === 'view')
    return ack({ response_type: 'ephemeral', ...renderMessage(reply.answer.view, speak) })
  await ack()
  await followUp(desk, turn, said)
}

/** The form is known before the data: its window opens now, while the right to open one lasts. */
async function answerInWindow(desk: Desk, turn: Turn, asked: Promise<Said>, ack: Ack): Promise<void> {
  const [opened] = await Promise.all([
    openWindow(desk, turn.trigger, loadingModal(speakerOf(desk, turn.to.user))),
    ack(),
  ])
  const said = await asked
  const window = windowFor(said)
  if (opened && window && (await updateWindow(desk, opened, window))) return
  await deliverSaid(desk, turn.to, turn.act, said)
}

/** A later answer cannot replace the line in the acknowledgement: Slack ignores `replace_original` for commands. */
async function answerLater(desk: Desk, turn: Turn, asked: Promise<Said>, ack: Ack): Promise<void> {
  const speakNow = speakerOf(desk, turn.to.user)
  const working = renderMessage([{ kind: 'note', text: say('slack.working') }], speakNow)
  await ack({ response_type: 'ephemeral', ...working })
  await followUp(desk, turn, await asked)
}

/** A form gets its window if the right to open one still lasts; all else is a message. */
async function followUp(desk: Desk, { act, trigger, to }: Turn, said: Said): Promise<void> {
  const window = said.reply.answer.kind === 'form' ? windowFor(said) : null
  if (window && (await openWindow(desk, trigger, window))) return
  await deliverSaid(desk, to, act, said)
}
