import type { ChatIdentity } from '../../domain/identity/person.ts'
import type { ServerResponse } from 'node:http'
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
import type { SocketLink } from './socket.ts'

export type Listener = Readonly<{
  /** Hands a request to Bolt; resolves when it has been answered. */
  handle(request: ReadRequest, response: ServerResponse): Promise<void>
  /** When nothing is under way any more. */
  idle(): Promise<void>
}>

type Ways = Readonly<{ links: readonly SocketLink[]; signingSecret: string | undefined }>

/** One Bolt app behind all ways in. */
export function createListener(desk: Desk, logger: Logger, { links, signingSecret }: Ways): Listener {
  // The guard has looked at the signature: nothing else leads to this receiver.
  const verified = { signatureVerification: false, logger, endpoints: EVENTS_PATH }
  const http = signingSecret ? new HTTPReceiver({ signingSecret, ...verified }) : null
  const underWay = new Set<Promise<void>>()
  const process = (event: ReceiverEvent): Promise<void> => {
    const work = processed(app, desk, event).finally(() => underWay.delete(work))
    underWay.add(work)
    return work
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
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
  }
}

/** Whatever happens, Slack gets its acknowledgement and the process lives. */
async function processed(app: App, desk: Desk, event: ReceiverEvent): Promise<void> {
  let acknowledged = false
  const ack: ReceiverEvent['ack'] = async (body) => {
    acknowledged = true
    await event.ack(body)
  }
  try {
    await app.processEvent({ ...event, ack })
  } catch (error) {
    desk.journal.error({ err: error }, 'an update from Slack failed')
  }
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
  app.error(async (error) => desk.journal.error({ err: error }, 'an update from Slack failed'))
  listenToPeople(app, desk)
  listenToWorkspace(app, desk)
  return app
}

const anything = /[^]*/

function listenToPeople(app: App, desk: Desk): void {
  const tabs = createHomeTabs(desk)
  app.command(anything, ({ body, ack }) => onCommand(desk, body, ack))
  app.action(anything, ({ body, ack }) => onPress(desk, body, ack))
  app.view(anything, ({ body, ack }) => onSubmission(desk, body, (answer) => ack(answer)))
  app.options(anything, ({ body, ack }) => onOptions(desk, body, ack))
  app.event('app_mention', ({ body, event }) => onMention(desk, body, event))
  app.event('message', ({ body, event }) => onDirectMessage(desk, body, event))
  app.event('app_home_opened', ({ body, event }) => tabs.opened(body, event))
}

/** The address is what vouched for them: with another one, or none confirmed, they must be introduced anew. */
async function hasOtherEmail(desk: Desk, identity: ChatIdentity, user: unknown): Promise<boolean> {
  const email = textAt(at(user, 'profile'), 'email').toLowerCase()
  if (email === '') return false
  const person = await desk.dispatcher.whoIs(identity)
  return person !== null && (at(user, 'is_email_confirmed') === false || person.email !== email)
}

function listenToWorkspace(app: App, desk: Desk): void {
  const memberChanged = async ({ event }: { event: unknown }): Promise<void> => {
    const user = at(event, 'user')
    const id = textAt(user, 'id')
    if (id === '') return
    const identity = identityOf(desk.installation(), id)
    const left = kindOf(desk.installation(), user) !== 'member'
    if (left || (await hasOtherEmail(desk, identity, user))) await desk.dispatcher.forget(identity, 'slack')
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
  const cutOff = async ({ event }: { event: unknown }): Promise<void> =>
    desk.journal.error(
      { event: textAt(event, 'type') },
      'Slack says that this app was removed or lost its token',
    )
  app.event('app_uninstalled', cutOff)
  app.event('tokens_revoked', cutOff)
}
