import { expect, test } from 'vitest'
import type { ChatIdentity } from '../../../src/domain/identity/person.ts'
import type { Reader } from '../../../src/domain/shared/actor.ts'
import { reminder } from '../../browser/scripted-forms.ts'
import { clientOf, line, wordsOf } from './console-client.ts'
import { wanted } from '../../support/wanted.ts'

const english: Reader = { language: 'en', timeZone: 'Europe/Amsterdam', currency: 'EUR' }
const persona = (externalId: string): ChatIdentity => ({ platform: 'CONSOLE', workspace: '', externalId })
const call = reminder('Call about the quote')

test('a reminder appears at once in the thread of its persona and in no other', async () => {
  const { console, events } = clientOf()
  const [annas, ivans] = [await events('as=anna'), await events('as=ivan')]
  await annas.next()
  await ivans.next()
  const pushed = await console.push(persona('anna'), english, call, wanted)
  const news = await annas.next()
  expect(news).toMatchObject({
    event: 'exchange',
    data: { persona: 'anna', exchange: { said: null, unasked: true, pending: false } },
  })
  expect(pushed).toEqual({ kind: 'sent', chat: 'anna', message: news?.data.exchange.id })
  await console.push(persona('ivan'), { ...english, language: 'ru' }, call, wanted)
  const his = await ivans.next()
  expect(his?.data.persona).toBe('ivan')
  expect(wordsOf(his?.data.exchange.card ?? null)).toContain('Просрочено')
  await Promise.all([annas.leave(), ivans.leave()])
})

test('its buttons work: the answer takes its place, and it stays known as a reminder', async () => {
  const { console, act } = clientOf()
  const pushed = await console.push(persona('anna'), english, call, wanted)
  const on = pushed.kind === 'sent' ? pushed.message : ''
  const press = { kind: 'press', command: 'account-invoices', args: { id: 'a1' } } as const
  const after = await act('anna', press, { on })
  expect(after).toMatchObject({ id: on, said: null, unasked: true, pending: false })
  expect(wordsOf(after.card)).toContain('Invoices to Acme Industries GmbH')
})

test('a form opened from it and left gives the reminder back', async () => {
  const { console, act, post } = clientOf()
  const pushed = await console.push(persona('anna'), english, call, wanted)
  const on = pushed.kind === 'sent' ? pushed.message : ''
  await act('anna', { kind: 'press', command: 'settings-edit', args: {} }, { on })
  const { exchange } = (await (await post('/api/people/anna/leave', { on })).json()) as {
    exchange: { unasked: boolean; card: never }
  }
  expect(exchange.unasked).toBe(true)
  expect(wordsOf(exchange.card)).toContain('Call about the quote')
})

test('it waits for whoever opens the page later, the newest fifty of them', async () => {
  const { console, events } = clientOf()
  for (let count = 1; count <= 60; count += 1)
    await console.push(persona('boris'), english, reminder(`Call ${count}`), wanted)
  const stream = await events('as=boris')
  const history = await stream.next()
  const kept = history?.data.threads['boris'] ?? []
  expect(kept).toHaveLength(50)
  expect(wordsOf(kept.at(-1)?.card ?? null)).toContain('Call 60')
  await stream.leave()
})

test('what was asked is no reminder', async () => {
  const { act } = clientOf()
  expect((await act('anna', line('acme'))).unasked).toBeUndefined()
})

test('a persona that nobody here has is gone, and so is an identity of another platform', async () => {
  const { console } = clientOf()
  expect(await console.push(persona('nobody'), english, call, wanted)).toMatchObject({ kind: 'gone' })
  const elsewhere = { platform: 'SLACK', workspace: 'T1', externalId: 'anna' } as const
  expect(await console.push(elsewhere, english, call, wanted)).toMatchObject({ kind: 'gone' })
})

test('when nobody can be looked up, it comes later', async () => {
  const { console } = clientOf({ people: { personas: () => Promise.reject(new Error('no database')) } })
  expect(await console.push(persona('anna'), english, call, wanted)).toMatchObject({
    kind: 'later',
    afterMs: expect.any(Number),
  })
})
