import { createHash } from 'node:crypto'
import type { Database } from '../../src/db/client.ts'
import { telegramId } from '../support/doors.ts'
import type { TelegramStandIn } from '../support/telegram/telegram-stand-in.ts'
import type { Door } from './doors.ts'

const LONGEST_DATA = 64

/** A tap carries what a manipulated client would send; where that is too long, a token that the presser owns. */
export function telegramDoor(telegram: TelegramStandIn, { prisma }: Database): Door {
  const dataOf = async (owner: number, command: string, args: Readonly<Record<string, string>>) => {
    const pairs = Object.entries(args).map(([name, value]) => `${name}=${value.replaceAll('%', '%25')}`)
    const data = pairs.length > 0 ? `${command}?${pairs.join('&')}` : command
    if (Buffer.byteLength(data) <= LONGEST_DATA && !Object.values(args).some((value) => /[&=?]/.test(value)))
      return data
    const id = createHash('sha256').update(`${owner}${data}`).digest('hex').slice(0, 22)
    const button = { platform: 'TELEGRAM', owner: String(owner), command, args } as const
    await prisma.buttonToken.upsert({
      where: { id },
      create: { id, ...button, expiresAt: new Date('2027-01-01') },
      update: {},
    })
    return `~${id}`
  }
  return {
    name: 'Telegram',
    async tries(person, asked) {
      if (['guest', 'foreign', 'bot'].includes(person)) return null
      const id = telegramId(person)
      const user = { id, firstName: person, languageCode: 'en' }
      // A form is asked question by question here: what it leads to can be sent by nobody but as a tap.
      if ('line' in asked) telegram.say(user, asked.line)
      else
        telegram.pressData(
          user,
          await dataOf(id, asked.command, 'press' in asked ? asked.press : asked.form),
          {
            inaccessible: true,
          },
        )
      const { text, keyboard } = await telegram.waitForMessage(id, undefined, { timeoutMs: 10_000 })
      const labels = keyboard.flat().map((button) => `[${button.text}]`)
      return [text, ...labels].join('\n')
    },
  }
}
