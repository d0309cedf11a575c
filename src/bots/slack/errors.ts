import { webApi } from '@slack/bolt'
import { at, textAt } from '../json.ts'

/**
 * Whether a call that failed may be made again: `limited` after a time, `unsent` at once, `refused` never; `unclear`
 * means that Slack may have done it, so that a second call could show the same twice.
 */
export type Failure = 'limited' | 'unsent' | 'refused' | 'unclear'

/** A failed call without anything that could hold a token or somebody's data. */
export class SlackCallError extends Error {
  readonly method: string
  readonly code: string
  readonly failure: Failure
  readonly retryAfterSeconds: number

  constructor(method: string, code: string, failure: Failure, retryAfterSeconds = 0) {
    super(`Slack ${method}: ${code}`)
    this.name = 'SlackCallError'
    this.method = method
    this.code = code
    this.failure = failure
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Where Slack says "too many" and not for how long, or nothing that makes sense. */
const UNKNOWN_WAIT_SECONDS = 30
const secondsOf = (said: number): number => (said > 0 ? said : UNKNOWN_WAIT_SECONDS)

/** These may come back after part of the work was done. */
const UNCLEAR = new Set(['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable'])
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

export function callError(method: string, error: unknown): SlackCallError {
  if (error instanceof SlackCallError) return error
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new SlackCallError(method, 'ratelimited', 'limited', secondsOf(error.retryAfter))
  }
  if (error instanceof webApi.WebAPIPlatformError) return platformError(method, error.data.error)
  if (error instanceof webApi.WebAPIHTTPError) {
    return new SlackCallError(method, `http_${error.statusCode}`, 'unclear')
  }
  if (error instanceof webApi.WebAPIRequestError) return requestError(method, error.original)
  const limited = error instanceof Error && error.message.startsWith('Retry header did not contain')
  if (limited) return new SlackCallError(method, 'ratelimited', 'limited', UNKNOWN_WAIT_SECONDS)
  return new SlackCallError(method, error instanceof Error ? error.name : 'unknown', 'unclear')
}

/** Slack's own codes look like this; the SDK also gives a page of a gateway as a code, which may quote what was sent. */
const CODE = /^[a-z][a-z0-9_]{0,79}$/

function platformError(method: string, code: unknown): SlackCallError {
  if (typeof code !== 'string' || !CODE.test(code)) return new SlackCallError(method, 'no_answer', 'unclear')
  if (code === 'ratelimited' || code === 'rate_limited') {
    return new SlackCallError(method, 'ratelimited', 'limited', UNKNOWN_WAIT_SECONDS)
  }
  return new SlackCallError(method, code, UNCLEAR.has(code) ? 'unclear' : 'refused')
}

function requestError(method: string, original: unknown): SlackCallError {
  const code = textAt(at(original, 'cause'), 'code') || causeCode(original)
  return new SlackCallError(method, code || 'no_answer', NOT_SENT.has(code) ? 'unsent' : 'unclear')
}

/** An Error is no plain record; its cause may be one more Error, or several tried addresses. */
function causeCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  if (cause instanceof AggregateError) return causeCode(new Error('', { cause: cause.errors[0] }))
  if (!(cause instanceof Error))
    return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : ''
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : causeCode(cause)
}
