import { beforeEach, describe, expect, it } from 'vitest'
import { MOSCOW, openStage, setPlace, type Stage } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})

const at = (time: string) => new Date(time)

/** Anna plans to be at Acme on Wed, 25 Nov 2026, 15:00 in Moscow. */
async function planned(
  line = '/meeting Acme on 25 November 15:00 with Olga Smirnova and Sam Stranger, visit',
): Promise<string> {
  await stage.says('anna', line)
  const meeting = await stage.database.prisma.meeting.findFirstOrThrow({ where: { said: { not: null } } })
  return meeting.id
}

const moves = (id: string, when: string) =>
  stage.act('anna', {
    kind: 'submit',
    command: 'meeting-amend',
    values: { id, when, kind: 'VISIT', attendees: 'Olga Smirnova' },
  })

describe('what a planned meeting owes', () => {
  it('is a brief the evening before, one an hour before, and the question after it', async () => {
    const id = await planned()
    expect(await stage.waiting(id)).toEqual([
      [`brief:${id}:evening`, '2026-11-24T15:00:00.000Z'],
      [`brief:${id}:hour`, '2026-11-25T11:00:00.000Z'],
      [`outcome:${id}:2026-11-25T12`, '2026-11-25T13:00:00.000Z'],
    ])
  })

  it('is planned once, however often it is written', async () => {
    const id = await planned()
    const before = await stage.waiting(id)
    await stage.act('anna', {
      kind: 'submit',
      command: 'meeting-amend',
      values: { id, notes: 'Bring samples', kind: 'VISIT' },
    })
    expect(await stage.waiting(id)).toEqual(before)
  })

  it('is nothing that would come after the beginning', async () => {
    const id = await planned('/meeting Acme today 15:00 visit')
    expect((await stage.waiting(id)).map(([key]) => key)).toEqual([`outcome:${id}:2026-11-23T12`])
  })

  it('without a time of day is the evening before and the end of its day', async () => {
    const id = await planned('/meeting Acme on 25 November visit')
    expect(await stage.waiting(id)).toEqual([
      [`brief:${id}:evening`, '2026-11-24T15:00:00.000Z'],
      [`outcome:${id}:2026-11-25`, '2026-11-25T15:00:00.000Z'],
    ])
  })

  it('is nothing any more once it is cancelled, and all of it again when it is restored', async () => {
    const id = await planned()
    const before = await stage.waiting(id)
    await stage.presses('anna', 'meeting-cancel', { id })
    expect(await stage.waiting(id)).toEqual([])
    await stage.presses('anna', 'meeting-restore', { id, to: 'PLANNED' })
    expect(await stage.waiting(id)).toEqual(before)
  })

  it('comes earlier when the way is long, once somebody shares where they are', async () => {
    const id = await planned()
    stage.core.clock.now = at('2026-11-25T07:00:00Z')
    // 43.8 kilometres to the north are 61.4 of road: 36 minutes in town, 47 beyond it, ten to arrive.
    const heard = await stage.happens('anna', 'place', { latitude: '56.15', longitude: '37.6173' })
    expect(heard).toContain('Acme Corporation · at 15:00 · Leave by 13:27. About 93 minutes by car')
    expect(heard).toContain('estimate')
    expect((await stage.waiting(id)).find(([key]) => key === `brief:${id}:hour`)).toEqual([
      `brief:${id}:hour`,
      '2026-11-25T10:12:00.000Z',
    ])
  })
})

describe('the brief that is pushed', () => {
  it('tells who will be there, what is promised, what to watch and what to ask', async () => {
    const id = await planned(
      '/meeting Acme on 25 November 15:00 with Olga Smirnova and Sam Stranger, visit; next: send the quote by Tuesday',
    )
    stage.core.clock.now = at('2026-11-25T11:00:00Z')
    const said = await stage.composes('anna', 'brief', id)
    for (const words of [
      '# Acme Corporation · Wed, 25 Nov 2026, 15:00 · visit (in 1 hour)',
      'We promised: send the quote · due Tue, 24 Nov 2026 (yesterday)',
      'Olga Smirnova · Purchasing director · decides · for us · last contact Thu, 1 Oct 2026',
      'Sam Stranger · not among the contacts · last contact Tue, 1 Sept 2026',
      'Discussed the 2027 price list',
      'Overdue: €320 in 3 invoices',
      'Behind plan: 50% done',
      'What do they need right now?',
    ]) {
      expect(said?.text).toContain(words)
    }
    expect(said?.text).not.toContain('Leave by')
    expect(said?.buttons.map(({ command, args }) => [command, args])).toEqual([
      ['account', { id: 'acme' }],
      ['late', { meeting: id, minutes: '10' }],
      ['meeting-edit', { id }],
      ['meeting-cancel', { id }],
    ])
    const order = ['Promised and open', 'Who will be there', 'Last contacts', 'Watch out', 'Worth asking']
    const places = order.map((title) => said?.text.indexOf(title) ?? -1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(Math.min(...places)).toBeGreaterThan(0)
  })

  it('speaks the language of whoever gets it, and says for whom', async () => {
    const id = await planned()
    stage.core.clock.now = at('2026-11-25T11:00:00Z')
    const said = await stage.composes('boris', 'brief', id, { id: 'anna', name: 'Anna Example' })
    expect(said?.text).toContain('Вы замещаете: Anna Example.')
    expect(said?.text).toContain('через 1 час')
    expect(said?.text).toContain('Olga Smirnova · Purchasing director · решает · за нас')
  })

  it('says when to leave only while the last place is fresh', async () => {
    const id = await planned()
    stage.core.clock.now = at('2026-11-25T10:00:00Z')
    await stage.happens('anna', 'place', { latitude: '55.80', longitude: '37.60' })
    expect((await stage.composes('anna', 'brief', id))?.text).toContain('my own rough estimate')
    await stage.database.prisma.lastPlace.updateMany({ data: { at: at('2026-11-25T06:59:00Z') } })
    expect((await stage.composes('anna', 'brief', id))?.text).not.toContain('estimate')
  })

  it('says nothing of leaving for a call', async () => {
    const id = await planned('/meeting Acme on 25 November 15:00 call with Olga Smirnova')
    stage.core.clock.now = at('2026-11-25T10:00:00Z')
    expect(await stage.happens('anna', 'place', { latitude: '55.80', longitude: '37.60' })).not.toContain(
      'Leave',
    )
    expect((await stage.composes('anna', 'brief', id))?.text).not.toContain('estimate')
  })

  it('is not sent for a meeting that was cancelled, moved or has begun', async () => {
    const id = await planned()
    stage.core.clock.now = at('2026-11-25T12:00:00Z')
    expect(await stage.composes('anna', 'brief', id)).toBeNull()
    stage.core.clock.now = at('2026-11-25T11:00:00Z')
    expect(await stage.composes('anna', 'brief', id)).not.toBeNull()
    await stage.presses('anna', 'meeting-cancel', { id })
    expect(await stage.composes('anna', 'brief', id)).toBeNull()
  })

  it('of an older time is stale', async () => {
    const id = await planned()
    await moves(id, '2026-11-27 15:00')
    const rows = await stage.database.prisma.notice.findMany({ where: { subject: id, kind: 'brief' } })
    expect(rows.map(({ dueAt }) => dueAt.toISOString()).toSorted()).toEqual([
      '2026-11-24T15:00:00.000Z',
      '2026-11-25T11:00:00.000Z',
      '2026-11-26T15:00:00.000Z',
      '2026-11-27T11:00:00.000Z',
    ])
    await stage.database.prisma.notice.deleteMany({
      where: { subject: id, dueAt: { gt: at('2026-11-26T00:00:00Z') } },
    })
    stage.core.clock.now = at('2026-11-25T11:00:00Z')
    expect(await stage.composes('anna', 'brief', id)).toBeNull()
  })

  it('is not sent to somebody who may not see the account any more', async () => {
    const id = await planned()
    await stage.database.prisma.account.update({ where: { id: 'acme' }, data: { ownerId: 'vera' } })
    stage.core.clock.now = at('2026-11-25T11:00:00Z')
    expect(await stage.composes('anna', 'brief', id)).toBeNull()
  })
})

describe('/brief', () => {
  it('is the same on demand: by name, by account, by meeting, or for whatever comes next', async () => {
    const byName = await stage.says('anna', '/brief acme')
    expect(byName).toContain('# Acme Corporation · Wed, 25 Nov 2026, 12:00 · online meeting (in 2 days)')
    expect(await stage.presses('anna', 'brief', { account: 'acme' })).toBe(byName)
    expect(await stage.presses('anna', 'brief', { meeting: 'm5' })).toBe(byName)
    expect(await stage.says('anna', '/brief')).toBe(byName)
    expect(await stage.says('boris', 'бриф Акме')).toContain('Кто будет')
  })

  it('of an account without a planned meeting says so', async () => {
    const heard = await stage.says('boris', '/brief Ромашка Плюс')
    expect(heard).toContain('ООО «Ромашка Плюс»')
    expect(heard).toContain('Кто решает о закупках')
    expect(heard).toContain('Встреч с этим клиентом не запланировано.')
  })

  it('offers to move or cancel only to whoever may', async () => {
    expect(await stage.presses('boris', 'brief', { meeting: 'm5' })).not.toContain('[Перенести]')
    expect(await stage.presses('max', 'brief', { meeting: 'm5' })).toContain('[Move]')
  })

  it('knows no account and no meeting of others', async () => {
    const unknown = await stage.says('vera', '/brief Acme')
    expect(unknown).toContain('I know no account “Acme”.')
    expect(await stage.says('vera', '/brief Zzyzx')).toBe(unknown.replace('Acme', 'Zzyzx'))
    expect(await stage.presses('vera', 'brief', { account: 'acme' })).toBe('This account is no longer here.')
    expect(await stage.presses('vera', 'brief', { meeting: 'm5' })).toBe(
      await stage.presses('vera', 'brief', { meeting: 'nothing' }),
    )
    expect(await stage.says('vera', '/brief')).toContain('no meeting planned for the next 14 days')
  })

  it('asks which of several', async () => {
    const heard = await stage.says('boris', '/brief ромашк')
    expect(heard).toContain('[ООО «Ромашка»] [ООО «Ромашка Плюс»]')
  })
})

describe('places of accounts', () => {
  it('are needed for an estimate', async () => {
    const id = await planned()
    await stage.database.prisma.account.update({
      where: { id: 'acme' },
      data: { latitude: null, longitude: null },
    })
    stage.core.clock.now = at('2026-11-25T10:00:00Z')
    await stage.happens('anna', 'place', { latitude: '55.80', longitude: '37.60' })
    expect((await stage.composes('anna', 'brief', id))?.text).not.toContain('estimate')
    await setPlace(stage.database, 'acme', MOSCOW)
    expect((await stage.composes('anna', 'brief', id))?.text).toContain('estimate')
  })
})
