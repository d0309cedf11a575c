import { afterEach, beforeEach, expect, test } from 'vitest'
import { plain, say, show } from '../../../src/commands/kit/view.ts'
import { gate, type Stage, startStage, text } from './harness.ts'

let stage: Stage

beforeEach(async () => {
  stage = await startStage()
})

afterEach(async () => {
  await stage.close()
})

const open = (tab = 'home', user = 'U1') =>
  stage.slack.event({ type: 'app_home_opened', user, tab, channel: 'D1' })
const home = () => stage.slack.answers.findLast(({ via }) => via === 'home')
const published = () => stage.slack.calls.filter(({ method }) => method === 'views.publish')

test('the Home tab shows my accounts, a search and the way to everything else', async () => {
  stage.dispatcher.script = () =>
    show([{ kind: 'heading', text: plain('2 accounts of yours') }, text('Acme')])
  await open()
  await expect
    .poll(() => home()?.shown.split('\n'))
    .toEqual([
      'Find any account',
      '[Name, part of a name, tax number]',
      '2 accounts of yours',
      'Acme',
      '[Your settings]',
      '[What can I do here?]',
    ])
  expect(stage.dispatcher.asked[0]).toMatchObject({
    act: { kind: 'press', command: 'account', args: {} },
    audience: 'asker',
  })
  expect(stage.slack.problems).toEqual([])
})

test('E-02 a Home tab stays as it is when nothing can be looked up, and nobody is taken for a stranger', async () => {
  await open()
  await expect.poll(() => home()).toBeDefined()
  const before = published().length
  stage.dispatcher.script = () => {
    throw new Error('the database is away')
  }
  await open()
  await expect.poll(() => stage.dispatcher.asked).toHaveLength(2)
  await stage.bot.stop()
  expect(published()).toHaveLength(before)
})

test('opening the tab of messages publishes nothing', async () => {
  await open('messages')
  await stage.bot.stop()
  expect(published()).toEqual([])
})

test('an account that was searched and chosen opens in a window', async () => {
  await open()
  await expect.poll(home).toBeDefined()
  stage.dispatcher.suggestions = async () => [{ value: 'a1', label: plain('Acme') }]
  const found = await stage.slack.options({ actionId: 'find', value: 'acm', user: 'U1' })
  const { options } = JSON.parse(found.body) as { options: unknown[] }
  stage.dispatcher.script = () => show([text('the card of Acme')])
  await stage.slack.press({ actionId: 'find', user: 'U1', selected: options[0] })
  await expect.poll(() => stage.slack.lastAnswer('U1')?.shown).toContain('the card of Acme')
  expect(stage.dispatcher.asked.at(-1)?.act).toEqual({
    kind: 'press',
    command: 'account',
    args: { id: 'a1' },
  })
  expect(stage.slack.views.stack('U1')).toHaveLength(1)
  expect(stage.slack.problems).toEqual([])
})

test('a slow card is a window at once', async () => {
  await open()
  await expect.poll(home).toBeDefined()
  const slow = gate()
  stage.dispatcher.script = async () => {
    await slow.opened
    return show([text('settings')])
  }
  await stage.slack.press({ label: 'Your settings', user: 'U1' })
  await expect.poll(() => stage.slack.lastAnswer('U1')?.shown).toContain('One moment')
  slow.open()
  await expect.poll(() => stage.slack.lastAnswer('U1')?.shown).toContain('settings')
})

test('a press whose window cannot be opened is answered by a direct message', async () => {
  await open()
  await expect.poll(home).toBeDefined()
  stage.slack.failNext('views.open', { error: 'expired_trigger_id' })
  await stage.slack.press({ label: 'Your settings', user: 'U1' })
  await expect
    .poll(() => stage.slack.lastAnswer('U1'))
    .toMatchObject({ via: 'chat.postMessage', channel: 'D1' })
})

test('somebody unknown learns how to get in and sees nothing else', async () => {
  stage.dispatcher.known = false
  stage.dispatcher.script = () => show([{ kind: 'text', tone: 'bad', text: say('error.identity.noAccount') }])
  await open()
  await expect.poll(() => home()?.shown).toContain('an administrator makes one')
  expect(home()?.shown).toContain('🔴 I do not know you yet.')
  expect(home()?.shown).not.toContain('Find any account')
  expect(stage.slack.problems).toEqual([])
})

test('B-17 a tab that is opened a hundred times is published one at a time and rarely, the last state last', async () => {
  await stage.close()
  stage = await startStage({ limits: { publishEveryMs: 100 } })
  let running = 0
  let most = 0
  stage.dispatcher.script = async () => {
    running += 1
    most = Math.max(most, running)
    await new Promise(setImmediate)
    running -= 1
    return show([text(`state ${stage.dispatcher.asked.length}`)])
  }
  for (let i = 0; i < 100; i += 1) await open()
  await stage.bot.stop()
  expect(most).toBe(1)
  const times = published().map(({ at }) => at)
  expect(times.every((time, i) => i === 0 || time - (times[i - 1] ?? 0) >= 95)).toBe(true)
  expect(times.length).toBeLessThan(20)
  expect(home()?.shown).toContain(`state ${stage.dispatcher.asked.length}`)
})

test('a tab that cannot be published is noted and harms nothing', async () => {
  stage.slack.failNext('views.publish', { error: 'not_enabled' })
  await open()
  await expect.poll(() => stage.notes.map(({ line }) => line)).toContain('a Home tab could not be published')
})
