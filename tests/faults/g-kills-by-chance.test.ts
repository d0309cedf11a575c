import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { figure, rounds } from '../support/figures.ts'
import { judge } from './rig/judge.ts'
import { expectReadySoon, inWords, killAgainAndAgain } from './rig/kills.ts'
import { openRig, type Rig } from './rig/rig.ts'

const OFTEN = Number(process.env['FAULT_CHANCE'] ?? rounds(3, 100))

let rig: Rig
beforeAll(async () => {
  rig = await openRig({ pairs: rounds(200, 2_000), products: rounds(200, 2_000) })
}, 300_000)
afterAll(() => rig.close())

describe.skipIf(process.env['FAULT_MOMENT'])(
  'G-01 a process that is killed at any moment and started again',
  () => {
    it('loses nothing, does nothing twice, and is ready again', async () => {
      const killed = await killAgainAndAgain(
        rig,
        Array.from({ length: OFTEN }, () => null),
      )
      figure('G-01', inWords(rig, 'by chance', killed))
      expect(await judge(rig, killed.stories)).toEqual([])
      expectReadySoon(killed)
    })
  },
)
