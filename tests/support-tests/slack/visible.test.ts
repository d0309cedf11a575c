import { expect, test } from 'vitest'
import { buttonsOf, visibleText } from '../../support/slack/slack-stand-in.ts'
import { actions, button, input, plain, section, textField } from './helpers.ts'

test('a person reads labels instead of tokens, entities and marks', () => {
  const text = '*Deal* of <@U1> &amp; <https://a.b|Bosch &lt;PL&gt;>, due <!date^1^{date}|today>'
  expect(visibleText([section(text)])).toBe('Deal of @U1 & Bosch <PL>, due today')
})

test('headers, fields, inputs and buttons are all read, in order', () => {
  const field = input('Amount', textField('a', { placeholder: plain('in EUR') }), { hint: plain('net') })
  const shown = visibleText([
    { type: 'header', text: plain('New') },
    field,
    actions(button('Approve', 'yes')),
  ])
  expect(shown).toBe('New\nAmount\n[in EUR]\nnet\n[Approve]')
})

const cell = (text: string) => ({ type: 'raw_text', text })

test('table cells are read row by row', () => {
  expect(
    visibleText([
      {
        type: 'table',
        rows: [
          [cell('a'), cell('b')],
          [cell('c'), cell('d')],
        ],
      },
    ]),
  ).toBe('a | b\nc | d')
})

test('buttons are found in actions and as accessories', () => {
  const blocks = [{ ...section('s'), accessory: button('Open', 'open', '7') }, actions(button('Yes', 'yes'))]
  expect(buttonsOf(blocks).map(({ label, actionId, value }) => [label, actionId, value])).toEqual([
    ['Open', 'open', '7'],
    ['Yes', 'yes', '1'],
  ])
})
