import type { z } from 'zod'
import type { Actor, Platform, Role } from '../../domain/shared/actor.ts'
import type { Day } from '../../domain/shared/day.ts'
import type { Calendar } from '../../domain/identity/hours.ts'
import type { ChatIdentity } from '../../domain/identity/person.ts'
import type { About } from '../../domain/notices/cards.ts'
import type { MessageRef } from '../../domain/meetings/meeting.ts'
import type { Work } from '../../domain/shared/work.ts'
import type { MessageKey } from '../../i18n/keys.ts'
import type { Form, OpenForm } from './form.ts'
import type { EventName } from './event.ts'
import type { Ahead } from './unit-of-work.ts'
import type { View } from './view.ts'

/** What a command sees of the world: who asks, what day it is for them, and the bound stores. */
export type Context = Readonly<{
  actor: Actor
  work: Work
  now: Date
  today: Day
  channel: string
  identity: ChatIdentity
  /** When the words were said: earlier than `now` for a message that waited on its way. */
  saidAt: Date
  /** The message that brought this, where the platform names it. */
  source: MessageRef | null
  calendar: Calendar
}>

/** `silence`: there is nothing to say, as for the edit of a message that led to nothing. */
export type Answer = Shown | Readonly<{ kind: 'silence' }>

export type Shown =
  | Readonly<{
      kind: 'view'
      view: View
      /** It is the card of this request: wherever the message can be edited later, it follows what becomes of it. */
      about?: About
      /** A form's next question, or no more than that it is done: the card that stood there comes back in its place. */
      passing?: true
    }>
  /** Ask for what is missing. */
  | Readonly<{ kind: 'form'; form: OpenForm }>

/** One use case, declared once and run the same from every platform. */
type Declaration<Input> = Readonly<{
  /** What is typed after the slash, and what buttons carry. */
  name: string
  /** Other words for it, in both languages. */
  aliases: readonly string[]
  /** One line for help and for the platforms' command lists. */
  summary: MessageKey
  /** A right example of the whole line, in the reader's language. */
  example?: MessageKey
  /** Who may run it. No default: to forget it does not compile. */
  roles: readonly Role[]
  /** `write` runs in one transaction together with its audit row and the update's key. */
  effect: 'read' | 'write'
  /** Listed commands are typed and shown in help; the others are reached by buttons and forms. */
  listed: boolean
  /** Where it makes sense; everywhere when absent. */
  on?: readonly Platform[]
  input: z.ZodType<Input>
  /** Turns the text after the name into raw input for the schema; `word` is the name or alias that was typed. */
  parse?: (text: string, word?: string) => Readonly<Record<string, unknown>>
  form?: Form
  /** The event that this command answers: an edited message, a shared place. */
  hears?: EventName
  /** Raw input when a line without a command is meant for this one, else null. The first in the registry takes it. */
  plain?: (text: string) => Readonly<Record<string, unknown>> | null
  /** The account that the answer is about, if it is: it is read together with who asks. */
  ahead?: (input: Input) => Ahead | null
  run(context: Context, input: Input): Promise<Answer>
}>

export type Prepared =
  | Readonly<{ ok: true; ahead: Ahead | null; run(context: Context): Promise<Answer> }>
  | Readonly<{ ok: false; issues: readonly z.core.$ZodIssue[] }>

/** A declaration whose input type is sealed in: raw input goes through the command's own schema or does not run. */
export type Command = Omit<Declaration<never>, 'input' | 'ahead' | 'run'> &
  Readonly<{ input: z.ZodType; prepare(raw: unknown): Prepared }>

export function defineCommand<Input>(declaration: Declaration<Input>): Command {
  return {
    ...declaration,
    prepare(raw) {
      const parsed = declaration.input.safeParse(raw)
      if (!parsed.success) return { ok: false, issues: parsed.error.issues }
      const ahead = declaration.ahead?.(parsed.data) ?? null
      return { ok: true, ahead, run: (context) => declaration.run(context, parsed.data) }
    },
  }
}
