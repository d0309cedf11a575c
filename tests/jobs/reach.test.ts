import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { newId } from '../../src/db/new-id.ts'
import { unitOfWork } from '../../src/db/unit-of-work.ts'
import type { Platform } from '../../src/domain/shared/actor.ts'
import { addTeam, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import {
  after,
  before,
  createStage,
  DEFAULTS,
  link,
  minutes,
  plan,
  reminder,
  type Stage,
  stateOf,
} from './stage.ts'

let database: Database
let stage: Stage

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  stage = createStage(database)
})

/** Whatever somebody does, on any platform. */
const writes = (person: string, platform: Platform, now: Date) =>
  unitOfWork(database, DEFAULTS).receive(
    {
      key: newId(),
      chat: 'c',
      identity: { platform, workspace: '', externalId: `${platform.toLowerCase()}-${person}` },
    },
    now,
  )

const away = (userId: string, substituteId: string) =>
  database.prisma.absence.create({
    data: {
      id: newId(),
      userId,
      substituteId,
      startsOn: new Date('2026-11-20'),
      endsOn: new Date('2026-11-23'),
    },
  })

const gone = () => ({ kind: 'gone', reason: 'bot was blocked' }) as const

describe('where somebody is reached', () => {
  it('is the preferred chat, else the one written in last, else the open console', async () => {
    await link(
      database,
      'anna',
      { platform: 'SLACK', lastSeenAt: before(5) },
      { platform: 'TELEGRAM', lastSeenAt: before(1) },
    )
    await link(
      database,
      'boris',
      { platform: 'SLACK', lastSeenAt: before(5) },
      { platform: 'TELEGRAM', lastSeenAt: before(1) },
    )
    await database.prisma.user.update({ where: { id: 'boris' }, data: { preferredChat: 'SLACK' } })
    await plan(database, ...['anna', 'boris', 'vera'].map((person) => reminder(person, person)))
    await stage.process({ platforms: ['SLACK', 'TELEGRAM', 'CONSOLE'] }).deliverDue()
    expect(Object.fromEntries(stage.sent.map(({ words, to }) => [words[0], to]))).toEqual({
      anna: 'telegram-anna',
      boris: 'slack-boris',
      vera: 'vera',
    })
  })

  it('changes with where they write, to the minute', async () => {
    await link(database, 'anna', { platform: 'SLACK', lastSeenAt: before(5) }, { platform: 'TELEGRAM' })
    await writes('anna', 'TELEGRAM', NOW)
    await writes('anna', 'TELEGRAM', new Date(NOW.getTime() + 59_000))
    const seen = await database.prisma.identity.findUnique({ where: { id: 'TELEGRAM-anna' } })
    expect(seen?.lastSeenAt).toEqual(NOW)
    await plan(database, reminder('anna', 'r1'))
    await stage.process().deliverDue()
    expect(stage.sent[0]?.to).toBe('telegram-anna')
  })

  it('moves on at once when they blocked us there', async () => {
    await link(database, 'anna', { platform: 'SLACK', lastSeenAt: NOW }, { platform: 'TELEGRAM' })
    stage.answers.set('SLACK', gone)
    await plan(database, reminder('anna', 'r1'), reminder('anna', 'r2', new Date(NOW.getTime() + 1)))
    const jobs = stage.process()
    await jobs.deliverDue()
    stage.later(1)
    await jobs.deliverDue()
    expect(stage.sent.map(({ to, words }) => [to, ...words])).toEqual([
      ['telegram-anna', 'r1'],
      ['telegram-anna', 'r2'],
    ])
  })
})

describe('somebody who cannot be reached any more', () => {
  beforeEach(async () => {
    await link(database, 'anna', { platform: 'SLACK', lastSeenAt: NOW }, { platform: 'TELEGRAM' })
    await link(database, 'max', { platform: 'SLACK' })
  })

  it('B-11 is parked and told to the manager once, and gets everything in order when they write again', async () => {
    stage.answers.set('SLACK', ({ externalId }) =>
      externalId === 'slack-anna' ? gone() : { kind: 'sent', chat: 'c', message: 'm' },
    )
    stage.answers.set('TELEGRAM', gone)
    const jobs = stage.process()
    await plan(database, reminder('anna', 'r1', before(2)), reminder('anna', 'r2', before(1)))
    await plan(database, reminder('anna', 'tomorrow', after(24 * 60)))
    await jobs.deliverDue()
    await plan(database, reminder('anna', 'r3'))
    await jobs.deliverDue()
    const told = stage.words().filter((one) => one.startsWith('unreachable:anna:'))
    expect([stage.words().length, told.length, stage.sent[0]?.to]).toEqual([1, 1, 'slack-max'])
    expect(await stateOf(database, 'r1')).toBe('PARKED')
    expect(await stateOf(database, 'tomorrow')).toBe('PARKED')

    stage.later(minutes(3))
    stage.answers.clear()
    await writes('anna', 'TELEGRAM', stage.clock.now)
    await jobs.deliverDue()
    expect(stage.sent.slice(1).map(({ to, words }) => [to, ...words])).toEqual([
      ['telegram-anna', 'r1'],
      ['telegram-anna', 'r2'],
      ['telegram-anna', 'r3'],
    ])
    expect(await stateOf(database, 'tomorrow')).toBe('WAITING')
  })

  it('B-11 is told once also when time passes between finding it out and writing it down', async () => {
    let ms = NOW.getTime()
    Object.defineProperty(stage.clock, 'now', { get: () => new Date((ms += 1)) })
    stage.answers.set('SLACK', ({ externalId }) =>
      externalId === 'slack-anna' ? gone() : { kind: 'sent', chat: 'c', message: 'm' },
    )
    stage.answers.set('TELEGRAM', gone)
    const jobs = stage.process()
    for (const key of ['r1', 'r2']) {
      await plan(database, reminder('anna', key))
      await jobs.deliverDue()
    }
    expect([await stateOf(database, 'r1'), await stateOf(database, 'r2')]).toEqual(['PARKED', 'PARKED'])
    expect(stage.words()).toEqual([expect.stringMatching(/^unreachable:anna:/)])
  })

  it('is told once more when it happens once more', async () => {
    const jobs = stage.process()
    for (const round of [1, 2]) {
      stage.answers.set('SLACK', ({ externalId }) =>
        externalId === 'slack-anna' ? gone() : { kind: 'sent', chat: 'c', message: 'm' },
      )
      stage.answers.set('TELEGRAM', gone)
      await plan(database, reminder('anna', `r${round}`, stage.clock.now))
      await jobs.deliverDue()
      stage.answers.clear()
      stage.later(minutes(10))
      await writes('anna', 'SLACK', stage.clock.now)
      await jobs.deliverDue()
    }
    expect(stage.words().filter((one) => one.startsWith('unreachable:'))).toHaveLength(2)
  })

  it('takes its turns all the same', async () => {
    await database.prisma.identity.updateMany({ where: { userId: 'anna' }, data: { blockedAt: NOW } })
    await plan(database, reminder('anna', 't1', NOW, { kind: 'turn' }), reminder('anna', 'r1'))
    await stage.process().deliverDue()
    expect([await stateOf(database, 't1'), await stateOf(database, 'r1')]).toEqual(['SENT', 'PARKED'])
  })

  it('F-06 does not wake a manager at night', async () => {
    stage.clock.now = new Date('2026-11-24T22:00:00Z')
    await database.prisma.identity.updateMany({ where: { userId: 'anna' }, data: { blockedAt: NOW } })
    await plan(database, reminder('anna', 'r1', NOW))
    await stage.process().deliverDue()
    const word = await database.prisma.notice.findFirst({ where: { kind: 'unreachable' } })
    // Wednesday, nine o'clock in Moscow.
    expect(word).toMatchObject({ personId: 'max', subject: 'anna', dueAt: new Date('2026-11-25T06:00:00Z') })
  })

  it('who never had a chat is parked without a word, and served when they link one', async () => {
    await plan(database, reminder('boris', 'r1'), reminder('max', 'his own'))
    const jobs = stage.process()
    await jobs.deliverDue()
    expect([stage.words(), await stateOf(database, 'r1')]).toEqual([['his own'], 'PARKED'])
    await link(database, 'boris', { platform: 'TELEGRAM' })
    await jobs.planDigests()
    await jobs.deliverDue()
    expect(stage.words()).toEqual(['his own', 'r1'])
  })

  it('who left is parked and told to the manager once', async () => {
    await database.prisma.user.update({ where: { id: 'anna' }, data: { active: false } })
    await plan(database, reminder('anna', 'r1'), reminder('anna', 't1', NOW, { kind: 'turn' }))
    const jobs = stage.process()
    await jobs.deliverDue()
    await plan(database, reminder('anna', 'r2'))
    await jobs.deliverDue()
    expect(stage.sent.map(({ to, words }) => [to, ...words])).toEqual([['slack-max', 'departed:anna']])
    expect([await stateOf(database, 't1'), await stateOf(database, 'r2')]).toEqual(['PARKED', 'PARKED'])
  })

  it("is nobody's business when there is no manager, and a manager who is gone is told to theirs", async () => {
    await database.prisma.user.updateMany({ where: { id: { in: ['anna', 'max'] } }, data: { active: false } })
    await link(database, 'dana', { platform: 'TELEGRAM' })
    await plan(database, reminder('anna', 'r1'))
    await stage.process().deliverDue()
    expect(stage.sent.map(({ to, words }) => [to, ...words])).toEqual([['telegram-dana', 'departed:max']])
    await database.prisma.user.update({ where: { id: 'dana' }, data: { active: false } })
    await plan(database, reminder('dana', 'hers'))
    await stage.process().deliverDue()
    expect(await stateOf(database, 'hers')).toBe('PARKED')
    expect(stage.sent).toHaveLength(1)
  })
})

describe('a substitute', () => {
  beforeEach(async () => {
    for (const person of ['anna', 'boris', 'vera', 'fay']) await link(database, person, { platform: 'SLACK' })
  })

  it('gets what is owed to the absent one, with the rights to see it', async () => {
    await away('anna', 'boris')
    await away('boris', 'vera')
    await plan(database, reminder('anna', 'r1'))
    await stage.process().deliverDue()
    expect(stage.sent.map(({ to, words }) => [to, ...words])).toEqual([['slack-vera', 'r1 for anna']])
  })

  it('is not looked for in a circle, nor for more than three steps', async () => {
    await away('anna', 'boris')
    await away('boris', 'anna')
    await away('vera', 'fay')
    await away('fay', 'ada')
    await away('ada', 'max')
    await away('max', 'dana')
    await link(database, 'max', { platform: 'SLACK' })
    await link(database, 'dana', { platform: 'SLACK' })
    await plan(database, reminder('anna', 'r1'), reminder('vera', 'r2'))
    await stage.process().deliverDue()
    expect(stage.sent.map(({ to, words }) => [to, ...words].join(' ')).toSorted()).toEqual([
      'slack-boris r1 for anna',
      'slack-max r2 for vera',
    ])
  })

  it('who cannot be reached is passed over, also when that shows only now', async () => {
    await away('anna', 'boris')
    stage.answers.set('SLACK', ({ externalId }) =>
      externalId === 'slack-boris' ? gone() : { kind: 'sent', chat: 'c', message: 'm' },
    )
    await plan(database, reminder('anna', 'r1'))
    const jobs = stage.process()
    await jobs.deliverDue()
    expect(stage.sent.map(({ to, words }) => [to, ...words])).toEqual([['slack-anna', 'r1']])
  })

  it('is one for the days of the absence alone, where the absent one lives', async () => {
    await away('anna', 'boris')
    // Tuesday in Moscow, still Monday in London.
    stage.clock.now = new Date('2026-11-23T21:30:00Z')
    await plan(database, reminder('anna', 'r1', stage.clock.now))
    const jobs = stage.process()
    await jobs.deliverDue()
    await database.prisma.user.update({ where: { id: 'anna' }, data: { timeZone: 'Europe/London' } })
    await plan(database, reminder('anna', 'r2', stage.clock.now))
    await jobs.deliverDue()
    expect(stage.sent.map(({ to }) => to)).toEqual(['slack-anna', 'slack-boris'])
  })
})
