import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accountStore } from '../../src/db/accounts.ts'
import { identifyActor } from '../../src/db/actors.ts'
import { createPGlite, type Database, openDatabase } from '../../src/db/client.ts'
import { demoLoadedOn, loadDemo, refreshDemo, removeDemo } from '../../src/db/demo.ts'
import { health } from '../../src/domain/health/signals.ts'
import type { Day } from '../../src/domain/shared/day.ts'

const DEFAULTS = { language: 'en', timeZone: 'UTC', currency: 'EUR' } as const
const TODAY = '2026-11-23'
const LATER = '2027-01-02'

let database: Database

beforeAll(async () => {
  database = await openDatabase({ pglite: await createPGlite() })
  await database.migrate()
})
afterAll(() => database.close())
beforeEach(() => removeDemo(database.prisma))

const momentOf = (today: Day) => ({ now: new Date(`${today}T06:00:00Z`), today })

/** Every row of the demo tables; when a row was first written is nobody's business here. */
async function everything() {
  const { user, absence, product, account, accountName, accountTeamMember } = database.prisma
  const { contact, deal, invoice, contract, target, meeting, meetingAttendee } = database.prisma
  const orderBy = { id: 'asc' } as const
  const omit = { createdAt: true } as const
  return {
    people: [await user.findMany({ orderBy, omit }), await absence.findMany({ orderBy })],
    products: await product.findMany({ orderBy }),
    accounts: [await account.findMany({ orderBy, omit }), await accountName.findMany({ orderBy })],
    team: await accountTeamMember.findMany({ orderBy: [{ accountId: 'asc' }, { userId: 'asc' }] }),
    contacts: await contact.findMany({ orderBy }),
    deals: await deal.findMany({ orderBy }),
    papers: [
      await invoice.findMany({ orderBy }),
      await contract.findMany({ orderBy }),
      await target.findMany({ orderBy }),
    ],
    meetings: await meeting.findMany({ orderBy }),
    attendees: await meetingAttendee.findMany({ orderBy: [{ meetingId: 'asc' }, { name: 'asc' }] }),
  }
}

async function levelsOf(person: string, today: Day) {
  const identity = { platform: 'CONSOLE', workspace: '', externalId: `demo-user-${person}` } as const
  const actor = await identifyActor(database.prisma, identity, momentOf(today).now, DEFAULTS)
  const signals = await accountStore(database.prisma).signals(actor?.sight ?? [], momentOf(today), 500)
  const own = signals.filter(({ owner }) => owner?.id === `demo-user-${person}`)
  return { seen: signals.length, levels: new Set(own.map((one) => health(one, today).level)) }
}

describe('the demo in a database', () => {
  test('is laid at once, whole, and knows its day', async () => {
    expect(await demoLoadedOn(database.prisma)).toBeNull()
    await loadDemo(database.prisma, TODAY)
    expect(await demoLoadedOn(database.prisma)).toBe(TODAY)
    expect(await database.prisma.account.count()).toBeGreaterThan(37)
  })

  test.each(['2026-11-23', '2027-01-01', '2028-02-29', '2026-12-31', '2027-07-03'])(
    'shows every state worth seeing on %s',
    async (today) => {
      await loadDemo(database.prisma, today)
      const all = new Set<string>()
      for (const person of ['anna', 'marat', 'lena', 'james']) {
        const { levels } = await levelsOf(person, today)
        expect([...levels]).toEqual(expect.arrayContaining(['thriving', 'watch', 'risk']))
        for (const level of levels) all.add(level)
      }
      expect([...all].toSorted()).toEqual(['risk', 'steady', 'thriving', 'unknown', 'watch'])
    },
  )

  test('lets the substitute see the accounts of the one who is away', async () => {
    await loadDemo(database.prisma, TODAY)
    const [lena, james] = [await levelsOf('lena', TODAY), await levelsOf('james', TODAY)]
    expect(lena.seen).toBeGreaterThan(james.seen + 5)
  })

  test('when it has aged, looks as if it were laid today', async () => {
    await loadDemo(database.prisma, LATER)
    const fresh = await everything()
    await removeDemo(database.prisma)
    await loadDemo(database.prisma, TODAY)
    await refreshDemo(database.prisma, LATER)
    expect(await everything()).toEqual(fresh)
    expect(await demoLoadedOn(database.prisma)).toBe(LATER)
  })

  test('is left alone when it is of today, or when there is none', async () => {
    await refreshDemo(database.prisma, TODAY)
    expect(await demoLoadedOn(database.prisma)).toBeNull()
    await loadDemo(database.prisma, TODAY)
    const before = await everything()
    await refreshDemo(database.prisma, TODAY)
    await refreshDemo(database.prisma, '2026-11-01')
    expect(await everything()).toEqual(before)
  })

  test('keeps what people changed when it is freshened', async () => {
    const { prisma } = database
    await loadDemo(prisma, TODAY)
    const id = 'demo-user-anna'
    await prisma.user.update({
      where: { id },
      data: { language: 'en', timeZone: 'Asia/Tokyo', preferredChat: 'TELEGRAM' },
    })
    await prisma.identity.create({ data: { id: 'one', userId: id, platform: 'TELEGRAM', externalId: '7' } })
    const own = {
      id: 'own',
      accountId: 'demo-account-romashka',
      kind: 'CALL',
      status: 'HELD',
      day: new Date(TODAY),
    } as const
    await prisma.meeting.create({ data: own })
    const planned = { where: { id: 'demo-meeting-romashka-planned-1' } }
    const heldBefore = await prisma.meeting.update({ ...planned, data: { status: 'HELD' } })

    await refreshDemo(prisma, LATER)

    const anna = await prisma.user.findUnique({ where: { id }, include: { identities: true } })
    expect(anna).toMatchObject({ language: 'en', timeZone: 'Asia/Tokyo', preferredChat: 'TELEGRAM' })
    expect(anna?.identities).toHaveLength(1)
    expect(await prisma.meeting.findUnique({ where: { id: 'own' } })).toMatchObject({ day: new Date(TODAY) })
    expect(await prisma.meeting.findUnique(planned)).toEqual(heldBefore)
  })

  test('goes without a trace and takes nothing else with it', async () => {
    const { prisma } = database
    await prisma.user.create({ data: { id: 'real', email: 'real@example.com', name: 'Real', role: 'KAM' } })
    await prisma.account.create({ data: { id: 'real-account', name: 'Real', ownerId: 'real' } })
    await loadDemo(prisma, TODAY)
    await removeDemo(prisma)
    const { people, accounts, ...others } = await everything()
    expect(people.flat().map(({ id }) => id)).toEqual(['real'])
    expect(accounts.flat().map(({ id }) => id)).toEqual(['real-account'])
    expect(Object.values(others).flat(2)).toEqual([])
    expect(await demoLoadedOn(prisma)).toBeNull()
  })
})
