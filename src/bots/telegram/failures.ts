import { TelegramError } from 'telegraf'
import { at } from '../json.ts'

/** No answer of the Bot API came. `left`: whether the request may have reached Telegram all the same. */
export class TransportError extends Error {
  readonly left: 'never' | 'unclear'

  constructor(method: string, reason: string, left: 'never' | 'unclear') {
    super(redacted(`${method}: ${reason}`))
    this.name = 'TransportError'
    this.left = left
  }
}

/** The path of every request holds the token, so does whatever quotes an address. */
const redacted = (text: string): string => text.replaceAll(/bot\d+:[^/\s"']+/g, 'bot[redacted]')

/** What may be written down about an error: one line without the token and without what was sent. */
export function reasonOf(error: unknown): string {
  return redacted(error instanceof Error ? error.message : String(error))
}

/**
 * What health may say to anybody who asks: Telegram's own words and those of the way to it. Whatever else fails here is
 * the storing of updates, and its error text belongs into the log alone.
 */
export function troubleOf(error: unknown): string {
  return error instanceof TelegramError || error instanceof TransportError
    ? reasonOf(error)
    : 'updates cannot be stored'
}

/** Nothing was written yet when one of these happens. */
const BEFORE_WRITING =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$|^ERR_TLS_|CERT/

export function connectFailed(method: string, error: unknown): TransportError {
  const cause = error instanceof Error ? error.cause : undefined
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
  const left = BEFORE_WRITING.test(code) ? 'never' : 'unclear'
  return new TransportError(method, code || 'the connection broke', left)
}

export type Failure =
  /** May be sent again after so long; `null`: as the caller sees fit. */
  | Readonly<{ kind: 'again'; afterMs: number | null }>
  /** It may have arrived: sending it again could show it twice. */
  | Readonly<{ kind: 'unclear' }>
  | Readonly<{ kind: 'notModified' }>
  /** The message to edit is gone or was never ours to edit. */
  | Readonly<{ kind: 'noMessage' }>
  /** The callback query is too old to answer. */
  | Readonly<{ kind: 'tooOld' }>
  /** The person does not want to hear from us, or is gone. */
  | Readonly<{ kind: 'blocked' }>
  /** There is no such chat, or it was never opened to us. */
  | Readonly<{ kind: 'noChat' }>
  | Readonly<{ kind: 'wrongToken' }>
  | Readonly<{ kind: 'conflict' }>
  /** Our text does not parse: a defect of ours. */
  | Readonly<{ kind: 'badText' }>
  | Readonly<{ kind: 'refused' }>

/** Where "too many" comes without a time, or with one that makes no sense. */
const UNKNOWN_WAIT_S = 30

function waitMs(parameters: unknown): number {
  const seconds = at(parameters, 'retry_after')
  const isTime = typeof seconds === 'number' && seconds > 0
  return (isTime ? seconds : UNKNOWN_WAIT_S) * 1_000
}

export function failureOf(error: unknown): Failure {
  if (error instanceof TransportError) {
    return error.left === 'never' ? { kind: 'again', afterMs: null } : { kind: 'unclear' }
  }
  if (!(error instanceof TelegramError)) return { kind: 'refused' }
  const { code, description, parameters } = error
  if (code === 429) return { kind: 'again', afterMs: waitMs(parameters) }
  if (code >= 500) return { kind: 'again', afterMs: null }
  if (code === 401) return { kind: 'wrongToken' }
  if (code === 403) return { kind: 'blocked' }
  if (code === 409) return { kind: 'conflict' }
  return { kind: kindOf(description) }
}

function kindOf(
  description: string,
): 'notModified' | 'noMessage' | 'noChat' | 'tooOld' | 'badText' | 'refused' {
  if (/message is not modified/i.test(description)) return 'notModified'
  if (
    /message to edit not found|message can't be edited|no text in the message|MESSAGE_ID_INVALID/i.test(
      description,
    )
  ) {
    return 'noMessage'
  }
  if (/chat not found|user not found|PEER_ID_INVALID|user is deactivated/i.test(description)) return 'noChat'
  if (/query is too old/i.test(description)) return 'tooOld'
  return /can't parse entities/i.test(description) ? 'badText' : 'refused'
}
