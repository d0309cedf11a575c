import { badRequest, refusal } from './api-error.ts'
import { isJson } from './keyboard.ts'
import { DOWNLOAD_MAX, wellFormed } from './limits.ts'
import type { Params } from './params.ts'
import type { Json } from './types.ts'
import { botJson, type Call, chatJson, type Method, type Reply } from './world.ts'

const COMMANDS_MAX = 100
const DESCRIPTION_MAX = 512
const SHORT_DESCRIPTION_MAX = 120
const PLAIN_SCOPES = new Set(['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators'])
const CHAT_SCOPES = new Set(['chat', 'chat_administrators', 'chat_member'])
const MENU_BUTTONS = new Set(['default', 'commands', 'web_app'])

export const botMethods: Record<string, Method> = {
  getMe: ({ world }) => ({
    result: {
      ...botJson(world),
      can_join_groups: true,
      can_read_all_group_messages: world.options.privacy === false,
      supports_inline_queries: false,
    },
  }),
  setMyCommands,
  getMyCommands: ({ world, params }) => ({ result: world.profile.commands.get(commandKey(params)) ?? [] }),
  deleteMyCommands: ({ world, params }) => {
    world.profile.commands.delete(commandKey(params))
    return { result: true }
  },
  setMyDescription: ({ world, params }) =>
    setText(params, 'description', DESCRIPTION_MAX, world.profile.descriptions),
  getMyDescription: ({ world, params }) => ({
    result: { description: world.profile.descriptions.get(languageOf(params)) ?? '' },
  }),
  setMyShortDescription: ({ world, params }) =>
    setText(params, 'short_description', SHORT_DESCRIPTION_MAX, world.profile.shortDescriptions),
  getMyShortDescription: ({ world, params }) => ({
    result: { short_description: world.profile.shortDescriptions.get(languageOf(params)) ?? '' },
  }),
  setChatMenuButton,
  getChatMenuButton: ({ world, params }) => ({
    result: world.profile.menuButtons.get(params.text('chat_id') ?? '') ?? { type: 'default' },
  }),
  getChat: ({ world, params }) => ({ result: chatJson(world.chats.named(params.text('chat_id'))) }),
  getFile,
}

function setMyCommands({ world, params }: Call): Reply {
  const key = commandKey(params)
  const list = params.json('commands')
  if (!Array.isArray(list)) throw refusal("can't parse commands: expected an Array of BotCommand")
  if (list.length > COMMANDS_MAX) throw refusal('BOT_COMMANDS_TOO_MUCH')
  const commands = list.map(checkedCommand)
  const names = new Set(commands.map((command) => command['command']))
  if (names.size < commands.length) throw refusal('BOT_COMMAND_INVALID')
  if (commands.length === 0) world.profile.commands.delete(key)
  else world.profile.commands.set(key, commands)
  return { result: true }
}

function checkedCommand(value: unknown): Json {
  if (!isJson(value)) throw refusal("can't parse BotCommand: expected an Object")
  const { command, description } = value
  if (typeof command !== 'string' || !/^[a-z0-9_]{1,32}$/.test(command)) throw refusal('BOT_COMMAND_INVALID')
  const words = typeof description === 'string' ? wellFormed(description).trim() : ''
  if (words.length < 1) throw refusal('command description must be non-empty')
  if (words.length > 256) throw refusal('command description length must not exceed 256')
  return { command, description: words }
}

/** Two-letter language or nothing; narrower lists win only on the client, here each is kept apart. */
function languageOf(params: Params): string {
  const code = params.text('language_code') ?? ''
  if (code !== '' && !/^[a-z]{2}$/.test(code)) throw refusal('LANG_CODE_INVALID')
  return code
}

function commandKey(params: Params): string {
  const scope = params.json('scope') ?? { type: 'default' }
  return scopeKey(scope, languageOf(params))
}

export function scopeKey(scope: unknown, language: string): string {
  if (!isJson(scope)) throw refusal("can't parse BotCommandScope: expected an Object")
  const type = String(scope['type'])
  if (PLAIN_SCOPES.has(type)) return `${type} ${language}`
  if (!CHAT_SCOPES.has(type)) throw refusal("can't parse BotCommandScope: unsupported type specified")
  if (scope['chat_id'] === undefined) throw refusal("can't parse BotCommandScope: chat_id is empty")
  if (type === 'chat_member' && scope['user_id'] === undefined) {
    throw refusal("can't parse BotCommandScope: user_id is empty")
  }
  return `${type} ${JSON.stringify([scope['chat_id'], scope['user_id']])} ${language}`
}

function setText(params: Params, field: string, max: number, store: Map<string, string>): Reply {
  const text = wellFormed(params.text(field) ?? '')
  if (text.length > max) throw refusal(`${field} is too long`)
  store.set(languageOf(params), text)
  return { result: true }
}

function setChatMenuButton({ world, params }: Call): Reply {
  const button = params.json('menu_button') ?? { type: 'default' }
  if (!isJson(button) || !MENU_BUTTONS.has(String(button['type']))) {
    throw refusal("can't parse menu button: MenuButton has unsupported type")
  }
  const chatId = params.text('chat_id')
  if (chatId !== undefined) world.chats.named(chatId)
  world.profile.menuButtons.set(chatId ?? '', button)
  return { result: true }
}

function getFile({ world, params }: Call): Reply {
  const file = world.files.get(params.text('file_id') ?? '')
  if (file === undefined) throw badRequest('wrong file_id or the file is temporarily unavailable')
  if (file.bytes.length > DOWNLOAD_MAX) throw badRequest('file is too big')
  return {
    result: {
      file_id: file.fileId,
      file_unique_id: `u${file.fileId}`,
      file_size: file.bytes.length,
      file_path: `files/${file.fileId}`,
    },
  }
}
