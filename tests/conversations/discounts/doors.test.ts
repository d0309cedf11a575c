import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Database } from '../../../src/db/client.ts'
import { policyStore } from '../../../src/db/policies.ts'
import { DEFAULT_POLICY } from '../../../src/domain/discounts/default-policy.ts'
import { addClients, addTeam, NOW } from '../../support/clients.ts'
import { emptyDatabase } from '../../support/database.ts'
import { type Door, flat, type House, linkTelegram, openHouse, slackId } from '../../support/doors.ts'
import { fillAtConsole } from './house.ts'

/** What is typed into a form, field by field; a choice has the label that is pressed where there are no windows. */
type Typed = Readonly<Record<string, string | Readonly<{ choice: string; label: string }>>>
type Step = readonly [
  who: string,
  act: 'says' | 'presses' | 'fills',
  what: string | Typed,
  hears: readonly string[],
]

const PRODUCTS = [
  'Alpaca',
  'Badger',
  'Cheetah',
  'Dolphin',
  'Elephant',
  'Falcon',
  'Giraffe',
  'Hamster',
] as const
const DOORS = ['Slack', 'Telegram', 'the console', 'the terminal'] as const

/** What is said and what is heard about one product: the same at every door. */
const CONVERSATIONS: Readonly<Record<string, (product: string) => readonly Step[]>> = {
  'a preview files nothing, one tap files it, and the manager approves': (product) => [
    ['anna', 'says', `/discount Acme 12% ${product} competitor offers 9000 ?`, ['manager', 'Max Example']],
    ['anna', 'presses', 'Request it', ['Requested.', 'to be decided', '€10,000 → €8,800']],
    ['max', 'says', '/approvals', ['Waiting for you', product]],
    [
      'max',
      'presses',
      `12% for Acme Corporation · ${product}`,
      ['Anna Example', '20.45', 'competitor offers 9000'],
    ],
    ['max', 'presses', 'Approve', ['Granted by Max Example on Mon, 23 Nov 2026']],
    ['anna', 'says', '/approvals', ['granted']],
  ],
  'a second request for the same shows the first': (product) => [
    ['anna', 'says', `/discount Acme 9% ${product} rival`, ['Requested.']],
    ['anna', 'says', `/discount Acme 10% ${product} rival`, ['There is a request for this already, by you']],
    ['anna', 'presses', `9% for Acme Corporation · ${product}`, ['to be decided']],
    ['anna', 'presses', 'Withdraw', ['Withdrawn by Anna Example']],
  ],
  'a decline takes a word': (product) => [
    ['anna', 'says', `/discount Acme 11% ${product} rival`, ['Requested.']],
    ['max', 'says', '/approvals', [product]],
    ['max', 'presses', `11% for Acme Corporation · ${product}`, ['Anna Example']],
    ['max', 'presses', 'Decline', ['Why']],
    ['max', 'fills', { word: 'too early' }, ['Declined by Max Example', 'too early']],
  ],
  'a counter-offer is taken with one tap': (product) => [
    ['anna', 'says', `/discount Acme 14% ${product} rival`, ['Requested.']],
    ['max', 'says', '/approvals', [product]],
    ['max', 'presses', `14% for Acme Corporation · ${product}`, ['Anna Example']],
    ['max', 'presses', 'Approve at … %', ['Percent']],
    ['max', 'fills', { percent: '8', word: 'margin' }, ['Max Example offers 8%']],
    ['anna', 'says', '/approvals', ['other terms offered']],
    ['anna', 'presses', `14% for Acme Corporation · ${product}`, ['Max Example offers 8%']],
    ['anna', 'presses', 'Take it', ['Granted by Max Example', '€9,200']],
  ],
  'a condition is taken and kept with the discount': (product) => [
    ['anna', 'says', `/discount Acme 13% ${product} rival`, ['Requested.']],
    ['max', 'says', '/approvals', [product]],
    ['max', 'presses', `13% for Acme Corporation · ${product}`, ['Anna Example']],
    ['max', 'presses', 'Approve if …', ['What kind']],
    [
      'max',
      'fills',
      {
        kind: { choice: 'PREPAYMENT', label: 'prepayment' },
        what: '50% prepaid',
        due: '4 December',
        word: 'cash',
      },
      ['Max Example agrees if', '50% prepaid'],
    ],
    ['anna', 'says', '/approvals', ['other terms offered']],
    ['anna', 'presses', `13% for Acme Corporation · ${product}`, ['Max Example agrees if']],
    ['anna', 'presses', 'Take it', ['Granted by Max Example', '50% prepaid']],
  ],
  'a question is answered, and both stay with the request': (product) => [
    ['anna', 'says', `/discount Acme 10% ${product} rival`, ['Requested.']],
    ['max', 'says', '/approvals', [product]],
    ['max', 'presses', `10% for Acme Corporation · ${product}`, ['Anna Example']],
    ['max', 'presses', 'Ask', ['Question']],
    ['max', 'fills', { word: 'Who is the rival?' }, ['Asked.', 'Who is the rival?']],
    ['anna', 'says', '/approvals', [product]],
    ['anna', 'presses', `10% for Acme Corporation · ${product}`, ['not answered yet']],
    ['anna', 'presses', 'Answer', ['Answer']],
    ['anna', 'fills', { word: 'Initech & Co' }, ['Answered.', 'Initech & Co']],
    ['anna', 'says', '/approvals', [product]],
    ['anna', 'presses', `10% for Acme Corporation · ${product}`, ['Initech & Co']],
    ['anna', 'presses', 'Withdraw', ['Withdrawn by Anna Example']],
  ],
  'only what is missing is asked for': (product) => [
    ['anna', 'says', `/discount Acme ${product} rival`, ['12%']],
    ['anna', 'fills', { price: '7%' }, ['Requested.', '7%', '€9,300']],
    ['anna', 'says', '/approvals', [product]],
    ['anna', 'presses', `7% for Acme Corporation · ${product}`, ['to be decided']],
    ['anna', 'presses', 'Withdraw', ['Withdrawn by Anna Example']],
  ],
  'in Russian, to the history of the account': (product) => [
    ['boris', 'says', `/скидка Ромашка 12,5 % ${product} конкурент дешевле`, ['Запрос', '12,5']],
    ['boris', 'presses', 'Открыть клиента', ['Ромашка']],
    ['boris', 'presses', 'Скидки', [product, 'на согласовании']],
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
  const { prisma } = database
  await prisma.invoice.updateMany({ data: { paidOn: new Date('2026-11-20') } })
  await prisma.deal.deleteMany()
  // Else the third discount of the account goes to the director.
  const rules = DEFAULT_POLICY.rules.filter(({ when }) =>
    when.every((one) => one.kind !== 'number' || one.fact !== 'grantedCount'),
  )
  await policyStore(prisma).set(
    { ...DEFAULT_POLICY, rules },
    '',
    { authorId: 'ada', channel: 'cli', at: NOW },
    0,
  )
  await prisma.product.createMany({
    data: DOORS.flatMap((_, at) =>
      PRODUCTS.map((product) => ({
        id: `${product}${at}`,
        name: `${product} ${'ABCD'[at]}`,
        listPrice: '10000',
        cost: '7000',
        currency: 'EUR',
      })),
    ),
  })
  house = await openHouse(database, NOW, { jobs: 'off' })
  // The first line of all compiles the grammar: not while a platform counts its seconds.
  await door('the terminal').says('anna', '/discount Acme 12% ?')
})

afterAll(() => house.close())

/** A window in Slack, a form at the console, one question after another elsewhere. */
async function fills(name: string, who: string, typed: Typed): Promise<string> {
  if (name === 'Slack') return inWindow(who, typed)
  if (name === 'the console') {
    const values = Object.entries(typed).map(([field, value]) => [field, valueOf(value)] as const)
    return (await fillAtConsole(house, who, Object.fromEntries(values))).text
  }
  let heard = ''
  for (const value of Object.values(typed))
    heard =
      typeof value === 'string'
        ? await door(name).says(who, value)
        : await door(name).presses(who, value.label)
  return heard
}

const valueOf = (value: Typed[string]) => (typeof value === 'string' ? value : value.choice)

async function inWindow(who: string, typed: Typed): Promise<string> {
  const { slack } = house
  const user = slackId(who)
  const before = slack.answersTo(user).length
  const values = Object.entries(typed).map(([field, value]) => [
    field,
    typeof value === 'string' ? { line: value } : { choice: value.choice },
  ])
  await slack.submit(null, Object.fromEntries(values), user)
  await vi.waitUntil(() => slack.answersTo(user).length > before, 20_000)
  const shown = slack.lastAnswer(user)?.shown ?? ''
  await slack.closeView(null, user)
  return shown
}

async function heardAt(name: string, [who, act, what]: Step): Promise<string> {
  if (act === 'fills') return flat(await fills(name, who, typeof what === 'string' ? {} : what))
  return flat(await door(name)[act](who, typeof what === 'string' ? what : ''))
}

describe.each(DOORS)('at %s', (name) => {
  const letter = 'ABCD'[DOORS.indexOf(name)]

  it.each(Object.entries(CONVERSATIONS).map(([title, steps], at) => ({ title, steps, at })))(
    '$title',
    async ({ steps, at }) => {
      for (const step of steps(`${PRODUCTS[at]} ${letter}`)) {
        const heard = await heardAt(name, step)
        for (const words of step[3]) expect(heard, JSON.stringify(step[2])).toContain(words)
      }
    },
  )
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
