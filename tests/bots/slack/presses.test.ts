import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Desk, opensForm } from '../../../src/bots/slack/desk.ts'
import { isForeign, isForeignUser, kindOf } from '../../../src/bots/slack/membership.ts'
import { type Button, plain, show } from '../../../src/commands/kit/view.ts'
import { commands, gate, openForm, type Stage, startStage, text } from './harness.ts'

let stage: Stage

beforeEach(async () => {
  stage = await startStage()
})

afterEach(async () => {
  await stage.close()
})

const button = (label: string, command: string, args: Button['args'] = {}): Button => ({
  label: plain(label),
  command,
  args,
})
const card = (...buttons: Button[]) => show([text('card'), { kind: 'buttons', buttons }])
const shown = (user = 'U1') => stage.slack.lastAnswer(user)

async function showCard(...buttons: Button[]): Promise<void> {
  const { script } = stage.dispatcher
  stage.dispatcher.script = () => card(...buttons)
  await stage.slack.command({ command: '/account', text: 'Acme', user: 'U1', channel: 'C1' })
  stage.dispatcher.script = script
}

test('a press carries its command and replaces the message it sits on', async () => {
  await showCard(button('Deals', 'account-deals', { id: 'a1' }))
  const before = shown()
  await stage.slack.press({ label: 'Deals', user: 'U1' })
  await expect
    .poll(() => shown())
    .toMatchObject({ via: 'response_url', replaces: before?.ts, shown: 'echo press account-deals' })
  expect(stage.dispatcher.asked.at(-1)).toMatchObject({
    act: { kind: 'press', command: 'account-deals', args: { id: 'a1' } },
    chat: 'C1',
    audience: 'asker',
  })
  expect(stage.slack.problems).toEqual([])
})

test('E-02 a press that failed leaves its message as it is, to be pressed again', async () => {
  await showCard(button('Approve', 'discount-approve', { id: 'd1' }))
  const { ts } = shown() ?? {}
  const { script } = stage.dispatcher
  stage.dispatcher.script = () => {
    throw new Error('the database is away')
  }
  await stage.slack.press({ label: 'Approve', user: 'U1' })
  await expect.poll(() => shown()?.shown).toMatch(/went wrong/)
  expect(shown()?.replaces).toBeFalsy()
  stage.dispatcher.script = script
  await stage.slack.press({ label: 'Approve', user: 'U1', ...(ts ? { message: ts } : {}) })
  await expect.poll(() => shown()).toMatchObject({ replaces: ts, shown: 'echo press discount-approve' })
})

test('two presses of one button have different keys', async () => {
  stage.dispatcher.script = () => card(button('Again', 'account'))
  await stage.slack.directMessage('U1', 'Acme')
  await expect.poll(() => shown()?.shown).toContain('Again')
  await stage.slack.press({ label: 'Again', user: 'U1' })
  await expect.poll(() => shown()?.via).toBe('response_url')
  await stage.slack.press({ label: 'Again', user: 'U1' })
  await expect.poll(() => stage.dispatcher.asked).toHaveLength(3)
  expect(new Set(stage.dispatcher.asked.map(({ key }) => key)).size).toBe(3)
})

test.each([
  ['not JSON', 'oops'],
  ['null', 'null'],
  ['a list', '[]'],
  ['without arguments', '{"command":"account"}'],
  ['arguments that are no texts', '{"command":"account","args":{"id":{"a":1}}}'],
  ['a command that is no text', '{"command":7,"args":{}}'],
  ['too long to be ours', `{"command":"${'x'.repeat(1_900)}`],
])('A-12 a forged value that is %s is said to be invalid, and nothing runs', async (_what, value) => {
  await showCard(button('Deals', 'account-deals'))
  const actions = [{ type: 'button', action_id: 'b0', block_id: 'x', value, action_ts: '1.1' }]
  expect(await stage.slack.press({ label: 'Deals', user: 'U1', fields: { actions } })).toMatchObject({
    status: 200,
  })
  await expect.poll(() => shown()?.shown).toContain('This button is no longer valid')
  expect(stage.dispatcher.asked).toHaveLength(1)
})

test('a press without an action, a channel or an address does no harm', async () => {
  await showCard(button('Deals', 'account-deals'))
  for (const fields of [
    { actions: [] },
    { actions: null },
    { actions: [null] },
    { user: null },
    { container: null },
  ]) {
    const { status } = await stage.slack.press({ label: 'Deals', user: 'U1', fields })
    expect(status).toBe(200)
  }
  const bare = { channel: undefined, response_url: undefined, container: undefined }
  await stage.slack.press({ label: 'Deals', user: 'U1', fields: bare })
  await expect.poll(() => shown()).toMatchObject({ via: 'chat.postMessage', channel: 'D1' })
})

test('E-01 somebody from another company who presses gets a sentence of their own and no data', async () => {
  await showCard(button('Deals', 'account-deals'))
  const user = { id: 'U9', name: 'eve', team_id: 'T0OTHER' }
  await stage.slack.press({ label: 'Deals', user: 'U1', fields: { user, response_url: undefined } })
  await expect.poll(() => shown('U9')).toMatchObject({ via: 'chat.postEphemeral', user: 'U9' })
  expect(shown('U9')?.shown).toContain('people of this company only')
  expect(stage.dispatcher.asked).toHaveLength(1)
})

test('in a Grid, another workspace of the same organisation is no stranger', () => {
  const grid = { teamId: 'T0HOME', enterpriseId: 'E1', botUserId: 'U0', botId: 'B0' }
  expect(isForeign(grid, 'T0SISTER', 'E1')).toBe(false)
  expect(isForeign(grid, 'E1', '')).toBe(false)
  expect(isForeign(grid, 'T0OTHER', 'E2')).toBe(true)
  expect(isForeign({ ...grid, enterpriseId: '' }, 'T0OTHER', '')).toBe(true)
  // Where the payload does not name the organisation, Slack is asked about the person.
  expect(isForeignUser(grid, { user: { id: 'U1', team_id: 'T0SISTER' } })).toBe(false)
  expect(isForeignUser(grid, { user: { id: 'U1', team_id: 'T0OTHER', enterprise_id: 'E2' } })).toBe(true)
  expect(kindOf(grid, { id: 'U1', team_id: 'T0OTHER' })).toBe('stranger')
  expect(kindOf(grid, { id: 'U1', team_id: 'T0SISTER', enterprise_user: { enterprise_id: 'E1' } })).toBe(
    'member',
  )
})

test('B-07 when the response_url fails, the answer is posted for the presser', async () => {
  await showCard(button('Deals', 'account-deals'))
  stage.slack.failNext('response_url', { status: 500, body: '' })
  await stage.slack.press({ label: 'Deals', user: 'U1' })
  await expect
    .poll(() => shown())
    .toMatchObject({ via: 'chat.postEphemeral', user: 'U1', shown: 'echo press account-deals' })
})

test('H-10 a well signed press with an address of somebody else is answered, and not there', async () => {
  let taken = 0
  const thief = createServer((_request, response) => {
    taken += 1
    response.end('ok')
  })
  await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve))
  const { port } = thief.address() as AddressInfo
  await showCard(button('Deals', 'account-deals'))
  for (const host of [
    `127.0.0.1:${port}`,
    `hooks.slack.com@127.0.0.1:${port}`,
    `hooks.slack.com.localhost:${port}`,
  ]) {
    const before = stage.slack.answers.length
    await stage.slack.press({
      label: 'Deals',
      user: 'U1',
      fields: { response_url: `http://${host}/actions/T0HOME/1/x` },
    })
    await expect.poll(() => stage.slack.answers.length).toBe(before + 1)
    expect(shown()).toMatchObject({ via: 'chat.postEphemeral', shown: 'echo press account-deals' })
  }
  await new Promise((resolve) => thief.close(resolve))
  expect(taken).toBe(0)
})

test('a press that asks for a form opens its window at once', async () => {
  await showCard(button('Log', 'settings-edit'))
  stage.dispatcher.script = () => openForm()
  await stage.slack.press({ label: 'Log', user: 'U1' })
  await expect.poll(() => stage.slack.views.top('U1')?.view['callback_id']).toBe('form')
  expect(stage.slack.problems).toEqual([])
})

test('a form that came too late is offered by a button, and next time its window opens first', async () => {
  await showCard(button('Log', 'never-known'))
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return openForm()
  }
  stage.slack.failNext('views.open', { error: 'expired_trigger_id' })
  await stage.slack.press({ label: 'Log', user: 'U1' })
  slow.open()
  await expect.poll(() => shown()?.shown).toContain('[Open the form]')

  const slower = gate()
  stage.dispatcher.script = async () => {
    await slower.opened
    return openForm()
  }
  await stage.slack.press({ label: 'Open the form', user: 'U1' })
  await expect.poll(() => stage.slack.views.top('U1')?.view['callback_id']).toBe('card')
  expect(shown()?.shown).toContain('One moment')
  slower.open()
  await expect.poll(() => stage.slack.views.top('U1')?.view['callback_id']).toBe('form')
  expect(stage.slack.calls.at(-1)).toMatchObject({
    method: 'views.update',
    args: { hash: expect.any(String) },
  })
})

test.each([
  ['that edits', 'settings-edit'],
  ['of a command that is typed', 'log'],
  ['of the command behind a form', 'settings-save'],
])('a press %s opens a window at once when its answer is slow', async (_which, command) => {
  await showCard(button('Go on', command, { account: 'a1' }))
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return openForm()
  }
  await stage.slack.press({ label: 'Go on', user: 'U1' })
  await expect.poll(() => shown()?.shown).toContain('One moment')
  slow.open()
  await expect.poll(() => stage.slack.views.top('U1')?.view['callback_id']).toBe('form')
  expect(stage.slack.problems).toEqual([])
})

test.each([
  ['brings an answer of the form', 'settings-save', { language: 'ru' }],
  ['has no form', 'account', { id: 'a1' }],
  ['nobody knows', 'never-known', {}],
])('a press of a command that %s is not taken for one that asks', (_which, command, args) => {
  const desk = { commands, formPresses: new Set<string>() } as unknown as Desk
  expect(opensForm(desk, { kind: 'press', command, args })).toBe(false)
})

test('a slow card that comes instead of a form stands in the window and in place of its message', async () => {
  await showCard(button('Edit', 'settings-edit'))
  const before = shown()
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return show([text('done already')])
  }
  await stage.slack.press({ label: 'Edit', user: 'U1' })
  await expect.poll(() => shown()?.shown).toContain('One moment')
  slow.open()
  await expect
    .poll(() => shown())
    .toMatchObject({ via: 'response_url', replaces: before?.ts, shown: 'done already' })
  expect(JSON.stringify(stage.slack.views.top('U1')?.view)).toContain('done already')
})

test('E-02 a press that failed after its window opened says so in the window, and leaves its message alone', async () => {
  await showCard(button('Edit', 'settings-edit'))
  const before = stage.slack.answers.length
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    throw new Error('the database is away')
  }
  await stage.slack.press({ label: 'Edit', user: 'U1' })
  await expect.poll(() => shown()?.shown).toContain('One moment')
  slow.open()
  await expect.poll(() => shown()?.shown).toMatch(/went wrong/)
  await stage.bot.stop()
  expect(stage.slack.answers.slice(before).map(({ via }) => via)).toEqual(['view', 'view'])
})

test('a press in a window changes the window', async () => {
  await stage.slack.event({ type: 'app_home_opened', user: 'U1', tab: 'home' })
  await expect.poll(() => stage.slack.views.home('U1')).toBeDefined()
  stage.dispatcher.script = () => card(button('Deals', 'account-deals'))
  await stage.slack.press({ label: 'Your settings', user: 'U1' })
  await expect.poll(() => stage.slack.views.top('U1')).toBeDefined()
  stage.dispatcher.script = () => show([text('deals')])
  await stage.slack.press({ label: 'Deals', user: 'U1' })
  await expect.poll(() => shown()?.shown).toContain('deals')
  expect(stage.slack.views.stack('U1')).toHaveLength(1)
  expect(stage.dispatcher.asked.at(-1)).toMatchObject({ audience: 'asker', chat: 'U1' })
  expect(stage.slack.problems).toEqual([])
})

/** Two presses in one window, both made before either is answered. */
async function pressTwice(): Promise<Record<'answerFirst' | 'answerSecond', () => void>> {
  await openWindowWith(button('First', 'one'), button('Second', 'two'))
  const first = gate()
  const second = gate()
  stage.dispatcher.script = async ({ act }) => {
    const command = act.kind === 'press' ? act.command : ''
    await (command === 'one' ? first.opened : second.opened)
    return show([text(`answer ${command}`)])
  }
  await stage.slack.press({ label: 'First', user: 'U1' })
  await stage.slack.press({ label: 'Second', user: 'U1' })
  return { answerFirst: first.open, answerSecond: second.open }
}

const conflicts = () => stage.slack.calls.filter(({ answer }) => answer['error'] === 'hash_conflict').length

test('E-02 a press in a window that fails leaves its buttons, under the word about it', async () => {
  await stage.slack.event({ type: 'app_home_opened', user: 'U1', tab: 'home' })
  await expect.poll(() => stage.slack.views.home('U1')).toBeDefined()
  stage.dispatcher.script = () => card(button('Deals', 'account-deals'))
  await stage.slack.press({ label: 'Your settings', user: 'U1' })
  await expect.poll(() => stage.slack.views.top('U1')).toBeDefined()
  stage.dispatcher.script = () => {
    throw new Error('the database is away')
  }
  for (const _time of ['once', 'again']) {
    await stage.slack.press({ label: 'Deals', user: 'U1' })
    await expect.poll(() => shown()?.shown).toMatch(/went wrong[^]*card[^]*\[Deals]/)
    expect(shown()?.shown.match(/went wrong/g)).toHaveLength(1)
  }
  stage.dispatcher.script = () => show([text('deals')])
  await stage.slack.press({ label: 'Deals', user: 'U1' })
  await expect.poll(() => shown()?.shown).toContain('deals')
  expect(stage.slack.problems).toEqual([])
})

test('B-04 of two quick presses in a window the later one is shown, though the earlier changed it', async () => {
  const { answerFirst, answerSecond } = await pressTwice()
  answerFirst()
  await expect.poll(() => shown()?.shown).toContain('answer one')
  answerSecond()
  await expect.poll(() => shown()?.shown).toContain('answer two')
  expect(conflicts()).toBe(1)
})

test('B-04 of two quick presses in a window the later one stays, though the earlier is answered last', async () => {
  const { answerFirst, answerSecond } = await pressTwice()
  answerSecond()
  await expect.poll(() => shown()?.shown).toContain('answer two')
  answerFirst()
  await expect.poll(conflicts).toBe(1)
  await stage.bot.stop()
  expect(shown()?.shown).toContain('answer two')
})

async function openWindowWith(...buttons: Button[]): Promise<void> {
  await stage.slack.event({ type: 'app_home_opened', user: 'U1', tab: 'home' })
  await expect.poll(() => stage.slack.views.home('U1')).toBeDefined()
  stage.dispatcher.script = () => card(...buttons)
  await stage.slack.press({ label: 'Your settings', user: 'U1' })
  await expect.poll(() => stage.slack.views.top('U1')).toBeDefined()
}

test('B-06 however often somebody presses on in a window, it stays one window', async () => {
  await openWindowWith(button('Next', 'next'))
  for (let press = 1; press <= 5; press += 1) {
    stage.dispatcher.script = () =>
      show([text(`page ${press}`), { kind: 'buttons', buttons: [button('Next', 'next')] }])
    await stage.slack.press({ label: 'Next', user: 'U1' })
    await expect.poll(() => shown()?.shown).toContain(`page ${press}`)
    expect(stage.slack.views.stack('U1')).toHaveLength(1)
  }
  expect(stage.slack.calls.map(({ method }) => method)).not.toContain('views.push')
})

test('a window that was closed meanwhile is no reason to stay silent', async () => {
  await openWindowWith(button('Deals', 'account-deals'))
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return show([text('deals')])
  }
  await stage.slack.press({ label: 'Deals', user: 'U1' })
  stage.slack.views.close('U1')
  slow.open()
  await expect.poll(() => shown()).toMatchObject({ via: 'chat.postMessage', channel: 'D1', shown: 'deals' })
})
