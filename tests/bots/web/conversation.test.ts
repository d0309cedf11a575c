import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Command, defineCommand } from '../../../src/commands/kit/command.ts'
import { show } from '../../../src/commands/kit/view.ts'
import type { Dispatcher } from '../../../src/commands/kit/invocation.ts'
import type { Example, Start } from '../../../src/bots/web/protocol.ts'
import { en } from '../../../src/i18n/en/index.ts'
import { ACCOUNTS, HOSTILE, PERSONAS } from '../../browser/scripted-dispatcher.ts'
import { type Client, clientOf, line, wordsOf } from './console-client.ts'

const press = (command: string, args: Record<string, string> = {}) =>
  ({ kind: 'press', command, args }) as const

/** A command of account managers that is only looked at. */
const named = (name: string): Command =>
  defineCommand({
    name,
    aliases: [],
    summary: 'settings.summary',
    roles: ['KAM'],
    effect: 'read',
    listed: true,
    input: z.object({}),
    run: async () => show([]),
  })

const examplesOf = async (person: string, commands: readonly Command[] = []) =>
  (await (await clientOf({ commands }).get(`/api/people/${person}/examples`)).json()) as Example[]

const opened = async ({ act }: Client) =>
  act('anna', press('settings-edit'), { on: (await act('anna', line('/settings'))).id })

describe('an act', () => {
  test('reaches the dispatcher as the persona, under the key that the page made', async () => {
    const { act, dispatcher } = clientOf()
    const key = randomUUID()
    await act('anna', line('acme'), { key })
    expect(dispatcher.heard).toEqual([
      {
        channel: 'console',
        identity: { platform: 'CONSOLE', workspace: '', externalId: 'anna' },
        key,
        chat: 'anna',
        audience: 'asker',
        act: line('acme'),
        hint: { language: 'en' },
      },
    ])
  })

  test('is answered with a card in the reader’s own words', async () => {
    const { act } = clientOf()
    const english = await act('anna', line('acme'))
    const russian = await act('ivan', line('acme'))
    expect(english).toMatchObject({ said: 'acme', pending: false, card: { kind: 'view', language: 'en' } })
    expect(wordsOf(english.card)).toEqual(
      expect.arrayContaining(['Acme Industries GmbH', 'At risk', 'Money', 'Overdue']),
    )
    expect(russian.card?.language).toBe('ru')
    expect(wordsOf(russian.card)).toEqual(
      expect.arrayContaining(['Acme Industries GmbH', 'Под угрозой', 'Деньги', 'Просрочено']),
    )
  })

  test('sent twice is done once and answered the same', async () => {
    const { act, dispatcher } = clientOf()
    const key = randomUUID()
    const first = await act('anna', line('acme'), { key })
    const again = await act('anna', line('acme'), { key })
    expect(again).toEqual(first)
    expect(dispatcher.heard).toHaveLength(1)
  })

  test('sent again after a restart says that it was done, once the dispatcher knows its key', async () => {
    const first = clientOf()
    const key = randomUUID()
    await first.act('anna', line('acme'), { key })
    const restarted = clientOf({ dispatcher: first.dispatcher })
    const { card } = await restarted.act('anna', line('acme'), { key })
    expect(wordsOf(card)).toContain(en['console.repeat'])
  })

  test('of a button changes the card it sits on and keeps what was said', async () => {
    const { act, events } = clientOf()
    const card = await act('anna', line('acme'))
    const invoices = await act('anna', press('account-invoices', { id: 'a1' }), { on: card.id })
    expect(invoices).toMatchObject({ id: card.id, said: 'acme', at: card.at })
    expect(invoices.seq).toBeGreaterThan(card.seq)
    expect(wordsOf(invoices.card)).toContain('Invoices to Acme Industries GmbH')
    const stream = await events('as=anna')
    expect((await stream.next())?.data.threads['anna']).toHaveLength(1)
    await stream.leave()
  })

  test('of a button from before a restart is taken up under its old id', async () => {
    const { act } = clientOf()
    const on = randomUUID()
    expect(await act('anna', press('account', { id: 'a2' }), { on })).toMatchObject({
      id: on,
      said: null,
      pending: false,
    })
  })

  test('is answered even when the dispatcher breaks its promise and throws', async () => {
    const dispatcher = {
      ...clientOf().dispatcher,
      dispatch: () => Promise.reject(new Error('boom')),
    } satisfies Dispatcher
    const { act, errors } = clientOf({ dispatcher })
    const { card, pending } = await act('anna', line('acme'))
    expect(pending).toBe(false)
    expect(wordsOf(card).join()).toContain('Something went wrong on my side')
    expect(wordsOf(card).join()).not.toContain('boom')
    expect(errors).toHaveLength(1)
  })

  test('E-02 that failed leaves the card under the word about it, however often, until it passes', async () => {
    const scripted = clientOf().dispatcher
    let isAway = true
    const dispatcher = {
      ...scripted,
      dispatch: (invocation) =>
        isAway && invocation.act.kind === 'press'
          ? Promise.reject(new Error('the database is away'))
          : scripted.dispatch(invocation),
    } satisfies Dispatcher
    const { act } = clientOf({ dispatcher })
    const card = await act('anna', line('acme'))
    const click = async () =>
      (await act('anna', press('account-invoices', { id: 'a1' }), { on: card.id })).card
    await click()
    const failed = await click()
    const blocksOf = (shown: typeof failed) => (shown?.kind === 'view' ? shown.blocks : [])
    expect(wordsOf(failed).join()).toContain('Something went wrong on my side')
    expect(blocksOf(failed).slice(1)).toEqual(blocksOf(card.card))
    isAway = false
    expect(wordsOf(await click()).join()).not.toContain('went wrong')
  })
})

describe('a form', () => {
  test('is spoken with labels, hints, choices, what is known and which fields are searched', async () => {
    const { card } = await opened(clientOf())
    if (card?.kind !== 'form') throw new Error('no form')
    expect(card.form).toMatchObject({ command: 'settings-save', title: 'Your settings', submit: 'Save' })
    expect(card.form.fields.map(({ name, searched, optional }) => [name, searched, optional])).toEqual([
      ['language', false, false],
      ['account', true, true],
      ['timeZone', true, false],
      ['currency', true, false],
      ['preferredChat', false, true],
    ])
    expect(card.form.fields[0]?.choices).toContainEqual({ value: 'ru', label: 'Русский' })
    expect(card.form.fields[2]).toMatchObject({
      hint: 'Type a city: Moscow, Chicago, Berlin',
      value: { value: 'Europe/Amsterdam' },
    })
  })

  test('comes back with the error beside its field, and with the words that stood for a chosen value', async () => {
    const client = clientOf()
    const { id } = await opened(client)
    const values = { account: 'a1', currency: 'XYZ' }
    const labels = { account: 'Acme Industries GmbH', currency: 'XYZ' }
    const { card } = await client.act(
      'anna',
      { kind: 'submit', command: 'settings-save', values, labels },
      { on: id },
    )
    if (card?.kind !== 'form') throw new Error('no form')
    const field = (name: string) => card.form.fields.find((one) => one.name === name)
    expect(field('currency')).toMatchObject({ value: { value: 'XYZ' }, error: en['error.wrongCurrency'] })
    expect(field('account')?.value).toEqual({ value: 'a1', label: 'Acme Industries GmbH' })
    expect(client.dispatcher.heard.at(-1)?.act).toEqual({ kind: 'submit', command: 'settings-save', values })
  })

  test('carries what is no field unseen, and many lines as they are', async () => {
    const client = clientOf()
    const { id, card } = await client.act('anna', line('/log'))
    if (card?.kind !== 'form') throw new Error('no form')
    expect(card.form.hidden).toEqual({ meeting: 'm1' })
    expect(card.form.fields.find(({ name }) => name === 'note')).toMatchObject({ kind: 'paragraph' })
    expect(card.form.fields.map(({ name }) => name)).not.toContain('meeting')
    const values = { ...card.form.hidden, account: 'a1', note: 'one\n\ntwo' }
    await client.act('anna', { kind: 'submit', command: 'log', values }, { on: id })
    expect(client.dispatcher.heard.at(-1)?.act).toEqual({ kind: 'submit', command: 'log', values })
  })

  test('E-02 that fails stays, with the word about it, and is gone once it is taken', async () => {
    const scripted = clientOf().dispatcher
    let isAway = true
    const dispatcher = {
      ...scripted,
      dispatch: (invocation) =>
        isAway && invocation.act.kind === 'submit'
          ? Promise.reject(new Error('the database is away'))
          : scripted.dispatch(invocation),
    } satisfies Dispatcher
    const client = clientOf({ dispatcher })
    const form = await opened(client)
    const submit = { kind: 'submit', command: 'settings-save', values: { language: 'ru' } } as const
    const { card } = await client.act('anna', submit, { on: form.id })
    if (card?.kind !== 'form' || form.card?.kind !== 'form') throw new Error('no form')
    expect(card.form.failure).toContain('Something went wrong on my side')
    expect(card.form.fields).toEqual(form.card.form.fields)
    isAway = false
    const after = await client.act('anna', submit, { on: form.id })
    expect(JSON.stringify(after.card)).not.toContain('went wrong')
  })

  test('that is left gives back the card it stood on', async () => {
    const client = clientOf()
    const form = await opened(client)
    const response = await client.post('/api/people/anna/leave', { on: form.id })
    const { exchange } = (await response.json()) as { exchange: typeof form }
    expect(exchange.card?.kind).toBe('view')
    expect(wordsOf(exchange.card)).toContain('Your settings')
    expect(client.dispatcher.heard).toHaveLength(2)
  })
})

describe('what stands around the talk', () => {
  test('personas come with their roles and only the commands of their role, in both languages', async () => {
    const start = (await (await clientOf().get('/api/start')).json()) as Start
    expect(start.personas.map(({ id }) => id)).toEqual(PERSONAS.map(({ id }) => id))
    const [anna] = start.personas
    expect(anna).toMatchObject({
      role: { en: 'key account manager', ru: 'менеджер ключевых клиентов' },
      language: 'en',
    })
    expect(anna?.commands).toContainEqual(expect.objectContaining({ name: 'account', takesAccount: true }))
    expect(anna?.commands.map(({ name }) => name)).not.toContain('settings-save')
    expect(Object.keys(start.words.ru)).toEqual(Object.keys(start.words.en))
  })

  test('suggestions are those of the dispatcher, for searched kinds only', async () => {
    const { get } = clientOf()
    const found = await get('/api/people/anna/suggest?kind=account&typed=acm')
    expect(await found.json()).toEqual({ choices: [{ value: 'a1', label: 'Acme Industries GmbH' }] })
    expect((await get('/api/people/anna/suggest?kind=line&typed=a')).status).toBe(400)
  })

  test('examples name accounts that this persona has, in Latin for Russian and with a letter missing', async () => {
    const examples = await examplesOf('ivan')
    expect(examples.map((example) => example.line)).toEqual([
      '/account',
      'romashka',
      'Indusries',
      '/settings',
    ])
    expect(examples[1]?.why).toBe('Русское название латиницей')
  })

  test('examples try what the persona may do, with accounts of theirs and in their language', async () => {
    const linesOf = async (person: string, ...names: string[]) =>
      (await examplesOf(person, names.map(named))).map((example) => example.line)
    expect(await linesOf('ivan', 'meeting', 'followup', 'today')).toEqual([
      '/account',
      'romashka',
      expect.stringMatching(/^\/meeting Acme Industries GmbH вчера 15:00 .*далее: отправить/),
      expect.stringMatching(/^\/followup Ромашка завтра 10:00/),
      'Indusries',
      '/today',
    ])
    expect((await linesOf('anna', 'meeting'))[2]).toMatch(
      /^\/meeting .* yesterday 15:00 .*next: send the quote/,
    )
    // Finance changes nothing: the commands here are for account managers.
    expect(await linesOf('dina', 'meeting', 'today')).toEqual([
      '/account',
      'romashka',
      'Indusries',
      '/settings',
    ])
  })

  test('examples do without names where a persona has no accounts', async () => {
    const none: Dispatcher = {
      ...clientOf().dispatcher,
      suggest: () =>
        Promise.resolve({ reader: { language: 'en', timeZone: 'UTC', currency: 'EUR' }, choices: [] }),
    }
    const commands = ['meeting', 'followup'].map(named)
    const response = await clientOf({ dispatcher: none, commands }).get('/api/people/carla/examples')
    const examples = (await response.json()) as Example[]
    expect(examples.map((example) => example.line)).toEqual(['/account', '/settings', '/kamerton'])
    expect(ACCOUNTS.length).toBeGreaterThan(0)
  })
})

test('hostile names travel as text, without control characters or marks that turn the writing around', async () => {
  const { act } = clientOf()
  const words = wordsOf((await act('anna', line('/hostile'))).card).join('\n')
  expect(words).toContain(HOSTILE[0])
  expect(words).toContain('W'.repeat(10_000))
  expect(words).toContain('مرحبا 🏴‍☠️👩‍👩‍👧 end')
  // oxlint-disable-next-line no-control-regex
  expect(words).not.toMatch(/[\u0000-\u0008\u001B\u202A-\u202E\u2066-\u2069]/)
})
