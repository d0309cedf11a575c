import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addClients, addTeam } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { type Door, flat, type House, linkTelegram, openHouse } from '../support/doors.ts'

type Step = readonly [
  who: string,
  act: 'says' | 'presses',
  what: string,
  hears: readonly string[],
  not?: readonly string[],
]

/** What is said and what is heard: the same at every door. */
const CONVERSATIONS: Readonly<Record<string, readonly Step[]>> = {
  'the owner asks for a card and looks behind it': [
    [
      'anna',
      'says',
      '/account Acme Corporation',
      ['Acme Corporation', 'At risk', '€1,500.50', '+25%', '€250', 'Olga Smirnova', 'Initech'],
    ],
    [
      'anna',
      'presses',
      'People',
      ['People at Acme Corporation', 'Ken Ono', '+49 30 1234567', 'Sam Stranger'],
    ],
    ['anna', 'presses', 'Back to Acme Corporation', ['At risk', '€1,500.50']],
    ['anna', 'presses', 'Deals', ['Deals with Acme Corporation', 'Proposal', 'amount not known', '€99,999']],
    ['anna', 'presses', 'Back to Acme Corporation', ['At risk']],
    ['anna', 'presses', 'Invoices', ['INV-1', '€200 overdue', '€70 open', 'paid']],
    ['anna', 'presses', 'Back to Acme Corporation', ['At risk']],
    ['anna', 'presses', 'History', ['Discussed the 2027 price list', 'Older']],
  ],
  'a name without a command, in another alphabet, with a typo, in the wrong layout': [
    ['anna', 'says', 'акме', ['Acme Corporation', '€1,500.50']],
    ['anna', 'says', 'acme corporatoin', ['Acme Corporation', '€1,500.50']],
    ['boris', 'says', 'romashka plus', ['Ромашка Плюс', 'Мало данных']],
    ['boris', 'says', 'hjvfirf gk.c', ['Ромашка Плюс', 'Мало данных']],
    ['anna', 'says', '7701234567', ['Acme Corporation']],
  ],
  'a team member reads it in Russian': [
    [
      'boris',
      'says',
      '/account acme',
      ['Acme Corporation', 'Под угрозой', '1 500,50', 'самый старый счёт — 40 дней', 'Ведёт'],
    ],
    ['boris', 'presses', 'Сделки', ['Сделки: Acme Corporation', 'сумма не указана']],
  ],
  'mine, those that need attention first': [
    ['boris', 'says', '/account', ['Ваши клиенты: 3', 'Acme Corporation', 'Ромашка Плюс']],
    ['boris', 'presses', 'ООО «Ромашка»', ['Ромашка', 'Пока не записано']],
  ],
  'an account of others does not exist': [
    ['vera', 'says', '/account Acme Corporation', ['I know no account “Acme Corporation”'], ['€', 'Anna']],
    ['vera', 'says', '/account Zzyzx', ['I know no account “Zzyzx”']],
  ],
  'settings switch the language and back': [
    ['vera', 'says', '/settings', ['Your settings', 'Time zone', 'Europe/Moscow']],
    ['vera', 'presses', 'Русский', ['Сохранено', 'Ваши настройки']],
    ['vera', 'presses', 'Отменить', ['Undone', 'Your settings']],
  ],
  'help tells what is there, by role': [
    ['max', 'says', '/kamerton', ['Kamerton, for Max Example', '/account', 'everyone below you']],
    ['max', 'presses', 'My accounts', ['Your accounts: 3', 'Acme Corporation']],
  ],
  'names that try to command': [
    ['anna', 'says', "Robert'); DROP TABLE accounts", ['I know no account']],
    ['anna', 'says', '<!channel> <@U1> </b> *_[', ['I know no account “<!channel> <@U1> </b> *_[”']],
    ['anna', 'says', 'שלום 🏭', ['I know no account “שלום 🏭”']],
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

describe('the stand-ins', () => {
  it('refused nothing and saw nobody mentioned', () => {
    expect([house.slack.refused, house.slack.problems, house.slack.hung, house.slack.mentions]).toEqual([
      [],
      [],
      [],
      [],
    ])
    expect(house.telegram.refused).toEqual([])
  })

  it('led to no error in the log', () => {
    expect(house.journal.notes.filter(({ level }) => level === 'error')).toEqual([])
  })
})
