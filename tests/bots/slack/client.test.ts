import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSlackClient, type SlackClient } from '../../../src/bots/slack/client.ts'
import { SlackCallError } from '../../../src/bots/slack/errors.ts'
import type { Method } from '../../../src/bots/slack/methods.ts'
import { journalLogger } from '../../../src/bots/slack/journal-logger.ts'
import { figure } from '../../support/figures.ts'
import { type SlackStandIn, startSlackStandIn } from '../../support/slack/slack-stand-in.ts'
import { type Noted, notingJournal } from './harness.ts'
import { SteppedClock } from './stepped-clock.ts'

let slack: SlackStandIn
let clock: SteppedClock
let client: SlackClient
let notes: Noted[]
let logger: ReturnType<typeof journalLogger>
const stopped = new AbortController().signal

beforeEach(async () => {
  const users = ['U1', 'U2', 'U3'].map((id) => ({ id, name: id.toLowerCase() }))
  clock = new SteppedClock()
  slack = await startSlackStandIn({ users, now: clock.now })
  notes = []
  logger = journalLogger(notingJournal(notes))
  client = createSlackClient({
    botToken: slack.identity.botToken,
    apiUrl: slack.apiUrl,
    logger,
    stopped,
    clock,
  })
})

afterEach(() => slack.stop())

const post = (user: string, text: string) =>
  client.call('chat.postMessage', { channel: user, text }, `direct ${user}`)
const once = (user: string, text: string) =>
  client.once('chat.postMessage', { channel: user, text }, `direct ${user}`)
const textsOf = (user: string) => slack.answersTo(user).map(({ shown }) => shown)
const limited = (value: string) => ({
  status: 429,
  headers: { 'retry-after': value },
  body: '{"ok":false,"error":"ratelimited"}',
})
const callsOf = (method: Method) => slack.calls.filter((call) => call.method === method)
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof SlackCallError ? error : null),
  )

/** Lets time pass until that many calls have been made. */
async function calledTimes(method: Method, count: number): Promise<void> {
  await expect.poll(() => callsOf(method).length).toBe(count)
}

describe('a channel that is told to wait', () => {
  test.each([1, 30])(
    'B-08 for %i s keeps its order and is left alone until then, and no other waits',
    async (seconds) => {
      slack.failNext('chat.postMessage', limited(String(seconds)))
      const [first, second] = [post('U1', 'first'), post('U1', 'second')]
      await calledTimes('chat.postMessage', 1)
      const began = performance.now()
      await Promise.all([post('U2', 'other'), post('U3', 'third')])
      const ms = performance.now() - began
      await clock.pass(seconds * 1_000 - 1)
      expect(callsOf('chat.postMessage')).toHaveLength(3)
      await clock.pass(2)
      await Promise.all([first, second])
      expect([textsOf('U1'), textsOf('U2'), textsOf('U3')]).toEqual([
        ['first', 'second'],
        ['other'],
        ['third'],
      ])
      figure('B-08', `Retry-After ${seconds} s on one channel: two others served within ${Math.ceil(ms)} ms`)
    },
  )

  test('B-08 for 300 s is given up by answers, which go another way, and by pushes, which come later', async () => {
    slack.failNext('chat.postMessage', limited('300'))
    const first = await codeOf(post('U1', 'first'))
    expect(first).toMatchObject({ code: 'ratelimited' })
    expect(await codeOf(once('U1', 'second'))).toMatchObject({ failure: 'limited', retryAfterSeconds: 300 })
    expect(await codeOf(post('U2', 'other'))).toBe('done')
    expect(callsOf('chat.postMessage')).toHaveLength(2)
    await clock.pass(300_000)
    expect(await codeOf(once('U1', 'third'))).toBe('done')
  })
})

describe('B-09 a time', () => {
  test.each(['', 'soon', '-5', '0', 'NaN'])(
    'that cannot be read (%j) is taken for thirty seconds',
    async (value) => {
      slack.failNext('chat.postMessage', value === '' ? { status: 429, body: '{}' } : limited(value))
      expect(await codeOf(once('U1', 'first'))).toMatchObject({ failure: 'limited', retryAfterSeconds: 30 })
      await clock.pass(29_999)
      expect(await codeOf(once('U1', 'second'))).toMatchObject({ failure: 'limited' })
      await clock.pass(1)
      expect(await codeOf(once('U1', 'third'))).toBe('done')
      expect(textsOf('U1')).toEqual(['third'])
    },
  )
})

describe('a method that is told to wait', () => {
  // Only messages are counted by channel; of all else Slack counts the calls of the workspace.
  test.each(['views.publish', 'views.update', 'chat.update'] as const)(
    'B-08 is left alone for everybody: %s',
    async (method) => {
      slack.failNext(method, { retryAfter: 20 })
      const args = { user_id: 'U1', view: {}, channel: 'U1', ts: '1.1', text: 'x' }
      const at = (place: string) => codeOf(client.once(method, args, place))
      expect(await at('one')).toMatchObject({ failure: 'limited', retryAfterSeconds: 20 })
      await clock.pass(19_000)
      expect(await at('two')).toMatchObject({ failure: 'limited', retryAfterSeconds: 1 })
      expect(callsOf(method)).toHaveLength(1)
      await clock.pass(1_000)
      await at('two')
      expect(callsOf(method)).toHaveLength(2)
      expect(slack.problems.filter((problem) => problem.includes('Retry-After'))).toEqual([])
    },
  )
})

describe('a token that Slack does not take', () => {
  test('B-11 is tried with one message, said once, and tried again only after ten minutes', async () => {
    slack.failNext('chat.postMessage', { error: 'token_revoked' }, 2)
    for (const user of ['U1', 'U2', 'U3', 'U1'])
      expect(await codeOf(once(user, 'x'))).toMatchObject({ code: 'token_revoked', failure: 'refused' })
    expect(callsOf('chat.postMessage')).toHaveLength(1)
    expect(notes.filter(({ level }) => level === 'error')).toHaveLength(1)
    await clock.pass(600_000)
    await codeOf(once('U1', 'x'))
    await codeOf(once('U2', 'x'))
    expect(callsOf('chat.postMessage')).toHaveLength(2)
    expect(notes.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  test('B-11 is good again once any call has shown it', async () => {
    slack.failNext('chat.postMessage', { error: 'invalid_auth' })
    await codeOf(once('U1', 'x'))
    await client.call('auth.test', {})
    expect(await codeOf(once('U1', 'y'))).toBe('done')
  })

  test('B-11 that lacks a scope for one method is good for the others', async () => {
    slack.failNext('users.info', { error: 'missing_scope' })
    await codeOf(client.call('users.info', { user: 'U1' }))
    expect(await codeOf(once('U1', 'y'))).toBe('done')
  })
})

describe('a message whose answer is lost', () => {
  test.each([
    ['the connection breaks', { hangUp: true }],
    ['Slack says 500', { status: 500, body: 'oops' }],
    ['Slack says internal_error', { error: 'internal_error' }],
    ['Slack says fatal_error', { error: 'fatal_error' }],
    ['no answer comes', { delayMs: 60_000 }],
  ])('B-10 because %s is not sent a second time here', async (_why, failure) => {
    const { botToken } = slack.identity
    client = createSlackClient({ botToken, apiUrl: slack.apiUrl, logger, stopped, clock, timeoutMs: 300 })
    slack.failNext('chat.postMessage', { ...failure, afterDoing: true })
    expect(await codeOf(post('U1', 'once'))).toMatchObject({ failure: 'unclear' })
    expect(textsOf('U1')).toEqual(['once'])
    expect(callsOf('chat.postMessage')).toHaveLength(1)
  })
})
