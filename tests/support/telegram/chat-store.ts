import { ApiError, badRequest } from './api-error.ts'
import type { BotMessage, StandInChat } from './types.ts'

export interface ChatRecord extends StandInChat {
  firstName: string | undefined
  username: string | undefined
  languageCode: string | undefined
  messages: BotMessage[]
  /** The date of each, by its id. */
  userMessages: Map<number, number>
  /** Why sending fails with 403, e.g. "bot was blocked by the user". */
  forbidden: string | undefined
  migratedTo: number | undefined
}

interface ChatEvent {
  message: BotMessage
  seen: boolean
}

interface Waiter {
  chatId: number
  predicate: MessagePredicate
  resolve: (message: BotMessage) => void
  timer: NodeJS.Timeout
  reject: (error: Error) => void
}

export type MessagePredicate = (message: BotMessage) => boolean

export interface WaitOptions {
  timeoutMs?: number
  /** Also look at what came before the last act of a user in this chat. */
  sinceStart?: boolean
}

/** All chats, their messages, and those who wait for a message. */
export class ChatStore {
  readonly #chats = new Map<number, ChatRecord>()
  readonly #events = new Map<number, ChatEvent[]>()
  readonly #lastAct = new Map<number, number>()
  readonly #waiters = new Set<Waiter>()
  readonly #open: boolean
  #nextMessageId = 1

  constructor(open: boolean) {
    this.#open = open
  }

  know(chat: StandInChat): ChatRecord {
    const found = this.#chats.get(chat.id)
    if (found !== undefined) return found
    const record: ChatRecord = {
      ...chat,
      firstName: undefined,
      username: undefined,
      languageCode: undefined,
      messages: [],
      userMessages: new Map(),
      forbidden: undefined,
      migratedTo: undefined,
    }
    this.#chats.set(chat.id, record)
    return record
  }

  find(chatId: number): ChatRecord | undefined {
    return this.#chats.get(chatId)
  }

  /** The chat a method names; 400 when the bot has never met it, 400 with the new id after migration. */
  named(chatId: string | undefined): ChatRecord {
    if (chatId === undefined || chatId === '') throw badRequest('chat_id is empty')
    const byName = [...this.#chats.values()].find((chat) => chatId === `@${chat.username}`)
    const chat = byName ?? this.#chats.get(Number(chatId)) ?? this.#opened(chatId)
    if (chat === undefined) throw badRequest('chat not found')
    if (chat.migratedTo === undefined) return chat
    throw new ApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      parameters: { migrate_to_chat_id: chat.migratedTo },
    })
  }

  #opened(chatId: string): ChatRecord | undefined {
    const id = Number(chatId)
    if (!this.#open || !Number.isSafeInteger(id)) return undefined
    return this.know({ id, type: id < 0 ? 'supergroup' : 'private' })
  }

  /** As `named`, and the bot must be allowed to write there. */
  writable(chatId: string | undefined): ChatRecord {
    const chat = this.named(chatId)
    if (chat.forbidden !== undefined) throw new ApiError(403, `Forbidden: ${chat.forbidden}`)
    return chat
  }

  nextMessageId(): number {
    return this.#nextMessageId++
  }

  add(chat: ChatRecord, message: BotMessage): void {
    chat.messages.push(message)
    this.changed(message)
  }

  /** Tells the waiters that a message appeared or was edited. */
  changed(message: BotMessage): void {
    const event: ChatEvent = { message, seen: false }
    this.#eventsOf(message.chatId).push(event)
    for (const waiter of this.#waiters) {
      if (waiter.chatId !== message.chatId || !waiter.predicate(message)) continue
      event.seen = true
      this.#release(waiter)
      waiter.resolve(message)
      return
    }
  }

  /** A user did something here: what came before is no answer to it. */
  acted(chatId: number): void {
    this.#lastAct.set(chatId, this.#eventsOf(chatId).length)
  }

  wait(chatId: number, predicate: MessagePredicate, options: WaitOptions): Promise<BotMessage> {
    const from = options.sinceStart === true ? 0 : (this.#lastAct.get(chatId) ?? 0)
    const ready = this.#eventsOf(chatId)
      .slice(from)
      .find((event) => !event.seen && predicate(event.message))
    if (ready !== undefined) {
      ready.seen = true
      return Promise.resolve(ready.message)
    }
    const { promise, resolve, reject } = Promise.withResolvers<BotMessage>()
    const timer = setTimeout(() => this.#expire(waiter), options.timeoutMs ?? 20_000)
    const waiter: Waiter = { chatId, predicate, resolve, reject, timer }
    this.#waiters.add(waiter)
    return promise
  }

  #expire(waiter: Waiter): void {
    this.#release(waiter)
    const texts = this.#chats.get(waiter.chatId)?.messages.map((message) => message.text) ?? []
    waiter.reject(new Error(`no such message in chat ${waiter.chatId}; it has: ${JSON.stringify(texts)}`))
  }

  #release(waiter: Waiter): void {
    clearTimeout(waiter.timer)
    this.#waiters.delete(waiter)
  }

  #eventsOf(chatId: number): ChatEvent[] {
    const found = this.#events.get(chatId) ?? []
    this.#events.set(chatId, found)
    return found
  }

  close(): void {
    for (const waiter of this.#waiters) {
      this.#release(waiter)
      waiter.reject(new Error('the Telegram stand-in was stopped'))
    }
  }
}
