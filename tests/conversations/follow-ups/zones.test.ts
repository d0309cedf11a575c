import { beforeEach, describe, expect, it } from 'vitest'
import { movesWithZones } from '../../../src/commands/follow-ups/clockwork.ts'
import { HOLIDAYS } from '../../../src/holidays.ts'
import { noteJournal } from '../../support/journal.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})

const promise = (values: Record<string, string>) =>
  stage.sends('anna', 'followup', { what: 'send the quote', when: '27.11.2026 10:00', ...values })

/** A process whose rules of the world’s zones are of this version looks until there is nothing left to look for. */
async function processWith(version: string): Promise<void> {
  const { unitOfWork, clock } = stage
  const passing = { unitOfWork, now: () => clock.now, calendar: HOLIDAYS, journal: noteJournal() }
  const look = movesWithZones(version)
  for (let tick = 0; tick < 3; tick += 1) await look(passing)
}

/** What rules by which Moscow is an hour further east had made of it. */
async function plannedAnHourEarlier(): Promise<void> {
  await stage.database.prisma.$executeRaw`update follow_ups set remind_at = remind_at - interval '1 hour'`
  await stage.database.prisma.$executeRaw`
    update notices set due_at = due_at - interval '1 hour', try_at = try_at - interval '1 hour'`
}

describe('F-10 newer rules of the world’s time zones', () => {
  it('move every reminder to the hour on the wall that was promised, once', async () => {
    await processWith('2026b')
    await promise({})
    await promise({ when: '30.11.2026', repeat: 'week' })
    const right = await stage.waiting()
    expect(right[0]).toBe('reminder 1 2026-11-27T07:00')
    await plannedAnHourEarlier()
    await processWith('2026b')
    expect((await stage.waiting())[0]).toBe('reminder 1 2026-11-27T06:00')
    await processWith('2026c')
    const moved = await stage.waiting()
    expect(moved[0]).toBe('reminder 2 2026-11-27T07:00')
    expect(moved.map((one) => one.split(' ').at(-1))).toEqual(right.map((one) => one.split(' ').at(-1)))
    await processWith('2026c')
    expect(await stage.waiting()).toEqual(moved)
  })

  it('are only noted by the first process that knows of them', async () => {
    await promise({})
    await plannedAnHourEarlier()
    await processWith('2026b')
    expect(await stage.waiting()).toEqual(['reminder 1 2026-11-27T06:00'])
    await processWith('2026c')
    expect(await stage.waiting()).toEqual(['reminder 2 2026-11-27T07:00'])
  })

  it('leave alone what was put off to a moment, and what was said already', async () => {
    await processWith('2026b')
    await promise({})
    await stage.database.prisma.$executeRaw`
      update follow_ups set snoozed_until = remind_at - interval '1 hour', remind_at = remind_at - interval '1 hour'`
    const before = await stage.waiting()
    await processWith('2026c')
    expect(await stage.waiting()).toEqual(before)
    stage.clock.now = new Date('2026-11-28T12:00:00Z')
    await stage.database.prisma.notice.deleteMany()
    await processWith('2026d')
    expect(await stage.waiting()).toEqual([])
  })
})
