import { ApiError } from './api-error.ts'
import { isJson, parseJson, str, type Json } from './json.ts'
import { chatMethods, RateLimited } from './web-api-chat.ts'
import { otherMethods } from './web-api-rest.ts'
import { refuse, type World } from './world.ts'

export interface Call {
  method: string
  args: Json
  at: number
  status: number
  answer: Json
}

/** A scripted answer for one coming call. */
export interface Failure {
  error?: string
  status?: number
  /** Sent as Retry-After together with HTTP 429; a string allows a malformed one. */
  retryAfter?: number | string
  headers?: Record<string, string>
  body?: string
  /** Cut the connection instead of answering. */
  hangUp?: boolean
  /** Do the work first, so the answer is lost and not the effect. */
  afterDoing?: boolean
  delayMs?: number
}

export interface ApiReply {
  status: number
  headers: Record<string, string>
  body: string
  hangUp: boolean
  delayMs: number
}

const methods = { ...chatMethods, ...otherMethods }

/** The app's own fault, whoever exists in the directory; the rest can be seen in the log of calls. */
const payloadErrors = [
  'msg_too_long',
  'invalid_blocks_format',
  'invalid_arguments',
  'invalid_metadata_format',
  'unknown_method',
  'push_limit_reached',
  'duplicate_external_id',
  'not_authed',
]
const jsonArguments = ['blocks', 'view', 'attachments', 'metadata', 'files']

export class WebApi {
  readonly calls: Call[] = []
  readonly #world: World
  readonly #failures: { method: string; failure: Failure }[] = []

  constructor(world: World) {
    this.#world = world
  }

  failNext(method: string, failure: Failure, times = 1): void {
    for (let i = 0; i < times; i += 1) this.#failures.push({ method, failure })
  }

  clearFaults(): void {
    this.#failures.length = 0
  }

  takeFailure(method: string): Failure | undefined {
    const index = this.#failures.findIndex((entry) => entry.method === method || entry.method === '*')
    return index < 0 ? undefined : this.#failures.splice(index, 1)[0]?.failure
  }

  handle(method: string, rawArgs: Json, authorization: string): ApiReply {
    const args = decode(rawArgs)
    const failure = this.takeFailure(method)
    if (this.#world.limits.isWaiting(method, str(args['channel']))) {
      this.#world.problems.push(`${method}: called inside the Retry-After window`)
    }
    const doing = !failure || failure.afterDoing === true
    const done = doing ? this.#run(method, args, authorization) : reply({ ok: false })
    const answer = failure ? this.#fail(method, args, failure, done) : done
    this.calls.push(this.#logged(method, args, answer))
    return answer
  }

  #logged(method: string, args: Json, answer: ApiReply): Call {
    const parsed = parseJson(answer.body)
    const { token: _token, ...shown } = args
    const status = answer.hangUp ? 0 : answer.status
    return { method, args: shown, at: this.#world.now(), status, answer: isJson(parsed) ? parsed : {} }
  }

  #run(method: string, args: Json, authorization: string): ApiReply {
    try {
      this.#authorize(method, authorization.replace(/^Bearer /i, '') || str(args['token']))
      const run = methods[method]
      if (!run) throw new ApiError('unknown_method')
      return reply({ ok: true, ...run(this.#decoded(method, args), this.#world) })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return this.#refusal(method, args, error)
    }
  }

  #refusal(method: string, args: Json, error: ApiError): ApiReply {
    if (error instanceof RateLimited) return this.#tooMany(method, args, error.seconds)
    const known = this.#world.refused.at(-1)
    const listed = known?.via === method && known.error === error.code && error.messages.length > 0
    if (payloadErrors.includes(error.code) && !listed) {
      refuse(this.#world, method, error.code, [error.code, ...error.messages], args)
    }
    const metadata = error.messages.length > 0 ? { response_metadata: { messages: error.messages } } : {}
    return reply({ ok: false, error: error.code, ...metadata })
  }

  #decoded(method: string, args: Json): Json {
    for (const key of jsonArguments) {
      if (typeof args[key] !== 'string') continue
      throw new ApiError(key === 'blocks' ? 'invalid_blocks_format' : 'invalid_arguments', [
        `[ERROR] ${method}: ${key} is not JSON`,
      ])
    }
    return args
  }

  #authorize(method: string, token: string): void {
    const { botToken, appToken } = this.#world.identity
    const wanted = method === 'apps.connections.open' ? appToken : botToken
    if (!token) throw new ApiError('not_authed')
    if (token === wanted) return
    throw new ApiError(token === botToken || token === appToken ? 'not_allowed_token_type' : 'invalid_auth')
  }

  #tooMany(method: string, args: Json, seconds: number): ApiReply {
    this.#world.limits.startWait(method, str(args['channel']), seconds)
    const headers = { 'retry-after': String(seconds) }
    return { ...reply({ ok: false, error: 'ratelimited' }), status: 429, headers }
  }

  #fail(method: string, args: Json, failure: Failure, done: ApiReply): ApiReply {
    const limited = failure.retryAfter !== undefined || failure.error === 'ratelimited'
    if (typeof failure.retryAfter === 'number')
      this.#world.limits.startWait(method, str(args['channel']), failure.retryAfter)
    const after: Record<string, string> =
      failure.retryAfter === undefined ? {} : { 'retry-after': String(failure.retryAfter) }
    const error = failure.error ?? (limited ? 'ratelimited' : undefined)
    const body = failure.body ?? (error ? JSON.stringify({ ok: false, error }) : done.body)
    return {
      status: failure.status ?? (limited ? 429 : 200),
      headers: {
        ...after,
        ...failure.headers,
      },
      body,
      hangUp: failure.hangUp === true,
      delayMs: failure.delayMs ?? 0,
    }
  }
}

function reply(answer: Json): ApiReply {
  return { status: 200, headers: {}, body: JSON.stringify(answer), hangUp: false, delayMs: 0 }
}

/** In a form every argument is a string; blocks and views are JSON inside that string. */
function decode(args: Json): Json {
  const decoded: Json = { ...args }
  for (const key of jsonArguments) {
    const value = args[key]
    if (typeof value !== 'string') continue
    const parsed = parseJson(value)
    if (typeof parsed === 'object' && parsed !== null) decoded[key] = parsed
  }
  return decoded
}
