import type { SlackMessage } from './render.ts'

/** Writes through the one-time address that Slack sends along with a command or a press. */
export type Responder = Readonly<{
  /** False when Slack did not take it: the answer then has to go another way. */
  respond(message: SlackMessage, how: Readonly<{ replace: boolean; threadTs?: string }>): Promise<boolean>
}>

const HOSTS = ['hooks.slack.com', 'hooks.slack-gov.com']
const MOST_USES = 5
const TOO_MANY = 429

/** The address comes from outside: only Slack's own hosts are written to, or the gateway that stands in for Slack. */
export function createResponder(responseUrl: string, apiUrl: string, timeoutMs: number): Responder {
  const allowed = isAllowed(responseUrl, apiUrl)
  let uses = 0
  return {
    async respond(message, { replace, threadTs }) {
      if (!allowed || uses >= MOST_USES) return false
      uses += 1
      const apart = {
        response_type: 'ephemeral',
        replace_original: false,
        ...(threadTs ? { thread_ts: threadTs } : {}),
      }
      const body = { ...message, ...(replace ? { replace_original: true } : apart) }
      const status = await post(responseUrl, JSON.stringify(body), timeoutMs)
      // The answer goes another way at once, so this one is not waited for.
      if (status === TOO_MANY) uses = MOST_USES
      return status !== null && status < 300
    },
  }
}

function isAllowed(responseUrl: string, apiUrl: string): boolean {
  if (!URL.canParse(responseUrl) || !URL.canParse(apiUrl)) return false
  const target = new URL(responseUrl)
  if (target.protocol === 'https:' && HOSTS.includes(target.host)) return true
  const api = new URL(apiUrl)
  return !isSlack(api.hostname) && target.protocol === api.protocol && target.host === api.host
}

const isSlack = (host: string) => host === 'slack.com' || host.endsWith('.slack.com')

/** The status, or null when none came: a time-out, a reset, a redirect. */
async function post(url: string, body: string, timeoutMs: number): Promise<number | null> {
  try {
    const headers = { 'content-type': 'application/json; charset=utf-8' }
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal })
    await response.body?.cancel()
    return response.status
  } catch {
    return null
  }
}
