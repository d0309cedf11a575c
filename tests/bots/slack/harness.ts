import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CardNotes, Inbox } from '../../../src/bots/ports.ts'
import { createSlackBot, type SlackBot } from '../../../src/bots/slack/slack-bot.ts'
import type { Clock } from '../../../src/bots/slack/pause.ts'
import type { SlackLimits } from '../../../src/bots/slack/limits.ts'
import { z } from 'zod'
import { type Shown, defineCommand } from '../../../src/commands/kit/command.ts'
import type { Choice, Form, OpenForm } from '../../../src/commands/kit/form.ts'
import type { Dispatcher, Invocation, Journal, Reply } from '../../../src/commands/kit/invocation.ts'
import { plain, show, type View } from '../../../src/commands/kit/view.ts'
import { allCommands } from '../../../src/commands/registry.ts'
import type { ChatIdentity, Introduction } from '../../../src/domain/identity/person.ts'
import type { Actor, Reader } from '../../../src/domain/shared/actor.ts'
import {
  type SlackStandIn,
  startSlackStandIn,
  type SlackStandInOptions,
} from '../../support/slack/slack-stand-in.ts'

/** A command that asks for what is missing, as `/meeting` will. */
const form: Form = {
  title: 'settings.form',
  submit: 'settings.save',
  fields: [
    { name: 'account', label: 'settings.title', kind: 'account', hint: 'settings.timeZone.hint' },
    { name: 'note', label: 'settings.linked', kind: 'line', optional: true },
    {
      name: 'mood',
      label: 'settings.language',
      kind: 'choice',
      optional: true,
      choices: [
        { value: 'GOOD', label: plain('good') },
        { value: 'BAD', label: plain('bad') },
      ],
    },
  ],
}

const log = defineCommand({
  name: 'log',
  aliases: [],
  summary: 'settings.summary',
  roles: ['KAM'],
  effect: 'write',
  listed: true,
  input: z.object({ account: z.string().min(1) }),
  parse: (account) => (account ? { account } : {}),
  form,
  run: async () => show([]),
})

/** One that could do with nothing, and asks all the same. */
const settle = defineCommand({
  name: 'settle',
  aliases: [],
  summary: 'settings.summary',
  roles: ['KAM'],
  effect: 'write',
  listed: true,
  input: z.object({ account: z.string().optional() }),
  form,
  run: async () => show([]),
})

export const commands = [...allCommands({ bot: null, random: () => 0 }), log, settle]

export const openForm = (more: Partial<OpenForm> = {}): Shown => ({
  kind: 'form',
  form: { command: 'log', form, values: {}, errors: {}, ...more },
})

export const english: Reader = { language: 'en', timeZone: 'UTC', currency: 'EUR' }

type Script = (invocation: Invocation) => Shown | { kind: 'repeat' } | Promise<Shown | { kind: 'repeat' }>

/** A dispatcher that writes down what it was asked and answers as the test says. */
export class ScriptedDispatcher implements Dispatcher {
  readonly asked: Invocation[] = []
  readonly forgotten: ChatIdentity[] = []
  readonly introductions: Introduction[] = []
  script: Script = (invocation) => show([text(`echo ${actText(invocation)}`)])
  suggestions: (typed: string) => Promise<readonly Choice[]> = async () => []
  known = true

  async dispatch(invocation: Invocation): Promise<Reply> {
    this.asked.push(invocation)
    const answer = await this.script(invocation)
    return { updateId: 'update-1', reader: english, answer, known: this.known }
  }

  person: Pick<Actor, 'email'> | null = null

  async whoIs(): Promise<Actor | null> {
    return this.person as Actor | null
  }

  async suggest(_identity: ChatIdentity, _kind: string, typed: string) {
    return { reader: english, choices: await this.suggestions(typed) }
  }

  async turnedAway(): Promise<void> {}

  async forget(identity: ChatIdentity): Promise<void> {
    this.forgotten.push(identity)
  }
}

export const text = (words: string): View[number] => ({ kind: 'text', text: plain(words) })

function actText({ act }: Invocation): string {
  return act.kind === 'line' ? act.text : `${act.kind} ${'command' in act ? act.command : act.event}`
}

/** A promise that the test settles when it likes. */
export function gate(): { opened: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: resolve }
}

export type Noted = { level: string; facts: object; line: string }

export function notingJournal(notes: Noted[]): Journal {
  const note = (level: string) => (facts: object, line: string) => void notes.push({ level, facts, line })
  return {
    debug: note('debug'),
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
    child: () => notingJournal(notes),
  }
}

const people = [
  { id: 'U1', name: 'ada', email: 'ada@example.com', is_email_confirmed: true },
  { id: 'U2', name: 'bob', email: 'bob@example.com', is_email_confirmed: false },
  { id: 'U3', name: 'gus', email: 'gus@example.com', is_restricted: true },
  { id: 'U4', name: 'robo', is_bot: true },
  { id: 'U5', name: 'old', email: 'old@example.com', deleted: true },
  { id: 'U9', name: 'eve', team_id: 'T0OTHER', email: 'eve@other.example', is_stranger: true },
]

const rooms = [
  { id: 'C1', name: 'sales' },
  { id: 'C2', name: 'shared', is_ext_shared: true },
  { id: 'C3', name: 'hidden', is_private: true, is_member: false },
  { id: 'C4', name: 'without-ada', members: ['U2'] },
]

export type Stage = Readonly<{
  slack: SlackStandIn
  bot: SlackBot
  dispatcher: ScriptedDispatcher
  notes: Noted[]
  url: string
  close(): Promise<void>
}>

type StageOptions = Readonly<{
  mode?: 'http' | 'socket'
  standIn?: SlackStandInOptions
  limits?: Partial<SlackLimits>
  now?: () => Date
  defaults?: Reader
  cards?: CardNotes
  inbox?: Inbox
  clock?: Clock
}>

/** The adapter with a Slack of its own, and a server in front of it like the one of the whole assistant. */
export async function startStage(options: StageOptions = {}): Promise<Stage> {
  const { mode = 'http', standIn, limits, now, defaults, cards, inbox, clock } = options
  const slack = await startSlackStandIn({ mode, users: people, channels: rooms, ...standIn })
  const dispatcher = new ScriptedDispatcher()
  const notes: Noted[] = []
  const { botToken, appToken, signingSecret } = slack.identity
  const bot = createSlackBot({
    config: { botToken, apiUrl: slack.apiUrl, ...(mode === 'http' ? { signingSecret } : { appToken }) },
    dispatcher,
    journal: notingJournal(notes),
    commands,
    now: now ?? (() => new Date()),
    defaults,
    cards,
    inbox,
    ...(clock ? { clock } : {}),
    limits: { publishEveryMs: 20, reconnectMs: 20, answerInMs: 300, ...limits },
  })
  const server = createServer((request, response) => void bot.handleRequest(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`
  slack.setTarget(url)
  await bot.start()
  return { slack, bot, dispatcher, notes, url, close: () => close(slack, bot, server) }
}

async function close(slack: SlackStandIn, bot: SlackBot, server: Server): Promise<void> {
  await bot.stop()
  await slack.stop()
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
}
