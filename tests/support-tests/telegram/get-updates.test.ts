import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startTelegramStandIn, type TelegramStandIn } from '../../support/telegram/telegram-stand-in.ts'
import { ANNA, callApi, updateIds } from './api-client.ts'

let standIn: TelegramStandIn
let clock = 1_000_000_000_000

beforeEach(async () => {
  clock = 1_000_000_000_000
  standIn = await startTelegramStandIn({ now: () => clock, secondMs: 200 })
})

afterEach(() => standIn.stop())

async function untilHeld(): Promise<void> {
  while (!standIn.polling) await new Promise((resolve) => setImmediate(resolve))
}

describe('getUpdates', () => {
  test('gives the same updates again until an offset confirms them', async () => {
    const ids = ['a', 'b', 'c'].map((text) => standIn.say(ANNA, text).update.update_id)
    expect(await updateIds(standIn)).toEqual(ids)
    expect(await updateIds(standIn, { offset: ids[0] })).toEqual(ids)
    expect(standIn.pendingUpdates).toHaveLength(3)
    expect(await updateIds(standIn, { offset: ids[2] })).toEqual([ids[2]])
    expect(standIn.confirmedOffset).toBe(ids[2])
    expect(await updateIds(standIn, { offset: 0 })).toEqual([ids[2]])
  })

  test('keeps to the limit and takes 100 for a wrong one', async () => {
    for (let n = 0; n < 105; n += 1) standIn.say(ANNA, `text ${n}`)
    expect(await updateIds(standIn, { limit: 2 })).toHaveLength(2)
    expect(await updateIds(standIn, { limit: 101 })).toHaveLength(100)
    expect(await updateIds(standIn)).toHaveLength(100)
  })

  test('throws the queue away on a negative offset, save the last ones', async () => {
    const ids = ['a', 'b', 'c'].map((text) => standIn.say(ANNA, text).update.update_id)
    expect(await updateIds(standIn, { offset: -1 })).toEqual([ids[2]])
    expect(await updateIds(standIn)).toEqual([ids[2]])
  })

  test('holds an empty poll until something happens', async () => {
    const poll = updateIds(standIn, { timeout: 50 })
    await untilHeld()
    const said = standIn.say(ANNA, 'hello')
    expect(await poll).toEqual([said.update.update_id])
  })

  test('answers an empty list when the time is over', async () => {
    expect(await updateIds(standIn, { timeout: 1 })).toEqual([])
  })

  test('ends the older of two pollers with 409', async () => {
    const older = callApi(standIn, 'getUpdates', { timeout: 50 })
    await untilHeld()
    const newer = callApi(standIn, 'getUpdates', { timeout: 50 })
    expect(await older).toEqual({
      ok: false,
      error_code: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    })
    standIn.say(ANNA, 'hello')
    expect((await newer).ok).toBe(true)
  })

  test('forgets a poller that went away', async () => {
    const gone = new AbortController()
    const poll = callApi(standIn, 'getUpdates', { timeout: 50 }, gone.signal)
    await untilHeld()
    gone.abort()
    await expect(poll).rejects.toThrow('aborted')
    while (standIn.polling) await new Promise((resolve) => setImmediate(resolve))
    const said = standIn.say(ANNA, 'not lost')
    expect(await updateIds(standIn)).toEqual([said.update.update_id])
  })

  test('is refused while a webhook is set, and a webhook ends a held poll', async () => {
    const poll = callApi(standIn, 'getUpdates', { timeout: 50 })
    await untilHeld()
    await callApi(standIn, 'setWebhook', { url: 'http://127.0.0.1:9/none' })
    expect((await poll).description).toBe('Conflict: terminated by setWebhook request')
    const refused = await callApi(standIn, 'getUpdates')
    expect(refused.error_code).toBe(409)
    expect(refused.description).toContain("can't use getUpdates method while webhook is active")
    await callApi(standIn, 'deleteWebhook')
    expect(await updateIds(standIn)).toEqual([])
  })

  test('delivers allowed kinds only, and rare kinds only on request', async () => {
    standIn.raw({ message_reaction: {} })
    expect(await updateIds(standIn, { allowed_updates: ['callback_query', 'message_reaction'] })).toEqual([])
    expect(standIn.say(ANNA, 'unwanted').delivered).toBe(false)
    const wanted = standIn.raw({ message_reaction: {} })
    expect(await updateIds(standIn)).toEqual([wanted.update_id])
  })

  test('forgets taps after 150 s and messages after a day', async () => {
    const said = standIn.say(ANNA, 'hello')
    standIn.pressData(ANNA, 'data')
    clock += 150_000
    expect(await updateIds(standIn)).toHaveLength(2)
    clock += 1
    expect(await updateIds(standIn)).toEqual([said.update.update_id])
    clock += 86_400_000
    expect(await updateIds(standIn)).toEqual([])
    expect(standIn.expiredUpdates).toHaveLength(2)
  })

  test('tells a test when an update was confirmed', async () => {
    const { update } = standIn.say(ANNA, 'hello')
    const confirmed = standIn.waitForConfirmed(update)
    await updateIds(standIn, { offset: update.update_id + 1 })
    await confirmed
    expect(standIn.pendingUpdates).toEqual([])
  })
})

test('a wrong token gets 401, an unknown method and an unknown path 404', async () => {
  const status = async (path: string) => (await fetch(`${standIn.apiRoot}${path}`)).status
  const reply = await fetch(`${standIn.apiRoot}/bot1:wrong/getMe`)
  expect(reply.status).toBe(401)
  expect(await reply.json()).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' })
  expect(await status(`/bot${standIn.token}/sendNothing`)).toBe(404)
  expect(await status('/elsewhere')).toBe(404)
  expect(await status(`/bot${standIn.token}/getme`)).toBe(200)
  const old = standIn.token
  standIn.rotateToken('1:fresh')
  expect(await status(`/bot${old}/getMe`)).toBe(401)
})

test('stopping twice is safe and ends a held poll', async () => {
  const poll = callApi(standIn, 'getUpdates', { timeout: 50 }).catch(() => 'cut off')
  await untilHeld()
  await standIn.stop()
  await standIn.stop()
  expect(await poll).toBeDefined()
})
