import { Telegram, TelegramError } from 'telegraf'
import type { Opts, Telegram as Methods } from 'telegraf/types'
import { at, isJson, parsed, textAt } from '../json.ts'
import { connectFailed, TransportError } from './failures.ts'

export type ClientOptions = Readonly<{
  token: string
  apiRoot: string
  timeoutMs: number
  /** Ends every call that is under way. */
  signal: AbortSignal
}>

/**
 * telegraf's methods, types and errors over a transport of our own. telegraf's waits 500 seconds, writes the token into
 * the message of an error when a proxy answers in HTML, and takes a proxy's 502 for Telegram's own. No files are sent
 * yet: uploads would need its multipart form.
 */
export class TelegramClient extends Telegram {
  readonly #root: string
  /** What follows the colon; the number before it is the bot's id and no secret. */
  readonly #secret: string
  readonly #settings: ClientOptions

  constructor(settings: ClientOptions) {
    super(settings.token, { webhookReply: false, apiRoot: settings.apiRoot })
    this.#settings = settings
    this.#secret = settings.token.slice(settings.token.indexOf(':') + 1)
    this.#root = `${settings.apiRoot.replace(/\/{1,8}$/, '')}/bot${settings.token}`
  }

  override async callApi<M extends keyof Methods>(
    method: M,
    payload: Opts<M>,
  ): Promise<ReturnType<Methods[M]>> {
    const { signal, timeoutMs } = this.#settings
    const timeout = AbortSignal.timeout(timeoutMs)
    try {
      const response = await fetch(`${this.#root}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(payload),
        redirect: 'manual',
        signal: AbortSignal.any([signal, timeout]),
      })
      const text = this.#withoutToken(await response.text())
      return resultOf(method, response.status, text, Number(response.headers.get('retry-after')))
    } catch (error) {
      if (error instanceof TelegramError || error instanceof TransportError) throw error
      // It had been sent off: whoever asks takes anything else for Telegram's word, and gives the message up.
      if (signal.aborted) throw new TransportError(method, 'stopped', 'unclear')
      if (timeout.aborted) throw new TransportError(method, `no answer within ${timeoutMs} ms`, 'unclear')
      throw connectFailed(method, error)
    }
  }

  /** A gateway that cannot pass a request on may quote its address, which holds the token. */
  #withoutToken(body: string): string {
    return body.replaceAll(this.#secret, '[redacted]')
  }
}

/** Only the method is kept with an error: what was sent holds people's words. */
function resultOf<M extends keyof Methods>(
  method: M,
  status: number,
  body: string,
  retryAfter: number,
): ReturnType<Methods[M]> {
  const answer = parsed(body)
  const ok = at(answer, 'ok')
  if (ok === true) return at(answer, 'result') as ReturnType<Methods[M]>
  // Whoever stands before Telegram and finds us too fast has let nothing through.
  if (ok !== false && status === 429) {
    const said = {
      error_code: 429,
      description: 'too many requests',
      parameters: { retry_after: retryAfter },
    }
    throw new TelegramError(said, { method })
  }
  if (ok !== false) throw new TransportError(method, `HTTP ${status} without JSON of the Bot API`, 'unclear')
  const code = at(answer, 'error_code')
  const error_code = typeof code === 'number' ? code : status
  const description = textAt(answer, 'description') || 'no description'
  const given = at(answer, 'parameters')
  const parameters = isJson(given) ? given : {}
  throw new TelegramError({ error_code, description, parameters }, { method })
}
