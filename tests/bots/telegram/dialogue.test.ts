import { describe, expect, test } from 'vitest'
import { type DialogueState, type DialogueStore, withDialogues } from '../../../src/commands/kit/dialogue.ts'
import type { FormField, OpenForm } from '../../../src/commands/kit/form.ts'
import type { Happening } from '../../../src/commands/kit/event.ts'
import type { Act, Dispatcher, Invocation, Reply } from '../../../src/commands/kit/invocation.ts'
import { plain } from '../../../src/commands/kit/view.ts'
import type { Actor } from '../../../src/domain/shared/actor.ts'
import { DEFAULT_READER, speakerFor } from '../../../src/bots/speaker.ts'
import { renderTelegram } from '../../../src/bots/telegram/render.ts'
import { listeningJournal, words } from './stage.ts'

const ANNA = { id: 'anna', name: 'Anna', ...DEFAULT_READER } as unknown as Actor
const DAY_MS = 86_400_000

const FIELDS: readonly FormField[] = [
  { name: 'account', label: 'settings.timeZone', kind: 'account' },
  { name: 'title', label: 'settings.currency', kind: 'line' },
  { name: 'notes', label: 'settings.language', kind: 'paragraph', optional: true },
]
/** The same with a question after the notes. */
const LONGER: readonly FormField[] = [
  ...FIELDS,
  { name: 'next', label: 'settings.preferredChat', kind: 'line', optional: true },
]
const FORM: OpenForm = {
  command: 'meeting-save',
  form: { title: 'settings.form', submit: 'settings.save', fields: FIELDS },
  values: { draft: { value: 'd-1', label: plain('d-1') } },
  errors: {},
}

/** As the database keeps it: as JSON, across any number of processes. */
function memoryDialogues(): DialogueStore & { fail: { find: number; remove: number } } {
  const fail = { find: 0, remove: 0 }
  const rows = new Map<string, Readonly<{ state: string; lastKey: string; expiresAt: Date }>>()
  return {
    fail,
    async find({ chat }, now) {
      if (fail.find > 0 && --fail.find === 0) throw new Error('the connection broke')
      const row = rows.get(chat)
      if (!row || row.expiresAt <= now) return null
      return { state: JSON.parse(row.state) as DialogueState, lastKey: row.lastKey }
    },
    save: async ({ chat }, state, lastKey, expiresAt) =>
      void rows.set(chat, { state: JSON.stringify(state), lastKey, expiresAt }),
    async remove({ chat }) {
      if (fail.remove > 0 && fail.remove--) throw new Error('the connection broke')
      rows.delete(chat)
    },
  }
}

function setUp(platform: 'TELEGRAM' | 'CONSOLE' = 'TELEGRAM', fields = FIELDS) {
  const form: OpenForm = { ...FORM, form: { ...FORM.form, fields } }
  const clock = { now: new Date('2026-11-23T09:00:00Z') }
  const dialogues = memoryDialogues()
  const journal = listeningJournal()
  const heard: Invocation[] = []
  const choices = [{ value: 'a-1', label: plain('Acme') }]
  const inner: Dispatcher = {
    async dispatch(invocation) {
      heard.push(invocation)
      const { act } = invocation
      const reply = { updateId: 'u', reader: DEFAULT_READER, known: true }
      if (act.kind === 'line' && act.text === '/meeting') return { ...reply, answer: { kind: 'form', form } }
      if (act.kind === 'press') {
        const account = { value: 'a-1', label: plain('Acme') }
        return { ...reply, answer: { kind: 'form', form: { ...FORM, values: { account } } } }
      }
      if (act.kind === 'event' && act.event === 'edit') return { ...reply, answer: { kind: 'repeat' } }
      return { ...reply, answer: { kind: 'view', view: words(`ran ${act.kind}`) } }
    },
    whoIs: async () => ANNA,
    suggest: async (_identity, _kind, typed) => ({
      reader: DEFAULT_READER,
      choices: typed === 'acme' ? choices : [],
    }),
    turnedAway: async () => undefined,
    forget: async () => undefined,
  }
  const process = () =>
    withDialogues({
      inner,
      dialogues,
      now: () => clock.now,
      newId: () => 'new-id',
      journal,
      defaults: DEFAULT_READER,
    })
  let running = process()
  let keys = 0
  const act = async (what: Act | Happening, key = `${++keys}`): Promise<string> =>
    shown(
      await running.dispatch({
        channel: 'telegram',
        identity: { platform, workspace: '', externalId: '501' },
        key,
        stored: true,
        chat: '501',
        audience: 'asker',
        act: what,
        message: key,
        saidAt: clock.now,
      }),
    )
  const says = (text: string, key?: string) => act({ kind: 'line', text }, key)
  const submitted = () => heard.flatMap((one) => (one.act.kind === 'submit' ? [one] : []))
  const { fail } = dialogues
  return { clock, heard, act, says, submitted, fail, restart: () => void (running = process()) }
}

function shown({ answer }: Reply): string {
  if (answer.kind !== 'view') return `(${answer.kind})`
  return renderTelegram(answer.view, speakerFor(DEFAULT_READER))
    .map(({ text }) => text)
    .join('\n')
}

describe('a form asked in a chat', () => {
  test('is asked to its end and sent in with what was hidden in it, and not as the last message', async () => {
    const { says, submitted } = setUp()
    expect(await says('/meeting')).toContain('(1 of 3)')
    expect(await says('acme')).toContain('(2 of 3)')
    expect(await says('Prices')).toContain('(3 of 3)')
    expect(await says('They like it.\nThey will call.')).toBe('ran submit')
    expect(submitted()).toMatchObject([
      {
        act: {
          command: 'meeting-save',
          values: { draft: 'd-1', account: 'a-1', title: 'Prices', notes: 'They like it.\nThey will call.' },
        },
      },
    ])
    expect(submitted()[0]).not.toHaveProperty('message')
  })

  test('takes a line of 200 characters, and asks again when it is longer', async () => {
    const { says } = setUp()
    await says('/meeting')
    await says('acme')
    const again = await says('x'.repeat(201))
    expect(again).toMatch(/At most 200 characters fit here; that was 201/)
    expect(again).toContain('(2 of 3)')
    expect(await says('x'.repeat(200))).toContain('(3 of 3)')
  })

  test('takes a paragraph of 10,000 characters whole, and asks again when it is longer', async () => {
    const { says, submitted } = setUp()
    for (const text of ['/meeting', 'acme', 'Prices']) await says(text)
    expect(await says('x'.repeat(10_001))).toMatch(/At most 10,000 characters fit here; that was 10,001/)
    const notes = 'слово '.repeat(1_666).trim()
    await says(notes)
    expect(submitted().map(({ act }) => 'values' in act && act.values['notes'])).toEqual([notes])
  })

  test('goes on after six days and a restart, and is over after more than seven', async () => {
    const { says, clock, restart } = setUp()
    await says('/meeting')
    await says('acme')
    clock.now = new Date(clock.now.getTime() + 6.9 * DAY_MS)
    restart()
    expect(await says('Prices')).toContain('(3 of 3)')
    clock.now = new Date(clock.now.getTime() + 7.1 * DAY_MS)
    restart()
    expect(await says('Notes')).toBe('ran line')
  })

  test('does not ask for an account that was named already, and can go back to it', async () => {
    const { act, submitted, says } = setUp()
    expect(await act({ kind: 'press', command: 'meeting', args: {} })).toContain('(2 of 3)')
    expect(await act({ kind: 'press', command: 'dialogue', args: { step: '1', do: 'back' } })).toContain(
      '(1 of 3)',
    )
    await act({ kind: 'press', command: 'dialogue', args: { step: '0', do: 'skip' } })
    await says('Prices')
    await act({ kind: 'press', command: 'dialogue', args: { step: '2', do: 'skip' } })
    expect(submitted()).toMatchObject([{ act: { values: { account: 'a-1', title: 'Prices' } } }])
  })

  test('G-03 is sent in once when the database is gone right after it, and is over', async () => {
    const { says, submitted, fail } = setUp()
    await says('/meeting')
    await says('acme')
    await says('a title')
    fail.remove = 2
    expect(await says('notes')).toContain('ran submit')
    expect(await says('hello')).toContain('ran line')
    expect(await says('hello')).toContain('ran line')
    expect(await says('/meeting')).not.toContain('ran')
    expect(submitted()).toHaveLength(1)
  })

  test('G-03 does not turn the answer of another command into a failure when it cannot be looked for', async () => {
    const { act, says, fail } = setUp()
    await says('/meeting')
    // The first look is before the command, the second after it.
    fail.find = 2
    expect(await act({ kind: 'event', event: 'place', values: {} })).toContain('ran event')
    expect(await says('acme')).not.toContain('ran')
  })

  test('is left by /cancel', async () => {
    const { says } = setUp()
    await says('/meeting')
    expect(await says('/cancel')).toBe('Left. Nothing was changed.')
    expect(await says('acme')).toBe('ran line')
  })

  test('asks the same question when the same update comes twice', async () => {
    const { says } = setUp()
    await says('/meeting')
    expect(await says('acme', 'same')).toContain('(2 of 3)')
    expect(await says('acme', 'same')).toContain('(2 of 3)')
  })
})

describe('a text that the app cuts into several messages', () => {
  const part = (letter: string) => letter.repeat(4_000)
  const askedForNotes = async () => {
    const talk = setUp('TELEGRAM', LONGER)
    for (const text of ['/meeting', 'acme', 'Prices']) await talk.says(text)
    return talk
  }

  test('is one answer', async () => {
    const { says, submitted } = await askedForNotes()
    expect(await says(part('a'))).toContain('(4 of 4)')
    expect(await says(part('b'))).toContain('(4 of 4)')
    expect(await says('the end')).toContain('(4 of 4)')
    expect(submitted()).toEqual([])
  })

  test('ends where somebody takes the time to type', async () => {
    const { says, submitted, clock } = await askedForNotes()
    await says(part('a'))
    await says(part('b'))
    clock.now = new Date(clock.now.getTime() + 4_000)
    await says('Send the quote')
    expect(submitted()).toMatchObject([
      { act: { values: { notes: `${part('a')}\n${part('b')}`, next: 'Send the quote' } } },
    ])
  })

  test('is asked for again when all its parts together are too long', async () => {
    const { says, submitted, clock } = await askedForNotes()
    for (const letter of ['a', 'b']) await says(part(letter))
    const tooLong = await says(part('c'))
    expect(tooLong).toMatch(/At most 10,000 characters fit here; that was 12,002/)
    expect(tooLong).toContain('(3 of 4)')
    expect(await says('the end')).toMatch(/that was 12,010/)
    clock.now = new Date(clock.now.getTime() + 60_000)
    expect(await says('In short: they like it')).toContain('(4 of 4)')
    clock.now = new Date(clock.now.getTime() + 60_000)
    await says('Call')
    expect(submitted()).toMatchObject([
      { act: { values: { notes: 'In short: they like it', next: 'Call' } } },
    ])
  })
})

describe('what happens while a question is open', () => {
  const place: Happening = { kind: 'event', event: 'place', values: { latitude: '1', longitude: '2' } }

  test('a shared place is answered, and the question still stands', async () => {
    const { says, act, heard } = setUp()
    await says('/meeting')
    const answer = await act(place)
    expect(answer).toMatch(/^ran event\n/)
    expect(answer).toContain('(1 of 3)')
    expect(heard.at(-1)?.act).toEqual(place)
    expect(await says('acme')).toContain('(2 of 3)')
  })

  test('a button may open the same form anew: then that is what is asked', async () => {
    const { says, act } = setUp()
    await says('/meeting')
    await says('acme')
    const answer = await act({ kind: 'press', command: 'meeting', args: { account: 'a-1' } })
    expect(answer).toContain('(2 of 3)')
    expect(answer).not.toContain('I still wait for an answer')
  })

  test('an edited message that led to nothing is met with silence', async () => {
    const { says, act } = setUp()
    await says('/meeting')
    expect(await act({ kind: 'event', event: 'edit', values: { message: '1', text: 'x' } })).toBe('(repeat)')
    expect(await says('acme')).toContain('(2 of 3)')
  })
})

describe('the question for an account', () => {
  const HINT = 'Or share your location: I will name the accounts nearby.'

  test('says in Telegram that a place can be shared, and nowhere else', async () => {
    const telegram = setUp()
    expect(await telegram.says('/meeting')).toContain(HINT)
    expect(await telegram.says('acme')).not.toContain(HINT)
    expect(await setUp('CONSOLE').says('/meeting')).not.toContain(HINT)
  })
})
