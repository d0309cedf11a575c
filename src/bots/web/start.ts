import type { Command } from '../../commands/kit/command.ts'
import { console as englishWords } from '../../i18n/en/console.ts'
import type { MessageKey } from '../../i18n/keys.ts'
import { console as russianWords } from '../../i18n/ru/console.ts'
import { sentence } from '../../i18n/translate.ts'
import type { Persona } from './personas.ts'
import type { Both, ShownCommand, ShownPersona, Start } from './protocol.ts'

/** All that the page needs before the first word is typed. Texts come in both languages: each pane speaks its own. */
export function startOf(personas: readonly Persona[], commands: readonly Command[]): Start {
  return {
    personas: personas.map((persona) => shownPersona(persona, commands)),
    words: { en: englishWords, ru: russianWords },
  }
}

const both = (key: MessageKey): Both => ({ en: sentence('en', key), ru: sentence('ru', key) })

function shownPersona(
  { id, name, role, language, about }: Persona,
  commands: readonly Command[],
): ShownPersona {
  const mine = commands.filter(
    (one) => one.listed && one.roles.includes(role) && (one.on ?? ['CONSOLE']).includes('CONSOLE'),
  )
  return {
    id,
    name,
    language,
    role: both(`role.${role}`),
    sees: about ?? both(`console.sees.${role}`),
    commands: mine.map(shownCommand),
  }
}

function shownCommand({ name, aliases, summary, form }: Command): ShownCommand {
  const takesAccount = name === 'account' || (form?.fields.some((field) => field.kind === 'account') ?? false)
  return { name, aliases, summary: both(summary), takesAccount }
}
