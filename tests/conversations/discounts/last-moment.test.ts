import { describe, expect, it } from 'vitest'
import { figure, rounds } from '../../support/figures.ts'
import { asked, JUST_BEFORE, OVER, TITLE } from './asked.ts'

describe('F-07 a decision a millisecond before the step passes on', () => {
  it('is the last that anybody above hears of it', async () => {
    const count = rounds(1, 200)
    for (let round = 0; round < count; round += 1) {
      const stage = await asked()
      await stage.says('max', '/approvals')
      await stage.presses('max', TITLE)
      stage.clock.now = new Date(JUST_BEFORE)
      await stage.presses('max', 'Approve')
      stage.restart()
      await stage.at(OVER)
      await stage.at('2026-11-25T09:30:00Z')
      expect((await stage.requests()).map(({ state }) => state)).toEqual(['GRANTED'])
      expect(stage.heard('dana')).toEqual([])
      expect(await stage.audit()).not.toContain('discount.escalate')
    }
    figure('F-07', `${count} decisions 1 ms before the next step: nobody above was told`)
  })
})

/** Friday, 17:00 in Moscow: one hour of the eight is Friday's, seven are Monday's. */
const FRIDAY = '2026-11-27T14:00:00Z'

describe('F-06 a step whose hours are over on the other side of a weekend', () => {
  it('says nothing meanwhile, however often the program starts, and passes on within the minute', async () => {
    const stage = await asked(FRIDAY)
    for (const moment of [
      '2026-11-27T20:00:00Z',
      '2026-11-28T09:00:00Z',
      '2026-11-29T22:00:00Z',
      '2026-11-30T06:00:00Z',
    ]) {
      stage.restart()
      await stage.at(moment)
      expect([stage.heard('max').length, stage.heard('dana').length]).toEqual([1, 0])
    }
    stage.restart()
    // Half of the eight hours: Monday at noon.
    await stage.at('2026-11-30T08:59:59Z')
    expect(stage.heard('max')).toHaveLength(1)
    await stage.at('2026-11-30T09:00:01Z')
    expect(stage.heard('max')).toHaveLength(2)
    stage.restart()
    await stage.at('2026-11-30T12:59:59Z')
    expect(stage.heard('dana')).toEqual([])
    await stage.at('2026-11-30T13:00:01Z')
    expect(stage.heard('dana')[0]).toContain('so this decision passes on to you')
  })
})
