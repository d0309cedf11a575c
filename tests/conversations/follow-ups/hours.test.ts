import { beforeEach, describe, expect, it } from 'vitest'
import { digestPlans } from '../../../src/db/digest-plans.ts'
import { newId } from '../../../src/db/new-id.ts'
import { HOLIDAYS } from '../../../src/holidays.ts'
import { planDigests } from '../../../src/jobs/plan-digests.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})

const promise = (values: Record<string, string>) =>
  stage.sends('anna', 'followup', { what: 'send the quote', when: '27.11.2026 10:00', ...values })
const save = (values: Record<string, string>, who = 'anna') => stage.sends(who, 'settings-hours-save', values)

/** What waits of promises. */
const promised = async () => (await stage.waiting()).filter((one) => !one.startsWith('agenda'))

/** As every five minutes. */
const planned = () => {
  const defaults = { language: 'en', timeZone: 'Europe/Moscow', currency: 'EUR' } as const
  const plans = digestPlans(stage.database.prisma, defaults, newId)
  return planDigests(plans, ['CONSOLE'], HOLIDAYS, stage.clock.now)
}

/** The digests that wait. */
async function digests() {
  const kind = { in: ['agenda', 'weekly'] }
  const rows = await stage.database.prisma.notice.findMany({
    where: { kind, state: 'WAITING', personId: { in: ['anna', 'max'] } },
    orderBy: { key: 'asc' },
  })
  return rows.map(({ key, dueAt }) => `${key} ${dueAt.toISOString().slice(0, 16)}`)
}

describe('hours and digests', () => {
  it('stand on the card of settings, and open as a form from there', async () => {
    const heard = await stage.says('anna', '/settings')
    expect(heard).toContain(
      'Working hours: 09:00–18:00 Working days: Mon, Tue, Wed, Thu and Fri Quiet hours: 20:00–08:00 Morning agenda: 08:30',
    )
    expect(await stage.presses('anna', 'Hours and digests')).toBe(
      '[Hours and digests] Working hours: 09:00–18:00 Working days: Mon, Tue, Wed, Thu, Fri Quiet hours: 20:00–08:00 Morning agenda: 08:30 Public holidays: auto',
    )
    expect(await stage.fills('anna', {})).toContain('Nothing changed.')
  })

  it('stand in the form in words that the reader’s own hints use', async () => {
    await save({ quiet: 'нет', digest: 'нет' }, 'boris')
    const form = await stage.says('boris', '/settings').then(() => stage.presses('boris', 'Часы и сводки'))
    expect(form).toContain('Тихие часы: нет Утренний план: нет Праздники: авто')
    expect(await stage.fills('boris', {})).toContain('Ничего не изменилось.')
    expect(await save({ country: 'Россия' }, 'boris')).toContain('Праздники: Россия')
    await stage.says('boris', '/settings')
    expect(await stage.presses('boris', 'Часы и сводки')).toContain('Праздники: Россия')
    expect(await stage.fills('boris', {})).toContain('Ничего не изменилось.')
  })

  it('are saved as they were written, and undone by a button', async () => {
    const heard = await save({
      work: '10-19',
      days: 'Sun-Thu',
      quiet: 'off',
      digest: '7:45',
      country: 'Germany',
    })
    expect(heard).toContain('Saved. # Hours and digests Working hours: 10:00–19:00')
    expect(heard).toContain('Quiet hours: none Morning agenda: 07:45 Public holidays: Germany')
    const read = () => stage.database.prisma.user.findUnique({ where: { id: 'anna' } })
    expect(await read()).toMatchObject({
      workFrom: '10:00',
      workDays: [1, 2, 3, 4, 7],
      quietFrom: '00:00',
      country: 'DE',
    })
    expect(await stage.presses('anna', 'Undo')).toContain(
      'Undone: everything is as it was. # Hours and digests Working hours: 09:00–18:00',
    )
    expect(await read()).toMatchObject({
      workFrom: '09:00',
      workDays: [1, 2, 3, 4, 5],
      quietTo: '08:00',
      digestAt: '08:30',
      country: null,
    })
    expect(await stage.audit()).toEqual(['anna settings.hours', 'anna settings.hours'])
  })

  it('read Russian', async () => {
    const heard = await save(
      { work: 'с 8 до 17', days: 'пн, ср и пт', digest: 'нет', country: 'Россия' },
      'boris',
    )
    expect(heard).toContain('Рабочие часы: 08:00–17:00 Рабочие дни: пн, ср и пт')
    expect(heard).toContain('Утренний план: не присылать Праздники: Россия')
  })

  it.each([
    ['work', '18-9', 'Write the working hours from earlier to later'],
    ['work', '9:00', 'Write the working hours'],
    ['work', '25-26', 'Write the working hours'],
    ['days', 'Mon-Noday', 'Write the working days'],
    ['days', '0', 'Write the working days'],
    ['quiet', 'at night', 'Write the quiet hours'],
    ['digest', '8:61', 'Write a time such as 08:30'],
    ['country', 'Atlantis', 'I do not know this country'],
    ['country', 'ZZ', 'I do not know this country'],
  ])('refuse %s “%s”, and keep it', async (field, typed, says) => {
    const heard = await save({ [field]: typed })
    expect(heard).toContain(`${typed} ! ${says}`)
  })

  it('move what is still to come, and not what was put off or said already', async () => {
    await promise({ when: '27.11.2026', what: 'morning' })
    await promise({ when: '27.11.2026 10:00', what: 'ten' })
    await promise({ when: '27.11.2026', what: 'put off' })
    const all = await stage.promises()
    const id = all.find(({ what }) => what === 'put off')?.id ?? ''
    await stage.pressed('anna', { command: 'followup-snooze', args: { id, n: '1', to: 'tomorrow' } })
    await save({ work: '11:00-19:00' })
    expect(await promised()).toEqual([
      'reminder 2 2026-11-24T06:00',
      'reminder 1 2026-11-27T07:00',
      'reminder 2 2026-11-27T08:00',
    ])
    stage.clock.now = new Date('2026-11-28T12:00:00Z')
    await stage.database.prisma.notice.deleteMany({})
    await save({ work: '12:00-19:00' })
    expect(await promised()).toEqual([])
  })

  it('move the turn of what repeats, also when its reminder has come already', async () => {
    await promise({ when: '27.11.2026', repeat: 'week' })
    stage.clock.now = new Date('2026-11-28T12:00:00Z')
    await stage.database.prisma.notice.deleteMany({ where: { kind: 'reminder' } })
    expect(await promised()).toEqual(['turn 2 2026-12-04T06:00'])
    await save({ work: '11:00-19:00' })
    expect(await promised()).toEqual(['turn 2 2026-12-04T08:00'])
  })
})

describe('the digests of whoever changes their hours', () => {
  beforeEach(async () => {
    stage.clock.now = new Date('2026-11-23T05:00:00Z')
    await planned()
  })

  it('still come this morning when other hours are saved in its last minutes', async () => {
    const before = await digests()
    expect(before).toEqual([
      'agenda:anna:2026-11-23 2026-11-23T05:30',
      'agenda:max:2026-11-23 2026-11-23T05:30',
      'weekly:max:2026-11-23 2026-11-23T05:30',
    ])
    stage.clock.now = new Date('2026-11-23T05:27:00Z')
    await save({ quiet: '21-7' })
    await save({ quiet: '21-7' }, 'max')
    expect(await digests()).toEqual(before)
  })

  it('come at their new time when that is in a few minutes, and the planner finds them as it would have planned them', async () => {
    await save({ digest: '11:00' })
    await save({ digest: '11:00' }, 'max')
    stage.clock.now = new Date('2026-11-23T05:43:00Z')
    await save({ digest: '8:45' })
    await save({ digest: '8:45' }, 'max')
    const moved = [
      'agenda:anna:2026-11-23 2026-11-23T05:45',
      'agenda:max:2026-11-23 2026-11-23T05:45',
      'weekly:max:2026-11-23 2026-11-23T05:45',
    ]
    expect(await digests()).toEqual(moved)
    await planned()
    expect(await digests()).toEqual(moved)
  })

  it('come when they were not wanted until now, and not any more when they are not wanted', async () => {
    await save({ digest: 'off' }, 'max')
    expect(await digests()).toEqual(['agenda:anna:2026-11-23 2026-11-23T05:30'])
    await stage.database.prisma.notice.deleteMany({})
    await save({ digest: '8:03' }, 'max')
    expect(await digests()).toEqual([
      'agenda:max:2026-11-23 2026-11-23T05:03',
      'weekly:max:2026-11-23 2026-11-23T05:03',
    ])
  })

  it('wait for the next morning when today’s is over by the new time, or has come', async () => {
    stage.clock.now = new Date('2026-11-23T05:20:00Z')
    await save({ digest: '8:10' }, 'max')
    expect(await digests()).toEqual([
      'agenda:anna:2026-11-23 2026-11-23T05:30',
      'agenda:max:2026-11-24 2026-11-24T05:10',
      'weekly:max:2026-11-30 2026-11-30T05:10',
    ])
    await stage.database.prisma.notice.updateMany({
      where: { key: 'agenda:anna:2026-11-23' },
      data: { state: 'SENT' },
    })
    await save({ digest: '8:25' })
    expect((await digests()).filter((one) => one.startsWith('agenda:anna'))).toEqual([])
  })

  it('move with the zone', async () => {
    await stage.sends('anna', 'settings-save', { timeZone: 'Europe/Berlin' })
    expect((await digests())[0]).toBe('agenda:anna:2026-11-23 2026-11-23T07:30')
    await stage.sends('anna', 'settings-save', { timeZone: 'Asia/Vladivostok' })
    expect((await digests())[0]).toBe('agenda:anna:2026-11-24 2026-11-23T22:30')
  })
})

describe('F-09 whoever moves to another zone', () => {
  it('keeps the wall-clock time of every promise', async () => {
    await promise({})
    expect(await promised()).toEqual(['reminder 1 2026-11-27T07:00'])
    await stage.sends('anna', 'settings-save', { timeZone: 'America/New_York' })
    expect(await promised()).toEqual(['reminder 2 2026-11-27T15:00'])
    expect(await stage.presses('anna', 'Undo')).toContain('Undone')
    expect(await promised()).toEqual(['reminder 3 2026-11-27T07:00'])
  })
})
