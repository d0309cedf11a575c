import { beforeEach, describe, expect, it } from 'vitest'
import { openStage, type Stage } from './follow-ups/stage.ts'

let stage: Stage

/** It is Monday, 23 November 2026, 14:30 in Moscow. */
beforeEach(async () => {
  stage = await openStage()
})

const rows = async () =>
  (await stage.database.prisma.absence.findMany({ orderBy: { startsOn: 'asc' } })).map(
    ({ userId, substituteId, startsOn, endsOn }) =>
      `${userId} ${substituteId} ${startsOn.toISOString().slice(5, 10)} ${endsOn.toISOString().slice(5, 10)}`,
  )
const only = () => stage.database.prisma.absence.findFirstOrThrow()
const told = async () =>
  (
    await stage.database.prisma.notice.findMany({
      where: { kind: 'absence' },
      orderBy: [{ dueAt: 'asc' }, { personId: 'asc' }],
    })
  ).map(({ personId, state }) => `${personId} ${state}`)
const off = (id: string) => stage.database.prisma.user.update({ where: { id }, data: { active: false } })

describe('an absence in one line', () => {
  it('is planned, with what follows from it in words', async () => {
    const heard = await stage.says('anna', '/away 1–14 December Boris')
    for (const words of [
      'Planned.',
      'Away: Tue, 1 Dec 2026 – Mon, 14 Dec 2026',
      'Substitute: Boris Example',
      'Boris Example sees your 1 account and gets your reminders, briefs, questions and approvals.',
      'on your behalf',
      '[Undo] [Absence]',
    ])
      expect(heard).toContain(words)
    expect(await rows()).toEqual(['anna boris 12-01 12-14'])
    const entry = await stage.database.prisma.auditEntry.findFirstOrThrow()
    expect(entry).toMatchObject({ actorId: 'anna', action: 'absence.add', channel: 'console', before: null })
    expect(entry.after).toEqual({
      personId: 'anna',
      substituteId: 'boris',
      startsOn: '2026-12-01',
      endsOn: '2026-12-14',
    })
    expect(await told()).toEqual(['boris WAITING', 'max WAITING'])
  })

  it('is read in Russian, with a name in either alphabet and any case', async () => {
    const heard = await stage.says('boris', '/away с 1 по 14 декабря Анна')
    for (const words of [
      'Записано.',
      'Отсутствие: вт, 1 дек. 2026 – пн, 14 дек. 2026',
      'Anna Example в эти дни видит 3 ваших клиентов',
    ])
      expect(heard).toContain(words)
    expect(await stage.says('boris', '/отпуск завтра замещает Анной')).toContain('вт, 24 нояб. 2026')
    expect(await rows()).toEqual(['boris anna 11-24 11-24', 'boris anna 12-01 12-14'])
  })

  it('E-16 counts the days where the absent one lives', async () => {
    await stage.database.prisma.user.update({ where: { id: 'anna' }, data: { timeZone: 'Pacific/Auckland' } })
    // It is half past midnight on Tuesday there.
    await stage.says('anna', '/away today boris@example.com')
    expect(await rows()).toEqual(['anna boris 11-24 11-24'])
  })

  it('that is sent twice is one', async () => {
    await stage.says('anna', '/away tomorrow Boris')
    expect(await stage.says('anna', '/away tomorrow Boris')).toContain('This is planned already.')
    expect(await rows()).toHaveLength(1)
    expect(await stage.audit()).toEqual(['anna absence.add'])
    expect(await told()).toEqual(['boris WAITING', 'max WAITING'])
  })

  it('is planned once by two at the same moment, and never on days that overlap', async () => {
    const heard = await Promise.all([
      stage.says('anna', '/away 1–14 December Boris'),
      stage.says('anna', '/away 10–20 December Vera'),
      stage.says('anna', '/away 5–12 December Max'),
    ])
    expect(heard.filter((text) => text.includes('Planned.'))).toHaveLength(1)
    expect(heard.filter((text) => text.includes('You have an absence on some of these days'))).toHaveLength(2)
    expect(await rows()).toHaveLength(1)
  })

  it('E-16 and the one of the substitute make no circle, planned at the same moment', async () => {
    const heard = await Promise.all([
      stage.says('anna', '/away tomorrow Vera'),
      stage.says('vera', '/away tomorrow Anna'),
    ])
    expect(heard.filter((text) => text.includes('Planned.'))).toHaveLength(1)
    expect(heard.filter((text) => text.includes('cannot stand in for you'))).toHaveLength(1)
    expect(await rows()).toHaveLength(1)
  })
})

describe('what was left open', () => {
  it('is asked for: the days, and who', async () => {
    expect(await stage.says('anna', '/away Boris')).toContain('When are you away?')
    expect(await stage.presses('anna', 'Next week')).toContain('Mon, 30 Nov 2026 – Sun, 6 Dec 2026')
    expect(await stage.says('anna', '/away tomorrow')).toContain('Who stands in for you?')
    expect(await stage.presses('anna', 'Max Example')).toContain('Tue, 24 Nov 2026')
    expect(await rows()).toEqual(['anna max 11-24 11-24', 'anna boris 11-30 12-06'])
    expect(await stage.database.prisma.draft.count()).toBe(0)
  })

  it('is asked for: which of two Mondays, and until when', async () => {
    expect(await stage.says('anna', '/away from Monday Boris')).toContain('Which days do you mean?')
    expect(await stage.presses('anna', 'From Mon, 30 Nov 2026')).toContain('Until when?')
    const first = stage.button('anna', 'Until Fri, 4 Dec 2026')
    expect(await stage.pressed('anna', first)).toContain('Mon, 30 Nov 2026 – Fri, 4 Dec 2026')
    expect(await stage.pressed('anna', first)).toContain('answered already')
    expect(await rows()).toEqual(['anna boris 11-30 12-04'])
  })

  it('is asked for when a year was meant by mistake', async () => {
    expect(await stage.says('anna', '/away 14-1 December Boris')).toContain('Which days do you mean?')
    expect(await rows()).toEqual([])
  })

  it('keeps the days when nobody has that name, or several have', async () => {
    const nobody = await stage.says('anna', '/away 1–14 December Zoltan')
    expect(nobody).toContain('I find no colleague called “Zoltan”. The days are kept.')
    expect(nobody).toContain('Tue, 1 Dec 2026 – Mon, 14 Dec 2026')
    expect(nobody).toContain('[Boris Example] [Max Example] [Somebody else]')
    await stage.database.prisma.user.update({ where: { id: 'vera' }, data: { name: 'Boris Second' } })
    expect(await stage.says('anna', '/away 1–14 December Boris')).toContain('Several colleagues are called')
    expect(await stage.presses('anna', 'Boris Second')).toContain('Substitute: Boris Second')
    expect(await rows()).toEqual(['anna vera 12-01 12-14'])
  })

  it('of another cannot be answered', async () => {
    await stage.says('anna', '/away tomorrow')
    const button = stage.button('anna', 'Boris Example')
    expect(await stage.pressed('vera', button)).toContain('answered already')
    expect(await rows()).toEqual([])
  })

  it('goes on in the form, which keeps what was typed and names what is wrong', async () => {
    await stage.says('anna', '/away 1–14 December Zoltan')
    const form = await stage.presses('anna', 'Somebody else')
    expect(form).toContain('First day: 2026-12-01 Last day: 2026-12-14 Substitute:')
    const wrong = await stage.fills('anna', { until: '2026-11-30', substitute: 'Zoltan' })
    expect(wrong).toContain('Last day: 2026-11-30 ! The last day is before the first one')
    expect(wrong).toContain('Substitute: Zoltan ! I find no colleague called “Zoltan”')
    expect(await stage.fills('anna', { until: '3 December', substitute: 'boris' })).toContain(
      'Tue, 1 Dec 2026 – Thu, 3 Dec 2026',
    )
    expect(await stage.database.prisma.draft.count()).toBe(0)
  })

  it('takes a range in the first field of the form, and refuses an empty one', async () => {
    expect(await stage.sends('anna', 'away-save', { from: '', substitute: 'boris' })).toContain(
      'I cannot find a day in that',
    )
    await stage.sends('anna', 'away-save', { from: '1–3 December', until: '', substitute: 'boris' })
    expect(await rows()).toEqual(['anna boris 12-01 12-03'])
  })
})

describe('what cannot be', () => {
  it.each([
    ['/away yesterday Boris', 'Those days are over.'],
    ['/away 31.11 Boris', 'There is no such day.'],
    ['/away 1 December 2028 Boris', 'That is more than a year away.'],
    ['/away 2026-12-14 2026-12-01 Boris', 'The last day is before the first one.'],
    ['/away tomorrow Anna', 'You cannot stand in for yourself.'],
  ])('%s: %s', async (said, heard) => {
    expect(await stage.says('anna', said)).toContain(heard)
    expect(await rows()).toEqual([])
  })

  it('is a colleague who has left, also by a button that was offered before', async () => {
    await stage.says('anna', '/away tomorrow')
    await off('boris')
    expect(await stage.presses('anna', 'Boris Example')).toContain('Boris Example is no longer in the team.')
    const named = await stage.says('anna', '/away tomorrow Boris')
    expect(named).toContain('Boris Example is no longer in the team.')
    expect(named).not.toContain('[Boris Example]')
    expect(await rows()).toEqual([])
  })

  it('is a second absence on the same days: the first is shown, and ends there', async () => {
    await stage.says('anna', '/away 1–14 December Boris')
    const heard = await stage.says('anna', '/away 14–20 December Vera')
    expect(heard).toContain('Tue, 1 Dec 2026 – Mon, 14 Dec 2026, and Boris Example stands in.')
    await stage.presses('anna', 'Cancel Tue, 1 Dec 2026')
    await stage.says('anna', '/away 14–20 December Vera')
    expect(await rows()).toEqual(['anna vera 12-14 12-20'])
  })

  it('E-16 is a circle: both absences are named, and what leads round three is refused too', async () => {
    await stage.says('boris', '/away 5–6 декабря Анна')
    const heard = await stage.says('anna', '/away 1–14 December Boris')
    expect(heard).toContain('Boris Example is away Sat, 5 Dec 2026 – Sun, 6 Dec 2026')
    expect(await rows()).toEqual(['boris anna 12-05 12-06'])
    await stage.says('anna', '/away 6–7 December Vera')
    expect(await stage.says('vera', '/away 6 December Boris')).toContain('leads back to you')
    expect(await rows()).toHaveLength(2)
  })

  it('is a substitute whose own absence is not told of', async () => {
    await stage.says('boris', '/away 5–6 декабря Vera')
    expect(await stage.says('anna', '/away 1–14 December Boris')).toContain(
      'Boris Example is away too: Sat, 5 Dec 2026 – Sun, 6 Dec 2026. Vera Example gets your reminders and approvals then',
    )
    await off('vera')
    expect(await stage.says('anna', '/away 1–14 December Boris')).toContain('Nobody stands behind them')
  })
})

describe('the list', () => {
  it('is empty at first, and says how to begin', async () => {
    expect(await stage.says('anna', '/away')).toBe(
      '# Absence You have no absence planned. One line is enough: /away 1–14 December Boris [Plan an absence]',
    )
    expect(await stage.presses('anna', 'Plan an absence')).toContain('First day:')
  })

  it('has mine with their ends, and those of whom I stand in for', async () => {
    await stage.says('anna', '/away until Friday Boris')
    await stage.says('anna', '/away 10 December Vera')
    await stage.says('boris', '/away 24–25 декабря Анна')
    expect(await stage.says('anna', '/away')).toBe(
      '# Absence ## You are away - Mon, 23 Nov 2026 – Fri, 27 Nov 2026 · Boris Example stands in · now ' +
        '- Thu, 10 Dec 2026 · Vera Example stands in ## You stand in for ' +
        '- Boris Example · Thu, 24 Dec 2026 – Fri, 25 Dec 2026 [End now] [Cancel Thu, 10 Dec 2026] [Plan an absence]',
    )
  })
})

describe('an end', () => {
  it('keeps the days that are over, and is undone', async () => {
    await stage.says('anna', '/away until Friday Boris')
    stage.clock.now = new Date('2026-11-25T08:00:00Z')
    await stage.says('anna', '/away')
    expect(await stage.presses('anna', 'End now')).toContain('Welcome back.')
    expect(await rows()).toEqual(['anna boris 11-23 11-24'])
    expect(await stage.says('boris', '/account globex')).not.toContain('# Globex')
    await stage.says('anna', '/away')
    const before = await only()
    const restore = {
      command: 'away-restore',
      args: { id: before.id, from: '2026-11-23', until: '2026-11-27', substitute: 'boris' },
    }
    // Twice in one moment.
    for (const heard of await Promise.all([stage.pressed('anna', restore), stage.pressed('anna', restore)]))
      expect(heard).toContain('Undone: the absence stands as it was.')
    expect(await rows()).toEqual(['anna boris 11-23 11-27'])
    expect(await stage.audit()).toEqual(['anna absence.add', 'anna absence.end', 'anna absence.restore'])
  })

  it('on the first day leaves nothing, and a cancelled one comes back by Undo', async () => {
    await stage.says('anna', '/away today Boris')
    await stage.says('anna', '/away')
    await stage.presses('anna', 'End now')
    expect(await rows()).toEqual([])
    await stage.says('anna', '/away 1–14 December Boris')
    await stage.presses('anna', 'Undo')
    expect(await rows()).toEqual([])
    expect(await stage.presses('anna', 'Undo')).toContain('Undone')
    expect(await rows()).toEqual(['anna boris 12-01 12-14'])
    expect(await stage.audit()).toEqual([
      'anna absence.add',
      'anna absence.end',
      'anna absence.add',
      'anna absence.cancel',
      'anna absence.add',
    ])
  })

  it('is mine alone: for others there is no such absence', async () => {
    await stage.says('anna', '/away 1–14 December Boris')
    const { id } = await only()
    const args = { id, from: '2026-12-01', until: '2026-12-31', substitute: 'boris' }
    for (const who of ['boris', 'max', 'ada']) {
      for (const command of ['away-end', 'away-cancel']) {
        const heard = await stage.pressed(who, { command, args: { id } })
        expect(heard).toBe(await stage.pressed(who, { command, args: { id: 'nothing' } }))
      }
    }
    await stage.pressed('max', { command: 'away-restore', args })
    expect(await rows()).toContain('anna boris 12-01 12-14')
    expect(await rows()).toContain('max boris 12-01 12-31')
  })

  it('pressed twice ends once', async () => {
    await stage.says('anna', '/away 1–14 December Boris')
    const undo = stage.button('anna', 'Undo')
    const heard = await Promise.all([stage.pressed('anna', undo), stage.pressed('anna', undo)])
    expect(heard.filter((text) => text.includes('was cancelled already'))).toHaveLength(1)
    // Of two at once, the second finds nothing there; which is written down first is chance.
    expect((await stage.audit()).toSorted()).toEqual([
      'anna absence.add',
      'anna absence.cancel',
      'anna access.refuse',
    ])
  })
})
