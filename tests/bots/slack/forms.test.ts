import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Form, OpenForm } from '../../../src/commands/kit/form.ts'
import { plain, say, show } from '../../../src/commands/kit/view.ts'
import { gate, openForm, type Stage, startStage, text } from './harness.ts'

let stage: Stage

beforeEach(async () => {
  stage = await startStage()
})

afterEach(async () => {
  await stage.close()
})

const shown = () => stage.slack.lastAnswer('U1')
const top = () => stage.slack.views.top('U1')
const type = (line: string) => stage.slack.command({ command: '/log', text: line, user: 'U1', channel: 'C1' })
const acme = { text: { type: 'plain_text', text: 'Acme' }, value: 'a1' }

async function openTheForm(more: Parameters<typeof openForm>[0] = {}): Promise<void> {
  stage.dispatcher.script = () => openForm(more)
  await type('')
  await expect.poll(() => top()?.view['callback_id']).toBe('form')
}

test('a command that needs more opens its form, with what is known filled in', async () => {
  await openTheForm({
    values: {
      account: { value: 'a1', label: plain('Acme') },
      note: { value: 'first line', label: plain('first line') },
      mood: { value: 'BAD', label: plain('bad') },
    },
    errors: { note: say('error.wrongInput') },
  })
  const lines = shown()?.shown.split('\n')
  expect(lines).toEqual([
    'Your settings',
    'Your settings',
    'Acme',
    'Type a city: Moscow, Chicago, Berlin',
    'Linked',
    'first line',
    '🔴 I did not understand that.',
    'Language',
    'bad',
    '[Save]',
    '[Cancel]',
  ])
  expect(stage.slack.problems).toEqual([])
})

test('a form whose answer is slow is a window at once, which fills itself later', async () => {
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return openForm()
  }
  // The answer is held back until below: had the acknowledgement waited for it, none would come.
  const { status } = await type('')
  expect(status).toBe(200)
  await expect.poll(() => shown()?.shown).toContain('One moment')
  slow.open()
  await expect.poll(() => top()?.view['callback_id']).toBe('form')
  expect(stage.slack.calls.at(-1)).toMatchObject({
    method: 'views.update',
    args: { hash: expect.any(String) },
  })
  expect(stage.slack.problems).toEqual([])
})

test('a refusal that comes instead of the form is shown in the window', async () => {
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return show([text('not for your role')])
  }
  await type('')
  await expect.poll(() => top()).toBeDefined()
  slow.open()
  await expect.poll(() => shown()?.shown).toContain('not for your role')
})

test('a form that came when no window could be opened any more is offered by a button', async () => {
  stage.slack.failNext('views.open', { error: 'expired_trigger_id' })
  stage.dispatcher.script = () => openForm()
  await type('')
  await expect.poll(() => shown()?.shown).toContain('[Open the form]')
  await stage.slack.press({ label: 'Open the form', user: 'U1' })
  await expect.poll(() => top()?.view['callback_id']).toBe('form')
  expect(stage.dispatcher.asked.at(-1)?.act).toEqual({ kind: 'line', text: '/log' })
})

test('a form that is sent carries its values; the result stands in the same window, with working buttons', async () => {
  await openTheForm()
  stage.dispatcher.script = () =>
    show([text('saved'), { kind: 'buttons', buttons: [{ label: plain('Undo'), command: 'undo', args: {} }] }])
  await stage.slack.submit(null, { account: { account: acme }, note: { line: 'Żółć & <b>' } }, 'U1')
  expect(stage.dispatcher.asked.at(-1)).toMatchObject({
    act: { kind: 'submit', command: 'log', values: { account: 'a1', note: 'Żółć & <b>' } },
    audience: 'asker',
  })
  expect(shown()?.shown).toContain('saved')
  stage.dispatcher.script = () => show([text('undone')])
  await stage.slack.press({ label: 'Undo', user: 'U1' })
  await expect.poll(() => shown()?.shown).toContain('undone')
  expect(stage.slack.problems).toEqual([])
})

test('what is wrong is said at its field, and what was typed stays', async () => {
  await openTheForm()
  stage.dispatcher.script = () => openForm({ errors: { note: say('error.lineTooLong') } })
  const { body } = await stage.slack.submit(
    null,
    { account: { account: acme }, note: { line: 'kept' } },
    'U1',
  )
  expect(JSON.parse(body)).toEqual({
    response_action: 'errors',
    errors: { note: 'That is too long for me. Please keep it under 4,000 characters.' },
  })
  expect(top()?.typed).toMatchObject({ note: { line: { value: 'kept' } } })
  expect(stage.slack.problems).toEqual([])
})

test('an error that belongs to no field in the window still comes back with the form', async () => {
  await openTheForm()
  const values = { account: { value: 'a1', label: plain('a1') } }
  stage.dispatcher.script = () => openForm({ values, errors: { elsewhere: say('error.wrongInput') } })
  const { body } = await stage.slack.submit(null, { account: { account: acme } }, 'U1')
  expect(JSON.parse(body)).toMatchObject({ response_action: 'update', view: { callback_id: 'form' } })
  expect(shown()?.shown).toContain('Acme')
  expect(stage.slack.problems).toEqual([])
})

test('a slow save is confirmed in time and its result put into the window later', async () => {
  await openTheForm()
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return show([text('saved')])
  }
  const { status } = await stage.slack.submit(null, { account: { account: acme } }, 'U1')
  expect(status).toBe(200)
  expect(shown()?.shown).toContain('One moment')
  slow.open()
  await expect.poll(() => shown()?.shown).toContain('saved')
})

test('the result of a slow save reaches also somebody who closed the window', async () => {
  await openTheForm()
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return show([text('saved')])
  }
  await stage.slack.submit(null, { account: { account: acme } }, 'U1')
  await stage.slack.closeView(null, 'U1')
  slow.open()
  await expect.poll(() => shown()).toMatchObject({ via: 'chat.postMessage', channel: 'D1', shown: 'saved' })
})

test.each([
  ['no metadata', ''],
  ['broken metadata', '{'],
  ['metadata without a command', '{"command":7}'],
])('a window with %s says that it is no longer valid', async (_what, metadata) => {
  await openTheForm()
  const view = { ...top()?.view, private_metadata: metadata }
  await stage.slack.submit(null, { account: { account: acme } }, 'U1', { fields: { view } })
  expect(shown()?.shown).toContain('no longer valid')
  expect(stage.dispatcher.asked).toHaveLength(1)
})

test('a form sent by somebody from another company gets a sentence', async () => {
  await openTheForm()
  const fields = { user: { id: 'U9', team_id: 'T0OTHER' } }
  await stage.slack.submit(null, { account: { account: acme } }, 'U1', { fields })
  expect(shown()?.shown).toContain('people of this company only')
  expect(stage.dispatcher.asked).toHaveLength(1)
})

test('choices are looked up while somebody types', async () => {
  await openTheForm()
  stage.dispatcher.suggestions = async (typed) => [
    { value: 'a1', label: plain(`${typed} <&>`) },
    { value: 'a1', label: plain('the same again') },
    { value: 'x'.repeat(76), label: plain('too long to be sent') },
    { value: 'a2', label: plain('y'.repeat(100)) },
  ]
  const { body } = await stage.slack.options({ actionId: 'account', value: 'Acm', user: 'U1' })
  const { options } = JSON.parse(body) as { options: { value: string; text: { text: string } }[] }
  expect(options.map(({ value, text: { text: label } }) => [value, label])).toEqual([
    ['a1', 'Acm <&>'],
    ['a2', `${'y'.repeat(74)}…`],
  ])
  expect(stage.slack.problems).toEqual([])
})

test.each([
  ['fail', async () => Promise.reject(new Error('no database'))],
  ['take too long', () => new Promise<never>(() => undefined)],
])('choices that %s are an empty list', async (_how, suggestions) => {
  await stage.close()
  stage = await startStage({ limits: { suggestInMs: 100 } })
  await openTheForm()
  stage.dispatcher.suggestions = suggestions
  const { body, status } = await stage.slack.options({ actionId: 'account', value: 'A', user: 'U1' })
  expect([status, body]).toEqual([200, '{"options":[]}'])
})

test('a menu we did not make and a stranger get no choices', async () => {
  await openTheForm()
  stage.dispatcher.suggestions = async () => [{ value: 'a1', label: plain('Acme') }]
  const ask = (fields: object) =>
    stage.slack.options({ actionId: 'account', value: 'A', user: 'U1', fields: { ...fields } })
  expect((await ask({ action_id: 'other' })).body).toBe('{"options":[]}')
  expect((await ask({ user: { id: 'U9', team_id: 'T0OTHER' } })).body).toBe('{"options":[]}')
})

const paragraphForm: Form = {
  title: 'settings.form',
  submit: 'settings.save',
  fields: [
    {
      name: 'note',
      label: 'settings.linked',
      kind: 'paragraph',
      hint: 'settings.currency.hint',
      optional: true,
    },
  ],
}
const openParagraph = (values: OpenForm['values'] = {}) => openForm({ form: paragraphForm, values })
const inputs = () =>
  (
    top()?.view['blocks'] as { block_id: string; element: { initial_value?: string; multiline: boolean } }[]
  ).map(({ block_id: id, element }) => ({ id, ...element }))

test('a paragraph is a field of many lines that says how much it takes', async () => {
  stage.dispatcher.script = () => openParagraph({ note: { value: 'one\n\ntwo', label: plain('') } })
  await type('')
  await expect.poll(() => top()?.view['callback_id']).toBe('form')
  expect(inputs()).toMatchObject([
    { id: 'note', multiline: true, max_length: 3_000, initial_value: 'one\n\ntwo' },
  ])
  expect(shown()?.shown).toContain('In Slack this field takes up to 3,000 characters.')
  await expect(stage.slack.submit(null, { note: { line: 'x'.repeat(3_001) } }, 'U1')).rejects.toThrow(
    'too long',
  )
  await stage.slack.submit(null, { note: { line: 'three\nfour' } }, 'U1')
  expect(stage.dispatcher.asked.at(-1)?.act).toMatchObject({ values: { note: 'three\nfour' } })
  expect(stage.slack.problems).toEqual([])
})

test.each([
  ['lines', `${'line of a long note '.repeat(20)}\n`.repeat(25).trim()],
  ['words', 'слово '.repeat(1_600).trim()],
])(
  'a note of 10,000 characters in %s comes back whole from the fields it is spread over',
  async (_of, note) => {
    stage.dispatcher.script = () => openParagraph({ note: { value: note, label: plain('') } })
    await type('')
    await expect.poll(() => top()?.view['callback_id']).toBe('form')
    expect(
      inputs()
        .map(({ id }) => id)
        .slice(0, 2),
    ).toEqual(['note', 'note.2'])
    await stage.slack.submit(null, {}, 'U1')
    const { act } = stage.dispatcher.asked.at(-1) ?? {}
    const sent = act?.kind === 'submit' ? (act.values['note'] ?? '') : ''
    expect(Object.keys(act?.kind === 'submit' ? act.values : {})).toEqual(['note'])
    expect(sent.split(/\s+/)).toEqual(note.split(/\s+/))
    expect(stage.slack.problems).toEqual([])
  },
)

test('what is no field is not shown and comes back as it was, also after an error', async () => {
  const values = { meeting: { value: 'm1', label: plain('m1') }, version: { value: '3', label: plain('3') } }
  await openTheForm({ values })
  expect(shown()?.shown).not.toContain('m1')
  stage.dispatcher.script = () => openForm({ values, errors: { note: say('error.lineTooLong') } })
  await stage.slack.submit(null, { account: { account: acme } }, 'U1')
  stage.dispatcher.script = () => show([text('saved')])
  await stage.slack.submit(null, { note: { line: 'shorter' } }, 'U1')
  expect(stage.dispatcher.asked.at(-1)?.act).toEqual({
    kind: 'submit',
    command: 'log',
    values: { meeting: 'm1', version: '3', account: 'a1', note: 'shorter' },
  })
  expect(stage.slack.problems).toEqual([])
})

test('hidden values that Slack has no room for are a failure, and none is left out silently', async () => {
  stage.dispatcher.script = () =>
    openForm({ values: { meeting: { value: 'm'.repeat(3_000), label: plain('') } } })
  await type('')
  await expect.poll(() => shown()?.shown).toContain('Something went wrong on my side')
  expect(top()).toBeUndefined()
  expect(stage.notes.filter(({ level }) => level === 'error')).toHaveLength(1)
})

test('a field cannot be taken for a hidden value: what was typed counts', async () => {
  await openTheForm()
  const metadata = JSON.stringify({ command: 'log', hidden: { account: 'a9', meeting: 7 } })
  const view = { ...top()?.view, private_metadata: metadata }
  const state = { values: { account: { account: { selected_option: acme } } } }
  await stage.slack.submit(null, { account: { account: acme } }, 'U1', {
    fields: { view: { ...view, state } },
  })
  expect(stage.dispatcher.asked.at(-1)?.act).toMatchObject({ values: { account: 'a1' } })
})
