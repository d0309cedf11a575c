import { beforeEach, describe, expect, it } from 'vitest'
import type { Button } from '../../../src/commands/kit/view.ts'
import { press } from '../../support/core.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let id: string

beforeEach(async () => {
  stage = await openStage()
  await stage.says('anna', '/meeting Acme today 15:00 visit with Olga Smirnova')
  const meeting = await stage.database.prisma.meeting.findFirstOrThrow({ where: { said: { not: null } } })
  id = meeting.id
  stage.core.clock.now = new Date('2026-11-23T13:00:00Z')
})

const meeting = () => stage.database.prisma.meeting.findUniqueOrThrow({ where: { id } })
const tells = (person: string, outcome: string) => stage.presses(person, 'meeting-outcome', { id, outcome })

/** The button that takes back what somebody tells. */
async function undoOf(person: string, outcome: string): Promise<Button> {
  const { answer } = await stage.act(person, press('meeting-outcome', { id, outcome }))
  const blocks = answer.kind === 'view' ? answer.view : []
  const buttons = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
  const undo = buttons.find(({ command }) => command === 'meeting-outcome-undo')
  if (!undo) throw new Error('nothing can be taken back')
  return undo
}

describe('the question after a meeting', () => {
  it('is answered with one tap', async () => {
    const asked = await stage.composes('anna', 'outcome', id)
    expect(asked?.text).toBe(
      [
        '# How did it go with Acme Corporation?',
        'Mon, 23 Nov 2026, 15:00 · visit · with Olga Smirnova',
        '[Went well] [Went OK] [Went badly] [Did not happen] [Moved]',
      ].join('\n'),
    )
    expect(asked?.buttons.map(({ command, args }) => [command, args['id'], args['outcome']])).toEqual(
      ['GOOD', 'NEUTRAL', 'BAD', 'CANCELLED', 'MOVED'].map((outcome) => ['meeting-outcome', id, outcome]),
    )
  })

  it('is asked in the language of whoever is asked', async () => {
    const asked = await stage.composes('boris', 'outcome', id, { id: 'anna', name: 'Anna Example' })
    expect(asked?.text).toContain('Как прошла встреча: Acme Corporation?')
    expect(asked?.text).toContain('[Хорошо] [Нормально] [Плохо] [Не состоялась] [Перенесена]')
  })

  it('stands on the meeting wherever it is opened, instead of taking it back', async () => {
    const opened = await stage.presses('anna', 'meeting-show', { id })
    expect(opened).toContain('[Went well] [Went OK] [Went badly] [Did not happen] [Moved]')
    expect(opened).not.toMatch(/\[Undo\]|\[Cancel the meeting\]/)
    expect(await stage.presses('fay', 'meeting-show', { id })).not.toContain('[Went well]')
    await tells('anna', 'GOOD')
    const told = await stage.presses('anna', 'meeting-show', { id })
    expect(told).not.toContain('[Went well]')
    expect(told).toContain('[Remove the meeting]')
  })

  it('is not asked when it was answered, cancelled or moved, nor of whoever lost the account', async () => {
    await stage.database.prisma.account.update({ where: { id: 'acme' }, data: { ownerId: 'vera' } })
    expect(await stage.composes('anna', 'outcome', id)).toBeNull()
    await stage.database.prisma.account.update({ where: { id: 'acme' }, data: { ownerId: 'anna' } })
    expect(await stage.composes('anna', 'outcome', id)).not.toBeNull()
    await tells('anna', 'GOOD')
    expect(await stage.composes('anna', 'outcome', id)).toBeNull()
  })

  it('is not asked of a meeting that was moved', async () => {
    await stage.database.prisma.meeting.update({
      where: { id },
      data: { startsAt: new Date('2026-11-23T14:00:00Z') },
    })
    expect(await stage.composes('anna', 'outcome', id)).toBeNull()
    expect(await tells('anna', 'GOOD')).toContain('was moved to Mon, 23 Nov 2026, 17:00. I will ask again')
    expect((await meeting()).status).toBe('PLANNED')
  })
})

describe('the answer', () => {
  it.each([
    ['GOOD', 'good mood'],
    ['NEUTRAL', 'neutral mood'],
    ['BAD', 'bad mood'],
  ])('%s is held, with its mood, its author and its time', async (outcome, mood) => {
    const heard = await tells('anna', outcome)
    expect(heard).toContain(`the meeting with Acme Corporation on Mon, 23 Nov 2026, 15:00 was held, ${mood}.`)
    expect(heard).toContain('[Add notes] [Next step] [Undo]')
    expect(await meeting()).toMatchObject({ status: 'HELD', mood: outcome })
    expect(await stage.waiting(id)).toEqual([])
    const amendment = await stage.database.prisma.meetingAmendment.findFirstOrThrow({
      where: { meetingId: id },
    })
    expect(amendment).toMatchObject({
      authorId: 'anna',
      at: stage.core.clock.now,
      before: { status: 'PLANNED', mood: null },
      after: { status: 'HELD', mood: outcome },
    })
    expect(await stage.actions()).toContain('meeting.amend')
  })

  it('that it did not happen cancels it and offers to plan it again', async () => {
    const heard = await tells('anna', 'CANCELLED')
    expect(heard).toContain('did not happen.')
    expect(heard).toContain('[Plan again] [Undo]')
    expect((await meeting()).status).toBe('CANCELLED')
    expect(await stage.presses('anna', 'meeting', { account: 'acme' })).toContain('Acme Corporation')
  })

  it('that it was moved opens the form', async () => {
    const heard = await tells('anna', 'MOVED')
    expect(heard).toContain('When: 2026-11-23 15:00')
    expect((await meeting()).status).toBe('PLANNED')
  })

  it('can be taken back, and given anew', async () => {
    await tells('anna', 'BAD')
    expect(await stage.presses('anna', 'meeting-outcome-undo', { id, told: 'HELD' })).toContain('Undone')
    expect(await meeting()).toMatchObject({ status: 'PLANNED', mood: null })
    await tells('anna', 'GOOD')
    expect(await meeting()).toMatchObject({ status: 'HELD', mood: 'GOOD' })
  })

  it('is not taken back twice, nor from another state', async () => {
    await tells('anna', 'BAD')
    expect(await stage.presses('anna', 'meeting-outcome-undo', { id, told: 'CANCELLED' })).toContain(
      'was held, bad mood.',
    )
    await stage.presses('anna', 'meeting-outcome-undo', { id, told: 'HELD' })
    expect(await stage.presses('anna', 'meeting-outcome-undo', { id, told: 'HELD' })).toContain(
      'is planned for',
    )
    expect((await stage.actions()).filter((action) => action === 'meeting.amend')).toHaveLength(2)
  })

  it('is not taken back once more was said', async () => {
    const undo = await undoOf('anna', 'GOOD')
    const values = { id, n: '1', when: '2026-11-23 15:00', kind: 'VISIT', attendees: 'Olga Smirnova' }
    await stage.act('max', {
      kind: 'submit',
      command: 'meeting-amend',
      values: { ...values, mood: 'BAD', notes: 'No order' },
    })
    expect(await stage.presses('anna', undo.command, undo.args)).toContain('was held, bad mood.')
    expect(await stage.presses('anna', undo.command, { id, told: 'HELD' })).toContain('was held, bad mood.')
    expect(await meeting()).toMatchObject({ status: 'HELD', mood: 'BAD', notes: 'No order' })
  })

  it('is not taken back by the Undo of another answer', async () => {
    const undo = await undoOf('anna', 'GOOD')
    await stage.presses('anna', undo.command, undo.args)
    await tells('max', 'GOOD')
    expect(await stage.presses('anna', undo.command, undo.args)).toContain('Max Example said so on')
    expect(await meeting()).toMatchObject({ status: 'HELD', mood: 'GOOD' })
  })

  it('that comes second is told who was first and when', async () => {
    await tells('anna', 'GOOD')
    const heard = await tells('max', 'CANCELLED')
    expect(heard).toContain('was held, good mood.')
    expect(heard).toContain('Anna Example said so on Mon, 23 Nov 2026, 16:00.')
    expect(await meeting()).toMatchObject({ status: 'HELD', mood: 'GOOD' })
  })

  it('of two at the same moment is one', async () => {
    const heard = await Promise.all([tells('anna', 'GOOD'), tells('max', 'BAD')])
    expect(heard.filter((text) => text.includes('Noted'))).toHaveLength(1)
    expect(heard.filter((text) => text.includes('said so on'))).toHaveLength(1)
    expect(await stage.database.prisma.meetingAmendment.count({ where: { meetingId: id } })).toBe(1)
  })

  it('to a meeting that was cancelled says so', async () => {
    await stage.presses('anna', 'meeting-cancel', { id })
    expect(await tells('anna', 'GOOD')).toContain('was cancelled or did not happen')
    expect((await meeting()).status).toBe('CANCELLED')
  })

  it('is nobody else’s: not of those who may not see it, not of the team, not of finance', async () => {
    const gone = await stage.presses('vera', 'meeting-outcome', { id: 'nothing', outcome: 'GOOD' })
    expect(await tells('vera', 'GOOD')).toBe(gone)
    await tells('boris', 'GOOD')
    expect(await tells('fay', 'GOOD')).toBe('This is not for your role.')
    expect((await meeting()).status).toBe('PLANNED')
  })

  it('with words that no button has is refused', async () => {
    expect(await tells('anna', 'SPLENDID')).toBe('This button is no longer valid. Please ask anew.')
    expect((await meeting()).status).toBe('PLANNED')
  })
})
