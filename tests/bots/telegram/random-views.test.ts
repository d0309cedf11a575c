import { describe, expect, test } from 'vitest'
import { speakerFor } from '../../../src/bots/speaker.ts'
import { dataOf, pressedBy } from '../../../src/bots/telegram/callback-data.ts'
import { tame } from '../../../src/bots/plain-words.ts'
import { onOneLine } from '../../../src/bots/telegram/html.ts'
import { keyboardOf } from '../../../src/bots/telegram/keyboard.ts'
import { renderTelegram } from '../../../src/bots/telegram/render.ts'
import { plain, type View } from '../../../src/commands/kit/view.ts'
import { rounds } from '../../support/figures.ts'
import { checkMarkup } from '../../support/telegram/keyboard.ts'
import { messageText } from '../../support/telegram/limits.ts'
import { anyView, button, fc } from './properties.ts'
import { memoryTokens } from './stage.ts'

const speak = speakerFor({ language: 'ru', timeZone: 'Europe/Moscow', currency: 'RUB' })
const NOW = new Date('2026-11-23T11:30:00Z')

/** As the strict stand-in takes it: throws where Telegram would refuse. */
const asTelegramReads = (html: string) =>
  messageText({ raw: html, parseMode: 'HTML', entities: [], loose: false })

describe('any view at all', () => {
  test('D-01 is never refused: not by its markup, nor its length, nor its keyboard', {
    timeout: 600_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(anyView, async (view) => {
        const messages = renderTelegram(view, speak)
        expect(messages.length).toBeLessThanOrEqual(3)
        for (const { html, text, keys } of messages) {
          expect(asTelegramReads(html).text).toBe(text.trim())
          const inline_keyboard = await keyboardOf(keys, (one) => dataOf(one, '501', memoryTokens(), NOW))
          checkMarkup({ inline_keyboard })
        }
      }),
      { numRuns: rounds(1_000, 30_000) },
    )
  })

  test('D-01 H-03 shows a person’s words literally, on whatever block they stand', () => {
    const said = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(said, (given) => {
        const words = onOneLine(given)
        const text = plain(given)
        const view: View = [
          { kind: 'heading', text, badge: { text } },
          { kind: 'text', text: plain(words) },
          { kind: 'fields', title: text, fields: [{ label: text, value: text }] },
          { kind: 'list', items: [{ text }] },
          { kind: 'table', columns: [{ label: text }], rows: [[text]] },
          { kind: 'note', text },
        ]
        const read = renderTelegram(view, speak)
          .map(({ html }) => asTelegramReads(html).text)
          .join('\n')
        expect(words === '' || read.split(words).length > 8).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  test('D-02 loses none of the words when they are spread over messages', () => {
    const long = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), {
      minLength: 20,
      maxLength: 30,
    })
    fc.assert(
      fc.property(long, (texts) => {
        const view: View = texts.map((one) => ({ kind: 'text', text: plain(one) }))
        const read = renderTelegram(view, speak)
          .map(({ html }) => asTelegramReads(html).text)
          .join('\n')
        for (const one of texts) {
          for (const line of tame(one).split('\n')) expect(read).toContain(line.trim())
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('any button', () => {
  test('D-03 comes back as it was sent, in at most 64 bytes', async () => {
    await fc.assert(
      fc.asyncProperty(button, async ({ label, command, args }) => {
        const tokens = memoryTokens()
        const data = await dataOf({ label, command, args }, '501', tokens, NOW)
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
        expect(await pressedBy(data, '501', tokens, NOW)).toEqual({ command, args })
        const byAnother = await pressedBy(data, '502', tokens, NOW)
        expect(byAnother === null).toBe(data.startsWith('~'))
      }),
      { numRuns: 2_000 },
    )
  })

  test('D-03 of exactly 64 bytes needs no token, of 65 it does', async () => {
    const tokens = memoryTokens()
    const made = (letters: number) =>
      dataOf({ label: plain('x'), command: 'c', args: { k: 'я'.repeat(letters) } }, '1', tokens, NOW)
    expect(Buffer.byteLength(await made(30))).toBe(64)
    expect(await made(31)).toBe('~token-1')
    expect(await made(31)).toBe('~token-1')
  })

  test('D-03 whatever is sent as its data is read without harm', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 64 }), async (data) => {
        const pressed = await pressedBy(data, '1', memoryTokens(), NOW)
        expect(typeof pressed?.command).toBe('string')
      }),
    )
  })
})
