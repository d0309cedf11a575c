import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { meetingStore } from '../../src/db/meetings.ts'
import { newId } from '../../src/db/new-id.ts'
import type { MeetingStore, NewMeeting } from '../../src/domain/meetings/meeting.ts'
import { addClients, addTeam, NOW, TODAY } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'

const MINUTE = 60_000
const later = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE)
const SOURCE = { platform: 'TELEGRAM', chat: '77', message: '5' } as const
const BY = { author: 'boris', at: later(5), channel: 'telegram' }

const visit = (change: Partial<NewMeeting> = {}): NewMeeting => ({
  accountId: 'acme',
  authorId: 'anna',
  kind: 'VISIT',
  status: 'HELD',
  day: '2026-11-22',
  startsAt: '2026-11-22T12:00:00.000Z',
  endsAt: null,
  mood: 'GOOD',
  notes: 'Prices',
  said: 'Acme yesterday 15:00 prices, mood good',
  attendees: [{ name: 'Olga Smirnova', contactId: 'olga' }],
  ...change,
})

let database: Database
const meetings = () => meetingStore(database.prisma, newId)
const inTransaction = <Result>(act: (store: MeetingStore) => Promise<Result>) =>
  database.prisma.$transaction((tx) => act(meetingStore(tx, newId)))

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
})

describe('a meeting that is written down', () => {
  it('comes back whole, with its day and its instants unshifted', async () => {
    const added = await meetings().add(visit({ endsAt: '2026-11-22T12:45:30.250Z' }), null, NOW)
    expect(added).toEqual({
      ...visit({ endsAt: '2026-11-22T12:45:30.250Z' }),
      accountId: undefined,
      authorId: undefined,
      id: added.id,
      account: { id: 'acme', name: 'Acme Corporation' },
      author: { id: 'anna', name: 'Anna Example' },
      amendments: 0,
      attachments: 0,
      createdAt: '2026-11-23T11:30:00.000Z',
    })
    expect(await meetings().find(added.id, ['anna'])).toEqual(added)
  })

  it('knows somebody who was named twice once, and as the contact they are', async () => {
    const attendees = [
      { name: 'olga smirnova', contactId: null },
      { name: 'Olga Smirnova', contactId: 'olga' },
      { name: 'Ken', contactId: null },
      { name: 'Ken', contactId: null },
    ]
    expect((await meetings().add(visit({ attendees }), null)).attendees).toEqual([
      { name: 'Ken', contactId: null },
      { name: 'Olga Smirnova', contactId: 'olga' },
    ])
  })

  it('is found by the team of its account and by nobody else', async () => {
    const { id } = await meetings().add(visit(), SOURCE)
    expect(await meetings().find(id, ['boris'])).not.toBeNull()
    expect(await meetings().find(id, ['vera'])).toBeNull()
    expect(await meetings().bySource(SOURCE, ['vera'])).toBeNull()
    expect(await meetings().find(id, [])).toBeNull()
  })

  it('is found by the message that led to it, also when it was cancelled since', async () => {
    const { id } = await meetings().add(visit(), SOURCE)
    await meetings().setStatus(id, 'HELD', 'CANCELLED')
    expect(await meetings().bySource(SOURCE, 'all')).toMatchObject({ id, status: 'CANCELLED' })
    expect(await meetings().bySource({ ...SOURCE, platform: 'SLACK' }, 'all')).toBeNull()
  })

  it('stays the meeting of its message when that message leads to another one', async () => {
    const { id } = await meetings().add(visit(), SOURCE)
    await meetings().add(visit(), SOURCE)
    expect((await meetings().bySource(SOURCE, 'all'))?.id).toBe(id)
  })

  it('changes its state once, however many try at the same time', async () => {
    const { id } = await meetings().add(visit({ status: 'PLANNED' }), null)
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => meetings().setStatus(id, 'PLANNED', 'HELD')),
    )
    expect(tries.filter(Boolean)).toHaveLength(1)
  })
})

describe('an amendment', () => {
  it('keeps only what changed, as it stood before and after, with who and when', async () => {
    const { id } = await meetings().add(visit(), null)
    const amended = await inTransaction((store) =>
      store.amend(id, { notes: 'Prices of 2027', mood: 'GOOD', startsAt: '2026-11-22T12:00:00Z' }, BY),
    )
    expect(amended).toMatchObject({ notes: 'Prices of 2027', mood: 'GOOD', amendments: 1 })
    expect(await meetings().amendments(id)).toEqual([
      {
        at: '2026-11-23T11:35:00.000Z',
        author: 'Boris Example',
        channel: 'telegram',
        before: { notes: 'Prices' },
        after: { notes: 'Prices of 2027' },
      },
    ])
  })

  it('replaces the attendees, the state and the time, and can empty them', async () => {
    const { id } = await meetings().add(visit(), null)
    const attendees = [{ name: 'Ken Ono', contactId: 'ken' }]
    const changes = { attendees, status: 'CANCELLED', startsAt: null, mood: null, day: '2026-11-21' } as const
    const amended = await inTransaction((store) => store.amend(id, changes, BY))
    expect(amended).toMatchObject(changes)
    const [amendment] = await meetings().amendments(id)
    expect(amendment?.before).toEqual({
      attendees: [{ name: 'Olga Smirnova', contactId: 'olga' }],
      status: 'HELD',
      startsAt: '2026-11-22T12:00:00.000Z',
      mood: 'GOOD',
      day: '2026-11-22',
    })
  })

  it('keeps the line as it was when the message itself was edited', async () => {
    const { id, said } = await meetings().add(visit(), null)
    const edited = 'Acme yesterday 16:00 prices, mood good'
    expect(await inTransaction((store) => store.amend(id, { said: edited }, BY))).toMatchObject({
      said: edited,
    })
    const [amendment] = await meetings().amendments(id)
    expect([amendment?.before, amendment?.after]).toEqual([{ said }, { said: edited }])
  })

  it('is none when nothing differs, or when there is no such meeting', async () => {
    const { id } = await meetings().add(visit(), null)
    const same = { kind: 'VISIT', notes: 'Prices', attendees: visit().attendees } as const
    expect(await inTransaction((store) => store.amend(id, same, BY))).toBeNull()
    expect(await inTransaction((store) => store.amend('nobody', { notes: 'x' }, BY))).toBeNull()
    expect(await meetings().amendments(id)).toEqual([])
  })

  it('is one of several that come at the same time, and each tells what stood there before it', async () => {
    const { id } = await meetings().add(visit({ notes: '0' }), null)
    await Promise.all(
      ['1', '2', '3', '4', '5'].map((notes) => inTransaction((store) => store.amend(id, { notes }, BY))),
    )
    const kept = await meetings().amendments(id)
    const before = kept.map((one) => one.before.notes)
    const after = kept.map((one) => one.after.notes)
    const last = (await meetings().find(id, 'all'))?.notes
    expect(new Set(after)).toEqual(new Set(['1', '2', '3', '4', '5']))
    expect([...before, last]).toEqual(['0', ...after])
  })
})

describe('amendments', () => {
  it('stand in the order in which they were made, though one was said later and waited less', async () => {
    const { id } = await meetings().add(visit({ notes: '0' }), null)
    for (const [notes, minutes] of [
      ['1', 9],
      ['2', 5],
      ['3', 9],
      ['4', 30],
    ] as const)
      await inTransaction((store) => store.amend(id, { notes }, { ...BY, at: later(minutes) }))
    const kept = await meetings().amendments(id)
    expect(kept.map(({ after }) => after.notes)).toEqual(['1', '2', '3', '4'])
    expect(kept.map(({ at }) => at)).toEqual([
      '2026-11-23T11:39:00.000Z',
      '2026-11-23T11:39:00.001Z',
      '2026-11-23T11:39:00.002Z',
      '2026-11-23T12:00:00.000Z',
    ])
  })
})

describe('what is attached', () => {
  it('is listed in the order in which it came', async () => {
    const { id } = await meetings().add(visit(), null)
    const file = { platform: 'TELEGRAM', name: null, mimeType: null, bytes: 17, caption: 'Hall 3' } as const
    await meetings().attach(id, 'anna', later(2), { ...file, fileId: 'b', kind: 'VOICE' })
    await meetings().attach(id, 'anna', later(1), { ...file, fileId: 'a', kind: 'PHOTO' })
    expect(await meetings().attachments(id)).toEqual([
      { ...file, fileId: 'a', kind: 'PHOTO' },
      { ...file, fileId: 'b', kind: 'VOICE' },
    ])
    expect((await meetings().find(id, 'all'))?.attachments).toBe(2)
  })
})

describe('the meeting that was written down last', () => {
  it('is the newest of this person since then that was not cancelled', async () => {
    await meetings().add(visit(), null, later(-30))
    const second = await meetings().add(visit(), null, later(-10))
    await meetings().add(visit({ authorId: 'boris' }), null, later(-5))
    const cancelled = await meetings().add(visit(), null, later(-1))
    await meetings().setStatus(cancelled.id, 'HELD', 'CANCELLED')
    expect((await meetings().latestBy('anna', later(-60)))?.id).toBe(second.id)
    expect(await meetings().latestBy('anna', later(-9))).toBeNull()
    const imported = await meetings().add(visit(), null, later(-2))
    await database.prisma.meeting.update({ where: { id: imported.id }, data: { externalId: 'CRM-1' } })
    expect((await meetings().latestBy('anna', later(-60)))?.id).toBe(second.id)
  })
})

describe('lists of meetings', () => {
  it('tell what these people planned or held between two days, in order', async () => {
    const on = (day: string, startsAt: string | null, change: Partial<NewMeeting> = {}) =>
      meetings().add(visit({ status: 'PLANNED', day, startsAt, ...change }), null)
    const noon = await on('2026-12-02', '2026-12-02T09:00:00Z')
    const anytime = await on('2026-12-02', null)
    const early = await on('2026-12-02', '2026-12-02T06:00:00Z', { status: 'HELD', authorId: 'boris' })
    await on('2026-12-03', null)
    await on('2026-12-02', null, { authorId: 'vera' })
    const found = await meetings().between(['anna', 'boris'], '2026-12-01', '2026-12-02')
    expect(found.map(({ id }) => id)).toEqual([early.id, noon.id, anytime.id])
  })

  it('ask for the outcome of what was planned and is over, the newest first', async () => {
    const over = await meetings().add(
      visit({ status: 'PLANNED', day: TODAY, startsAt: '2026-11-23T11:00:00Z' }),
      null,
    )
    await meetings().add(visit({ status: 'PLANNED', day: TODAY, startsAt: '2026-11-23T12:00:00Z' }), null)
    await meetings().add(visit({ status: 'PLANNED', day: TODAY, startsAt: null }), null)
    const at = { now: NOW, today: TODAY }
    expect((await meetings().withoutOutcome('anna', at, 5)).map(({ id }) => id)).toEqual([over.id, 'm6'])
    expect(await meetings().withoutOutcome('anna', at, 1)).toHaveLength(1)
    expect(await meetings().withoutOutcome('boris', at, 5)).toEqual([])
  })
})

describe('a person who is no contact yet', () => {
  it('becomes an unverified contact, and was there wherever the same name stands', async () => {
    const attendees = [{ name: 'Жанна Фриске', contactId: null }]
    const here = await meetings().add(visit({ attendees }), null)
    const elsewhere = await meetings().add(visit({ attendees, accountId: 'globex' }), null)
    const id = await meetings().addContact('acme', { name: 'ЖАННА фриске', phone: null })
    expect(await database.prisma.contact.findUnique({ where: { id } })).toMatchObject({ verified: false })
    expect((await meetings().find(here.id, 'all'))?.attendees[0]?.contactId).toBe(id)
    expect((await meetings().find(elsewhere.id, 'all'))?.attendees[0]?.contactId).toBeNull()
  })

  it('is added once, however often and at the same time it is asked', async () => {
    const ids = await Promise.all(
      ['Ivan', 'IVAN', 'ivan', 'Ivan'].map((name) =>
        inTransaction((store) => store.addContact('acme', { name, phone: null })),
      ),
    )
    expect(new Set(ids).size).toBe(1)
  })

  it('is given a telephone when there was none; what was verified stays as it is', async () => {
    const id = await meetings().addContact('acme', { name: 'Ivan', phone: null })
    await meetings().addContact('acme', { name: 'Ivan', phone: '+7 900' })
    expect(await meetings().addContact('acme', { name: 'olga smirnova', phone: '+7 901' })).toBe('olga')
    const contacts = await database.prisma.contact.findMany({ where: { id: { in: [id, 'olga'] } } })
    expect(new Map(contacts.map(({ id: one, phone }) => [one, phone]))).toEqual(
      new Map([
        [id, '+7 900'],
        ['olga', null],
      ]),
    )
    expect((await meetings().contacts('acme')).map(({ name }) => name)).toEqual([
      'Ivan',
      'Ken Ono',
      'Olga Smirnova',
    ])
  })
})
