import { beforeEach, describe, expect, it } from 'vitest'
import { NOW } from '../../support/clients.ts'
import { openTalk, type Talk } from './talk.ts'

let talk: Talk

beforeEach(async () => {
  talk = await openTalk()
})

const only = async () => {
  const [meeting] = await talk.written()
  if (!meeting) throw new Error('no meeting')
  return meeting
}
const waiting = (subject: string) => talk.prisma.notice.count({ where: { subject, state: 'WAITING' } })
const LINE = '/meeting Acme yesterday prices, next: send the quote by Friday, next: call Olga by 1 December'

describe('undo', () => {
  it('takes back the meeting, its promises and their reminders, and offers to restore them', async () => {
    const card = await talk.says('anna', LINE)
    const { followUps } = await only()
    expect(followUps).toHaveLength(2)
    expect(await waiting(followUps[0]?.id ?? '')).toBe(1)

    const undone = await talk.presses('anna', card, 'Undo')
    expect(undone.text).toContain('Undone.')
    expect(undone.text).toContain('2 promises made in it were dropped too.')
    const after = await only()
    expect(after.status).toBe('CANCELLED')
    expect(after.followUps.map(({ status }) => status)).toEqual(['DROPPED', 'DROPPED'])
    expect(await waiting(followUps[0]?.id ?? '')).toBe(0)

    const again = await talk.presses('anna', card, 'Undo')
    expect(again.text).toContain('This meeting was undone.')

    for (const offer of [undone, again]) expect(offer.buttons.map(({ words }) => words)).toContain('Restore')
    const restored = await talk.presses('anna', again, 'Restore')
    expect(restored.text).toContain('Restored.')
    expect(await only()).toMatchObject({ status: 'HELD' })
    expect((await only()).followUps.map(({ status }) => status)).toEqual(['OPEN', 'OPEN'])
    expect(await waiting(followUps[0]?.id ?? '')).toBe(1)
    expect((await talk.presses('anna', undone, 'Restore')).text).toContain('This is how it stands now.')

    const rows = await talk.prisma.auditEntry.findMany({
      where: { subject: after.id },
      orderBy: { seq: 'asc' },
    })
    expect(rows.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['meeting.log', 'anna'],
      ['meeting.undo', 'anna'],
      ['meeting.restore', 'anna'],
    ])
  })

  it('leaves alone what was done, and does not bring back what was dropped with a reason', async () => {
    const card = await talk.says('anna', LINE)
    const [first, second] = (await only()).followUps
    await talk.prisma.followUp.update({
      where: { id: first?.id ?? '' },
      data: { status: 'DONE', doneAt: NOW },
    })
    await talk.prisma.followUp.update({
      where: { id: second?.id ?? '' },
      data: { status: 'DROPPED', dropReason: 'Not needed' },
    })
    const undone = await talk.presses('anna', card, 'Undo')
    await talk.presses('anna', undone, 'Restore')
    expect((await only()).followUps.map(({ status }) => status)).toEqual(['DONE', 'DROPPED'])
  })

  it('of a planned meeting drops its notices, and restoring plans them again', async () => {
    const card = await talk.says('anna', '/meeting Acme tomorrow 15:00')
    const { id } = await only()
    const before = await waiting(id)
    expect(before).toBeGreaterThan(0)
    const undone = await talk.presses('anna', card, 'Undo')
    expect(await waiting(id)).toBe(0)
    await talk.presses('anna', undone, 'Restore')
    expect(await only()).toMatchObject({ status: 'PLANNED' })
    expect(await waiting(id)).toBe(before)
  })

  it('is for the author and those above, and for nobody else', async () => {
    await talk.says('anna', LINE)
    const { id } = await only()
    const byColleague = await talk.runs('boris', 'meeting-undo', { id })
    expect(byColleague.text).toContain('Изменить эту встречу может только её автор')
    const byStranger = await talk.runs('vera', 'meeting-undo', { id })
    expect(byStranger.text).toBe((await talk.runs('vera', 'meeting-undo', { id: 'none' })).text)
    expect((await talk.runs('fay', 'meeting-undo', { id })).text).toBe('This is not for your role.')
    expect(await only()).toMatchObject({ status: 'HELD' })
    expect((await talk.runs('max', 'meeting-undo', { id })).text).toContain('Undone.')
  })
})

describe('cancelling', () => {
  it('ends what was planned and keeps what was promised for it', async () => {
    await talk.says('anna', '/meeting Acme 27 November 15:00, next: send the agenda by tomorrow')
    const card = await talk.runs('anna', 'meeting-show', { id: (await only()).id })
    expect(card.buttons.map(({ words }) => words)).not.toContain('Undo')
    const cancelled = await talk.presses('anna', card, 'Cancel the meeting')
    expect(cancelled.text).toContain('Cancelled. What was promised for it still holds.')
    const { id, status, followUps } = await only()
    expect(status).toBe('CANCELLED')
    expect(followUps).toMatchObject([{ status: 'OPEN' }])
    expect(await waiting(id)).toBe(0)
    expect((await talk.presses('anna', card, 'Cancel the meeting')).text).toContain(
      'This meeting was cancelled.',
    )
    expect((await talk.presses('anna', cancelled, 'Restore')).text).toContain('Restored.')
    expect(await only()).toMatchObject({ status: 'PLANNED' })
  })

  it('of a meeting that was still to come today brings it back as one that is to come, wherever it is opened', async () => {
    const asked = await talk.says('anna', '/meeting Acme today')
    const card = await talk.presses('anna', asked, 'It is still to come')
    const { id } = await only()
    await talk.runs('anna', 'meeting-cancel', { id })
    const opened = [
      await talk.runs('anna', 'meeting-cancel', { id }),
      await talk.presses('anna', card, 'Undo'),
      await talk.runs('max', 'meeting-show', { id }),
    ]
    for (const { text, buttons } of opened) {
      expect(text).toContain('This meeting was cancelled.')
      expect(buttons.find(({ words }) => words === 'Restore')?.args['to']).toBe('PLANNED')
    }
    await talk.runs('anna', 'meeting-restore', { id })
    expect(await only()).toMatchObject({ status: 'PLANNED' })
  })

  it('and bringing it back stay readable', async () => {
    await talk.says('anna', '/meeting Acme tomorrow 15:00')
    const { id } = await only()
    await talk.presses('max', await talk.runs('max', 'meeting-cancel', { id }), 'Restore')
    const { text } = await talk.runs('anna', 'meeting-history', { id })
    expect(text.match(/Max Example|(?<=Status: ).*/g)).toEqual([
      'Max Example',
      'planned → cancelled',
      'Max Example',
      'cancelled → planned',
    ])
  })

  it('is not for a meeting that took place', async () => {
    await talk.says('anna', '/meeting Acme yesterday')
    const { id } = await only()
    expect((await talk.runs('anna', 'meeting-cancel', { id })).text).toContain('has taken place')
    expect(await only()).toMatchObject({ status: 'HELD' })
  })
})

describe('a meeting that was taken back', () => {
  it('says so wherever it is opened, and takes no edit', async () => {
    const card = await talk.says('anna', '/meeting Acme yesterday prices')
    const form = await talk.presses('anna', card, 'Edit')
    await talk.presses('anna', card, 'Undo')
    const { id } = await only()
    for (const command of ['meeting-show', 'meeting-edit'])
      expect((await talk.runs('anna', command, { id })).text).toContain('This meeting was undone.')
    expect((await talk.fills('anna', form, { notes: 'Changed' })).text).toContain('This meeting was undone.')
    expect((await only()).notes).toBe('prices')
  })
})
