import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import type { Jobs } from '../../src/jobs/jobs.ts'
import { addTeam } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { createStage, link, plan, reminder, type Stage, stateOf } from './stage.ts'

let database: Database
let stage: Stage
let jobs: Jobs | null = null

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await link(database, 'anna', { platform: 'SLACK' })
  stage = createStage(database)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await jobs?.stop()
  jobs = null
})

const realNow = performance.now.bind(performance)

/** Time as the process feels it, whatever the clock on the wall. */
function secondsLater(seconds: number): void {
  vi.spyOn(performance, 'now').mockImplementation(() => realNow() + seconds * 1_000)
}

describe('F-13 what looks for what is due', () => {
  it('says that it fell silent, half a minute later', async () => {
    const { promise: never, resolve: end } = Promise.withResolvers<void>()
    let isSilent = false
    const onStep = async () => (isSilent ? never : undefined)
    jobs = stage.process({ onStep, tickMs: 20, clockwork: [async () => (isSilent ? never : undefined)] })
    jobs.start()
    await plan(database, reminder('anna', 'r1'))
    await vi.waitFor(async () => expect(await stateOf(database, 'r1')).toBe('SENT'), 20_000)
    expect(jobs.health()).toBeNull()
    isSilent = true
    secondsLater(29)
    expect(jobs.health()).toBeNull()
    // Nothing throws, nothing is logged: only the silence itself can tell.
    secondsLater(300)
    await vi.waitFor(
      () => expect(jobs?.health()).toMatch(/has not (looked|been looked at) for \d+ s/),
      20_000,
    )
    end()
  })

  it('is well again when it looks again', async () => {
    const { promise: slow, resolve: end } = Promise.withResolvers<void>()
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    jobs = stage.process({ tickMs: 20, clockwork: [() => (begin(), slow)] })
    jobs.start()
    await begun
    expect(jobs.health()).toBeNull()
    secondsLater(31)
    await vi.waitFor(() => expect(jobs?.health()).toMatch(/what time changes/), 20_000)
    end()
    await vi.waitFor(() => expect(jobs?.health()).toBeNull(), 20_000)
  })
})
