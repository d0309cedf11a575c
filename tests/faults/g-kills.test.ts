import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { figure, isLong, rounds } from '../support/figures.ts'
import { ADMIN } from './rig/crowd.ts'
import { judge } from './rig/judge.ts'
import { expectReadySoon, inWords, type Kill, killAgainAndAgain } from './rig/kills.ts'
import { KILL_POINTS } from './rig/moments.ts'
import { openRig, type Rig } from './rig/rig.ts'

/** One alone, by its name. */
const ONLY = process.env['FAULT_MOMENT']
/** The short form takes every eighth point, others each time it runs. */
const SHARE = Number(process.env['FAULT_SHARE'] ?? rounds(8, 1))
const EACH = Number(process.env['FAULT_EACH'] ?? rounds(1, 3))

let rig: Rig
let starts = 0
let wanted = 0
beforeAll(async () => {
  rig = await openRig({ pairs: rounds(200, 2_000), products: rounds(200, 2_000) })
}, 300_000)
afterAll(() => rig.close())

function named(): readonly string[] {
  if (ONLY) return [ONLY]
  const offset = Math.floor(Math.random() * SHARE)
  return KILL_POINTS.filter((_, at) => at % SHARE === offset)
}

describe('G-01 a process that is killed at a named point and started again', () => {
  it('has at least forty points at which it may die', () => {
    expect(KILL_POINTS.length).toBeGreaterThanOrEqual(40)
  })

  it('loses nothing, does nothing twice, and is ready again', async () => {
    const points = named()
    const kills: Kill[] = Array.from({ length: EACH }, () => points).flat()
    wanted = kills.length
    const killed = await killAgainAndAgain(rig, kills)
    starts = killed.readyMs.length
    figure('G-01', inWords(rig, `${points.length} points × ${EACH}`, killed))
    expect(await judge(rig, killed.stories)).toEqual([])
    // The last steps of a story wait for claims of those who died: the short form does not.
    if (isLong) expect(killed.missed).toEqual([])
    expectReadySoon(killed)
  })

  it('G-12 tells nobody that it has started again, however often', () => {
    const told = rig.slack.answersTo(ADMIN)
    expect(starts).toBeGreaterThan(wanted)
    expect(starts).toBeGreaterThan(1)
    figure('G-12', `${starts} starts one after the other: ${told.length} messages to the administrator`)
    expect(told).toEqual([])
  })
})
