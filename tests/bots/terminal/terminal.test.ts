import { describe, expect, test } from 'vitest'
import { type DialogueState, type DialogueStore, withDialogues } from '../../../src/commands/kit/dialogue.ts'
import type { Dispatcher, Journal } from '../../../src/commands/kit/invocation.ts'
import { widthOf } from '../../../src/bots/width.ts'
import { scriptedDispatcher } from '../../browser/scripted-dispatcher.ts'
import { talk } from './terminal-session.ts'

const silent: Journal = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent }
const ESCAPE = '\u001B'

/** As the app wraps it: forms come as questions. */
const asking = (inner: Dispatcher): Dispatcher =>
  withDialogues({
    inner,
    dialogues: memoryStore(),
    now: () => new Date('2026-11-23T12:00:00Z'),
    newId: () => 'an id',
    journal: silent,
    defaults: { language: 'en', timeZone: 'UTC', currency: 'EUR' },
  })

describe('a session at the terminal', () => {
  test('greets, answers lines with the same cards as everywhere, and ends with the input', async () => {
    const { shown, dispatcher } = await talk(['acme', ''])
    expect(shown).toContain('Kamerton, for Anna Petrova (key account manager)')
    expect(shown).toContain('Acme Industries GmbH\n════════════════════\n[‼ At risk]')
    expect(shown).toMatch(/Overdue +‼ €84,200 in 3 invoices/)
    expect(shown.trimEnd().endsWith('Goodbye.')).toBe(true)
    expect(dispatcher.heard).toEqual([
      {
        channel: 'terminal',
        identity: { platform: 'CONSOLE', workspace: '', externalId: 'anna' },
        key: 'key-1',
        chat: 'terminal:anna',
        audience: 'asker',
        act: { kind: 'line', text: 'acme' },
      },
    ])
  })

  test('a number presses its button, one that has none is a line, and =5 says five', async () => {
    const { shown, dispatcher } = await talk(['acme', '3', '77', '=1'])
    expect(shown).toContain('[3] Invoices')
    expect(shown).toContain('Invoices to Acme Industries GmbH')
    expect(dispatcher.heard.slice(1).map(({ act }) => act)).toEqual([
      { kind: 'press', command: 'account-invoices', args: { id: 'a1' } },
      { kind: 'line', text: '77' },
      { kind: 'line', text: '1' },
    ])
  })

  test('the numbers are those of the newest answer', async () => {
    const { dispatcher } = await talk(['acme', '3', '1'])
    expect(dispatcher.heard.at(-1)?.act).toEqual({ kind: 'press', command: 'account', args: { id: 'a1' } })
  })

  test.each(['/quit', '/exit', '/выход'])('%s leaves, and what follows is not read', async (word) => {
    const { dispatcher, shown } = await talk(['acme', word, 'northwind'])
    expect(dispatcher.heard).toHaveLength(1)
    expect(shown).toContain('Goodbye.')
  })

  test('speaks the language of its reader, from the first answer that says so', async () => {
    const { shown } = await talk(['acme'], {
      persona: 'ivan',
    })
    expect(shown).toContain('Камертон для вас, Иван Соколов (менеджер ключевых клиентов)')
    expect(shown).toContain('[‼ Под угрозой]')
    expect(shown).toContain('До свидания.')
  })

  test('somebody nobody knows is spoken to as the settings say', async () => {
    const defaults = { language: 'ru', timeZone: 'Europe/Moscow', currency: 'RUB' } as const
    expect((await talk([], { persona: 'nobody', defaults })).shown).toMatch(/[а-я]/)
  })

  test('an update that was answered before says so', async () => {
    const { shown } = await talk(['acme', 'acme'], { newId: () => 'the same' })
    expect(shown).toContain('This was answered before.')
  })
})

describe('forms at the terminal', () => {
  test('come as questions, whose choices are numbered and whose text is typed', async () => {
    const scripted = scriptedDispatcher()
    const dispatcher = asking(scripted)
    const { shown } = await talk(['/settings', '1', '2', 'acm', '1', 'USD', '1'], { dispatcher })
    expect(shown).toContain('Language (1 of 5)')
    expect(shown).toContain('[2] Русский')
    expect(shown).toContain('Currency (4 of 5)')
    expect(scripted.heard.at(-1)?.act).toMatchObject({
      kind: 'submit',
      values: {
        language: 'ru',
        account: 'a1',
        timeZone: 'Europe/Amsterdam',
        currency: 'USD',
        preferredChat: 'LAST',
      },
    })
  })

  test('take a paragraph as one line, however long, and bring back what is not shown', async () => {
    const scripted = scriptedDispatcher()
    const dispatcher = asking(scripted)
    const note = 'They want the bonus in writing. '.repeat(60).trim()
    await talk(['/log', 'today', '1', '1', 'Maarten', 'Rotterdam', note, 'send the quote'], { dispatcher })
    expect(scripted.heard.at(-1)?.act).toEqual({
      kind: 'submit',
      command: 'log',
      values: {
        meeting: 'm1',
        account: 'a1',
        when: 'today',
        kind: 'VISIT',
        mood: 'GOOD',
        people: 'Maarten',
        place: 'Rotterdam',
        note,
        next: 'send the quote',
      },
    })
  })

  test('are at least shown where nobody turns them into questions', async () => {
    const { shown } = await talk(['/settings', '1'])
    expect(shown).toMatch(/Time zone +Europe\/Amsterdam/)
  })
})

describe('the look', () => {
  test('no line is wider than the terminal, and tables that do not fit become fields', async () => {
    for (const columns of [24, 40, 72, 120]) {
      const { shown } = await talk(['acme', '3', '/hostile', '/settings'], { columns })
      const wide = shown.split('\n').filter((line) => widthOf(line.replace(/^(› )+/, '')) > columns)
      expect(wide).toEqual([])
    }
    expect((await talk(['acme', '3'])).shown).toMatch(/INV-2026-00871 +€42,100 +Tue, 20 Oct 2026/)
    expect((await talk(['acme', '3'], { columns: 40 })).shown).toMatch(
      /Number +INV-2026-00871\nAmount +€42,100/,
    )
  })

  test('sums stand under one another at their ends', async () => {
    const lines = (await talk(['acme', '3'])).shown.split('\n')
    const ends = lines.filter((line) => line.startsWith('INV-')).map((line) => /€[\d,.]+/.exec(line))
    expect(new Set(ends.map((match) => (match?.index ?? 0) + (match?.[0].length ?? 0))).size).toBe(1)
  })

  test('colours are for terminals only; the signs say the same without them', async () => {
    expect((await talk(['acme'])).shown).not.toContain(ESCAPE)
    const { shown } = await talk(['acme'], { colour: true })
    expect(shown).toContain(`${ESCAPE}[31m[‼ At risk]${ESCAPE}[0m`)
  })

  test('control characters and escape sequences in names never reach the terminal', async () => {
    const evil = `Acme${ESCAPE}[2J${ESCAPE}]0;owned\u0007\u0008\u009B31m\r\nnext\tline\u202Egnp\u0000`
    const scripted = scriptedDispatcher()
    const dispatcher: Dispatcher = {
      ...scripted,
      async dispatch(invocation) {
        const reply = await scripted.dispatch(invocation)
        const text = { plain: evil }
        const button = { label: text, command: 'account', args: {} }
        const view = [
          { kind: 'heading', text, badge: { text, tone: 'bad' } },
          { kind: 'text', text },
          { kind: 'fields', title: text, fields: [{ label: text, value: text }] },
          { kind: 'list', title: text, items: [{ text }] },
          { kind: 'table', columns: [{ label: text }], rows: [[text]] },
          { kind: 'note', text },
          { kind: 'buttons', buttons: [button] },
        ] as const
        return { ...reply, answer: { kind: 'view', view } }
      },
    }
    const { shown } = await talk(['x'], { dispatcher, columns: 200 })
    // oxlint-disable-next-line no-control-regex
    expect(shown).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/)
    expect(shown).toContain('Acme␛[2J␛]0;owned␇␈')
  })
})

function memoryStore(): DialogueStore {
  let kept: Readonly<{ state: DialogueState; lastKey: string }> | null = null
  return {
    find: () => Promise.resolve(kept),
    async save(_chat, state, lastKey) {
      kept = { state, lastKey }
    },
    async remove() {
      kept = null
    },
  }
}
