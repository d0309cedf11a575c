import { welcome } from '../../src/commands/identity/link.ts'
import { withDialogues } from '../../src/commands/kit/dialogue.ts'
import { createDispatcher } from '../../src/commands/kit/dispatcher.ts'
import type { Act, Dispatcher, Invocation, Reply } from '../../src/commands/kit/invocation.ts'
import type { Block, View } from '../../src/commands/kit/view.ts'
import { allCommands } from '../../src/commands/registry.ts'
import { speakerFor } from '../../src/bots/speaker.ts'
import type { Database } from '../../src/db/client.ts'
import { dialogueStore } from '../../src/db/dialogues.ts'
import { newId } from '../../src/db/new-id.ts'
import { unitOfWork } from '../../src/db/unit-of-work.ts'
import { HOLIDAYS } from '../../src/holidays.ts'
import { NOW } from './clients.ts'
import { noteJournal } from './journal.ts'

const DEFAULTS = { language: 'en', timeZone: 'Europe/Moscow', currency: 'EUR' } as const

/** The whole path without a platform: dispatcher, commands, stores, a real database, and a clock that a test turns. */
export function createCore(database: Database) {
  const journal = noteJournal()
  const clock = { now: NOW }
  // Codes count up, so that a test can name the next one.
  let drawn = 0
  const commands = allCommands({ bot: { name: () => 'kamerton_bot' }, random: (limit) => drawn++ % limit })
  const now = () => clock.now
  const work = unitOfWork(database, DEFAULTS)
  const dispatcher = createDispatcher({
    commands,
    unitOfWork: work,
    welcome,
    calendar: HOLIDAYS,
    now,
    newId,
    journal,
    defaults: DEFAULTS,
  })
  const dialogues = withDialogues({
    inner: dispatcher,
    dialogues: dialogueStore(database.prisma),
    now,
    newId,
    journal,
    defaults: DEFAULTS,
  })
  return { dispatcher, dialogues, commands, journal, clock, unitOfWork: work }
}

type Change = Partial<Omit<Invocation, 'act'>>

export const line = (text: string): Act => ({ kind: 'line', text })
export const press = (command: string, args: Record<string, string> = {}): Act => ({
  kind: 'press',
  command,
  args,
})
export const submit = (command: string, values: Record<string, string>): Act => ({
  kind: 'submit',
  command,
  values,
})

/** Somebody at the console, by their id. */
export function ask(dispatcher: Dispatcher, person: string, act: Act, change: Change = {}): Promise<Reply> {
  return dispatcher.dispatch({
    channel: 'console',
    identity: { platform: 'CONSOLE', workspace: '', externalId: person },
    key: newId(),
    chat: person,
    audience: 'asker',
    act,
    ...change,
  })
}

/** What the person reads, line by line. */
export function readReply({ answer, reader }: Reply): string {
  if (answer.kind === 'repeat') return '(silence)'
  const speak = speakerFor(reader)
  if (answer.kind === 'view') return readView(answer.view, speak)
  const { form, values, errors } = answer.form
  const fields = form.fields.map((field) => {
    const value = values[field.name]
    const error = errors[field.name]
    return `${speak({ key: field.label })}: ${value ? speak(value.label) : ''}${error ? ` ! ${speak(error)}` : ''}`
  })
  return [`[${speak({ key: form.title })}]`, ...fields].join('\n')
}

/** A view in the words of one reader, block by block. */
export function readView(view: View, speak: ReturnType<typeof speakerFor>): string {
  return view.map((block) => readBlock(block, speak)).join('\n')
}

function readBlock(block: Block, speak: ReturnType<typeof speakerFor>): string {
  switch (block.kind) {
    case 'heading':
      return `# ${speak(block.text)}${block.badge ? ` (${speak(block.badge.text)})` : ''}`
    case 'text':
    case 'note':
      return speak(block.text)
    case 'fields':
      return [
        block.title && `## ${speak(block.title)}`,
        ...block.fields.map(({ label, value }) => `${speak(label)}: ${speak(value)}`),
      ]
        .filter(Boolean)
        .join('\n')
    case 'list':
      return [block.title && `## ${speak(block.title)}`, ...block.items.map(({ text }) => `- ${speak(text)}`)]
        .filter(Boolean)
        .join('\n')
    case 'table':
      return [block.columns.map(({ label }) => speak(label)), ...block.rows.map((row) => row.map(speak))]
        .map((row) => row.join(' | '))
        .join('\n')
    case 'divider':
      return '---'
    case 'buttons':
      return block.buttons.map(({ label }) => `[${speak(label)}]`).join(' ')
  }
}
