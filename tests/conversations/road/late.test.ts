import { beforeEach, describe, expect, it } from 'vitest'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})

const add = (id: string, accountId: string, startsAt: string | null, authorId = 'anna') =>
  stage.database.prisma.meeting.create({
    data: {
      id,
      accountId,
      authorId,
      kind: 'VISIT',
      status: 'PLANNED',
      day: new Date('2026-11-23T00:00:00Z'),
      startsAt: startsAt && new Date(startsAt),
    },
  })
const comes = (meetingId: string, name: string, contactId: string | null) =>
  stage.database.prisma.meetingAttendee.create({ data: { meetingId, name, contactId } })
const speaks = (id: string, language: string) =>
  stage.database.prisma.contact.update({ where: { id }, data: { language } })
const startOf = async (id: string) =>
  (await stage.database.prisma.meeting.findUniqueOrThrow({ where: { id } })).startsAt?.toISOString()

describe('whoever is late', () => {
  it.each([
    "I'll be 10 minutes late",
    'running 10 min late',
    'опаздываю на 10 минут',
    '/late 10',
    '/late на 10 минут',
    'late 10',
  ])('gets a draft with a number to call: %s', async (words) => {
    await add('soon', 'acme', '2026-11-23T12:00:00Z')
    await comes('soon', 'Ken Ono', 'ken')
    const heard = await stage.says('anna', words)
    expect(heard).toContain('# Acme Corporation, 15:00')
    expect(heard).toContain('I have written to nobody.')
    expect(heard).toContain(
      'Hello Ken Ono, I am running about 10 min late and will be with you at about 15:10.',
    )
    expect(heard).toContain('Ken Ono: +49 30 1234567')
    expect(heard).toContain('[Move the meeting by 10 minutes]')
    expect(await startOf('soon')).toBe('2026-11-23T12:00:00.000Z')
  })

  it.each([
    ['буду через полчаса', '2026-11-23T11:45:00Z', 'Опаздываю примерно на 15 мин, буду у вас около 15:00.'],
    [
      'задерживаюсь на 20 мин',
      '2026-11-23T11:45:00Z',
      'Опаздываю примерно на 20 мин, буду у вас около 15:05.',
    ],
    ['буду через полчаса', '2026-11-23T12:30:00Z', 'Вы успеваете: ООО «Ромашка», начало в 15:30.'],
  ])('is understood: %s, for a meeting at %s', async (words, startsAt, answer) => {
    await add('soon', 'romashka', startsAt, 'boris')
    expect(await stage.says('boris', words)).toContain(answer)
  })

  it('writes in the language of the contact', async () => {
    await add('soon', 'acme', '2026-11-23T12:00:00Z')
    await comes('soon', 'Olga Smirnova', 'olga')
    await speaks('olga', 'ru')
    expect(await stage.says('anna', '/late 10')).toContain(
      'Olga Smirnova, здравствуйте. Опаздываю примерно на 10 мин',
    )
    await speaks('olga', 'de')
    expect(await stage.says('anna', '/late 10')).toContain('Hello Olga Smirnova')
  })

  it('writes in Russian to an account with a Russian name, else in their own language', async () => {
    await add('soon', 'romashka', '2026-11-23T12:00:00Z', 'max')
    expect(await stage.says('max', '/late 10')).toContain('Здравствуйте. Опаздываю примерно на 10 мин')
    await stage.database.prisma.meeting.update({ where: { id: 'soon' }, data: { accountId: 'acme' } })
    expect(await stage.says('max', '/late 10')).toContain('Hello, I am running about 10 min late')
  })

  it('is asked how late', async () => {
    await add('soon', 'acme', '2026-11-23T12:00:00Z')
    const heard = await stage.says('anna', "I'll be late")
    expect(heard).toBe(
      'How late will you be at Acme Corporation?\n[10 minutes] [20 minutes] [30 minutes] [60 minutes]',
    )
    expect(await stage.presses('anna', 'late', { meeting: 'soon', minutes: '20' })).toContain(
      'about 20 min late',
    )
  })

  it('is asked for which of two that are near, unless it is said', async () => {
    await add('one', 'acme', '2026-11-23T12:00:00Z', 'boris')
    await add('two', 'romashka', '2026-11-23T12:30:00Z', 'boris')
    const heard = await stage.says('boris', 'опаздываю на 10 минут')
    expect(heard).toContain('На какую встречу вы опаздываете?')
    expect(heard).toContain(
      '[Acme Corporation · пн, 23 нояб. 2026, 15:00] [ООО «Ромашка» · пн, 23 нояб. 2026, 15:30]',
    )
    expect(await stage.says('boris', 'опаздываю на 10 минут в Ромашку')).toContain('# ООО «Ромашка», 15:30')
  })

  it('is late for the first of several that are far apart', async () => {
    await add('one', 'acme', '2026-11-23T12:00:00Z')
    await add('two', 'acme', '2026-11-23T15:00:00Z')
    expect(await stage.says('anna', '/late 10')).toContain('# Acme Corporation, 15:00')
  })

  it('may be late already', async () => {
    await add('begun', 'acme', '2026-11-23T11:20:00Z')
    expect(await stage.says('anna', '/late 20')).toContain('at about 14:40')
  })

  it.each([
    ['nothing is planned', null],
    ['it is too far ahead', '2026-11-23T17:31:00Z'],
    ['it began long ago', '2026-11-23T10:29:00Z'],
  ])('hears that there is no meeting when %s', async (_why, startsAt) => {
    if (startsAt) await add('other', 'acme', startsAt)
    const heard = await stage.says('anna', '/late 10')
    expect(heard).toContain('I know of no meeting of yours within the next 6 hours.')
    expect(heard).toContain('/meeting Acme today 16:00 visit')
  })

  it.each(['/late -5', '/late 0', '/late 241', '/late 10.5'])(
    '%s is refused with a right example',
    async (words) => {
      await add('soon', 'acme', '2026-11-23T12:00:00Z')
      const heard = await stage.says('anna', words)
      expect(heard).toContain('Say it in whole minutes, from 1 to 240')
      expect(heard).toContain('/late 10')
    },
  )

  it('is told what became of a meeting that is not planned any more', async () => {
    await add('soon', 'acme', '2026-11-23T12:00:00Z')
    await stage.presses('anna', 'meeting-cancel', { id: 'soon' })
    expect(await stage.presses('anna', 'late', { meeting: 'soon', minutes: '10' })).toContain('was cancelled')
  })

  it('cannot be late for a day', async () => {
    await add('some-time', 'acme', null)
    expect(await stage.presses('anna', 'late', { meeting: 'some-time', minutes: '10' })).toContain(
      'No time of day',
    )
  })

  it('learns nothing of meetings of others', async () => {
    await add('soon', 'acme', '2026-11-23T12:00:00Z')
    expect(await stage.presses('vera', 'late', { meeting: 'soon', minutes: '10' })).toBe(
      await stage.presses('vera', 'late', { meeting: 'nothing', minutes: '10' }),
    )
    expect(await stage.says('vera', '/late 10')).toContain('no meeting of yours')
  })
})

describe('moving the meeting by as much', () => {
  const move = (person = 'anna', minutes = '10') =>
    stage.presses(person, 'late-move', { meeting: 'soon', from: '2026-11-23T12:00:00.000Z', minutes })

  beforeEach(async () => {
    await add('soon', 'acme', '2026-11-23T12:00:00Z')
  })

  it('moves it once, and what it owes with it', async () => {
    expect(await move()).toContain('is now on Mon, 23 Nov 2026, 15:10.')
    expect(await startOf('soon')).toBe('2026-11-23T12:10:00.000Z')
    expect(await stage.waiting('soon')).toEqual([['outcome:soon:2026-11-23T12', '2026-11-23T13:10:00.000Z']])
    expect(await move()).toContain('Nothing was changed')
    expect(await startOf('soon')).toBe('2026-11-23T12:10:00.000Z')
    expect((await stage.actions()).filter((action) => action === 'meeting.amend')).toHaveLength(1)
  })

  it('moves it past midnight where its author is, whoever moves it', async () => {
    const { user, meeting } = stage.database.prisma
    await user.update({ where: { id: 'anna' }, data: { timeZone: 'Asia/Tokyo' } })
    await meeting.update({ where: { id: 'soon' }, data: { startsAt: new Date('2026-11-23T14:55:00Z') } })
    await stage.presses('max', 'late-move', {
      meeting: 'soon',
      from: '2026-11-23T14:55:00.000Z',
      minutes: '10',
    })
    expect(await meeting.findUnique({ where: { id: 'soon' } })).toMatchObject({
      day: new Date('2026-11-24T00:00:00Z'),
      startsAt: new Date('2026-11-23T15:05:00Z'),
    })
  })

  it('moves nothing into the past', async () => {
    stage.core.clock.now = new Date('2026-11-23T12:15:00Z')
    expect(await move()).toContain('That time has passed already')
    expect(await startOf('soon')).toBe('2026-11-23T12:00:00.000Z')
  })

  it('moves no meeting of others', async () => {
    expect(await move('vera')).toBe('This meeting is no longer here.')
    await move('boris')
    expect(await startOf('soon')).toBe('2026-11-23T12:00:00.000Z')
  })
})
