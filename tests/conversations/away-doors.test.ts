import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Database } from '../../src/db/client.ts'
import { addClients, addTeam, NOW } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { type Door, type House, linkTelegram, openHouse, slackId, telegramId } from '../support/doors.ts'
import { flat } from './follow-ups/stage.ts'

type Step = readonly [who: string, act: 'says' | 'presses', what: string, hears: readonly string[]]

/** What is said and what is heard: the same at every door. Each leaves nothing open behind it. */
const CONVERSATIONS: Readonly<Record<string, readonly Step[]>> = {
  'an absence in one line is planned, shown, and taken back and forth': [
    [
      'anna',
      'says',
      '/away 1–14 December Boris',
      ['Planned.', 'Tue, 1 Dec 2026 – Mon, 14 Dec 2026', 'Boris Example sees your 1 account'],
    ],
    ['anna', 'presses', 'Undo', ['Cancelled: Tue, 1 Dec 2026 – Mon, 14 Dec 2026.']],
    ['anna', 'presses', 'Undo', ['Undone: the absence stands as it was.']],
    ['anna', 'presses', 'Absence', ['You are away', 'Boris Example stands in']],
    ['anna', 'presses', 'Cancel Tue, 1 Dec 2026', ['Boris Example no longer gets anything of yours.']],
    ['anna', 'says', '/away', ['You have no absence planned.', '/away 1–14 December Boris']],
  ],
  'the days and the name are asked for, one after the other': [
    ['boris', 'says', '/away', ['Отсутствие не запланировано.']],
    ['boris', 'says', '/away замещает <b>Zoltan</b>', ['Когда вас не будет?']],
    ['boris', 'presses', 'Завтра', ['Не нахожу коллегу «', 'Zoltan', 'вт, 24 нояб. 2026']],
    ['boris', 'presses', 'Anna Example', ['Записано.', 'Anna Example в эти дни видит 3 ваших клиентов']],
    ['boris', 'presses', 'Вернуть как было', ['Отсутствие отменено: вт, 24 нояб. 2026.']],
  ],
  'what cannot be is said, and an absence of today ends': [
    ['max', 'says', '/away 31.11 Boris', ['There is no such day.']],
    ['max', 'says', '/away tomorrow Max', ['You cannot stand in for yourself.', 'Who stands in for you?']],
    ['max', 'says', '/away until Friday Dana', ['Dana Example sees every account in any case']],
    ['max', 'says', '/away Thursday Boris', ['You have an absence on some of these days']],
    ['max', 'presses', 'End now', ['Welcome back.']],
  ],
  'help names it': [
    ['vera', 'says', '/kamerton', ['/away', 'When you are away, and who stands in for you']],
    ['fay', 'says', '/kamerton', ['/away']],
    ['boris', 'says', '/kamerton', ['Когда вас нет и кто вас замещает']],
  ],
}

let database: Database
let house: House
const door = (name: string): Door => {
  const found = house.doors.find((one) => one.name === name)
  if (!found) throw new Error(`there is no door ${name}`)
  return found
}

beforeAll(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  await linkTelegram(database)
  await database.prisma.user.update({ where: { id: 'boris' }, data: { preferredChat: 'TELEGRAM' } })
  house = await openHouse(database, NOW, { jobs: 'off' })
})
beforeEach(() => database.prisma.absence.deleteMany())
afterAll(() => house.close())

describe.each(['Slack', 'Telegram', 'the console', 'the terminal'])('at %s', (name) => {
  it.each(Object.entries(CONVERSATIONS))('%s', async (_title, steps) => {
    for (const [who, act, what, hears] of steps) {
      const heard = flat(await door(name)[act](who, what))
      for (const words of hears) expect(heard, what).toContain(words)
    }
  })
})

describe('the form', () => {
  const planned = async (userId: string) =>
    (await database.prisma.absence.findMany({ where: { userId } })).map(
      ({ substituteId, startsOn, endsOn }) =>
        `${substituteId} ${startsOn.toISOString().slice(5, 10)} ${endsOn.toISOString().slice(5, 10)}`,
    )

  it('is a window in Slack that searches for the substitute', async () => {
    const user = slackId('vera')
    const { slack } = house
    await door('Slack').says('vera', '/away')
    await slack.press({ label: 'Plan an absence', user })
    await vi.waitFor(() => expect(JSON.stringify(slack.views.top(user)?.view)).toContain('First day'), 20_000)
    expect((await slack.options({ actionId: 'person', value: 'борис', user })).body).toContain(
      'Boris Example',
    )
    const wrong = await slack.submit(
      null,
      { from: { line: 'some day' }, substitute: { person: 'boris' } },
      user,
    )
    expect(wrong.body).toContain('I cannot find a day in that')
    await slack.submit(null, { from: { line: '1–14 December' }, substitute: { person: 'boris' } }, user)
    await vi.waitFor(() => expect(JSON.stringify(slack.views.top(user)?.view)).toContain('Planned.'), 20_000)
    expect(await planned('vera')).toEqual(['boris 12-01 12-14'])
  })

  it('is a talk in Telegram, which keeps the days that were said', async () => {
    const telegram = door('Telegram')
    await telegram.says('max', '/away 1–14 December Zoltan')
    expect(await telegram.presses('max', 'Somebody else')).toContain('First day (1 of 3)')
    expect(await telegram.presses('max', 'Keep: 2026-12-01')).toContain('Last day (2 of 3)')
    expect(await telegram.says('max', '5 December')).toContain('Substitute (3 of 3)')
    expect(await telegram.says('max', 'Example')).toContain('Choose one')
    expect(flat(await telegram.says('max', 'Борис'))).toContain('Tue, 1 Dec 2026 – Sat, 5 Dec 2026')
    expect(await planned('max')).toEqual(['boris 12-01 12-05'])
  })
})

describe('while somebody is away', () => {
  const seconds = 1_000
  const hour = 3_600 * seconds
  const at = async (moment: number) => {
    vi.setSystemTime(moment)
    await house.app.deliverDue()
  }
  const to = (person: string) => house.telegram.messages(telegramId(person)).map(({ text }) => flat(text))
  const heard = (person: string) => to(person).at(-1) ?? ''
  const tomorrow = NOW.getTime() + 24 * hour

  it('their reminders come to the substitute, who acts on their behalf, and come back afterwards', async () => {
    const { prisma } = database
    await prisma.notice.deleteMany()
    // Anna and Max are reached in Telegram too.
    await prisma.user.updateMany({
      where: { id: { in: ['anna', 'max'] } },
      data: { preferredChat: 'TELEGRAM' },
    })
    const telegram = door('Telegram')
    vi.setSystemTime(NOW)
    await telegram.says('anna', '/followup Acme tomorrow 15:00 call Olga about the plant')
    await telegram.says('anna', '/followup Acme 26.11 15:00 send the drawings')
    await telegram.says('anna', '/away tomorrow Boris')

    await at(NOW.getTime() + 2 * seconds)
    expect(heard('boris')).toContain('Вы замещаете: Anna Example, вт, 24 нояб. 2026')
    expect(heard('boris')).toContain('вы видите 1 клиента коллеги')
    expect(heard('max')).toContain('Anna Example is away: Tue, 24 Nov 2026')
    expect(heard('max')).toContain('Boris Example stands in.')

    const before = to('anna')
    await at(tomorrow + hour)
    expect(heard('boris')).toContain('call Olga about the plant')
    expect(heard('boris')).toContain('Ответственный: Anna Example')
    expect(to('anna')).toEqual(before)
    expect(flat(await telegram.presses('boris', 'Сделано'))).toContain('Сделано')
    const entry = await prisma.auditEntry.findFirstOrThrow({ where: { action: 'followup.done' } })
    expect(entry).toMatchObject({ actorId: 'boris', onBehalfOf: 'anna', channel: 'telegram' })

    await at(NOW.getTime() + 73 * hour)
    expect(heard('anna')).toContain('send the drawings')
    expect(to('boris').join(' ')).not.toContain('send the drawings')
  })

  it('and who was told hears that it is called off', async () => {
    vi.setSystemTime(NOW)
    const telegram = door('Telegram')
    await telegram.says('anna', '/away 10 December Boris')
    await at(NOW.getTime() + 2 * seconds)
    expect(heard('boris')).toContain('чт, 10 дек. 2026')
    await telegram.presses('anna', 'Undo')
    await at(NOW.getTime() + 4 * seconds)
    expect(heard('boris')).toContain('Anna Example: отсутствие закончилось или отменено')
    expect(heard('max')).toContain('It was planned for Thu, 10 Dec 2026.')
  })
})

describe('the stand-ins', () => {
  it('refused nothing and saw nobody mentioned', () => {
    const { slack, telegram } = house
    expect([slack.refused, slack.problems, slack.hung, slack.mentions]).toEqual([[], [], [], []])
    expect(telegram.refused).toEqual([])
  })

  it('led to no error in the log', () => {
    expect(house.journal.notes.filter(({ level }) => level === 'error')).toEqual([])
  })
})
