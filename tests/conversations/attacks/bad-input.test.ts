import { beforeEach, describe, expect, it } from 'vitest'
import { press, readReply } from '../../support/core.ts'
import { ask } from '../../support/core.ts'
import { openStage, type Stage } from '../follow-ups/stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await openStage()
})

const UNEXPECTED = /went wrong|unexpected/i
const logged = async (action: string) =>
  (await stage.database.prisma.auditEntry.findMany({ where: { action } })).length
const draftId = async () => (await stage.database.prisma.draft.findFirst())?.id ?? ''

describe('a date in a button that no button of ours has', () => {
  const WRONG = [
    '2026-02-31',
    '2026-13-01',
    '2026-99-99',
    '2026-11-25 25:99',
    '2026-11-25 24:00',
    '2326-11-25',
    '0001-01-01',
    '9999-12-31 23:59',
  ]

  it.each(WRONG)('is refused as an answer about a promise: %s', async (when) => {
    await stage.says('anna', '/followup Acme call them')
    const heard = await stage.pressed('anna', {
      command: 'followup-pick',
      args: { draft: await draftId(), when },
    })
    expect(heard).not.toMatch(UNEXPECTED)
    expect(await stage.promises()).toEqual([])
  })

  it.each(WRONG)('is refused as an answer about a meeting: %s', async (value) => {
    await stage.says('anna', '/meeting Acme tomorrow; next: call them')
    const draft = await draftId()
    for (const field of ['step0', 'when']) {
      const heard = await stage.pressed('anna', { command: 'meeting-answer', args: { draft, field, value } })
      expect(heard, field).not.toMatch(UNEXPECTED)
    }
    expect(await stage.promises()).toEqual([])
    expect((await logged('meeting.plan')) + (await logged('meeting.log'))).toBe(0)
  })

  it.each(['0001-01-01T00:00:00Z', '1700-01-01T10:00:00Z', '2999-01-01T10:00:00Z'])(
    'is no visit: %s',
    async (at) => {
      const heard = await stage.pressed('anna', { command: 'visited', args: { account: 'acme', at } })
      expect(heard).not.toMatch(UNEXPECTED)
      const [row] = await stage.database.prisma.meeting.findMany({
        where: { said: null, id: { notIn: ['m1', 'm2', 'm3', 'm4', 'm5', 'm6'] } },
      })
      if (row) expect(row.startsAt).toEqual(stage.clock.now)
    },
  )

  it.each(['0001-01-01', '9999-12-31', '2026-02-31'])('is no day to go back to: %s', async (due) => {
    await stage.sends('anna', 'followup', { what: 'water the plants', when: 'every day at 10:00' })
    const [promise] = await stage.promises()
    const id = promise?.id ?? ''
    await stage.pressed('anna', { command: 'followup-done', args: { id, o: '1' } })
    const n = String((await stage.promises())[0]?.reminder)
    const before = (await stage.promises())[0]?.dueOn
    const heard = await stage.pressed('anna', { command: 'followup-undo', args: { id, n, due } })
    expect(heard).not.toMatch(UNEXPECTED)
    expect((await stage.promises())[0]?.dueOn).toEqual(before)
  })
})

describe('an answer that comes days later', () => {
  it('never plans a promise in the past by an old button', async () => {
    await stage.says('anna', '/followup Acme call them')
    const button = stage.button('anna', 'Today')
    stage.clock.now = new Date('2026-11-27T09:00:00Z')
    const heard = await stage.pressed('anna', button)
    expect(await stage.promises()).toEqual([])
    expect(heard).toMatch(/past|passed|over/i)
  })

  it('never plans a promise in the past by what the line said', async () => {
    await stage.says('anna', '/followup tomorrow call them')
    const draft = await draftId()
    stage.clock.now = new Date('2026-11-27T09:00:00Z')
    const heard = await stage.pressed('anna', { command: 'followup-pick', args: { draft, account: 'acme' } })
    expect(await stage.promises()).toEqual([])
    expect(heard).toMatch(/past|passed|over/i)
  })

  it('never plans the next step of a meeting in the past', async () => {
    await stage.says('anna', '/meeting yesterday talked of steel; next: call them tomorrow')
    const draft = await draftId()
    stage.clock.now = new Date('2026-11-27T09:00:00Z')
    const heard = await stage.pressed('anna', {
      command: 'meeting-answer',
      args: { draft, field: 'account', value: 'acme' },
    })
    expect(await stage.promises()).toEqual([])
    expect(heard).toMatch(/past|passed|over/i)
  })
})

describe('a message that waited for hours', () => {
  const sent = new Date('2026-11-23T08:00:00Z')
  const late = (text: string) =>
    ask(stage.dispatcher, 'anna', { kind: 'line', text }, { saidAt: sent }).then((reply) => readReply(reply))

  it('is told of and reminded at once when its hour has come meanwhile', async () => {
    const heard = await late('/followup Acme in 1 hour call them')
    const [promise] = await stage.promises()
    expect(promise).toMatchObject({ status: 'OPEN', dueTime: '12:00', remindAt: stage.clock.now })
    expect(heard).toMatch(/Reminder: Mon, 23 Nov 2026, 14:30/)
  })

  it('asks what became of a meeting that was to come', async () => {
    const heard = await late('/meeting Acme in 1 hour')
    expect(heard).toMatch(/over|passed|already/i)
    expect(await logged('meeting.plan')).toBe(0)
  })

  it('reminds at once of the next step of a meeting', async () => {
    await late('/meeting Acme yesterday talked of steel; next: call them in 1 hour')
    const [promise] = await stage.promises()
    expect(promise).toMatchObject({ status: 'OPEN', remindAt: stage.clock.now })
  })
})

describe('lines that are hardly one', () => {
  it.each([
    '/followup !',
    '/followup ?',
    '/followup ...',
    '/followup tomorrow',
    '/followup !!! tomorrow',
    '/followup Acme',
    '/followup Acme tomorrow',
    '/followup Acme tomorrow !',
    '/followup Acme tomorrow ...',
    '/followup {"line":"x"}',
    '/followup 31.02 Acme call',
    '/followup 2326-01-01 Acme call',
    '/followup yesterday Acme call',
    '/followup Acme 25:99 call',
    '/followup every 0 days Acme call',
    '/followup every 99999 weeks Acme call',
    '/meeting tomorrow',
    '/meeting 31.02.2027',
    '/meeting Acme 31.02.2027',
    '/meeting Acme in 300 years',
    '/meeting Acme, Globex tomorrow',
    '/meeting Acme vs Romashka tomorrow at 10',
    '/meeting ...',
    '/meeting !',
    '/meeting ;;;',
    '/meeting next:',
    '/meeting Acme yesterday; next: ',
    '/late -5',
    '/late 999999999999',
    '/late 1e3',
    '/late 0',
    '/late NaN',
    '/brief \u0000',
    '/brief ' + 'x'.repeat(3000),
    '/followups ' + 'x'.repeat(3000),
    '/today 5',
  ])('%s never fails, and promises nothing in the past or far away', async (text) => {
    const heard = await stage.says('anna', text)
    expect(heard).not.toMatch(UNEXPECTED)
    for (const { dueOn, what } of await stage.promises()) {
      expect(dueOn.toISOString() >= '2026-11-23' && dueOn.toISOString() < '2037').toBe(true)
      expect(what).toMatch(/[\p{L}\p{N}]/u)
    }
    expect(stage.journal.notes.filter(({ level }) => level === 'error')).toEqual([])
  })

  it.each([
    ['followup-snooze', { id: 'x', n: '-1', to: 'hour' }],
    ['followup-snooze', { id: 'x', n: '1e999', to: 'hour' }],
    ['followup-done', { id: 'x', o: 'NaN' }],
    ['followup-amend', { id: 'x', n: '99999999999999999999' }],
    ['followups', { from: '-1' }],
    ['followups', { from: '9'.repeat(40) }],
    ['meeting-notes', { id: 'm1', page: '-1' }],
    ['meeting-notes', { id: 'm1', version: '99999' }],
    ['late-move', { meeting: 'm5', from: 'yesterday', minutes: '10' }],
    ['late-move', { meeting: 'm5', from: '2026-11-25T09:00:00Z', minutes: '-10' }],
    ['meeting-amend', { id: 'm5', n: '-3' }],
    ['attach', { kind: 'PHOTO', fileId: 'f', bytes: '-1' }],
    ['attach', { kind: 'EXE', fileId: 'f' }],
    ['nearby', { latitude: '1e999', longitude: '0' }],
    ['nearby', { latitude: 'NaN', longitude: '0' }],
    ['followup', { meeting: '{"$ne":null}', account: '["acme"]' }],
    ['contact-add', { meeting: 'm2', name: ' \u200b ' }],
    ['meeting', { line: 'x'.repeat(200_000) }],
  ])('a button of %s with %j never fails', async (command, args) => {
    const reply = await ask(stage.dispatcher, 'anna', press(command, args))
    expect(reply.failed).not.toBe(true)
    expect(readReply(reply)).not.toMatch(UNEXPECTED)
    expect(await logged('contact.add')).toBe(0)
  })
})

describe('wild text', () => {
  const WILD =
    '<b>x</b> <!channel> <@U1> *bold* [a](http://e.vil) \u202Eevil\u202C \uD800 \u0000 {{name}} $t(account.none)'

  it('comes back as it was and nothing more', async () => {
    await stage.sends('anna', 'followup', { account: 'acme', what: WILD, when: 'tomorrow' })
    const [promise] = await stage.promises()
    expect(promise?.what).toContain('<!channel> <@U1>')
    expect(promise?.what).not.toContain('\u0000')
    expect(promise?.what.isWellFormed()).toBe(true)
    const id = promise?.id ?? ''
    const heard = await stage.pressed('anna', {
      command: 'followup-drop',
      args: { id, o: '1', reason: WILD },
    })
    expect(heard).toContain('{{name}} $t(account.none)')
  })

  it.each([10_000, 20_000])(
    'of %i characters is kept whole in notes or refused with a reason',
    async (length) => {
      const notes = 'я'.repeat(length)
      const heard = await stage.sends('anna', 'meeting-save', { account: 'acme', when: 'yesterday', notes })
      expect(heard).not.toMatch(UNEXPECTED)
      const row = await stage.database.prisma.meeting.findFirst({ where: { notes } })
      expect(row?.notes).toHaveLength(length)
    },
  )

  it('makes no button out of a name that is a novel', async () => {
    await stage.sends('anna', 'meeting-save', {
      account: 'acme',
      when: 'yesterday',
      attendees: 'x'.repeat(2_900),
    })
    const heard = await stage.sends('anna', 'meeting-save', {
      account: 'acme',
      when: 'yesterday',
      attendees: 'Sam',
    })
    expect(heard).toContain('Sam')
    const long = await stage.sends('anna', 'meeting-save', {
      account: 'acme',
      when: 'yesterday',
      attendees: 'y'.repeat(2_900),
    })
    expect(long).not.toMatch(/\[[^\]]*yyy/)
  })

  it.each(['', '   ', '...', '!!!', '\u200b', '🙂'])('is no promise when it is only %j', async (what) => {
    const heard = await stage.sends('anna', 'followup', { account: 'acme', what, when: 'tomorrow' })
    expect(heard).not.toMatch(UNEXPECTED)
    if (what !== '🙂') expect(await stage.promises()).toEqual([])
  })
})

describe('a line that asks to be reminded and is a question', () => {
  it.each([
    'Remind me what we agreed with Acme on Friday?',
    'remind me when we meet Acme on Friday',
    'Напомни, когда у нас встреча с АКМЕ в пятницу?',
    'напомни мне, что мы обещали АКМЕ в пятницу?',
  ])('is not written down as a promise: %s', async (text) => {
    const heard = await stage.says('anna', text)
    expect(await stage.promises()).toEqual([])
    expect(heard).toContain('# Acme Corporation')
  })

  it.each([
    'Remind me to call Acme on Friday',
    'Remind me that Acme calls on Friday',
    'напомни мне, что АКМЕ звонит в пятницу',
    'Remind me to ask Acme on Friday what they need',
  ])('and one that is none is: %s', async (text) => {
    await stage.says('anna', text)
    expect(await stage.promises()).toHaveLength(1)
  })
})
