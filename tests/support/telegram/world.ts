import { ChatStore, type ChatRecord } from './chat-store.ts'
import { Faults } from './faults.ts'
import type { Params } from './params.ts'
import { Rates } from './rates.ts'
import type {
  BotMessage,
  CallbackAnswer,
  CallRecord,
  Json,
  RefusedCall,
  StandInUser,
  StoredFile,
  TelegramStandInOptions,
} from './types.ts'
import { UpdateQueue } from './update-queue.ts'
import { type SenderTarget, WebhookSender } from './webhook-sender.ts'

interface BotIdentity {
  id: number
  username: string
  firstName: string
}

interface CallbackState {
  id: string
  bornAt: number
}

export interface WebhookState {
  url: string
  secret: string | undefined
  maxConnections: number
}

interface BotProfile {
  /** Commands by scope and language, see `commandKey`. */
  commands: Map<string, Json[]>
  descriptions: Map<string, string>
  shortDescriptions: Map<string, string>
  menuButtons: Map<string, Json>
}

export interface Reply {
  result: unknown
  description?: string
}

export interface Call {
  world: World
  params: Params
  /** Runs when the caller goes away before the answer. */
  onGone: (action: () => void) => void
}

export type Method = (call: Call) => Reply | Promise<Reply>

/** The whole state of one stand-in. */
export interface World {
  options: TelegramStandInOptions
  token: string
  bot: BotIdentity
  now: () => number
  chats: ChatStore
  queue: UpdateQueue
  faults: Faults
  rates: Rates
  sender: WebhookSender
  webhook: WebhookState | undefined
  profile: BotProfile
  callbacks: Map<string, CallbackState>
  files: Map<string, StoredFile>
  /** How many people sent that have no content here. */
  sharedFiles: number
  calls: CallRecord[]
  refused: RefusedCall[]
  answersToCallbacks: CallbackAnswer[]
  actions: { chatId: number; action: string; at: number }[]
}

const FIRST_UPDATE_ID = 100_001

export function createWorld(options: TelegramStandInOptions, onReply: (body: string) => void): World {
  const now = options.now ?? Date.now
  const queue = new UpdateQueue(now, FIRST_UPDATE_ID)
  const bot = {
    id: options.bot?.id ?? 7_000_000_001,
    username: options.bot?.username ?? 'kamerton_test_bot',
    firstName: options.bot?.firstName ?? 'Kamerton',
  }
  const senderOptions = {
    backoffMs: options.webhookBackoffMs ?? [0, 10, 20, 40],
    timeoutMs: options.webhookTimeoutMs ?? 10_000,
    secondMs: options.secondMs ?? 1000,
    onReply,
  }
  return {
    options,
    token: options.token ?? `${bot.id}:AAStandInTokenForLocalTestsOnly0000`,
    bot,
    now,
    chats: new ChatStore(options.openChats === true),
    queue,
    faults: new Faults(),
    rates: new Rates(options.rates, now),
    sender: new WebhookSender(queue, senderOptions, now),
    webhook: undefined,
    profile: emptyProfile(),
    callbacks: new Map(),
    files: new Map(),
    sharedFiles: 0,
    calls: [],
    refused: [],
    answersToCallbacks: [],
    actions: [],
  }
}

function emptyProfile(): BotProfile {
  return {
    commands: new Map(),
    descriptions: new Map(),
    shortDescriptions: new Map(),
    menuButtons: new Map(),
  }
}

export function seconds(world: World): number {
  return Math.floor(world.now() / 1000)
}

/** Starts delivery; the registered address may be a public one that leads to a local port. */
export function startWebhook(world: World, webhook: WebhookState): void {
  world.webhook = webhook
  const target: SenderTarget = {
    url: world.options.routeWebhook?.(webhook.url) ?? webhook.url,
    secret: webhook.secret,
    maxConnections: webhook.maxConnections,
  }
  world.sender.start(target)
}

export function botJson(world: World): Json {
  const { id, username, firstName } = world.bot
  return { id, is_bot: true, first_name: firstName, username }
}

export function userJson(user: StandInUser): Json {
  const json: Json = { id: user.id, is_bot: false, first_name: user.firstName ?? `User ${user.id}` }
  if (user.lastName !== undefined) json['last_name'] = user.lastName
  if (user.username !== undefined) json['username'] = user.username
  if (user.languageCode !== undefined) json['language_code'] = user.languageCode
  return json
}

export function chatJson(chat: ChatRecord): Json {
  const json: Json = { id: chat.id, type: chat.type }
  if (chat.title !== undefined) json['title'] = chat.title
  if (chat.firstName !== undefined) json['first_name'] = chat.firstName
  if (chat.username !== undefined) json['username'] = chat.username
  return json
}

export function messageJson(world: World, chat: ChatRecord, message: BotMessage): Json {
  const json: Json = {
    message_id: message.messageId,
    from: botJson(world),
    chat: chatJson(chat),
    date: message.date,
  }
  const [text, entities] = message.kind === 'text' ? ['text', 'entities'] : ['caption', 'caption_entities']
  if (message.text !== '') json[text] = message.text
  if (message.entities.length > 0) json[entities] = message.entities
  if (message.edits.length > 0) json['edit_date'] = Math.floor((message.edits.at(-1)?.at ?? 0) / 1000)
  if (message.keyboard.length > 0) json['reply_markup'] = { inline_keyboard: message.keyboard }
  if (message.file !== null) json[message.kind] = fileJson(message.kind, message.file)
  return json
}

function fileJson(kind: 'text' | 'document' | 'photo', file: StoredFile): unknown {
  const base = { file_id: file.fileId, file_unique_id: `u${file.fileId}`, file_size: file.bytes.length }
  return kind === 'photo' ? [{ ...base, width: 100, height: 100 }] : { ...base, file_name: file.fileName }
}
