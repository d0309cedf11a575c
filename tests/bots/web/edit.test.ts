import { expect, test } from 'vitest'
import { plain, show, type View } from '../../../src/commands/kit/view.ts'
import type { ChatIdentity } from '../../../src/domain/identity/person.ts'
import type { Reader } from '../../../src/domain/shared/actor.ts'
import { scriptedDispatcher } from '../../browser/scripted-dispatcher.ts'
import { reminder } from '../../browser/scripted-forms.ts'
import { brokenCards, cardNotes } from '../../support/card-notes.ts'
import { clientOf, line, wordsOf } from './console-client.ts'
import { wanted } from '../../support/wanted.ts'

const english: Reader = { language: 'en', timeZone: 'Europe/Amsterdam', currency: 'EUR' }
const persona = (externalId: string): ChatIdentity => ({ platform: 'CONSOLE', workspace: '', externalId })
const outcome: View = [{ kind: 'text', text: plain('Approved by Max') }]
const press = { kind: 'press', command: 'account-invoices', args: { id: 'a1' } } as const
const form = { kind: 'press', command: 'settings-edit', args: {} } as const

async function pushed(client: ReturnType<typeof clientOf>) {
  const sent = await client.console.push(persona('anna'), english, reminder('12 % for Acme?'), wanted)
  if (sent.kind !== 'sent') throw new Error(sent.kind)
  return { chat: sent.chat, message: sent.message }
}

test('a card becomes its outcome in its place, at once for whoever looks, and stays unasked', async () => {
  const client = clientOf()
  const place = await pushed(client)
  const events = await client.events('as=anna')
  await events.next()
  expect(await client.console.edit(persona('anna'), place, english, outcome)).toEqual({ kind: 'done' })
  const news = await events.next()
  expect(news?.data.exchange).toMatchObject({
    id: place.message,
    said: null,
    unasked: true,
    pending: false,
    at: '2026-11-23T12:00:00.000Z',
  })
  expect(wordsOf(news?.data.exchange.card ?? null)).toContain('Approved by Max')
  expect(wordsOf(news?.data.exchange.card ?? null)).not.toContain('buttons')
  await events.leave()
})

test('what somebody had asked is still there above it', async () => {
  const client = clientOf()
  const { id } = await client.act('anna', line('acme'))
  await client.console.edit(persona('anna'), { chat: 'anna', message: id }, english, outcome)
  const events = await client.events('as=anna')
  const history = await events.next()
  expect(history?.data.threads['anna']?.at(-1)).toMatchObject({ id, said: 'acme' })
  await events.leave()
})

test('an exchange or a persona that is not there is gone, and so is somebody else’s', async () => {
  const client = clientOf()
  const place = await pushed(client)
  const edit = (to: ChatIdentity, at: typeof place) => client.console.edit(to, at, english, outcome)
  expect(await edit(persona('anna'), { ...place, message: 'nothing' })).toMatchObject({ kind: 'gone' })
  expect(await edit(persona('ivan'), place)).toMatchObject({ kind: 'gone' })
  expect(await edit(persona('nobody'), { ...place, chat: 'nobody' })).toMatchObject({ kind: 'gone' })
  const elsewhere = { platform: 'SLACK', workspace: 'T1', externalId: 'anna' } as const
  expect(await edit(elsewhere, place)).toMatchObject({ kind: 'gone' })
})

test('what is about to be answered is left alone until the answer is there', async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
  const slow = scriptedDispatcher()
  const dispatch: typeof slow.dispatch = async (invocation) => {
    ask()
    await answered
    return slow.dispatch(invocation)
  }
  const client = clientOf({ dispatcher: { ...slow, dispatch } })
  const place = await pushed(client)
  const edit = () => client.console.edit(persona('anna'), place, english, outcome)
  const acting = client.act('anna', press, { on: place.message })
  await asked
  expect(await edit()).toEqual({ kind: 'later', afterMs: 500, reason: 'an answer is under way' })
  answer()
  expect(wordsOf((await acting).card)).toContain('Invoices to Acme Industries GmbH')
  expect(await edit()).toEqual({ kind: 'done' })
})

test('a form that stands over it stays open, and leaving it shows the outcome', async () => {
  const client = clientOf()
  const place = await pushed(client)
  const opened = await client.act('anna', form, { on: place.message })
  expect(opened.card?.kind).toBe('form')
  expect(await client.console.edit(persona('anna'), place, english, outcome)).toEqual({ kind: 'done' })
  const response = await client.post('/api/people/anna/leave', { on: place.message })
  const { exchange } = (await response.json()) as { exchange: { card: never } }
  expect(wordsOf(exchange.card)).toContain('Approved by Max')
})

test('E-02 a card that came while the word about a failure stood there is not lost to the one before it', async () => {
  const scripted = scriptedDispatcher()
  let isAway = true
  const dispatcher = {
    ...scripted,
    dispatch: (invocation: Parameters<typeof scripted.dispatch>[0]) =>
      isAway ? Promise.reject(new Error('the database is away')) : scripted.dispatch(invocation),
  }
  const client = clientOf({ dispatcher })
  const place = await pushed(client)
  const failed = async () => wordsOf((await client.act('anna', press, { on: place.message })).card).join()
  expect(await failed()).toMatch(/went wrong.*12 % for Acme/)
  await client.console.edit(persona('anna'), place, english, outcome)
  expect(await failed()).toMatch(/went wrong.*Approved by Max/)
  isAway = false
  await client.act('anna', form, { on: place.message })
  const left = await client.post('/api/people/anna/leave', { on: place.message })
  const { exchange } = (await left.json()) as { exchange: Awaited<ReturnType<typeof client.act>> }
  expect(wordsOf(exchange.card)).toContain('Approved by Max')
})

test('when nobody can be looked up, it comes later', async () => {
  const client = clientOf({ people: { personas: () => Promise.reject(new Error('no database')) } })
  const place = { chat: 'anna', message: 'e1' }
  expect(await client.console.edit(persona('anna'), place, english, outcome)).toMatchObject({ kind: 'later' })
})

/** The scripted answers, those to a line as cards of a request. */
function withCards() {
  const notes = cardNotes()
  const scripted = scriptedDispatcher()
  const dispatch: typeof scripted.dispatch = async (invocation) => {
    const reply = await scripted.dispatch(invocation)
    const isLine = invocation.act.kind === 'line' && reply.answer.kind === 'view'
    return isLine ? { ...reply, answer: show(outcome, { subject: 'q1', version: 4 }) } : reply
  }
  return { client: clientOf({ dispatcher: { ...scripted, dispatch }, cards: notes.cards }), ...notes }
}

test('an answer that is a card is noted under its exchange', async () => {
  const { client, noted } = withCards()
  const { id } = await client.act('anna', line('discounts'))
  expect(noted).toEqual([`anna anna/${id} shows q1 v4`])
})

test('an answer about nothing in its place is something else; a form over it is not', async () => {
  const { client, noted } = withCards()
  const { id: on } = await client.act('anna', line('discounts'))
  await client.act('anna', form, { on })
  expect(noted).toHaveLength(1)
  await client.act('anna', press, { on })
  expect(noted.at(-1)).toBe(`anna anna/${on} shows something else`)
})

test('an answer about nothing that stands for itself is not noted at all', async () => {
  const notes = cardNotes()
  await clientOf({ cards: notes.cards }).act('anna', line('acme'))
  expect(notes.noted).toEqual([])
})

test('a card that cannot be noted is there all the same', async () => {
  const client = clientOf({ cards: brokenCards })
  const { id: on } = await client.act('anna', line('acme'))
  expect(wordsOf((await client.act('anna', press, { on })).card)).toContain(
    'Invoices to Acme Industries GmbH',
  )
})
