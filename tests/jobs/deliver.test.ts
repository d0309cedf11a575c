import { beforeEach, describe, expect, it } from 'vitest'
import type { Pushed } from '../../src/bots/ports.ts'
import type { Database } from '../../src/db/client.ts'
import { addTeam, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import {
  after,
  before,
  createStage,
  drop,
  link,
  minutes,
  plan,
  reminder,
  type Stage,
  stateOf,
  testWords,
} from './stage.ts'

let database: Database
let stage: Stage

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  for (const person of ['anna', 'boris', 'max', 'vera'])
    await link(database, person, { platform: 'TELEGRAM' }, { platform: 'SLACK', lastSeenAt: NOW })
  stage = createStage(database)
})

const later = (afterMs: number): Pushed => ({ kind: 'later', afterMs, reason: 'busy' })

describe('what is due', () => {
  it('goes out once, and is kept as sent with its message', async () => {
    await plan(database, reminder('anna', 'r1'))
    await stage.process().deliverDue()
    await stage.process().deliverDue()
    expect(stage.sent).toMatchObject([{ to: 'slack-anna', words: ['r1'] }])
    const row = await database.prisma.notice.findUnique({ where: { key: 'r1' } })
    expect(row).toMatchObject({ state: 'SENT', platform: 'SLACK', chat: 'slack-anna', sentAt: NOW })
    expect(row?.message).not.toBe('')
  })

  it('F-01 never goes out early', async () => {
    await plan(database, reminder('anna', 'r1', new Date(NOW.getTime() + 1)))
    const jobs = stage.process()
    await jobs.deliverDue()
    expect(stage.sent).toEqual([])
    stage.later(1)
    await jobs.deliverDue()
    expect(stage.words()).toEqual(['r1'])
  })

  it('is one message when it is more than three, beside what is not grouped', async () => {
    const late = [4, 3, 2, 1].map((ago) => reminder('anna', `r${ago}`, before(ago)))
    await plan(database, ...late, reminder('anna', 'brief', before(5), { kind: 'brief' }))
    await plan(database, ...[3, 2, 1].map((ago) => reminder('boris', `b${ago}`, before(ago))))
    await stage.process().deliverDue()
    const of = (to: string) => stage.sent.filter((one) => one.to === to).map(({ words }) => words)
    expect(of('slack-anna')).toEqual([['brief'], ['r4', 'r3', 'r2', 'r1']])
    expect(of('slack-boris')).toEqual([['b3'], ['b2'], ['b1']])
    const rows = await database.prisma.notice.findMany({ where: { personId: 'anna', kind: 'reminder' } })
    expect(new Set(rows.map(({ state, message }) => `${state} ${message}`)).size).toBe(1)
  })

  it('is not grouped by what is no longer wanted', async () => {
    const { words } = testWords({ unwanted: new Set(['r4']) })
    await plan(database, ...[4, 3, 2, 1].map((ago) => reminder('anna', `r${ago}`, before(ago))))
    await stage.process({ words }).deliverDue()
    expect(stage.sent.map((one) => one.words)).toEqual([['r3'], ['r2'], ['r1']])
    expect(await stateOf(database, 'r4')).toBe('DROPPED')
  })

  it('B-08 waits while the platform is busy, in order, and nobody else does', async () => {
    await plan(database, reminder('anna', 'first', before(2)), reminder('anna', 'second', before(1)))
    await plan(database, reminder('boris', 'his'))
    stage.answers.set('SLACK', ({ externalId }) =>
      externalId === 'slack-anna' && stage.clock.now < after(1)
        ? later(minutes(1))
        : { kind: 'sent', chat: 'c', message: 'm' },
    )
    const jobs = stage.process()
    await jobs.deliverDue()
    expect(stage.words()).toEqual(['his'])
    // What comes due meanwhile does not overtake.
    await plan(database, reminder('anna', 'third', new Date(NOW.getTime() + 1_000)))
    stage.later(30_000)
    await jobs.deliverDue()
    expect(stage.words()).toEqual(['his'])
    stage.later(30_000)
    await jobs.deliverDue()
    expect(stage.words()).toEqual(['his', 'first', 'second', 'third'])
  })

  it('goes on on one platform while the other is down for half an hour, and comes in order after it', async () => {
    await link(database, 'dana', { platform: 'TELEGRAM' })
    stage.answers.set('SLACK', () =>
      stage.clock.now < after(30) ? later(5_000) : { kind: 'sent', chat: 'c', message: 'm' },
    )
    const jobs = stage.process()
    for (let minute = 0; minute < 32; minute += 1) {
      await plan(database, reminder('anna', `slack ${minute}`, stage.clock.now))
      await plan(database, reminder('dana', `telegram ${minute}`, stage.clock.now))
      await jobs.deliverDue()
      stage.later(minutes(1))
    }
    const on = (platform: string) => stage.words().filter((one) => one.startsWith(platform))
    expect(on('telegram')).toEqual(Array.from({ length: 32 }, (_, minute) => `telegram ${minute}`))
    expect(on('slack')).toEqual(Array.from({ length: 32 }, (_, minute) => `slack ${minute}`))
    expect(stage.sent.filter(({ platform }) => platform === 'SLACK')[0]?.words).toHaveLength(31)
  })

  it('B-11 is dropped and written down once when the platform will never take it', async () => {
    stage.answers.set('SLACK', () => ({ kind: 'refused', reason: 'invalid_blocks' }))
    await plan(database, reminder('anna', 'r1'))
    const jobs = stage.process()
    await jobs.deliverDue()
    stage.later(minutes(60))
    await jobs.deliverDue()
    expect(await stateOf(database, 'r1')).toBe('DROPPED')
    expect(stage.journal.notes.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  it.each([
    ['B-10', 'SLACK', 'anna'],
    ['D-05', 'TELEGRAM', 'dana'],
  ] as const)(
    '%s is tried once more when the answer of %s was lost, and no third time',
    async (_id, platform, who) => {
      await link(database, 'dana', { platform: 'TELEGRAM' })
      stage.answers.set(platform, () => ({ kind: 'unclear' }))
      await plan(database, reminder(who, 'r1'), reminder(who, 'r2', new Date(NOW.getTime() + 1)))
      const jobs = stage.process()
      for (let tenSeconds = 0; tenSeconds < 20; tenSeconds += 1) {
        await jobs.deliverDue()
        stage.later(10_000)
      }
      expect(stage.words()).toEqual(['r1', 'r1', 'r2', 'r2'])
      expect([await stateOf(database, 'r1'), await stateOf(database, 'r2')]).toEqual(['UNCLEAR', 'UNCLEAR'])
    },
  )

  it('may have arrived when a push throws', async () => {
    stage.answers.set('SLACK', () => Promise.reject(new Error('boom')))
    await plan(database, reminder('anna', 'r1'))
    await stage.process().deliverDue()
    expect(await database.prisma.notice.findUnique({ where: { key: 'r1' } })).toMatchObject({
      state: 'WAITING',
      doubts: 1,
    })
  })

  it('G-08 does not stand behind one that cannot be put into words, which is given up in the end', async () => {
    const { words } = testWords({ broken: new Set(['bad']) })
    await plan(
      database,
      reminder('anna', 'bad', before(1)),
      reminder('anna', 'good'),
      reminder('boris', 'his'),
    )
    const jobs = stage.process({ words })
    for (let minute = 0; minute < 60; minute += 1) {
      await jobs.deliverDue()
      stage.later(minutes(1))
    }
    expect(stage.words().toSorted()).toEqual(['good', 'his'])
    expect(await stateOf(database, 'bad')).toBe('DROPPED')
    expect(stage.journal.notes.filter(({ level }) => level === 'error').map(({ text }) => text)).toEqual([
      'a notice failed',
      'a notice is given up',
    ])
  })
})

describe('a turn', () => {
  it('F-02 F-05 is taken once by any number of processes, says nothing, and needs no chat', async () => {
    const { words, taken } = testWords()
    await plan(
      database,
      reminder('fay', 't1', NOW, { kind: 'turn' }),
      reminder('anna', 't2', NOW, { kind: 'turn' }),
    )
    await Promise.all([1, 2, 3].map(() => stage.process({ words }).deliverDue()))
    await stage.process({ words }).deliverDue()
    expect(taken.toSorted()).toEqual(['t1', 't2'])
    expect(stage.sent).toEqual([])
    expect(await stateOf(database, 't1')).toBe('SENT')
  })

  it('F-05 that fails leaves nothing behind, is tried again, and is never given up', async () => {
    const broken = new Set(['t1'])
    const { words, taken } = testWords({ broken })
    await plan(database, reminder('anna', 't1', NOW, { kind: 'turn' }), reminder('anna', 'r1'))
    const jobs = stage.process({ words })
    for (let minute = 0; minute < 90; minute += 1) {
      await jobs.deliverDue()
      stage.later(minutes(1))
    }
    expect(stage.words()).toEqual(['r1'])
    expect(await stateOf(database, 't1')).toBe('WAITING')
    broken.clear()
    stage.later(minutes(10))
    await jobs.deliverDue()
    expect(taken).toEqual(['t1'])
  })
})

describe('what is changed at its second', () => {
  it('F-04 is never sent the old way after the change was confirmed', async () => {
    for (const step of ['claimed', 'composed'] as const) {
      const key = `r ${step}`
      await plan(database, reminder('anna', key), reminder('anna', `${key} gone`))
      const onStep = async (at: string) => {
        if (at !== step) return
        await plan(database, reminder('anna', key, after(60)))
        await drop(database, `${key} gone`)
      }
      await stage.process({ onStep }).deliverDue()
      expect(stage.words()).toEqual([])
      expect([await stateOf(database, key), await stateOf(database, `${key} gone`)]).toEqual([
        'WAITING',
        'DROPPED',
      ])
      await drop(database, key)
    }
  })

  it('is taken out of a message of several', async () => {
    await plan(database, ...[5, 4, 3, 2, 1].map((ago) => reminder('anna', `r${ago}`, before(ago))))
    const onStep = async (at: string) => {
      if (at === 'composed') await drop(database, 'r3')
    }
    await stage.process({ onStep }).deliverDue()
    expect(stage.sent.map((one) => one.words)).toEqual([['r5', 'r4', 'r2', 'r1']])
    expect(await stateOf(database, 'r3')).toBe('DROPPED')
  })
})
