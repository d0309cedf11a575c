import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTelegramStandIn, type TelegramStandIn } from '../../support/telegram/telegram-stand-in.ts'
import { ANNA, callApi } from './api-client.ts'

let standIn: TelegramStandIn

beforeAll(async () => {
  standIn = await startTelegramStandIn()
  standIn.meet(ANNA)
})

afterAll(() => standIn.stop())

async function describeSend(params: Record<string, unknown>): Promise<string> {
  const reply = await callApi(standIn, 'sendMessage', { chat_id: ANNA.id, text: 'x', ...params })
  return reply.ok ? 'ok' : (reply.description ?? '')
}

function keyboard(...rows: number[]): Record<string, unknown> {
  const inline = rows.map((count) => Array.from({ length: count }, () => ({ text: 'b', callback_data: 'd' })))
  return { reply_markup: { inline_keyboard: inline } }
}

function command(name: string, description = 'words'): { command: string; description: string } {
  return { command: name, description }
}

async function tell(method: string, field: string, length: number): Promise<boolean> {
  return (await callApi(standIn, method, { [field]: 'd'.repeat(length) })).ok
}

function withButton(button: Record<string, unknown>): Record<string, unknown> {
  return { reply_markup: { inline_keyboard: [[button]] } }
}

describe('the length of a message', () => {
  test.each([
    ['4096 characters pass', { text: 'я'.repeat(4096) }, 'ok'],
    ['4097 characters are too many', { text: 'я'.repeat(4097) }, 'Bad Request: message is too long'],
    ['an emoji counts twice', { text: '👋'.repeat(2049) }, 'Bad Request: message is too long'],
    ['tags do not count', { text: `<b>${'&amp;'.repeat(4096)}</b>`, parse_mode: 'HTML' }, 'ok'],
    ['an empty text is refused', { text: '' }, 'Bad Request: message text is empty'],
    ['a text of spaces is refused', { text: ' \n ' }, 'Bad Request: message text is empty'],
    [
      'a text of tags only is refused',
      { text: '<b></b>', parse_mode: 'HTML' },
      'Bad Request: message text is empty',
    ],
    ['half an emoji is refused', { text: '👋'.slice(0, 1) }, 'Bad Request: strings must be encoded in UTF-8'],
    [
      'MarkdownV2 is refused',
      { parse_mode: 'MarkdownV2' },
      "Bad Request: can't parse entities: MarkdownV2 is not used here",
    ],
    ['an unknown parse mode is refused', { parse_mode: 'rtf' }, 'Bad Request: unsupported parse_mode'],
    [
      'bad HTML is refused',
      { text: '<p>', parse_mode: 'HTML' },
      'Bad Request: can\'t parse entities: Unsupported start tag "p" at byte offset 0',
    ],
    [
      'an entity beyond the text is refused',
      { entities: [{ type: 'bold', offset: 0, length: 2 }] },
      'Bad Request: entity bold beyond the text',
    ],
  ])('%s', async (_name, params, answer) => {
    expect(await describeSend(params)).toBe(answer)
  })
})

describe('the keyboard', () => {
  test.each([
    ['8 buttons in a row pass', keyboard(8), 'ok'],
    ['9 buttons in a row are too many', keyboard(9), 'Bad Request: reply markup is too long'],
    ['100 buttons pass', keyboard(...Array.from({ length: 20 }, () => 5)), 'ok'],
    [
      '101 buttons are too many',
      keyboard(...Array.from({ length: 20 }, () => 5), 1),
      'Bad Request: reply markup is too long',
    ],
    ['64 bytes of data pass', withButton({ text: 'b', callback_data: 'я'.repeat(32) }), 'ok'],
    [
      '65 bytes of data are too many',
      withButton({ text: 'b', callback_data: `${'я'.repeat(32)}a` }),
      'Bad Request: BUTTON_DATA_INVALID',
    ],
    [
      'empty data is refused',
      withButton({ text: 'b', callback_data: '' }),
      'Bad Request: BUTTON_DATA_INVALID',
    ],
    [
      'an empty label is refused',
      withButton({ text: ' ', callback_data: 'd' }),
      'Bad Request: keyboard button text must be non-empty',
    ],
    [
      'an unknown style is refused',
      withButton({ text: 'b', callback_data: 'd', style: 'red' }),
      'Bad Request: invalid button style',
    ],
    [
      'a local address is refused',
      withButton({ text: 'b', url: 'http://localhost/x' }),
      'Bad Request: inline keyboard button URL "http://localhost/x" is invalid: Wrong HTTP URL',
    ],
    [
      'a button that does nothing is refused',
      withButton({ text: 'b' }),
      "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      'a placeholder of 65 characters is refused',
      { reply_markup: { force_reply: true, input_field_placeholder: 'p'.repeat(65) } },
      'Bad Request: input field placeholder must be 1-64 characters long',
    ],
    [
      'a placeholder of 64 characters passes',
      { reply_markup: { force_reply: true, input_field_placeholder: 'p'.repeat(64) } },
      'ok',
    ],
  ])('%s', async (_name, params, answer) => {
    expect(await describeSend(params)).toBe(answer)
  })
})

describe('the commands of the bot', () => {
  test.each([
    ['100 commands pass', Array.from({ length: 100 }, (_, n) => command(`c${n}`)), undefined],
    [
      '101 commands are too many',
      Array.from({ length: 101 }, (_, n) => command(`c${n}`)),
      'Bad Request: BOT_COMMANDS_TOO_MUCH',
    ],
    ['a name of 32 characters passes', [command('a'.repeat(32))], undefined],
    ['a name of 33 characters is refused', [command('a'.repeat(33))], 'Bad Request: BOT_COMMAND_INVALID'],
    ['a capital letter is refused', [command('Help')], 'Bad Request: BOT_COMMAND_INVALID'],
    ['a description of 256 characters passes', [command('a', 'd'.repeat(256))], undefined],
    [
      'a description of 257 characters is refused',
      [command('a', 'd'.repeat(257))],
      'Bad Request: command description length must not exceed 256',
    ],
    [
      'an empty description is refused',
      [command('a', '')],
      'Bad Request: command description must be non-empty',
    ],
  ])('%s', async (_name, commands, description) => {
    expect((await callApi(standIn, 'setMyCommands', { commands })).description).toBe(description)
  })

  test('are kept apart by scope and language', async () => {
    const scope = { type: 'chat', chat_id: 5 }
    await callApi(standIn, 'setMyCommands', { commands: [command('a')], scope, language_code: 'ru' })
    expect(standIn.commands(scope, 'ru')).toEqual([command('a')])
    expect((await callApi(standIn, 'getMyCommands', { scope })).result).toEqual([])
    await callApi(standIn, 'deleteMyCommands', { scope, language_code: 'ru' })
    expect(standIn.commands(scope, 'ru')).toEqual([])
  })

  test('refuse an unknown scope and a wrong language', async () => {
    const scope = await callApi(standIn, 'setMyCommands', { commands: [], scope: { type: 'all' } })
    expect(scope.description).toContain("can't parse BotCommandScope")
    const language = await callApi(standIn, 'setMyCommands', { commands: [], language_code: 'rus' })
    expect(language.description).toBe('Bad Request: LANG_CODE_INVALID')
  })
})

test('descriptions end at 512 and 120 characters', async () => {
  expect(await tell('setMyDescription', 'description', 512)).toBe(true)
  expect(await tell('setMyDescription', 'description', 513)).toBe(false)
  expect(await tell('setMyShortDescription', 'short_description', 120)).toBe(true)
  expect(await tell('setMyShortDescription', 'short_description', 121)).toBe(false)
})

test('every wrong payload is remembered as refused', () => {
  expect(standIn.refused.length).toBeGreaterThan(20)
  expect(standIn.refused.every((call) => call.description.startsWith('Bad Request: '))).toBe(true)
})
