import { beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_READER } from '../../../src/bots/speaker.ts'
import type { Dispatcher, Invocation, Reply } from '../../../src/commands/kit/invocation.ts'
import { createLimit } from '../../../src/commands/kit/limit.ts'
import { plain, show } from '../../../src/commands/kit/view.ts'
import type { Platform } from '../../../src/domain/shared/actor.ts'
import { noteJournal } from '../../support/journal.ts'

const START = Date.UTC(2026, 10, 23, 9)
const RUSSIAN = { ...DEFAULT_READER, language: 'ru' } as const

let clock: number
let answered: Invocation[]
let limited: string[]
let slack: Dispatcher
let telegram: Dispatcher

beforeEach(() => {
  clock = START
  answered = []
  limited = []
  const inner: Dispatcher = {
    async dispatch(invocation): Promise<Reply> {
      answered.push(invocation)
      return {
        updateId: 'u',
        reader: RUSSIAN,
        known: true,
        answer: show([{ kind: 'text', text: plain('x') }]),
      }
    },
    whoIs: async () => null,
    suggest: async () => ({ reader: DEFAULT_READER, choices: [] }),
    turnedAway: async () => undefined,
    forget: async () => undefined,
  }
  const limit = createLimit({
    allowance: { most: 3, withinMs: 10_000 },
    now: () => new Date(clock),
    newId: () => 'a-new-id',
    journal: noteJournal(),
    defaults: DEFAULT_READER,
    limited: (channel) => void limited.push(channel),
  })
  slack = limit(inner)
  telegram = limit(inner)
})

type Sent = Readonly<{ who?: string; act?: Invocation['act']; saidAt?: Date; platform?: Platform }>

async function send(sent: Sent = {}): Promise<'answered' | 'told' | 'silence'> {
  const { who = 'ada', act = { kind: 'line', text: '/today' }, saidAt, platform = 'SLACK' } = sent
  const before = answered.length
  const door = platform === 'SLACK' ? slack : telegram
  const { answer, reader } = await door.dispatch({
    channel: platform.toLowerCase(),
    identity: { platform, workspace: 'T', externalId: who },
    key: `${clock} ${answered.length}`,
    chat: who,
    audience: 'asker',
    act,
    ...(saidAt ? { saidAt } : {}),
  })
  if (answered.length > before) return 'answered'
  if (answer.kind === 'repeat') return 'silence'
  expect(answer).toMatchObject({ kind: 'view', view: [{ tone: 'warn', text: { key: 'error.tooMany' } }] })
  expect(reader).toEqual(RUSSIAN)
  return 'told'
}

const times = async (count: number, sent: Sent = {}) => {
  const outcomes: string[] = []
  for (let n = 0; n < count; n += 1) outcomes.push(await send(sent))
  return outcomes
}

describe('one person who sends too much', () => {
  it('H-12 is told once, in their language, then met with silence, and counted', async () => {
    expect(await times(6)).toEqual(['answered', 'answered', 'answered', 'told', 'silence', 'silence'])
    expect(limited).toEqual(['slack', 'slack', 'slack'])
  })

  it('H-12 harms nobody else', async () => {
    await times(50)
    expect(await send({ who: 'max' })).toBe('answered')
  })

  it('is answered again after a while, and told again only after a minute', async () => {
    await times(5)
    clock += 10_000
    expect(await times(5)).toEqual(['answered', 'answered', 'answered', 'silence', 'silence'])
    clock += 60_000
    expect(await times(4)).toEqual(['answered', 'answered', 'answered', 'told'])
  })

  it('H-12 can still press every button and send every form', async () => {
    await times(10)
    const press = { kind: 'press', command: 'discount-approve', args: {} } as const
    const submit = { kind: 'submit', command: 'settings', values: {} } as const
    expect(await times(20, { act: press })).toEqual(Array.from({ length: 20 }, () => 'answered'))
    expect(await times(20, { act: submit })).toEqual(Array.from({ length: 20 }, () => 'answered'))
  })

  it('has an allowance for each identity, whichever door it comes through', async () => {
    expect(await times(3)).not.toContain('told')
    expect(await times(3, { platform: 'TELEGRAM' })).not.toContain('told')
    expect([await send(), await send({ platform: 'TELEGRAM' })]).toEqual(['told', 'told'])
  })
})

describe('what a platform brings after an outage', () => {
  it('all at once is answered, when it was said over a longer time', async () => {
    const outcomes: string[] = []
    for (let n = 20; n > 0; n -= 1) outcomes.push(await send({ saidAt: new Date(START - n * 4_000) }))
    expect(new Set(outcomes)).toEqual(new Set(['answered']))
  })

  it('is limited when it was said within moments', async () => {
    expect(await times(4, { saidAt: new Date(START - 3_600_000) })).toContain('told')
    expect(await send()).toBe('answered')
  })

  it('is not dated into the future by a clock that runs ahead', async () => {
    const outcomes: string[] = []
    for (let n = 0; n < 4; n += 1) outcomes.push(await send({ saidAt: new Date(START + n * 60_000) }))
    expect(outcomes.at(-1)).toBe('told')
  })

  it('counts an edit when it comes, for its message may be years old', async () => {
    const edit = { kind: 'event', event: 'edit', values: {} } as const
    const outcomes: string[] = []
    for (let n = 0; n < 10; n += 1, clock += 5_000)
      outcomes.push(await send({ act: edit, saidAt: new Date(START - 86_400_000) }))
    expect(new Set(outcomes)).toEqual(new Set(['answered']))
  })
})
