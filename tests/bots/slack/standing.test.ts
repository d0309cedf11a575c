import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { realClock } from '../../../src/bots/slack/pause.ts'
import type { ChatIdentity } from '../../../src/domain/identity/person.ts'
import { english, type Stage, startStage, text } from './harness.ts'
import { wanted } from '../../support/wanted.ts'

let stage: Stage
let later = 0

beforeEach(async () => {
  later = 0
  stage = await startStage({ clock: { ...realClock, now: () => performance.now() + later } })
})
afterEach(() => stage.close())

const whom = (user: string): ChatIdentity => ({ platform: 'SLACK', workspace: 'T0HOME', externalId: user })
const push = (user = 'U1') => stage.bot.push(whom(user), english, [text('a reminder')], wanted)
const edit = () => stage.bot.edit(whom('U1'), { chat: 'D1', message: '1.1' }, english, [text('a card')])
const sends = () => stage.slack.calls.filter(({ method }) => method.startsWith('chat.')).length
const errors = () => stage.notes.filter(({ level }) => level === 'error').map(({ line }) => line)

/** As when an administrator removes the app: no call with this token is taken any more. */
function revoke(): () => void {
  const identity = stage.slack.identity as { botToken: string }
  const good = identity.botToken
  identity.botToken = 'xoxb-of-another-installation'
  return () => void (identity.botToken = good)
}

describe('A-19 when Slack says that the app', () => {
  it.each([
    ['was removed', { type: 'app_uninstalled' }],
    ['has lost its token', { type: 'tokens_revoked', tokens: { bot: ['U0KAMERTON'] } }],
  ])('%s, nothing is sent any more, it is said once, and what is owed waits', async (_what, event) => {
    const install = revoke()
    expect(await stage.slack.event(event)).toMatchObject({ status: 200 })
    await expect.poll(errors).toEqual(['Slack refuses auth.test: invalid_auth; somebody has to set it right'])
    const before = sends()
    const pushed = await Promise.all(Array.from({ length: 50 }, () => push()))
    expect(new Set(pushed.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ kind: 'later', afterMs: 600_000, reason: 'invalid_auth' })]),
    )
    expect(await edit()).toMatchObject({ kind: 'later' })
    later += 61_000
    await Promise.all(Array.from({ length: 50 }, () => push()))
    expect(sends()).toBe(before)
    expect(stage.slack.calls.filter(({ method }) => method === 'auth.test')).toHaveLength(3)
    expect(errors()).toHaveLength(1)
    expect(stage.bot.health()).toBe('Slack refuses the token: invalid_auth')

    install()
    later += 61_000
    expect(await push()).toMatchObject({ kind: 'sent' })
    expect(stage.bot.health()).toBeNull()
  })

  it('has lost the token of one person, it goes on', async () => {
    await stage.slack.event({ type: 'tokens_revoked', tokens: { oauth: ['U1'] } })
    await expect.poll(() => stage.slack.calls.filter(({ method }) => method === 'auth.test').length).toBe(2)
    expect(await push()).toMatchObject({ kind: 'sent' })
    expect(errors()).toEqual([])
  })

  it('is of a workspace that is being moved, what is owed waits a minute', async () => {
    stage.slack.failNext('chat.postMessage', { error: 'team_added_to_org' })
    expect(await push()).toEqual({ kind: 'later', afterMs: 60_000, reason: 'team_added_to_org' })
    expect(errors()).toEqual([])
  })
})

it('A-19 the first send that is refused because of the token is the last, also when no event told of it', async () => {
  revoke()
  expect(await push()).toMatchObject({ kind: 'later', reason: 'invalid_auth' })
  await expect.poll(errors).toHaveLength(1)
  const before = sends()
  await Promise.all(Array.from({ length: 20 }, () => push()))
  expect(sends()).toBe(before)
})

it('A-20 Slack’s word that it holds back events is written down, and leads to nothing else', async () => {
  const calls = stage.slack.calls.length
  const told = { token: 'x', type: 'app_rate_limited', team_id: 'T0HOME', minute_rate_limited: 1_790_000_000 }
  for (const _minute of [1, 2, 3]) {
    const { status } = await stage.slack.post(
      JSON.stringify({ ...told, minute_rate_limited: told.minute_rate_limited + _minute }),
    )
    expect(status).toBe(200)
  }
  expect(errors()).toEqual(
    Array(3).fill('Slack holds back events: there were more than it delivers in an hour'),
  )
  expect(stage.slack.calls.length).toBe(calls)
  expect(stage.dispatcher.asked).toEqual([])
})
