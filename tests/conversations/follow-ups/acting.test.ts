import { beforeEach, describe, expect, it } from 'vitest'
import { away, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})

/** Anna's, due on Friday at 10:00 in Moscow, unless told otherwise. */
async function promised(values: Record<string, string> = {}, who = 'anna'): Promise<string> {
  const said = { account: 'acme', what: 'send the quote', when: '27.11.2026 10:00', ...values }
  await stage.sends(who, 'followup', said)
  const all = await stage.promises()
  const newest = all.find(({ what, ownerId }) => what === said.what && ownerId === who)
  return newest?.id ?? 'none'
}
const only = async () => (await stage.promises())[0]
const hours = (count: number) => {
  stage.clock.now = new Date(stage.clock.now.getTime() + count * 3_600_000)
}
const show = (who: string, id: string) => stage.pressed(who, { command: 'followup-show', args: { id } })

describe('Done', () => {
  it('closes a promise, drops what waits, and offers the next step at the same account', async () => {
    await show('anna', await promised())
    const heard = await stage.presses('anna', 'Done')
    expect(heard).toBe('Done: “send the quote”. [Next step] [Undo] [Open account]')
    expect(await only()).toMatchObject({ status: 'DONE', doneById: 'anna', doneCount: 1, remindAt: null })
    expect(await stage.waiting()).toEqual([])
    expect(await stage.presses('anna', 'Next step')).toContain('Account: Acme Corporation')
  })

  it('pressed again says who did it and when, and changes nothing', async () => {
    await show('anna', await promised())
    const done = stage.button('anna', 'Done')
    await stage.pressed('anna', done)
    hours(1)
    const before = await only()
    expect(await stage.pressed('anna', done)).toContain('Done by Anna Example on Mon, 23 Nov 2026, 14:30.')
    expect(await only()).toEqual(before)
  })

  it('of two who press at once only one closes it', async () => {
    await away(stage.database, 'anna', 'boris')
    const id = await promised()
    const done = { command: 'followup-done', args: { id, o: '1' } }
    const heard = await Promise.all([
      stage.pressed('anna', done),
      stage.pressed('boris', done),
      stage.pressed('max', done),
    ])
    const won = heard.filter((text) => /^(Done: |Сделано: )/.test(text))
    expect(won).toHaveLength(1)
    expect(await only()).toMatchObject({ status: 'DONE', doneCount: 1 })
    expect((await stage.audit()).filter((row) => row.includes('followup.done'))).toHaveLength(1)
  })

  it('can be undone for ten minutes, and the reminder is planned again', async () => {
    await show('anna', await promised())
    await stage.presses('anna', 'Done')
    const undo = stage.button('anna', 'Undo')
    expect(await stage.pressed('anna', undo)).toContain('Open again. # send the quote')
    expect(await only()).toMatchObject({ status: 'OPEN', doneAt: null, doneCount: 0 })
    expect(await stage.waiting()).toEqual(['reminder 3 2026-11-27T07:00'])
    expect(await stage.pressed('anna', undo)).toContain('It has changed in the meantime')
  })

  it('stays done after ten minutes', async () => {
    await show('anna', await promised())
    await stage.presses('anna', 'Done')
    const undo = stage.button('anna', 'Undo')
    hours(1)
    expect(await stage.pressed('anna', undo)).toContain('so it stays done')
    expect(await only()).toMatchObject({ status: 'DONE' })
  })

  it('of an overdue one undone reminds in an hour, not at once', async () => {
    await show('anna', await promised())
    hours(5 * 24)
    await show('anna', (await only())?.id ?? '')
    await stage.presses('anna', 'Done')
    await stage.presses('anna', 'Undo')
    // It is Saturday: the next working moment after that hour.
    expect(await stage.waiting()).toEqual(['reminder 3 2026-11-30T06:00'])
  })

  it('reads differently for what the client promised', async () => {
    await show('anna', await promised({ promisedBy: 'CLIENT', what: 'specification' }))
    expect(await stage.presses('anna', 'They did it')).toContain('They kept their promise: “specification”.')
  })
})

describe('a repeating promise', () => {
  it('goes on to its next time when it is done, and an older button says so', async () => {
    const id = await promised({ when: '27.11.2026 10:00', repeat: 'week' })
    await show('anna', id)
    const done = stage.button('anna', 'Done')
    expect(await stage.pressed('anna', done)).toContain('The next time is Fri, 4 Dec 2026, 10:00.')
    expect(await only()).toMatchObject({ status: 'OPEN', occurrence: 2, doneCount: 1 })
    expect(await stage.waiting()).toEqual(['reminder 2 2026-12-04T07:00', 'turn 3 2026-12-11T07:00'])
    const again = await stage.pressed('anna', done)
    expect(again).toContain('It is due next on Fri, 4 Dec 2026, 10:00.')
    expect(again).toContain('Done last: Mon, 23 Nov 2026, 14:30, Anna Example')
    expect(await only()).toMatchObject({ occurrence: 2, doneCount: 1 })
  })

  it('comes back to the time that was undone', async () => {
    await show('anna', await promised({ repeat: 'week' }))
    await stage.presses('anna', 'Done')
    expect(await stage.presses('anna', 'Undo')).toContain('Due: Fri, 27 Nov 2026, 10:00')
    expect(await only()).toMatchObject({ occurrence: 1, doneCount: 0 })
    expect(await stage.waiting()).toEqual(['reminder 3 2026-11-27T07:00', 'turn 2 2026-12-04T07:00'])
  })
})

describe('a snooze', () => {
  it.each([
    ['+1 hour', 'Mon, 23 Nov 2026, 15:30', 'reminder 2 2026-11-23T12:30'],
    ['Tomorrow', 'Tue, 24 Nov 2026, 09:00', 'reminder 2 2026-11-24T06:00'],
    ['Next week', 'Mon, 30 Nov 2026, 09:00', 'reminder 2 2026-11-30T06:00'],
  ])('%s comes at its moment, and is counted', async (label, moment, notice) => {
    const id = await promised()
    await show('anna', id)
    const button = stage.button('anna', label)
    expect(await stage.pressed('anna', button)).toContain(
      `I will remind you again on ${moment}. put off 1 time`,
    )
    expect(await stage.waiting()).toEqual([notice])
    expect(await stage.pressed('anna', button)).toContain(
      `earlier reminder. The next one comes on ${moment}.`,
    )
    expect(await only()).toMatchObject({ snoozes: 1, reminder: 2 })
    expect(await show('anna', id)).toContain('Put off: 1 time')
  })

  it('never revives what is done', async () => {
    const id = await promised()
    await show('anna', id)
    const snooze = stage.button('anna', 'Tomorrow')
    await stage.presses('anna', 'Done')
    expect(await stage.pressed('anna', snooze)).toContain('Done by Anna Example')
    expect([(await only())?.status, await stage.waiting()]).toEqual(['DONE', []])
  })
})

describe('a snooze of what is taken back', () => {
  /** Due on Monday, put off to the next one, closed on Wednesday. */
  const doneBeforeItsSnooze = async (values: Record<string, string> = {}, label = 'Next week') => {
    await show('anna', await promised({ when: '23.11.2026 16:00', ...values }))
    await stage.presses('anna', label)
    hours(2 * 24)
    await show('anna', (await only())?.id ?? '')
    await stage.presses('anna', 'Done')
  }

  it('holds when Done is undone', async () => {
    await doneBeforeItsSnooze()
    expect(await stage.waiting()).toEqual([])
    const undo = stage.button('anna', 'Undo')
    expect(await show('anna', (await only())?.id ?? '')).not.toContain('30 Nov')
    const heard = await stage.pressed('anna', undo)
    expect(heard).toContain('Reminder: Mon, 30 Nov 2026, 09:00')
    expect(heard).not.toContain('quiet hours')
    expect(await stage.waiting()).toEqual(['reminder 4 2026-11-30T06:00'])
    expect(await only()).toMatchObject({ snoozes: 1, snoozedUntil: new Date('2026-11-30T06:00:00Z') })
  })

  it('holds when Done of one that repeats is undone', async () => {
    await doneBeforeItsSnooze({ repeat: 'week' })
    expect(await only()).toMatchObject({ occurrence: 2, snoozedUntil: null })
    expect(await stage.presses('anna', 'Undo')).toContain('Due: Mon, 23 Nov 2026, 16:00')
    expect(await stage.waiting()).toEqual(['reminder 4 2026-11-30T06:00', 'turn 2 2026-11-30T13:00'])
    expect(await only()).toMatchObject({ occurrence: 1, snoozedUntil: new Date('2026-11-30T06:00:00Z') })
  })

  it.each([{}, { repeat: 'week' }])('that is over by then is none any more: %j', async (values) => {
    await doneBeforeItsSnooze(values, '+1 hour')
    await stage.presses('anna', 'Undo')
    expect((await stage.waiting())[0]).toBe('reminder 4 2026-11-25T12:30')
    expect(await only()).toMatchObject({ status: 'OPEN', snoozedUntil: null })
  })

  it('holds when its meeting is removed and restored', async () => {
    await stage.says('anna', '/meeting Acme yesterday prices, next: send the quote by today 16:00')
    const { id = '', meetingId = '' } = (await only()) ?? {}
    await show('anna', id)
    await stage.presses('anna', 'Next week')
    hours(2 * 24)
    await stage.pressed('anna', { command: 'meeting-undo', args: { id: meetingId ?? '' } })
    expect([(await only())?.status, await stage.waiting()]).toEqual(['DROPPED', []])
    await stage.pressed('anna', { command: 'meeting-restore', args: { id: meetingId ?? '' } })
    expect(await stage.waiting()).toEqual(['reminder 4 2026-11-30T06:00'])
    expect(await only()).toMatchObject({
      status: 'OPEN',
      snoozedUntil: new Date('2026-11-30T06:00:00Z'),
    })
  })
})

describe('Not relevant', () => {
  it('asks why, and closes it with the reason', async () => {
    await show('anna', await promised())
    const drop = stage.button('anna', 'Not relevant')
    expect(await stage.pressed('anna', drop)).toBe('[Not relevant any more] Why:')
    expect(await stage.fills('anna', { reason: '  ' })).toContain('Why: ! Say why in a few words')
    const heard = await stage.fills('anna', { reason: 'they chose another supplier' })
    expect(heard).toContain('No longer relevant: they chose another supplier')
    expect(await only()).toMatchObject({ status: 'DROPPED', dropReason: 'they chose another supplier' })
    expect(await stage.waiting()).toEqual([])
    expect(await stage.pressed('anna', drop)).toContain('No longer relevant: they chose another supplier')
  })
})

describe('who may act', () => {
  it('is the owner, those above and whoever substitutes, recorded for the owner', async () => {
    const id = await promised()
    await away(stage.database, 'anna', 'vera')
    await stage.pressed('max', { command: 'followup-snooze', args: { id, n: '1', to: 'tomorrow' } })
    await stage.pressed('vera', { command: 'followup-done', args: { id, o: '1' } })
    expect(await stage.audit()).toEqual([
      'anna followup.add',
      'max anna followup.snooze',
      'vera anna followup.done',
    ])
    expect(await show('anna', id)).toContain('Done by Vera Example')
  })

  it.each(['vera', 'fay'])('is not %s: for them it does not exist', async (who) => {
    const id = await promised({ account: '', what: 'my own' })
    const gone = 'This promise is no longer here.'
    for (const [command, args] of [
      ['followup-show', { id }],
      ['followup-done', { id, o: '1' }],
      ['followup-snooze', { id, n: '1', to: 'hour' }],
      ['followup-drop', { id, o: '1' }],
      ['followup-edit', { id }],
      ['followup-undo', { id, n: '1' }],
      ['followup-chase', { id }],
    ] as const)
      expect(await stage.pressed(who, { command, args }), command).toBe(gone)
    expect(await stage.sends(who, 'followup-amend', { id, n: '1', what: 'x', when: 'tomorrow' })).toBe(gone)
    expect(await only()).toMatchObject({ status: 'OPEN', what: 'my own' })
    expect(await stage.pressed(who, { command: 'followup-show', args: { id: 'nothing' } })).toBe(gone)
  })

  it('is not a colleague at the same account, who only reads', async () => {
    const id = await promised()
    const heard = await show('boris', id)
    expect(heard).toContain('send the quote')
    expect(heard).not.toContain('[Сделано]')
    expect(await stage.pressed('boris', { command: 'followup-done', args: { id, o: '1' } })).toBe(
      'Этого обещания здесь больше нет.',
    )
  })

  it('is finance for what is its own', async () => {
    const id = await promised({ account: '', what: 'pay the rent' }, 'fay')
    await show('fay', id)
    expect(await stage.presses('fay', 'Done')).toContain('Done: “pay the rent”.')
  })

  it('plans the reminder in the hours of the owner, not of whoever acts', async () => {
    await stage.database.prisma.user.update({
      where: { id: 'anna' },
      data: { timeZone: 'America/New_York', workFrom: '10:00' },
    })
    const id = await promised({ when: '27.11.2026 12:00' })
    await stage.pressed('max', { command: 'followup-snooze', args: { id, n: '1', to: 'tomorrow' } })
    expect(await stage.waiting()).toEqual(['reminder 2 2026-11-24T15:00'])
  })
})

describe('a letter to whoever promised', () => {
  it('is ready in the language of the contact', async () => {
    const id = await promised({ promisedBy: 'CLIENT', what: 'send the specification' })
    await stage.database.prisma.followUp.update({ where: { id }, data: { contactName: 'Olga Smirnova' } })
    await stage.database.prisma.contact.updateMany({
      where: { name: 'Olga Smirnova' },
      data: { language: 'ru' },
    })
    await show('anna', id)
    const heard = await stage.presses('anna', 'Write to them')
    expect(heard).toContain('A draft you can send: Здравствуйте, Olga Smirnova.')
    expect(heard).toContain('«send the specification», срок — 27 ноября')
  })

  it('is in the language of the reader when nobody is named', async () => {
    const id = await promised({ promisedBy: 'CLIENT', what: 'send the specification' })
    const heard = await stage.pressed('anna', { command: 'followup-chase', args: { id } })
    expect(heard).toContain(
      'Hello, may I come back to what we agreed on: “send the specification”, by 27 November.',
    )
  })
})
