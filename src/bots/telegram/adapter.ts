import { setMaxListeners } from 'node:events'
import type { Command } from '../../commands/kit/command.ts'
import type { Dispatcher, Journal } from '../../commands/kit/invocation.ts'
import type { Reader } from '../../domain/shared/actor.ts'
import { inTime } from '../in-time.ts'
import type { Bot, ButtonTokens, CardNotes, Inbox, StoredUpdate } from '../ports.ts'
import { createSweeper, SWEEP_LIMITS, type SweepLimits, type Sweeper } from '../sweeper.ts'
import { type Acknowledgements, createAcknowledgements } from './acknowledgements.ts'
import { createChatLanes } from './chat-lanes.ts'
import { TelegramClient } from './client.ts'
import { createConversation } from './conversation.ts'
import { createEdit, type Editing } from './edit.ts'
import { type Failure, failureOf, reasonOf, troubleOf } from './failures.ts'
import { createIntake, type Intake } from './intake.ts'
import { createSlots } from './lanes.ts'
import { type Clock, createPace, realClock } from './pace.ts'
import { poll, waitAfter, waited } from './polling.ts'
import { syncProfile } from './profile.ts'
import { createPush, type Pushing, type PushLimits } from './push.ts'
import { createSender } from './sender.ts'
import { ALLOWED_UPDATES, queryIdOf } from './updates.ts'
import { createWebhook, type WebhookHandler } from './webhook.ts'

type TelegramConfig = Readonly<{
  token: string
  apiRoot: string
  /** Without it updates are polled. */
  webhook?: Readonly<{ url: string; secret: string }> | undefined
}>

export type TelegramParts = Readonly<{
  config: TelegramConfig
  dispatcher: Dispatcher
  inbox: Inbox
  tokens: ButtonTokens
  /** Where answers are noted that show the card of a request. */
  cards?: CardNotes | undefined
  journal: Journal
  commands: readonly Command[]
  now(): Date
  /** How people nobody knows are spoken to, but for the language that Telegram names. */
  defaults?: Reader | undefined
  /** Told once Telegram has said what the bot is called. */
  onUsername?: ((name: string) => void) | undefined
  /** For tests: how time passes and how long to be patient. */
  clock?: Clock | undefined
  limits?: Partial<Limits> | undefined
}>

export type TelegramBot = Bot & Readonly<{ handleWebhook: WebhookHandler }>

type Limits = PushLimits &
  SweepLimits &
  Readonly<{ callMs: number; pollMs: number; acknowledgeMs: number; stopMs: number }>

/** A poll answers within 50 s; one that says nothing for longer is a connection that died unnoticed. */
const LIMITS: Limits = {
  callMs: 10_000,
  pollMs: 65_000,
  acknowledgeMs: 1_500,
  // Less than the program waits for us.
  stopMs: 3_500,
  // A push that waits to the end and then meets a dead line is answered within its twenty seconds all the same.
  turnMs: 8_000,
  answerMs: 19_000,
  ...SWEEP_LIMITS,
}
/** How many updates are worked on at the same time. */
const SIDE_BY_SIDE = 16

export function createTelegramBot(parts: TelegramParts): TelegramBot {
  const limits = { ...LIMITS, ...parts.limits }
  const run = assembled(parts, limits)
  const { state, intake } = run
  let stopping: Promise<void> | null = null
  return {
    name: 'telegram',
    start: () => start(run),
    stop: () => (stopping ??= stop(run, limits.stopMs)),
    push: run.pushing.push,
    edit: run.editing.edit,
    health: () => state.trouble,
    handleWebhook: createWebhook({
      secret: parts.config.webhook?.secret ?? null,
      intake,
      journal: run.journal,
      isStopping: () => stopping !== null,
    }),
  }
}

function assembled(parts: TelegramParts, limits: Limits): Run {
  const { clock = realClock } = parts
  const { token, apiRoot } = parts.config
  const journal = parts.journal.child({ bot: 'telegram' })
  const state: State = { username: null, trouble: null, running: Promise.resolve() }
  const asking = new AbortController()
  const working = new AbortController()
  // As many chats may wait as there are; Node takes more than ten listeners for a leak.
  setMaxListeners(0, asking.signal, working.signal)

  const client = new TelegramClient({ token, apiRoot, timeoutMs: limits.callMs, signal: working.signal })
  const poller = new TelegramClient({ token, apiRoot, timeoutMs: limits.pollMs, signal: asking.signal })
  const acknowledgements = createAcknowledgements({
    client,
    journal,
    clock,
    withinMs: limits.acknowledgeMs,
    signal: working.signal,
  })
  const pace = createPace(clock)
  const lanes = createChatLanes(pace.stir)
  const sending = { client, pace, lanes, clock, journal, signal: working.signal }
  const sender = createSender(sending)
  const { tokens, now } = parts
  const unasked = { ...sending, signal: asking.signal, tokens, now, limits }
  const pushing = createPush({ ...unasked, sender })
  const editing = createEdit(unasked)
  const work = createConversation({
    ...parts,
    journal,
    clock,
    acknowledgements,
    sender,
    slots: createSlots(SIDE_BY_SIDE),
    signal: working.signal,
    username: () => state.username,
  })
  const intake = createIntake({ inbox: parts.inbox, journal, work, arrived: expecting(acknowledgements) })
  const { inbox } = parts
  const sweeper = createSweeper({ inbox, platform: 'TELEGRAM', journal, intake, limits })
  const report = reporter(state, journal)
  const { signal } = asking
  return {
    parts,
    journal,
    state,
    client,
    poller,
    intake,
    sweeper,
    acknowledgements,
    pushing,
    editing,
    clock,
    signal,
    asking,
    working,
    report,
  }
}

/** The time to answer a tap runs from its arrival, not from its turn. */
function expecting({ expect }: Acknowledgements): (update: StoredUpdate) => void {
  return ({ payload }) => {
    const queryId = queryIdOf(payload)
    if (queryId !== null) expect(queryId)
  }
}

/** Each trouble is said once, however often it is met. */
function reporter(state: State, journal: Journal): Run['report'] {
  return (trouble) => {
    if (trouble !== null && state.trouble !== trouble) journal.warn({ trouble }, 'telegram has trouble')
    if (trouble === null && state.trouble !== null) journal.info({}, 'telegram is well again')
    state.trouble = trouble
  }
}

type State = { username: string | null; trouble: string | null; running: Promise<void> }

type Run = Readonly<{
  parts: TelegramParts
  journal: Journal
  state: State
  client: TelegramClient
  poller: TelegramClient
  intake: Intake
  sweeper: Sweeper
  acknowledgements: Acknowledgements
  pushing: Pushing
  editing: Editing
  clock: Clock
  /** Ends the polling. */
  asking: AbortController
  signal: AbortSignal
  /** Ends whatever is still under way. */
  working: AbortController
  report(trouble: string | null): void
}>

/** A mistake in the settings stops the start; a network that is down does not: the work begins when it is back. */
async function start(run: Run): Promise<void> {
  const failure = await prepared(run)
  const begun = failure ? Promise.resolve() : syncProfile({ ...run, commands: run.parts.commands })
  run.state.running = Promise.all([begun, begin(run, failure)]).then(() => undefined)
  await begun
}

async function begin(run: Run, failure: Failure | null): Promise<void> {
  if (failure && !(await preparedLater(run, failure))) return
  if (!run.parts.config.webhook) await poll({ ...run, client: run.poller })
}

async function preparedLater(run: Run, first: Failure): Promise<boolean> {
  let failure: Failure | null = first
  for (let failures = 1; !run.signal.aborted; failures += 1) {
    await waited(run, waitAfter(failure, failures))
    if (run.signal.aborted) return false
    try {
      failure = await prepared(run)
      if (failure) continue
      await syncProfile({ ...run, commands: run.parts.commands })
      return true
    } catch (error) {
      run.report(reasonOf(error))
      run.journal.error({ reason: reasonOf(error) }, 'telegram cannot work with these settings')
      return false
    }
  }
  return false
}

/** What failed when it is worth another try, else null; throws when the settings are wrong. */
async function prepared({ parts, state, client, intake, sweeper, report }: Run): Promise<Failure | null> {
  try {
    const { username } = await client.getMe()
    state.username = username
    parts.onUsername?.(username)
    await chooseSource(parts.config, client)
    await intake.recover()
    sweeper.start()
    report(null)
    return null
  } catch (error) {
    const mistake = mistakeIn(error)
    if (mistake) throw new Error(mistake, { cause: error })
    report(troubleOf(error))
    return failureOf(error)
  }
}

/** What waits at Telegram is never thrown away. */
async function chooseSource({ webhook }: TelegramConfig, client: TelegramClient): Promise<void> {
  if (!webhook) return void (await client.callApi('deleteWebhook', {}))
  const { url, secret } = webhook
  await client.callApi('setWebhook', { url, secret_token: secret, allowed_updates: ALLOWED_UPDATES })
}

function mistakeIn(error: unknown): string | null {
  if (failureOf(error).kind === 'wrongToken' || /^404: Not Found$/.test(reasonOf(error))) {
    return 'TELEGRAM_BOT_TOKEN: Telegram does not know this token; get the right one from @BotFather'
  }
  const [, refused = ''] = /^400: (.*)$/.exec(reasonOf(error)) ?? []
  return /webhook/i.test(refused) ? `TELEGRAM_WEBHOOK_URL: Telegram refuses it: ${refused}` : null
}

async function stop(run: Run, ms: number): Promise<void> {
  const { asking, working, state, acknowledgements, intake, sweeper, pushing, editing } = run
  asking.abort()
  // A last batch may still be on its way into the inbox: its taps are answered too.
  const taps = state.running.then(acknowledgements.flush)
  const unasked = [pushing.ended(), editing.ended()]
  const answered = Promise.all([sweeper.stop(), intake.close()]).then(intake.settle)
  const work = Promise.all([acknowledgements.flush(), taps, answered, ...unasked])
  await inTime(
    work.catch(() => undefined),
    ms,
  )
  working.abort()
}
