import { conflict, refusal } from './api-error.ts'
import type { Params } from './params.ts'
import { type Call, type Method, type Reply, startWebhook, type World } from './world.ts'

const LIMIT_MAX = 100
const HOLD_MAX_SECONDS = 50
const DEFAULT_CONNECTIONS = 40
const WEBHOOK_ACTIVE =
  "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

export const updateMethods: Record<string, Method> = {
  getUpdates,
  setWebhook,
  deleteWebhook: ({ world, params }) => removeWebhook(world, params),
  getWebhookInfo,
}

async function getUpdates({ world, params, onGone }: Call): Promise<Reply> {
  if (world.webhook !== undefined) throw conflict(WEBHOOK_ACTIVE)
  takeAllowed(world, params)
  const wanted = params.integer('limit') ?? LIMIT_MAX
  const timeout = Math.min(Math.max(params.integer('timeout') ?? 0, 0), HOLD_MAX_SECONDS)
  const poll = world.queue.poll({
    offset: params.integer('offset') ?? 0,
    limit: wanted < 1 || wanted > LIMIT_MAX ? LIMIT_MAX : wanted,
    holdMs: timeout * (world.options.secondMs ?? 1000),
  })
  onGone(poll.cancel)
  return { result: await poll.updates }
}

/** The list stays until it is given again; an empty one goes back to the default. */
function takeAllowed(world: World, params: Params): void {
  const allowed = params.strings('allowed_updates')
  if (allowed !== undefined) world.queue.allowed = allowed
}

function setWebhook({ world, params }: Call): Reply {
  const url = params.text('url') ?? ''
  if (url === '') return removeWebhook(world, params)
  checkUrl(url)
  const secret = params.text('secret_token')
  if (secret !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(secret)) {
    throw refusal('secret token contains unallowed characters')
  }
  const maxConnections = params.integer('max_connections') ?? DEFAULT_CONNECTIONS
  if (maxConnections < 1 || maxConnections > 100) throw refusal('max_connections must be in the range 1-100')
  takeAllowed(world, params)
  if (params.flag('drop_pending_updates')) world.queue.clear()
  world.queue.endHeld('terminated by setWebhook request')
  startWebhook(world, { url, secret, maxConnections })
  return { result: true, description: 'Webhook was set' }
}

/** Telegram takes https only; plain http is let through to this machine, where tests listen. */
function checkUrl(value: string): void {
  const url = URL.parse(value)
  const local = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url?.protocol !== 'https:' && !local) {
    throw refusal('bad webhook: An HTTPS URL must be provided for webhook')
  }
}

function removeWebhook(world: World, params: Params): Reply {
  if (params.flag('drop_pending_updates')) world.queue.clear()
  const was = world.webhook !== undefined
  world.sender.stop()
  world.webhook = undefined
  return { result: true, description: was ? 'Webhook was deleted' : 'Webhook is already deleted' }
}

function getWebhookInfo({ world }: Call): Reply {
  const { webhook, queue, sender } = world
  const error = webhook === undefined ? undefined : sender.lastError
  return {
    result: {
      url: webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: queue.pending.length,
      ...(error === undefined
        ? {}
        : { last_error_date: Math.floor(error.at / 1000), last_error_message: error.message }),
      ...(webhook === undefined ? {} : { max_connections: webhook.maxConnections }),
      ...(queue.allowed === undefined ? {} : { allowed_updates: queue.allowed }),
    },
  }
}
