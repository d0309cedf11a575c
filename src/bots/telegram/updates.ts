import type { Happening } from '../../commands/kit/event.ts'
import type { Language } from '../../domain/shared/actor.ts'
import { at, isJson, type Json } from '../json.ts'
import { eventIn, isContent } from './contents.ts'

/** Who did something, where, and in which language Telegram speaks to them; null when it does not say. */
export type From = Readonly<{ id: string; chat: string; language: Language | null }>

/** The message that brought it, and when its person wrote it; null where Telegram does not say. */
export type Said = Readonly<{ message: string | null; at: Date | null }>

/** What an update wants of us. */
export type Intent =
  | Readonly<{ kind: 'ignore'; why: string }>
  | Readonly<{ kind: 'line'; from: From; said: Said; text: string }>
  /** An edited message, a place, a file or a contact; files sent together share their album. */
  | (Readonly<{ kind: 'event'; from: From; said: Said; album: string | null }> & Omit<Happening, 'kind'>)
  /** `messageId` is null when the message can no longer be reached. */
  | Readonly<{ kind: 'press'; from: From; queryId: string; data: string; messageId: number | null }>
  /** A tap outside a private chat, or without anything to do: only to be acknowledged. */
  | Readonly<{ kind: 'emptyPress'; queryId: string }>
  | Readonly<{ kind: 'forwarded'; from: From; album: string | null }>
  /** A sticker, a poll and the like. */
  | Readonly<{ kind: 'useless'; from: From; album: string | null }>
  | Readonly<{ kind: 'group'; from: From }>
  | Readonly<{ kind: 'membership'; chat: string; blocked: boolean }>

export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

/** A date beyond is none, to JavaScript. */
const LAST_SECOND = 8.64e12

const IGNORED = (why: string): Intent => ({ kind: 'ignore', why })

/** Reads only what is needed and believes nothing: an update may be of any kind and shape. */
export function intentOf(update: unknown, username: string | null): Intent {
  if (!isJson(update)) return IGNORED('not an object')
  if (isJson(update['message'])) return messageIntent(update['message'], username)
  if (isJson(update['callback_query'])) return pressIntent(update['callback_query'])
  if (isJson(update['my_chat_member'])) return membershipIntent(update['my_chat_member'])
  if (isJson(update['edited_message'])) return editIntent(update['edited_message'], username)
  return IGNORED('of no use to us')
}

/** The id of the tap in an update, if it is one: it has to be answered soon, whatever becomes of the work. */
export function queryIdOf(update: unknown): string | null {
  const id = at(update, 'callback_query', 'id')
  return typeof id === 'string' ? id : null
}

/** Where the work on an update has its place: things of one chat are done in their order. */
export function laneOf(update: unknown): string {
  const body = isJson(update) ? Object.entries(update).find(([name]) => name !== 'update_id')?.[1] : null
  if (!isJson(body)) return ''
  const message = isJson(body['message']) ? body['message'] : body
  return idOf(message['chat']) ?? idOf(body['from']) ?? ''
}

function messageIntent(message: Json, username: string | null): Intent {
  const { chat, text } = message
  const from = fromOf(message['from'], chat)
  if (!from || !isJson(chat)) return IGNORED('without a sender')
  const line = typeof text === 'string' ? addressed(text, username) : null
  if (chat['type'] !== 'private') {
    const called = line !== null && line.startsWith('/')
    return called ? { kind: 'group', from } : IGNORED('group talk')
  }
  const album = albumOf(message)
  if (isForwarded(message)) return isContent(message) ? { kind: 'forwarded', from, album } : SERVICE
  if (typeof text !== 'string') return contentIntent(message, from, album)
  return line === null
    ? IGNORED('for another bot')
    : { kind: 'line', from, said: saidIn(message), text: line }
}

const SERVICE = IGNORED('a service message')

const isForwarded = (message: Json): boolean => 'forward_origin' in message || 'forward_date' in message

const albumOf = ({ media_group_id: album }: Json): string | null => (typeof album === 'string' ? album : null)

function contentIntent(message: Json, from: From, album: string | null): Intent {
  if (!isContent(message)) return SERVICE
  const content = eventIn(message)
  return content
    ? { kind: 'event', from, said: saidIn(message), album, ...content }
    : { kind: 'useless', from, album }
}

/** A changed text, and that alone: a live place comes as an edit every few seconds. It never runs a command again. */
function editIntent(message: Json, username: string | null): Intent {
  const { chat, text } = message
  const from = fromOf(message['from'], chat)
  const said = saidIn(message)
  if (!from || !isJson(chat) || chat['type'] !== 'private') return IGNORED('an edit outside a private chat')
  if (typeof text !== 'string' || said.message === null || isForwarded(message))
    return IGNORED('an edit of no text')
  const line = addressed(text, username)
  if (line === null) return IGNORED('for another bot')
  return {
    kind: 'event',
    from,
    said,
    album: null,
    event: 'edit',
    values: { message: said.message, text: line },
  }
}

/** The date stays that of the first sending when a message is edited. */
function saidIn({ message_id: id, date }: Json): Said {
  const isTold = Number.isSafeInteger(date) && Number(date) > 0 && Number(date) < LAST_SECOND
  return {
    message: Number.isSafeInteger(id) && Number(id) > 0 ? String(id) : null,
    at: isTold ? new Date(Number(date) * 1_000) : null,
  }
}

/** `/x@us y` is `/x y`; null when another bot is addressed. */
function addressed(text: string, username: string | null): string | null {
  const [whole, command, bot] = /^\s*(\/[^\s@]+)@(\w+)/.exec(text) ?? []
  if (whole === undefined || command === undefined) return text
  return bot?.toLowerCase() === username?.toLowerCase() ? command + text.slice(whole.length) : null
}

function pressIntent(query: Json): Intent {
  const { id, data, message } = query
  if (typeof id !== 'string') return IGNORED('a tap without an id')
  const chat = isJson(message) ? message['chat'] : query['from']
  // We send nothing by way of other people's messages: such a card was never ours to give.
  const isPrivate = isJson(message)
    ? isJson(chat) && chat['type'] === 'private'
    : !('inline_message_id' in query)
  const from = fromOf(query['from'], chat)
  if (!from || !isPrivate || typeof data !== 'string') return { kind: 'emptyPress', queryId: id }
  return { kind: 'press', from, queryId: id, data, messageId: reachable(message) }
}

/** An inaccessible message has the date 0 and no content. */
function reachable(message: unknown): number | null {
  if (!isJson(message) || message['date'] === 0) return null
  return Number.isSafeInteger(message['message_id']) ? Number(message['message_id']) : null
}

function membershipIntent(change: Json): Intent {
  const chat = change['chat']
  const id = idOf(chat)
  const now = change['new_chat_member']
  if (id === null || !isJson(now) || !isJson(chat)) return IGNORED('without a chat')
  if (chat['type'] !== 'private') return IGNORED('a group')
  return { kind: 'membership', chat: id, blocked: now['status'] === 'kicked' || now['status'] === 'left' }
}

function fromOf(user: unknown, chat: unknown): From | null {
  const id = idOf(user)
  const chatId = idOf(chat)
  if (id === null || chatId === null || !isJson(user) || user['is_bot'] === true) return null
  const code = user['language_code']
  const language = typeof code === 'string' ? languageOf(code) : null
  return { id, chat: chatId, language }
}

const languageOf = (code: string): Language => (/^ru\b/i.test(code) ? 'ru' : 'en')

function idOf(value: unknown): string | null {
  if (!isJson(value)) return null
  return Number.isSafeInteger(value['id']) && value['id'] !== 0 ? String(value['id']) : null
}
