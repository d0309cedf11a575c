import { beforeEach, describe, expect, it } from 'vitest'
import { addAccount, NOW } from '../../support/clients.ts'
import { openTalk, type Talk } from './talk.ts'

let talk: Talk

beforeEach(async () => {
  talk = await openTalk()
})

const HOUR = 3_600_000
const audited = async (subject: string) =>
  (await talk.prisma.auditEntry.findMany({ where: { subject }, orderBy: { seq: 'asc' } })).map(
    ({ action }) => action,
  )

describe('a meeting in one line', () => {
  it('is written with its time, mood, people, notes and promises, and shown as it was understood', async () => {
    const line =
      'Acme yesterday 15:00 discussed the 2027 price list with Olga and Ivan, mood good, next: send the quote by Friday'
    const { text, buttons } = await talk.says('anna', `/meeting ${line}`)

    expect(text).toContain('Logged.')
    expect(text).toContain('Acme Corporation')
    expect(text).toContain('Sun, 22 Nov 2026, 15:00')
    expect(text).toContain('Mood: good')
    expect(text).toContain('Ivan (not among the contacts) and Olga Smirnova')
    expect(text).toContain('discussed the 2027 price list')
    expect(text).toMatch(/We promised\n- send the quote · Fri, 27 Nov 2026/)
    expect(buttons.map(({ words }) => words)).toEqual([
      'Undo',
      'Edit',
      'Next step',
      'Add Ivan as a contact',
      'Open account',
    ])

    const [meeting] = await talk.written()
    expect(meeting).toMatchObject({
      accountId: 'acme',
      authorId: 'anna',
      status: 'HELD',
      startsAt: new Date('2026-11-22T12:00:00Z'),
      mood: 'GOOD',
      said: line,
    })
    expect(meeting?.attendees.map(({ name, contactId }) => [name, contactId])).toEqual([
      ['Ivan', null],
      ['Olga Smirnova', 'olga'],
    ])
    expect(meeting?.followUps).toMatchObject([
      { what: 'send the quote', promisedBy: 'US', ownerId: 'anna', accountId: 'acme', status: 'OPEN' },
    ])
    expect(await audited(meeting?.id ?? '')).toEqual(['meeting.log'])
  })

  it('is understood in Russian and answered in it', async () => {
    const { text } = await talk.says(
      'boris',
      '/meeting Ромашка вчера обсудили цены; далее: отправить КП до пятницы',
    )
    expect(text).toContain('Записано.')
    expect(text).toContain('ООО «Ромашка»')
    expect(text).toContain('вс, 22 нояб. 2026')
    expect(text).toMatch(/Мы обещали\n- отправить КП · пт, 27 нояб\. 2026/)
    expect(await talk.written()).toMatchObject([
      { accountId: 'romashka', notes: 'обсудили цены', status: 'HELD' },
    ])
  })

  it('without a time was when it was said, not when it arrived', async () => {
    const saidAt = new Date(NOW.getTime() - 5 * HOUR)
    await talk.says('anna', '/meeting Acme', { saidAt })
    expect(await talk.written()).toMatchObject([
      { status: 'HELD', startsAt: saidAt, kind: 'MEETING', mood: null },
    ])
  })

  it('that is to come is planned, with its notices, and can be undone', async () => {
    const { text, buttons } = await talk.says('anna', '/meeting Acme tomorrow 10:00 call with Olga Smirnova')
    expect(text).toContain('Planned.')
    expect(text).toContain('Tue, 24 Nov 2026, 10:00')
    expect(buttons.map(({ words }) => words)).toEqual(['Undo', 'Edit', 'Next step', 'Open account'])
    const [meeting] = await talk.written()
    expect(meeting).toMatchObject({
      status: 'PLANNED',
      kind: 'CALL',
      startsAt: new Date('2026-11-24T07:00:00Z'),
    })
    expect(await talk.prisma.notice.count({ where: { subject: meeting?.id ?? '' } })).toBeGreaterThan(0)
    expect(await audited(meeting?.id ?? '')).toEqual(['meeting.plan'])
  })

  it('knows a contact by the first name, also in a Russian case', async () => {
    await talk.prisma.contact.create({ data: { id: 'ivan', accountId: 'romashka', name: 'Иван Петров' } })
    await talk.says('boris', '/meeting Ромашка вчера с Иваном обсудили цены')
    const [meeting] = await talk.written()
    expect(meeting?.attendees).toMatchObject([{ name: 'Иван Петров', contactId: 'ivan' }])
  })

  it('remembers the message that it came from', async () => {
    await talk.says('anna', '/meeting Acme yesterday', { message: '77', chat: 'c1' })
    const [meeting] = await talk.written()
    expect(await talk.prisma.messageRef.findMany()).toMatchObject([
      { platform: 'CONSOLE', chat: 'c1', message: '77', meetingId: meeting?.id },
    ])
  })

  it('that comes twice is logged once', async () => {
    const first = await talk.says('anna', '/meeting Acme yesterday', { key: 'update-1' })
    const second = await talk.says('anna', '/meeting Acme yesterday', { key: 'update-1' })
    expect(first.text).toContain('Logged.')
    expect(second.text).toBe('(silence)')
    expect(await talk.written()).toHaveLength(1)
  })

  it('keeps the kind that its Russian command names', async () => {
    await talk.says('boris', 'визит Ромашка вчера обсудили цены')
    expect(await talk.written()).toMatchObject([{ kind: 'VISIT', accountId: 'romashka' }])
  })
})

describe('a line without a command', () => {
  it.each([
    ['boris', 'Был в Ромашке, обсудили цены', 'Записано.'],
    ['anna', 'met Acme yesterday, went well', 'Logged.'],
    ['anna', 'Met with Acme Corporation', 'Logged.'],
  ])('that tells of a meeting is one: %s, %s', async (who, line, answer) => {
    expect((await talk.says(who, line)).text).toContain(answer)
    expect(await talk.written()).toHaveLength(1)
  })

  it.each(['Acme Corporation', 'acme', 'Met Office', 'Was at Acme yesterday?', 'yesterday'])(
    'that does not is looked up: %s',
    async (line) => {
      await talk.says('anna', line)
      expect(await talk.written()).toEqual([])
      expect(await talk.prisma.draft.count()).toBe(0)
    },
  )

  it('that is the whole name of an account opens its card, whatever it sounds like', async () => {
    await addAccount(talk.database, { id: 'friends', name: 'Met with Friends Today', ownerId: 'boris' })
    const { text } = await talk.says('boris', 'Met with Friends Today')
    expect(text).toContain('# Met with Friends Today')
    expect(await talk.written()).toEqual([])
  })
})

describe('who may log', () => {
  it('finance may not', async () => {
    expect((await talk.says('fay', '/meeting Acme yesterday')).text).toBe('This is not for your role.')
    expect(await talk.written()).toEqual([])
  })

  it('finds an account of others no more than one that does not exist, word for word', async () => {
    const hidden = await talk.says('vera', '/meeting Acme Corporation yesterday')
    const unknown = await talk.says('vera', '/meeting Zzyzx Corporation yesterday')
    expect(hidden.text.replaceAll('Acme', 'Zzyzx')).toBe(unknown.text)
    expect(await talk.written()).toEqual([])
  })

  it.each([
    ['meeting', { account: 'acme' }],
    ['meeting-save', { account: 'acme', when: 'yesterday' }],
  ])('is refused by %s at an account of others', async (command, values) => {
    const refused = await talk.sends('vera', command, values)
    const unknown = await talk.sends('vera', command, { ...values, account: 'nowhere' })
    expect(refused.text).toBe('This account is no longer here.')
    expect(unknown.text).toBe(refused.text)
    expect(await talk.written()).toEqual([])
  })

  it('a team member, the manager and the director may', async () => {
    for (const who of ['boris', 'max', 'dana']) await talk.says(who, '/meeting Acme yesterday')
    expect((await talk.written()).map(({ authorId }) => authorId)).toEqual(['boris', 'max', 'dana'])
  })

  it('a substitute may, and it is recorded for whom', async () => {
    await talk.prisma.absence.create({
      data: {
        id: 'a1',
        userId: 'anna',
        substituteId: 'vera',
        startsOn: new Date('2026-11-20T00:00:00Z'),
        endsOn: new Date('2026-11-30T00:00:00Z'),
      },
    })
    for (const account of ['Acme', 'Globex']) await talk.says('vera', `/meeting ${account} yesterday`)
    const rows = await talk.prisma.auditEntry.findMany({
      where: { action: 'meeting.log' },
      orderBy: { seq: 'asc' },
    })
    expect(rows.map(({ actorId, onBehalfOf }) => [actorId, onBehalfOf])).toEqual([
      ['vera', 'anna'],
      ['vera', null],
    ])
  })
})
