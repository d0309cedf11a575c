import { beforeEach, describe, expect, it } from 'vitest'
import { accountStore } from '../../src/db/accounts.ts'
import type { Database } from '../../src/db/client.ts'
import { addAccount, addClients, addTeam, NOW, TODAY } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'

const at = { now: NOW, today: TODAY }
const money = (amount: string) => [{ amount, currency: 'EUR' }]

let database: Database
const accounts = () => accountStore(database.prisma)

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
})

describe('the facts of an account', () => {
  it('add up won deals of this year up to today, and of last year up to the same day', async () => {
    const facts = await accounts().facts('acme', 'all', at)
    expect(facts?.revenue).toEqual({
      thisYear: money('1500.50'),
      lastYearToDate: money('1200.00'),
      everWon: true,
    })
    expect(facts?.plan).toEqual(money('3001.00'))
  })

  it('count as overdue what is unpaid after its day, less what was paid of it', async () => {
    const facts = await accounts().facts('acme', 'all', at)
    expect(facts?.overdue).toEqual({ sums: money('250.00'), invoices: 2, oldestDueOn: '2026-10-14' })
    expect(facts?.invoicesKnown).toBe(true)
  })

  it('keep an unknown amount apart from zero in the pipeline', async () => {
    const facts = await accounts().facts('acme', 'all', at)
    expect(facts?.openDeals).toBe(3)
    expect(facts?.pipeline).toEqual([
      { stage: 'Proposal', deals: 2, withoutAmount: 1, sums: money('700.00') },
      { stage: 'Qualification', deals: 1, withoutAmount: 0, sums: money('50.00') },
    ])
  })

  it('tell the last three meetings, the next one, and those that passed without an outcome', async () => {
    const facts = await accounts().facts('acme', 'all', at)
    expect(facts?.lastMeetings.map((meeting) => meeting.day)).toEqual([
      '2026-10-01',
      '2026-09-01',
      '2026-08-01',
    ])
    expect(facts?.lastMeetings[0]).toMatchObject({
      startsAt: '2026-10-01T12:00:00Z',
      attendees: ['Olga Smirnova'],
    })
    expect(facts?.nextMeeting).toMatchObject({ day: '2026-11-25', kind: 'ONLINE' })
    expect(facts).toMatchObject({
      outcomesMissing: 1,
      heldMeetings: 4,
      lastHeldOn: '2026-10-01',
      lastMoods: ['GOOD', 'GOOD'],
    })
  })

  it('put those who decide first, and tell people who are not among the contacts apart', async () => {
    const facts = await accounts().facts('acme', 'all', at)
    expect(facts?.contacts.map(({ name, lastMetOn }) => [name, lastMetOn])).toEqual([
      ['Olga Smirnova', '2026-10-01'],
      ['Ken Ono', null],
    ])
    expect(facts?.strangers).toEqual([{ name: 'Sam Stranger', lastMetOn: '2026-09-01' }])
  })

  it('say nothing of what was never recorded', async () => {
    const facts = await accounts().facts('globex', 'all', at)
    expect(facts).toMatchObject({
      revenue: { thisYear: [], lastYearToDate: [], everWon: false },
      plan: [],
      invoicesKnown: false,
      overdue: { sums: [], invoices: 0, oldestDueOn: null },
      contracts: [],
      contractEndsOn: null,
      lastHeldOn: null,
      nextMeeting: null,
      contacts: [],
    })
  })

  it('warn of the next contract that ends by itself, or of the last one when none is left', async () => {
    const contract = (id: string, endsOn: string | null, autoRenews = false) => ({
      id,
      accountId: 'globex',
      number: id,
      endsOn: endsOn ? new Date(endsOn) : null,
      autoRenews,
      currency: 'EUR',
    })
    const endsOn = async () => (await accounts().facts('globex', 'all', at))?.contractEndsOn
    await database.prisma.contract.createMany({
      data: [contract('old', '2025-05-05'), contract('older', '2024-05-05')],
    })
    expect(await endsOn()).toBe('2025-05-05')
    await database.prisma.contract.createMany({ data: [contract('renews', '2026-12-01', true)] })
    expect(await endsOn()).toBeNull()
    await database.prisma.contract.createMany({
      data: [contract('later', '2027-05-05'), contract('next', '2026-12-20'), contract('open', null)],
    })
    expect(await endsOn()).toBe('2026-12-20')
    await database.prisma.contract.deleteMany({ where: { accountId: 'globex', id: { not: 'old' } } })
    await database.prisma.contract.create({ data: contract('in force', null) })
    expect(await endsOn()).toBeNull()
    await database.prisma.contract.deleteMany({ where: { id: 'in force' } })
    await database.prisma.contract.update({ where: { id: 'old' }, data: { autoRenews: true } })
    expect(await endsOn()).toBeNull()
  })

  it('count a target within a longer one as part of it', async () => {
    const quarter = (id: string, startsOn: string, endsOn: string) => ({
      id,
      accountId: 'globex',
      startsOn: new Date(startsOn),
      endsOn: new Date(endsOn),
      amount: '10',
      currency: 'EUR',
    })
    await database.prisma.target.createMany({
      data: [quarter('q1', '2026-01-01', '2026-03-31'), quarter('q2', '2026-04-01', '2026-06-30')],
    })
    expect((await accounts().facts('globex', 'all', at))?.plan).toEqual(money('20.00'))
    await database.prisma.target.createMany({
      data: [quarter('jan', '2026-01-01', '2026-01-31'), quarter('jul', '2026-07-01', '2026-07-31')],
    })
    expect((await accounts().facts('globex', 'all', at))?.plan).toEqual(money('30.00'))
    await database.prisma.target.create({ data: quarter('year', '2026-01-01', '2026-12-31') })
    expect((await accounts().facts('globex', 'all', at))?.plan).toEqual(money('10.00'))
  })
})

describe('access in the store', () => {
  it('finds an account for its owner, for its team, and for nobody else', async () => {
    expect(await accounts().facts('acme', ['anna'], at)).not.toBeNull()
    expect(await accounts().facts('acme', ['boris'], at)).not.toBeNull()
    expect(await accounts().facts('acme', ['vera'], at)).toBeNull()
    expect(await accounts().facts('acme', [], at)).toBeNull()
  })

  it('names a parent or a subsidiary only to whom sees that one too', async () => {
    await addAccount(database, { id: 'holding', name: 'Holding', ownerId: 'vera' })
    await database.prisma.account.updateMany({
      where: { id: { in: ['acme', 'globex'] } },
      data: { parentId: 'holding' },
    })
    expect((await accounts().facts('acme', 'all', at))?.parent).toEqual({ id: 'holding', name: 'Holding' })
    expect((await accounts().facts('acme', ['anna'], at))?.parent).toBeNull()
    const group = async (sight: 'all' | string[]) =>
      (await accounts().facts('holding', sight, at))?.subsidiaries.map(({ id }) => id)
    expect(await group('all')).toEqual(['acme', 'globex'])
    expect(await group(['vera'])).toEqual(['globex'])
  })

  it('keeps lists, references and the pages behind a card within the asker’s sight', async () => {
    expect((await accounts().signals(['boris'], at, 10)).map(({ id }) => id)).toEqual([
      'acme',
      'romashka',
      'romashka-plus',
    ])
    expect(await accounts().count(['boris'])).toBe(3)
    expect(await accounts().refs(['globex', 'romashka'], ['boris'])).toEqual([
      { id: 'romashka', name: 'ООО «Ромашка»' },
    ])
    expect(await accounts().deals('acme', ['vera'], 10)).toEqual([])
    expect(await accounts().invoices('acme', ['vera'], 10)).toEqual([])
    expect(await accounts().meetings('acme', ['vera'], 10)).toEqual([])
  })
})

describe('an exact name', () => {
  it('finds the one account by name, alias, tax number or another legal form', async () => {
    for (const name of ['acme corporation', 'акме', '7701234567', 'ACME CORPORATION LLC']) {
      expect((await accounts().factsByName(name, 'all', at))?.id, name).toBe('acme')
    }
  })

  it('is no answer when two accounts bear it', async () => {
    await addAccount(database, { id: 'acme-2', name: 'Acme Corporation Ltd', ownerId: 'vera' })
    expect(await accounts().factsByName('Acme Corporation', 'all', at)).toBeNull()
    expect((await accounts().factsByName('Acme Corporation', ['vera'], at))?.id).toBe('acme-2')
  })
})

describe('the pages behind a card', () => {
  it('list open deals first, then the newest', async () => {
    const deals = await accounts().deals('acme', 'all', 20)
    expect(deals.map(({ outcome }) => outcome)).toEqual([
      'OPEN',
      'OPEN',
      'OPEN',
      'WON',
      'LOST',
      'WON',
      'WON',
      'WON',
    ])
    expect(deals.find(({ stage, amount }) => stage === 'Proposal' && amount === null)).toBeDefined()
  })

  it('list unpaid invoices first, the oldest due before the others', async () => {
    const invoices = await accounts().invoices('acme', 'all', 20)
    expect(invoices.map(({ number, unpaid }) => [number, unpaid.amount])).toEqual([
      ['INV-1', '200.00'],
      ['INV-2', '50.00'],
      ['INV-3', '70.00'],
      ['INV-4', '0'],
    ])
  })
})
