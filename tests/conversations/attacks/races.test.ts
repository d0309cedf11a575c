import { beforeEach, describe, expect, it } from 'vitest'
import { openStage, type Stage } from '../follow-ups/stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await openStage()
})

/** On PGlite they wait for one another anyway; on PostgreSQL they meet. */
const atOnce = (...acts: readonly (() => Promise<string>)[]) => Promise.all(acts.map((act) => act()))

const press = (who: string, command: string, args: Record<string, string>) => () =>
  stage.pressed(who, { command, args })

const written = () =>
  stage.database.prisma.meeting.findMany({ where: { id: { notIn: ['m1', 'm2', 'm3', 'm4', 'm5', 'm6'] } } })
const actions = async (action: string) =>
  (await stage.database.prisma.auditEntry.findMany({ where: { action } })).length

async function promised(): Promise<string> {
  await stage.sends('anna', 'followup', { account: 'acme', what: 'call', when: 'tomorrow' })
  return (await stage.promises()).at(-1)?.id ?? ''
}

describe('at the same moment', () => {
  it('two last answers to one question log one meeting', async () => {
    await stage.says('anna', '/meeting Acme tomorrow at 10; next: call them')
    const draft = (await stage.database.prisma.draft.findFirst())?.id ?? ''
    const answer = (value: string) => press('anna', 'meeting-answer', { draft, field: 'step0', value })
    const heard = await atOnce(answer('2026-11-25'), answer('2026-11-26'), answer('2026-11-25'))
    expect(await written()).toHaveLength(1)
    expect(await stage.promises()).toHaveLength(1)
    expect(heard.filter((text) => text.includes('answered already'))).toHaveLength(2)
    expect(await actions('meeting.plan')).toBe(1)
    expect(await stage.database.prisma.draft.count()).toBe(0)
  })

  it('two forms of one question log one meeting', async () => {
    await stage.says('anna', '/meeting Acme tomorrow at 10; next: call them')
    const draft = (await stage.database.prisma.draft.findFirst())?.id ?? ''
    const send = () =>
      stage.sends('anna', 'meeting-save', { draft, account: 'acme', when: 'yesterday', notes: 'x' })
    await atOnce(send, send)
    expect(await written()).toHaveLength(1)
  })

  it('a place that is tapped twice is one visit', async () => {
    const tap = press('anna', 'visited', { account: 'acme', at: '2026-11-23T11:00:00.000Z' })
    await atOnce(tap, tap, tap)
    expect(await written()).toHaveLength(1)
    expect(await actions('meeting.log')).toBe(1)
  })

  it('a stranger who is added twice is one contact with one line in the log', async () => {
    const tap = press('anna', 'contact-add', { meeting: 'm2', name: 'Sam Stranger' })
    const heard = await atOnce(tap, tap)
    expect(await stage.database.prisma.contact.count({ where: { name: 'Sam Stranger' } })).toBe(1)
    expect(await actions('contact.add')).toBe(1)
    expect(new Set(heard).size).toBe(2)
  })

  it('two who say Done do it once', async () => {
    const id = await promised()
    await atOnce(
      press('anna', 'followup-done', { id, o: '1' }),
      press('max', 'followup-done', { id, o: '1' }),
    )
    expect(await actions('followup.done')).toBe(1)
    expect((await stage.promises())[0]).toMatchObject({ status: 'DONE', doneCount: 1 })
  })

  it('Done and a snooze leave it done with no reminder, or open with one', async () => {
    const id = await promised()
    await atOnce(
      press('anna', 'followup-snooze', { id, n: '1', to: 'hour' }),
      press('max', 'followup-done', { id, o: '1' }),
    )
    const [promise] = await stage.promises()
    const waiting = (await stage.waiting()).filter((one) => one.startsWith('reminder'))
    expect(waiting).toHaveLength(promise?.status === 'OPEN' ? 1 : 0)
    expect(await actions('followup.done')).toBe(promise?.status === 'OPEN' ? 0 : 1)
  })

  it('Done and taking it back never remove what was done', async () => {
    const id = await promised()
    await atOnce(
      press('max', 'followup-done', { id, o: '1' }),
      press('anna', 'followup-undo', { id, n: '1' }),
    )
    const [promise] = await stage.promises()
    expect([await actions('followup.done'), await actions('followup.undo')]).toEqual(
      promise ? [1, 0] : [0, 1],
    )
  })

  it('taking it back and amending it leave one of both in the log', async () => {
    const id = await promised()
    await atOnce(press('anna', 'followup-undo', { id, n: '1' }), () =>
      stage.sends('max', 'followup-amend', { id, n: '1', what: 'call twice', when: 'on Friday' }),
    )
    expect((await actions('followup.undo')) + (await actions('followup.amend'))).toBe(1)
    expect(await stage.promises()).toHaveLength(await actions('followup.amend'))
  })

  it('a meeting that is taken back takes a promise with it that is just being put off', async () => {
    for (const round of [1, 2, 3, 4, 5]) {
      await stage.says('anna', `/meeting Acme yesterday talked; next: errand ${round} on Friday`)
      const promise = (await stage.promises()).find(({ what }) => what === `errand ${round}`)
      const { id = '', meetingId } = promise ?? {}
      await atOnce(
        press('anna', 'followup-snooze', { id, n: '1', to: 'tomorrow' }),
        press('max', 'meeting-undo', { id: meetingId ?? '' }),
      )
      const after = (await stage.promises()).find((one) => one.id === id)
      expect(after?.status).toBe('DROPPED')
    }
    expect((await stage.waiting()).filter((one) => one.startsWith('reminder'))).toEqual([])
  })

  it('two who edit one meeting keep what each of them changed', async () => {
    await stage.says('anna', '/meeting Acme yesterday talked of steel')
    const id = (await written())[0]?.id ?? ''
    const values = { id, n: '0', when: '2026-11-22', kind: 'MEETING', attendees: '' }
    await atOnce(
      () => stage.sends('anna', 'meeting-amend', { ...values, mood: 'GOOD', notes: 'talked of steel' }),
      () => stage.sends('max', 'meeting-amend', { ...values, notes: 'talked of copper' }),
    )
    expect(await written()).toMatchObject([{ mood: 'GOOD', notes: 'talked of copper' }])
    const entries = await stage.database.prisma.auditEntry.findMany({
      where: { action: 'meeting.amend' },
      orderBy: { seq: 'asc' },
    })
    expect(entries).toHaveLength(2)
    expect(entries[1]?.before).toEqual(entries[0]?.after)
  })

  it('a meeting is undone or amended, and an undone one is not amended', async () => {
    await stage.says('anna', '/meeting Acme tomorrow at 10')
    const id = (await written())[0]?.id ?? ''
    await atOnce(press('anna', 'meeting-undo', { id }), () =>
      stage.sends('max', 'meeting-amend', {
        id,
        n: '0',
        when: '2026-11-26 10:00',
        kind: 'MEETING',
        notes: 'x',
      }),
    )
    expect((await written())[0]?.status).toBe('CANCELLED')
    expect((await stage.waiting()).filter((one) => /brief|outcome/.test(one))).toEqual([])
  })

  it('two outcomes of one meeting are one', async () => {
    const tell = (who: string, outcome: string) => press(who, 'meeting-outcome', { id: 'm6', outcome })
    await atOnce(tell('anna', 'GOOD'), tell('max', 'CANCELLED'))
    expect(await actions('meeting.amend')).toBe(1)
  })
})

describe('a form that was open while somebody else changed the meeting', () => {
  it('changes only what was touched in it', async () => {
    await stage.says('anna', '/meeting Acme yesterday talked of steel, mood bad')
    const id = (await written())[0]?.id ?? ''
    await stage.pressed('anna', { command: 'meeting-edit', args: { id } })
    await stage.pressed('max', { command: 'meeting-edit', args: { id } })
    await stage.fills('max', { mood: 'GOOD', attendees: 'Olga Smirnova' })
    await stage.fills('anna', { notes: 'talked of copper' })
    const [meeting] = await written()
    expect(meeting).toMatchObject({ mood: 'GOOD', notes: 'talked of copper' })
    const attendees = await stage.database.prisma.meetingAttendee.findMany({ where: { meetingId: id } })
    expect(attendees).toMatchObject([{ name: 'Olga Smirnova', contactId: 'olga' }])
  })
})
