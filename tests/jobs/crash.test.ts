import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { newId } from '../../src/db/new-id.ts'
import { outbox } from '../../src/db/outbox.ts'
import type { Step } from '../../src/jobs/delivery-parts.ts'
import { UnavailableError } from '../../src/domain/shared/errors.ts'
import { CLAIM_MS } from '../../src/jobs/jobs.ts'
import { addTeam, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { before, createStage, DEFAULTS, link, plan, reminder, type Stage, testWords } from './stage.ts'

let database: Database
let stage: Stage

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  for (const person of ['anna', 'boris']) await link(database, person, { platform: 'SLACK' })
  stage = createStage(database)
})

const STEPS: readonly Step[] = ['claimed', 'composed', 'begun', 'pushed', 'recorded']

/** A process that dies at this step: it stays there for ever and writes nothing more. Resolves when it is dead. */
function killAt(step: Step): Promise<void> {
  const { promise: dead, resolve } = Promise.withResolvers<void>()
  const onStep = (at: Step) => {
    if (at !== step) return undefined
    resolve()
    return new Promise<void>(() => undefined)
  }
  void stage.process({ onStep }).deliverDue()
  return dead
}

describe('a process that is killed', () => {
  it.each(STEPS)('at “%s” loses nothing, and repeats nothing but what went out unrecorded', async (step) => {
    // One alone, and four that are one message.
    await plan(database, reminder('boris', 'alone'))
    await plan(database, ...[4, 3, 2, 1].map((ago) => reminder('anna', `r${ago}`, before(ago))))
    await killAt(step)
    const copiesOf = (key: string) => stage.words().filter((one) => one === key).length

    const next = stage.process()
    await next.deliverDue()
    stage.later(CLAIM_MS + 1)
    for (let round = 0; round < 5; round += 1) {
      await next.deliverDue()
      stage.later(CLAIM_MS + 1)
    }
    const keys = ['alone', 'r4', 'r3', 'r2', 'r1']
    const most = step === 'pushed' ? 2 : 1
    for (const key of keys) {
      expect(copiesOf(key), key).toBeGreaterThanOrEqual(1)
      expect(copiesOf(key), key).toBeLessThanOrEqual(most)
    }
    const left = await database.prisma.notice.count({ where: { state: { notIn: ['SENT'] } } })
    expect(left).toBe(0)
  })

  it('again and again while its message waits for its turn leaves no doubt about it', async () => {
    await plan(database, reminder('boris', 'alone'))
    for (let death = 0; death < 3; death += 1) {
      const { promise: waits, resolve } = Promise.withResolvers<void>()
      stage.turn.comes = () => {
        resolve()
        return new Promise(() => undefined)
      }
      void stage.process().deliverDue()
      await waits
      stage.later(CLAIM_MS + 1)
    }
    stage.turn.comes = async () => undefined
    await stage.process().deliverDue()
    expect(stage.words()).toEqual(['alone'])
    expect(await database.prisma.notice.findUnique({ where: { key: 'alone' } })).toMatchObject({
      state: 'SENT',
      doubts: 0,
    })
  })

  it('again and again after the push sends two copies and then no more', async () => {
    await plan(database, reminder('boris', 'alone'))
    for (const copies of [1, 2]) {
      await killAt('pushed')
      expect(stage.words()).toHaveLength(copies)
      stage.later(CLAIM_MS + 1)
    }
    await stage.process().deliverDue()
    expect(stage.words()).toEqual(['alone', 'alone'])
    expect(await database.prisma.notice.count({ where: { state: 'UNCLEAR' } })).toBe(1)
  })

  it('F-14 leaves what it claimed alone until its claim has run out, and is as fast as that', async () => {
    await plan(database, reminder('boris', 'alone'))
    await killAt('claimed')
    const next = stage.process()
    stage.later(CLAIM_MS)
    await next.deliverDue()
    expect(stage.words()).toEqual([])
    stage.later(1)
    await next.deliverDue()
    expect(stage.words()).toEqual(['alone'])
    expect(CLAIM_MS).toBeLessThanOrEqual(30_000)
  })

  it('F-05 takes a turn once, whenever it dies', async () => {
    const { words, taken } = testWords()
    await plan(database, reminder('anna', 't1', NOW, { kind: 'turn' }))
    await killAt('claimed')
    stage.later(CLAIM_MS + 1)
    await stage.process({ words }).deliverDue()
    await stage.process({ words }).deliverDue()
    expect(taken).toEqual(['t1'])
  })
})

describe('a process that was only slow', () => {
  it('may still say that it sent, when nobody claimed the notice anew', async () => {
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
    stage.answers.set('SLACK', async () => {
      ask()
      await answered
      return { kind: 'sent', chat: 'c', message: 'm1' }
    })
    await plan(database, reminder('boris', 'alone'))
    const slow = stage.process().deliverDue()
    await asked
    stage.later(CLAIM_MS + 1)
    await outbox(database.prisma, DEFAULTS, newId).expire(stage.clock.now, stage.clock.now)
    expect(await database.prisma.notice.findUnique({ where: { key: 'alone' } })).toMatchObject({
      state: 'WAITING',
    })
    answer()
    await slow
    expect(await database.prisma.notice.findUnique({ where: { key: 'alone' } })).toMatchObject({
      state: 'SENT',
      message: 'm1',
    })
  })

  it('sends nothing that another has claimed meanwhile', async () => {
    const { promise: goOn, resolve } = Promise.withResolvers<void>()
    await plan(database, reminder('boris', 'alone'))
    const slow = stage.process({ onStep: (at) => (at === 'composed' ? goOn : undefined) }).deliverDue()
    await expect.poll(() => database.prisma.notice.count({ where: { state: 'CLAIMED' } })).toBe(1)
    stage.later(CLAIM_MS + 1)
    await stage.process().deliverDue()
    resolve()
    await slow
    expect(stage.words()).toEqual(['alone'])
  })
})

it('G-03 a message is not in doubt because the answer to its beginning was lost', async () => {
  let isLost = false
  const reached = (moment: string) => {
    if (moment !== 'outbox.begin:after' || isLost) return
    isLost = true
    throw new UnavailableError('the database', new Error('the connection broke'))
  }
  await plan(database, reminder('anna', 'r1'))
  await stage.process({ reached }).deliverDue()
  expect([isLost, stage.words()]).toEqual([true, ['r1']])
  expect(await database.prisma.notice.findFirst()).toMatchObject({ state: 'SENT', doubts: 0 })
})
