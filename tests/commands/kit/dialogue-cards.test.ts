import { beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_READER } from '../../../src/bots/speaker.ts'
import { type DialogueState, type DialogueStore, withDialogues } from '../../../src/commands/kit/dialogue.ts'
import type { OpenForm } from '../../../src/commands/kit/form.ts'
import type { Act, Dispatcher, Reply } from '../../../src/commands/kit/invocation.ts'
import { plain, show } from '../../../src/commands/kit/view.ts'
import type { Actor } from '../../../src/domain/shared/actor.ts'
import { noteJournal } from '../../support/journal.ts'

const FORM: OpenForm = {
  command: 'discount-decline',
  form: {
    title: 'settings.form',
    submit: 'settings.save',
    fields: [
      { name: 'why', label: 'settings.currency', kind: 'line' },
      { name: 'more', label: 'settings.language', kind: 'line', optional: true },
    ],
  },
  values: {},
  errors: {},
}
const about = { subject: 'q1', version: 4 }
const card = show([{ kind: 'text', text: plain('the card') }], about)

function memoryDialogue(): DialogueStore {
  let kept: Readonly<{ state: DialogueState; lastKey: string }> | null = null
  return {
    find: async () => kept,
    save: async (_chat, state, lastKey) => void (kept = { state, lastKey }),
    remove: async () => void (kept = null),
  }
}

/** Declining asks, showing shows the card, and a sent form does too. */
const inner: Dispatcher = {
  async dispatch({ act }): Promise<Reply> {
    const asks = act.kind === 'press' && act.command === 'discount-decline'
    const answer = asks ? ({ kind: 'form', form: FORM } as const) : card
    return { updateId: 'u', reader: DEFAULT_READER, known: true, answer }
  },
  whoIs: async () => ({ id: 'max', ...DEFAULT_READER }) as unknown as Actor,
  suggest: async () => ({ reader: DEFAULT_READER, choices: [] }),
  turnedAway: async () => undefined,
  forget: async () => undefined,
}

let act: (what: Act) => Promise<Reply['answer']>

beforeEach(() => {
  let keys = 0
  const dispatcher = withDialogues({
    inner,
    dialogues: memoryDialogue(),
    now: () => new Date('2026-11-23T09:00:00Z'),
    newId: () => 'new-id',
    journal: noteJournal(),
    defaults: DEFAULT_READER,
  })
  const identity = { platform: 'TELEGRAM', workspace: '', externalId: '7' } as const
  act = async (what) =>
    (
      await dispatcher.dispatch({
        channel: 'telegram',
        identity,
        key: `${++keys}`,
        chat: '7',
        audience: 'asker',
        act: what,
      })
    ).answer
})

const decline = () => act({ kind: 'press', command: 'discount-decline', args: {} })
const says = (text: string) => act({ kind: 'line', text })
const move = (step: number, what: string) =>
  act({ kind: 'press', command: 'dialogue', args: { step: `${step}`, do: what } })

describe('a question that a press on a card led to', () => {
  it('asks, at every step, so that the card it stands on is not taken for over', async () => {
    expect(await decline()).toMatchObject({ kind: 'view', passing: true })
    expect(await says('too much')).toMatchObject({ kind: 'view', passing: true })
    expect(await move(1, 'back')).toMatchObject({ kind: 'view', passing: true })
  })

  it('ends in the card of its request', async () => {
    await decline()
    await says('too much')
    expect(await move(1, 'skip')).toEqual(card)
  })

  it('that is left is over', async () => {
    await decline()
    expect(await move(0, 'cancel')).not.toHaveProperty('asks')
  })

  it('still stands below another card, which is that card all the same', async () => {
    await decline()
    const answer = await act({ kind: 'press', command: 'discount', args: { id: 'q1' } })
    expect(answer).toMatchObject({ kind: 'view', about })
    expect(answer).not.toHaveProperty('asks')
  })
})
