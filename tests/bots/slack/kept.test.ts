import { afterEach, describe, expect, it, vi } from 'vitest'
import { show } from '../../../src/commands/kit/view.ts'
import type { SlackLimits } from '../../../src/bots/slack/limits.ts'
import { memoryInbox } from '../telegram/stage.ts'
import { gate, type Stage, startStage, text } from './harness.ts'

const stages: Stage[] = []
afterEach(async () => {
  await Promise.all(stages.splice(0).map((stage) => stage.close()))
})

const open = async (inbox: ReturnType<typeof memoryInbox>, limits: Partial<SlackLimits> = {}) => {
  const stage = await startStage({ inbox, limits })
  stages.push(stage)
  return stage
}

const card = () => show([text('a card'), { kind: 'buttons', buttons: [button] }])
const button = { label: { plain: 'Save' }, command: 'log', args: { account: 'acme' }, tone: 'plain' } as never

/** A process that dies at its work does no more of it; what it had acknowledged is in the inbox. */
async function diedAt(act: (stage: Stage) => Promise<unknown>) {
  const inbox = memoryInbox()
  const first = await open(inbox)
  const never = gate()
  first.dispatcher.script = async () => (await never.opened, show([]))
  await act(first)
  await vi.waitUntil(() => first.dispatcher.asked.length === 1)
  const left = await inbox.unfinished()
  never.open()
  const second = memoryInbox()
  for (const row of left) await second.store('SLACK', [row])
  return { left, inbox: second }
}

describe('what Slack was told has arrived', () => {
  it('is kept while it is worked on, and no longer', async () => {
    const inbox = memoryInbox()
    const { slack, dispatcher } = await open(inbox)
    const working = gate()
    dispatcher.script = async () => (await working.opened, show([text('done')]))
    const delivery = await slack.directMessage('U1', 'hello')
    expect(delivery.status).toBe(200)
    await vi.waitUntil(() => dispatcher.asked.length === 1)
    expect(await inbox.unfinished()).toHaveLength(1)
    expect(dispatcher.asked[0]).toMatchObject({ stored: true })
    working.open()
    await vi.waitFor(async () => expect(await inbox.unfinished()).toEqual([]), 20_000)
  })

  it('is marked as done at the end at the latest, when the inbox could not be told before', async () => {
    const inbox = memoryInbox()
    inbox.fail.finish = 1
    const { slack, close } = await open(inbox)
    await slack.directMessage('U1', 'hello')
    await vi.waitUntil(() => inbox.fail.finish === 0)
    expect(await inbox.unfinished()).toHaveLength(1)
    await close()
    expect(await inbox.unfinished()).toEqual([])
  })

  it('needs no keeping when the acknowledgement brings the answer', async () => {
    const inbox = memoryInbox()
    const { slack } = await open(inbox)
    await slack.command({ command: '/account', text: 'acme', user: 'U1', channel: 'C1' })
    expect(inbox.rows.size).toBe(0)
  })

  it('is done by the next process: a message', async () => {
    const { inbox } = await diedAt(({ slack }) => slack.directMessage('U1', 'hello'))
    const { slack, dispatcher } = await open(inbox)
    await vi.waitUntil(() => slack.answersTo('U1').length > 0)
    expect(dispatcher.asked).toMatchObject([{ act: { kind: 'line', text: 'hello' }, stored: true }])
    await vi.waitFor(async () => expect(await inbox.unfinished()).toEqual([]), 20_000)
  })

  it('is done by the next process: a press', async () => {
    const { inbox, left } = await diedAt(async (first) => {
      const { script } = first.dispatcher
      first.dispatcher.script = () => card()
      await first.slack.directMessage('U1', 'card')
      await vi.waitUntil(() => first.slack.answersTo('U1').length > 0)
      first.dispatcher.asked.length = 0
      first.dispatcher.script = script
      await first.slack.press({ label: 'Save', user: 'U1' })
    })
    expect(JSON.stringify(left)).not.toContain('response_url')
    const { dispatcher } = await open(inbox)
    await vi.waitUntil(() => dispatcher.asked.length === 1)
    expect(dispatcher.asked).toMatchObject([{ act: { kind: 'press', command: 'log' }, stored: true }])
  })

  it('is done by the next process: a command that took too long for its acknowledgement', async () => {
    const { inbox, left } = await diedAt(({ slack }) =>
      slack.command({ command: '/account', text: 'acme', user: 'U1', channel: 'C1' }),
    )
    expect(left).toHaveLength(1)
    const { slack, dispatcher } = await open(inbox)
    await vi.waitUntil(() => slack.answersTo('U1').length > 0)
    expect(slack.lastAnswer('U1')).toMatchObject({ visibleTo: 'user', shown: 'echo /account acme' })
    expect(dispatcher.asked).toMatchObject([{ act: { kind: 'line', text: '/account acme' }, stored: true }])
  })

  it('is done by the next process when a stop throws its answer away, which Slack had put off', async () => {
    const inbox = memoryInbox()
    const first = await open(inbox, { drainMs: 50 })
    first.slack.failNext('chat.postMessage', { retryAfter: 30 })
    await first.slack.directMessage('U1', 'hello')
    await vi.waitUntil(() => first.slack.calls.some(({ method }) => method === 'chat.postMessage'), 20_000)
    await first.close()
    expect(first.notes.at(-1)?.line).toBe('an update is left for the next process')
    const { slack, dispatcher } = await open(inbox)
    await vi.waitUntil(() => slack.answersTo('U1').length > 0, 20_000)
    expect(dispatcher.asked).toMatchObject([{ act: { kind: 'line', text: 'hello' }, resumed: true }])
    await vi.waitFor(async () => expect(await inbox.unfinished()).toEqual([]), 20_000)
  })

  it('G-03 is worked on as its own, and once, when only the answer of the inbox was lost', async () => {
    const inbox = memoryInbox()
    const { slack, dispatcher } = await open(inbox)
    dispatcher.script = () => card()
    await slack.directMessage('U1', 'card')
    await vi.waitUntil(() => slack.answersTo('U1').length > 0)
    inbox.fail.storeAfterwards = 1
    dispatcher.script = () => show([text('saved')])
    await slack.press({ label: 'Save', user: 'U1' })
    await vi.waitUntil(() => slack.lastAnswer('U1')?.shown === 'saved')
    expect(dispatcher.asked.at(-1)).toMatchObject({ act: { kind: 'press', command: 'log' }, stored: true })
    await vi.waitFor(async () => expect(await inbox.unfinished()).toEqual([]), 20_000)
    expect(inbox.rows.size).toBe(2)
  })

  it('is not left over when it arrives in the inbox after its work is done', async () => {
    const inbox = memoryInbox()
    const arrives = gate()
    const store: typeof inbox.store = async (...given) => (await arrives.opened, inbox.store(...given))
    const { slack, dispatcher } = await open({ ...inbox, store })
    dispatcher.script = () => card()
    await slack.command({ command: '/account', text: 'acme', user: 'U1', channel: 'C1' })
    dispatcher.script = () => show([text('saved')])
    await slack.press({ label: 'Save', user: 'U1' })
    await vi.waitUntil(() => slack.lastAnswer('U1')?.shown === 'saved')
    arrives.open()
    await vi.waitUntil(() => inbox.rows.size === 1)
    await vi.waitFor(async () => expect(await inbox.unfinished()).toEqual([]), 20_000)
  })

  it('is one work when it comes again while it is worked on', async () => {
    const inbox = memoryInbox()
    const { slack, dispatcher } = await open(inbox)
    const working = gate()
    dispatcher.script = async () => (await working.opened, show([text('done')]))
    const event = { type: 'message', channel_type: 'im', channel: 'D1', user: 'U1', text: 'hello', ts: '1.1' }
    for (const num of [1, 2])
      await slack.event(event, { eventId: 'Ev1', retry: { num, reason: 'http_timeout' } })
    working.open()
    await vi.waitFor(async () => expect(await inbox.unfinished()).toEqual([]), 20_000)
    expect(dispatcher.asked).toHaveLength(1)
  })

  it('is one work for two processes that hear of the same', async () => {
    const inbox = memoryInbox()
    const [one, two] = [await open(inbox), await open(inbox)]
    const event = { type: 'message', channel_type: 'im', channel: 'D1', user: 'U1', text: 'hello', ts: '1.1' }
    await Promise.all([one, two].map(({ slack }) => slack.event(event, { eventId: 'Ev1' })))
    await vi.waitFor(async () => expect(await inbox.unfinished()).toEqual([]), 20_000)
    expect(one.dispatcher.asked.length + two.dispatcher.asked.length).toBe(1)
  })
})

describe('what cannot be kept', () => {
  it('is not acknowledged when Slack sends it again, and then is heard', async () => {
    const inbox = memoryInbox()
    const { slack, dispatcher } = await open(inbox)
    inbox.fail.store = 1
    const first = await slack.directMessage('U1', 'hello', { eventId: 'Ev1' })
    expect(first.status).toBe(500)
    expect(dispatcher.asked).toEqual([])
    const again = await slack.directMessage('U1', 'hello', { eventId: 'Ev1' })
    expect(again.status).toBe(200)
    await vi.waitUntil(() => dispatcher.asked.length === 1)
    slack.problems.length = 0
  })
})
