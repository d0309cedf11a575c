import type { Journal } from '../../commands/kit/invocation.ts'
import type { SlackClient } from './client.ts'
import { callError } from './errors.ts'
import type { Clock } from './pause.ts'

/** Whether our token still counts. Once Slack says that it does not, nothing is sent until Slack says that it does. */
export type Standing = Readonly<{
  /** Asks Slack. */
  check(): Promise<void>
  /** Why nothing may be sent, in Slack's word, or null; asks again now and then. */
  lost(): Promise<string | null>
}>

type Parts = Readonly<{ client: SlackClient; clock: Clock; journal: Journal }>

/** A person's account can be inactive too: only what Slack says of the token itself counts here. */
const DEAD = new Set(['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired'])
const ASK_AGAIN_MS = 60_000

export const isOfToken = (code: string): boolean => DEAD.has(code)

export function createStanding({ client, clock, journal }: Parts): Standing {
  let lost: string | null = null
  let askedAt = -Infinity
  let asking: Promise<void> | null = null

  const ask = async (): Promise<void> => {
    askedAt = clock.now()
    try {
      await client.once('auth.test', {}, 'auth.test')
      if (lost !== null) journal.info({}, 'Slack knows this app again')
      lost = null
    } catch (thrown) {
      const { code, failure } = callError('auth.test', thrown)
      if (failure !== 'refused' || !isOfToken(code)) return
      if (lost === null)
        journal.warn({ code }, 'Slack does not know this app any more: nothing is sent until it does')
      lost = code
    }
  }
  const check = (): Promise<void> => (asking ??= ask().finally(() => (asking = null)))
  return {
    check,
    async lost() {
      if (lost !== null && clock.now() - askedAt >= ASK_AGAIN_MS) await check()
      return lost
    },
  }
}
