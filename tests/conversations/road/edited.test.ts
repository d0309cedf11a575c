import { beforeEach, describe, expect, it } from 'vitest'
import { openStage, readReply, type Stage } from './stage.ts'

const SAID =
  'Был в Ромашке сегодня, обсудили цены с Иваном, настроение хорошее; далее: отправить КП до пятницы; далее: позвонить в четверг'

let stage: Stage
let id: string

beforeEach(async () => {
  stage = await openStage()
  await stage.says('boris', SAID, 'm-1')
  const meeting = await stage.database.prisma.meeting.findFirstOrThrow({ where: { said: SAID } })
  id = meeting.id
})

const edits = (text: string, message = 'm-1', person = 'boris') =>
  stage.happens(person, 'edit', { message, text }, message)
const meeting = () => stage.database.prisma.meeting.findUniqueOrThrow({ where: { id } })
const promises = async () =>
  (await stage.database.prisma.followUp.findMany({ where: { meetingId: id }, orderBy: { what: 'asc' } })).map(
    ({ what, status, dueOn, dropReason }) => [what, status, dueOn.toISOString().slice(0, 10), dropReason],
  )

describe('an edited message', () => {
  it('amends what it says differently, and nothing else', async () => {
    const heard = await edits(SAID.replace('цены', 'цены и сроки').replace('Иваном', 'Ольгой'))
    expect(heard).toContain('Изменено по вашей правке: заметки и участники.')
    expect(heard).toContain('обсудили цены и сроки')
    expect(await meeting()).toMatchObject({ mood: 'GOOD', notes: 'обсудили цены и сроки', status: 'HELD' })
    expect(await promises()).toEqual([
      ['отправить КП', 'OPEN', '2026-11-27', null],
      ['позвонить', 'OPEN', '2026-11-26', null],
    ])
    const amendment = await stage.database.prisma.meetingAmendment.findFirstOrThrow({
      where: { meetingId: id },
    })
    expect(amendment).toMatchObject({ authorId: 'boris', before: { notes: 'обсудили цены', said: SAID } })
    expect((await stage.actions()).at(-1)).toBe('meeting.amend')
  })

  it('keeps what was told since by other ways', async () => {
    await stage.act('boris', {
      kind: 'submit',
      command: 'meeting-amend',
      values: { id, kind: 'CALL', mood: 'BAD', notes: 'обсудили цены', attendees: 'Иваном' },
    })
    await edits(SAID.replace('цены', 'сроки'))
    expect(await meeting()).toMatchObject({ kind: 'CALL', mood: 'BAD', notes: 'обсудили сроки' })
  })

  it('can be edited back', async () => {
    await edits(SAID.replace('хорошее', 'плохое'))
    expect((await meeting()).mood).toBe('BAD')
    await edits(SAID)
    expect(await meeting()).toMatchObject({ mood: 'GOOD', said: SAID })
    expect(await stage.presses('boris', 'meeting-history', { id })).toContain('Был в Ромашке сегодня')
  })

  it('keeps the promises with the same words, makes the new ones and drops those that vanished', async () => {
    const before = await stage.database.prisma.followUp.findFirstOrThrow({ where: { what: 'отправить КП' } })
    const heard = await edits(
      'Был в Ромашке сегодня, обсудили цены с Иваном, настроение хорошее; далее: Отправить КП до пятницы; далее: заказать образцы до 30 ноября',
    )
    expect(heard).toContain('Добавлено: заказать образцы')
    expect(heard).toContain('Снято: позвонить')
    expect(await promises()).toEqual([
      ['заказать образцы', 'OPEN', '2026-11-30', null],
      ['отправить КП', 'OPEN', '2026-11-27', null],
      ['позвонить', 'DROPPED', '2026-11-26', 'edited'],
    ])
    const after = await stage.database.prisma.followUp.findUniqueOrThrow({ where: { id: before.id } })
    expect(after).toEqual(before)
    expect(await stage.waiting(before.id)).toHaveLength(1)
  })

  it('does not bring back what is done, nor drop it', async () => {
    const row = await stage.database.prisma.followUp.findFirstOrThrow({ where: { what: 'позвонить' } })
    await stage.presses('boris', 'followup-done', { id: row.id, o: '1' })
    await edits('Был в Ромашке сегодня, обсудили цены с Иваном, настроение хорошее')
    expect(await promises()).toEqual([
      ['отправить КП', 'DROPPED', '2026-11-27', 'edited'],
      ['позвонить', 'DONE', '2026-11-26', null],
    ])
  })

  it('gives a promise its other date, and its reminder with it', async () => {
    expect(await edits(SAID.replace('до пятницы', 'до среды'))).toContain('Другой срок: отправить КП')
    expect((await promises())[0]).toEqual(['отправить КП', 'OPEN', '2026-11-25', null])
    const row = await stage.database.prisma.followUp.findFirstOrThrow({ where: { what: 'отправить КП' } })
    expect((await stage.waiting(row.id)).map(([, at]) => at)).toEqual(['2026-11-25T06:00:00.000Z'])
  })

  it('asks for the date of a new promise that has none, and takes it from the next edit', async () => {
    const heard = await edits(`${SAID}; далее: прислать договор`)
    expect(heard).toContain('Срок не ясен, поэтому пока не записано: прислать договор')
    expect(heard).toContain('[Указать срок]')
    expect(await promises()).toHaveLength(2)
    expect(await edits(`${SAID}; далее: прислать договор в среду`)).toContain('Добавлено: прислать договор')
    expect((await promises())[2]).toEqual(['прислать договор', 'OPEN', '2026-11-25', null])
  })

  it('moves the meeting to another day', async () => {
    expect(await edits(SAID.replace('сегодня', 'вчера'))).toContain('Изменено по вашей правке: время.')
    expect((await meeting()).day.toISOString()).toBe('2026-11-22T00:00:00.000Z')
  })

  it.each([
    ['cannot be', '31 февраля', 'Такого времени быть не может'],
    ['is not clear', 'на прошлой неделе', 'Новое время мне не ясно'],
  ])('leaves the time as it is when the new one %s, and says so', async (_why, words, answer) => {
    const heard = await edits(SAID.replace('сегодня', words))
    expect(heard).toContain(answer)
    expect(heard).toContain('остаётся пн, 23 нояб. 2026')
    expect((await meeting()).day.toISOString()).toBe('2026-11-23T00:00:00.000Z')
  })

  it('cannot take the meeting to another account', async () => {
    const heard = await edits(SAID.replace('Ромашке', 'Акме'))
    expect(heard).toContain('В правке назван другой клиент: Acme Corporation.')
    expect(heard).toContain('[Отменить встречу] [Изменить]')
    expect(await meeting()).toMatchObject({ accountId: 'romashka', notes: 'обсудили цены' })
  })

  it('says when it changed nothing', async () => {
    expect(await edits(SAID)).toBe('Правка ничего не изменила во встрече: ООО «Ромашка».')
    expect(await edits('/followup Ромашка завтра позвонить')).toContain('ничего не изменила')
    expect(await edits('   ')).not.toContain('Изменено')
    expect(await stage.database.prisma.meetingAmendment.count()).toBe(0)
  })

  it('of a meeting that was undone changes nothing, and says so', async () => {
    await stage.presses('boris', 'meeting-undo', { id })
    expect(await edits(SAID.replace('цены', 'сроки'))).toBe(
      'Встреча из этого сообщения отменена. Ваша правка ничего не изменила.',
    )
    expect(await meeting()).toMatchObject({ status: 'CANCELLED', notes: 'обсудили цены' })
  })

  it('that led to nothing is met with silence, whoever wrote it', async () => {
    expect(await edits('Был в Ромашке вчера', 'm-2')).toBe('(silence)')
    expect(await edits('Был в Ромашке вчера', 'm-1', 'anna')).toBe('(silence)')
    expect(await edits('Был в Ромашке вчера', 'm-1', 'fay')).toBe('(silence)')
    expect(await stage.database.prisma.meetingAmendment.count()).toBe(0)
  })

  it('is met with silence once its writer may not see the account any more', async () => {
    await stage.database.prisma.account.update({ where: { id: 'romashka' }, data: { ownerId: 'vera' } })
    expect(await edits(SAID.replace('цены', 'сроки'))).toBe('(silence)')
    expect((await meeting()).notes).toBe('обсудили цены')
  })

  it('is answered in English too, and moves what a planned meeting owes', async () => {
    await stage.says('anna', '/meeting Acme tomorrow 15:00 visit, bring samples', 'm-9')
    const heard = await stage.happens(
      'anna',
      'edit',
      { message: 'm-9', text: '/meeting Acme tomorrow 16:00 visit, bring samples' },
      'm-9',
    )
    expect(heard).toContain('Changed by your edit: time.')
    const planned = await stage.database.prisma.meeting.findFirstOrThrow({
      where: { accountId: 'acme', said: { not: null } },
    })
    expect(await stage.waiting(planned.id)).toContainEqual([
      `brief:${planned.id}:hour`,
      '2026-11-24T12:00:00.000Z',
    ])
  })

  it('takes a time that has passed meanwhile for a meeting that was held, and for no other', async () => {
    await stage.says('anna', '/meeting Acme today 15:00 visit', 'm-9')
    const planned = await stage.database.prisma.meeting.findFirstOrThrow({
      where: { said: 'Acme today 15:00 visit' },
    })
    const edit = async () => {
      const said = new Date('2026-11-23T11:30:00Z')
      const act = {
        kind: 'event',
        event: 'edit',
        values: { message: 'm-9', text: '/meeting Acme today 15:30 visit' },
      } as const
      return stage.act('anna', act, 'm-9', said)
    }
    stage.core.clock.now = new Date('2026-11-23T13:30:00Z')
    expect(readReply(await edit())).toContain(
      'The new time cannot be, so the time stays Mon, 23 Nov 2026, 15:00.',
    )
    await stage.presses('anna', 'meeting-outcome', { id: planned.id, outcome: 'GOOD' })
    await stage.act(
      'anna',
      { kind: 'event', event: 'edit', values: { message: 'm-9', text: '/meeting Acme today 15:00 visit' } },
      'm-9',
    )
    expect(readReply(await edit())).toContain('Changed by your edit: time.')
    expect(
      await stage.database.prisma.meeting.findUniqueOrThrow({ where: { id: planned.id } }),
    ).toMatchObject({
      status: 'HELD',
      startsAt: new Date('2026-11-23T12:30:00Z'),
    })
  })

  it('is held by nothing that was written into it', async () => {
    const hostile = SAID.replace('цены', '<b>{{name}}</b> $t(error.unexpected) <!channel>')
    expect(await edits(hostile)).toContain('<b>{{name}}</b> $t(error.unexpected) <!channel>')
  })
})

describe('A-07 an edit that comes before its message', () => {
  const LATE = 'Был в Ромашке вчера, обсудили логистику; далее: отправить счёт в пятницу'
  const said = async () => {
    const where = { said: { startsWith: 'Был в Ромашке вчера' } }
    return (await stage.database.prisma.meeting.findMany({ where })).map(({ notes }) => notes)
  }

  it('is met with silence, and its words count when the message comes', async () => {
    expect(await edits(LATE.replace('логистику', 'склад'), 'm-2')).toBe('(silence)')
    await edits(LATE.replace('логистику', 'склад и сроки'), 'm-2')
    await stage.says('boris', LATE, 'm-2')
    expect(await said()).toEqual(['обсудили склад и сроки'])
  })

  it('counts for no other message, for nobody else, and not when it is no telling of a meeting any more', async () => {
    await edits(LATE.replace('логистику', 'склад'), 'm-3')
    await edits(LATE.replace('логистику', 'склад'), 'm-4', 'anna')
    await edits('/help', 'm-4')
    await stage.says('boris', LATE, 'm-4')
    expect(await said()).toEqual(['обсудили логистику'])
  })
})
