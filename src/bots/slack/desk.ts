import { randomUUID } from 'node:crypto'
import type { Command } from '../../commands/kit/command.ts'
import type { Happening } from '../../commands/kit/event.ts'
import type { Act, Dispatcher, Invocation, Journal, Reply } from '../../commands/kit/invocation.ts'
import { parseLine } from '../../commands/kit/parse.ts'
import { say, type View } from '../../commands/kit/view.ts'
import type { Reader } from '../../domain/shared/actor.ts'
import { inTime, LATE } from '../in-time.ts'
import { textAt } from '../json.ts'
import type { CardNotes } from '../ports.ts'
import { remember } from '../remember.ts'
import { speakerFor, type Speaker } from '../speaker.ts'
import type { Audiences } from './audience.ts'
import type { SlackClient } from './client.ts'
import type { SlackLimits } from './limits.ts'
import { checkHidden } from './form.ts'
import type { Intake } from './intake.ts'
import { identityOf, type Installation, introductionOf } from './membership.ts'
import type { Rechecks } from './recheck.ts'
import type { PushPace } from './push-pace.ts'
import type { Standing } from './standing.ts'

/** What every handler of an update works with. */
export type Desk = Readonly<{
  dispatcher: Dispatcher
  journal: Journal
  commands: readonly Command[]
  /** Where answers are noted that show the card of a request. */
  cards: CardNotes | undefined
  client: SlackClient
  audiences: Audiences
  intake: Intake
  /** Told of every answer, so that what nobody asked for keeps its distance. */
  pace: PushPace
  standing: Standing
  readers: Readers
  rechecks: Rechecks
  /** How people nobody knows are spoken to. */
  defaults: Reader
  /** Commands that have answered a press with a form before: for them a window is opened before the answer is known. */
  formPresses: Set<string>
  /** By window, while presses in it are under way: the key of the last one. */
  newestPress: Map<string, string>
  limits: SlackLimits
  apiUrl: string
  installation(): Installation
  now(): Date
  stopped: AbortSignal
}>

/** How the people we lately spoke to are spoken to, for words that must be said before the database has answered. */
export type Readers = Readonly<{
  of(user: string): Reader | undefined
  note(user: string, reader: Reader): void
}>

const MOST_READERS = 2_000

export function createReaders(): Readers {
  const known = new Map<string, Reader>()
  return {
    of: (user) => known.get(user),
    note(user, reader) {
      remember(known, user, reader, MOST_READERS)
    },
  }
}

export const speakerOf = (desk: Desk, user: string): Speaker =>
  speakerFor(desk.readers.of(user) ?? desk.defaults)

/** For refusals that never reach the dispatcher, in the language of whoever is refused, if anybody knows it. */
export async function refusalSpeaker(desk: Desk, user: string): Promise<Speaker> {
  if (desk.readers.of(user)) return speakerOf(desk, user)
  const actor = desk.dispatcher.whoIs(identityOf(desk.installation(), user)).catch(() => null)
  const known = await inTime(actor, desk.limits.answerInMs)
  return speakerFor(known === LATE || known === null ? desk.defaults : known)
}

export const refusalView = (key: 'error.oldButton' | 'error.identity.stranger'): View => [
  { kind: 'text', tone: 'bad', text: say(key) },
]

/** What nobody may do, or what we never made, does not reach the dispatcher; that it was pressed is written down. */
export async function noteTurnedAway(
  desk: Desk,
  payload: unknown,
  command: string,
  why: 'identity.stranger' | 'oldButton',
): Promise<void> {
  const workspace = textAt(payload, 'user', 'team_id')
  const identity = { platform: 'SLACK', workspace, externalId: textAt(payload, 'user', 'id') } as const
  const noted = desk.dispatcher
    .turnedAway(identity, 'slack', command, why)
    .catch((error: unknown) => desk.journal.warn({ err: error }, 'a refusal could not be written down'))
  await inTime(noted, desk.limits.answerInMs)
}

/** `audience`: `asker` for what only they can ever see, such as a window; else the channel decides. */
export type Question = Readonly<{
  user: string
  key: string
  chat: string
  act: Act | Happening
  audience?: Invocation['audience']
  saidAt?: Date
  /** The ts of a message that its author may still edit. */
  message?: string
}>

/** What to say, and to whom. Always an answer, whatever goes wrong on the way. */
export type Said = Readonly<{ reply: Reply; speak: Speaker }>

export async function ask(desk: Desk, question: Question): Promise<Said> {
  const { user, key, chat, act, saidAt, message } = question
  const installation = desk.installation()
  try {
    const audience = question.audience ?? (await desk.audiences.of(chat, user))
    const isStored = desk.intake.isKept(key)
    const invocation: Invocation = {
      channel: 'slack',
      identity: identityOf(installation, user),
      key: key || randomUUID(),
      ...(isStored ? { stored: true } : {}),
      ...(desk.intake.isResumed(key) ? { resumed: true } : {}),
      chat,
      audience,
      act,
      ...(saidAt ? { saidAt } : {}),
      ...(message ? { message } : {}),
      introduce: () => introductionOf(desk.client, installation, user),
    }
    const first = await desk.dispatcher.dispatch(invocation)
    // On a slow database the keeping overtakes the work that it is for: then its key is known, and no repeat.
    const isOvertaken = first.answer.kind === 'repeat' && !isStored && desk.intake.isKept(key)
    const reply = isOvertaken ? await desk.dispatcher.dispatch({ ...invocation, stored: true }) : first
    if (reply.known) desk.readers.note(user, reply.reader)
    // Beside the answer, which does not wait for it.
    if (reply.known) void desk.rechecks.of(user)
    if (reply.answer.kind === 'form') checkHidden(reply.answer.form)
    if (reply.answer.kind === 'form' && act.kind === 'press') desk.formPresses.add(act.command)
    return { reply, speak: speakerFor(reply.reader) }
  } catch (error) {
    return failed(desk, user, error)
  }
}

function failed(desk: Desk, user: string, error: unknown): Said {
  const updateId = randomUUID().slice(-8)
  desk.journal.error({ err: error, updateId }, 'an update failed in the Slack adapter')
  const view: View = [{ kind: 'text', tone: 'bad', text: say('error.unexpected', { id: updateId }) }]
  const reader = desk.readers.of(user) ?? desk.defaults
  return {
    reply: { updateId, reader, known: false, failed: true, answer: { kind: 'view', view } },
    speak: speakerFor(reader),
  }
}

/** True when a form will be the answer, so that a window may be opened before the database has said anything. */
export function opensForm({ commands, formPresses }: Desk, act: Act): boolean {
  if (act.kind !== 'line') return formPresses.has(act.command) || asksMore(commands, act)
  const parsed = parseLine(act.text.trim(), commands)
  if (parsed.kind !== 'command' || !parsed.command.form) return false
  // With nothing behind its name, a command that has a form asks.
  return parsed.rest === '' || !parsed.command.prepare(parsed.command.parse?.(parsed.rest) ?? {}).ok
}

/**
 * A button that edits asks for a form, and so does one of a command that is typed, or one that brings nothing of what its
 * command's form asks for.
 */
function asksMore(commands: readonly Command[], act: Exclude<Act, { kind: 'line' }>): boolean {
  if (act.kind !== 'press') return false
  if (act.command.endsWith('-edit')) return true
  const command = commands.find(({ name }) => name === act.command)
  if (!command?.form) return false
  const { fields } = command.form
  const brings = fields.some(({ name }) => act.args[name] !== undefined)
  return command.listed || (!brings && fields.some(({ optional }) => !optional))
}
