import { afterEach, beforeEach, expect, test } from 'vitest'
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

test.each([
  [2_900, 'form'],
  [3_100, undefined],
] as const)(
  'B-05 a form that is ready after %i ms opens in time, else a button offers it',
  async (ms, open) => {
    await stage.close()
    let clock = Date.now()
    stage = await startStage({ standIn: { now: () => clock } })
    stage.dispatcher.script = () => {
      clock += ms
      return openForm()
    }
    await type('')
    await expect.poll(() => stage.slack.calls.filter(({ method }) => method === 'views.open')).toHaveLength(1)
    await expect
      .poll(() => (open ? top()?.view['callback_id'] : shown()?.shown))
      .toEqual(open ?? expect.stringContaining('[Open the form]'))
    expect(stage.slack.problems).toEqual([])
  },
)

test('B-05 a command that Slack delivers twice opens one window', async () => {
  const keys = new Set<string>()
  stage.dispatcher.script = ({ key }) => {
    if (keys.has(key)) return { kind: 'repeat' }
    keys.add(key)
    return openForm()
  }
  const fields = { trigger_id: stage.slack.issueTrigger('U1') }
  const again = () => stage.slack.command({ command: '/log', text: '', user: 'U1', channel: 'C1', fields })
  await Promise.all([again(), again()])
  await expect.poll(() => top()?.view['callback_id']).toBe('form')
  await stage.bot.stop()
  expect(stage.slack.calls.filter(({ method }) => method === 'views.open')).toHaveLength(1)
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

test('a form that was not taken is told as that also to somebody who closed the window', async () => {
  await openTheForm()
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return openForm({ errors: { account: say('error.wrongInput') } })
  }
  await stage.slack.submit(null, { account: { account: acme } }, 'U1')
  await stage.slack.closeView(null, 'U1')
  slow.open()
  await expect.poll(() => shown()?.via).toBe('chat.postMessage')
  expect(shown()?.shown).toBe('What you filled in was not taken:\n🔴 I did not understand that.')
})

test.each(['at once', 'after a while'])(
  'E-02 a form that fails %s stays with all that was typed and chosen, under the word about it',
  async (when) => {
    await openTheForm()
    const slow = gate()
    if (when === 'at once') slow.open()
    const fails = async () => {
      await slow.opened
      throw new Error('the database is away')
    }
    const sent = { account: { account: acme }, note: { line: 'Żółć & <b>' } }
    for (const _time of ['once', 'again']) {
      stage.dispatcher.script = fails
      await stage.slack.submit(null, sent, 'U1')
      slow.open()
      await expect.poll(() => shown()?.shown).toContain('went wrong')
      expect(shown()?.shown.match(/went wrong/g)).toHaveLength(1)
      expect(shown()?.shown).toMatch(/Acme[^]*Żółć & <b>[^]*\[Save]/)
    }
    stage.dispatcher.script = () => show([text('saved')])
    await stage.slack.submit(null, {}, 'U1')
    await expect.poll(() => shown()?.shown).toContain('saved')
    expect(stage.dispatcher.asked.at(-1)?.act).toMatchObject({
      kind: 'submit',
      command: 'log',
      values: { account: 'a1', note: 'Żółć & <b>' },
    })
    expect(stage.slack.problems).toEqual([])
  },
)

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
