import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accountStore } from '../../src/db/accounts.ts'
import { identifyActor } from '../../src/db/actors.ts'
import { createPGlite, type Database, openDatabase } from '../../src/db/client.ts'
import { demoLoadedOn, layDemo, loadDemo, refreshDemo, removeDemo } from '../../src/db/demo.ts'
import { discountStore } from '../../src/db/discounts.ts'
import { actingAt, approved } from '../../src/domain/discounts/decide.ts'
import { DEFAULT_POLICY } from '../../src/domain/discounts/default-policy.ts'
import type { DiscountRequest } from '../../src/domain/discounts/request.ts'
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
  const { contact, deal, invoice, contract, target, meeting, meetingAttendee, followUp, notice } =
    database.prisma
  const { discountRequest, approvalVote, clientCommitment } = database.prisma
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
    followUps: await followUp.findMany({ orderBy }),
    notices: await notice.findMany({ orderBy: { key: 'asc' }, omit: { id: true } }),
    // The next free number is given to it, so that it is another one each time.
    discounts: await discountRequest.findMany({ orderBy, omit: { number: true } }),
    votes: await approvalVote.findMany({ orderBy: { requestId: 'asc' } }),
    commitments: await clientCommitment.findMany({ orderBy }),
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

  test('keeps the promises that people kept, moved or dropped since', async () => {
    const { prisma } = database
    await loadDemo(prisma, TODAY)
    const changed = [
      {
        id: 'demo-promise-romashka-1',
        data: { status: 'DONE' as const, doneAt: new Date(`${TODAY}T10:00:00Z`) },
      },
      { id: 'demo-promise-romashka-2', data: { reminder: { increment: 1 }, dueOn: new Date('2026-12-01') } },
      { id: 'demo-promise-teply-hleb-1', data: { occurrence: { increment: 1 } } },
    ]
    const before = []
    for (const { id, data } of changed) before.push(await prisma.followUp.update({ where: { id }, data }))
    await refreshDemo(prisma, '2026-11-24')
    await refreshDemo(prisma, LATER)
    const after = await Promise.all(changed.map(({ id }) => prisma.followUp.findUnique({ where: { id } })))
    expect(after).toEqual(before)
    expect(await prisma.followUp.findUnique({ where: { id: 'demo-promise-bereg-1' } })).toMatchObject({
      dueOn: new Date('2027-01-01'),
    })
  })

  test('keeps a planned meeting where somebody moved it', async () => {
    const { prisma } = database
    await loadDemo(prisma, TODAY)
    const where = { id: 'demo-meeting-romashka-planned-1' }
    const moved = await prisma.meeting.update({ where, data: { day: new Date('2026-12-24') } })
    const change = { before: {}, after: {}, at: new Date(`${TODAY}T10:00:00Z`), channel: 'console' }
    await prisma.meetingAmendment.create({ data: { id: 'x', meetingId: where.id, ...change } })
    await refreshDemo(prisma, LATER)
    expect(await prisma.meeting.findUnique({ where })).toEqual(moved)
  })

  test('that was laid before there were promises and places gets them', async () => {
    const { prisma } = database
    await loadDemo(prisma, LATER)
    const fresh = await everything()
    await removeDemo(prisma)
    await loadDemo(prisma, TODAY)
    await prisma.followUp.deleteMany()
    await prisma.account.updateMany({ data: { latitude: null, longitude: null } })
    await refreshDemo(prisma, LATER)
    expect(await everything()).toEqual(fresh)
  })

  test('that was laid before there were promises gets them for the clients that are still in it', async () => {
    const { prisma } = database
    await loadDemo(prisma, TODAY)
    await prisma.discountRequest.deleteMany()
    const { accountId } = await prisma.followUp.findFirstOrThrow({ where: { accountId: { not: null } } })
    await prisma.followUp.deleteMany()
    await prisma.account.delete({ where: { id: accountId ?? '' } })
    await refreshDemo(prisma, LATER)
    expect(await prisma.followUp.count()).toBeGreaterThan(0)
    expect(await prisma.followUp.count({ where: { accountId } })).toBe(0)
    expect(await demoLoadedOn(prisma)).toBe(LATER)
  })

  test('that was laid before there were discounts gets them, with what things cost', async () => {
    const { prisma } = database
    await loadDemo(prisma, LATER)
    const fresh = await everything()
    await removeDemo(prisma)
    await loadDemo(prisma, TODAY)
    await prisma.discountRequest.deleteMany()
    await prisma.product.updateMany({ data: { cost: null, floorMargin: null } })
    await prisma.user.updateMany({ data: { delegationLevel: null } })
    await refreshDemo(prisma, LATER)
    expect(await everything()).toEqual(fresh)
  })

  test('keeps the discounts that people decided, asked about or checked since', async () => {
    const { prisma } = database
    await loadDemo(prisma, TODAY)
    const store = discountStore(prisma, () => 'x', 'UTC')
    const request = (await store.find('demo-discount-acme-logistics-dryer')) as DiscountRequest
    const office = await store.office(request.requester.id, {
      now: new Date(`${TODAY}T11:00:00Z`),
      policy: { version: 0, policy: DEFAULT_POLICY },
      calendar: { isHoliday: () => false, countryOf: () => null },
    })
    const [step] = request.steps
    const thomas = { id: 'demo-user-thomas', name: 'Thomas Weber', channel: 'console', today: TODAY }
    const acting = step && actingAt(request, step, thomas, office)
    if (!acting || typeof acting === 'string') throw new Error('Thomas is to decide this one')
    await store.save(request, approved(request, acting, office), null)
    await store.settleCommitment(
      'demo-commitment-nordlicht-k90-1',
      'KEPT',
      'demo-user-lena',
      new Date(`${TODAY}T11:00:00Z`),
    )
    const ids = [request.id, 'demo-discount-nordlicht-k90']
    const before = await store.byIds(ids)
    await refreshDemo(prisma, LATER)
    expect(await store.byIds(ids)).toEqual(before)
    expect(before.map(({ state }) => state)).toEqual(['GRANTED', 'GRANTED'])
    const other = await store.find('demo-discount-belkin-k90')
    expect(other?.createdAt).toBe('2027-01-01T23:30:00.000Z')
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

describe('what waits for a decision in the demo', () => {
  const now = new Date(`${TODAY}T14:00:00Z`)
  beforeEach(() => database.prisma.user.deleteMany())
  const cards = () =>
    database.prisma.notice.findMany({
      where: {
        subject: { startsWith: 'demo-discount-' },
        kind: { in: ['approval', 'discount'] },
        NOT: { key: { startsWith: 'ending:' } },
      },
      orderBy: { personId: 'asc' },
    })

  test('comes to each who decides or answers soon after the start, one card each', async () => {
    await layDemo(database.prisma, TODAY, now)
    const told = (await cards()).map(({ personId, kind, dueAt }) => [
      personId.replace('demo-user-', ''),
      kind,
      (dueAt.getTime() - now.getTime()) / 1000,
    ])
    expect(told).toEqual([
      ['anna', 'discount', 180],
      ['olga', 'approval', 45],
      ['sophie', 'approval', 45],
      ['thomas', 'approval', 45],
      ['viktor', 'approval', 45],
    ])
  })

  test('begins its agreed hours at the start, at whatever hour that is', async () => {
    const evening = new Date(`${TODAY}T21:30:00Z`)
    await loadDemo(database.prisma, TODAY)
    await layDemo(database.prisma, TODAY, evening)
    const open = await database.prisma.discountRequest.findMany({ where: { state: 'PENDING' } })
    expect(open).toHaveLength(4)
    for (const { nextAt } of open)
      expect((nextAt?.getTime() ?? 0) - evening.getTime()).toBeGreaterThan(3_600_000)
    const nudges = await database.prisma.notice.findMany({ where: { kind: 'nudge' } })
    expect(nudges.map(({ dueAt }) => dueAt > evening)).toEqual([true, true, true, true])
  })

  test('asks on the morning after its day whether the client kept its side', async () => {
    await layDemo(database.prisma, TODAY, now)
    const check = await database.prisma.notice.findMany({ where: { kind: 'commitment' } })
    expect(check.map(({ personId, dueAt }) => [personId, dueAt.toISOString()])).toEqual([
      ['demo-user-lena', '2026-11-26T08:00:00.000Z'],
    ])
    const ending = await database.prisma.notice.findMany({ where: { key: { startsWith: 'ending:' } } })
    expect(ending.map(({ personId, dueAt }) => [personId, dueAt.toISOString()])).toEqual([
      ['demo-user-lena', '2026-12-08T08:00:00.000Z'],
    ])
  })

  test('is not told twice on one day, and comes again on the next with its older card made true', async () => {
    const { prisma } = database
    await layDemo(prisma, TODAY, now)
    await prisma.notice.updateMany({ where: { kind: 'approval' }, data: { state: 'SENT', message: '1' } })
    const before = await cards()
    await layDemo(prisma, TODAY, new Date(`${TODAY}T15:00:00Z`))
    expect(await cards()).toEqual(before)

    await layDemo(prisma, '2026-11-24', new Date('2026-11-24T07:00:00Z'))
    const olga = (await cards()).filter(({ personId }) => personId === 'demo-user-olga')
    expect(olga.map(({ state }) => state).toSorted()).toEqual(['SENT', 'WAITING'])
    const request = await prisma.discountRequest.findFirst({ where: { id: 'demo-discount-romashka-k90' } })
    for (const { state, number } of olga) {
      if (state === 'SENT') expect(number).toBeLessThan(request?.version ?? 0)
      else expect(number).toBe(request?.version)
    }
  })

  test('is laid anew on the next day when only time has passed it on', async () => {
    const { prisma } = database
    await layDemo(prisma, TODAY, now)
    const where = { id: 'demo-discount-belkin-k90' }
    const store = discountStore(prisma, () => 'x', 'UTC')
    const request = (await store.find(where.id)) as DiscountRequest
    const steps = request.steps.map((step) => ({ ...step, escalations: 1 }))
    await store.save(request, { ...request, steps, version: 2 }, null)
    await layDemo(prisma, '2026-11-24', now)
    const after = await store.find(where.id)
    expect(after?.steps.map(({ escalations }) => escalations)).toEqual([0, 0, 0])
  })
})

describe('the reminders of the demo', () => {
  const now = new Date(`${TODAY}T14:00:00Z`)
  const WELCOME = { subject: 'demo-promise-romashka-1' }
  beforeEach(() => database.prisma.user.deleteMany())
  const waiting = () => database.prisma.notice.findMany({ orderBy: { key: 'asc' } })

  test('come two minutes after the start for the first persona, the others at their time', async () => {
    const { prisma } = database
    await layDemo(prisma, TODAY, now)
    const welcome = await prisma.notice.findFirst({ where: WELCOME })
    expect(welcome).toMatchObject({
      personId: 'demo-user-anna',
      kind: 'reminder',
      state: 'WAITING',
      dueAt: new Date(`${TODAY}T14:02:00Z`),
      tryAt: new Date(`${TODAY}T14:02:00Z`),
    })
    const row = await prisma.followUp.findUnique({ where: { id: WELCOME.subject } })
    expect(row).toMatchObject({ reminder: welcome?.number, remindAt: welcome?.dueAt })
    const later = (await waiting()).filter(({ subject }) => subject !== WELCOME.subject)
    expect(later.length).toBeGreaterThan(3)
    expect(later.filter(({ dueAt }) => dueAt <= now)).toEqual([])
  })

  test('prepare for the meetings that are planned and ask how they went', async () => {
    await layDemo(database.prisma, TODAY, now)
    const subject = 'demo-meeting-romashka-planned-1'
    const about = await database.prisma.notice.findMany({ where: { subject }, orderBy: { dueAt: 'asc' } })
    expect(about.map(({ key, dueAt }) => [key, dueAt])).toEqual([
      [`brief:${subject}:evening:2026-11-24T07:00:00.000Z`, new Date('2026-11-23T15:00:00Z')],
      [`brief:${subject}:hour:2026-11-24T07:00:00.000Z`, new Date('2026-11-24T06:00:00Z')],
      [`outcome:${subject}:2026-11-24T07:00:00.000Z`, new Date('2026-11-24T08:00:00Z')],
    ])
  })

  test('are planned once a day, however often the demo is started', async () => {
    const { prisma } = database
    await layDemo(prisma, TODAY, now)
    await prisma.notice.updateMany({ where: WELCOME, data: { state: 'SENT' } })
    const before = await waiting()
    await layDemo(prisma, TODAY, new Date(`${TODAY}T15:00:00Z`))
    expect(await waiting()).toEqual(before)
  })

  test('begin anew on the next day, and what waited of the old one is gone', async () => {
    const { prisma } = database
    await layDemo(prisma, TODAY, now)
    const old = await prisma.notice.findFirst({ where: WELCOME })
    await layDemo(prisma, '2026-11-24', new Date('2026-11-24T07:00:00Z'))
    const welcome = await prisma.notice.findMany({ where: WELCOME })
    expect(welcome.map(({ dueAt }) => dueAt)).toEqual([new Date('2026-11-24T07:02:00Z')])
    expect(welcome[0]?.key).not.toBe(old?.key)
  })

  test('do not come for a promise that somebody has kept or moved', async () => {
    const { prisma } = database
    await loadDemo(prisma, TODAY)
    const doneAt = new Date(`${TODAY}T13:00:00Z`)
    await prisma.followUp.update({ where: { id: WELCOME.subject }, data: { status: 'DONE', doneAt } })
    await layDemo(prisma, TODAY, now)
    expect(await prisma.notice.findFirst({ where: WELCOME })).toBeNull()
  })

  test('are not planned for real data', async () => {
    const { prisma } = database
    await prisma.user.create({ data: { id: 'only', email: 'only@example.com', name: 'Only', role: 'KAM' } })
    await layDemo(prisma, TODAY, now)
    expect(await waiting()).toEqual([])
  })
})
