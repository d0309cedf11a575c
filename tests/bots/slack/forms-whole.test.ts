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
const acme = { text: { type: 'plain_text', text: 'Acme' }, value: 'a1' }

async function openTheForm(answer = openForm()): Promise<void> {
  stage.dispatcher.script = () => answer
  await stage.slack.command({ command: '/log', text: '', user: 'U1', channel: 'C1' })
  await expect.poll(() => top()?.view['callback_id']).toBe('form')
}

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
type Input = { block_id: string; element: { initial_value?: string; multiline: boolean } }
const inputs = () =>
  ((top()?.view['blocks'] ?? []) as Input[]).map(({ block_id: id, element }) => ({ id, ...element }))

test('a paragraph is a field of many lines that says how much it takes', async () => {
  await openTheForm(openParagraph({ note: { value: 'one\n\ntwo', label: plain('') } }))
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
    await openTheForm(openParagraph({ note: { value: note, label: plain('') } }))
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
  await openTheForm(openForm({ values }))
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
  await stage.slack.command({ command: '/log', text: '', user: 'U1', channel: 'C1' })
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

test('a command that is typed alone opens its window at once when its answer is slow', async () => {
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return openForm()
  }
  await stage.slack.command({ command: '/settle', text: '', user: 'U1', channel: 'C1' })
  await expect.poll(() => shown()?.shown).toContain('One moment')
  expect(top()?.view['callback_id']).toBe('card')
  slow.open()
  await expect.poll(() => top()?.view['callback_id']).toBe('form')
})
