import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addClients, addTeam } from '../../support/clients.ts'
import { emptyDatabase } from '../../support/database.ts'
import { type Door, type House, linkTelegram, openHouse } from '../../support/doors.ts'
import { flat } from './stage.ts'

type Step = readonly [
  who: string,
  act: 'says' | 'presses',
  what: string,
  hears: readonly string[],
  not?: readonly string[],
]

/** What is said and what is heard: the same at every door. Each leaves nothing open behind it. */
const CONVERSATIONS: Readonly<Record<string, readonly Step[]>> = {
  'a promise in one line is noted, and taken back': [
    [
      'anna',
      'says',
      '/followup Acme Friday 10:00 send the quote',
      ['Noted.', 'send the quote', 'Acme Corporation', 'Fri, 27 Nov 2026, 10:00'],
    ],
    ['anna', 'presses', 'Undo', ['Undone: “send the quote” is no longer noted.']],
  ],
  'the account and the day are asked for, one after the other': [
    ['boris', 'says', '/followup ромаш позвонить', ['К какому клиенту это относится?', 'ромаш позвонить']],
    ['boris', 'presses', 'ООО «Ромашка Плюс»', ['Когда напомнить?']],
    ['boris', 'presses', 'Завтра', ['Записано.', 'ООО «Ромашка Плюс»', 'вт, 24 нояб. 2026']],
    ['boris', 'presses', 'Отменить', ['Отменено: «']],
  ],
  'a promise is put off, found in the list, done, and done again': [
    ['dana', 'says', '/followup Acme tomorrow 10:00 call <b>Olga</b> & *Ken*', ['call <b>Olga</b> & *Ken*']],
    ['dana', 'says', '/followups', ['Your open promises: 1', 'Tue, 24 Nov 2026, 10:00']],
    ['dana', 'presses', 'call <b>Olga</b> & *Ken*', ['Reminder', '10:00']],
    [
      'dana',
      'presses',
      'Next week',
      ['I will remind you again on Mon, 30 Nov 2026, 09:00', 'put off 1 time'],
    ],
    ['dana', 'presses', 'Show', ['Put off', '1 time']],
    ['dana', 'presses', 'Done', ['Done: “call <b>Olga</b> & *Ken*”.']],
    ['dana', 'says', '/followups', ['You have no open promises.']],
  ],
  'the day is empty, and says how to begin': [
    ['vera', 'says', '/today', ['Nothing is due today', '/followup Acme Friday 10:00 send the quote']],
    ['vera', 'presses', 'All open promises', ['You have no open promises.']],
  ],
  'an account of others is not named': [
    [
      'vera',
      'says',
      '/followup Acme Corporation Friday 10:00 send the quote',
      ['Which account is this for?'],
      ['Noted'],
    ],
    ['vera', 'presses', 'Without an account', ['Noted.']],
    ['vera', 'presses', 'Undo', ['is no longer noted']],
  ],
}

let house: House
const door = (name: string): Door => {
  const found = house.doors.find((one) => one.name === name)
  if (!found) throw new Error(`there is no door ${name}`)
  return found
}

beforeAll(async () => {
  const database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  await linkTelegram(database)
  house = await openHouse(database)
})

afterAll(() => house.close())

describe.each(['Slack', 'Telegram', 'the console', 'the terminal'])('at %s', (name) => {
  it.each(Object.entries(CONVERSATIONS))('%s', async (_title, steps) => {
    for (const [who, act, what, hears, not = []] of steps) {
      const heard = flat(await door(name)[act](who, what))
      for (const words of hears) expect(heard, what).toContain(words)
      for (const words of not) expect(heard, what).not.toContain(words)
    }
  })
})

describe('the forms in Telegram', () => {
  const says = (text: string) => door('Telegram').says('max', text)
  const presses = (label: string) => door('Telegram').presses('max', label)

  it('ask one question at a time, and for the reason of what is not relevant', async () => {
    expect(await says('/followup')).toContain('Account (1 of 6)')
    expect(await says('acme')).toContain('What (2 of 6)')
    expect(await says('send the quote')).toContain('When (3 of 6)')
    expect(await says('whenever')).toContain('Promised by (4 of 6)')
    await presses('us')
    await presses('every week')
    const wrong = await presses('urgent')
    expect(wrong).toContain('I cannot find a time in that')
    expect(await says('tomorrow 10:00')).toContain('Promised by (4 of 6)')
    await presses('Keep: us')
    await presses('Keep: every week')
    const noted = flat(await presses('Keep: urgent'))
    for (const words of ['Noted.', 'Tue, 24 Nov 2026, 10:00', 'every Tuesday', 'Acme Corporation'])
      expect(noted).toContain(words)

    await says('/followups')
    await presses('send the quote')
    expect(await presses('Not relevant')).toContain('Why (1 of 1)')
    expect(await says('they chose another supplier')).toContain(
      'No longer relevant: they chose another supplier',
    )
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
