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
const HOUR = 3_600_000
const LINE = 'Acme yesterday 15:00 discussed prices with Olga and Ivan, mood good'

describe('editing', () => {
  it('opens the form with what stands there, and nothing changes when it is sent as it is', async () => {
    const card = await talk.says('anna', `/meeting ${LINE}`)
    const form = await talk.presses('anna', card, 'Edit')
    expect(talk.held(form)).toMatchObject({
      when: '2026-11-22 15:00',
      kind: 'MEETING',
      mood: 'GOOD',
      attendees: 'Ivan, Olga Smirnova',
      notes: 'discussed prices',
    })
    expect((await talk.fills('anna', form)).text).toContain('Nothing changed.')
    expect(await talk.prisma.meetingAmendment.count()).toBe(0)
  })

  it('is an amendment: what stood there before stays readable, with author and time', async () => {
    const card = await talk.says('anna', `/meeting ${LINE}`)
    const { id } = await only()
    const form = await talk.presses('anna', card, 'Edit')
    const changed = await talk.fills('anna', form, {
      when: '2026-11-22 16:00-17:00',
      kind: 'VISIT',
      mood: null,
      attendees: 'Ken Ono, Olga Smirnova',
      notes: 'Discussed the new prices',
    })
    expect(changed.text).toContain('Changed. What stood there before is kept in the history.')
    expect(changed.text).toContain('Edited: 1 time')
    expect(await only()).toMatchObject({
      startsAt: new Date('2026-11-22T13:00:00Z'),
      endsAt: new Date('2026-11-22T14:00:00Z'),
      kind: 'VISIT',
      mood: null,
      notes: 'Discussed the new prices',
      said: LINE,
      attendees: [{ contactId: 'ken' }, { contactId: 'olga' }],
    })

    talk.clock.now = new Date(NOW.getTime() + 2 * HOUR)
    await talk.sends('max', 'meeting-amend', { id, mood: 'BAD', notes: 'Discussed the new prices' })

    const history = await talk.presses('anna', changed, 'History')
    expect(history.text).toContain('## As first written, Mon, 23 Nov 2026, 14:30')
    expect(history.text).toContain(LINE)
    expect(history.text).toContain('With: Ivan (not among the contacts) and Olga Smirnova')
    expect(history.text).toContain('## Mon, 23 Nov 2026, 14:30, Anna Example (console)')
    expect(history.text).toContain('- When: Sun, 22 Nov 2026, 15:00 → Sun, 22 Nov 2026, 16:00 to 17:00')
    expect(history.text).toContain('- Kind: meeting → visit')
    expect(history.text).toContain('- Mood: good → nothing')
    expect(history.text).toContain('- Notes: discussed prices → Discussed the new prices')
    expect(history.text).toContain('## Mon, 23 Nov 2026, 16:30, Max Example (console)')
    expect(history.text).toContain('- With: Ken Ono and Olga Smirnova → nothing')

    const rows = await talk.prisma.auditEntry.findMany({ where: { subject: id, action: 'meeting.amend' } })
    expect(rows.map(({ actorId }) => actorId)).toEqual(['anna', 'max'])
  })

  it('keeps long notes of each time readable in whole', async () => {
    const notes = 'Lorem ipsum '.repeat(400).trim()
    const card = await talk.sends('anna', 'meeting-save', { account: 'acme', notes })
    const form = await talk.presses('anna', card, 'Edit')
    expect(talk.held(form)['notes']).toBe(notes)
    const inPieces = await talk.fills('anna', form, { notes: notes.replace(/ (?=ipsum)/, '\n') })
    expect(inPieces.text).toContain('Nothing changed.')
    const changed = await talk.fills('anna', form, { notes: 'Short' })
    const history = await talk.presses('anna', changed, 'History')
    const before = await talk.presses('anna', history, 'Notes before Mon, 23 Nov 2026, 14:30')
    expect(before.text).toContain('Page 1 of 2')
    const rest = await talk.presses('anna', before, 'More')
    expect(rest.text).toContain('ipsum')
  })

  it('plans a meeting again whose time is moved into the future, with its notices', async () => {
    const card = await talk.says('anna', '/meeting Acme yesterday 15:00')
    const { id } = await only()
    const form = await talk.presses('anna', card, 'Edit')
    const moved = await talk.fills('anna', form, { when: 'tomorrow 15:00' })
    expect(moved.text).toContain('Acme Corporation (planned)')
    expect(await only()).toMatchObject({ status: 'PLANNED', startsAt: new Date('2026-11-24T12:00:00Z') })
    const notices = () =>
      talk.prisma.notice.findMany({ where: { subject: id, state: 'WAITING', kind: 'outcome' } })
    const [outcome] = await notices()
    expect(outcome?.dueAt.getTime()).toBeGreaterThan(Date.parse('2026-11-24T12:00:00Z'))

    const again = await talk.presses('anna', moved, 'Edit')
    await talk.fills('anna', again, { when: '25.11.2026 15:00' })
    const later = await notices()
    expect(later.map(({ dueAt }) => dueAt.getTime())).toEqual([(outcome?.dueAt.getTime() ?? 0) + 24 * HOUR])
  })

  it('says that a planned meeting took place when its time is moved into the past', async () => {
    const card = await talk.says('anna', '/meeting Acme tomorrow 15:00')
    const { id } = await only()
    await talk.fills('anna', await talk.presses('anna', card, 'Edit'), { when: 'yesterday 15:00' })
    expect(await only()).toMatchObject({ status: 'HELD' })
    expect(await talk.prisma.notice.count({ where: { subject: id, state: 'WAITING' } })).toBe(0)
  })

  it.each([
    ['31 November', 'There is no such day'],
    ['Friday', 'This may mean Fri, 27 Nov 2026 and Fri, 20 Nov 2026. Please write the date.'],
    ['blue', 'I cannot find a time in this'],
  ])('gives back the form for the time “%s”, with everything kept', async (when, sentence) => {
    const card = await talk.says('anna', `/meeting ${LINE}`)
    const form = await talk.fills('anna', await talk.presses('anna', card, 'Edit'), { when, notes: 'New' })
    expect(form.text).toContain(`When: ${when} ! ${sentence}`)
    expect(talk.held(form)).toMatchObject({ when, notes: 'New', mood: 'GOOD' })
    expect(await talk.prisma.meetingAmendment.count()).toBe(0)
    expect((await talk.fills('anna', form, { when: '2026-11-22 15:00' })).text).toContain('Changed.')
    expect(await only()).toMatchObject({ notes: 'New', startsAt: new Date('2026-11-22T12:00:00Z') })
  })

  it('is for the author and those above; others who see the account read', async () => {
    await talk.says('anna', `/meeting ${LINE}`)
    const { id } = await only()
    for (const command of ['meeting-edit', 'meeting-amend']) {
      expect((await talk.sends('boris', command, { id })).text).toContain('может только её автор')
      expect((await talk.sends('vera', command, { id })).text).toBe('This meeting is no longer here.')
    }
    for (const command of ['meeting-show', 'meeting-history', 'meeting-notes'])
      expect((await talk.runs('vera', command, { id })).text).toBe('This meeting is no longer here.')

    const seen = await talk.runs('boris', 'meeting-show', { id })
    expect(seen.text).toContain('Кто записал: Anna Example')
    const offered = seen.buttons.map(({ words }) => words)
    expect(offered).not.toContain('Изменить')
    expect(offered).not.toContain('Отменить запись')
    expect(offered).toContain('Следующий шаг')
    const read = await talk.runs('fay', 'meeting-show', { id })
    expect(read.buttons.map(({ words }) => words)).toEqual(['Open account'])
  })
})
