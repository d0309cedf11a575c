import { expect, it } from 'vitest'
import { figure, rounds } from '../../support/figures.ts'
import { asked, JUST_BEFORE, OVER, TITLE } from './asked.ts'

it('F-07 a decision at the same moment as the step passes on leaves nobody with a card that waits', async () => {
  const count = rounds(2, 1_000)
  let passedOn = 0
  for (let round = 0; round < count; round += 1) {
    const stage = await asked()
    await stage.says('max', '/approvals')
    await stage.presses('max', TITLE)
    stage.clock.now = new Date(JUST_BEFORE)
    const press = async () => {
      for (let wait = 80 * Math.random() ** 3 * (round % 2); wait > 0; wait -= 1)
        await new Promise(setImmediate)
      return stage.presses('max', 'Approve')
    }
    await Promise.all(round % 2 === 0 ? [press(), stage.at(OVER)] : [stage.at(OVER), press()])
    await stage.at('2026-11-24T10:30:05Z')
    const [request] = await stage.requests()
    const isPassedOn = (await stage.audit()).includes('discount.escalate')
    if (isPassedOn) passedOn += 1
    if (request?.state === 'GRANTED') expect(stage.heard('dana').join()).not.toContain('[Approve]')
    else expect(isPassedOn).toBe(true)
    expect((await stage.audit()).filter((entry) => entry.endsWith('discount.approve')).length).toBe(
      request?.state === 'GRANTED' ? 1 : 0,
    )
  }
  figure('F-07', `${count} at the same moment: ${passedOn} had passed on first, no card was left waiting`)
})
