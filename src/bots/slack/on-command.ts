import type { Act } from '../../commands/kit/invocation.ts'
import { plain, say, type View } from '../../commands/kit/view.ts'
import { inTime, LATE } from '../in-time.ts'
import { textAt } from '../json.ts'
import { deliverSaid, openWindow, type Recipient, updateWindow } from './delivery.ts'
import { ask, type Desk, opensForm, refusalSpeaker, refusalView, type Said, speakerOf } from './desk.ts'
import { commandKey } from './keys.ts'
import { isForeignCommand } from './membership.ts'
import { renderMessage, type SlackMessage } from './render.ts'
import { createResponder } from './responder.ts'
import { decoded } from './text.ts'
import { loadingModal, windowFor } from './windows.ts'

type Ack = (body?: SlackMessage & { response_type: 'ephemeral' }) => Promise<void>

/** Slack has given up after three seconds, counted from the last whole one: what comes then in an acknowledgement is lost. */
const LATE_MS = 2_500

/**
 * What is ready at once goes back in the acknowledgement; what is not follows by the command's own address, and so does
 * what waited for us too long. `sentAt`: when Slack sent it, where it says so.
 */
export async function onCommand(desk: Desk, payload: unknown, ack: Ack, sentAt?: unknown): Promise<void> {
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
  const key = commandKey(payload)
  const isResumed = desk.intake.isResumed(key)
  const asked = ask(desk, { user, key, chat: channel, act }).then((said) => withLine(said, line))
  const responder = createResponder(textAt(payload, 'response_url'), desk.apiUrl, desk.limits.respondInMs)
  const turn: Turn = { act, trigger, to: { user, channel, responder } }

  // Another process has acknowledged it: its answer takes a way of its own.
  if (isResumed) return followUp(desk, turn, await asked)
  const first = await inTime(asked, desk.limits.answerInMs)
  const isTooLate = typeof sentAt === 'number' && desk.now().getTime() - sentAt >= LATE_MS
  if (first !== LATE)
    return isTooLate ? answerApart(desk, turn, first, ack) : answerNow(desk, turn, first, ack)
  await desk.intake.keepBegun(payload)
  return opensForm(desk, act) ? answerInWindow(desk, turn, asked, ack) : answerLater(desk, turn, asked, ack)
}

/** Slack does not show what was typed behind a command: whoever has to try again gets it back. */
function withLine(said: Said, line: string): Said {
  const { reply } = said
  if (!reply.failed || reply.answer.kind !== 'view') return said
  const view: View = [...reply.answer.view, { kind: 'note', text: plain(line) }]
  return { ...said, reply: { ...reply, answer: { ...reply.answer, view } } }
}

type Turn = Readonly<{ act: Act; trigger: string; to: Recipient }>

async function answerNow(desk: Desk, turn: Turn, said: Said, ack: Ack): Promise<void> {
  const { reply, speak } = said
  if (reply.answer.kind === 'view')
    return ack({ response_type: 'ephemeral', ...renderMessage(reply.answer.view, speak) })
  return answerApart(desk, turn, said, ack)
}

async function answerApart(desk: Desk, turn: Turn, said: Said, ack: Ack): Promise<void> {
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
