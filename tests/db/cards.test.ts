import { beforeEach, describe, expect, it } from 'vitest'
import { cards, LEASE_MS } from '../../src/db/cards.ts'
import type { Database } from '../../src/db/client.ts'
import { cleanUp } from '../../src/db/clean-up.ts'
import { newId } from '../../src/db/new-id.ts'
import { noticeStore } from '../../src/db/notices.ts'
import { outbox } from '../../src/db/outbox.ts'
import type { ChatIdentity } from '../../src/domain/identity/person.ts'
import type { About, Cards, Copy, CopySettled } from '../../src/domain/notices/cards.ts'
import { addTeam, NOW } from '../support/clients.ts'
import { addCopy, addRequest, moveTo } from '../support/copies.ts'
import { emptyDatabase } from '../support/database.ts'

const DEFAULTS = { language: 'en', timeZone: 'Europe/Moscow', currency: 'EUR' } as const
const ALL = ['SLACK', 'TELEGRAM', 'CONSOLE'] as const
const DAY_MS = 86_400_000

let database: Database
let store: Cards

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  const links = [
    { id: 's', userId: 'max', platform: 'SLACK', workspace: 'T1', externalId: 'U1' },
    { id: 't', userId: 'max', platform: 'TELEGRAM', externalId: '7' },
  ] as const
  await database.prisma.identity.createMany({ data: [...links] })
  store = cards(database.prisma, newId)
})

const later = (ms: number) => new Date(NOW.getTime() + ms)
const stale = (now = NOW, most = 50, open: readonly (typeof ALL)[number][] = ALL) =>
  store.stale(open, most, now)
const namesOf = async (copies: Promise<readonly Copy[]>) => (await copies).map(({ id }) => id).toSorted()
const row = (key: string) => database.prisma.notice.findUniqueOrThrow({ where: { key } })
const inTelegram: ChatIdentity = { platform: 'TELEGRAM', workspace: '', externalId: '7' }
const place = { chat: '7', message: '41' }

describe('a copy that is behind', () => {
  it('is found with its place and with whom to edit it for', async () => {
    await addRequest(database, 'q1', { version: 3 })
    await addCopy(database, 'slack')
    await addCopy(database, 'telegram', { platform: 'TELEGRAM', chat: '7', kind: 'nudge', number: 2 })
    await addCopy(database, 'console', { platform: 'CONSOLE', chat: 'max', kind: 'discount' })
    await addCopy(database, 'left', { platform: 'TELEGRAM', personId: 'vera', chat: '8' })
    const found = new Map((await stale()).map((copy) => [copy.id, copy]))
    expect(found.get('slack')).toEqual({
      id: 'slack',
      personId: 'max',
      subject: 'q1',
      platform: 'SLACK',
      place: { chat: 'D1', message: 'slack' },
      identity: { platform: 'SLACK', workspace: 'T1', externalId: 'U1' },
      tries: 0,
      leasedUntil: later(LEASE_MS),
    })
    expect(found.get('telegram')?.identity).toEqual(inTelegram)
    expect(found.get('console')?.identity).toEqual({
      platform: 'CONSOLE',
      workspace: '',
      externalId: 'max',
    })
    expect(found.get('left')?.identity).toBeNull()
  })

  it('is none of those that show the truth, that were never sent, that are no cards, or that changed long ago', async () => {
    await addRequest(database, 'q1', { version: 3 })
    await addRequest(database, 'old', { version: 3, changedAt: later(-3 * DAY_MS) })
    await addCopy(database, 'true', { number: 3 })
    await addCopy(database, 'ahead', { number: 4 })
    await addCopy(database, 'waits', { state: 'WAITING' })
    await addCopy(database, 'promise', { kind: 'commitment' })
    await addCopy(database, 'reminder', { kind: 'reminder' })
    await addCopy(database, 'nowhere', { message: null })
    await addCopy(database, 'unnamed', { message: '' })
    await addCopy(database, 'long ago', { subject: 'old' })
    await addCopy(database, 'of nothing', { subject: 'q2' })
    await addCopy(database, 'not yet', { tryAt: later(1) })
    expect(await namesOf(stale())).toEqual([])
    expect(await namesOf(stale(later(1)))).toEqual(['not yet'])
  })

  it('is looked for on the platforms of this process alone, and no more at once than there is room for', async () => {
    await addRequest(database, 'q1', { version: 2 })
    for (const name of ['a', 'b', 'c']) await addCopy(database, name)
    await addCopy(database, 'd', { platform: 'TELEGRAM' })
    expect(await namesOf(stale(NOW, 2, ['SLACK']))).toEqual(['a', 'b'])
    expect(await namesOf(stale(NOW, 50, ['SLACK']))).toEqual(['c'])
    expect(await namesOf(stale(NOW, 50, []))).toEqual([])
  })

  it('belongs to whoever took it until the lease has run out', async () => {
    await addRequest(database, 'q1', { version: 2 })
    for (const name of ['a', 'b', 'c', 'd']) await addCopy(database, name)
    const taken = await Promise.all([stale(), stale(), stale()])
    expect(
      taken
        .flat()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['a', 'b', 'c', 'd'])
    expect(await namesOf(stale(later(LEASE_MS - 1)))).toEqual([])
    expect(await namesOf(stale(later(LEASE_MS)))).toEqual(['a', 'b', 'c', 'd'])
  })
})

type Outcome =
  | Readonly<{ kind: 'shown'; version: number }>
  | Readonly<{ kind: 'later'; tryAt: Date; tries: number }>
  | Readonly<{ kind: 'gone'; reason: string }>

describe('what became of an edit', () => {
  const settle = ({ id, leasedUntil }: Copy, outcome: Outcome, now = NOW) =>
    store.settle({ id, leasedUntil, ...outcome } satisfies CopySettled, now)

  async function taken(): Promise<Copy> {
    const [copy] = await stale()
    if (!copy) throw new Error('no copy is behind')
    return copy
  }

  beforeEach(async () => {
    await addRequest(database, 'q1', { version: 3 })
    await addCopy(database, 'a')
  })

  it('is the version it shows; one that moved meanwhile is behind at once', async () => {
    const copy = await taken()
    await moveTo(database, 'q1', 4)
    await settle(copy, { kind: 'shown', version: 3 }, later(1))
    expect(await row('a')).toMatchObject({ number: 3, message: 'a', tries: 0 })
    expect(await namesOf(stale(later(1)))).toEqual(['a'])
  })

  it('never takes a version back', async () => {
    const copy = await taken()
    await database.prisma.notice.update({ where: { key: 'a' }, data: { number: 5 } })
    await settle(copy, { kind: 'shown', version: 3 })
    expect((await row('a')).number).toBe(5)
  })

  it('later is looked at again then, and knows how often', async () => {
    await settle(await taken(), { kind: 'later', tryAt: later(2_000), tries: 1 })
    expect(await namesOf(stale(later(1_999)))).toEqual([])
    expect(await stale(later(2_000))).toMatchObject([{ id: 'a', tries: 1 }])
  })

  it('gone is never looked at again', async () => {
    await settle(await taken(), { kind: 'gone', reason: 'message_not_found' })
    expect(await namesOf(stale(later(LEASE_MS)))).toEqual([])
    expect(await row('a')).toMatchObject({ state: 'SENT', message: null, error: 'message_not_found' })
  })

  it('is not written by whoever lost the copy to somebody else', async () => {
    const first = await taken()
    const [second] = await stale(later(LEASE_MS))
    await settle(first, { kind: 'gone', reason: 'slow' })
    expect((await row('a')).message).toBe('a')
    if (second) await settle(second, { kind: 'shown', version: 3 })
    expect((await row('a')).number).toBe(3)
  })

  /** Somebody pressed a button of it while the edit waited for its turn. */
  async function takenAndAnswered(about: About): Promise<Copy> {
    const copy = await taken()
    await database.prisma.notice.update({ where: { key: 'a' }, data: { platform: 'TELEGRAM', ...place } })
    await store.note(inTelegram, place, about, later(1))
    return copy
  }

  it('does not hide an older card that an answer put there meanwhile', async () => {
    const copy = await takenAndAnswered({ subject: 'q1', version: 2 })
    await settle(copy, { kind: 'shown', version: 3 }, later(2))
    expect(await namesOf(stale(later(2)))).toEqual(['a'])
  })

  it.each<Outcome>([
    { kind: 'shown', version: 3 },
    { kind: 'later', tryAt: later(9_000), tries: 1 },
  ])('that may have landed over a newer answer is followed by one more: $kind', async (outcome) => {
    await addRequest(database, 'q2')
    const copy = await takenAndAnswered({ subject: 'q2', version: 1 })
    expect(await namesOf(stale(later(2)))).toEqual([])
    await settle(copy, outcome, later(2))
    const [again] = await stale(later(2))
    expect(again).toMatchObject({ id: 'a', subject: 'q2' })
    if (again) await settle(again, { kind: 'shown', version: 1 }, later(3))
    expect(await namesOf(stale(later(LEASE_MS)))).toEqual([])
  })
})

describe('an answer that is a card', () => {
  const about = { subject: 'q1', version: 1 }
  const KEY = 'copy:TELEGRAM:7:41'

  it('is noted as a copy, and follows its request', async () => {
    await addRequest(database, 'q1')
    await store.note(inTelegram, place, about, NOW)
    expect(await row(KEY)).toMatchObject({
      personId: 'max',
      kind: 'discount',
      state: 'SENT',
      subject: 'q1',
      number: 1,
      platform: 'TELEGRAM',
      ...place,
      sentAt: NOW,
    })
    expect(await stale()).toEqual([])
    await moveTo(database, 'q1', 2)
    expect(await stale()).toMatchObject([{ personId: 'max', place, identity: inTelegram }])
  })

  it('is at the console a copy of its persona, who is linked nowhere', async () => {
    const whose = { platform: 'CONSOLE', workspace: '', externalId: 'vera' } as const
    await store.note(whose, { chat: 'vera', message: 'e1' }, about, NOW)
    expect(await row('copy:CONSOLE:vera:e1')).toMatchObject({ personId: 'vera', message: 'e1' })
  })

  it('is noted by a machine whose clock is behind, too', async () => {
    await addRequest(database, 'q1', { version: 2 })
    await store.note(inTelegram, place, about, NOW)
    await store.note(inTelegram, place, about, later(-5_000))
    expect(await namesOf(stale())).toHaveLength(1)
  })

  it('may show another request later, or an older version of the same', async () => {
    await store.note(inTelegram, place, { subject: 'q1', version: 4 }, NOW)
    await store.note(inTelegram, place, { subject: 'q2', version: 9 }, NOW)
    await store.note(inTelegram, place, { subject: 'q2', version: 8 }, NOW)
    expect(await database.prisma.notice.findMany()).toMatchObject([{ key: KEY, subject: 'q2', number: 8 }])
  })

  it('in the place of a pushed card is that copy, and no second one', async () => {
    await addCopy(database, 'pushed', { platform: 'TELEGRAM', ...place })
    await store.note(inTelegram, place, { subject: 'q1', version: 2 }, NOW)
    expect(await database.prisma.notice.findMany()).toMatchObject([
      { key: 'pushed', kind: 'approval', subject: 'q1', number: 2 },
    ])
  })

  it('of somebody nobody knows is not noted', async () => {
    await store.note({ ...inTelegram, externalId: '8' }, { chat: '8', message: '1' }, about, NOW)
    expect(await database.prisma.notice.count()).toBe(0)
  })

  it('that gave way to something else is no copy any more, until it shows a card again', async () => {
    await addRequest(database, 'q1', { version: 2 })
    await addCopy(database, 'pushed', { platform: 'TELEGRAM', ...place })
    await addCopy(database, 'other', { platform: 'TELEGRAM', chat: '7', message: '42' })
    await store.note(inTelegram, { chat: '7', message: '43' }, about, NOW)
    await store.forget(inTelegram, place)
    await store.forget(inTelegram, { chat: '7', message: '43' })
    expect(await namesOf(stale())).toEqual(['other'])
    await store.note(inTelegram, { chat: '7', message: '43' }, about, NOW)
    expect(await stale()).toMatchObject([{ place: { chat: '7', message: '43' } }])
  })

  it('leaves the same name in somebody else’s chat alone', async () => {
    await addCopy(database, 'hers', { personId: 'vera', platform: 'TELEGRAM', ...place })
    await store.forget(inTelegram, place)
    expect((await row('hers')).message).toBe('41')
  })
})

describe('copies and what is still to be sent', () => {
  it('do not meet: a copy put off is neither due nor claimed nor expired, and holds up nothing', async () => {
    await addRequest(database, 'q1', { version: 2 })
    await addCopy(database, 'copy')
    await stale()
    const box = outbox(database.prisma, DEFAULTS, newId)
    expect(await box.due(ALL, 10, later(LEASE_MS))).toEqual([])
    await noticeStore(database.prisma, newId).plan([
      { key: 'r', personId: 'max', kind: 'reminder', subject: 'f', dueAt: later(1) },
    ])
    await box.expire(later(DAY_MS), later(DAY_MS))
    expect((await box.claim(['max'], 'c', later(2))).map(({ key }) => key)).toEqual(['r'])
    expect(await box.backlog(later(DAY_MS))).toBe(0)
    expect((await row('copy')).state).toBe('SENT')
  })

  it('are forgotten after ninety days like all that was sent', async () => {
    await addCopy(database, 'copy')
    await cleanUp(database.prisma, later(89 * DAY_MS))
    expect(await database.prisma.notice.count()).toBe(1)
    await cleanUp(database.prisma, later(91 * DAY_MS))
    expect(await database.prisma.notice.count()).toBe(0)
  })

  it('planning again leaves a message that is on its way, or gone, at the version it shows', async () => {
    const box = outbox(database.prisma, DEFAULTS, newId)
    const planned = (number: number) =>
      noticeStore(database.prisma, newId).plan([
        { key: 'approval:q1:max', personId: 'max', kind: 'approval', subject: 'q1', number, dueAt: NOW },
      ])
    await addRequest(database, 'q1', { version: 3 })
    await planned(3)
    const [claimed] = await box.claim(['max'], 'c', NOW)
    const id = claimed?.id ?? ''
    expect(claimed?.number).toBe(3)
    expect(await box.begin([id], 'c', NOW)).toEqual(new Set([id]))
    await moveTo(database, 'q1', 4)
    await planned(4)
    await box.settle([{ id, state: 'SENT', platform: 'SLACK', chat: 'D1', message: 'm' }], 'c', NOW)
    await planned(4)
    expect(await row('approval:q1:max')).toMatchObject({ state: 'SENT', number: 3, message: 'm' })
    expect(await stale()).toMatchObject([{ id, subject: 'q1' }])
  })

  it('a card that was composed and not begun is not sent once its request has moved', async () => {
    const box = outbox(database.prisma, DEFAULTS, newId)
    const planned = (number: number) =>
      noticeStore(database.prisma, newId).plan([
        { key: 'approval:q1:max', personId: 'max', kind: 'approval', subject: 'q1', number, dueAt: NOW },
      ])
    await planned(3)
    const [claimed] = await box.claim(['max'], 'c', NOW)
    await planned(4)
    expect(await box.begin([claimed?.id ?? ''], 'c', NOW)).toEqual(new Set())
    expect(await row('approval:q1:max')).toMatchObject({ state: 'WAITING', number: 4 })
  })
})
