import { badRequest, refusal } from './api-error.ts'
import type { ChatRecord } from './chat-store.ts'
import { checkInlineMarkup, checkMarkup, isJson } from './keyboard.ts'
import {
  CALLBACK_ANSWER_MAX,
  CALLBACK_LIFE_MS,
  captionText,
  DELETE_LIFE_MS,
  messageText,
  PHOTO_MAX,
  type RichText,
  type TextSource,
  UPLOAD_MAX,
  wellFormed,
} from './limits.ts'
import type { BotMessage, StoredFile } from './types.ts'
import { type Call, type Method, messageJson, type Reply, seconds, type World } from './world.ts'

const ACTIONS = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
])
const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a ' +
  'current content and reply markup of the message'
const QUERY_GONE = 'query is too old and response timeout expired or query ID is invalid'

export const messageMethods: Record<string, Method> = {
  sendMessage: (call) => send(call, 'text', messageText(textSource(call, 'text', 'entities')), null),
  sendDocument: (call) => sendFile(call, 'document'),
  sendPhoto: (call) => sendFile(call, 'photo'),
  editMessageText,
  editMessageReplyMarkup,
  deleteMessage,
  answerCallbackQuery,
  sendChatAction,
}

function textSource({ params, world }: Call, field: string, entities: string): TextSource {
  return {
    raw: params.text(field) ?? '',
    parseMode: params.text('parse_mode'),
    entities: params.entities(entities),
    loose: world.options.looseEntities === true,
  }
}

function send(call: Call, kind: BotMessage['kind'], rich: RichText, file: StoredFile | null): Reply {
  const { world, params } = call
  const { inline, markup } = checkMarkup(params.json('reply_markup'))
  const chat = world.chats.writable(params.text('chat_id'))
  const replyTo = replyTarget(call, chat)
  world.rates.spend(chat.id, isGroup(chat))
  const message: BotMessage = {
    ...rich,
    messageId: world.chats.nextMessageId(),
    chatId: chat.id,
    kind,
    keyboard: inline,
    markup,
    edits: [],
    deleted: false,
    date: seconds(world),
    replyTo,
    file,
  }
  world.chats.add(chat, message)
  return { result: messageJson(world, chat, message) }
}

function isGroup(chat: ChatRecord): boolean {
  return chat.type === 'group' || chat.type === 'supergroup'
}

function replyTarget({ params }: Call, chat: ChatRecord): number | null {
  const given = params.json('reply_parameters')
  const nested = isJson(given) ? given['message_id'] : undefined
  const id = typeof nested === 'number' ? nested : params.integer('reply_to_message_id')
  if (id === undefined) return null
  const alive = chat.messages.some((message) => message.messageId === id && !message.deleted)
  if (alive || chat.userMessages.has(id)) return id
  const nestedAllowed = isJson(given) && given['allow_sending_without_reply'] === true
  if (nestedAllowed || params.flag('allow_sending_without_reply')) return null
  throw badRequest('message to be replied not found')
}

function sendFile(call: Call, kind: 'document' | 'photo'): Reply {
  const file = fileOf(call, kind)
  return send(call, kind, captionText(textSource(call, 'caption', 'caption_entities')), file)
}

function fileOf({ world, params }: Call, kind: 'document' | 'photo'): StoredFile {
  const reference = params.text(kind)
  const attached = /^attach:\/\/(.+)$/.exec(reference ?? '')?.[1]
  const upload = params.files.get(attached ?? kind)
  if (upload !== undefined) return storedUpload(world, kind, upload.fileName, upload.bytes)
  const known = world.files.get(reference ?? '')
  if (known !== undefined) return known
  if (reference === undefined || reference === '') throw refusal(`there is no ${kind} in the request`)
  throw badRequest('wrong remote file identifier specified: Wrong string length')
}

function storedUpload(world: World, kind: string, fileName: string, bytes: Buffer): StoredFile {
  if (bytes.length === 0) throw refusal('file must be non-empty')
  if (bytes.length > (kind === 'photo' ? PHOTO_MAX : UPLOAD_MAX)) throw refusal('file is too big')
  return storeFile(world, fileName, bytes)
}

export function storeFile(world: World, fileName: string, bytes: Buffer): StoredFile {
  const file = { fileId: `file-${world.files.size + 1}`, fileName, bytes }
  world.files.set(file.fileId, file)
  return file
}

/** The bot's own message that may be edited: plain or with an inline keyboard. */
function editable({ world, params }: Call): { chat: ChatRecord; message: BotMessage } {
  const chat = world.chats.writable(params.text('chat_id'))
  const id = params.integer('message_id')
  if (id === undefined) throw refusal('message identifier is not specified')
  const message = chat.messages.find((item) => item.messageId === id && !item.deleted)
  if (message === undefined) {
    throw badRequest(chat.userMessages.has(id) ? "message can't be edited" : 'message to edit not found')
  }
  if (message.markup !== null && message.keyboard.length === 0) throw badRequest("message can't be edited")
  return { chat, message }
}

function editMessageText(call: Call): Reply {
  const rich = messageText(textSource(call, 'text', 'entities'))
  const { chat, message } = editable(call)
  if (message.kind !== 'text') throw badRequest('there is no text in the message to edit')
  return applyEdit(call, chat, message, rich)
}

function editMessageReplyMarkup(call: Call): Reply {
  const { chat, message } = editable(call)
  return applyEdit(call, chat, message, message)
}

/** An edit without reply_markup takes the keyboard away, as in reality. */
function applyEdit(call: Call, chat: ChatRecord, message: BotMessage, rich: RichText): Reply {
  const { world, params } = call
  const { inline, markup } = checkInlineMarkup(params.json('reply_markup'))
  const before = JSON.stringify([message.text, message.entities, message.keyboard])
  if (JSON.stringify([rich.text, rich.entities, inline]) === before) throw badRequest(NOT_MODIFIED)
  world.rates.spend(chat.id, isGroup(chat))
  message.text = rich.text
  message.html = rich.html
  message.entities = rich.entities
  message.keyboard = inline
  message.markup = markup
  message.edits.push({ text: rich.text, html: rich.html, keyboard: inline, at: world.now() })
  world.chats.changed(message)
  return { result: messageJson(world, chat, message) }
}

function deleteMessage({ world, params }: Call): Reply {
  const chat = world.chats.writable(params.text('chat_id'))
  const id = params.integer('message_id') ?? 0
  if (chat.type === 'private' && chat.userMessages.delete(id)) return { result: true }
  const message = chat.messages.find((item) => item.messageId === id && !item.deleted)
  if (message === undefined) throw badRequest('message to delete not found')
  if (world.now() - message.date * 1000 > DELETE_LIFE_MS) throw badRequest("message can't be deleted")
  message.deleted = true
  return { result: true }
}

function answerCallbackQuery({ world, params }: Call): Reply {
  const text = wellFormed(params.text('text') ?? '')
  if (text.length > CALLBACK_ANSWER_MAX) throw refusal('MESSAGE_TOO_LONG')
  const query = world.callbacks.get(params.text('callback_query_id') ?? '')
  if (query === undefined || world.now() - query.bornAt > CALLBACK_LIFE_MS) throw badRequest(QUERY_GONE)
  const showAlert = params.flag('show_alert')
  world.answersToCallbacks.push({ callbackQueryId: query.id, text, showAlert, at: world.now() })
  return { result: true }
}

function sendChatAction({ world, params }: Call): Reply {
  const action = params.text('action') ?? ''
  if (!ACTIONS.has(action)) throw refusal('wrong parameter action in request')
  const chat = world.chats.writable(params.text('chat_id'))
  world.actions.push({ chatId: chat.id, action, at: world.now() })
  return { result: true }
}
