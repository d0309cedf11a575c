import type { ChatIdentity } from '../../domain/identity/person.ts'
import type { Actor } from '../../domain/shared/actor.ts'
import type { Invocation } from './invocation.ts'
import { cleanText } from './parse.ts'
import type { DispatcherParts, Turn } from './turn.ts'

/** Refusals that say that something is not there, or is somebody else’s. */
const NOT_THEIRS = /\.(gone|notYours)$/
/** The values of a button that name something; what people wrote is not for the log. */
const IDS = ['id', 'account', 'meeting', 'request'] as const
const LONGEST_ID = 64

/**
 * A button that was pressed for what is not there, or not theirs, is old or forged, and is written down alike: the log does
 * not tell which of them it was, as little as the answer does. So is any press of whoever is turned away.
 */
export async function noteRefusal(turn: Turn, actor: Actor | null, why: string): Promise<void> {
  const { parts, invocation, journal } = turn
  const { act, channel, identity } = invocation
  if (act.kind !== 'press' && act.kind !== 'submit') return
  if (actor && !NOT_THEIRS.test(why)) return
  await auditRefusal(parts, { actor, channel, command: act.command, identity, why, of: idsIn(act) }).catch(
    (error: unknown) => journal.warn({ err: error }, 'a refusal could not be written down'),
  )
}

type Refused = Readonly<{
  actor: Actor | null
  channel: string
  command: string
  identity: ChatIdentity
  why: string
  of?: Readonly<Record<string, string>>
}>

export function auditRefusal(
  { unitOfWork }: Pick<DispatcherParts, 'unitOfWork'>,
  refused: Refused,
): Promise<void> {
  const { actor, channel, command, identity, why, of } = refused
  // The log knows people by our own ids alone; of whoever has none it keeps where they came from.
  const who = actor ? { role: actor.role } : { platform: identity.platform }
  return unitOfWork.change((work) =>
    work.audit.write({
      actorId: actor?.id ?? null,
      channel,
      action: 'access.refuse',
      subject: shortened(command),
      after: { ...who, why, ...of },
    }),
  )
}

/** It comes from outside, and no schema has seen it. */
const shortened = (text: string): string => cleanText(text).slice(0, LONGEST_ID).toWellFormed()

function idsIn(act: Extract<Invocation['act'], { kind: 'press' | 'submit' }>): Record<string, string> {
  const values = act.kind === 'press' ? act.args : act.values
  return Object.fromEntries(IDS.flatMap((name) => (values[name] ? [[name, shortened(values[name])]] : [])))
}
