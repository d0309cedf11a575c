import * as acts from './acts.ts'
import type { ChatRecord, MessagePredicate, WaitOptions } from './chat-store.ts'
import { carryOut, record } from './dispatch.ts'
import type { PressTarget } from './find-button.ts'
import { scopeKey } from './methods-bot.ts'
import { type PostAnswer, type PostOptions, rawPost } from './raw-post.ts'
import { listen, type RunningServer } from './server.ts'
import type { Shared } from './shares.ts'
import type {
  BotMessage,
  CallbackAnswer,
  CallRecord,
  Delivery,
  Fault,
  Json,
  RefusedCall,
  StandInChat,
  TelegramStandInOptions,
  Update,
} from './types.ts'
import { createWorld, startWebhook, type World } from './world.ts'

export type { MessagePredicate, WaitOptions } from './chat-store.ts'
export type { PostAnswer, PostOptions } from './raw-post.ts'
export type { Shared } from './shares.ts'
export type * from './types.ts'

/** Starts a strict local Telegram Bot API on a free port of 127.0.0.1. */
export async function startTelegramStandIn(options: TelegramStandInOptions = {}): Promise<TelegramStandIn> {
  const world: World = createWorld(options, (body) => webhookReply(world, body))
  const server = await listen(world)
  const { webhook } = options
  if (webhook !== undefined) {
    startWebhook(world, { url: webhook.url, secret: webhook.secret, maxConnections: 40 })
  }
  return new TelegramStandIn(world, server)
}

/** The answer to a webhook may itself be a call; the bot never learns what came of it. */
function webhookReply(world: World, body: string): void {
  let values: unknown
  try {
    values = JSON.parse(body)
  } catch {
    return
  }
  if (typeof values !== 'object' || values === null || !('method' in values)) return
  const params = { ...values } as Json
  const call = record(world, String(params['method']), params, true)
  void carryOut(world, call, { values: params, files: new Map() }, () => undefined)
}

export class TelegramStandIn {
  readonly #world: World
  readonly #server: RunningServer
  #stopped: Promise<void> | undefined

  constructor(world: World, server: RunningServer) {
    this.#world = world
    this.#server = server
  }

  get port(): number {
    return this.#server.port
  }

  /** Give it to telegraf as `apiRoot`. */
  get apiRoot(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get token(): string {
    return this.#world.token
  }

  get botId(): number {
    return this.#world.bot.id
  }

  get botUsername(): string {
    return this.#world.bot.username
  }

  /** From now on only this token is right; the old one gets 401. */
  rotateToken(token: string): void {
    this.#world.token = token
  }

  // What users do

  /** A message in the private chat with the user, or in `options.chat`. */
  say(who: acts.Who, text: string, options?: acts.SayOptions): acts.Said {
    return acts.say(this.#world, who, text, options)
  }

  sendFile(who: acts.Who, file: acts.SentFile, options?: acts.SayOptions): acts.Said {
    return acts.sendFile(this.#world, who, file, options)
  }

  /** A place, a contact, a photo: whatever a client sends besides text. */
  share(who: acts.Who, shared: Shared, options?: acts.SayOptions): acts.Said {
    return acts.share(this.#world, who, shared, options)
  }

  /** Taps a button, found by label in the bot's last message with a keyboard (or in `options.message`). */
  press(who: acts.Who, target: PressTarget, options?: acts.PressOptions): acts.Pressed {
    return acts.press(this.#world, who, target, options)
  }

  pressData(who: acts.Who, data: string, options?: acts.PressOptions): acts.Pressed {
    return acts.pressData(this.#world, who, data, options)
  }

  /** Queues any update, unknown kinds too; gets an update_id unless it brings one. */
  raw(update: Json): Update {
    return this.#world.queue.add(update)
  }

  /** Makes a chat known without a message, for people linked before the test begins. */
  meet(who: acts.Who, chat?: StandInChat): void {
    acts.meet(this.#world, acts.asUser(who), chat)
  }

  block(who: acts.Who, reason?: string): Update {
    return acts.block(this.#world, who, reason)
  }

  unblock(who: acts.Who): Update {
    return acts.unblock(this.#world, who)
  }

  /** Sends to this chat fail with "Forbidden: <reason>" (a group that expelled the bot, say). */
  forbid(chatId: number, reason: string): void {
    this.#chat(chatId).forbidden = reason
  }

  migrate(who: acts.Who, chatId: number, newId: number): Update[] {
    return acts.migrate(this.#world, who, chatId, newId)
  }

  /** One raw request to the webhook, for bad input: any body, secret, headers, cut into pieces. */
  post(body: unknown, options: PostOptions = {}): Promise<PostAnswer> {
    const { webhook } = this.#world
    const registered = webhook === undefined ? undefined : this.#route(webhook.url)
    const url = options.url ?? registered
    if (url === undefined) throw new Error('no webhook is set, give options.url')
    const secret = options.secret === undefined ? webhook?.secret : (options.secret ?? undefined)
    const bytes =
      Buffer.isBuffer(body) || typeof body === 'string'
        ? Buffer.from(body)
        : Buffer.from(JSON.stringify(body))
    return rawPost(url, bytes, secret, options)
  }

  #route(url: string): string {
    return this.#world.options.routeWebhook?.(url) ?? url
  }

  // Failures

  failNext(method: string, fault: Fault): void {
    this.#world.faults.failNext(method, fault)
  }

  clearFaults(): void {
    this.#world.faults.clear()
  }

  // Results

  /** The bot's messages in a chat, in order; deleted ones only when asked for. */
  messages(chatId: number, options: { withDeleted?: boolean } = {}): BotMessage[] {
    const all = this.#world.chats.find(chatId)?.messages ?? []
    return all.filter((message) => options.withDeleted === true || !message.deleted)
  }

  lastMessage(chatId: number): BotMessage | undefined {
    return this.messages(chatId).at(-1)
  }

  /**
   * The next message (new or edited) in the chat since the last act of a user there that no earlier wait
   * has returned. Comes at once when it is already there.
   */
  waitForMessage(
    chatId: number,
    predicate?: MessagePredicate,
    options: WaitOptions = {},
  ): Promise<BotMessage> {
    return this.#world.chats.wait(chatId, predicate ?? (() => true), options)
  }

  /** Resolves when the bot has confirmed the update: offset past it, or 2xx from the webhook. */
  waitForConfirmed(update: Update | number): Promise<void> {
    return this.#world.queue.confirmed(typeof update === 'number' ? update : update.update_id)
  }

  get answersToCallbacks(): CallbackAnswer[] {
    return this.#world.answersToCallbacks
  }

  get calls(): CallRecord[] {
    return this.#world.calls
  }

  /** Calls whose payload no correct bot may send; must be empty after every test. */
  get refused(): RefusedCall[] {
    return this.#world.refused
  }

  get chatActions(): World['actions'] {
    return this.#world.actions
  }

  /** Messages sent inside an announced retry_after. */
  get rateViolations(): World['rates']['violations'] {
    return this.#world.rates.violations
  }

  get deliveries(): Delivery[] {
    return this.#world.sender.deliveries
  }

  get confirmedOffset(): number {
    return this.#world.queue.confirmedOffset
  }

  get pendingUpdates(): Update[] {
    return this.#world.queue.pending.map((item) => item.update)
  }

  /** Updates that grew too old before the bot took them. */
  get expiredUpdates(): Update[] {
    return this.#world.queue.expired
  }

  /** True while a long poll is held. */
  get polling(): boolean {
    return this.#world.queue.polling
  }

  get webhookUrl(): string | undefined {
    return this.#world.webhook?.url
  }

  commands(scope: Json = { type: 'default' }, languageCode = ''): Json[] {
    return this.#world.profile.commands.get(scopeKey(scope, languageCode)) ?? []
  }

  description(languageCode = ''): string {
    return this.#world.profile.descriptions.get(languageCode) ?? ''
  }

  shortDescription(languageCode = ''): string {
    return this.#world.profile.shortDescriptions.get(languageCode) ?? ''
  }

  #chat(chatId: number): ChatRecord {
    return this.#world.chats.know({ id: chatId, type: chatId < 0 ? 'supergroup' : 'private' })
  }

  /** Ends held polls, deliveries and sockets; safe to call again. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopOnce()
    return this.#stopped
  }

  async #stopOnce(): Promise<void> {
    this.#world.sender.stop()
    this.#world.queue.close()
    this.#world.chats.close()
    await this.#server.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }
}
