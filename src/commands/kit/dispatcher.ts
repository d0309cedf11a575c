import type { Actor, Reader } from '../../domain/shared/actor.ts'
import { dayIn } from '../../domain/shared/day.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import type { Work } from '../../domain/shared/work.ts'
import type { Answer, Command, Context, Prepared } from './command.ts'
import { errorView, refusal, unknownCommand, wrongInput } from './errors.ts'
import { handsInCode, introduced, isWelcomed, welcomed } from './first-contact.ts'
import { auditRefusal, noteRefusal } from './refusals.ts'
import type { Asked, DispatcherParts, Turn } from './turn.ts'
import type { Dispatcher, Invocation, Reply } from './invocation.ts'
import { cleanText, LONGEST_LINE, parseLine } from './parse.ts'
import { suggestChoices } from './suggest.ts'
import type { Ahead, ReadAhead } from './unit-of-work.ts'
import { answerOf, doneBefore } from './unseen.ts'

export function createDispatcher(parts: DispatcherParts): Dispatcher {
  return {
    dispatch: (invocation) => dispatch(parts, invocation),
    whoIs: (identity) => parts.unitOfWork.identify(identity, parts.now()),
    async suggest(identity, kind, typed) {
      const actor = await parts.unitOfWork.identify(identity, parts.now())
      if (!actor) return { reader: parts.defaults, choices: [] }
      const choices = await parts.unitOfWork.read((work) =>
        suggestChoices(work, actor, kind, cleanText(typed)),
      )
      return { reader: actor, choices }
    },
    turnedAway: (identity, channel, command, why) =>
      auditRefusal(parts, { actor: null, channel, command, identity, why }),
    async forget(identity, channel) {
      await parts.unitOfWork.change(async (work) => {
        const subject = await work.people.unlinkIdentity(identity)
        if (subject) await work.audit.write({ actorId: null, channel, action: 'identity.unlink', subject })
      })
    },
  }
}

/** Each step answers one question; whatever is thrown on the way becomes a view at the end, here and nowhere else. */
async function dispatch(parts: DispatcherParts, invocation: Invocation): Promise<Reply> {
  const updateId = parts.newId().slice(-8)
  const journal = parts.journal.child({ updateId, channel: invocation.channel })
  const turn: Turn = { parts, invocation, now: parts.now(), journal }
  let reader: Reader = { ...parts.defaults, ...invocation.hint }
  let actor: Actor | null = null
  try {
    // Seen before? Who is it?
    const asked = readyFrom(turn)
    const received = await parts.unitOfWork.receive(invocation, turn.now, aheadOf(turn, asked))
    actor = received.actor
    reader = actor ?? reader
    if (received.repeat) return { updateId, reader, known: actor !== null, answer: doneBefore(invocation) }

    actor ??= await introduced(turn)
    if (!actor || handsInCode(invocation)) {
      if (!actor && isWelcomed(invocation)) await noteRefusal(turn, null, 'identity.noAccount')
      return { updateId, reader, known: actor !== null, answer: await welcomed(turn) }
    }
    reader = actor
    const answer = await answerKnown(turn, asked, { ...received, actor })
    return { updateId, reader: await readerAfter(turn, actor), known: true, answer: spoken(answer) }
  } catch (error) {
    if (error instanceof DomainError) await noteRefusal(turn, actor, error.code)
    return {
      updateId,
      reader,
      known: actor !== null,
      failed: !(error instanceof DomainError),
      answer: { kind: 'view', view: errorView(error, updateId, journal) },
    }
  }
}

/** Which command, and with what: for that nobody need be known. */
type Ready = Readonly<{ answer: Answer }> | (Asked & Readonly<{ prepared: Prepared }>)

function readyFrom(turn: Turn): Ready {
  const asked = commandAsked(turn)
  return 'answer' in asked ? asked : { ...asked, prepared: asked.command.prepare(asked.raw) }
}

function aheadOf({ invocation }: Turn, asked: Ready): Ahead | null {
  if (invocation.audience === 'outsiders' || 'answer' in asked) return null
  return asked.prepared.ok ? asked.prepared.ahead : null
}

type Known = Readonly<{ actor: Actor; ahead: ReadAhead | null }>

async function answerKnown(turn: Turn, asked: Ready, { actor, ahead }: Known): Promise<Answer> {
  if (turn.invocation.audience === 'outsiders') return refusal('error.outsiders')
  if ('answer' in asked) return asked.answer
  const { command, prepared } = asked

  // May they? Asked before any form is shown.
  if (!command.roles.includes(actor.role)) return await refuseRole(turn, actor, command)

  // Complete?
  if (!prepared.ok) return wrongInput(command, asked, prepared.issues)

  const started = performance.now()
  const act = (work: Work) => prepared.run(contextOf(turn, actor, work))
  const { unitOfWork } = turn.parts
  const answer = await (command.effect === 'read'
    ? unitOfWork.read(act, ahead)
    : unitOfWork.write(turn.invocation, turn.now, act))
  turn.journal.info({ command: command.name, ms: Math.round(performance.now() - started) }, 'answered')
  const said = answerOf(answer, turn.invocation)
  return said.kind === 'repeat' ? SILENCE : said
}

const SILENCE: Answer = { kind: 'silence' }

const spoken = (answer: Answer): Reply['answer'] => (answer.kind === 'silence' ? { kind: 'repeat' } : answer)

function contextOf({ parts, now, invocation }: Turn, actor: Actor, work: Work): Context {
  const { identity, chat, message, saidAt } = invocation
  return {
    actor,
    work,
    now,
    today: dayIn(actor.timeZone, now),
    channel: invocation.channel,
    identity,
    // A clock that runs ahead must not lead into the future.
    saidAt: saidAt && saidAt < now ? saidAt : now,
    source: message ? { platform: identity.platform, chat, message } : null,
    calendar: parts.calendar,
  }
}

/** After a change of settings the answer already speaks the new way. What is saved is saved: a failure here is none. */
async function readerAfter(turn: Turn, actor: Actor): Promise<Reader> {
  const { act } = turn.invocation
  const name = act.kind === 'press' || act.kind === 'submit' ? act.command : null
  const command = turn.parts.commands.find((one) => one.name === name)
  if (command?.effect !== 'write') return actor
  const after = await turn.parts.unitOfWork.identify(turn.invocation.identity, turn.now).catch(() => null)
  return after ?? actor
}

function commandAsked({ parts, invocation }: Turn): Asked | Readonly<{ answer: Answer }> {
  const { act } = invocation
  if (act.kind === 'event') {
    const command = parts.commands.find((one) => one.hears === act.event)
    return command ? { command, raw: cleaned(act.values), by: act.kind } : { answer: SILENCE }
  }
  if (act.kind !== 'line') {
    const command = parts.commands.find((one) => one.name === act.command)
    if (!command) return { answer: refusal('error.oldButton') }
    return { command, raw: cleaned(act.kind === 'press' ? act.args : act.values), by: act.kind }
  }
  if (act.text.length > LONGEST_LINE) return { answer: refusal('error.lineTooLong') }
  return commandTyped(parts.commands, cleanText(act.text))
}

const cleaned = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, cleanText(value)]))

function commandTyped(commands: readonly Command[], line: string): Asked | Readonly<{ answer: Answer }> {
  const parsed = parseLine(line, commands)
  if (parsed.kind === 'unknown') return { answer: unknownCommand(parsed) }
  if (parsed.kind === 'plain') return plainly(commands, parsed.text)
  return { command: parsed.command, raw: parsed.command.parse?.(parsed.rest, parsed.word) ?? {}, by: 'line' }
}

/** Without a command: what some command takes for its own, else the name of an account; an empty line asks for help. */
function plainly(commands: readonly Command[], text: string): Asked {
  for (const command of commands) {
    const raw = text === '' ? null : command.plain?.(text)
    if (raw) return { command, raw, by: 'line' }
  }
  const command = commandFor(commands, text === '' ? 'kamerton' : 'account')
  return { command, raw: command.parse?.(text) ?? {}, by: 'line' }
}

function commandFor(commands: readonly Command[], name: string): Command {
  const command = commands.find((one) => one.name === name)
  if (!command) throw new Error(`the registry has no ${name} command`)
  return command
}

async function refuseRole(turn: Turn, actor: Actor, command: Command): Promise<Answer> {
  const { parts, invocation, journal } = turn
  journal.warn({ command: command.name, role: actor.role }, 'refused by role')
  const { identity, channel } = invocation
  await auditRefusal(parts, { actor, channel, command: command.name, identity, why: 'role' })
  return refusal('error.notForYourRole')
}
