import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Json } from '../../../src/bots/json.ts'
import type { Pushed } from '../../../src/bots/ports.ts'
import { directPlace } from '../../../src/bots/slack/delivery.ts'
import { SlackCallError } from '../../../src/bots/slack/errors.ts'
import { createPlaces } from '../../../src/bots/slack/places.ts'
import { createPusher, type Pusher } from '../../../src/bots/slack/push.ts'
import { createPushPace, type PushPace } from '../../../src/bots/slack/push-pace.ts'
import { english, gate, notingJournal, text } from './harness.ts'
import { SteppedClock } from './stepped-clock.ts'
import { wanted } from '../../support/wanted.ts'

type Call = { user: string; at: number }

let clock: SteppedClock
let pace: PushPace
let pusher: Pusher
let calls: Call[]
let answers: ((user: string) => Promise<Json>) | null
let stopping: AbortController
const places = createPlaces()

beforeEach(() => {
  clock = new SteppedClock()
  pace = createPushPace(clock.now)
  calls = []
  answers = null
  stopping = new AbortController()
  pusher = createPusher({
    clock,
    pace,
    journal: notingJournal([]),
    standing: { check: async () => undefined, lost: async () => null },
    installation: () => ({ teamId: 'T1', enterpriseId: '', botUserId: 'U0', botId: 'B0' }),
    stopping: stopping.signal,
    client: {
      call: async () => ({}),
      free: places.free,
      trouble: () => null,
      once: (_method, args, place, begin = wanted) =>
        places.inOrder(place, async () => {
          if (!(await begin())) return null
          const user = String(args['channel'])
          calls.push({ user, at: clock.now() })
          return answers ? answers(user) : { channel: `D${user}`, ts: '1.1' }
        }),
    },
  })
})

afterEach(() => {
  stopping.abort()
})

const start = 1_000_000
const push = (user: string, begin = wanted) =>
  pusher.push({ platform: 'SLACK', workspace: 'T1', externalId: user }, english, [text(`for ${user}`)], begin)
const secondsOf = (user: string) =>
  calls.filter((call) => call.user === user).map(({ at }) => (at - start) / 1_000)

async function all(pushes: readonly Promise<Pushed>[], ms: number): Promise<Pushed[]> {
  await clock.pass(ms)
  return Promise.all(pushes)
}

test('a workspace gets at most four a second, in order', async () => {
  const people = Array.from({ length: 20 }, (_, index) => `U${index}`)
  const results = await all(
    people.map((user) => push(user)),
    5_000,
  )
  expect(results.every(({ kind }) => kind === 'sent')).toBe(true)
  expect(calls.map(({ user }) => user)).toEqual(people)
  expect(calls.map(({ at }) => at - start)).toEqual(people.map((_, index) => index * 250))
})

test('one person gets at most one a second', async () => {
  await all([push('U1'), push('U1'), push('U1'), push('U2')], 5_000)
  expect(secondsOf('U1')).toEqual([0, 1, 2])
  expect(secondsOf('U2')).toEqual([0.75])
})

test('what would wait too long is not sent and told when to come back, each at another time', async () => {
  const results = await all(
    Array.from({ length: 100 }, (_, index) => push(`U${index}`)),
    10_000,
  )
  const sent = results.filter(({ kind }) => kind === 'sent')
  const later = results.flatMap((one) => (one.kind === 'later' ? [one.afterMs] : []))
  expect(calls).toHaveLength(sent.length)
  expect(sent.length).toBe(37)
  expect(later).toHaveLength(63)
  expect(new Set(later).size).toBe(later.length)
  expect(Math.min(...later)).toBeGreaterThan(9_000)
})

test('a person whose turn is too far away does not hold up anybody else', async () => {
  pace.limited('U1', 300_000)
  expect(await push('U1')).toEqual({ kind: 'later', afterMs: 300_000, reason: expect.any(String) })
  expect(await push('U2')).toMatchObject({ kind: 'sent', chat: 'DU2', message: '1.1' })
})

test('B-08 two people limited at once are the limit of the workspace', async () => {
  pace.limited('U1', 30_000)
  pace.limited('U2', 20_000)
  expect(await push('U3')).toMatchObject({ kind: 'later', afterMs: expect.any(Number) })
  await clock.pass(20_000)
  expect(await push('U3')).toMatchObject({ kind: 'sent' })
})

test('after an answer in the same direct message a second goes by', async () => {
  pace.posted('U1', 'answer')
  const pushed = push('U1')
  await clock.pass(999)
  expect(calls).toEqual([])
  await clock.pass(1)
  expect(await pushed).toMatchObject({ kind: 'sent' })
})

test('answers take their share of the rate from what waits', async () => {
  for (let count = 0; count < 8; count += 1) pace.posted(`A${count}`, 'answer')
  const pushed = push('U1')
  await clock.pass(1_999)
  expect(calls).toEqual([])
  await clock.pass(1)
  expect(await pushed).toMatchObject({ kind: 'sent' })
})

test('an answer that is under way or waits goes first, however late', async () => {
  const slow = gate()
  const answer = places.inOrder(directPlace('U1'), () => slow.opened)
  const pushed = push('U1')
  await clock.pass(3_000)
  expect(calls).toEqual([])
  slow.open()
  await answer
  await clock.pass(0)
  expect(await pushed).toMatchObject({ kind: 'sent' })
})

test('an answer that takes longer than a push may wait sends the push away unsent', async () => {
  const slow = gate()
  const answer = places.inOrder(directPlace('U1'), () => slow.opened)
  const pushed = push('U1')
  await clock.pass(9_000)
  expect(await pushed).toMatchObject({ kind: 'later', reason: 'others go first' })
  slow.open()
  await answer
  await clock.pass(5_000)
  expect(calls).toEqual([])
})

test('an answer asked for after a push does not overtake it while it is on its way', async () => {
  const slow = gate()
  const order: string[] = []
  answers = async () => {
    await slow.opened
    order.push('push')
    return { channel: 'D1', ts: '1.1' }
  }
  const pushed = push('U1')
  await clock.pass(0)
  const answer = places.inOrder(directPlace('U1'), async () => void order.push('answer'))
  slow.open()
  await Promise.all([pushed, answer])
  expect(calls).toHaveLength(1)
  expect(order).toEqual(['push', 'answer'])
})

test('what has not gone out when its time is over is given up, and does not go out afterwards', async () => {
  const slow = gate()
  const pushed = push('U1', async () => {
    await slow.opened
    return true
  })
  await clock.pass(9_000)
  expect(await pushed).toMatchObject({ kind: 'later', reason: 'others go first' })
  slow.open()
  await clock.pass(5_000)
  expect(calls).toEqual([])
})

test('whoever waits for a turn is sent away when the adapter stops', async () => {
  const waiting = [push('U1'), push('U1'), push('U1')]
  await clock.pass(0)
  stopping.abort()
  await clock.pass(0)
  expect((await Promise.all(waiting)).map(({ kind }) => kind)).toEqual(['sent', 'later', 'later'])
  expect(calls).toHaveLength(1)
  await pusher.idle()
})

test('B-08 a limit that Slack names is kept for the next one to the same person', async () => {
  answers = async () => Promise.reject(new SlackCallError('chat.postMessage', 'ratelimited', 'limited', 4))
  expect(await push('U1')).toMatchObject({ kind: 'later', afterMs: 4_000 })
  answers = null
  const again = push('U1')
  await clock.pass(3_999)
  expect(calls).toHaveLength(1)
  await clock.pass(1)
  expect(await again).toMatchObject({ kind: 'sent' })
})
