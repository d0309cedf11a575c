import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { addTeam, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { figure, rounds } from '../support/figures.ts'
import { createStage, drop, link, plan, reminder, type Stage, stateOf } from './stage.ts'

let database: Database
let stage: Stage

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  for (const person of ['anna', 'boris']) await link(database, person, { platform: 'SLACK' })
  stage = createStage(database)
})

const at = (ms: number) => new Date(NOW.getTime() + ms)
const setClock = (moment: Date) => void (stage.clock.now = moment)

describe('F-01 a program that is started again and again around the second', () => {
  it('sends at it and not before, once', async () => {
    const restarts = rounds(20, 100)
    const everyMs = 4_000 / restarts
    const rows = ['early', 'due', 'late'].map((key, index) => reminder('anna', key, at((index - 1) * 1_000)))
    await plan(database, ...rows)
    for (let restart = 0; restart <= restarts; restart += 1) {
      setClock(at(-2_000 + restart * everyMs))
      // The old one is still at its last look while the new one begins.
      await Promise.all([stage.process().deliverDue(), stage.process().deliverDue()])
    }
    expect(stage.words()).toEqual(['early', 'due', 'late'])
    const lateMs = stage.sent.map((one, index) => one.at.getTime() - at((index - 1) * 1_000).getTime())
    expect(Math.min(...lateMs)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...lateMs)).toBeLessThanOrEqual(everyMs)
    figure('F-01', `${restarts} restarts: each of 3 once, none early, ${Math.max(...lateMs)} ms late at most`)
  })
})

const SECOND = 1_000
const OUTAGES: readonly [string, number][] = [
  ['30 seconds', 30 * SECOND],
  ['61 seconds', 61 * SECOND],
  ['10 minutes', 600 * SECOND],
  ['3 hours', 3 * 3_600 * SECOND],
  ['3 days', 3 * 86_400 * SECOND],
]

describe('F-03 after an outage', () => {
  it.each(OUTAGES)('of %s what came due meanwhile comes once, several as one message', async (_long, ms) => {
    const first = stage.process()
    await first.deliverDue()
    const parts = [0.1, 0.3, 0.5, 0.7, 0.9]
    await plan(
      database,
      ...parts.map((part) => reminder('anna', `anna ${part}`, at(ms * part))),
      reminder('boris', 'boris', at(ms * 0.5)),
      reminder('anna', 'brief', at(ms * 0.6), { kind: 'brief' }),
      reminder('anna', 'still to come', at(ms + 60_000)),
    )
    setClock(at(ms))
    await stage.process().deliverDue()
    await stage.process().deliverDue()
    const of = (to: string) => stage.sent.filter((one) => one.to === to).map(({ words }) => words)
    expect(of('slack-anna')).toHaveLength(2)
    expect(of('slack-anna')).toEqual(expect.arrayContaining([parts.map((part) => `anna ${part}`), ['brief']]))
    expect(of('slack-boris')).toEqual([['boris']])
    setClock(at(ms + 60_000))
    await stage.process().deliverDue()
    expect(stage.words().filter((one) => one === 'still to come')).toHaveLength(1)
  })
})

describe('F-04 what is changed in the second in which it is due', () => {
  it('is sent the old way or changed, never both', async () => {
    const count = rounds(30, 1_000)
    const seen = { sent: 0, changed: 0 }
    for (let round = 0; round < count; round += 1) {
      const [moved, dropped] = [`moved ${round}`, `dropped ${round}`]
      await plan(
        database,
        reminder('anna', moved, stage.clock.now),
        reminder('boris', dropped, stage.clock.now),
      )
      const change = async (tries: number) => {
        for (let wait = 0; wait < tries; wait += 1) await new Promise(setImmediate)
        await Promise.all([plan(database, reminder('anna', moved, at(86_400_000))), drop(database, dropped)])
        // Confirmed: from here on nothing of the old may begin.
        const states = [await stateOf(database, moved), await stateOf(database, dropped)]
        return states
      }
      const [confirmed] = await Promise.all([
        change(Math.floor(Math.random() * 12)),
        stage.process().deliverDue(),
      ])
      for (const [key, state, old] of [
        [moved, confirmed[0], 'WAITING'],
        [dropped, confirmed[1], 'DROPPED'],
      ] as const) {
        const copies = stage.words().filter((one) => one === key).length
        const now = await stateOf(database, key)
        if (state === old && now !== 'SENT') expect([key, copies]).toEqual([key, 0])
        else expect([key, now, copies]).toEqual([key, 'SENT', 1])
        if (copies > 0) seen.sent += 1
        else seen.changed += 1
      }
      await drop(database, moved)
    }
    figure(
      'F-04',
      `${count} rounds of 2: ${seen.sent} were sent before the change, ${seen.changed} changed and not sent`,
    )
  })
})
