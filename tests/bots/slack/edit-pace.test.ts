import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Json } from '../../../src/bots/json.ts'
import type { Edited } from '../../../src/bots/ports.ts'
import { createEditor, type Editor } from '../../../src/bots/slack/edit.ts'
import { SlackCallError } from '../../../src/bots/slack/errors.ts'
import { createPlaces } from '../../../src/bots/slack/places.ts'
import { createPusher, type Pusher } from '../../../src/bots/slack/push.ts'
import { createPushPace } from '../../../src/bots/slack/push-pace.ts'
import { english, notingJournal, text } from './harness.ts'
import { SteppedClock } from './stepped-clock.ts'
import { wanted } from '../../support/wanted.ts'

const START = 1_000_000

let clock: SteppedClock
let edited: { ts: string; at: number }[]
let answer: (ts: string) => Promise<Json>
let editor: Editor
let pusher: Pusher
let stopping: AbortController

beforeEach(() => {
  clock = new SteppedClock()
  edited = []
  answer = async () => ({})
  stopping = new AbortController()
  const places = createPlaces()
  const parts = {
    clock,
    pace: createPushPace(clock.now),
    journal: notingJournal([]),
    standing: { check: async () => undefined, lost: async () => null },
    installation: () => ({ teamId: 'T1', enterpriseId: '', botUserId: 'U0', botId: 'B0' }),
    stopping: stopping.signal,
    client: {
      call: async () => ({}),
      free: places.free,
      trouble: () => null,
      once: (method: string, args: Readonly<Record<string, unknown>>, place: string) =>
        places.inOrder(place, async () => {
          if (method !== 'chat.update') return { channel: 'D', ts: '1.1' }
          edited.push({ ts: String(args['ts']), at: clock.now() - START })
          return answer(String(args['ts']))
        }),
    },
  }
  editor = createEditor(parts)
  pusher = createPusher(parts)
})

afterEach(() => {
  stopping.abort()
})

const identity = (user: string) => ({ platform: 'SLACK', workspace: 'T1', externalId: user }) as const
const edit = (user: string) =>
  editor.edit(identity(user), { chat: `D${user}`, message: user }, english, [text('outcome')])
const people = (count: number) => Array.from({ length: count }, (_, index) => `U${index}`)

async function all(edits: readonly Promise<Edited>[], ms: number): Promise<string[]> {
  await clock.pass(ms)
  return (await Promise.all(edits)).map(({ kind }) => kind)
}

test('ten go out at once, and then fifty a minute; what would wait too long comes later', async () => {
  const kinds = await all(people(20).map(edit), 10_000)
  expect(edited.map(({ at }) => at)).toEqual([
    ...Array.from({ length: 10 }, () => 0),
    ...Array.from({ length: 7 }, (_, index) => (index + 1) * 1_200),
  ])
  expect(kinds).toEqual([...Array.from({ length: 17 }, () => 'done'), 'later', 'later', 'later'])
})

test('they do not stand behind a crowd of messages that nobody asked for', async () => {
  const crowd = people(30).map((user) =>
    pusher.push(identity(user), english, [text('Monday, nine o’clock')], wanted),
  )
  const kinds = await all([edit('U100'), edit('U101'), edit('U102')], 0)
  expect(kinds).toEqual(['done', 'done', 'done'])
  await clock.pass(10_000)
  await Promise.all(crowd)
})

test('B-08 after a refusal none is tried until the time that Slack named, whoever it is for', async () => {
  answer = async () => {
    throw new SlackCallError('chat.update', 'ratelimited', 'limited', 5)
  }
  expect(await all([edit('U1')], 0)).toEqual(['later'])
  answer = async () => ({})
  const other = edit('U2')
  await clock.pass(4_999)
  expect(edited).toHaveLength(1)
  expect(await all([other], 1)).toEqual(['done'])
})

test('what waits while the adapter stops comes later', async () => {
  answer = async () => {
    throw new SlackCallError('chat.update', 'ratelimited', 'limited', 5)
  }
  await all([edit('U1')], 0)
  const waiting = edit('U2')
  stopping.abort()
  expect(await waiting).toMatchObject({ kind: 'later', reason: 'not running' })
  expect(edited).toHaveLength(1)
})

test('an answer is due within twenty seconds, also behind a slow edit in the same chat', async () => {
  answer = async () => {
    await clock.pause(10_000, stopping.signal)
    return {}
  }
  expect(await all([edit('U1'), edit('U1')], 10_000)).toEqual(['done', 'later'])
  expect(edited).toHaveLength(1)
})
