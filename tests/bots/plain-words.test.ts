import { describe, expect, test } from 'vitest'
import type { View } from '../../src/commands/kit/view.ts'
import { plain } from '../../src/commands/kit/view.ts'
import { tame } from '../../src/bots/plain-words.ts'
import { renderMessage } from '../../src/bots/slack/render.ts'
import { DEFAULT_READER, speakerFor } from '../../src/bots/speaker.ts'
import { renderTelegram } from '../../src/bots/telegram/render.ts'
import { paintFor } from '../../src/bots/terminal/paint.ts'
import { renderPage } from '../../src/bots/terminal/render.ts'
import { spokenView } from '../../src/bots/web/spoken.ts'

test.each([
  ['a\r\nb\rc\u0085d\u2028e\u2029f', 'a\nb\nc\nd\ne\nf'],
  ['a\tb\nc', 'a\tb\nc'],
  ['a\u0000b\u0007c\u001Bd\u007Fe\u009Bf', 'abcdef'],
  ['\u202Aa\u202Eb\u2066c\u2069', 'abc'],
  ['half \uD83D, whole \u{1F600}', 'half \uFFFD, whole \u{1F600}'],
  ['שלום\u200F! \u200Eabc', 'שלום\u200F! \u200Eabc'],
])('%j is shown as %j', (text, tamed) => {
  expect(tame(text)).toBe(tamed)
})

describe('every chat', () => {
  const speak = speakerFor(DEFAULT_READER)
  const evil: View = [
    { kind: 'fields', fields: [{ label: plain('Name'), value: plain('1\u202Eb\u2028c\u0085d') }] },
  ]
  const bots: Readonly<Record<string, () => string>> = {
    slack: () => JSON.stringify(renderMessage(evil, speak)),
    telegram: () => JSON.stringify(renderTelegram(evil, speak)),
    web: () => JSON.stringify(spokenView(evil, speak)),
    terminal: () => JSON.stringify(renderPage(evil, { columns: 80, paint: paintFor(false), speak })),
  }
  test.each(Object.keys(bots))('%s lets nothing through that turns or breaks a line', (name) => {
    const shown = bots[name]?.() ?? ''
    expect(shown).toContain('1b')
    expect(shown).not.toMatch(/[\u0085\u2028\u2029\u202A-\u202E\u2066-\u2069]/)
  })
})
