import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { addTeam } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { createStage, link, minutes, plan, reminder, type Stage } from './stage.ts'

let database: Database
let stage: Stage

/** 09:00 on Tuesday in Vladivostok, 02:00 in Moscow. */
const MORNING = new Date('2026-11-23T23:00:00Z')
const later = (hours: number) => new Date(MORNING.getTime() + minutes(60 * hours))

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await database.prisma.user.update({ where: { id: 'anna' }, data: { timeZone: 'Asia/Vladivostok' } })
  for (const person of ['anna', 'vera']) await link(database, person, { platform: 'SLACK' })
  const days = { startsOn: new Date('2026-11-20'), endsOn: new Date('2026-11-27') }
  await database.prisma.absence.create({
    data: { id: 'a', userId: 'anna', substituteId: 'vera', ...days },
  })
  stage = createStage(database)
  stage.clock.now = MORNING
})

const promise = (id: string, change: object = {}) =>
  database.prisma.followUp.create({
    data: {
      id,
      ownerId: 'anna',
      authorId: 'anna',
      promisedBy: 'US',
      what: id,
      dueOn: new Date('2026-11-24'),
      ...change,
    },
  })

const delivered = async (now: Date) => {
  stage.clock.now = now
  const known = stage.sent.length
  await stage.process().deliverDue()
  return stage.sent.slice(known).map(({ to, words }) => `${to}: ${words.join(', ')}`)
}

describe('what a substitute gets', () => {
  it('waits for their own working time, and holds back nothing that is urgent', async () => {
    await promise('plain')
    await promise('urgent', { urgent: true })
    await promise('put off', { snoozedUntil: later(1) })
    await plan(
      database,
      reminder('anna', 'plain', MORNING),
      reminder('anna', 'outcome', MORNING, { kind: 'outcome' }),
      reminder('anna', 'urgent', later(0.1)),
      reminder('anna', 'brief', later(0.2), { kind: 'brief' }),
      reminder('anna', 'approval', later(0.3), { kind: 'approval' }),
      reminder('anna', 'put off', later(1)),
    )
    expect(await delivered(MORNING)).toEqual([])
    expect(await delivered(later(0.5))).toEqual(
      ['urgent', 'brief', 'approval'].map((one) => `slack-vera: ${one} for anna`),
    )
    expect(await delivered(later(1))).toEqual(['slack-vera: put off for anna'])
    expect(await delivered(new Date('2026-11-24T04:00:00Z'))).toEqual([])
    // 08:00 in Moscow; of two that are due together either may come first.
    expect((await delivered(new Date('2026-11-24T05:00:00Z'))).toSorted()).toEqual(
      ['outcome', 'plain'].map((one) => `slack-vera: ${one} for anna`),
    )
  })

  it('goes to its own person within the hour when they are back', async () => {
    await promise('plain')
    await plan(database, reminder('anna', 'plain', MORNING))
    expect(await delivered(MORNING)).toEqual([])
    await database.prisma.absence.deleteMany({})
    expect(await delivered(later(1))).toEqual(['slack-anna: plain'])
  })
})
