import type { ModalView } from '@slack/types'
import type { OpenForm } from '../../commands/kit/form.ts'
import { type Block, say, type View } from '../../commands/kit/view.ts'
import type { Act } from '../../commands/kit/invocation.ts'
import { at, textAt } from '../json.ts'
import type { MessagePlace } from '../../domain/notices/cards.ts'
import { noteCopy } from '../note-copy.ts'
import type { Speaker } from '../speaker.ts'
import { againBlock } from './buttons.ts'
import type { Desk, Said } from './desk.ts'
import { SlackCallError } from './errors.ts'
import { identityOf } from './membership.ts'
import { renderMessage, type SlackMessage, topText } from './render.ts'
import type { Responder } from './responder.ts'

/** Where an answer goes: to one person, in the place where they asked. */
export type Recipient = Readonly<{
  user: string
  /** Empty when they asked from a window or the Home tab. */
  channel: string
  threadTs?: string
  responder?: Responder
  /** The answer takes the place of the message whose button was pressed. */
  replace?: boolean
  /** The message that was pressed, where it is one that can be edited later. */
  pressed?: MessagePlace
}>

/** Where an answer stands; `at` is null where it cannot be edited later. */
type Stands = Readonly<{ at: MessagePlace | null }>

const OUT_OF_REACH: Stands = { at: null }

const EPHEMERAL_BYTES = 4_000
export const SILENT = { unfurl_links: false, unfurl_media: false } as const

/** Only the asker sees it. Each way is tried until one works; the last is a direct message. */
export function deliver(desk: Desk, to: Recipient, view: View, speak: Speaker): Promise<Stands> {
  return send(desk, to, renderMessage(view, speak), topText(view, speak, EPHEMERAL_BYTES))
}

async function send(desk: Desk, to: Recipient, message: SlackMessage, shortText: string): Promise<Stands> {
  const { channel, responder, threadTs, replace = false, pressed } = to
  if (responder && (await responder.respond(message, { replace, ...(threadTs ? { threadTs } : {}) })))
    return { at: (replace && pressed) || null }
  const direct = isDirect(channel) && (await posted(desk, to.user, channel, message, threadTs))
  if (direct) return direct
  const inChannel = channel !== '' && !isDirect(channel)
  if (inChannel && (await postedEphemeral(desk, to, { ...message, text: shortText }))) return OUT_OF_REACH
  const elsewhere = await posted(desk, to.user, to.user, message)
  // What is thrown away because we stop is for the next process to say.
  if (!elsewhere) desk.stopped.throwIfAborted()
  if (!elsewhere) desk.journal.warn({ channel: 'slack' }, 'an answer could not be delivered in any way')
  return elsewhere ?? OUT_OF_REACH
}

/** Direct messages; only the one with the app takes what we post. */
export const isDirect = (channel: string) => channel.startsWith('D')

/** A direct message is one place, whether it is named by its channel or by the person in it. */
export const directPlace = (user: string): string => `direct ${user}`

async function posted(
  desk: Desk,
  user: string,
  channel: string,
  message: SlackMessage,
  threadTs?: string,
): Promise<Stands | null> {
  const args = { channel, ...message, ...SILENT, ...(threadTs ? { thread_ts: threadTs } : {}) }
  let stands: MessagePlace | null = null
  const post = async () => {
    const answer = await desk.client.call('chat.postMessage', args, directPlace(user))
    const [chat, ts] = [textAt(answer, 'channel'), textAt(answer, 'ts')]
    if (chat !== '' && ts !== '') stands = { chat, message: ts }
  }
  try {
    return (await tried(desk, post)) ? { at: stands } : null
  } finally {
    desk.pace.posted(user, 'answer')
  }
}

function postedEphemeral(
  desk: Desk,
  { channel, user, threadTs }: Recipient,
  message: SlackMessage,
): Promise<boolean> {
  const thread = threadTs ? { thread_ts: threadTs } : {}
  return tried(desk, () =>
    desk.client.call('chat.postEphemeral', { channel, user, ...message, ...thread }, channel),
  )
}

/** When only the answer to our call was lost, it counts as sent: rather nothing twice than the same twice. */
async function tried(desk: Desk, call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call()
    return true
  } catch (error) {
    if (!(error instanceof SlackCallError)) throw error
    desk.journal.warn({ method: error.method, code: error.code }, 'Slack did not take a message')
    return error.failure === 'unclear'
  }
}

/** A window that is on somebody's screen. The hash names the state that an update was made for. */
export type OpenWindow = Readonly<{ id: string; hash: string }>

/** Null when the right to open a window has run out, or anything else went wrong. */
export async function openWindow(desk: Desk, triggerId: string, view: ModalView): Promise<OpenWindow | null> {
  if (triggerId === '') return null
  try {
    const opened = at(await desk.client.call('views.open', { trigger_id: triggerId, view }), 'view')
    return { id: textAt(opened, 'id'), hash: textAt(opened, 'hash') }
  } catch (error) {
    if (!(error instanceof SlackCallError)) throw error
    desk.journal.info({ method: error.method, code: error.code }, 'a window could not be opened')
    return null
  }
}

/**
 * Puts the answer into a window. `isNewest` says whether the person has done nothing else in it since: then a stale
 * hash must not stop us. False when the window is gone.
 */
export async function updateWindow(
  desk: Desk,
  window: OpenWindow,
  view: ModalView,
  isNewest: () => boolean = () => true,
): Promise<boolean> {
  const update = (hash: string) =>
    desk.client.call('views.update', { view_id: window.id, view, ...(hash ? { hash } : {}) }, window.id)
  try {
    await update(window.hash)
    return true
  } catch (error) {
    if (!(error instanceof SlackCallError)) throw error
    if (error.code === 'hash_conflict')
      return isNewest() ? updateWindow(desk, { ...window, hash: '' }, view) : true
    desk.journal.info({ method: error.method, code: error.code }, 'a window could not be updated')
    return error.failure === 'unclear'
  }
}

/** A form came when a window could no longer be opened: its button asks again, with a fresh right to open one. */
async function offerForm(desk: Desk, to: Recipient, act: Act, speak: Speaker): Promise<void> {
  const view: View = [{ kind: 'text', text: say('slack.form.ready') }]
  const message = renderMessage(view, speak)
  const button = againBlock(speak(say('slack.form.open')), act, { next: 0 })
  await send(
    desk,
    { ...to, replace: false },
    { ...message, blocks: [...message.blocks, button] },
    message.text,
  )
}

const complaints = ({ errors }: OpenForm): View => [
  { kind: 'text', text: say('slack.form.notTaken') },
  ...Object.values(errors).map((text): Block => ({ kind: 'text', tone: 'bad', text })),
]

/**
 * However somebody asked: the answer as a message, and a form as the way to its window, or, where there is no act to
 * repeat for it, as what is wrong with it. A repeated answer is silent.
 */
export async function deliverSaid(desk: Desk, to: Recipient, act: Act | null, said: Said): Promise<void> {
  const { answer } = said.reply
  if (answer.kind === 'view') {
    const { at: stands } = await deliver(desk, to, answer.view, said.speak)
    const replaced = stands !== null && stands === to.pressed ? stands : null
    await noteCopy(desk, { whose: identityOf(desk.installation(), to.user), answer, at: stands, replaced })
  }
  if (answer.kind !== 'form') return
  if (act) return offerForm(desk, to, act, said.speak)
  // One that nobody can be led back to was not taken, and that must be said.
  await deliver(desk, to, complaints(answer.form), said.speak)
}
