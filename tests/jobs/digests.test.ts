import { beforeEach, describe, expect, it } from 'vitest'
import { speakerFor } from '../../src/bots/speaker.ts'
import type { View } from '../../src/commands/kit/view.ts'
import { composeCard } from '../../src/commands/notices/card.ts'
import { composeAll } from '../../src/commands/notices/compose.ts'
import type { Owed } from '../../src/commands/notices/composer.ts'
import { composeTogether, isGroupable } from '../../src/commands/notices/together.ts'
import { takeTurn } from '../../src/commands/notices/turn.ts'
import type { Database } from '../../src/db/client.ts'
import { newId } from '../../src/db/new-id.ts'
import { outbox } from '../../src/db/outbox.ts'
import { unitOfWork } from '../../src/db/unit-of-work.ts'
import type { NoticeKind } from '../../src/domain/notices/notice.ts'
import { HOLIDAYS } from '../../src/holidays.ts'
import { addClients, addTeam, NOW } from '../support/clients.ts'
import { readReply } from '../support/core.ts'
import { emptyDatabase } from '../support/database.ts'
import { createStage, DEFAULTS, link, minutes, plan, reminder, type Stage, stateOf } from './stage.ts'

let database: Database
let stage: Stage

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  stage = createStage(database)
})

const waiting = async () =>
  Object.fromEntries(
    (await database.prisma.notice.findMany({ where: { state: 'WAITING' }, orderBy: { key: 'asc' } })).map(
      ({ key, dueAt }) => [key, dueAt.toISOString()],
    ),
  )

describe('planning digests', () => {
  beforeEach(async () => {
    for (const person of ['anna', 'max']) await link(database, person, { platform: 'SLACK' })
  })

  it('plans the next agenda of everybody who is reached, and the next week of those who lead', async () => {
    await database.prisma.user.update({
      where: { id: 'anna' },
      data: { timeZone: 'America/New_York', digestAt: '07:00' },
    })
    await stage.process().planDigests()
    expect(await waiting()).toEqual({
      'agenda:anna:2026-11-23': '2026-11-23T12:00:00.000Z',
      'agenda:max:2026-11-24': '2026-11-24T05:30:00.000Z',
      'weekly:max:2026-11-30': '2026-11-30T05:30:00.000Z',
    })
  })

  it('F-09 moves them with the person’s hours and zone, and drops what is not wanted any more', async () => {
    const jobs = stage.process()
    await jobs.planDigests()
    await database.prisma.user.update({ where: { id: 'anna' }, data: { timeZone: 'Europe/Berlin' } })
    await database.prisma.user.update({ where: { id: 'max' }, data: { digestAt: 'OFF' } })
    await jobs.planDigests()
    expect(await waiting()).toEqual({ 'agenda:anna:2026-11-24': '2026-11-24T07:30:00.000Z' })
    await database.prisma.user.update({ where: { id: 'max' }, data: { digestAt: null } })
    await jobs.planDigests()
    expect(Object.keys(await waiting())).toHaveLength(3)
  })

  it('says nothing twice when somebody moves after their agenda came', async () => {
    const jobs = stage.process()
    await jobs.planDigests()
    stage.clock.now = new Date('2026-11-24T05:30:00Z')
    await jobs.deliverDue()
    await database.prisma.user.update({ where: { id: 'anna' }, data: { timeZone: 'America/New_York' } })
    await jobs.planDigests()
    stage.clock.now = new Date('2026-11-24T13:30:00Z')
    await jobs.deliverDue()
    expect(stage.words().filter((one) => one.startsWith('agenda:anna'))).toEqual(['agenda:anna:2026-11-24'])
  })

  it('is done once by any number of processes at a time', async () => {
    await Promise.all([1, 2, 3].map(() => stage.process().planDigests()))
    expect(Object.keys(await waiting())).toHaveLength(3)
  })
})

const realWords = { composeAll, composeTogether, isGroupable, takeTurn, composeCard }

/** What somebody reads, or null when there is nothing to say. */
async function composed(
  person: string,
  kind: NoticeKind,
  subject: string,
  now = NOW,
): Promise<string | null> {
  const recipient = (
    await outbox(database.prisma, DEFAULTS, newId).recipients([person], ['CONSOLE'], now)
  ).get(person)
  if (!recipient?.to) throw new Error(`${person} is nobody`)
  const { to, insteadOf } = recipient
  const notice = { id: 'n', key: 'k', personId: person, kind, subject, number: 0, dueAt: now }
  const owed: Owed = { notice, to, insteadOf }
  const view = await unitOfWork(database, DEFAULTS).read((work) =>
    composeAll({ work, now, calendar: HOLIDAYS }, [owed]),
  )
  return said(view.get('n') ?? null, to)
}

function said(view: View | null, reader: Parameters<typeof speakerFor>[0]): string | null {
  return view && readReply({ updateId: 'u', reader, known: true, answer: { kind: 'view', view } })
}

const promise = (id: string, ownerId: string, dueOn: string, accountId: string | null = 'acme') =>
  database.prisma.followUp.create({
    data: { id, ownerId, authorId: ownerId, promisedBy: 'US', what: id, dueOn: new Date(dueOn), accountId },
  })

describe('the morning agenda', () => {
  it('says what the day holds, and nothing on a day that holds nothing', async () => {
    expect(await composed('vera', 'agenda', '2026-11-23')).toBeNull()
    await promise('send the quote', 'vera', '2026-11-23')
    const text = await composed('vera', 'agenda', '2026-11-23')
    expect(text).toMatch(/^# Your day: Mon, 23 Nov 2026/)
    expect(text).toContain('send the quote')
  })

  it('of another day is not wanted any more', async () => {
    await promise('send the quote', 'vera', '2026-11-20')
    expect(await composed('vera', 'agenda', '2026-11-20')).toBeNull()
  })
})

const won = (id: string, closedOn: string) =>
  database.prisma.deal.create({
    data: {
      id,
      accountId: 'acme',
      title: id,
      stage: 'Won',
      outcome: 'WON',
      currency: 'EUR',
      closedOn: new Date(closedOn),
    },
  })

const pageBefore = (subject: string, state: 'SENT' | 'DROPPED') =>
  database.prisma.notice.create({
    data: {
      id: subject,
      key: subject,
      personId: 'max',
      kind: 'weekly',
      subject,
      state,
      dueAt: NOW,
      tryAt: NOW,
    },
  })

describe('the digest of a manager', () => {
  it('names broken promises, silent key accounts and changes, and counts nobody’s visits', async () => {
    await promise('send the samples', 'anna', '2026-11-18')
    await database.prisma.meeting.deleteMany({ where: { status: 'PLANNED' } })
    await won('w5', '2026-11-20')
    const text = await composed('max', 'weekly', '2026-11-23')
    expect(text?.split('\n')).toEqual([
      '# Your team’s week',
      '## Overdue promises: 1',
      '- Anna Example · send the samples · Acme Corporation · due Wed, 18 Nov 2026',
      '## Key accounts gone quiet, with no meeting planned: 1',
      expect.stringMatching(/^- Acme Corporation · .*A.* · .*1 Oct 2026 · Anna Example$/),
      '## What changed',
      expect.stringContaining('contract C-17 ends Wed, 23 Dec 2026'),
      expect.stringMatching(/^- Won · Acme Corporation · /),
      expect.any(String),
    ])
    expect(text).not.toMatch(/visits/i)
  })

  it('says nothing when nothing happened, and nothing of another week', async () => {
    await database.prisma.account.deleteMany({})
    expect(await composed('max', 'weekly', '2026-11-23')).toBeNull()
    await promise('late', 'anna', '2026-11-18', null)
    expect(await composed('max', 'weekly', '2026-11-16')).toBeNull()
    expect(await composed('max', 'weekly', '2026-11-23')).toContain('late')
  })

  it('is of the manager’s own week, whatever day it is where their substitute is', async () => {
    await promise('late', 'anna', '2026-11-18')
    await database.prisma.user.update({ where: { id: 'max' }, data: { timeZone: 'Asia/Vladivostok' } })
    await database.prisma.user.update({ where: { id: 'vera' }, data: { timeZone: 'America/New_York' } })
    const days = { startsOn: new Date('2026-11-20'), endsOn: new Date('2026-11-24') }
    await database.prisma.absence.create({
      data: { id: 'a', userId: 'max', substituteId: 'vera', ...days },
    })
    // 08:30 on Monday in Vladivostok, Sunday evening in New York.
    const page = await composed('max', 'weekly', '2026-11-23', new Date('2026-11-22T22:30:00Z'))
    expect(page).toContain('late')
  })

  it('names every deal in one page: what was closed since the last one went out, and not what may be closed today yet', async () => {
    for (const day of ['08', '09', '16', '22', '23']) await won(`deal ${day}`, `2026-11-${day}`)
    const deals = async () => (await composed('max', 'weekly', '2026-11-23'))?.match(/deal \d\d/g)
    expect(await deals()).toEqual(['deal 22', 'deal 16'])
    await pageBefore('2026-11-16', 'DROPPED')
    await pageBefore('2026-11-09', 'SENT')
    await pageBefore('2026-11-02', 'SENT')
    expect(await deals()).toEqual(['deal 22', 'deal 16', 'deal 09'])
  })

  it('looks back over a rest of two weeks', async () => {
    await won('before the rest', '2026-12-30')
    await promise('late', 'anna', '2026-12-28')
    // 08:30 in Moscow.
    const text = await composed('max', 'weekly', '2027-01-11', new Date('2027-01-11T05:30:00Z'))
    expect(text).toContain('before the rest')
  })

  it('names the accounts that came to be at risk since the page before', async () => {
    const invoice = { number: '1', issuedOn: new Date('2026-09-01'), amount: '10', currency: 'EUR' }
    await database.prisma.invoice.create({
      data: { ...invoice, id: 'i', accountId: 'romashka', dueOn: new Date('2026-09-14') },
    })
    const text = () => composed('max', 'weekly', '2026-11-23')
    expect(await text()).not.toContain('Ромашка')
    // Two months were over on the 14th.
    await pageBefore('2026-11-09', 'SENT')
    expect(await text()).toMatch(/Newly at risk .*Ромашка/)
  })

  it('speaks the manager’s language', async () => {
    await promise('late', 'anna', '2026-11-18')
    await database.prisma.user.update({ where: { id: 'max' }, data: { language: 'ru' } })
    expect(await composed('max', 'weekly', '2026-11-23')).toContain('# Неделя вашей команды')
  })
})

describe('the word to a manager', () => {
  it('about somebody who cannot be reached says what is open, and is not wanted when they are back', async () => {
    await link(database, 'anna', { platform: 'SLACK', blockedAt: NOW })
    await promise('one', 'anna', '2026-11-25')
    await promise('two', 'anna', '2026-11-26')
    expect((await composed('max', 'unreachable', 'anna'))?.split('\n').slice(0, 2)).toEqual([
      '# My messages no longer reach Anna Example',
      'They have 2 open promises to clients.',
    ])
    expect(await composed('vera', 'unreachable', 'anna')).toBeNull()
    await database.prisma.identity.updateMany({ data: { blockedAt: null } })
    expect(await composed('max', 'unreachable', 'anna')).toBeNull()
  })

  it('about somebody who left counts what they left open', async () => {
    expect(await composed('max', 'departed', 'anna')).toBeNull()
    await database.prisma.user.update({ where: { id: 'anna' }, data: { active: false } })
    expect(await composed('max', 'departed', 'anna')).toContain('Nothing of theirs is open.')
    await promise('one', 'anna', '2026-11-25')
    expect(await composed('max', 'departed', 'anna')).toContain('They have 1 open promise to clients.')
  })
})

describe('a reminder', () => {
  it('says that it is late after ten minutes, and not before', async () => {
    await link(database, 'anna', { platform: 'SLACK' })
    for (const [id, ago] of [
      ['on time', 10],
      ['late', 11],
    ] as const) {
      await promise(id, 'anna', '2026-11-23')
      const dueAt = new Date(NOW.getTime() - minutes(ago))
      await plan(database, reminder('anna', id, dueAt, { subject: id, number: 1 }))
    }
    const views: string[] = []
    const words = {
      ...realWords,
      composeAll: async (...asked: Parameters<typeof composeAll>) => {
        const composedViews = await composeAll(...asked)
        for (const { notice, to } of asked[1])
          views.push(said(composedViews.get(notice.id) ?? null, to) ?? '')
        return composedViews
      },
    }
    await stage.process({ words }).deliverDue()
    const isLate = (text: string | undefined) => /13:19|14:19/.test(text ?? '')
    expect(views.map((text) => [text.split('\n')[0], isLate(text)])).toEqual([
      ['# late', true],
      ['# on time', false],
    ])
    expect(await stateOf(database, 'late')).toBe('SENT')
  })
})

describe('after an outage', () => {
  it('of three days what is overdue goes out once, in one message', async () => {
    await link(database, 'anna', { platform: 'SLACK' })
    const keys = Array.from({ length: 12 }, (_, index) => `r${index}`)
    await plan(
      database,
      ...keys.map((key, index) => reminder('anna', key, new Date(NOW.getTime() + minutes(index)))),
    )
    stage.later(3 * 24 * minutes(60))
    const jobs = stage.process()
    await jobs.deliverDue()
    await jobs.deliverDue()
    expect(stage.sent.map(({ words }) => words)).toEqual([keys])
    expect(await stateOf(database, 'r11')).toBe('SENT')
  })
})
