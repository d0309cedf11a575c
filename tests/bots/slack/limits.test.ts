import { describe, expect, test } from 'vitest'
import { checkHidden, formModal } from '../../../src/bots/slack/form.ts'
import { renderMessage, topText } from '../../../src/bots/slack/render.ts'
import { cardModal, homeView } from '../../../src/bots/slack/windows.ts'
import { speakerFor } from '../../../src/bots/speaker.ts'
import type { Form, OpenForm } from '../../../src/commands/kit/form.ts'
import { type Block, plain, type Text, type View } from '../../../src/commands/kit/view.ts'
import { figure } from '../../support/figures.ts'
import { blockKitProblems } from '../../support/slack/slack-stand-in.ts'
import { english } from './harness.ts'

const speak = speakerFor(english)
const text = (words: string): Block => ({ kind: 'text', text: plain(words) })

const FORM: Form = {
  title: 'settings.form',
  submit: 'settings.save',
  fields: [
    { name: 'note', label: 'settings.title', kind: 'line', hint: 'settings.timeZone.hint' },
    {
      name: 'mood',
      label: 'settings.language',
      kind: 'choice',
      choices: [{ value: 'A', label: plain('a') }],
    },
  ],
}
const open = (more: Partial<OpenForm> = {}): OpenForm => ({
  command: 'log',
  form: FORM,
  values: {},
  errors: {},
  ...more,
})
/** Says these words for one key of the form, and its own words for the others. */
const saying = (key: string, words: string) => (given: Text) =>
  'key' in given && given.key === key ? words : speak(given)
const withChoices = (values: readonly string[], label = 'x'): OpenForm => {
  const choices = values.map((value) => ({ value, label: plain(label) }))
  return open({
    form: { ...FORM, fields: [{ name: 'mood', label: 'settings.language', kind: 'choice', choices }] },
  })
}

type Surface = 'message' | 'modal' | 'home'
type Limit = readonly [
  what: string,
  most: number,
  surface: Surface,
  build: (length: number, words: string) => object,
]

/** Of each field that words of a person or a translator get into: how much Slack takes. */
const WORDS: readonly Limit[] = [
  ['the title of a window', 24, 'modal', (_, words) => formModal(open(), saying('settings.form', words))],
  [
    'the button that sends a form',
    24,
    'modal',
    (_, words) => formModal(open(), saying('settings.save', words)),
  ],
  [
    'the button that closes a form',
    24,
    'modal',
    (_, words) => formModal(open(), saying('form.cancel', words)),
  ],
  ['the label of a field', 2_000, 'modal', (_, words) => formModal(open(), saying('settings.title', words))],
  [
    'the hint of a field',
    2_000,
    'modal',
    (_, words) => formModal(open(), saying('settings.timeZone.hint', words)),
  ],
  ['the label of a choice', 75, 'modal', (_, words) => formModal(withChoices(['A'], words), speak)],
  [
    'what stands in a field',
    3_000,
    'modal',
    (_, words) => formModal(open({ values: { note: { value: words, label: plain(words) } } }), speak),
  ],
  [
    'a heading',
    150,
    'message',
    (_, words) => renderMessage([{ kind: 'heading', text: plain(words) }], speak),
  ],
  [
    'a heading in a window',
    150,
    'modal',
    (_, words) => cardModal([{ kind: 'heading', text: plain(words) }], speak),
  ],
  [
    'a heading on the Home tab',
    150,
    'home',
    (_, words) => homeView([{ kind: 'heading', text: plain(words) }], speak),
  ],
  ['a text', 3_000, 'message', (_, words) => renderMessage([text(words)], speak)],
  ['a text in a window', 3_000, 'modal', (_, words) => cardModal([text(words)], speak)],
  ['a note', 2_000, 'message', (_, words) => renderMessage([{ kind: 'note', text: plain(words) }], speak)],
  [
    'the label of a button',
    75,
    'message',
    (_, words) =>
      renderMessage([{ kind: 'buttons', buttons: [{ label: plain(words), command: 'a', args: {} }] }], speak),
  ],
]

const many = (count: number): View => Array.from({ length: count }, (_, at) => text(`line ${at}`))
const buttons = (count: number): View => [
  {
    kind: 'buttons',
    buttons: Array.from({ length: count }, (_, at) => ({ label: plain(`${at}`), command: 'a', args: {} })),
  },
]
/** And of how many things. */
const COUNTS: readonly Limit[] = [
  ['blocks of a message', 50, 'message', (count) => renderMessage(many(count), speak)],
  ['blocks of a window', 100, 'modal', (count) => cardModal(many(count), speak)],
  ['blocks of the Home tab', 96, 'home', (count) => homeView(many(count), speak)],
  ['controls of a row', 25, 'message', (count) => renderMessage(buttons(count), speak)],
  [
    'choices of a menu',
    100,
    'modal',
    (count) => formModal(withChoices(Array.from({ length: count }, (_, at) => `v${at}`)), speak),
  ],
  ['characters of a choice', 75, 'modal', (count) => formModal(withChoices(['A', 'x'.repeat(count)]), speak)],
  [
    'characters that a button carries',
    2_000 - '{"command":"a","args":{"n":""}}'.length,
    'message',
    (count) =>
      renderMessage(
        [
          text('x'),
          { kind: 'buttons', buttons: [{ label: plain('x'), command: 'a', args: { n: 'x'.repeat(count) } }] },
        ],
        speak,
      ),
  ],
]

describe('B-02 around a limit of Slack', () => {
  test.each(WORDS)(
    '%s of %i characters is whole, and one more is shortened with a sign',
    (_what, most, surface, build) => {
      for (const [length, isWhole] of [
        [most - 1, true],
        [most, true],
        [most + 1, false],
        [10_000, false],
      ] as const) {
        // In an astral letter each character is two units: Slack counts characters.
        for (const letter of ['x', '😀']) {
          const words = letter.repeat(length)
          const payload = build(length, words)
          expect(blockKitProblems(surface, { ...payload })).toEqual([])
          const strings = stringsIn(payload)
          expect(
            strings.some((one) => one.includes(words)),
            `${length} ${letter}`,
          ).toBe(isWhole)
          if (!isWhole) expect(strings.some((one) => one.includes(letter) && one.endsWith('…'))).toBe(true)
        }
      }
    },
  )

  test.each(COUNTS)(
    '%s: %i are taken, and of one more Slack refuses nothing',
    (_what, most, surface, build) => {
      for (const count of [most - 1, most, most + 1, most * 3])
        expect(blockKitProblems(surface, { ...build(count, '') })).toEqual([])
    },
  )

  test('the text for screen readers has 4,000 characters and no more', () => {
    for (const length of [3_999, 4_000, 4_001, 20_000]) {
      const view = Array.from({ length: Math.ceil(length / 1_000) }, () =>
        text('x'.repeat(Math.min(length, 999))),
      )
      expect(topText(view, speak).length).toBeLessThanOrEqual(4_000)
    }
  })

  test('what a form hides has 3,000 characters; more is an error of ours and never sent', () => {
    const frame = JSON.stringify({ command: 'log', hidden: { id: '' } }).length
    const hiding = (length: number) =>
      open({ values: { id: { value: 'x'.repeat(length), label: plain('x') } } })
    for (const length of [2_999 - frame, 3_000 - frame]) {
      checkHidden(hiding(length))
      expect(blockKitProblems('modal', { ...formModal(hiding(length), speak) })).toEqual([])
    }
    expect(() => checkHidden(hiding(3_001 - frame))).toThrow('too long for Slack')
    figure('B-02', `${WORDS.length + COUNTS.length + 2} limits at −1, 0, +1 and far beyond: 0 refusals`)
  })
})

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
