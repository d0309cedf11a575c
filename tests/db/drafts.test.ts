import { beforeEach, describe, expect, it } from 'vitest'
import { cleanUp } from '../../src/db/clean-up.ts'
import type { Database } from '../../src/db/client.ts'
import { draftStore } from '../../src/db/drafts.ts'
import { newId } from '../../src/db/new-id.ts'
import { addTeam, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'

const DAY = 86_400_000
const days = (count: number) => new Date(NOW.getTime() + count * DAY)
const CONTENT = { line: 'Acme "завтра" или послезавтра', choices: [1, null, { day: '2026-11-24' }] }

let database: Database
const drafts = () => draftStore(database.prisma, newId)

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
})

describe('a draft', () => {
  it('is found by its owner, as it was saved', async () => {
    const id = await drafts().save('anna', 'meeting', CONTENT, days(1))
    expect(await drafts().find(id, 'anna', 'meeting', NOW)).toEqual(CONTENT)
  })

  it('is nobody else’s, of no other kind, and over when it expires', async () => {
    const id = await drafts().save('anna', 'meeting', CONTENT, days(1))
    expect(await drafts().find(id, 'max', 'meeting', NOW)).toBeNull()
    expect(await drafts().find(id, 'anna', 'follow-up', NOW)).toBeNull()
    expect(await drafts().find(id, 'anna', 'meeting', days(1))).toBeNull()
  })

  it('is changed and removed by its owner alone', async () => {
    const id = await drafts().save('anna', 'meeting', CONTENT, days(1))
    await drafts().update(id, 'boris', 'his')
    await drafts().remove(id, 'boris')
    expect(await drafts().find(id, 'anna', 'meeting', NOW)).toEqual(CONTENT)
    await drafts().update(id, 'anna', { line: 'hers' })
    expect(await drafts().find(id, 'anna', 'meeting', NOW)).toEqual({ line: 'hers' })
    await drafts().remove(id, 'anna')
    expect(await drafts().find(id, 'anna', 'meeting', NOW)).toBeNull()
  })
})

describe('cleaning up', () => {
  it('removes drafts that have expired', async () => {
    const old = await drafts().save('anna', 'meeting', 'old', days(-1))
    const current = await drafts().save('anna', 'meeting', 'current', days(1))
    await cleanUp(database.prisma, NOW)
    const left = await database.prisma.draft.findMany()
    expect(left.map(({ id }) => id)).toEqual([current])
    expect(left.map(({ id }) => id)).not.toContain(old)
  })

  it('removes notices that were settled long ago, and none that is still owed', async () => {
    const states = ['WAITING', 'CLAIMED', 'SENDING', 'SENT', 'UNCLEAR', 'DROPPED', 'PARKED'] as const
    const notice = (state: (typeof states)[number], age: number) => ({
      id: `${state}-${age}`,
      key: `${state}-${age}`,
      personId: 'anna',
      kind: 'reminder',
      subject: 'f1',
      dueAt: days(-age),
      tryAt: days(-age),
      state,
    })
    await database.prisma.notice.createMany({
      data: states.flatMap((state) => [notice(state, 91), notice(state, 89)]),
    })
    await cleanUp(database.prisma, NOW)
    const left = await database.prisma.notice.findMany()
    expect(left.map(({ id }) => id).toSorted()).toEqual(
      [
        'WAITING-91',
        'CLAIMED-91',
        'SENDING-91',
        'PARKED-91',
        ...states.map((state) => `${state}-89`),
      ].toSorted(),
    )
  })
})
