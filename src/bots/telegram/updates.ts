import type { Language } from '../../domain/shared/actor.ts'
import { at, isJson, type Json } from '../json.ts'

/** Who did something, where, and in which language Telegram speaks to them; null when it does not say. */
export type From = Readonly<{ id: string; chat: string; language: Language | null }>

/** What an update wants of us. */
export type Intent =
  | Readonly<{ kind: 'ignore'; why: string }>
  | Readonly<{ kind: 'line'; from: From; text: string }>
  /** `messageId` is null when the message can no longer be reached. */
  | Readonly<{ kind: 'press'; from: From; queryId: string; data: string; messageId: number | null }>
  /** A tap outside a private chat, or without anything to do: only to be acknowledged. */
  | Readonly<{ kind: 'emptyPress'; queryId: string }>
  | Readonly<{ kind: 'forwarded'; from: From }>
  /** A photo, a voice note and the like; photos sent together share their album. */
  | Readonly<{ kind: 'notText'; from: From; album: string | null }>
  | Readonly<{ kind: 'group'; from: From }>
  | Readonly<{ kind: 'membership'; chat: string; blocked: boolean }>

export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

/** What people send that is not text. Anything else without text is a service message and asks for nothing. */
const CONTENT = [
  'photo',
  'voice',
  'audio',
  'video',
  'video_note',
  'animation',
  'document',
  'sticker',
  'location',
  'venue',
  'contact',
  'poll',
  'dice',
  'story',
]

const IGNORED = (why: string): Intent => ({ kind: 'ignore', why })

/** Reads only what is needed and believes nothing: an update may be of any kind and shape. */
export function intentOf(update: unknown, username: string | null): Intent {
  if (!isJson(update)) return IGNORED('not an object')
  if (isJson(update['message'])) return messageIntent(update['message'], username)
  if (isJson(update['callback_query'])) return pressIntent(update['callback_query'])
  if (isJson(update['my_chat_member'])) return membershipIntent(update['my_chat_member'])
  // An edit must not run a command a second time; until meetings exist there is nothing it could change.
  return IGNORED('edited_message' in update ? 'an edit' : 'of no use to us')
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
  if ('forward_origin' in message || 'forward_date' in message) return { kind: 'forwarded', from }
  if (typeof text !== 'string') return contentIntent(message, from)
  return line === null ? IGNORED('for another bot') : { kind: 'line', from, text: line }
}

function contentIntent(message: Json, from: From): Intent {
  if (!CONTENT.some((name) => name in message)) return IGNORED('a service message')
  const album = message['media_group_id']
  return { kind: 'notText', from, album: typeof album === 'string' ? album : null }
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
  const isPrivate = !isJson(message) || (isJson(chat) && chat['type'] === 'private')
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
