import type { MiddlewareHandler } from 'hono'

/**
 * The console has no log-in: it trusts whoever reaches it. So it must be reached only by its own page, from its own
 * address. A foreign site that resolves to 127.0.0.1 (DNS rebinding) is stopped by the Host header, one that posts
 * across sites by where the browser says the request comes from.
 */
export function onlyHosts(allowed: readonly string[]): MiddlewareHandler {
  const isAllowed = (host: string) => allowed.some((one) => one === host || one === host.replace(/:\d+$/, ''))
  return async (context, next) => {
    const hosts = [new URL(context.req.url).host, context.req.header('host')]
    if (!hosts.every((host) => host === undefined || isAllowed(host.toLowerCase()))) {
      return context.text(
        'This address is not served here. Open the address that Kamerton printed at its start.\n',
        403,
      )
    }
    return next()
  }
}

/** Reading from another site is refused too: it could not see the answer, but it could use up the streams. */
export const sameSite: MiddlewareHandler = async (context, next) => {
  const site = context.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return context.text('Not from another site.\n', 403)
  return next()
}

/** For what changes something: the browser must say that it is our own page, and no HTML form can send this type. */
export const ownJson: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('origin')
  const site = context.req.header('sec-fetch-site')
  const own =
    origin === undefined ? site === 'same-origin' : hostOf(origin) === hostOfRequest(context.req.raw)
  if (!own || (site !== undefined && site !== 'same-origin'))
    return context.text('Only from the console’s own page.\n', 403)
  const type = context.req.header('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) return context.text('Send application/json.\n', 415)
  return next()
}

const hostOfRequest = (request: Request) => request.headers.get('host') ?? new URL(request.url).host

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}

const POLICY = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // No code of the page may turn a string into markup, whatever mistake it makes.
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

export const safeHeaders: MiddlewareHandler = async (context, next) => {
  await next()
  const { headers } = context.res
  headers.set('Content-Security-Policy', POLICY)
  headers.set('X-Content-Type-Options', 'nosniff')
  headers.set('Referrer-Policy', 'no-referrer')
  headers.set('X-Frame-Options', 'DENY')
  headers.set('Cross-Origin-Opener-Policy', 'same-origin')
  headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
}
