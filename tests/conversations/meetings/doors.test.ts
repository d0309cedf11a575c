import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Exchange } from '../../../src/bots/web/protocol.ts'
import type { Database } from '../../../src/db/client.ts'
import { addClients, addTeam } from '../../support/clients.ts'
import { emptyDatabase } from '../../support/database.ts'
import { type Door, flat, type House, linkTelegram, openHouse, slackId } from '../../support/doors.ts'

type Step = readonly [who: string, act: 'says' | 'presses', what: string, hears: readonly string[]]

/** What is said and what is heard: the same at every door. */
const CONVERSATIONS: Readonly<Record<string, readonly Step[]>> = {
  'a visit in one line, undone and restored': [
    [
      'anna',
      'says',
      '/meeting Acme yesterday 15:00 discussed the price list with Ivan, mood good, next: send the quote by Friday',
      [
        'Logged.',
        'Acme Corporation',
        'Sun, 22 Nov 2026, 15:00',
        'good',
        'not among the contacts',
        'send the quote',
      ],
    ],
    ['anna', 'presses', 'Undo', ['Undone.', 'promise']],
    ['anna', 'presses', 'Restore', ['Restored.', 'send the quote']],
  ],
  'a line without a command, in Russian': [
    ['boris', 'says', 'Был в Ромашке, обсудили цены', ['Записано.', 'ООО «Ромашка»', 'обсудили цены']],
  ],
  'what is doubtful is asked by buttons, one thing after another': [
    [
      'boris',
      'says',
      '/meeting Ромашка в пятницу визит; далее: отправить КП',
      ['Какое время вы имеете в виду?'],
    ],
    ['boris', 'presses', 'пт, 20 нояб. 2026', ['К какому сроку: отправить КП?']],
    ['boris', 'presses', 'Завтра', ['Записано.', 'пт, 20 нояб. 2026', 'вт, 24 нояб. 2026']],
  ],
  'two accounts in one line': [
    ['boris', 'says', '/meeting Acme и Ромашка вчера', ['О каком речь?']],
    ['boris', 'presses', 'Acme Corporation', ['Записано.', 'Acme Corporation']],
  ],
  'a planned meeting, cancelled': [
    ['anna', 'says', '/meeting Acme tomorrow 10:00 call', ['Planned.', 'Tue, 24 Nov 2026, 10:00']],
    ['anna', 'presses', 'Undo', ['Undone.']],
    ['anna', 'says', '/meeting Acme tomorrow 11:00 call', ['Planned.']],
    ['anna', 'says', '/brief Acme', ['Acme Corporation', '11:00']],
    ['anna', 'presses', 'Cancel the meeting', ['Cancelled.']],
  ],
  'a day that does not exist': [
    ['anna', 'says', '/meeting Acme 31 November', ['There is no such day', 'nothing is lost']],
  ],
  'words that try to command': [
    [
      'anna',
      'says',
      '/meeting Acme yesterday <!channel> <@U1> </b> *_[x](y)',
      ['Logged.', '<!channel> <@U1> </b> *_[x](y)'],
    ],
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
  house = await openHouse(database)
  // The first line of all compiles the grammar: not while a platform counts its seconds.
  await door('the terminal').says('anna', '/meeting Acme 31 November')
})

afterAll(() => house.close())

describe.each(['Slack', 'Telegram', 'the console', 'the terminal'])('at %s', (name) => {
  it.each(Object.entries(CONVERSATIONS))('%s', async (_title, steps) => {
    for (const [who, act, what, hears] of steps) {
      const heard = flat(await door(name)[act](who, what))
      for (const words of hears) expect(heard, what).toContain(words)
    }
  })
})

describe('the form in Telegram', () => {
  it('asks one question at a time, survives a restart, and is written', async () => {
    const before = await database.prisma.meeting.count()
    expect(await door('Telegram').says('anna', '/meeting')).toContain('Account (1 of 8)')
    expect(await door('Telegram').says('anna', 'acme')).toContain('When (2 of 8)')
    expect(await door('Telegram').says('anna', 'yesterday 12:00')).toContain('Kind (3 of 8)')
    house = await house.restart()
    expect(await door('Telegram').presses('anna', 'visit')).toContain('Mood (4 of 8)')
    expect(await door('Telegram').presses('anna', 'good')).toContain('With (5 of 8)')
    expect(await door('Telegram').says('anna', 'Olga, Sam')).toContain('Notes (6 of 8)')
    expect(await door('Telegram').says('anna', 'Prices')).toContain('We promised (7 of 8)')
    expect(await door('Telegram').says('anna', 'send the quote by Friday')).toContain(
      'They promised (8 of 8)',
    )
    const card = flat(await door('Telegram').presses('anna', 'Skip'))
    for (const words of ['Logged.', 'Sun, 22 Nov 2026, 12:00', 'visit', 'Olga Smirnova', 'Sam', 'Prices'])
      expect(card).toContain(words)
    expect(await database.prisma.meeting.count()).toBe(before + 1)
  })

  it('is left by /cancel, and nothing was written', async () => {
    const before = await database.prisma.meeting.count()
    await door('Telegram').says('anna', '/meeting')
    expect(await door('Telegram').says('anna', '/cancel')).toContain('Nothing was changed')
    expect(await database.prisma.meeting.count()).toBe(before)
  })
})

describe('the form in Slack', () => {
  it('is a window, with an error at its field and the card after it', async () => {
    const user = slackId('anna')
    const { slack } = house
    await slack.command({ command: '/meeting', text: '', user, channel: 'C1' })
    await vi.waitFor(
      () => expect(JSON.stringify(slack.views.top(user)?.view)).toContain('They promised'),
      20_000,
    )
    const typed = {
      account: { account: 'acme' },
      notes: { line: 'From the window' },
      mood: { choice: 'GOOD' },
    }
    const wrong = await slack.submit(null, { ...typed, when: { line: '31 November' } }, user)
    expect(wrong.body).toContain('There is no such day')
    await slack.submit(null, { ...typed, when: { line: 'yesterday 12:00' } }, user)
    await vi.waitFor(() => expect(JSON.stringify(slack.views.top(user)?.view)).toContain('Logged.'), 20_000)
    expect(await database.prisma.meeting.findMany({ where: { notes: 'From the window' } })).toMatchObject([
      { mood: 'GOOD', startsAt: new Date('2026-11-22T09:00:00Z'), accountId: 'acme' },
    ])
  })
})

describe('the form in the console', () => {
  it('comes back with its error and everything typed, and asks what is doubtful', async () => {
    const act = async (body: object): Promise<Exchange> => {
      const response = await fetch(`${house.address}/api/people/anna/acts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: house.address },
        body: JSON.stringify({ key: randomUUID(), ...body }),
      })
      return (await response.json()) as Exchange
    }
    const open = await act({ act: { kind: 'press', command: 'meeting', args: { account: 'acme' } } })
    expect(open.card?.kind).toBe('form')
    const send = (values: Record<string, string>) =>
      act({ on: open.id, act: { kind: 'submit', command: 'meeting-save', values } })
    const values = { account: 'acme', when: 'blue', notes: 'From the console' }
    const wrong = await send(values)
    const fields = wrong.card?.kind === 'form' ? wrong.card.form.fields : []
    expect(fields.find(({ name }) => name === 'when')?.error).toContain('I cannot find a time in this')
    expect(fields.find(({ name }) => name === 'notes')?.value?.value).toBe('From the console')
    const doubtful = await send({ ...values, when: 'Friday' })
    expect(JSON.stringify(doubtful.card)).toContain('Which time do you mean?')
    expect(await database.prisma.meeting.count({ where: { notes: 'From the console' } })).toBe(0)
  })
})

describe('the stand-ins', () => {
  it('refused nothing and saw nobody mentioned', () => {
    const { refused, problems, mentions } = house.slack
    expect([refused, problems, mentions]).toEqual([[], [], []])
    expect(house.telegram.refused).toEqual([])
  })

  it('led to no error in the log', () => {
    expect(house.journal.notes.filter(({ level }) => level === 'error')).toEqual([])
  })
})
