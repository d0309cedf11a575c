import type { IncomingMessage, ServerResponse } from 'node:http'
import { App, HTTPReceiver, type Logger, type Receiver, type ReceiverEvent } from '@slack/bolt'
import { at, textAt } from '../json.ts'
import type { Desk } from './desk.ts'
import { EVENTS_PATH, type ReadRequest } from './guard.ts'
import { identityOf, kindOf } from './membership.ts'
import { onCommand } from './on-command.ts'
import { createHomeTabs } from './on-home.ts'
import { onDirectMessage, onMention } from './on-message.ts'
import { onPress } from './on-press.ts'
import { onOptions, onSubmission } from './on-submission.ts'
import { hasOtherEmail } from './recheck.ts'
import type { SocketLink } from './socket.ts'

export type Listener = Readonly<{
  /** Hands a request to Bolt; resolves when it has been answered. */
  handle(request: ReadRequest, response: ServerResponse): Promise<void>
  /** Does what another process had acknowledged and not finished. */
  resume(left: readonly unknown[]): void
  /** When nothing is under way any more. */
  idle(): Promise<void>
}>

type Ways = Readonly<{
  links: readonly SocketLink[]
  signingSecret: string | undefined
  /** Given when nothing new may begin. */
  stopping: AbortSignal
}>

/** One Bolt app behind all ways in. */
export function createListener(
  desk: Desk,
  logger: Logger,
  { links, signingSecret, stopping }: Ways,
): Listener {
  // The guard has looked at the signature: nothing else leads to this receiver.
  const verified = {
    signatureVerification: false,
    logger,
    endpoints: EVENTS_PATH,
    customPropertiesExtractor: sentAtOf,
  }
  const http = signingSecret ? new HTTPReceiver({ signingSecret, ...verified }) : null
  const underWay = new Set<Promise<void>>()
  const watched = (work: Promise<void>): Promise<void> => {
    const ended = work.finally(() => underWay.delete(ended))
    underWay.add(ended)
    return ended
  }
  // What comes at the end has no acknowledgement: Slack brings an event again, and tells a person that it did not work.
  const process = async (event: ReceiverEvent): Promise<void> => {
    if (!stopping.aborted) await watched(processed(app, desk, event))
  }
  // Receivers only ever call this one method of the app they are given.
  const door = { processEvent: process } as unknown as App
  const app = createApp(desk, logger)
  for (const receiver of [...links.map((link) => link.receiver), ...(http ? [http] : [])]) receiver.init(door)

  return {
    async handle(request, response) {
      const closed = new Promise<void>((resolve) => response.once('close', resolve))
      if (http) http.requestListener(request, response)
      else response.writeHead(404).end()
      await closed
    },
    resume(left) {
      for (const body of left)
        void watched(worked(app, desk, { body: body as ReceiverEvent['body'], ack: async () => undefined }))
    },
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
  }
}

/** Whatever happens, Slack gets its acknowledgement and the process lives. */
async function processed(app: App, desk: Desk, event: ReceiverEvent): Promise<void> {
  // No event of anybody's: nothing is answered to it, nor asked of Slack because of it.
  if (at(event.body, 'type') === 'app_rate_limited') {
    desk.journal.error(
      { minute: at(event.body, 'minute_rate_limited') },
      'Slack holds back events: there were more than it delivers in an hour',
    )
    return event.ack()
  }
  // Bolt acknowledges an event before anybody has looked at it. What cannot be kept is not acknowledged: Slack sends it again.
  if (isLasting(event.body) && !(await desk.intake.take(event.body))) return event.ack()
  return worked(app, desk, event)
}

/** Not the opening of a Home tab: the next one shows the same. */
const isLasting = (body: unknown): boolean =>
  at(body, 'type') === 'event_callback' && textAt(body, 'event', 'type') !== 'app_home_opened'

async function worked(app: App, desk: Desk, event: ReceiverEvent): Promise<void> {
  let acknowledged = false
  const ack: ReceiverEvent['ack'] = async (body) => {
    acknowledged = true
    await event.ack(body)
  }
  let isLeft = false
  try {
    await app.processEvent({ ...event, ack })
  } catch (error) {
    isLeft = desk.stopped.aborted
    if (isLeft) desk.journal.warn({ err: error }, 'an update is left for the next process')
    else desk.journal.error({ err: error }, 'an update from Slack failed')
  }
  if (!isLeft) await desk.intake.finish(event.body)
  if (acknowledged) return
  await event
    .ack()
    .catch((error: unknown) => desk.journal.warn({ err: error }, 'an acknowledgement was not sent'))
}

/** Bolt wants a receiver of its own; ours are started and stopped elsewhere. */
const noReceiver: Receiver = {
  init: () => undefined,
  start: async () => undefined,
  stop: async () => undefined,
}

function createApp(desk: Desk, logger: Logger): App {
  const app = new App({
    receiver: noReceiver,
    logger,
    convoStore: false,
    // Our own messages are told apart where messages are read; Bolt's rule would cost a look-up each time.
    ignoreSelf: false,
    authorize: async () => ({ botId: desk.installation().botId, botUserId: desk.installation().botUserId }),
  })
  // What failed is told where it is known whether it is done.
  app.error(async (error) => {
    throw error
  })
  listenToPeople(app, desk)
  listenToWorkspace(app, desk)
  return app
}

/** When Slack sent it, by the second; what a socket brings does not say. */
function sentAtOf({ headers }: IncomingMessage): Readonly<{ sentAt?: number }> {
  const seconds = Number(headers['x-slack-request-timestamp'])
  return Number.isFinite(seconds) ? { sentAt: seconds * 1_000 } : {}
}

const anything = /[^]*/

function listenToPeople(app: App, desk: Desk): void {
  const tabs = createHomeTabs(desk)
  app.command(anything, ({ body, ack, context }) => onCommand(desk, body, ack, context['sentAt']))
  app.action(anything, ({ body, ack }) => onPress(desk, body, ack))
  app.view(anything, ({ body, ack }) => onSubmission(desk, body, (answer) => ack(answer)))
  app.options(anything, ({ body, ack }) => onOptions(desk, body, ack))
  app.event('app_mention', ({ body, event }) => onMention(desk, body, event))
  app.event('message', ({ body, event }) => onDirectMessage(desk, body, event))
  app.event('app_home_opened', ({ body, event }) => tabs.opened(body, event))
}

function listenToWorkspace(app: App, desk: Desk): void {
  const memberChanged = async ({ event }: { event: unknown }): Promise<void> => {
    const user = at(event, 'user')
    const id = textAt(user, 'id')
    if (id === '') return
    const identity = identityOf(desk.installation(), id)
    const left = kindOf(desk.installation(), user) !== 'member'
    const email = textAt(at(user, 'profile'), 'email')
    const isConfirmed = at(user, 'is_email_confirmed') !== false
    if (left || (await hasOtherEmail(desk.dispatcher, identity, email, isConfirmed)))
      await desk.dispatcher.forget(identity, 'slack')
  }
  const channelChanged = async ({ event }: { event: unknown }): Promise<void> => {
    for (const name of ['channel', 'old_channel_id', 'new_channel_id'])
      desk.audiences.changed(textAt(event, name))
  }
  app.event('user_change', memberChanged)
  app.event('team_join', memberChanged)
  app.event('channel_shared', channelChanged)
  app.event('channel_unshared', channelChanged)
  app.event('channel_id_changed', channelChanged)
  // It may have been somebody's own token: ours knows.
  const cutOff = async ({ event }: { event: unknown }): Promise<void> => {
    desk.journal.warn(
      { event: textAt(event, 'type') },
      'Slack says that this app was removed or lost a token',
    )
    await desk.standing.check()
  }
  app.event('app_uninstalled', cutOff)
  app.event('tokens_revoked', cutOff)
}
