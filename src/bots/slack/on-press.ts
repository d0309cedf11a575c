import type { ModalView } from '@slack/types'
import type { Act } from '../../commands/kit/invocation.ts'
import { inTime, LATE } from '../in-time.ts'
import { at, isTrueAt, textAt } from '../json.ts'
import { pressedAct } from './buttons.ts'
import {
  deliver,
  deliverSaid,
  isDirect,
  openWindow,
  type OpenWindow,
  type Recipient,
  updateWindow,
} from './delivery.ts'
import {
  ask,
  type Desk,
  noteTurnedAway,
  opensForm,
  refusalSpeaker,
  refusalView,
  type Said,
  speakerOf,
} from './desk.ts'
import { pressKey } from './keys.ts'
import { isForeignUser } from './membership.ts'
import { createResponder } from './responder.ts'
import { nextWindow } from './same-window.ts'
import { loadingModal, windowFor } from './windows.ts'

/** One press, wherever the control stands: in a message, in a window, on the Home tab. */
type Press = Readonly<{ user: string; key: string; trigger: string; act: Act; payload: unknown }>

export async function onPress(desk: Desk, payload: unknown, ack: () => Promise<void>): Promise<void> {
  const isOurs = await desk.intake.keep(payload)
  await ack()
  if (!isOurs) return
  const action = at(payload, 'actions', 0)
  // Choosing in a field of a form is no press: it comes with the form.
  if (textAt(payload, 'view', 'callback_id') === 'form' && textAt(action, 'type') !== 'button') return
  const user = textAt(payload, 'user', 'id')
  const act = pressedAct(action)
  if (isForeignUser(desk.installation(), payload)) {
    await noteTurnedAway(desk, payload, act?.kind === 'press' ? act.command : '', 'identity.stranger')
    return refuse(desk, payload, 'error.identity.stranger')
  }
  if (!act) {
    await noteTurnedAway(desk, payload, '', 'oldButton')
    return refuse(desk, payload, 'error.oldButton')
  }

  const trigger = textAt(payload, 'trigger_id')
  const press: Press = { user, key: pressKey(payload), trigger, act, payload }
  const surface = textAt(payload, 'view', 'type')
  if (surface === 'modal') return pressInWindow(desk, press)
  return surface === 'home' ? pressOnHome(desk, press) : pressInMessage(desk, press)
}

/**
 * The message changes in place, so that no card keeps buttons that are no longer true; unless all failed and nothing
 * changed: then they are what is needed for the next try.
 */
async function pressInMessage(desk: Desk, press: Press): Promise<void> {
  const to = recipientOf(desk, press.payload)
  const asked = ask(desk, { ...press, chat: to.channel })
  const first = await inTime(asked, desk.limits.answerInMs)
  const opened = first === LATE && opensForm(desk, press.act) ? await openLoading(desk, press) : null
  const said = await asked
  const isForm = said.reply.answer.kind === 'form'
  const window = opened || isForm ? windowFor(said) : null
  const isInWindow = window !== null && (await isShown(desk, press, opened, window))
  // A card that came instead of the form: the message must not keep buttons that are no longer true.
  if (isInWindow && (isForm || said.reply.failed)) return
  await deliverSaid(desk, { ...to, replace: !said.reply.failed }, press.act, said)
}

/** The Home tab stays as it is; the answer opens in a window over it. */
async function pressOnHome(desk: Desk, press: Press): Promise<void> {
  const asked = ask(desk, { ...press, chat: press.user, audience: 'asker' })
  const first = await inTime(asked, desk.limits.answerInMs)
  const opened = first === LATE ? await openLoading(desk, press) : null
  const said = await asked
  const window = windowFor(said)
  if (window && !(await isShown(desk, press, opened, window))) await inDirectMessage(desk, press, said)
}

/** The window itself shows the answer; of two quick presses the later one wins. */
async function pressInWindow(desk: Desk, press: Press): Promise<void> {
  const window: OpenWindow = {
    id: textAt(press.payload, 'view', 'id'),
    hash: textAt(press.payload, 'view', 'hash'),
  }
  desk.newestPress.set(window.id, press.key)
  const isNewest = () => desk.newestPress.get(window.id) === press.key
  try {
    const said = await ask(desk, { ...press, chat: press.user, audience: 'asker' })
    const next = nextWindow(at(press.payload, 'view'), said)
    if (!next) return
    const shown = await updateWindow(desk, window, next, isNewest)
    if (!shown) await inDirectMessage(desk, press, said)
  } finally {
    if (isNewest()) desk.newestPress.delete(window.id)
  }
}

/** In the window that is open already, else in a new one. */
async function isShown(
  desk: Desk,
  { trigger }: Press,
  opened: OpenWindow | null,
  window: ModalView,
): Promise<boolean> {
  return opened ? updateWindow(desk, opened, window) : (await openWindow(desk, trigger, window)) !== null
}

const openLoading = (desk: Desk, { user, trigger }: Press) =>
  openWindow(desk, trigger, loadingModal(speakerOf(desk, user)))

/** Silence after a press is worse than a message in another place. */
const inDirectMessage = (desk: Desk, { user, act }: Press, said: Said) =>
  deliverSaid(desk, { user, channel: '' }, act, said)

function recipientOf(desk: Desk, payload: unknown): Recipient {
  const url = textAt(payload, 'response_url')
  const threadTs = textAt(payload, 'container', 'thread_ts')
  return {
    user: textAt(payload, 'user', 'id'),
    channel: textAt(payload, 'channel', 'id') || textAt(payload, 'container', 'channel_id'),
    ...(threadTs ? { threadTs } : {}),
    ...pressedMessage(payload),
    ...(url ? { responder: createResponder(url, desk.apiUrl, desk.limits.respondInMs) } : {}),
  }
}

/** What only the presser sees, in a channel or here, is out of reach of a later edit. */
function pressedMessage(payload: unknown): Pick<Recipient, 'pressed'> {
  const chat = textAt(payload, 'container', 'channel_id')
  const message = textAt(payload, 'container', 'message_ts')
  const isOurs = isDirect(chat) && message !== '' && !isTrueAt(payload, 'container', 'is_ephemeral')
  return isOurs ? { pressed: { chat, message } } : {}
}

/** No data, and to the presser alone: an old card of somebody else must stay as it is. */
async function refuse(
  desk: Desk,
  payload: unknown,
  key: 'error.oldButton' | 'error.identity.stranger',
): Promise<void> {
  const to = recipientOf(desk, payload)
  const speak = await refusalSpeaker(desk, to.user)
  await deliver(desk, to, refusalView(key), speak)
}
