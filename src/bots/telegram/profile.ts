import type { BotCommand } from 'telegraf/types'
import type { Command } from '../../commands/kit/command.ts'
import type { Journal } from '../../commands/kit/invocation.ts'
import type { Language } from '../../domain/shared/actor.ts'
import { sentence } from '../../i18n/translate.ts'
import type { TelegramClient } from './client.ts'
import { reasonOf } from './failures.ts'

const COMMANDS = 100
/** `help`, `start` and `cancel`, which are nobody's own. */
const EXTRA = 3
const LONGEST_DESCRIPTION = 256
const NAME = /^[a-z0-9_]{1,32}$/
const SCOPE = { type: 'all_private_chats' } as const

/** Telegram's own language code beside ours; without one it is the list for everybody else. */
const LISTS: readonly Readonly<{ code?: string; language: Language }>[] = [
  { language: 'en' },
  { code: 'en', language: 'en' },
  { code: 'ru', language: 'ru' },
]

/** The list behind Telegram's menu button, made from the declarations that run. */
export function telegramCommands(commands: readonly Command[], language: Language): readonly BotCommand[] {
  const here = commands.filter(
    ({ name, listed, on }) => listed && (on ?? ['TELEGRAM']).includes('TELEGRAM') && NAME.test(name),
  )
  const help = here.find(({ aliases }) => aliases.includes('help'))
  return [
    ...here.slice(0, COMMANDS - EXTRA).map(({ name, summary }) => entry(name, summary, language)),
    // What every Telegram user tries first.
    ...(help ? [entry('help', help.summary, language)] : []),
    entry('start', 'telegram.command.start', language),
    entry('cancel', 'telegram.command.cancel', language),
  ]
}

function entry(command: string, summary: string, language: Language): BotCommand {
  return { command, description: sentence(language, summary).slice(0, LONGEST_DESCRIPTION) }
}

type Parts = Readonly<{ client: TelegramClient; commands: readonly Command[]; journal: Journal }>

/** Writes only what differs: each change is a call that Telegram counts. That it fails stops nobody from working. */
export async function syncProfile({ client, commands, journal }: Parts): Promise<void> {
  try {
    for (const { code, language } of LISTS) {
      await syncCommands(client, telegramCommands(commands, language), code)
      await syncShortDescription(client, sentence(language, 'telegram.shortDescription'), code)
    }
  } catch (error) {
    journal.warn({ reason: reasonOf(error) }, 'telegram command lists could not be brought up to date')
  }
}

async function syncCommands(
  client: TelegramClient,
  wanted: readonly BotCommand[],
  code?: string,
): Promise<void> {
  const place = { scope: SCOPE, ...(code ? { language_code: code } : {}) }
  const there = await client.callApi('getMyCommands', place)
  const same =
    there.length === wanted.length &&
    wanted.every(({ command, description }, index) => {
      const other = there[index]
      return other?.command === command && other.description === description
    })
  if (!same) await client.callApi('setMyCommands', { commands: wanted, ...place })
}

async function syncShortDescription(client: TelegramClient, wanted: string, code?: string): Promise<void> {
  const place = code ? { language_code: code } : {}
  const { short_description: there } = await client.callApi('getMyShortDescription', place)
  if (there !== wanted) await client.callApi('setMyShortDescription', { short_description: wanted, ...place })
}
