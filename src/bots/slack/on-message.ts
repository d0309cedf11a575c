import type { Act, Invocation } from '../../commands/kit/invocation.ts'
import { at, isTrueAt, textAt } from '../json.ts'
import { deliver, deliverSaid, type Recipient } from './delivery.ts'
import { ask, type Desk, refusalSpeaker, refusalView } from './desk.ts'
import { eventKey } from './keys.ts'
import { isForeignAuthor } from './membership.ts'
import { asTyped } from './text.ts'

/** A direct message: the whole text is the line. The answer is a message there, which only the two of us see. */
export async function onDirectMessage(desk: Desk, payload: unknown, event: unknown): Promise<void> {
  if (textAt(event, 'channel_type') !== 'im') return
  if (textAt(event, 'subtype') === 'message_changed') return onEdit(desk, payload, event)
  if (!isFromPerson(desk, event)) return
  const shared = isTrueAt(payload, 'is_ext_shared_channel')
  await answerEvent(desk, payload, event, shared ? 'outsiders' : 'asker')
}

/**
 * Somebody changed what they had written to us. Slack tells the same way of link previews and of a language it made out:
 * then nobody edited anything, or the words are the same.
 */
async function onEdit(desk: Desk, payload: unknown, event: unknown): Promise<void> {
  const message = at(event, 'message')
  const user = textAt(message, 'user')
  const text = textAt(message, 'text')
  const isSame = text === textAt(event, 'previous_message', 'text')
  if (!isFromPerson(desk, message) || textAt(message, 'edited', 'user') !== user || isSame) return
  if (isForeignAuthor(desk.installation(), message)) return
  const channel = textAt(event, 'channel')
  const ts = textAt(message, 'ts')
  const threadTs = textAt(message, 'thread_ts')
  const said = await ask(desk, {
    user,
    key: eventKey(payload),
    chat: channel,
    audience: isTrueAt(payload, 'is_ext_shared_channel') ? 'outsiders' : 'asker',
    act: { kind: 'event', event: 'edit', values: { message: ts, text: asTyped(text).trim() } },
    // Its “yesterday” stays that of the day it was written, however late it is edited.
    ...saidAtOf(ts),
    message: ts,
  })
  await deliverSaid(desk, { user, channel, ...(threadTs ? { threadTs } : {}) }, null, said)
}

/** Slack names messages by the second they were sent in, and a number behind the point. */
function saidAtOf(ts: string): Readonly<{ saidAt?: Date }> {
  const seconds = /^\d{9,11}(\.\d{1,6})?$/.test(ts) ? Number(ts) : 0
  return seconds > 0 ? { saidAt: new Date(Math.floor(seconds * 1_000)) } : {}
}

/** A mention in a channel: the answer is seen by the asker alone, in the same thread. */
export async function onMention(desk: Desk, payload: unknown, event: unknown): Promise<void> {
  // In our own direct messages the same words arrive as a message, too.
  if (textAt(event, 'channel').startsWith('D') || !isFromPerson(desk, event)) return
  const shared = isTrueAt(payload, 'is_ext_shared_channel')
  await answerEvent(desk, payload, event, shared ? 'outsiders' : undefined)
}

/** Edits, joins, bots and ourselves are no questions. */
function isFromPerson(desk: Desk, event: unknown): boolean {
  const user = textAt(event, 'user')
  const { botUserId } = desk.installation()
  const byBot = textAt(event, 'bot_id') !== '' || user === botUserId || user === 'USLACKBOT'
  return user !== '' && !byBot && textAt(event, 'subtype') === ''
}

async function answerEvent(
  desk: Desk,
  payload: unknown,
  event: unknown,
  audience: Invocation['audience'] | undefined,
): Promise<void> {
  const user = textAt(event, 'user')
  const channel = textAt(event, 'channel')
  const ts = textAt(event, 'ts')
  const threadTs = textAt(event, 'thread_ts')
  const to: Recipient = { user, channel, ...(threadTs ? { threadTs } : {}) }
  if (isForeignAuthor(desk.installation(), event)) {
    await deliver(desk, to, refusalView('error.identity.stranger'), await refusalSpeaker(desk, user))
    return
  }
  const act: Act = {
    kind: 'line',
    text: withoutMention(textAt(event, 'text'), desk.installation().botUserId),
  }
  const key = eventKey(payload)
  const said = await ask(desk, {
    user,
    key,
    chat: channel,
    act,
    ...(audience ? { audience } : {}),
    ...saidAtOf(ts),
    // Only here do we hear of it when the message is edited.
    ...(channel.startsWith('D') && ts !== '' ? { message: ts } : {}),
  })
  // An event brings no right to open a window.
  await deliverSaid(desk, to, act, said)
}

function withoutMention(text: string, botUserId: string): string {
  const unmentioned = text.replaceAll(/<@([^<>|]*)(?:\|[^<>]*)?>/g, (mention, user) =>
    user === botUserId ? ' ' : mention,
  )
  return asTyped(unmentioned).trim()
}
