import { afterEach, expect, test } from 'vitest'
import { type Stage, startStage } from './harness.ts'

let stage: Stage
let time = Date.now()

afterEach(() => stage.close())

async function open(): Promise<void> {
  time = Date.now()
  stage = await startStage({ now: () => new Date(time), standIn: { signingNow: () => time } })
}

const asks = (user: string) => stage.slack.command({ command: '/account', text: 'Acme', user, channel: 'C1' })
const looks = (user: string) =>
  stage.slack.calls.filter(({ method, args }) => method === 'users.info' && args['user'] === user).length
const forgotten = () => stage.dispatcher.forgotten.map(({ externalId }) => externalId)

test.each(['U3', 'U5', 'U9'])(
  'E-01 %s, who became a guest, a stranger or nobody while we were down, is forgotten after the first answer',
  async (user) => {
    await open()
    await asks(user)
    await expect.poll(forgotten).toEqual([user])
  },
)

test.each([
  ['has another address by now', 'somebody.else@example.com', true],
  ['has the address that let them in', 'ada@example.com', false],
])('E-01 a member who %s, which no event told of, is forgotten: %s, %s', async (_what, email, isGone) => {
  await open()
  stage.dispatcher.person = { email }
  await asks('U1')
  await expect.poll(() => looks('U1')).toBe(1)
  if (isGone) await expect.poll(forgotten).toEqual(['U1'])
  else expect(forgotten()).toEqual([])
})

test('a member is looked at once a day', async () => {
  await open()
  await asks('U1')
  await asks('U1')
  await expect.poll(() => looks('U1')).toBe(1)
  time += 24 * 3_600_000
  await asks('U1')
  await expect.poll(() => looks('U1')).toBe(2)
  expect(forgotten()).toEqual([])
})

test('nobody is forgotten because Slack does not answer, and nobody unknown is looked at', async () => {
  await open()
  stage.slack.failNext('users.info', { status: 500, body: 'oops' })
  await asks('U3')
  await expect.poll(() => stage.notes.map(({ line }) => line)).toContain('a member could not be looked at')
  stage.dispatcher.known = false
  await asks('U5')
  expect([forgotten(), looks('U5')]).toEqual([[], 0])
})
