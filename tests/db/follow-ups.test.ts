import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { followUpStore } from '../../src/db/follow-ups.ts'
import { newId } from '../../src/db/new-id.ts'
import type { FollowUpChanges, NewFollowUp } from '../../src/domain/follow-ups/follow-up.ts'
import { addClients, addTeam, NOW, TODAY } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'

const quote = (change: Partial<NewFollowUp> = {}): NewFollowUp => ({
  accountId: 'acme',
  meetingId: null,
  ownerId: 'anna',
  authorId: 'boris',
  promisedBy: 'US',
  contactName: null,
  what: 'Send the quote',
  dueOn: '2026-11-27',
  dueTime: null,
  repeat: null,
  urgent: false,
  remindAt: new Date('2026-11-27T06:00:00.250Z'),
  ...change,
})

let database: Database
const followUps = () => followUpStore(database.prisma, newId, 'Europe/Moscow')

/** One that was finished, and when. */
async function done(change: Partial<NewFollowUp>, doneAt: string) {
  const added = await followUps().add(quote(change))
  await followUps().save(added, { status: 'DONE', doneAt: new Date(doneAt), doneById: added.owner.id })
}

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
})

describe('a promise', () => {
  it('comes back whole, with its day and its instants unshifted', async () => {
    const repeat = { every: 'week', interval: 1, weekdays: [1, 4] } as const
    const asked = quote({
      promisedBy: 'CLIENT',
      contactName: 'Olga',
      dueTime: '09:05',
      repeat,
      meetingId: 'm3',
    })
    const added = await followUps().add(asked, NOW)
    expect(added).toEqual({
      id: added.id,
      account: { id: 'acme', name: 'Acme Corporation' },
      meetingId: 'm3',
      owner: { id: 'anna', name: 'Anna Example' },
      authorId: 'boris',
      promisedBy: 'CLIENT',
      contactName: 'Olga',
      what: 'Send the quote',
      dueOn: '2026-11-27',
      dueTime: '09:05',
      repeat,
      urgent: false,
      status: 'OPEN',
      occurrence: 1,
      reminder: 1,
      snoozes: 0,
      snoozedUntil: null,
      remindAt: '2026-11-27T06:00:00.250Z',
      doneAt: null,
      doneBy: null,
      dropReason: null,
      doneCount: 0,
      missedCount: 0,
      createdAt: '2026-11-23T11:30:00.000Z',
    })
    expect(await followUps().byIds([added.id, 'nobody'])).toEqual([added])
    expect(await followUps().ofMeeting('m3')).toEqual([added])
  })

  it('is found by its owner, those above and the team of its account', async () => {
    const { id } = await followUps().add(quote({ accountId: 'romashka', ownerId: 'anna' }))
    expect(await followUps().find(id, ['anna'])).not.toBeNull()
    expect(await followUps().find(id, ['boris'])).not.toBeNull()
    expect(await followUps().find(id, ['vera'])).toBeNull()
    expect(await followUps().find(id, [])).toBeNull()
    expect(await followUps().find(id, 'all')).not.toBeNull()
  })

  it('without an account is its owner’s alone', async () => {
    const { id } = await followUps().add(quote({ accountId: null }))
    expect(await followUps().find(id, ['anna', 'max'])).toMatchObject({ account: null })
    expect(await followUps().find(id, ['boris'])).toBeNull()
  })

  it('is gone when it is removed', async () => {
    const { id } = await followUps().add(quote())
    await followUps().remove(id)
    expect(await followUps().find(id, 'all')).toBeNull()
  })
})

describe('a change of a promise', () => {
  it('writes every field, and empties what is set to nothing', async () => {
    const before = await followUps().add(quote({ contactName: 'Olga' }))
    const changes: FollowUpChanges = {
      promisedBy: 'CLIENT',
      contactName: null,
      what: 'Call',
      dueOn: '2026-12-01',
      dueTime: '10:00',
      repeat: { every: 'workday' },
      urgent: true,
      status: 'DONE',
      occurrence: 3,
      reminder: 4,
      snoozes: 2,
      snoozedUntil: new Date('2026-11-30T10:00:00Z'),
      remindAt: null,
      doneAt: NOW,
      doneById: 'boris',
      dropReason: 'no longer asked for',
      doneCount: 5,
      missedCount: 6,
    }
    expect(await followUps().save(before, changes)).toBe(true)
    const { doneById: _, ...rest } = changes
    expect(await followUps().find(before.id, 'all')).toMatchObject({
      ...rest,
      snoozedUntil: '2026-11-30T10:00:00.000Z',
      doneAt: '2026-11-23T11:30:00.000Z',
      doneBy: { id: 'boris', name: 'Boris Example' },
    })
  })

  it('of 20 at the same time, one wins', async () => {
    const before = await followUps().add(quote())
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        followUps().save(before, { status: 'DONE', doneAt: NOW, doneById: 'anna', snoozes: index }),
      ),
    )
    expect(tries.filter(Boolean)).toHaveLength(1)
    expect((await followUps().find(before.id, 'all'))?.snoozes).toBe(tries.indexOf(true))
  })

  it.each<FollowUpChanges>([{ status: 'DROPPED' }, { occurrence: 2 }, { reminder: 2 }])(
    'comes too late after %j',
    async (earlier) => {
      const before = await followUps().add(quote())
      await followUps().save(before, earlier)
      expect(await followUps().save(before, { what: 'Too late' })).toBe(false)
      expect((await followUps().find(before.id, 'all'))?.what).toBe('Send the quote')
    },
  )

  it('of nothing tells whether it is still the same', async () => {
    const before = await followUps().add(quote())
    expect(await followUps().save(before, {})).toBe(true)
    await followUps().remove(before.id)
    expect(await followUps().save(before, {})).toBe(false)
  })
})

describe('open promises', () => {
  it('of these owners come by their day and time, until a day', async () => {
    const on = async (dueOn: string, dueTime: string | null, change: Partial<NewFollowUp> = {}) =>
      (await followUps().add(quote({ dueOn, dueTime, ...change }))).id
    const anytime = await on('2026-11-24', null)
    const morning = await on('2026-11-24', '09:00')
    const old = await on('2026-11-01', null, { ownerId: 'boris' })
    const far = await on('2026-12-24', null)
    await on('2026-11-24', null, { ownerId: 'vera' })
    await done({ dueOn: '2026-11-24' }, '2026-11-23T10:00:00Z')
    const ids = async (until: string | null, limit: number) =>
      (await followUps().openOf(['anna', 'boris'], until, limit)).map(({ id }) => id)
    expect(await ids(null, 9)).toEqual([old, morning, anytime, far])
    expect(await ids('2026-11-24', 9)).toEqual([old, morning, anytime])
    expect(await ids(null, 1)).toEqual([old])
  })

  it('at an account are everybody’s there', async () => {
    await followUps().add(quote({ dueOn: '2026-11-29', ownerId: 'boris' }))
    await followUps().add(quote({ dueOn: '2026-11-28' }))
    await followUps().add(quote({ accountId: 'globex' }))
    await done({}, '2026-11-23T10:00:00Z')
    const open = await followUps().openAt('acme', 9)
    expect(open.map(({ dueOn }) => dueOn)).toEqual(['2026-11-28', '2026-11-29'])
    expect(await followUps().openAt('acme', 1)).toHaveLength(1)
  })
})

describe('the score of an account', () => {
  it('is all noughts where nothing was promised', async () => {
    const none = { kept: 0, late: 0, overdue: 0, open: 0 }
    expect(await followUps().score('acme', TODAY)).toEqual({ ours: none, theirs: none })
  })

  it('tells kept from late by the day on the owner’s calendar, theirs apart from ours', async () => {
    await database.prisma.user.update({ where: { id: 'vera' }, data: { timeZone: 'America/New_York' } })
    const due = { dueOn: '2026-11-20' }
    // In Moscow the 21st has begun; in New York it is still the 20th.
    await done(due, '2026-11-20T21:30:00Z')
    await done({ ...due, ownerId: 'vera' }, '2026-11-20T21:30:00Z')
    await done(due, '2026-11-20T20:59:00Z')
    await done({ ...due, promisedBy: 'CLIENT' }, '2026-11-25T10:00:00Z')
    await followUps().add(quote({ dueOn: '2026-11-22', promisedBy: 'CLIENT' }))
    await followUps().add(quote({ dueOn: '2026-11-22' }))
    await followUps().add(quote({ dueOn: TODAY }))
    await followUps().add(quote({ dueOn: '2026-11-22', accountId: 'globex' }))
    expect(await followUps().score('acme', TODAY)).toEqual({
      ours: { kept: 2, late: 1, overdue: 1, open: 1 },
      theirs: { kept: 0, late: 1, overdue: 1, open: 0 },
    })
  })

  it('does not count what was dropped', async () => {
    const added = await followUps().add(quote({ dueOn: '2026-11-01' }))
    await followUps().save(added, { status: 'DROPPED', dropReason: 'they changed their mind' })
    expect((await followUps().score('acme', TODAY)).ours).toEqual({ kept: 0, late: 0, overdue: 0, open: 0 })
  })

  it('counts every past turn of a repeating one, and the present turn as open', async () => {
    const added = await followUps().add(quote({ repeat: { every: 'workday' } }))
    await followUps().save(added, { doneCount: 7, missedCount: 2, occurrence: 10 })
    expect((await followUps().score('acme', TODAY)).ours).toEqual({ kept: 7, late: 2, overdue: 0, open: 1 })
  })
})
