import type { Directory } from './directory.ts'
import { records, str, type Json } from './json.ts'
import { visibleText, visibleView } from './visible.ts'

export type Via =
  | 'ack'
  | 'response_url'
  | 'chat.postMessage'
  | 'chat.postEphemeral'
  | 'chat.update'
  | 'chat.delete'
  | 'view'
  | 'home'
  | 'file'

/** One thing that appeared (or changed) on somebody's screen. */
export interface Answer {
  via: Via
  channel: string | null
  visibleTo: 'user' | 'channel'
  /** The only person who sees it, when it is not for the whole channel. */
  user: string | null
  text: string
  blocks: Json[]
  view: Json | null
  ts: string | null
  threadTs: string | null
  /** What is on the screen: the blocks when there are any, the text otherwise. */
  shown: string
  metadata: Json | null
  deleted: boolean
  replaces: string | null
}

export interface StoredMessage {
  ts: string
  channel: string
  /** Set for an ephemeral message: the one person who sees it. */
  onlyFor: string | null
  text: string
  blocks: Json[]
  threadTs: string | null
  metadata: Json | null
}

/** Everything the people in the workspace were shown, in order, and the messages as they stand now. */
export class Timeline {
  readonly answers: Answer[] = []
  readonly messages = new Map<string, StoredMessage>()
  readonly #directory: Directory
  readonly #now: () => number
  #counter = 0

  constructor(directory: Directory, now: () => number) {
    this.#directory = directory
    this.#now = now
  }

  nextTs(): string {
    this.#counter += 1
    return `${Math.floor(this.#now() / 1000)}.${String(this.#counter).padStart(6, '0')}`
  }

  nextId(prefix: string): string {
    this.#counter += 1
    return `${prefix}${this.#counter.toString(36).toUpperCase().padStart(9, '0')}`
  }

  /** Slack names every block and control it stores; a click carries these names. */
  named(blocks: unknown): Json[] {
    return records(blocks).map((block) => ({
      ...block,
      ...(block['block_id'] === undefined ? { block_id: this.nextId('b') } : {}),
    }))
  }

  show(via: Via, message: StoredMessage, replaces: string | null = null): Answer {
    this.messages.set(message.ts, message)
    const { text, blocks, channel, ts, threadTs, metadata, onlyFor } = message
    const shown = blocks.length > 0 ? visibleText(blocks) : visibleText([{ text: { type: 'mrkdwn', text } }])
    return this.#push({ via, channel, user: onlyFor, text, blocks, ts, threadTs, metadata, replaces, shown })
  }

  remove(via: Via, message: StoredMessage): void {
    this.messages.delete(message.ts)
    const { channel, ts, onlyFor } = message
    this.#push({ via, channel, user: onlyFor, ts, deleted: true, replaces: ts })
  }

  showView(via: 'view' | 'home', user: string, view: Json): void {
    const shown = visibleView(view)
    this.#push({ via, user, view, blocks: records(view['blocks']), text: shown, shown })
  }

  showFile(channel: string, title: string, comment: string): void {
    this.#push({ via: 'file', channel, text: comment, shown: `${comment} [file ${title}]`.trim() })
  }

  visibleTo(user: string): Answer[] {
    return this.answers.filter((answer) =>
      answer.user ? answer.user === user : this.#directory.sees(user, str(answer.channel)),
    )
  }

  #push(part: Partial<Answer> & { via: Via }): Answer {
    const answer: Answer = {
      channel: null,
      user: null,
      text: '',
      blocks: [],
      view: null,
      ts: null,
      threadTs: null,
      shown: '',
      metadata: null,
      deleted: false,
      replaces: null,
      visibleTo: part.user ? 'user' : 'channel',
      ...part,
    }
    this.answers.push(answer)
    return answer
  }
}
