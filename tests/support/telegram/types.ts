/** Shapes shared by the parts of the Telegram stand-in. */

export type Json = Record<string, unknown>

export interface Update extends Json {
  update_id: number
}

export interface StandInUser {
  id: number
  firstName?: string
  lastName?: string
  username?: string
  /** Left out of the update when absent, as real clients do. */
  languageCode?: string
}

export interface StandInChat {
  id: number
  type: 'private' | 'group' | 'supergroup' | 'channel'
  title?: string
}

export interface Entity extends Json {
  type: string
  offset: number
  length: number
}

export interface Button extends Json {
  text: string
  callback_data?: string
  url?: string
}

export interface StoredFile {
  fileId: string
  fileName: string
  bytes: Buffer
}

interface MessageEdit {
  text: string
  html: string
  keyboard: Button[][]
  at: number
}

/** A message of the bot. The object is live: later edits change it in place. */
export interface BotMessage {
  messageId: number
  chatId: number
  kind: 'text' | 'document' | 'photo'
  /** Plain text (or caption) after entity parsing and trimming: what a person reads. */
  text: string
  /** The source as sent with parse_mode HTML; for plain text, the escaped text. */
  html: string
  entities: Entity[]
  /** Inline keyboard rows; empty when there is none. */
  keyboard: Button[][]
  /** The whole reply_markup as accepted (also force_reply and reply keyboards). */
  markup: Json | null
  /** Every edit in order, newest last, each as the state after it. */
  edits: MessageEdit[]
  deleted: boolean
  /** Unix seconds. */
  date: number
  replyTo: number | null
  file: StoredFile | null
}

export interface CallRecord {
  method: string
  params: Json
  /** Milliseconds of the injected clock. */
  at: number
  viaWebhookReply: boolean
  /** Filled in when the method was carried out or refused. */
  error?: { code: number; description: string }
}

export interface RefusedCall {
  method: string
  params: Json
  description: string
}

export interface CallbackAnswer {
  callbackQueryId: string
  text: string
  showAlert: boolean
  at: number
}

export interface Delivery {
  updateId: number
  attempt: number
  /** 0 when no HTTP answer arrived. */
  status: number
  ms: number
}

export interface Fault {
  status?: number
  /** JSON body; without it a usual Bot API error body is made from `status`. */
  body?: unknown
  /** Answer with this HTML instead of JSON, as a proxy in the way does. */
  html?: string
  retryAfter?: number
  dropConnection?: boolean
  /** Take the request and never answer it. */
  halfOpen?: boolean
  /** Carry the method out first: the caller cannot know that it worked. */
  afterDelivery?: boolean
  /** How many calls in a row fail; 1 when absent. */
  times?: number
}

interface WebhookTarget {
  url: string
  secret?: string
}

export interface RateOptions {
  perChatPerSecond?: number
  perSecond?: number
  perGroupPerMinute?: number
}

export interface TelegramStandInOptions {
  token?: string
  bot?: { id?: number; username?: string; firstName?: string }
  /** Milliseconds; decides message dates, ageing of updates and callback queries, and the rates. */
  now?: () => number
  /** Start in webhook mode without a setWebhook call. */
  webhook?: WebhookTarget
  /** Where to deliver for the public URL the bot registered (https name → local port). */
  routeWebhook?: (url: string) => string
  /** Waits before the 2nd, 3rd, … delivery; the last one repeats. */
  webhookBackoffMs?: readonly number[]
  webhookTimeoutMs?: number
  /** `true` takes the published figures; absent means no limit. */
  rates?: RateOptions | true
  /** How long one second of a long poll lasts in reality. */
  secondMs?: number
  /** Send to chats that never met the bot instead of "chat not found". */
  openChats?: boolean
  /** Privacy mode of groups; on unless false. */
  privacy?: boolean
  /** Accept a bare `&` and unknown named entities as td does; refused unless true. */
  looseEntities?: boolean
}
