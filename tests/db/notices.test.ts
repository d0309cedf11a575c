import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { newId } from '../../src/db/new-id.ts'
import { noticeStore } from '../../src/db/notices.ts'
import { outbox } from '../../src/db/outbox.ts'
import { teamStore } from '../../src/db/team.ts'
import { unitOfWork } from '../../src/db/unit-of-work.ts'
import type { NewNotice, NoticeStore } from '../../src/domain/notices/notice.ts'
import { addClients, addTeam, NOW, TODAY } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'

const DEFAULTS = { language: 'en', timeZone: 'Europe/Moscow', currency: 'EUR' } as const

let database: Database
let store: NoticeStore

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  store = noticeStore(database.prisma, newId)
})

const notice = (key: string, change: Partial<NewNotice> = {}): NewNotice => ({
  key,
  personId: 'anna',
  kind: 'reminder',
  subject: 'f1',
  number: 1,
  dueAt: NOW,
  ...change,
})
const LATER = new Date(NOW.getTime() + 3_600_000)
const row = (key: string) => database.prisma.notice.findUniqueOrThrow({ where: { key } })
const put = (key: string, data: object) => database.prisma.notice.update({ where: { key }, data })

describe('planning a notice', () => {
  it('makes one row for a key, however often it is planned', async () => {
    await store.plan([notice('k'), notice('k', { dueAt: LATER })])
    await store.plan([notice('k', { dueAt: LATER, number: 2, personId: 'boris' })])
    expect(await database.prisma.notice.count()).toBe(1)
    expect(await row('k')).toMatchObject({
      dueAt: LATER,
      tryAt: LATER,
      number: 2,
      personId: 'boris',
      state: 'WAITING',
    })
  })

  it('moves one that was put off, forgets how it went, and asks nothing of an empty list', async () => {
    await store.plan([notice('k')])
    await put('k', { tryAt: LATER, tries: 4, error: 'busy', doubts: 1 })
    await store.plan([notice('k', { dueAt: LATER })])
    expect(await row('k')).toMatchObject({ tryAt: LATER, tries: 0, error: null, doubts: 0 })
    await store.plan([])
  })

  it('takes back one that was claimed and not begun, and leaves what is on its way or gone', async () => {
    for (const state of ['CLAIMED', 'SENDING', 'SENT', 'UNCLEAR', 'PARKED', 'DROPPED'] as const) {
      await store.plan([notice(state)])
      await put(state, { state, claim: 'c' })
      await store.plan([notice(state, { dueAt: LATER })])
    }
    const moved = await database.prisma.notice.findMany({ where: { dueAt: LATER }, orderBy: { key: 'asc' } })
    expect(moved.map(({ key, state, claim }) => [key, state, claim])).toEqual([
      ['CLAIMED', 'WAITING', null],
      ['DROPPED', 'WAITING', null],
      ['PARKED', 'PARKED', null],
    ])
  })
})

describe('dropping notices', () => {
  it('drops what waits about a subject, all of it or of one kind', async () => {
    await store.plan([
      notice('r'),
      notice('t', { kind: 'turn' }),
      notice('other', { subject: 'f2' }),
      notice('sent'),
    ])
    await put('sent', { state: 'SENT' })
    await store.drop('f1', 'turn')
    expect([(await row('r')).state, (await row('t')).state]).toEqual(['WAITING', 'DROPPED'])
    await store.drop('f1')
    expect([(await row('r')).state, (await row('other')).state, (await row('sent')).state]).toEqual([
      'DROPPED',
      'WAITING',
      'SENT',
    ])
  })

  it('is undone by nobody who still holds an old claim', async () => {
    const box = outbox(database.prisma, DEFAULTS, newId)
    await store.plan([notice('r')])
    const [claimed] = await box.claim(['anna'], 'c1', NOW)
    const id = claimed?.id ?? ''
    await store.drop('f1')
    expect(await box.begin([id], 'c1', NOW)).toEqual(new Set())
    await box.settle([{ id, state: 'SENT', platform: 'SLACK', chat: 'c', message: 'm' }], 'c1', NOW)
    expect((await row('r')).state).toBe('DROPPED')
    expect(await store.take(id, 'c1', NOW)).toBe(false)
  })
})

describe('somebody who writes', () => {
  it('is seen, unblocked, and gets what was parked; a stranger changes nothing', async () => {
    await database.prisma.identity.create({
      data: { id: 'i', userId: 'anna', platform: 'TELEGRAM', externalId: '7', blockedAt: NOW },
    })
    await store.plan([notice('r'), notice('boris', { personId: 'boris' })])
    await database.prisma.notice.updateMany({ data: { state: 'PARKED' } })
    const { receive } = unitOfWork(database, DEFAULTS)
    const from = (externalId: string) =>
      receive(
        { key: newId(), chat: 'c', identity: { platform: 'TELEGRAM', workspace: '', externalId } },
        LATER,
      )
    expect((await from('8')).actor).toBeNull()
    expect((await row('r')).state).toBe('PARKED')
    expect((await from('7')).actor?.id).toBe('anna')
    expect(await database.prisma.identity.findUnique({ where: { id: 'i' } })).toMatchObject({
      blockedAt: null,
      lastSeenAt: LATER,
    })
    expect([(await row('r')).state, (await row('boris')).state]).toEqual(['WAITING', 'PARKED'])
  })
})

describe('the week of a team', () => {
  const at = { now: NOW, today: TODAY, since: '2026-11-16' }
  const week = (reader: string, sight: 'all' | readonly string[]) =>
    teamStore(database.prisma).week(reader, sight, at)

  beforeEach(async () => {
    await addClients(database)
    const promise = (id: string, ownerId: string, dueOn: string, change: object = {}) => ({
      id,
      ownerId,
      authorId: ownerId,
      promisedBy: 'US' as const,
      what: id,
      dueOn: new Date(dueOn),
      accountId: 'acme',
      ...change,
    })
    await database.prisma.followUp.createMany({
      data: [
        promise('old', 'anna', '2026-10-01'),
        promise('recent', 'anna', '2026-11-18'),
        promise('three days', 'boris', '2026-11-20'),
        promise('two days', 'boris', '2026-11-21'),
        promise('done', 'anna', '2026-11-10', { status: 'DONE', doneAt: NOW }),
        promise('theirs', 'anna', '2026-11-10', { promisedBy: 'CLIENT' }),
        promise('his own', 'max', '2026-11-10'),
        promise('hers', 'vera', '2026-11-10', { accountId: 'globex' }),
        promise('elsewhere', 'anna', '2026-11-11', { accountId: 'globex' }),
      ],
    })
  })

  it('names what the team has not kept for three days, the recent ones first, and no name of an account out of sight', async () => {
    const { broken } = await week('max', ['max', 'anna', 'boris'])
    expect(broken.total).toBe(4)
    expect(broken.rows.map(({ what, owner, account }) => [what, owner, account])).toEqual([
      ['recent', 'Anna Example', 'Acme Corporation'],
      ['three days', 'Boris Example', 'Acme Corporation'],
      ['old', 'Anna Example', 'Acme Corporation'],
      ['elsewhere', 'Anna Example', null],
    ])
    expect((await week('dana', 'all')).broken.rows.map(({ what }) => what)).toContain('hers')
  })

  it('names key accounts that fell silent, and not those with a meeting ahead or none ever', async () => {
    const held = (id: string, accountId: string, day: string) => ({
      id,
      accountId,
      kind: 'VISIT' as const,
      status: 'HELD' as const,
      day: new Date(day),
    })
    expect((await week('dana', 'all')).silent.rows).toEqual([])
    await database.prisma.meeting.create({ data: held('g1', 'globex', '2026-09-23') })
    expect((await week('dana', 'all')).silent.rows).toMatchObject([
      { id: 'globex', lastMetOn: '2026-09-23', tier: 'B' },
    ])
    expect((await week('max', ['max', 'anna', 'boris'])).silent.total).toBe(0)
    await database.prisma.meeting.deleteMany({ where: { accountId: 'acme', status: 'PLANNED' } })
    expect((await week('max', ['max', 'anna', 'boris'])).silent.rows.map(({ id }) => id)).toEqual(['acme'])
    await database.prisma.meeting.create({ data: held('g2', 'globex', '2026-09-24') })
    expect((await week('dana', 'all')).silent.rows.map(({ id }) => id)).toEqual(['acme'])
  })

  it('names the deals closed since the page before, today’s not yet, and the contracts that end within thirty days', async () => {
    const deals = [
      ['w2', '2026-11-16'],
      ['w3', '2026-11-15'],
      ['w4', '2026-11-23'],
    ] as const
    for (const [id, closedOn] of deals)
      await database.prisma.deal.update({ where: { id }, data: { closedOn: new Date(closedOn) } })
    const { won, lost, ending } = await week('max', ['max', 'anna', 'boris'])
    expect(won.rows).toEqual([
      {
        account: 'Acme Corporation',
        title: null,
        amount: { amount: '500.00', currency: 'EUR' },
        closedOn: '2026-11-16',
      },
    ])
    expect(lost.total).toBe(0)
    expect(ending.rows).toEqual([{ account: 'Acme Corporation', number: 'C-17', endsOn: '2026-12-23' }])
    const hers = await week('vera', ['vera'])
    expect([hers.won.total, hers.ending.total]).toEqual([0, 0])
  })
})
