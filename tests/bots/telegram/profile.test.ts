import { afterEach, describe, expect, test } from 'vitest'
import { allCommands } from '../../../src/commands/registry.ts'
import { createTelegramBot } from '../../../src/bots/telegram/adapter.ts'
import { telegramCommands } from '../../../src/bots/telegram/profile.ts'
import { account, help, hidden, slackOnly } from './commands.ts'
import { clearStage, onClear, setStage, until } from './stage.ts'

afterEach(clearStage)

const SCOPE = { type: 'all_private_chats' }
const commands = [account, hidden, slackOnly, help]

describe('the list behind the menu button', () => {
  test('has what can be typed here, in the words of the declarations, and what Telegram users try first', () => {
    expect(telegramCommands(commands, 'en')).toEqual([
      { command: 'account', description: 'The whole picture of a client; without a name, your accounts' },
      { command: 'kamerton', description: 'What the assistant can do here, with examples' },
      { command: 'help', description: 'What the assistant can do here, with examples' },
      { command: 'start', description: 'Begin, or link this chat to you' },
      { command: 'cancel', description: 'Leave the open question' },
    ])
  })

  test('speaks Russian to Russians', () => {
    expect(telegramCommands(commands, 'ru').at(-1)).toEqual({
      command: 'cancel',
      description: 'Выйти из открытого вопроса',
    })
  })

  test('D-11 has at most a hundred entries of at most 256 characters, and keeps the ones every user tries', () => {
    const many = Array.from({ length: 120 }, (_, index) => ({ ...account, name: `account_${index}` }))
    const list = telegramCommands([help, ...many], 'en')
    expect(list).toHaveLength(100)
    expect(list.slice(-3).map(({ command }) => command)).toEqual(['help', 'start', 'cancel'])
  })

  test('of the whole assistant is within the limits of Telegram, in both languages', () => {
    const all = allCommands({ bot: { name: () => 'kamerton_bot' }, random: () => 0 })
    for (const language of ['en', 'ru'] as const) {
      const list = telegramCommands(all, language)
      expect(new Set(list.map(({ command }) => command)).size).toBe(list.length)
      expect(list.length).toBeLessThanOrEqual(100)
      for (const { command, description } of list) {
        expect(command).toMatch(/^[a-z0-9_]{1,32}$/)
        expect(description.length).toBeGreaterThan(0)
        expect(description.length).toBeLessThanOrEqual(256)
      }
    }
  })

  test('D-11 is set for private chats only: for all, and in both languages', async () => {
    const { telegram } = await setStage({ parts: { commands } })
    expect(telegram.commands(SCOPE)).toEqual(telegramCommands(commands, 'en'))
    expect(telegram.commands(SCOPE, 'en')).toEqual(telegramCommands(commands, 'en'))
    expect(telegram.commands(SCOPE, 'ru')).toEqual(telegramCommands(commands, 'ru'))
    expect(telegram.commands()).toEqual([])
    expect(telegram.shortDescription('ru')).toMatch(/^Всё о ваших ключевых клиентах/)
    expect(telegram.refused).toEqual([])
  })

  test('D-11 is written again only when it differs', async () => {
    const { telegram, bot, parts } = await setStage({ parts: { commands } })
    await bot.stop()
    const written = () => telegram.calls.filter(({ method }) => method.startsWith('setMy')).length
    const before = written()
    for (const list of [...Array.from({ length: 10 }, () => commands), [help]]) {
      const next = createTelegramBot({ ...parts, commands: list })
      onClear(() => next.stop())
      await next.start()
      await next.stop()
    }
    expect([before, written()]).toEqual([6, 9])
  })

  test('that cannot be written stops nobody from working', async () => {
    const { telegram, bot, journal } = await setStage({ start: false })
    telegram.failNext('setMyCommands', { retryAfter: 3_000 })
    await bot.start()
    await until(() => telegram.polling)
    expect(bot.health()).toBeNull()
    expect(journal.entries.map(({ level, text }) => [level, text])).toEqual([
      ['warn', 'telegram command lists could not be brought up to date'],
    ])
  })
})
