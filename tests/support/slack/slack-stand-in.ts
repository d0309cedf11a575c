import { Actor, type OptionsInput, type PressInput, type SubmitInput } from './actor.ts'
import { Directory, type SlackChannel, type SlackUser } from './directory.ts'
import type { FormValues } from './form-state.ts'
import { HttpServer } from './http-server.ts'
import type { Json } from './json.ts'
import type { CommandInput, EventInput } from './payloads.ts'
import { RateLimits } from './rate-limits.ts'
import { ResponseUrls } from './response-url.ts'
import { SocketMode } from './socket-mode.ts'
import { Timeline, type Answer } from './timeline.ts'
import { Transport, type PostOptions } from './transport.ts'
import { Triggers, type TriggerErrorNames } from './triggers.ts'
import { Views } from './views.ts'
import { WebApi, type Failure } from './web-api.ts'
import type { Identity, World } from './world.ts'

export { blockKitProblems } from './block-kit.ts'
export type { Answer } from './timeline.ts'
export { buttonsOf, visibleText } from './visible.ts'

export interface SlackStandInOptions extends Partial<Identity> {
  mode?: 'http' | 'socket'
  /** Where the app listens, such as http://127.0.0.1:3000/slack/events; can be set later too. */
  target?: string
  users?: readonly SlackUser[]
  channels?: readonly SlackChannel[]
  /** Drives triggers, response_urls, rate limits and timestamps. */
  now?: () => number
  /** The clock of the signature header; apart from `now`, as the app checks it against its own clock. */
  signingNow?: () => number
  /** Switches on the limit of one message a second per channel. */
  limitMessages?: boolean
  /** The ceiling of the whole workspace; absent means none. */
  messagesPerMinute?: number
  triggerErrors?: TriggerErrorNames
  /** How long to wait for an acknowledgement before the delivery counts as unanswered. */
  giveUpMs?: number
  pingEveryMs?: number
  /** Where the app reaches this Slack when there is something in between. */
  publicPort?: () => number
}

const defaultIdentity: Identity = {
  teamId: 'T0HOME',
  teamDomain: 'kamerton-test',
  appId: 'A0KAMERTON',
  botId: 'B0KAMERTON',
  botUserId: 'U0KAMERTON',
  botToken: 'xoxb-stand-in',
  appToken: 'xapp-stand-in',
  signingSecret: 'stand-in-signing-secret',
  verificationToken: 'stand-in-verification',
}

/** Looks Date up at each call, so fake timers that a test installs later count as well. */
const currentTime = () => Date.now()

function buildWorld(options: SlackStandInOptions, port: () => number, socketUrl: () => string): World {
  const identity: Identity = { ...defaultIdentity, ...options }
  const now = options.now ?? currentTime
  const bot: SlackUser = { id: identity.botUserId, name: 'kamerton', is_bot: true }
  const directory = new Directory(identity.teamId, [bot, ...(options.users ?? [])], options.channels ?? [])
  const timeline = new Timeline(directory, now)
  return {
    identity,
    now,
    directory,
    timeline,
    socketUrl,
    triggers: new Triggers(now, options.triggerErrors ?? 'views'),
    views: new Views(timeline, identity),
    limits: new RateLimits(now, options.limitMessages ?? false, options.messagesPerMinute),
    refused: [],
    problems: [],
    mentions: [],
    files: new Map(),
    baseUrl: () => `http://127.0.0.1:${options.publicPort?.() ?? port()}`,
  }
}

function build(options: SlackStandInOptions) {
  let port = 0
  const giveUpMs = options.giveUpMs ?? 10_000
  const sockets = new SocketMode({
    appId: options.appId ?? defaultIdentity.appId,
    giveUpMs,
    pingEveryMs: options.pingEveryMs ?? 1e4,
    problem: (text) => world.problems.push(text),
  })
  const world: World = buildWorld(
    options,
    () => port,
    () => sockets.url(port),
  )
  const signingNow = options.signingNow ?? currentTime
  const transport = new Transport(world, sockets, { mode: options.mode ?? 'http', giveUpMs, signingNow })
  transport.target = options.target ?? ''
  const urls = new ResponseUrls(world)
  const api = new WebApi(world)
  const http = new HttpServer({ world, api, urls })
  http.server.on('upgrade', (request, stream, head) => sockets.upgrade(request, stream, head))
  const listen = async () => {
    port = await http.listen()
  }
  return {
    sockets,
    world,
    transport,
    api,
    http,
    listen,
    listeningPort: () => port,
    actor: new Actor(world, transport, urls),
  }
}

/** Starts a local Slack that is as strict as the real one, or a little stricter. */
export async function startSlackStandIn(options: SlackStandInOptions = {}) {
  const { sockets, world, transport, api, http, actor, listen, listeningPort } = build(options)
  await listen()
  const { timeline, directory, views, identity } = world
  let stopping: Promise<void> | undefined
  const close = () => {
    sockets.stop()
    transport.stop()
    return http.stop()
  }
  return {
    identity,
    directory,
    views,
    sockets,
    calls: api.calls,
    timeouts: transport.timeouts,
    get hung() {
      return transport.hung
    },
    refused: world.refused,
    problems: world.problems,
    mentions: world.mentions,
    files: world.files,
    answers: timeline.answers,
    messages: timeline.messages,
    port: listeningPort(),
    apiUrl: `${world.baseUrl()}/api/`,
    setTarget: (url: string) => {
      transport.target = url
    },
    setMode: (mode: 'http' | 'socket') => {
      transport.mode = mode
    },
    limitMessages: (on: boolean) => {
      world.limits.perChannel = on
    },
    failNext: (method: string, failure: Failure, times = 1) => api.failNext(method, failure, times),
    clearFaults: () => api.clearFaults(),
    post: (body: string | Buffer, post: PostOptions = {}) => transport.post(body, post),
    command: (input: CommandInput) => actor.command(input),
    press: (input: PressInput) => actor.press(input),
    submit: (view: unknown, values: FormValues, user: string, input: SubmitInput = {}) =>
      actor.submit(view, values, user, input),
    closeView: (view: unknown, user: string) => actor.close(view, user),
    options: (input: OptionsInput) => actor.options(input),
    event: (event: Json, input: EventInput = {}) => actor.event(event, input),
    directMessage: (user: string, text: string, input: EventInput = {}) =>
      actor.directMessage(user, text, input),
    /** A person edits their own direct message; `fields` replace parts of the event. */
    editMessage: (ts: string, text: string, fields: Json = {}) => actor.edit(ts, text, fields),
    shortcut: (callbackId: string, user: string, fields: Json = {}) =>
      actor.shortcut(callbackId, user, fields),
    answersTo: (user: string): Answer[] => timeline.visibleTo(user),
    lastAnswer: (user?: string): Answer | undefined =>
      (user ? timeline.visibleTo(user) : timeline.answers).at(-1),
    issueTrigger: (user: string, viewId: string | null = null) => world.triggers.issue(user, viewId),
    stop: (): Promise<void> => (stopping ??= close()),
  }
}

export type SlackStandIn = Awaited<ReturnType<typeof startSlackStandIn>>
