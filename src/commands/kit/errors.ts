import type { z } from 'zod'
import { DomainError, UnavailableError } from '../../domain/shared/errors.ts'
import type { MessageKey } from '../../i18n/keys.ts'
import type { Answer, Command, Shown } from './command.ts'
import type { Asked } from './turn.ts'
import type { OpenForm } from './form.ts'
import type { Journal } from './invocation.ts'
import type { Parsed } from './parse.ts'
import { type Block, plain, say, show, type Text, type View } from './view.ts'

/** A refusal or a mistake in one sentence, without parameters. */
export function refusal(key: MessageKey): Shown {
  return show([{ kind: 'text', tone: 'bad', text: { key } }])
}

/** What was thrown, for a person. Only what nobody foresaw is logged with its stack; its id leads there. */
export function errorView(error: unknown, updateId: string, journal: Journal): View {
  if (error instanceof DomainError) {
    journal.info({ code: error.code }, 'refused by rule')
    return [
      { kind: 'text', tone: 'bad', text: { key: `error.${error.code}` as MessageKey, params: error.params } },
    ]
  }
  if (error instanceof UnavailableError) {
    journal.warn({ err: error }, 'unavailable')
    return [{ kind: 'text', tone: 'bad', text: say('error.unavailable', { id: updateId }) }]
  }
  journal.error({ err: error }, 'failed')
  return [{ kind: 'text', tone: 'bad', text: say('error.unexpected', { id: updateId }) }]
}

export function unknownCommand({ typed, rest, nearest }: Extract<Parsed, { kind: 'unknown' }>): Answer {
  const blocks: Block[] = [{ kind: 'text', tone: 'bad', text: say('error.unknownCommand', { typed }) }]
  if (nearest) {
    const args = stringsOf(nearest.parse?.(rest) ?? {})
    const label = plain(`/${nearest.name}${rest ? ` ${rest.slice(0, 40)}` : ''}`)
    blocks.push({ kind: 'buttons', buttons: [{ label, command: nearest.name, args, style: 'primary' }] })
  }
  const help = { label: say('help.button'), command: 'kamerton', args: {} }
  return show([...blocks, { kind: 'buttons', buttons: [help] }])
}

/** A form comes back with its wrong fields named and everything typed kept; a button of another version says so. */
export function wrongInput(
  command: Command,
  { raw, by }: Asked,
  issues: readonly z.core.$ZodIssue[],
): Answer {
  if (by === 'press') return refusal('error.oldButton')
  if (command.form)
    return { kind: 'form', form: formWithErrors(command, command.form, raw, by === 'submit' ? issues : []) }
  const view: Block[] = [{ kind: 'text', tone: 'bad', text: messageOf(issues[0]) }]
  if (command.example)
    view.push({ kind: 'note', text: say('error.example', { example: { key: command.example } }) })
  return show(view)
}

function formWithErrors(
  command: Command,
  form: NonNullable<Command['form']>,
  raw: Asked['raw'],
  issues: readonly z.core.$ZodIssue[],
): OpenForm {
  const values = Object.entries(stringsOf(raw)).map(
    ([name, value]) => [name, { value, label: plain(value) }] as const,
  )
  const errors = issues.map((issue) => [String(issue.path[0] ?? ''), messageOf(issue)] as const)
  return {
    command: command.name,
    form,
    values: Object.fromEntries(values),
    errors: Object.fromEntries(errors),
  }
}

/** Schemas name their sentence as the issue's message: `error.nameTooLong`. Anything else is said in general words. */
function messageOf(issue: z.core.$ZodIssue | undefined): Text {
  const key = issue?.message ?? ''
  return { key: (/^error\.\w+$/.test(key) ? key : 'error.wrongInput') as MessageKey }
}

function stringsOf(raw: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(raw).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
