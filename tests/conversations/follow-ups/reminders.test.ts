import { beforeEach, describe, expect, it } from 'vitest'
import { type Owed } from '../../../src/commands/notices/composer.ts'
import { composeAll } from '../../../src/commands/notices/compose.ts'
import { composeTogether, isGroupable } from '../../../src/commands/notices/together.ts'
import { takeTurn } from '../../../src/commands/notices/turn.ts'
import type { NoticeKind } from '../../../src/domain/notices/notice.ts'
import type { Actor } from '../../../src/domain/shared/actor.ts'
import { HOLIDAYS } from '../../../src/holidays.ts'
import { readReply } from '../../support/core.ts'
import { flat, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})

async function actor(id: string): Promise<Actor> {
  const found = await stage.unitOfWork.identify(
    { platform: 'CONSOLE', workspace: '', externalId: id },
    stage.clock.now,
  )
  if (!found) throw new Error(`nobody is ${id}`)
  return found
}

/** What waits for this person, as the sender hands it over. */
async function owed(to = 'anna', insteadOf: Owed['insteadOf'] = null): Promise<Owed[]> {
  const reader = await actor(to)
  const rows = await stage.database.prisma.notice.findMany({
    where: { state: 'WAITING' },
    orderBy: { dueAt: 'asc' },
  })
  return rows.map((row) => ({ notice: { ...row, kind: row.kind as NoticeKind }, to: reader, insteadOf }))
}

const read = (reader: Actor, view: Parameters<typeof showView>[1]) => flat(showView(reader, view))
function showView(reader: Actor, view: Awaited<ReturnType<typeof composeTogether>>): string {
  return readReply({ updateId: '', reader, known: true, answer: { kind: 'view', view } })
}

/** The words of each notice, null for what is not wanted any more. */
async function composed(batch: readonly Owed[]): Promise<(string | null)[]> {
  const { now } = stage.clock
  const views = await stage.unitOfWork.read((work) => composeAll({ work, now, calendar: HOLIDAYS }, batch))
  return batch.map(({ notice, to }) => {
    const view = views.get(notice.id)
    return view ? read(to, view) : null
  })
}

const promise = (values: Record<string, string>, who = 'anna') =>
  stage.sends(who, 'followup', {
    account: 'acme',
    what: 'send the quote',
    when: '27.11.2026 10:00',
    ...values,
  })
const setTime = (iso: string) => {
  stage.clock.now = new Date(iso)
}

describe('a reminder', () => {
  it('tells what, where and when, with everything that can be done', async () => {
    await promise({})
    setTime('2026-11-27T07:00:10Z')
    expect(await composed(await owed())).toEqual([
      '# send the quote Account: Acme Corporation Due: Fri, 27 Nov 2026, 10:00 [Done] [+1 hour] [Tomorrow] [Next week] [Not relevant] [Open account]',
    ])
  })

  it('speaks Russian to whoever does', async () => {
    await promise({ account: 'romashka', what: 'отправить КП' }, 'boris')
    setTime('2026-11-27T07:00:10Z')
    expect(await composed(await owed('boris'))).toEqual([
      '# отправить КП Клиент: ООО «Ромашка» Срок: пт, 27 нояб. 2026, 10:00 [Сделано] [+1 час] [Завтра] [Через неделю] [Неактуально] [Открыть клиента]',
    ])
  })

  it('F-03 that comes more than ten minutes late says so, with its time', async () => {
    await promise({})
    setTime('2026-11-27T07:10:00Z')
    expect((await composed(await owed()))[0]).not.toContain('Late')
    setTime('2026-11-27T07:10:01Z')
    expect((await composed(await owed()))[0]).toContain('Late: this was meant for Fri, 27 Nov 2026, 10:00.')
  })

  it('counts how often it was put off', async () => {
    await promise({})
    const [one] = await stage.promises()
    await stage.pressed('anna', {
      command: 'followup-snooze',
      args: { id: one?.id ?? '', n: '1', to: 'tomorrow' },
    })
    setTime('2026-11-24T06:00:00Z')
    expect((await composed(await owed()))[0]).toContain('Put off: 1 time')
  })

  it('is not wanted any more once it is done, put off, closed or gone', async () => {
    await promise({})
    const batch = await owed()
    const [one] = await stage.promises()
    const id = one?.id ?? ''
    await stage.pressed('anna', { command: 'followup-snooze', args: { id, n: '1', to: 'week' } })
    expect(await composed(batch)).toEqual([null])
    const later = await owed()
    await stage.pressed('anna', { command: 'followup-done', args: { id, o: '1' } })
    expect(await composed(later)).toEqual([null])
    await stage.database.prisma.followUp.deleteMany({})
    expect(await composed(later)).toEqual([null])
  })

  it('marks a day that has passed', async () => {
    await promise({})
    const toneOfDue = async () => {
      const { now } = stage.clock
      const batch = await owed()
      const views = await stage.unitOfWork.read((work) =>
        composeAll({ work, now, calendar: HOLIDAYS }, batch),
      )
      const fields = [...views.values()].flatMap((view) =>
        (view ?? []).flatMap((block) => (block.kind === 'fields' ? block.fields : [])),
      )
      return fields.map(({ tone }) => tone ?? null)
    }
    setTime('2026-11-27T07:00:00Z')
    expect(await toneOfDue()).toEqual([null, null])
    setTime('2026-11-28T07:00:00Z')
    expect(await toneOfDue()).toEqual([null, 'bad'])
  })

  it('says for whom when it comes to a substitute', async () => {
    await promise({})
    const batch = await owed('boris', { id: 'anna', name: 'Anna Example' })
    expect((await composed(batch))[0]).toContain('Ответственный: Anna Example')
  })

  it('does not name an account that its reader does not see (any more)', async () => {
    await promise({})
    await stage.database.prisma.account.update({ where: { id: 'acme' }, data: { ownerId: 'vera' } })
    const [text] = await composed(await owed())
    expect(text).toContain('# send the quote Due:')
    expect(text).not.toContain('Acme')
    expect(text).not.toContain('[Open account]')
  })
})

describe('a chase', () => {
  it('tells who promised, with a letter in the language of the contact', async () => {
    await promise({ promisedBy: 'CLIENT', what: 'send the specification', when: '24.11.2026' })
    const { prisma } = stage.database
    await prisma.followUp.updateMany({ data: { contactName: 'Olga Smirnova' } })
    await prisma.contact.updateMany({ where: { name: 'Olga Smirnova' }, data: { language: 'ru' } })
    setTime('2026-11-25T06:00:00Z')
    const [text] = await composed(await owed())
    expect(text).toContain('# Olga Smirnova promised: send the specification')
    expect(text).toContain('Здравствуйте, Olga Smirnova. Хочу вернуться')
    expect(text).toContain('[They did it] [Tomorrow] [Next week] [Not relevant] [Open account]')
  })
})

describe('several at once', () => {
  it('F-03 are one message, late said once, each with its time and a button', async () => {
    const days = ['24.11.2026 10:00', '24.11.2026 11:00', '25.11.2026 10:00', '27.11.2026 10:00']
    for (const [index, when] of days.entries()) await promise({ when, what: `step ${index + 1}` })
    setTime('2026-11-27T07:00:30Z')
    const batch = await owed()
    expect(batch.every(isGroupable)).toBe(true)
    const context = { now: stage.clock.now, calendar: HOLIDAYS }
    const view = await stage.unitOfWork.read((work) => composeTogether({ ...context, work }, batch))
    const text = read(await actor('anna'), view)
    expect(text).toContain('# 4 reminders Some of them come late')
    expect(text).toContain('- Tue, 24 Nov 2026, 10:00 · step 1 · Acme Corporation · overdue')
    expect(text).toContain('- Fri, 27 Nov 2026, 10:00 · step 4 · Acme Corporation [step 1]')
    expect(text).toContain('[step 4] [My day]')
    expect(text.match(/late/g)).toHaveLength(1)
  })

  it('have eight buttons at most, and the day behind them', async () => {
    for (let step = 1; step <= 10; step += 1) await promise({ what: `step ${step}` })
    setTime('2026-11-27T07:00:30Z')
    const batch = await owed()
    const context = { now: stage.clock.now, calendar: HOLIDAYS }
    const view = await stage.unitOfWork.read((work) => composeTogether({ ...context, work }, batch))
    expect(view.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))).toHaveLength(9)
  })
})

describe('the turn of what repeats', () => {
  const take = async (batch: readonly Owed[]) => {
    const { now } = stage.clock
    for (const one of batch.filter(({ notice }) => notice.kind === 'turn')) {
      await stage.unitOfWork.change((work) => takeTurn({ work, now, calendar: HOLIDAYS }, one))
    }
  }
  const only = async () => (await stage.promises())[0]

  it('F-05 counts an undone one as missed and plans the next reminder and turn, once', async () => {
    await promise({ repeat: 'week' })
    const batch = await owed()
    setTime('2026-12-04T07:00:00Z')
    await take(batch)
    await take(batch)
    expect(await only()).toMatchObject({
      occurrence: 2,
      reminder: 2,
      missedCount: 1,
      snoozes: 0,
      snoozedUntil: null,
    })
    expect((await only())?.dueOn.toISOString().slice(0, 10)).toBe('2026-12-04')
    expect(await stage.waiting()).toEqual(['reminder 2 2026-12-04T07:00', 'turn 3 2026-12-11T07:00'])
  })

  it('does nothing when the promise was done, and moved on by that', async () => {
    await promise({ repeat: 'week' })
    const batch = await owed()
    await stage.pressed('anna', { command: 'followup-done', args: { id: (await only())?.id ?? '', o: '1' } })
    const before = await only()
    setTime('2026-12-04T07:00:00Z')
    await take(batch)
    expect(await only()).toEqual(before)
  })

  it('does nothing when it repeats no more, is closed or gone', async () => {
    await promise({ repeat: 'week' })
    const batch = await owed()
    setTime('2026-12-04T07:00:00Z')
    const { followUp } = stage.database.prisma
    await followUp.updateMany({ data: { status: 'DROPPED' } })
    await take(batch)
    expect(await only()).toMatchObject({ occurrence: 1, missedCount: 0 })
    await followUp.deleteMany({})
    await take(batch)
    expect(await stage.promises()).toEqual([])
  })

  it('is one after a rest of many days, at the hours of its owner', async () => {
    await stage.database.prisma.user.update({ where: { id: 'anna' }, data: { timeZone: 'America/New_York' } })
    await promise({ when: '24.11.2026 10:00', repeat: 'day' })
    const batch = await owed('boris', { id: 'anna', name: 'Anna Example' })
    setTime('2026-12-14T15:30:00Z')
    await take(batch)
    expect(await only()).toMatchObject({ occurrence: 2, missedCount: 1 })
    expect((await only())?.dueOn.toISOString().slice(0, 10)).toBe('2026-12-14')
    expect(await stage.waiting()).toEqual(['reminder 2 2026-12-14T15:30', 'turn 3 2026-12-15T15:00'])
  })
})
