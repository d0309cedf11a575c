import type { ChatRecord } from './chat-store.ts'
import { findButton, type PressTarget } from './find-button.ts'
import { TEXT_MAX } from './limits.ts'
import { storeFile } from './methods-message.ts'
import { contentOf, type Shared } from './shares.ts'
import type { BotMessage, Entity, Json, StandInChat, StandInUser, Update } from './types.ts'
import { botJson, chatJson, messageJson, seconds, userJson, type World } from './world.ts'

export interface SayOptions {
  /** A group; the private chat with the user when absent. */
  chat?: StandInChat
  replyTo?: number | BotMessage
  forwarded?: boolean
  /** Sends edited_message for this message id instead of a new message. */
  editOf?: number
  /** Unix seconds; the clock's when absent. */
  date?: number
  /** Anything else of the message: contact, location, media_group_id, … */
  fields?: Json
}

export interface Said {
  update: Update
  messageId: number
  /** False when privacy mode or allowed_updates kept the update from the bot. */
  delivered: boolean
}

export interface PressOptions {
  /** The message that holds the button; the last one with a keyboard when absent. */
  message?: BotMessage
  chat?: StandInChat
  /** The bot gets an InaccessibleMessage (date 0), as for very old messages. */
  inaccessible?: boolean
}

export interface Pressed {
  update: Update
  callbackQueryId: string
}

export interface SentFile {
  name: string
  bytes: Buffer
  mimeType?: string
  caption?: string
}

export type Who = StandInUser | number

const COMMAND = /(?<![\p{L}\p{N}_/<>])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\p{L}\p{N}_/@])/gu

function commandEntities(text: string): Entity[] {
  return [...text.matchAll(COMMAND)].map((match) => ({
    type: 'bot_command',
    offset: match.index,
    length: match[0].length,
  }))
}

export function asUser(who: Who): StandInUser {
  return typeof who === 'number' ? { id: who } : who
}

/** The chat of an act; meeting it here makes it known to the bot, as a first message does. */
export function meet(world: World, user: StandInUser, chat: StandInChat | undefined): ChatRecord {
  const record = world.chats.know(chat ?? { id: user.id, type: 'private' })
  if (record.type !== 'private') return record
  record.firstName = user.firstName ?? `User ${user.id}`
  record.username = user.username
  return record
}

export function say(world: World, who: Who, text: string, options: SayOptions = {}): Said {
  if (text === '' || text.length > TEXT_MAX) throw new Error('a user can send 1-4096 characters only')
  const entities = commandEntities(text)
  const content = entities.length > 0 ? { text, entities } : { text }
  return userMessage(world, asUser(who), content, options)
}

export function sendFile(world: World, who: Who, file: SentFile, options: SayOptions = {}): Said {
  const stored = storeFile(world, file.name, file.bytes)
  const document: Json = {
    file_id: stored.fileId,
    file_unique_id: `u${stored.fileId}`,
    file_name: file.name,
    file_size: file.bytes.length,
    mime_type: file.mimeType ?? 'application/octet-stream',
  }
  const content: Json = { document }
  if (file.caption !== undefined) {
    content['caption'] = file.caption
    content['caption_entities'] = commandEntities(file.caption)
  }
  return userMessage(world, asUser(who), content, options)
}

/** A place, a contact, a file: whatever else a client can send. */
export function share(world: World, who: Who, shared: Shared, options: SayOptions = {}): Said {
  const number = world.sharedFiles++
  return userMessage(
    world,
    asUser(who),
    contentOf(shared, (part) => `shared-${number}-${part}`),
    options,
  )
}

function userMessage(world: World, user: StandInUser, content: Json, options: SayOptions): Said {
  const chat = meet(world, user, options.chat)
  const messageId = options.editOf ?? world.chats.nextMessageId()
  const known = chat.userMessages.get(messageId)
  if (options.editOf !== undefined && known === undefined) throw new Error('nobody wrote that message here')
  // An edited message keeps its date.
  const date = known ?? options.date ?? seconds(world)
  chat.userMessages.set(messageId, date)
  const message: Json = {
    message_id: messageId,
    from: userJson(user),
    chat: chatJson(chat),
    date,
    ...extras(world, chat, options),
    ...content,
    ...options.fields,
  }
  const kind = options.editOf === undefined ? 'message' : 'edited_message'
  if (!reachesBot(world, chat, message)) return { update: { update_id: 0 }, messageId, delivered: false }
  world.chats.acted(chat.id)
  const before = world.queue.total
  const update = world.queue.add({ [kind]: message })
  return { update, messageId, delivered: world.queue.total > before }
}

function extras(world: World, chat: ChatRecord, options: SayOptions): Json {
  const extra: Json = {}
  if (options.editOf !== undefined) extra['edit_date'] = seconds(world)
  if (options.forwarded === true) {
    const origin = { type: 'hidden_user', sender_user_name: 'Somebody Else', date: seconds(world) }
    Object.assign(extra, { forward_origin: origin, forward_sender_name: origin.sender_user_name })
    extra['forward_date'] = origin.date
  }
  if (options.replyTo !== undefined) extra['reply_to_message'] = repliedMessage(world, chat, options.replyTo)
  return extra
}

function repliedMessage(world: World, chat: ChatRecord, target: number | BotMessage): Json {
  const id = typeof target === 'number' ? target : target.messageId
  const own = chat.messages.find((message) => message.messageId === id)
  if (own !== undefined) return messageJson(world, chat, own)
  return { message_id: id, chat: chatJson(chat), date: seconds(world) }
}

/** Privacy mode: in groups the bot sees commands for it and replies to it, nothing else. */
function reachesBot(world: World, chat: ChatRecord, message: Json): boolean {
  if (chat.type === 'private' || world.options.privacy === false) return true
  const reply = message['reply_to_message'] as { from?: { id?: number } } | undefined
  if (reply?.from?.id === world.bot.id) return true
  const written = message['text'] ?? message['caption']
  const text = typeof written === 'string' ? written : ''
  return commandEntities(text).some((entity) => {
    const [, addressee] = text.slice(entity.offset, entity.offset + entity.length).split('@')
    return addressee === undefined || addressee.toLowerCase() === world.bot.username.toLowerCase()
  })
}

export function press(world: World, who: Who, target: PressTarget, options: PressOptions = {}): Pressed {
  const user = asUser(who)
  const chat = chatOf(world, user, options)
  const { message, data } = findButton(chat, target, options.message)
  return pressData(world, user, data, { ...options, message })
}

/** A tap with data of your own: a stale keyboard, or somebody who forges it. */
export function pressData(world: World, who: Who, data: string, options: PressOptions = {}): Pressed {
  const user = asUser(who)
  const chat = chatOf(world, user, options)
  const id = `${4_000_000_000_000_000 + world.callbacks.size}`
  world.callbacks.set(id, { id, bornAt: world.now() })
  world.chats.acted(chat.id)
  const query: Json = { id, from: userJson(user), chat_instance: `instance${chat.id}`, data }
  const message = options.message ?? chat.messages.at(-1)
  if (message !== undefined) query['message'] = pressedMessage(world, chat, message, options)
  return { update: world.queue.add({ callback_query: query }), callbackQueryId: id }
}

function pressedMessage(world: World, chat: ChatRecord, message: BotMessage, options: PressOptions): Json {
  if (options.inaccessible !== true) return messageJson(world, chat, message)
  return { chat: chatJson(chat), message_id: message.messageId, date: 0 }
}

function chatOf(world: World, user: StandInUser, options: PressOptions): ChatRecord {
  const id = options.chat?.id ?? options.message?.chatId ?? user.id
  return world.chats.find(id) ?? meet(world, user, options.chat)
}

/** The user blocks the bot (or is gone): sends fail with 403, and the bot is told by my_chat_member. */
export function block(world: World, who: Who, reason = 'bot was blocked by the user'): Update {
  const user = asUser(who)
  const chat = meet(world, user, undefined)
  chat.forbidden = reason
  return membership(world, user, chat, 'member', 'kicked')
}

export function unblock(world: World, who: Who): Update {
  const user = asUser(who)
  const chat = meet(world, user, undefined)
  chat.forbidden = undefined
  return membership(world, user, chat, 'kicked', 'member')
}

function membership(world: World, user: StandInUser, chat: ChatRecord, from: string, to: string): Update {
  const bot = botJson(world)
  const change = {
    chat: chatJson(chat),
    from: userJson(user),
    date: seconds(world),
    old_chat_member: { user: bot, status: from },
    new_chat_member: { user: bot, status: to, ...(to === 'kicked' ? { until_date: 0 } : {}) },
  }
  return world.queue.add({ my_chat_member: change })
}

/** The group becomes a supergroup: the old id is dead, both sides are told. */
export function migrate(world: World, who: Who, chatId: number, newId: number): Update[] {
  const user = userJson(asUser(who))
  const old = world.chats.know({ id: chatId, type: 'group' })
  const title = old.title === undefined ? {} : { title: old.title }
  const fresh = world.chats.know({ id: newId, type: 'supergroup', ...title })
  old.migratedTo = newId
  return [
    { chat: chatJson(old), migrate_to_chat_id: newId },
    { chat: chatJson(fresh), migrate_from_chat_id: chatId },
  ].map((part) =>
    world.queue.add({
      message: { message_id: world.chats.nextMessageId(), from: user, date: seconds(world), ...part },
    }),
  )
}
