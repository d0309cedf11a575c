import { createInterface, type Interface } from 'node:readline/promises'
import type { OpenForm } from '../../commands/kit/form.ts'
import type { Act, Dispatcher, Reply } from '../../commands/kit/invocation.ts'
import { type Block, type Button, plain, say, type Text, type View } from '../../commands/kit/view.ts'
import type { Actor, Reader } from '../../domain/shared/actor.ts'
import { DEFAULT_READER, speakerFor } from '../speaker.ts'
import { paintFor } from './paint.ts'
import { renderPage, type Screen } from './render.ts'

export type TerminalParts = Readonly<{
  /** Wrapped with dialogues: forms come as questions with numbered answers. */
  dispatcher: Dispatcher
  /** Who sits here: their identity on the console. */
  persona: string
  input: NodeJS.ReadableStream & { isTTY?: boolean }
  output: NodeJS.WritableStream & { isTTY?: boolean; columns?: number }
  newId(): string
  now(): Date
  /** How people nobody knows are spoken to. */
  defaults?: Reader | undefined
  /** Measured from the output where it is a terminal, else 80. */
  columns?: number
  /** On a terminal unless NO_COLOR says otherwise, which the composition root knows. */
  colour?: boolean
}>

export type Terminal = Readonly<{ run(): Promise<void> }>

const USUAL_COLUMNS = 80
const NARROWEST = 24
const LEAVE = /^\/(quit|exit|выход)$/i

/** The same talk as on every platform, at a prompt. It ends with the input, or by `/quit`. */
export function createTerminal(parts: TerminalParts): Terminal {
  return { run: () => run(parts) }
}

type Session = { readonly parts: TerminalParts; reader: Reader; buttons: readonly Button[] }

async function run(parts: TerminalParts): Promise<void> {
  const { input, output } = parts
  const person = await parts.dispatcher.whoIs(identityOf(parts))
  // The dispatcher has an answer for people it does not know; until then, plain words.
  const reader = person ?? parts.defaults ?? DEFAULT_READER
  const session: Session = { parts, reader, buttons: [] }
  const lines = createInterface({
    input,
    output,
    terminal: Boolean(output.isTTY && input.isTTY),
    prompt: promptOf(parts),
  })
  // Ctrl-C at the prompt leaves too; what is being answered has been given to the dispatcher already.
  lines.on('SIGINT', () => lines.close())
  greet(session, person)
  await converse(session, lines)
  lines.close()
  write(session, [{ kind: 'note', text: say('console.terminal.bye') }])
}

async function converse(session: Session, lines: Interface): Promise<void> {
  // What was typed ahead is still answered after the input has ended, but there is nobody left to prompt.
  let open = true
  lines.once('close', () => {
    open = false
  })
  lines.prompt()
  for await (const line of lines) {
    const typed = line.trim()
    if (LEAVE.test(typed)) return
    if (typed !== '') await answer(session, actOf(typed, session.buttons))
    if (open) lines.prompt()
  }
}

/** A number presses its button; `=5` says the number five. */
function actOf(typed: string, buttons: readonly Button[]): Act {
  const button = /^\d{1,3}$/.test(typed) ? buttons[Number(typed) - 1] : undefined
  if (button) return { kind: 'press', command: button.command, args: button.args }
  return { kind: 'line', text: /^=\d+$/.test(typed) ? typed.slice(1) : typed }
}

async function answer(session: Session, act: Act): Promise<void> {
  const { dispatcher, persona, newId } = session.parts
  const reply = await dispatcher.dispatch({
    channel: 'terminal',
    identity: identityOf(session.parts),
    key: newId(),
    chat: `terminal:${persona}`,
    audience: 'asker',
    act,
  })
  session.reader = reply.reader
  session.buttons = write(session, viewOf(reply))
}

function viewOf({ answer: given }: Reply): View {
  if (given.kind === 'view') return given.view
  if (given.kind === 'form') return formView(given.form)
  return [{ kind: 'note', text: say('console.terminal.repeat') }]
}

/** Only seen when nobody wrapped the dispatcher with dialogues: says at least what would be asked. */
function formView({ form, values, errors }: OpenForm): View {
  const valueOf = (name: string): Text => errors[name] ?? values[name]?.label ?? plain('—')
  const fields = form.fields.map(({ name, label }) => ({ label: { key: label }, value: valueOf(name) }))
  return [
    { kind: 'heading', text: { key: form.title } },
    { kind: 'fields', fields },
  ]
}

function greet(session: Session, person: Actor | null): void {
  const hello: Block[] = person ? [{ kind: 'text', text: helloTo(person) }] : []
  const remarks = ['console.terminal.choose', 'console.terminal.literal', 'console.terminal.leave'] as const
  write(session, [...hello, ...remarks.map((key): Block => ({ kind: 'note', text: { key } }))])
}

function helloTo({ name, role }: Actor): Text {
  const help = plain('/kamerton')
  return say('console.terminal.hello', { name: plain(name), role: { key: `role.${role}` }, help })
}

function write({ parts, reader }: Session, view: View): readonly Button[] {
  const page = renderPage(view, screenOf(parts, reader))
  parts.output.write(`\n${page.lines.join('\n')}\n\n`)
  return page.buttons
}

/** Measured at each answer, because windows are resized. */
function screenOf({ columns, colour, output }: TerminalParts, reader: Reader): Screen {
  const width = Math.max(columns ?? output.columns ?? USUAL_COLUMNS, NARROWEST)
  return { columns: width, paint: paintFor(colour ?? output.isTTY ?? false), speak: speakerFor(reader) }
}

function promptOf({ colour, output }: TerminalParts): string {
  return paintFor(colour ?? output.isTTY ?? false).accent('› ')
}

const identityOf = ({ persona }: TerminalParts) =>
  ({ platform: 'CONSOLE', workspace: '', externalId: persona }) as const
