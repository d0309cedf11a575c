import { setMaxListeners } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Command } from '../../commands/kit/command.ts'
import type { Dispatcher, Journal } from '../../commands/kit/invocation.ts'
import type { Reader } from '../../domain/shared/actor.ts'
import { inTime } from '../in-time.ts'
import { textAt } from '../json.ts'
import type { Bot, CardNotes, Inbox, StoredUpdate } from '../ports.ts'
import { DEFAULT_READER } from '../speaker.ts'
import { createSweeper, type Sweeper } from '../sweeper.ts'
import { createAudiences } from './audience.ts'
import { createSlackClient, type SlackClient } from './client.ts'
import { createReaders, type Desk } from './desk.ts'
import { callError } from './errors.ts'
import { createEditor } from './edit.ts'
import { createGuard, type Guard } from './guard.ts'
import { createIntake, type Intake, KEEPS_NOTHING } from './intake.ts'
import { journalLogger } from './journal-logger.ts'
import { SLACK_LIMITS, type SlackLimits } from './limits.ts'
import { createListener, type Listener } from './listener.ts'
import type { Installation } from './membership.ts'
import { type Clock, realClock } from './pause.ts'
import { createPusher, type PusherParts } from './push.ts'
import { createPushPace } from './push-pace.ts'
import { createRechecks } from './recheck.ts'
import { createGate, createSocketLink, type SocketLink } from './socket.ts'
import { createStanding } from './standing.ts'

type SlackConfig = Readonly<{
  botToken: string
  /** Socket Mode: Slack is reached from inside, no public address is needed. */
  appToken?: string | undefined
  /** HTTP mode: Slack reaches us at POST /slack/events. */
  signingSecret?: string | undefined
  apiUrl: string
}>

export type SlackParts = Readonly<{
  config: SlackConfig
  dispatcher: Dispatcher
  journal: Journal
  /** The registry: which slash commands there are, and which of them have a form. */
  commands: readonly Command[]
  now(): Date
  /** Where answers are noted that show the card of a request. */
  cards?: CardNotes | undefined
  /** Where what was acknowledged waits until it is done; without it a process that dies forgets it. */
  inbox?: Inbox | undefined
  /** How people nobody knows are spoken to. */
  defaults?: Reader | undefined
  /** For tests: how long to be patient, and how time passes for what nobody asked for. */
  limits?: Partial<SlackLimits>
  clock?: Clock
}>

export type SlackBot = Bot &
  Readonly<{ handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void> }>

/** Two, so that commands and presses get through while Slack renews one of them. */
const CONNECTIONS = 2
/** A shorter gap heals itself before anybody could act. */
const QUIET_MS = 30_000

export function createSlackBot(parts: SlackParts): SlackBot {
  const { config, journal, now, clock = realClock } = parts
  requireWay(config)
  const limits = { ...SLACK_LIMITS, ...parts.limits }
  const stopping = new AbortController()
  const stopped = new AbortController()
  // As many wait as there are people; Node takes more than ten listeners for a leak.
  setMaxListeners(0, stopping.signal, stopped.signal)
  const memory: Memory = { installation: null }
  const desk = deskOf(parts, limits, memory, stopped.signal)
  const links = linksOf(parts, limits)
  const { signingSecret } = config
  const listener = createListener(desk, journalLogger(journal), {
    links,
    signingSecret,
    stopping: stopping.signal,
  })
  const sweeper = parts.inbox && sweeperOf(parts.inbox, desk, listener, limits)
  const guard = signingSecret ? createGuard(signingSecret, now) : null
  let state: 'new' | 'running' | 'stopping' = 'new'
  let end: Promise<void> | null = null
  const unasked: PusherParts = {
    ...desk,
    clock,
    installation: () => (state === 'running' ? memory.installation : null),
    stopping: stopping.signal,
  }
  const pusher = createPusher(unasked)
  const editor = createEditor(unasked)

  const stop = async (): Promise<void> => {
    state = 'stopping'
    stopping.abort()
    const answered = Promise.all([sweeper?.stop(), listener.idle()]).then(desk.intake.settle)
    await inTime(Promise.all([answered, pusher.idle(), editor.idle()]), limits.drainMs)
    stopped.abort()
    await Promise.all(links.map((link) => link.stop()))
  }
  return {
    name: 'slack',
    async start() {
      memory.installation = await installationOf(desk.client)
      state = 'running'
      listener.resume(await desk.intake.left())
      sweeper?.start()
      await Promise.all(links.map((link) => link.start()))
      journal.info({ socket: links.length > 0, http: guard !== null }, 'Slack is connected')
    },
    stop: () => (end ??= stop()),
    push: pusher.push,
    edit: editor.edit,
    health: () => (state === 'running' ? trouble(desk.client, links, now()) : 'not running'),
    async handleRequest(request, response) {
      if (guard && state === 'running') await handled({ guard, listener, journal }, request, response)
      else response.writeHead(guard ? 503 : 404).end()
    },
  }
}

/** What is known only after the start. */
type Memory = { installation: Installation | null }

function deskOf(parts: SlackParts, limits: SlackLimits, memory: Memory, stopped: AbortSignal): Desk {
  const { config, dispatcher, journal, commands, cards, inbox, now } = parts
  const { defaults = DEFAULT_READER, clock = realClock } = parts
  const client = createSlackClient({ ...config, logger: journalLogger(journal), stopped, clock })
  const installation = (): Installation => {
    if (!memory.installation) throw new Error('the Slack adapter has not started')
    return memory.installation
  }
  return {
    dispatcher,
    journal,
    commands,
    cards,
    client,
    audiences: createAudiences(client, now),
    intake: inbox ? intakeOf(inbox, journal, limits) : KEEPS_NOTHING,
    pace: createPushPace(() => clock.now()),
    standing: createStanding({ client, clock, journal }),
    readers: createReaders(),
    defaults,
    formPresses: new Set(),
    newestPress: new Map(),
    limits,
    apiUrl: config.apiUrl,
    installation,
    rechecks: createRechecks({ client, dispatcher, journal, installation, now }),
    now,
    stopped,
  }
}

function intakeOf(inbox: Inbox, journal: Journal, { acknowledgeInMs, answerInMs }: SlackLimits): Intake {
  const keepBegunInMs = Math.max(acknowledgeInMs - answerInMs, 0)
  return createIntake({ inbox, journal, keepInMs: acknowledgeInMs, keepBegunInMs })
}

function sweeperOf(
  inbox: Inbox,
  { intake, journal }: Desk,
  { resume }: Listener,
  limits: SlackLimits,
): Sweeper {
  const { settle, held } = intake
  const taking = { settle, held, resume: (left: readonly StoredUpdate[]) => resume(intake.resume(left)) }
  return createSweeper({ inbox, platform: 'SLACK', journal, intake: taking, limits })
}

type Door = Readonly<{ guard: Guard; listener: Listener; journal: Journal }>

async function handled(
  { guard, listener, journal }: Door,
  request: IncomingMessage,
  response: ServerResponse,
) {
  try {
    const admitted = await guard.admit(request, response)
    if (admitted) await listener.handle(admitted, response)
  } catch (error) {
    journal.error({ err: error }, 'a request from Slack could not be handled')
    response.destroy()
  }
}

function requireWay({ botToken, appToken, signingSecret }: SlackConfig): void {
  if (botToken.trim() === '') throw new Error('SLACK_BOT_TOKEN is empty')
  if (signingSecret !== undefined && signingSecret.trim() === '')
    throw new Error('SLACK_SIGNING_SECRET is empty')
  if (!appToken && !signingSecret) {
    throw new Error('Slack needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode)')
  }
}

function linksOf({ config, journal, now }: SlackParts, { reconnectMs }: SlackLimits): readonly SocketLink[] {
  const { appToken, apiUrl } = config
  if (!appToken) return []
  const logger = journalLogger(journal)
  const gate = createGate()
  const link = () => createSocketLink({ appToken, apiUrl, logger, journal, reconnectMs, gate, now })
  return Array.from({ length: CONNECTIONS }, link)
}

async function installationOf(client: SlackClient): Promise<Installation> {
  try {
    const answer = await client.call('auth.test', {})
    return {
      teamId: textAt(answer, 'team_id'),
      enterpriseId: textAt(answer, 'enterprise_id'),
      botUserId: textAt(answer, 'user_id'),
      botId: textAt(answer, 'bot_id'),
    }
  } catch (thrown) {
    const { code, failure } = callError('auth.test', thrown)
    const refused = failure === 'refused'
    throw new Error(refused ? `Slack refuses SLACK_BOT_TOKEN: ${code}` : `Slack does not answer: ${code}`, {
      cause: thrown,
    })
  }
}

function trouble(client: SlackClient, links: readonly SocketLink[], now: Date): string | null {
  const refused = client.trouble() ?? links.map((link) => link.trouble()).find((code) => code !== null)
  if (refused) return `Slack refuses the token: ${refused}`
  const downs = links.map((link) => link.downSince())
  if (downs.length === 0 || downs.includes(null)) return null
  const ms = now.getTime() - Math.max(...downs.map(Number))
  return ms > QUIET_MS ? `no Slack connection for ${Math.round(ms / 1_000)} s` : null
}
