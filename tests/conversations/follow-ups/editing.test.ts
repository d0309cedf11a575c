import { beforeEach, describe, expect, it } from 'vitest'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})

/** Anna's, due on Friday at 10:00 in Moscow, unless told otherwise. */
async function promised(values: Record<string, string> = {}, who = 'anna'): Promise<string> {
  const said = { account: 'acme', what: 'send the quote', when: '27.11.2026 10:00', ...values }
  await stage.sends(who, 'followup', said)
  const all = await stage.promises()
  const newest = all.find(({ what, ownerId }) => what === said.what && ownerId === who)
  return newest?.id ?? 'none'
}
const only = async () => (await stage.promises())[0]
const hours = (count: number) => {
  stage.clock.now = new Date(stage.clock.now.getTime() + count * 3_600_000)
}
const show = (who: string, id: string) => stage.pressed(who, { command: 'followup-show', args: { id } })

describe('Edit', () => {
  it('opens with what stands there, and moves the reminder', async () => {
    await show('anna', await promised())
    expect(await stage.presses('anna', 'Edit')).toBe(
      '[Edit the promise] What: send the quote When: 27.11.2026 10:00 Repeats: never Urgent: not urgent',
    )
    const heard = await stage.fills('anna', { when: 'tomorrow 11:00', what: 'send the new quote' })
    expect(heard).toContain(
      'Changed. # send the new quote Account: Acme Corporation Due: Tue, 24 Nov 2026, 11:00',
    )
    expect(await stage.waiting()).toEqual(['reminder 2 2026-11-24T08:00'])
  })

  it('changes words alone without another reminder of what was said already', async () => {
    const id = await promised()
    hours(5 * 24)
    await stage.database.prisma.notice.deleteMany({})
    await stage.pressed('anna', { command: 'followup-edit', args: { id } })
    expect(await stage.fills('anna', { what: 'send the new quote' })).toContain('Changed.')
    expect(await only()).toMatchObject({ what: 'send the new quote', dueTime: '10:00' })
    expect(await stage.waiting()).toEqual([])
  })

  it('keeps what was typed beside what is wrong, and refuses the past', async () => {
    await show('anna', await promised())
    await stage.presses('anna', 'Edit')
    expect(await stage.fills('anna', { when: 'yesterday', what: 'x' })).toContain(
      'What: x When: yesterday ! That time has passed',
    )
    expect(await stage.fills('anna', { when: 'tomorrow', what: ' ' })).toContain('Say what is to be done')
    expect(await only()).toMatchObject({ what: 'send the quote' })
  })

  it('turns the repeat on and off', async () => {
    await show('anna', await promised())
    await stage.presses('anna', 'Edit')
    expect(await stage.fills('anna', { repeat: 'week' })).toContain('Repeats: every Friday')
    await stage.presses('anna', 'Edit')
    const heard = await stage.fills('anna', { repeat: 'never' })
    expect(heard).not.toContain('Repeats')
    expect(await stage.waiting()).toEqual(['reminder 3 2026-11-27T07:00'])
  })

  it('says so when nothing changed, or when somebody else was faster', async () => {
    const id = await promised()
    await show('anna', id)
    await stage.presses('anna', 'Edit')
    expect(await stage.fills('anna', {})).toContain('Nothing changed.')
    await stage.pressed('anna', { command: 'followup-edit', args: { id } })
    await stage.pressed('max', { command: 'followup-snooze', args: { id, n: '1', to: 'week' } })
    expect(await stage.fills('anna', { what: 'y' })).toContain('It has changed in the meantime')
    expect(await only()).toMatchObject({ what: 'send the quote' })
  })
})

describe('an edit by somebody above', () => {
  it('reads the time on the clock of whoever will be reminded', async () => {
    await stage.database.prisma.user.update({ where: { id: 'anna' }, data: { timeZone: 'America/New_York' } })
    const id = await promised()
    await stage.pressed('max', { command: 'followup-edit', args: { id } })
    expect(await stage.fills('max', { when: 'tomorrow 11:00' })).toContain('Due: Tue, 24 Nov 2026, 11:00')
    expect(await stage.waiting()).toEqual(['reminder 2 2026-11-24T16:00'])
  })
})
